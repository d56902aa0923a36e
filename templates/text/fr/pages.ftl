# Pages.

colon = {"\u00A0"}:

nav-home = Accueil
nav-more = Plus
nav-group-follow = Suivre
nav-group-prove = Prouver
nav-group-rules = Règles et formulaires
nav-group-administer = Administrer
nav-declare = Déclarer
nav-mine = Mes déclarations
nav-inbox = À traiter
nav-register = Registre
nav-reports = Rapports
nav-people = Personnes
nav-letters = Courriels
nav-diagnostics = Diagnostic

footer-help = Aide
footer-accessibility = Accessibilité
footer-privacy = Confidentialité

back-home = Accueil
back-choose = Choisir une autre situation
back-previous = Retour
back-mine = Mes déclarations
back-inbox = À traiter
back-register = Registre
back-people = Personnes
back-letters = Courriels
back-mailbox = Courriels de la démonstration
back-reports = Rapports

home-title = Bonjour { $name }, que souhaitez-vous déclarer?
home-greeting = Bonjour { $name }
home-declare = Que souhaitez-vous déclarer?
home-annual-title = Rien à déclarer?
home-interests-title = Vos intérêts déclarés
home-interests = { $count ->
    [one] Un intérêt ou un lien que vous avez déclaré n’est pas terminé. Dites s’il tient toujours : répondre que vous n’avez rien à déclarer ne le termine pas.
   *[other] { $count } intérêts ou liens que vous avez déclarés ne sont pas terminés. Dites s’ils tiennent toujours : répondre que vous n’avez rien à déclarer ne les termine pas.
    }
home-interests-go = Revoir mes intérêts
home-annual-text = Si vous n’avez aucun intérêt ni lien à déclarer, une confirmation suffit.
home-situations = Choisissez votre situation
home-waiting-title = On attend votre décision
home-waiting = { $count ->
    [one] Une déclaration vous attend.
   *[other] { $count } déclarations vous attendent.
    }
home-waiting-go = Voir ce qui m’attend
home-to-read-title = Des suites sont à lire
home-to-read = { $count ->
    [one] La suite d’une déclaration attend votre lecture.
   *[other] Les suites de { $count } déclarations attendent votre lecture.
    }
home-to-read-go = Lire ce qui a été dit
home-to-record-title = Des décisions sont à inscrire
home-to-record = { $count ->
    [one] Une déclaration se décide à l’extérieur; sa décision attend d’être inscrite.
   *[other] { $count } déclarations se décident à l’extérieur; leurs décisions attendent d’être inscrites.
    }
home-to-record-go = Voir ce qui est à inscrire
home-drafts = Vos brouillons
home-current = Vos déclarations en cours
home-with = chez { $who }
home-due = d’ici le { $date }
home-none = Rien en cours
home-none-text = Vos déclarations transmises apparaîtront ici.

sign-in-title = Connexion
sign-in-email = Courriel
sign-in-password = Mot de passe
sign-in-enter = Se connecter
sign-in-refused = Le courriel ou le mot de passe ne correspond à aucun compte actif. Vérifiez les deux.
sign-in-demo = Choisir une personne de la démonstration
sign-in-help = Pas de compte, ou mot de passe oublié? Écrivez à l’équipe qui administre le service.
sign-in-kept = Votre session a pris fin. Connectez-vous : ce que vous avez écrit est conservé.

resume-title = Vous êtes de retour
resume-crossed = Un autre changement est passé en même temps que le vôtre, qui n’est pas enregistré. Ce que vous aviez écrit est toujours là.
resume-text = Votre session avait pris fin pendant l’envoi. Ce que vous aviez écrit est toujours là.
resume-send = Reprendre l’envoi
resume-leave = Abandonner

declare-title = Que souhaitez-vous déclarer?
declare-lead = Choisissez la situation la plus proche. Vous pourrez changer d’avis tant que rien n’est envoyé.

introduce-lead = { $steps ->
    [one] Une seule question. Chaque réponse est enregistrée; vous pouvez arrêter et reprendre quand vous voulez.
   *[other] Quelques questions, une par page. Chaque réponse est enregistrée; vous pouvez arrêter et reprendre quand vous voulez.
    }
introduce-start = Commencer
introduce-notice = Pourquoi ces renseignements?
introduce-collection = Organisme qui recueille ces renseignements : { $org }. Y ont accès la personne qui décide et la personne responsable de l’éthique, seulement pour leurs fonctions. Ne pas répondre à une question obligatoire empêche l’envoi. Vous pouvez consulter vos déclarations, les faire rectifier et poser vos questions à { $email }.
introduce-source = Source :

step-of = Étape { $number } de { $count }
step-why = Pourquoi demandons-nous cela?
step-continue = Continuer
step-later = Enregistrer et revenir plus tard
step-discard = Supprimer ce brouillon
step-discard-text = Tout ce que vous avez écrit ici sera effacé pour de bon. Il n’en restera aucune trace.
step-discard-yes = Oui, supprimer

check-title = Vérifiez avant d’envoyer
check-findings = À savoir
check-findings-text = La personne qui décide verra ces points. Avoir un intérêt ou recevoir une offre n’est pas une faute.
check-recipient-title = Qui recevra votre déclaration
check-attest-title = Attestation
check-attestation = J’atteste que ces renseignements sont exacts et complets, à ma connaissance.
check-supervisor = Ce n’est pas la bonne personne?
check-supervisor-text = Le répertoire du personnel donne votre gestionnaire. S’il se trompe, dites-le ici : la personne responsable de l’éthique vérifiera et confiera votre déclaration à la bonne personne.
check-supervisor-name = Nom de votre gestionnaire
check-supervisor-reason = Ce qui a changé
route-disputed = Vous dites que le répertoire se trompe de gestionnaire : la personne responsable de l’éthique vérifie.
detail-supervisor-note = Gestionnaire selon la personne
check-send = { $person ->
    [yes] Envoyer à { $to }
   *[no] Envoyer ma déclaration
    }
check-send-correction = { $person ->
    [yes] Envoyer la correction à { $to }
   *[no] Envoyer ma correction
    }
check-send-follow-up = Envoyer
check-later = Revenir plus tard

received-title = Déclaration envoyée
received-reference = Votre numéro de référence
received-next = Et maintenant?
received-holder = Elle est chez { $who }.
received-due = Décision attendue d’ici le { $date }.
received-letter = Un courriel vous préviendra de la décision.
received-change = D’ici là, vous pouvez la corriger ou la retirer.
received-linked-title = Il reste une déclaration à compléter
received-linked = Vos réponses indiquent qu’un avantage vous a été offert. Un brouillon est prêt, avec ce que nous savons déjà.
received-view = Voir ma déclaration
received-home = Retour à l’accueil

mine-title = Mes déclarations
mine-new = Déclarer
mine-filter = Filtrer par état
mine-all = Toutes
mine-empty = Aucune déclaration
mine-empty-text = Ce que vous déclarez apparaîtra ici, avec la personne qui l’a et la suite attendue.

inbox-title = À traiter
inbox-views = Vues
inbox-offices = Au nom de
inbox-to-me = Moi
inbox-view-a-decider = { $count ->
    [0] À décider
   *[other] À décider ({ $count })
    }
inbox-view-en-retard = { $count ->
    [0] En retard
   *[other] En retard ({ $count })
    }
inbox-view-signalees = À vérifier
inbox-view-attend-reponse = { $count ->
    [0] En attente d’une réponse
   *[other] En attente d’une réponse ({ $count })
    }
inbox-view-decidees = Décidées (30 jours)
inbox-view-equipe = Mon équipe
inbox-view-a-relire = À relire ({ $count })
inbox-empty = Rien à traiter
inbox-none-match = Aucun dossier ne correspond aux filtres
inbox-widen = Retirer les filtres
inbox-checked = Dernière vérification : { $at }.

filter-label = Filtrer la liste
filter-kind = Type
filter-any-kind = Tous les types
filter-apply = Filtrer
filter-active = Filtres actifs
filter-remove = retirer ce filtre

column-subject = Objet
column-reference = Référence
column-state = État
column-holder = Chez
column-due = Échéance
column-person = Personne
column-flag = Point à vérifier
column-age = Depuis
column-filed = Reçue le
column-company = Entreprise
column-unit = Unité

list-age = { $days ->
    [0] aujourd’hui
    [one] { $days } jour ouvrable
   *[other] { $days } jours ouvrables
    }
line-received = Reçue le { $date }
list-late = En retard

state-draft = Brouillon
state-submitted = Transmise
state-under-review = À l’examen
state-info-requested = Précisions demandées
state-with-ethics = À l’éthique
state-decided = Décidée
state-monitoring = En suivi
state-closed = Fermée
state-withdrawn = Retirée

severity-own-information = À noter
severity-own-attention = Sera vérifié
severity-own-stop = Sera examiné de près
severity-information = À noter
severity-attention = À vérifier
severity-stop = Arrêt : à examiner
severity-lifted = Ne tient plus, selon le registre des lobbyistes

office-supervisor = la ou le gestionnaire
office-ethics-officer = la personne responsable de l’éthique
office-secretary-general = la secrétaire générale ou le secrétaire général
office-deputy-minister = la sous-ministre ou le sous-ministre
office-contract-monitor = la personne responsable des règles contractuelles
office-outside = une autorité à l’extérieur du Ministère

role-staff = Membre du personnel
role-ethics-officer = Responsable de la gestion de l’éthique et de l’intégrité (RGEI)
role-secretary-general = Secrétaire générale ou secrétaire général
role-deputy-minister = Sous-ministre
role-cio = Dirigeante ou dirigeant de l’information
role-contract-monitor = Responsable de l’application des règles contractuelles (RARC)
role-auditor = Auditrice ou auditeur
role-system-admin = Administration technique

route-supervisor = C’est votre gestionnaire qui décide.
route-next-level = Votre gestionnaire a un lien avec le dossier ou s’absente : la décision monte d’un niveau.
route-referred = Un point à vérifier demande l’examen de la personne responsable de l’éthique.
route-referred-by-decider = Transmise à la personne responsable de l’éthique par la personne qui décidait.
route-told-after = Ce qui a été dit après la décision s’en écarte, ou une règle y voit un point à vérifier : la personne responsable de l’éthique décide de nouveau.
route-sent-back = La personne responsable de l’éthique a donné son avis; la décision revient à la ou au gestionnaire.
route-reassigned = Confiée à une autre personne par la personne responsable de l’éthique.
route-no-supervisor = Le répertoire n’indique pas de gestionnaire : la personne responsable de l’éthique décide.
route-nobody-above = Personne au-dessus de vous ne peut décider sans lien avec le dossier : la personne responsable de l’éthique décide.
route-chosen-away = Votre gestionnaire s’absente ou a un lien avec le dossier, et personne ne lit à sa place : la personne responsable de l’éthique le reçoit.
route-no-ethics-officer = Le poste de responsable de l’éthique est vacant, ou la personne qui l’occupe a un lien avec le dossier ou s’absente.
route-ethics-officer = La déclaration vient de la personne responsable de l’éthique : elle est décidée ailleurs.
route-deputy-minister = La déclaration vient de la sous-ministre ou du sous-ministre : elle est inscrite ici et décidée à l’extérieur.
route-nobody = Personne ici ne peut décider sans lien avec le dossier : la décision se prend à l’extérieur.
route-next-level-seen = La ou le gestionnaire a un lien avec le dossier ou s’absente : la décision est montée d’un niveau.
route-nobody-above-seen = Personne dans la ligne d’autorité ne peut décider sans lien avec le dossier : la personne responsable de l’éthique décide.
route-chosen-away-seen = La ou le gestionnaire s’absente ou a un lien avec le dossier, et personne ne lit à sa place : la personne responsable de l’éthique le reçoit.
route-disputed-seen = La personne dit que le répertoire se trompe de gestionnaire : la personne responsable de l’éthique vérifie.

where-held = { $days ->
    [0] Chez { $who } depuis aujourd’hui.
    [one] Chez { $who } depuis { $days } jour ouvrable.
   *[other] Chez { $who } depuis { $days } jours ouvrables.
    }
where-answer = En attente de la réponse de la personne déclarante.
where-outside = Inscrite au registre; décidée à l’extérieur.
where-to-read = Ce qui a été dit après la décision attend d’être lu.
where-due = Décision attendue d’ici le { $date }.
where-due-answer = Réponse attendue d’ici le { $date }.
where-due-follow-up = Suite attendue d’ici le { $date }.
where-overdue = { $days ->
    [one] En retard de { $days } jour ouvrable.
   *[other] En retard de { $days } jours ouvrables.
    }

detail-question = Question posée
detail-answer = Votre réponse
detail-answer-send = Envoyer ma réponse
go-on-title = Poursuivre sans attendre la réponse
go-on-hint = Le dossier revient à l’étape où la question a été posée. La personne voit le motif.
go-on-reason = Motif
go-on-do = Poursuivre
detail-direction = Directive de la ou du sous-ministre, finale ici
detail-decision-contested = Décision contestée
detail-contest = Pourquoi elle est contestée
detail-decision = Décision
detail-measures = Conditions et mesures
detail-decided-by = { $who }, { $at }
detail-complete = Compléter la suite
detail-person = Personne
detail-title = Fonction
detail-unit = Unité
detail-filed = Transmise le { $date }.
detail-late = { $days ->
    [one] Hors délai de { $days } jour ouvrable.
   *[other] Hors délai de { $days } jours ouvrables.
    }
detail-late-calendar = { $days ->
    [one] Hors délai de { $days } jour civil.
   *[other] Hors délai de { $days } jours civils.
    }
detail-attention = À vérifier
detail-history = Déclarations précédentes
detail-history-none = Aucune déclaration précédente que vous pouvez lire.
detail-confidential = Déclaration confidentielle : chaque lecture est inscrite au journal des accès.
detail-timeline = Chronologie
detail-corrected = { $count ->
    [0] Corrigée le { $date }.
    [one] Corrigée le { $date } : { $count } réponse changée.
   *[other] Corrigée le { $date } : { $count } réponses changées.
    }
detail-corrected-see = Voir ce qui a changé
detail-unsent = Ce que vous aviez écrit n’est pas enregistré : copiez-le si vous voulez le reprendre
detail-next = Déclaration suivante à décider
detail-take-up = Prendre en charge
detail-take-up-hint = La personne verra que son dossier est à l’examen.

decide-title = Votre décision
decide-reason = Motifs, question ou consignes
decide-reason-hint = Obligatoire pour : { $choices }.
decide-reason-optional = Facultatif, quel que soit votre choix.
decide-measures = Conditions ou mesures
decide-measures-hint = Une par ligne. Chacune sera suivie.
decide-save = Enregistrer ma décision
choice-ask = Demander des précisions
choice-ask-hint = La personne répond dans le service; le dossier vous revient.
choice-needs-reason = Motifs obligatoires.
choice-needs-measures = Au moins une condition, mesure ou action.

opinion-title = Donner un avis
opinion-seen = La personne déclarante et la personne qui décide verront cet avis.
opinion-text = Avis et recommandations
opinion-give = Joindre mon avis
opinion-send-back = Renvoyer avec mon avis

reassign-title = Confier à une autre personne
reassign-to = Nouvelle personne qui décide
reassign-to-hint = Nom, numéro ou courriel. Une personne concernée par le dossier ne peut pas être choisie.
reassign-reason = Motif
reassign-do = Confier

acknowledge-title = La suite est à lire
acknowledge-text = Ce qui a été dit après la décision attend votre lecture. Le dossier se ferme quand chaque personne qui doit le lire l’a lu, s’il n’y reste aucune mesure ouverte.
acknowledge-mine-title = La décision demande quelque chose
acknowledge-mine-text = Confirmez que vous avez lu les conditions et les mesures. La chronologie le dira.
acknowledge-do = J’ai lu

close-title = Fermer le dossier
close-note = Ce qui permet de fermer
close-do = Fermer

correct-start = Corriger
correct-continue = Reprendre la correction
withdraw-title = Retirer cette déclaration
withdraw-text = La déclaration sera retirée. Sa trace reste au registre.
withdraw-reason = Motif
withdraw-do = Retirer

event-submitted = Déclaration transmise
event-corrected = Déclaration corrigée
event-withdrawn = Déclaration retirée
event-taken-up = Prise en charge
event-information-requested = Précision demandée
event-information-provided = Réponse donnée
event-question-set-aside = Poursuite sans attendre la réponse
event-referred = Transmise à la personne responsable de l’éthique
event-opinion-given = Avis de la personne responsable de l’éthique
event-sent-back = Avis donné et dossier renvoyé
event-directed = Directive donnée, finale ici : { $outcome }
event-decided = Décision : { $outcome }
event-completed = Suite complétée
event-closed = Dossier fermé
event-acknowledged = Lecture confirmée
event-reassigned = Confiée à une autre personne
event-escalated = { $days ->
    [one] Retard de { $days } jour ouvrable porté à l’attention de la personne responsable de l’éthique
   *[other] Retard de { $days } jours ouvrables porté à l’attention de la personne responsable de l’éthique
    }
event-reminded = Rappel envoyé
timeline-reminders = { $count } rappels envoyés
timeline-span = Du { $from } au { $to }
timeline-each = Date de chaque rappel
event-attachment-added = Fichier joint ajouté
event-attachment-removed = Fichier joint retiré

flash-draft-saved = Brouillon enregistré. Vous pouvez le reprendre quand vous voulez.
flash-discarded = Le brouillon est supprimé.
flash-corrected = La correction est envoyée.
flash-completed-read = La suite est enregistrée. Quelqu’un la lira avant que le dossier se ferme.
flash-completed = La suite est enregistrée.
flash-already-filed = Cette déclaration était déjà envoyée.
flash-decided = Votre décision est enregistrée.
flash-asked = Votre question est envoyée.
flash-answered = Votre réponse est envoyée.
flash-gone-on = Le dossier se poursuit sans attendre la réponse.
flash-opinion = Votre avis est joint au dossier.
flash-withdrawn = La déclaration est retirée.
flash-closed = Le dossier est fermé.
flash-acknowledged = Votre lecture est inscrite.
flash-reassigned = Le dossier est confié à une autre personne.
flash-taken-up = Le dossier est à l’examen.
flash-signed-out = La session est terminée.
flash-view-saved = La vue est enregistrée.
flash-view-removed = La vue est retirée.
flash-imported = Le répertoire est importé.
flash-role-ended = Le rôle est terminé.
flash-suspended = Le compte est suspendu; ses sessions sont terminées.
flash-letter-resent = Le courriel repartira dans un instant.

preferences-title = Préférences
preferences-name = Nom
preferences-roles = Rôles
preferences-language = Langue
preferences-directory = Votre nom, votre unité et votre gestionnaire viennent du répertoire du personnel. Une erreur? Signalez-la à l’équipe qui le tient à jour.

words-contact = Nous joindre :

help-title = Aide
help-body =
    Déclarez ici vos relations avec les entreprises, vos intérêts, les cadeaux offerts et les événements auxquels on vous invite.

    Choisissez une situation, répondez à une question par page, vérifiez, attestez, envoyez. Un brouillon se garde tout seul. Après l’envoi, la page de la déclaration dit qui l’a, depuis quand et ce qui suit.

    Vous hésitez sur ce que vous devez faire? La personne responsable de l’éthique et de l’intégrité vous conseille.
help-proof-title = Vérifier une preuve
help-proof-what = La preuve signée est un petit fichier, « preuve.json » dans l’exemple. Elle montre ce qui a été déclaré et décidé, ou l’empreinte d’un rapport, tel que le journal signé du registre l’a gardé.
help-proof-how = Vous n’avez pas à nous croire : n’importe qui la vérifie, sans réseau et sans le service, par l’une de ces deux commandes. La seconde ne demande que Python. Les deux programmes ne partagent rien et disent la même chose.
help-proof-key = CLÉ
help-proof-who = CLÉ est la clé publique du journal. Demandez-la, avec les programmes, à une personne qui ne vous a pas remis le fichier : l’audit interne, votre syndicat ou la personne responsable de l’éthique.
accessibility-title = Accessibilité
accessibility-body =
    { $service } vise les WCAG 2.2, niveau AA, et le standard SGQRI 008 3.0. Toutes les tâches se font sans JavaScript, au clavier et sur un écran de 320 pixels.

    Les pages sont vérifiées par des outils automatiques à chaque version. Une vérification avec des personnes qui utilisent un lecteur d’écran reste à faire : c’est une limite connue.

    Un obstacle vous arrête? Décrivez-le à { $email }.
privacy-title = Confidentialité
privacy-body =
    Organisme qui recueille ces renseignements : { $org }. Ils servent à appliquer sa politique sur les relations avec les entreprises et à prévenir les conflits d’intérêts.

    La personne qui décide et la personne responsable de l’éthique y ont accès, seulement pour leurs fonctions. L’administration technique ne voit aucun contenu. Chaque lecture d’une déclaration confidentielle est inscrite au journal des accès.

    Vous pouvez consulter vos déclarations en tout temps et demander une rectification.

problem-go-home = Revenir à l’accueil
problem-go-mine = Voir mes déclarations
problem-number = Numéro à donner si vous nous écrivez :
problem-invalid-title = Des réponses sont à corriger
problem-invalid = Revenez à la page précédente : vos réponses y sont toujours.
problem-signed-out-title = Connexion requise
problem-signed-out = Connectez-vous pour continuer.
problem-not-allowed-title = Cette action ne vous est pas permise
problem-not-allowed = Votre rôle ne permet pas cette action. Si vous pensez que c’est une erreur, écrivez à la personne responsable de l’éthique.
problem-not-found-title = Page introuvable
problem-not-found = L’adresse est inexacte, ou ce dossier ne vous est pas accessible.
problem-stale-title = La déclaration a changé depuis votre lecture
problem-stale = Quelqu’un l’a modifiée entre-temps. Rechargez la page, relisez, puis recommencez.
problem-not-possible-title = Ce n’est plus possible
problem-too-many-title = Trop d’essais rapprochés
problem-too-many = { $seconds ->
    [one] Attendez une seconde, puis recommencez.
   *[other] Attendez { $seconds } secondes, puis recommencez.
    } Rien n’est bloqué.
problem-bad-request-title = Demande refusée
problem-bad-request = La demande est mal formée. Revenez en arrière et recommencez.
problem-forged = Cette demande ne vient pas d’une page du service. Revenez à l’accueil et recommencez.
problem-precondition = Indiquez la version que vous avez lue (en-tête If-Match).
problem-key-reused = Cette clé d’idempotence a déjà servi à une autre demande.
problem-too-large-title = Envoi trop volumineux
problem-too-large = L’envoi dépasse la taille permise. Réduisez-le et recommencez.
problem-unavailable-title = Le registre ne répond pas pour l’instant
problem-unavailable = Sa base de données est arrêtée ou redémarre. Si vous veniez d’envoyer quelque chose, gardez cette page, revenez dans une minute et regardez d’abord si c’est enregistré avant de recommencer.
problem-unavailable-api = La base de données ne répond pas pour l’instant. Refaites la même requête, avec la même clé d’idempotence, après le délai de Retry-After.
problem-crossed-title = Un autre changement est passé en même temps
problem-crossed = Rien de ce que vous veniez d’envoyer n’est enregistré. Revenez à la page précédente et envoyez de nouveau.
problem-crossed-api = Un autre changement est passé en même temps : rien de cette demande n’a été fait. Refaites-la après le délai de Retry-After.
problem-full-title = Le registre ne peut rien enregistrer pour l’instant
problem-full = Son disque est plein. Si vous veniez d’envoyer quelque chose, ce n’est pas enregistré : gardez cette page et recommencez plus tard. Les pages qui nomment d’autres personnes ne s’ouvrent pas non plus, parce que chaque consultation doit d’abord être notée. L’équipe technique est avertie.
problem-internal-title = Une erreur est survenue de notre côté
problem-internal = Rien n’est perdu : vos brouillons sont enregistrés. Réessayez dans un instant.

not-possible-edit = Cette déclaration ne peut plus être modifiée.
not-possible-submit = Cette déclaration est déjà envoyée.
not-possible-correct = Cette déclaration est décidée : elle ne peut plus être corrigée.
not-possible-withdraw = Cette déclaration ne peut plus être retirée : elle est décidée ou déjà retirée.
not-possible-take-up = Cette déclaration est déjà à l’examen ou n’attend plus rien.
not-possible-sealing = Ce service ne peut pas encore garder ce qui est confidentiel : la clé de scellement n’est pas en place. Rien n’a été enregistré. Écrivez à la personne qui administre le service.
not-possible-decided = Cette déclaration est déjà décidée, ou attend quelqu’un d’autre.
not-possible-go-on = Aucune question n’attend de réponse. Le dossier a déjà avancé.
not-possible-answer = Aucune question n’attend de réponse.
not-possible-complete = Rien n’est attendu pour cette déclaration.
not-possible-close = Ce dossier ne peut pas être fermé maintenant.
not-possible-acknowledge = Ce dossier n’attend pas votre lecture, ou elle est déjà inscrite.
not-possible-refer = La personne responsable de l’éthique a un lien avec ce dossier : la décision vous revient.
not-possible-send-back = Personne dans la ligne hiérarchique ne peut décider sans lien avec le dossier : la décision vous revient.

register-title = Registre
register-export = Exporter ce que je vois :
register-views = Vues enregistrées
register-view-remove = Retirer
register-view-save = Enregistrer cette vue
register-view-name = Nom de la vue
register-view-keep = Enregistrer
register-search = Mots, nom ou référence
register-any-state = Tous les états
register-any-unit = Toutes les unités
register-pending = En attente de décision
register-flagged = Avec un point à vérifier
register-from = Du
register-to = Au
register-clear = Tout effacer
register-chip-q = Mots : { $value }
register-chip-entreprise = Entreprise : { $value }
register-chip-du = Depuis le { $value }
register-chip-au = Jusqu’au { $value }
register-order-due = Les dossiers les plus en retard d’abord.
register-order-opened = Les déclarations ouvertes en dernier d’abord.
register-empty = Aucune déclaration ne correspond
register-empty-text = Retirez un filtre, ou vérifiez l’orthographe. Les accents et les majuscules ne comptent pas.
register-not-understood = Corrigez les filtres pour voir les déclarations.
flash-view-needs-name = La vue n’est pas enregistrée : donnez-lui un nom.

report-page-title = Rapport d’audit
report-page-lead = Choisissez une période. La page, le PDF, le classeur et les données viennent des mêmes chiffres.
report-page-period = Période du rapport
report-page-make = Produire le rapport
report-page-download = Télécharger :
report-page-pdf = PDF accessible
report-page-xlsx = Classeur XLSX
report-page-json = Chiffres JSON
report-proof-about = Prenez-la après le rapport et gardez-les ensemble : elle montre l’empreinte qu’il porte et le fichier que vous avez pris, octet pour octet, et se vérifie sans nous.
report-page-csv = Données CSV
report-page-year = Exercice { $year }
report-page-month = Ce mois-ci
not-possible-pdf = Cette installation ne produit pas de PDF. Le classeur XLSX contient les mêmes chiffres.

letters-title = Courriels
letters-lead = File d’envoi. Le contenu des courriels n’est pas montré ici.
letters-more-than = plus de { $most }
letters-state-queued = En attente
letters-state-sending = En cours d’envoi
letters-state-sent = Envoyés
letters-state-failed = Non remis
letters-state-cancelled = Annulés
letters-to = Destinataire
letters-subject = Objet
letters-when = Date
letters-attempts = Essais
letters-error = Cause
letters-resend = Renvoyer
letters-held-restored = Le registre a été restauré d’une copie : ce courriel est peut-être déjà parti.
letters-held-left = La personne n’est plus en service : rien n’est parti à son adresse.
letters-held-destroyed = Ce courriel nommait une personne dont le dossier a été détruit : il n’est pas parti.
head-mail-subject = Tête du journal : { $events ->
    [one] { $events } événement
   *[other] { $events } événements
    }
head-mail-text = Voici la tête signée du journal du registre. Gardez ce courriel sans le modifier : il permettra de montrer que rien de ce qui précède n’a été réécrit. Il n’y a rien à faire.
letters-none = Aucun courriel dans cet état
letters-none-text = La file est à jour.

doctor-title = Diagnostic
doctor-lead = Chaque vérification est indépendante. Copiez ce rapport pour l’équipe de soutien : il ne contient aucun renseignement personnel.
doctor-check = Vérification
doctor-result = Résultat
doctor-detail = Détail
doctor-ok = Bon
doctor-warning = À surveiller
doctor-failed = À corriger
not-possible-letter-resend = Ce courriel ne peut pas être renvoyé maintenant.
not-possible-letter-cancel = Ce courriel ne peut plus être annulé.

automatic-title = Une règle a décidé
automatic-text = Une règle a pris cette décision sans qu’une personne l’examine. Voici ce qu’elle dit et ce qu’elle a vu.
automatic-rights = Vous pouvez savoir quels renseignements ont servi et pourquoi, faire corriger ceux qui sont inexacts, et présenter vos observations à une personne qui peut réviser la décision (Loi sur l’accès, A-2.1, art. 65.2).
automatic-note = Vos observations
automatic-reopen = Demander l’examen par une personne
detail-decided-by-rule = une règle du service
event-decided-automatically = Décision prise par une règle : { $outcome }
event-human-review-asked = Examen par une personne demandé
flash-filed-decided = Votre déclaration est reçue. Une règle a pu décider tout de suite; vous pouvez demander l’examen par une personne.
flash-reopened = Une personne examinera le dossier.
not-possible-reopen = Cette décision n’a pas été prise par une règle, ou l’examen a déjà été demandé.
receipt-download = Télécharger la preuve signée
receipt-about = Gardez-la : elle montre ce qui a été déclaré et décidé, et se vérifie sans nous.
not-possible-proof = Ce registre ne signe pas son journal : il ne donne pas de preuve.
not-possible-proof-now = Le journal ne se signe pas pour l’instant : aucune preuve n’est donnée. Ce que vous avez déclaré est gardé. Réessayez plus tard ou écrivez à la personne responsable de l’éthique.
