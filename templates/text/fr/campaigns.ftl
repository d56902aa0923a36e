nav-campaigns = Campagnes
back-campaigns = Campagnes
campaigns-title = Campagnes annuelles
campaigns-lead = Une fois l’an, chaque personne en service confirme ses intérêts, même si elle n’a rien à déclarer.
campaigns-all = Toutes les campagnes
campaigns-none = Aucune campagne.
campaigns-none-text = La première s’ouvre avec le formulaire ci-dessus.
campaign-new = Ouvrir une campagne
campaign-label = Année
campaign-label-hint = Par exemple, 2026-2027.
campaign-due = Dernier jour pour répondre
campaign-try = Faire un essai à blanc
campaign-trial = Essai à blanc
campaign-trial-text = Rien n’est encore envoyé. À l’ouverture, un courriel part à chaque personne; les rappels ne vont qu’à celles qui n’ont pas répondu.
campaign-trial-change = Changer l’année ou la date
campaign-people = Personnes invitées à répondre
campaign-without-address = Sans adresse de courriel
campaign-without-supervisor = Sans gestionnaire
campaign-away = Absentes aujourd’hui
campaign-reminders = Rappels
campaign-open = Ouvrir la campagne
campaign-csv = Télécharger le suivi par unité (CSV)
campaign-answered-count = Personnes qui ont répondu
campaign-answered = Réponses
campaign-progress = { $done } sur { $people }, soit { $share }
campaign-opened-on = Ouverte le { $date }
campaign-closed-on = Fermée le { $date }.
campaign-due-on = Jusqu’au { $date }.
campaign-title = Campagne annuelle
campaign-heading = Campagne { $label }
campaign-by-unit = Par unité
campaign-unit = Unité
campaign-missing = Réponses attendues : { $unit }
campaign-missing-none = Tout le monde y a répondu.
campaign-close = Fermer la campagne
campaign-close-text = Plus aucun rappel ne partira. Les déclarations restent possibles en tout temps.
campaign-team-title = Réponses de mon équipe
campaign-team-lead = Campagne { $label } : { $done ->
    [one] { $done } réponse sur { $people }, attendue d’ici le { $due }.
   *[other] { $done } réponses sur { $people }, attendues d’ici le { $due }.
    }
campaign-team-none = Aucune campagne n’est ouverte.
campaign-person = Personne
campaign-answer = Réponse
campaign-received = Reçue
campaign-awaited = Attendue
home-campaign = Déclaration annuelle { $label }, d’ici le { $date }
home-campaign-text = Chaque personne en service y répond une fois l’an.
flash-campaign-opened = La campagne est ouverte. Les courriels partent.
flash-campaign-closed = La campagne est fermée.
error-campaign-soon = Laissez au moins cinq jours ouvrables pour répondre.
not-possible-campaign = Une campagne est déjà ouverte. Fermez-la avant d’en ouvrir une autre.
not-possible-campaign-closed = Cette campagne est déjà fermée.
campaign-exceptions = Personnes à exclure de la campagne (facultatif)
campaign-exceptions-hint = Sur chaque ligne, le numéro de la personne puis le motif administratif, sans détail médical{"\u00A0"}: 200014 congé sans solde.
campaign-excepted = Personnes exclues de la campagne
campaign-excepted-none = La campagne s’adresse à toutes les personnes en service.
campaign-excepted-on = Inscrite le
campaign-except = Exclure cette personne de la campagne
campaign-ask-again = Inclure de nouveau
campaign-reason = Motif
campaign-reason-hint = Motif administratif, sans détail médical. L’équipe de l’éthique est seule à le lire.
campaign-number = Numéro de la personne
campaign-gap = À voir
campaign-gaps-csv = Télécharger la liste des personnes sans adresse, sans gestionnaire ou absentes (CSV)
campaign-messages = Lire les courriels qui partiront
campaign-test = M’envoyer le premier courriel à l’essai
campaign-test-sent = Le courriel d’essai vous est envoyé à { $email }.
campaign-curve = Réponses reçues, par jour ouvrable
campaign-curve-pace = Rythme pour finir à temps
campaign-curve-table = Voir les chiffres
campaign-curve-day = Jour
campaign-share = Part
campaign-too-soon = Il est trop tôt pour dire si la campagne finira à temps.
campaign-complete = Tout le monde a répondu.
campaign-in-time = Au rythme des derniers jours, tout le monde aura répondu le { $date }.
campaign-behind = { $count ->
    [one] Au rythme des derniers jours, il manquera une réponse le { $date }.
   *[other] Au rythme des derniers jours, il manquera { $count } réponses le { $date }.
}
campaign-late = { $count ->
    [one] Une réponse manque encore; elle était attendue le { $date }.
   *[other] { $count } réponses manquent encore; elles étaient attendues le { $date }.
}
flash-campaign-excepted = La personne est exclue de la campagne.
flash-campaign-asked-again = La personne recevra le courriel de la campagne.
error-campaign-unknown = { $arg } : aucune personne en service ne porte ce numéro.
error-campaign-twice = { $arg }{"\u00A0"}: ce numéro est inscrit deux fois.
error-campaign-reason = { $arg }{"\u00A0"}: inscrivez le motif après le numéro.
error-campaign-reason-long = { $arg }{"\u00A0"}: raccourcissez le motif à 200 caractères.
letter-fact-trial = Essai
letter-trial = Ce courriel n’est envoyé qu’à vous. La campagne n’est pas ouverte.
letter-fact-year = Année
letter-fact-days-left = Jours ouvrables restants
letter-fact-missing = Réponses attendues
letter-fact-asked = Personnes invitées
letter-fact-answered = Réponses reçues
letter-fact-unanswered = Sans réponse
letter-yearly-subject = Votre déclaration annuelle – d’ici le { $date }
letter-yearly-preheader = Deux minutes si rien n’a changé.
letter-yearly-body =
    Bonjour,

    C’est le moment de la déclaration annuelle d’intérêts. Si rien n’a changé depuis l’an dernier, il suffit de le confirmer : deux minutes. Sinon, modifiez ou fermez ce qui a changé, et déclarez ce qui est nouveau.
letter-yearly-action = Faire ma déclaration annuelle
letter-yearly-reason = Vous êtes en service au Ministère.
letter-yearly-reminder-subject = Votre déclaration annuelle – d’ici le { $date }
letter-yearly-reminder-preheader = Votre réponse n’est pas encore reçue.
letter-yearly-reminder-body =
    Bonjour,

    Rappel : votre déclaration annuelle n’est pas encore reçue. Si rien n’a changé, deux minutes suffisent.
letter-yearly-reminder-action = Faire ma déclaration annuelle
letter-yearly-reminder-reason = Vous n’avez pas encore répondu à la campagne annuelle.
letter-yearly-team-subject = Votre équipe : { $done ->
    [one] { $done } déclaration reçue sur { $people }
   *[other] { $done } déclarations reçues sur { $people }
    }
letter-yearly-team-preheader = Où en est votre équipe.
letter-yearly-team-body =
    Bonjour,

    Voici où en est la déclaration annuelle dans votre équipe. Vous ne voyez que si la réponse est reçue, jamais ce qu’elle dit.
letter-yearly-team-action = Voir mon équipe
letter-yearly-team-reason = Vous êtes gestionnaire pendant une campagne annuelle.
letter-yearly-closed-subject = Campagne { $label } terminée – { $share }
letter-yearly-closed-preheader = Les réponses reçues et celles qui manquent.
letter-yearly-closed-body =
    Bonjour,

    La campagne annuelle est fermée. Voici ses chiffres; la page les donne par unité.
letter-yearly-closed-action = Ouvrir le bilan
letter-yearly-closed-reason = Vous êtes responsable de l’éthique et de l’intégrité.
