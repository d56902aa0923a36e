# Vitrines technologiques, calendrier, registre d’équité et courriels qui s’y rapportent.

nav-events = Événements
back-events = Événements
back-showcase = La vitrine
role-showcase-organiser = Organisation des vitrines technologiques

month-1 = janvier
month-2 = février
month-3 = mars
month-4 = avril
month-5 = mai
month-6 = juin
month-7 = juillet
month-8 = août
month-9 = septembre
month-10 = octobre
month-11 = novembre
month-12 = décembre
weekday-1 = lundi
weekday-2 = mardi
weekday-3 = mercredi
weekday-4 = jeudi
weekday-5 = vendredi
weekday-6 = samedi
weekday-7 = dimanche

calendar-title = Événements et vitrines
calendar-name = Registre de l’éthique
calendar-views = Affichages
calendar-view-month = Mois
calendar-view-year = Année
calendar-view-grid = Grille
calendar-periods = Périodes
calendar-week = Semaine du { $date }
calendar-empty = Rien à cette période.
calendar-empty-text = Les vitrines et les événements autorisés paraissent ici.
calendar-nearest-next = Voir ce qui vient ensuite, en { $month }
calendar-nearest-last = Voir ce qui précède, en { $month }
calendar-subscribe = Pour voir vos événements dans votre agenda, abonnez-vous dans vos préférences :
calendar-plan = Planifier : { $kind }
calendar-tech-showcase = Vitrine
calendar-reverse-showcase = Vitrine inversée
calendar-mine = Votre participation est autorisée
calendar-team = { $person } y participe
calendar-company-event = Événement d’entreprise
calendar-passport-acceptable = La personne responsable de l’éthique a examiné cet événement. Votre participation demande encore une autorisation.
calendar-passport-conditions = La personne responsable de l’éthique a posé des conditions. Votre participation demande encore une autorisation.
calendar-authorised = Événement autorisé ({ $ref })
calendar-authorised-text = Les détails sont dans le registre.

showcase-state-planned = Planifiée
showcase-state-held = Tenue
showcase-state-cancelled = Annulée
showcase-minutes = { $count ->
    [one] { $count } minute
   *[other] { $count } minutes
    }
showcase-late = { $days ->
    [one] Planifiée avec { $days } jour ouvrable de moins que le délai prévu.
   *[other] Planifiée avec { $days } jours ouvrables de moins que le délai prévu.
    }
showcase-cancelled-title = Cette vitrine n’aura pas lieu
showcase-place-held = Vous avez une place.
showcase-place-attended = Vous étiez à cette vitrine.
showcase-register = M’inscrire
showcase-give-up = Laisser ma place
showcase-ics = Ajouter à mon agenda (.ics)
showcase-attest = Attester ma présence
showcase-firms = Entreprises
showcase-firms-none = Aucune entreprise n’est inscrite pour le moment.
showcase-questions = Questions et réponses publiées
showcase-questions-none = Aucune réponse n’est publiée pour le moment.
showcase-organised-by = Organisée par { $name }.
showcase-ledger = Registre d’équité
showcase-run = Organisation
showcase-change = Modifier la vitrine
showcase-participants = Personnes inscrites
showcase-participants-count = { $count ->
    [0] Personne n’a de place pour le moment.
    [one] { $count } personne a une place.
   *[other] { $count } personnes ont une place.
    }
participant-registered = A une place
participant-gave-up = A laissé sa place
participant-attended = Présence notée
participant-absent = Absence notée

hold-title = Qui était présent?
hold-hint = Cochez les personnes présentes. Une déclaration de relation sera préparée pour elles, à attester en un clic.
hold-others = Autres membres du personnel présents
hold-do = La vitrine a eu lieu
cancel-title = Annuler la vitrine
cancel-reason = Pourquoi?
cancel-hint = Tout le personnel peut lire ce texte. Les personnes inscrites reçoivent un courriel.
cancel-do = Annuler la vitrine

plan-next = Après l’enregistrement, la vitrine paraît au calendrier. Vous inscrirez ensuite les entreprises invitées.
plan-told = Si la date, l’heure ou la plateforme change, les personnes inscrites reçoivent un courriel.
plan-source = Source : { $source }.
plan-do = Planifier la vitrine
plan-save = Enregistrer les changements

organisers-title = Organisation des vitrines
organisers-text = Ces personnes peuvent planifier et tenir des vitrines en votre nom. Ce qu’elles ont planifié reste ouvert pour vous.
organisers-none = Vous n’avez désigné personne.
organisers-person = Personne à désigner
organisers-hint = Écrivez son nom, son numéro ou son courriel.
organisers-do = Désigner
organisers-end = Mettre fin

ledger-title = Registre d’équité
ledger-finding = Égalité d’accès
ledger-call = Appel d’offres prévu le { $date }, sans numéro pour le moment.
ledger-call-numbered = Appel d’offres { $number }, prévu le { $date }.
ledger-export = Pour le dossier du contrat :
ledger-print = Cette page s’imprime aussi.
ledger-firms = Entreprises invitées ou qui ont demandé à l’être
ledger-origin = Provenance
ledger-heard = Entendue
ledger-minutes = Minutes
ledger-stage = Étape du besoin
ledger-reason = Motif
ledger-monitor = Règles contractuelles
ledger-monitor-none = Aucun appel d’offres n’est lié : aucune consultation n’est nécessaire.
ledger-story = Historique

equality-empty = Aucune entreprise n’est inscrite.
equality-incomplete = { $missing ->
    [one] L’accès ne peut pas encore être jugé : { $missing } entreprise sur { $firms } est sans suite ou sans motif.
   *[other] L’accès ne peut pas encore être jugé : { $missing } entreprises sur { $firms } sont sans suite ou sans motif.
    }
equality-single = { $heard ->
    [0] Aucune entreprise sur { $firms } n’a été entendue.
   *[other] Une seule entreprise sur { $firms } a été entendue, pendant { $longest } minutes.
    }
equality-uneven = { $heard } entreprises sur { $firms } ont été entendues, mais de { $shortest } à { $longest } minutes : l’écart est marqué.
equality-even = { $heard } entreprises sur { $firms } ont été entendues, de { $shortest } à { $longest } minutes : l’accès est égal.
equality-advice-empty = Inscrivez les entreprises invitées et celles qui ont demandé à être entendues.
equality-advice-incomplete = Notez ce qui s’est passé pour chaque entreprise, et pourquoi si elle n’a pas été entendue.
equality-advice-single = Avant un appel d’offres, entendez d’autres entreprises ou expliquez pourquoi une seule pouvait l’être.
equality-advice-uneven = Offrez le même temps aux autres entreprises, ou versez l’explication au dossier.
equality-advice-even = Joignez ce registre au dossier du contrat, s’il y en a un.

firm-invited = Invitée
firm-asked = A demandé à être entendue
firm-unknown = À noter
firm-heard = Oui
firm-not-heard = Non
firm-company = Entreprise
firm-origin = Comment vient-elle à la vitrine?
firm-add = Inscrire une entreprise
firm-add-do = Inscrire
firm-note = Noter ce qui s’est passé : { $name }
firm-was-heard = L’entreprise a-t-elle été entendue?
firm-minutes = Combien de minutes?
firm-minutes-hint = Si elle a été entendue.
firm-reason = Pourquoi ne l’a-t-elle pas été?
firm-reason-hint = Obligatoire si elle n’a pas été entendue. Par exemple : n’a pas répondu à deux invitations.
firm-note-do = Noter

consultation-asked = Consultation du { $date }
consultation-answered = { $name }, le { $date }
consultation-waiting = L’avis est attendu.
advise-text = Votre avis
advise-hint = Les personnes qui organisent et la personne responsable de l’éthique le liront.
advise-do = Donner mon avis

publish-title = Publier une question et sa réponse
publish-hint = Tout le personnel peut les lire, et toutes les entreprises reçoivent la même réponse. Une réponse publiée ne se modifie pas.
publish-question = Question
publish-answer = Réponse
publish-do = Publier

moment-planned = Vitrine planifiée
moment-changed = Vitrine modifiée
moment-held = { $count ->
    [one] Vitrine tenue, { $count } personne présente
   *[other] Vitrine tenue, { $count } personnes présentes
    }
moment-cancelled = Vitrine annulée
moment-firm-invited = { $company } est invitée
moment-firm-asked = { $company } demande à être entendue
moment-heard = { $minutes ->
    [one] { $company } est entendue, { $minutes } minute
   *[other] { $company } est entendue, { $minutes } minutes
    }
moment-not-heard = { $company } n’est pas entendue
moment-published = Réponse publiée
moment-consulted = Consultation sur les règles contractuelles
moment-advised = Avis sur les règles contractuelles

attest-title = Attester ma présence
attest-why = La politique demande de déclarer toute relation avec une entreprise, même en groupe. Une déclaration est prête pour chaque entreprise entendue.
attest-otherwise = Si la phrase ci-dessous n’est pas vraie pour une entreprise, ouvrez plutôt son brouillon et complétez-le.
attest-sentence = J’étais présente ou présent. On ne m’a rien offert, je n’ai communiqué aucune information non publique, et cela ne concerne pas ma ou mon gestionnaire.
attest-do = Attester et envoyer
attest-done = Tout est envoyé. Il n’y a rien d’autre à faire.

feeds-title = Mon agenda
feeds-text = Une adresse secrète ajoute à votre agenda vos vitrines et vos événements autorisés. Elle ne montre ni entreprise ni personne.
feeds-since = Adresse ouverte le { $date }.
feeds-end = Fermer cette adresse
feeds-open = Ouvrir une adresse
feed-title = Votre adresse d’agenda
feed-once = Copiez cette adresse maintenant : elle ne sera plus affichée.
feed-address = Adresse de l’agenda
feed-how = Dans votre agenda, choisissez l’abonnement par Internet et collez l’adresse.
feed-secret = Toute personne qui connaît l’adresse voit ces dates. Fermez l’adresse dans vos préférences si vous la perdez.

flash-showcase-planned = La vitrine est planifiée. Inscrivez maintenant les entreprises invitées.
flash-showcase-changed = La vitrine est modifiée.
flash-showcase-cancelled = La vitrine est annulée.
flash-showcase-held = La vitrine est tenue. Les déclarations sont prêtes à attester.
flash-registered = Vous avez une place. Un courriel le confirme.
flash-gave-up = Votre place est libre pour une autre personne.
flash-firm-added = L’entreprise est inscrite.
flash-firm-noted = C’est noté au registre d’équité.
flash-answer-published = La réponse est publiée.
flash-organiser-named = La personne est désignée. Un courriel l’en informe.
flash-organiser-ended = La désignation est terminée.
flash-attested = Vos déclarations sont envoyées.
flash-feed-closed = L’adresse est fermée.

error-showcase-past = Cette date est passée. Inscrivez une date à venir.
error-showcase-time = Cette heure n’est pas reconnue. Écrivez-la ainsi : 13:30.
error-showcase-minutes = Inscrivez un nombre de minutes, de 1 à { $arg }.
error-showcase-firm-known = Cette entreprise est déjà au registre de la vitrine.
error-showcase-why-not = Écrivez pourquoi l’entreprise n’a pas été entendue.
error-showcase-no-firm = Inscrivez d’abord les entreprises au registre d’équité.
error-showcase-unnoted = Notez d’abord, au registre d’équité, ce qui s’est passé pour chaque entreprise.
error-showcase-not-yet = La vitrine n’a pas encore eu lieu.
error-showcase-stale = La vitrine a changé depuis votre lecture. Relisez, puis enregistrez de nouveau.
error-required-person = Inscrivez une personne.
not-possible-showcase = Cette vitrine est tenue ou annulée : cela n’est plus possible.
not-possible-showcase-over = La date de la vitrine est passée.
not-possible-advise = Aucune consultation n’attend d’avis.
not-possible-attest = Aucun brouillon n’attend votre attestation.
not-possible-feed = Vous avez déjà cinq adresses ouvertes. Fermez-en une d’abord.

letter-fact-title = Titre
letter-fact-date = Date
letter-fact-time = Heure

letter-planned-subject = Vitrine planifiée – { $ref }
letter-planned-preheader = Une vitrine technologique est au calendrier.
letter-planned-body =
    Une vitrine technologique est planifiée le { $date }.

    Aucune action n’est attendue de vous. Le registre d’équité vous est ouvert.
letter-planned-action = Voir la vitrine
letter-planned-reason = Vous êtes responsable de la gestion de l’éthique et de l’intégrité.

letter-consulted-subject = Votre avis est demandé – { $ref }
letter-consulted-preheader = Un appel d’offres est lié à une vitrine.
letter-consulted-body =
    Un appel d’offres est prévu sur le sujet d’une vitrine technologique.

    Votre avis est attendu avant la vitrine, le { $date }.
letter-consulted-action = Donner mon avis
letter-consulted-reason = Vous êtes responsable de l’application des règles contractuelles.

letter-advised-subject = Avis reçu – { $ref }
letter-advised-preheader = L’avis sur les règles contractuelles est prêt.
letter-advised-body =
    La personne responsable des règles contractuelles a donné son avis.

    Lisez-le avant la vitrine.
letter-advised-action = Lire l’avis
letter-advised-reason = Vous organisez cette vitrine.

letter-monitor-opinion-subject = Avis sur les règles contractuelles – { $ref }
letter-monitor-opinion-preheader = Un avis est donné sur une vitrine.
letter-monitor-opinion-body =
    La personne responsable des règles contractuelles a donné son avis sur une vitrine.

    Aucune action n’est attendue de vous.
letter-monitor-opinion-action = Voir la vitrine
letter-monitor-opinion-reason = Vous êtes responsable de la gestion de l’éthique et de l’intégrité.

letter-registered-subject = Votre place le { $dateshort } – { $ref }
letter-registered-preheader = Votre inscription est confirmée.
letter-registered-body =
    Vous avez une place à la vitrine du { $date }.

    Le fichier joint l’ajoute à votre agenda. Si vous ne pouvez pas venir, laissez votre place.
letter-registered-action = Voir la vitrine
letter-registered-reason = Vous venez de vous inscrire à une vitrine.

letter-moved-subject = Vitrine modifiée – { $ref }
letter-moved-preheader = La date, l’heure ou la plateforme a changé.
letter-moved-body =
    La vitrine à laquelle vous avez une place a changé. Elle se tient le { $date }.

    Le fichier joint met votre agenda à jour.
letter-moved-action = Voir la vitrine
letter-moved-reason = Vous avez une place à cette vitrine.

letter-cancelled-subject = Vitrine annulée – { $ref }
letter-cancelled-preheader = La vitrine n’aura pas lieu.
letter-cancelled-body =
    La vitrine du { $date } n’aura pas lieu. Le motif est sur sa page.

    Le fichier joint met votre agenda à jour.
letter-cancelled-action = Voir la vitrine
letter-cancelled-reason = Vous aviez une place à cette vitrine.

letter-attest-subject = À attester – { $ref }
letter-attest-preheader = Vos déclarations de relation sont prêtes.
letter-attest-body =
    Vous étiez à la vitrine du { $date }. Une déclaration de relation est prête pour chaque entreprise entendue.

    Un clic suffit pour les attester et les envoyer.
letter-attest-action = Attester ma présence
letter-attest-reason = Votre présence à une vitrine est notée.

letter-named-subject = Nouveau rôle : organisation des vitrines
letter-named-preheader = Vous pouvez planifier des vitrines technologiques.
letter-named-body =
    La dirigeante ou le dirigeant de l’information vous a désignée ou désigné pour organiser des vitrines technologiques.

    Vous pouvez les planifier, inscrire les entreprises, noter les présences et tenir le registre d’équité.
letter-named-action = Ouvrir le calendrier
letter-named-reason = Un rôle vous est confié.

# Résumé quotidien (E19)
mail-choice = Résumé quotidien ou envoi immédiat :
digest-waiting = À décider d’ici le { $due } – { $ref }
letters-choice-title = Courriels
letters-choice-digest = Ce qui n’attend rien de vous est réuni dans un résumé, les jours ouvrables à { $at }.
letters-choice-at-once = Vous recevez chaque courriel à part, aux heures ouvrables.
letters-choice-always = Ce qui attend une action de votre part arrive toujours à part. Rien ne peut être désactivé.
letters-choose-at-once = Recevoir plutôt chaque courriel à part
letters-choose-digest = Recevoir plutôt un résumé par jour ouvrable
flash-letters-chosen = Votre choix est enregistré.

letter-digest-subject = { $count ->
    [one] Résumé du jour : { $count } élément
   *[other] Résumé du jour : { $count } éléments
    }
letter-digest-preheader = Ce qui vous attend et ce qu’il est bon de savoir.
letter-digest-body =
    Voici ce qui vous attend, par échéance, puis les nouvelles depuis le dernier résumé.
letter-digest-action = Ouvrir ma boîte
letter-digest-reason = Vous recevez un résumé par jour ouvrable plutôt que chaque nouvelle à part.

# Rapport des vitrines
report-showcases-title = Rapport des vitrines
report-showcases-lead = Les vitrines d’une période, les entreprises entendues et l’égalité d’accès. Aucun membre du personnel n’y est nommé.
report-showcases-planned = Planifiées
report-showcases-held = Tenues
report-showcases-cancelled = Annulées
report-showcases-attended = Présences
report-showcases-key-held = Vitrines tenues
report-showcases-key-heard = Auditions d’entreprises
report-showcases-key-even = Accès égal
report-showcases-key-attended = Présences du personnel
report-showcases-of-all = { $n ->
    [one] sur { $count } vitrine
   *[other] sur { $count } vitrines
    }
report-showcases-of-firms = { $n ->
    [one] sur { $count } inscription
   *[other] sur { $count } inscriptions
    }
report-showcases-of-held = { $n ->
    [one] sur { $count } tenue
   *[other] sur { $count } tenues
    }
report-showcases-section-kinds = Vitrines par type
report-showcases-section-hearings = Entreprises entendues
report-showcases-section-equality = Égalité d’accès
report-showcases-section-companies = Entreprises les plus entendues
report-showcases-table-kinds = Vitrines par type et par état
report-showcases-table-hearings = Inscriptions aux registres d’équité selon la suite donnée
report-showcases-table-equality = Vitrines tenues selon leur registre d’équité
report-showcases-table-companies = Entreprises entendues, la plus souvent d’abord
report-showcases-finding = { $n ->
    [0] Aucune vitrine n’a été tenue pendant la période.
    [one] { $count } vitrine a été tenue pendant la période.
   *[other] { $count } vitrines ont été tenues pendant la période.
    }
report-showcases-finding-no-firm = Aucune entreprise n’est inscrite aux registres d’équité de la période.
report-showcases-finding-heard = Auditions d’entreprises : { $count }. Inscriptions aux registres d’équité : { $firms }.
report-showcases-finding-none-held = Aucune vitrine tenue, donc aucun registre à comparer.
report-showcases-finding-even = { $n ->
    [one] L’accès est égal dans { $count } vitrine tenue sur { $held }.
   *[other] L’accès est égal dans { $count } vitrines tenues sur { $held }.
    }
report-showcases-finding-companies = { $n ->
    [0] Aucune entreprise n’a été entendue.
    [one] { $count } entreprise a été entendue.
   *[other] { $count } entreprises ont été entendues.
    }
report-showcases-note-companies = { $shown } entreprises sur { $total }. Les registres d’équité les contiennent toutes.
report-showcases-origin = Provenance
report-showcases-origin-invited = Invitées
report-showcases-origin-asked = Ont demandé à être entendues
report-showcases-col-heard = Entendues
report-showcases-col-with-reason = Non entendues, avec motif
report-showcases-col-without-reason = Non entendues, sans motif
report-showcases-col-unknown = Sans suite notée
report-showcases-col-ledger = Registre d’équité
report-showcases-col-times = Vitrines
report-showcases-col-minutes = Minutes
report-showcases-ledger-empty = Aucune entreprise
report-showcases-ledger-incomplete = À compléter
report-showcases-ledger-single = Une seule entreprise entendue
report-showcases-ledger-uneven = Durées inégales
report-showcases-ledger-even = Accès égal
report-showcases-method-rows = Chaque vitrine dont la date tombe dans la période compte une fois, dans son état à l’heure de production.
report-showcases-method-heard = Une entreprise compte une fois par vitrine. Elle est entendue si le registre d’équité donne la durée de son audition.
report-showcases-method-even = L’accès est égal si toute entreprise du registre d’équité est entendue ou écartée avec un motif, s’il y en a au moins deux d’entendues et si l’écart entre la durée la plus courte et la plus longue ne dépasse pas { $percent }{"\u00A0"}% de celle-ci.
report-showcases-list = Une vitrine à la fois
report-showcases-name = Vitrine
report-showcases-day = Date
report-showcases-firms = Entreprises entendues
report-showcases-none-heard = { $firms ->
    [0] aucune inscrite
    [one] 0 sur { $firms }
   *[other] 0 sur { $firms }
    }
report-showcases-heard = { $heard } sur { $firms }
report-showcases-heard-of = { $heard } sur { $firms }, de { $shortest } à { $longest } minutes
