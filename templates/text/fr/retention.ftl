nav-retention = Conservation
retention-title = Conservation et destruction
retention-lead = Combien de temps chaque dossier est gardé après sa fin, et de même les vitrines, les passeports, les vérifications, les incidents et ce qui reste des personnes parties. Rien n’est détruit sans deux personnes; chaque destruction laisse un certificat au journal.
retention-approval = Calendrier approuvé : { $approval }.
retention-proposal = Ces durées sont des propositions : le calendrier approuvé du Ministère n’est pas encore inscrit.
retention-schedule = Calendrier
retention-rule = Règle
retention-number = Numéro
retention-duration = Durée
retention-start = À compter de
retention-disposition = Ensuite
retention-kept = En cours
retention-waiting = Fin inconnue
retention-held = Gelés
retention-due = Échus
retention-years = { $years ->
    [one] { $years } an
   *[other] { $years } ans
}
retention-from-closing = la fermeture
retention-from-fiscal-year = la fin de l’exercice
retention-from-contract-end = la fin du contrat
retention-from-departure = le départ
retention-then-destroy = Détruire
retention-then-keep = Verser aux archives
retention-then-sort = Trier
retention-prepare = Préparer la liste des dossiers échus
retention-prepare-text = La liste montre exactement ce qui serait détruit. Rien ne l’est avant qu’une autre personne l’approuve.
retention-lists = Listes
retention-list = Liste
retention-lists-none = Aucune liste.
retention-list-of = Liste du { $date }
retention-state = État
retention-who = Préparée par
retention-calendar = le calendrier
retention-files = Dossiers
retention-prepared = À examiner
retention-destroyed = Détruite
retention-dropped = Mise de côté
retention-holds = Gels
retention-holds-text = Un gel garde un dossier, une vitrine, un passeport, une vérification ou un incident, ou tout ce qui concerne une personne ou une entreprise, quoi que dise le calendrier : enquête, poursuite, demande d’accès.
retention-holds-none = Aucun gel.
retention-count = { $files ->
    [one] { $files } dossier
   *[other] { $files } dossiers
}
retention-file = Dossier
retention-kind = Type
retention-thing-showcase = Vitrine
retention-thing-passport = Passeport
retention-thing-clearance = Vérification d’un comité
retention-thing-incident = Incident de confidentialité
retention-thing-person = Personne qui a quitté le Ministère
retention-ended = Fin
retention-due-on = Échéance
retention-ask = Demander la destruction
retention-ask-text = { $files ->
    [one] Ce dossier, ses fichiers, ses courriels et ses lectures seront détruits. Le journal garde son numéro et son empreinte.
   *[other] Ces { $files } dossiers, leurs fichiers, leurs courriels et leurs lectures seront détruits. Le journal garde leurs numéros et leurs empreintes.
    }
retention-drop = Mettre la liste de côté
retention-asked = Une demande de destruction attend une deuxième personne.
retention-see-request = Voir la demande
retention-ended-on = Le { $date }.
retention-certificate = Télécharger le certificat signé
retention-certificate-text = Le certificat dit quels dossiers, selon quelle règle, quand et par qui, et se vérifie hors ligne. Il ne dit rien de ce qu’ils contenaient.
legal-hold-place = Placer un gel
legal-hold-on = Numéro du dossier, de la personne ou de l’entreprise
legal-hold-on-hint = Par exemple, REL-2026-000123, VIT-2026-000004, le numéro d’une personne, ou un NEQ de dix chiffres.
legal-hold-since = Depuis le
legal-hold-who = Placé par
legal-hold-why = Motif
legal-hold-what = Visé
legal-hold-lift = Lever
legal-hold-company = Tous les dossiers qui nomment { $name }
legal-hold-person = Tous les dossiers de { $name }
legal-hold-do = Placer le gel
act-destruction = { $files ->
    [one] Destruction d’un dossier échu
   *[other] Destruction de { $files } dossiers échus
    }
flash-retention-listed = La liste est prête. Rien n’est détruit.
flash-retention-dropped = La liste est mise de côté. Rien n’a été détruit.
flash-hold-placed = Le gel est placé.
flash-hold-lifted = Le gel est levé.
error-hold-on = Rien ni personne ne porte ce numéro.
not-possible-retention-open = Une liste attend déjà une décision. Terminez-la ou mettez-la de côté.
not-possible-retention-empty = Aucun dossier n’est échu.
not-possible-retention-over = Cette liste n’attend plus de décision.
not-possible-retention-changed = Quelque chose a changé depuis que la liste est prête : un gel, une règle ou un dossier. Mettez-la de côté et préparez-en une autre.
letter-fact-files = Dossiers
letter-retention-due-subject = Conservation : { $files ->
    [one] { $files } dossier échu
   *[other] { $files } dossiers échus
    }
letter-retention-due-preheader = Une liste attend votre examen.
letter-retention-due-body =
    Bonjour,

    Selon le calendrier de conservation, des dossiers sont arrivés à échéance. Rien n’est détruit : examinez la liste, gelez ce qui doit être gardé, puis demandez la destruction. Une autre personne devra l’approuver.
letter-retention-due-action = Examiner la liste
letter-retention-due-reason = Vous êtes responsable de l’éthique et de l’intégrité.
not-possible-readings = Le registre des lectures n’est pas celui que le journal a scellé{"\u00A0"}: rien n’est détruit avant que cela soit éclairci.
letter-fact-drafts = Brouillons concernés
letter-draft-forgotten-subject = Un brouillon sera supprimé le { $date }
letter-draft-forgotten-preheader = Reprenez-le, ou laissez-le partir.
letter-draft-forgotten-body =
    Bonjour,

    Vous avez commencé une déclaration sans l’envoyer, et personne n’y a touché depuis longtemps. Si elle est toujours utile, ouvrez-la et poursuivez{"\u00A0"}: elle restera. Sinon, il n’y a rien à faire; elle sera supprimée pour de bon, avec ses fichiers.
letter-draft-forgotten-action = Voir mes déclarations
letter-draft-forgotten-reason = Ce brouillon est le vôtre; personne d’autre ne peut le lire.
