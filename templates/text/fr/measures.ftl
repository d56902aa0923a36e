# Mesures : ce qu’une décision demande, à qui, pour quand, avec quelle preuve.
nav-measures = Mesures
back-measures = Mesures
measures-title = Mesures
measures-lead = Ce que les décisions demandent, et ce qui montre que c’est fait.
measures-view-miennes = À moi de faire
measures-view-equipe = Mon équipe
measures-view-toutes = Toutes
measures-which-a-faire = À faire ou à vérifier
measures-which-en-retard = En retard
measures-which-a-verifier = Preuve à vérifier
measures-which-verifiees = Vérifiées
measures-which-levees = Levées
measures-none = Aucune mesure
measures-none-text = Rien ne correspond à ces choix.
column-measure = Mesure
column-owner = Responsable
column-evidence = Preuve demandée
measure-title = Mesure { $number }
measure-state-open = À faire
measure-state-overdue = En retard
measure-state-proof-given = À vérifier
measure-state-verified = Vérifiée
measure-state-lifted = Levée
measure-waits-proof = { $who } doit donner la preuve d’ici le { $date }.
measure-waits-attestation = Confirmation attendue de la ou du gestionnaire d’ici le { $date }.
measure-waits-check = { $who } a donné une preuve. Elle reste à vérifier.
measure-mine-proof = Vous devez donner la preuve d’ici le { $date }.
measure-mine-proof-listed = Vous devez donner la preuve.
measure-mine-check = Vous avez donné une preuve. Elle reste à vérifier.
measure-verified-words = La preuve est vérifiée.
measure-lifted-words = Elle n’est plus demandée.
measure-next-attestation = Prochaine confirmation d’ici le { $date }.
measure-no-date = –
measure-today = C’est aujourd’hui.
measure-in = { $days ->
    [one] Dans { $days } jour ouvrable.
   *[other] Dans { $days } jours ouvrables.
    }
measure-late = { $days ->
    [one] En retard de { $days } jour ouvrable.
   *[other] En retard de { $days } jours ouvrables.
    }
measure-every = { $months ->
    [0] Une seule preuve suffit
    [one] Chaque mois
    [12] Chaque année
   *[other] Tous les { $months } mois
    }
measure-evidence-any = Preuve au choix
measure-reason = Ce qui manque, ou pourquoi
measure-attested = Confirmation par la ou le gestionnaire
measure-file = Dossier
measure-proof = Preuve
measure-proof-by = Donnée par { $who }, { $at }
measure-prove-title = Donner la preuve
measure-prove-text = Ce qui montre que c’est fait
measure-prove-hint = Par exemple : la date, qui a pris le relais, ce qui a changé. Un fichier peut suffire.
measure-prove-files = Fichiers
measure-prove-files-hint = PDF, PNG, JPEG ou DOCX.
measure-prove-do = Envoyer la preuve
measure-verify-title = La preuve montre-t-elle que c’est fait?
measure-verify-yes = Oui, la mesure est vérifiée
measure-verify-no = Non, la preuve est à compléter
measure-verify-reason = Note ou motifs
measure-verify-reason-hint = Obligatoire si la réponse est non. La personne responsable de la mesure la lira.
measure-verify-do = Enregistrer ma réponse
measure-attest-title = La mesure tient-elle toujours?
measure-attest-yes = Oui, elle est toujours appliquée
measure-attest-no = Non, elle n’est plus appliquée
measure-hand-on-title = Confier la mesure à une autre personne
measure-hand-on-hint = Elle ne verra que la mesure et sa référence. Sans date, elle a le délai habituel, à partir d’aujourd’hui.
measure-hand-on-do = Confier la mesure
measure-lift-title = Lever la mesure
measure-lift-hint = La mesure ne sera plus demandée. Le motif reste au dossier.
measure-lift-reason = Motif
measure-lift-do = Lever la mesure
measure-rows-title = Préciser qui, quand et avec quelle preuve
measure-rows-hint = Laissez vide ce qui peut suivre l’usage. Sans nom, la mesure revient à la personne qui déclare. Une autre personne ne verra que la mesure et sa référence.
measure-row = Mesure { $number }
measure-row-owner = Responsable (nom, numéro ou courriel)
measure-row-due = Échéance
measure-row-every = À confirmer par la ou le gestionnaire
measure-rows-more = Ajouter des lignes
close-waits = { $count ->
    [one] Le dossier ne peut pas encore être fermé : { $count } mesure reste ouverte.
   *[other] Le dossier ne peut pas encore être fermé : { $count } mesures restent ouvertes.
    }
close-lasts = Le dossier ne peut pas encore être fermé : une de ses mesures doit être confirmée de temps à autre. Si elle n’a plus d’objet, demandez à la personne responsable de l’éthique de la lever.
not-possible-close-lasting = Ce dossier a une mesure qui doit être confirmée de temps à autre. Il pourra être fermé quand la personne responsable de l’éthique l’aura levée.
not-possible-close-measures = Ce dossier a une mesure ouverte. Il pourra être fermé quand toutes ses mesures seront vérifiées ou levées.
not-possible-measure-prove = Cette mesure n’attend pas de preuve maintenant.
not-possible-measure-verify = Cette mesure n’a pas de preuve à vérifier maintenant.
not-possible-measure-attest = Cette mesure n’est pas à confirmer maintenant.
not-possible-measure-hand-on = Cette mesure n’attend pas de preuve maintenant : il n’y a rien à confier.
not-possible-measure-lift = Cette mesure est déjà levée.
home-measures-title = Mesures à réaliser
home-measures = { $count ->
    [one] Une mesure attend votre preuve.
   *[other] { $count } mesures attendent votre preuve.
    }
home-measures-go = Voir mes mesures
flash-measure-proved = Votre preuve est envoyée.
flash-measure-verified = La mesure est vérifiée.
flash-measure-sent-back = La preuve est renvoyée avec vos motifs.
flash-measure-attested = Votre confirmation est enregistrée.
flash-measure-denied = C’est noté. La personne responsable de la mesure doit la réaliser de nouveau.
flash-measure-handed-on = La mesure est confiée. La personne est avisée.
flash-measure-lifted = La mesure est levée.
error-measure-text = Écrivez la mesure.
error-measures-many = Il y a trop de mesures : { $arg } au plus.
error-measure-owner-left = Cette personne n’est pas en service. Choisissez quelqu’un d’autre.
error-measure-owner-concerned = Cette personne est concernée par le dossier. Choisissez quelqu’un d’autre.
error-measure-owner-several = Plusieurs personnes portent ce nom. Écrivez plutôt le numéro ou le courriel.
error-measure-due-past = L’échéance est passée. Choisissez aujourd’hui ou plus tard.
error-measure-due-far = L’échéance est trop loin. Choisissez une date d’ici dix ans.
error-measure-every = Écrivez un nombre de mois, de 0 à { $arg }.
error-measure-to = Nommez la personne à qui vous confiez la mesure.
error-measure-to-same = Cette personne en est déjà responsable. Choisissez quelqu’un d’autre.
error-proof = Écrivez ce qui montre que c’est fait, ou joignez un fichier.
error-measure-outcome = Dites si la mesure est vérifiée ou si la preuve est à compléter.
error-measure-holds = Dites si la mesure tient toujours.
error-measure-reason = Écrivez vos motifs.
error-measure-stale = La mesure a changé depuis votre lecture. Relisez-la, puis confirmez votre choix.
event-measure-ordered = Mesure { $number } demandée, d’ici le { $date }
event-measure-proved = Preuve donnée pour la mesure { $number }
event-measure-sent-back = Preuve de la mesure { $number } à compléter d’ici le { $date }
event-measure-verified = Mesure { $number } vérifiée
event-measure-attestation-asked = Mesure { $number } à confirmer d’ici le { $date }
event-measure-attested = Mesure { $number } confirmée
event-measure-denied = Mesure { $number } non appliquée, à réaliser d’ici le { $date }
event-measure-overdue = Mesure { $number } en retard, signalée aux personnes qui peuvent la lever
event-measure-handed-on = Mesure { $number } confiée à une autre personne, d’ici le { $date }
event-measure-lifted = Mesure { $number } levée

letter-fact-measure = Mesure

letter-obligation-given-subject = Mesure à réaliser d’ici le { $dueshort } – { $ref }
letter-obligation-given-preheader = Une décision vous confie une mesure.
letter-obligation-given-body =
    Bonjour,

    Une décision vous confie une mesure, à réaliser d’ici le { $due }. Ouvrez-la pour la lire, puis donnez-en la preuve au même endroit.
letter-obligation-given-action = Lire la mesure
letter-obligation-given-reason = Vous êtes responsable de cette mesure.

letter-obligation-proof-subject = Preuve à vérifier – { $ref }
letter-obligation-proof-preheader = Une preuve attend votre vérification.
letter-obligation-proof-body =
    Bonjour,

    La preuve d’une mesure vous attend. Dites si elle montre que c’est fait, ou ce qui manque.
letter-obligation-proof-action = Voir la preuve
letter-obligation-proof-reason = Vous vérifiez les mesures de ce dossier.

letter-obligation-sent-back-subject = Preuve à compléter – { $ref }
letter-obligation-sent-back-preheader = Il manque quelque chose pour une mesure.
letter-obligation-sent-back-body =
    Bonjour,

    Il manque quelque chose pour montrer que la mesure est réalisée. L’explication vous attend dans le service. Vous avez jusqu’au { $due }.
letter-obligation-sent-back-action = Lire et compléter
letter-obligation-sent-back-reason = Vous êtes responsable de cette mesure.

letter-obligation-verified-subject = Mesure vérifiée – { $ref }
letter-obligation-verified-preheader = Votre preuve est acceptée.
letter-obligation-verified-body =
    Bonjour,

    Votre preuve est vérifiée. Si la mesure dure, elle reste en vigueur et sera confirmée de temps à autre.
letter-obligation-verified-action = Voir la mesure
letter-obligation-verified-reason = Vous êtes responsable de cette mesure.

letter-obligation-lifted-subject = Mesure levée – { $ref }
letter-obligation-lifted-preheader = Une mesure ne vous est plus demandée.
letter-obligation-lifted-body =
    Bonjour,

    Une mesure ne vous est plus demandée. Le motif est dans le service.
letter-obligation-lifted-action = Lire le motif
letter-obligation-lifted-reason = Vous étiez responsable de cette mesure.

letter-obligation-review-subject = À revoir d’ici le { $dueshort } – { $ref }
letter-obligation-review-preheader = Une mesure est à confirmer.
letter-obligation-review-body =
    Bonjour,

    Une mesure en vigueur dans votre équipe est à revoir d’ici le { $due }. Dites si elle tient toujours.
letter-obligation-review-action = Confirmer
letter-obligation-review-reason = Vous vérifiez les mesures de ce dossier.

letter-obligation-denied-subject = Mesure non appliquée – { $ref }
letter-obligation-denied-preheader = Une mesure en vigueur ne tient plus.
letter-obligation-denied-body =
    Bonjour,

    Une mesure en vigueur n’est plus appliquée. La personne responsable doit la réaliser de nouveau d’ici le { $due }.
letter-obligation-denied-action = Voir la mesure
letter-obligation-denied-reason = Vous pouvez lever cette mesure.

letter-obligations-overdue-subject = { $count ->
    [one] 1 mesure en retard
   *[other] { $count } mesures en retard
    }
letter-obligations-overdue-preheader = À voir et à régler.
letter-obligations-overdue-body =
    Bonjour,

    { $count ->
        [one] Une mesure n’est ni prouvée ni confirmée à son échéance.
       *[other] { $count } mesures ne sont ni prouvées ni confirmées à leur échéance.
    }

    Vous pouvez relancer la personne, ou lever la mesure si elle n’a plus lieu d’être.
letter-obligations-overdue-action = Voir les mesures en retard
letter-obligations-overdue-reason = Vous pouvez lever toute mesure en retard.

report-col-measure-state = Mesures demandées
report-table-measures = Suivi des mesures
report-followed-verified = Vérifiées
report-followed-proof-given = Preuve à vérifier
report-followed-open = À faire
report-followed-overdue = En retard
report-followed-lifted = Levées
report-row-followed-states = États des mesures
measure-replaced = Une nouvelle décision remplace celle qui la demandait.
