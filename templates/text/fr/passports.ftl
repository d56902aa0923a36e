# Passeports d’événements
back-passports = Passeports
passports-title = Passeports d’événements
passports-text = Vous statuez une fois sur un événement d’entreprise. Chaque demande liée porte votre position, et la ou le gestionnaire décide.
passports-empty = Aucun passeport pour le moment.
passports-empty-text = Ouvrez-en un lorsque plusieurs personnes sont invitées au même événement.
passport-new-title = Nouveau passeport
passport-new-text = Votre position vaut pour toutes les personnes invitées. Elle éclaire la décision et ne la remplace pas.
passport-from = Passeport ouvert à partir de la demande { $ref }.
passport-event-title = Événement
passport-company = Entreprise organisatrice
passport-rule = Statuer
passport-attendance = Participation
passport-finding = { $requests ->
    [0] Aucune demande n’est liée à ce passeport.
    [one] 1 demande liée : { passport-finding-parts }.
   *[other] { $requests } demandes liées : { passport-finding-parts }.
    }
passport-finding-parts = { passport-finding-authorised }, { passport-finding-went }, { passport-finding-gifts } ({ $value })
passport-finding-authorised = { $authorised ->
    [one] { $authorised } autorisée
   *[other] { $authorised } autorisées
    }
passport-finding-went = { $went ->
    [one] { $went } présence confirmée
   *[other] { $went } présences confirmées
    }
passport-finding-gifts = { $gifts ->
    [one] { $gifts } cadeau déclaré
   *[other] { $gifts } cadeaux déclarés
    }
passport-costs = Coûts
passport-value = Avantage prévu
passport-over = Au-delà du plafond
passport-useful = Utilité
passport-gifts = Cadeaux
passport-unlink = Délier la demande { $ref } ({ $name })
passport-proposals = Demandes à confirmer
passport-proposals-text = Même entreprise et même date, à quelques jours près. Cochez celles qui visent cet événement.
passport-proposals-which = Demandes qui visent cet événement
passport-proposals-none = Aucune autre demande ne semble viser cet événement.
passport-likely = Titre semblable.
passport-possible = Titre différent : vérifiez.
passport-confirm = Lier les demandes cochées
passport-rule-again = Statuer de nouveau
passport-rule-again-text = La position précédente reste au dossier. Les personnes qui ont une demande liée à décider reçoivent un courriel.
passport-rulings = Positions données
passport-article = Politique, section 5, participation à des événements; REDFP, art. 6
passport-says-acceptable = La personne responsable de l’éthique juge la participation à « { $title } » acceptable.
passport-says-conditions = La personne responsable de l’éthique juge la participation à « { $title } » acceptable avec des conditions.
passport-says-not-acceptable = La personne responsable de l’éthique juge la participation à « { $title } » non acceptable.
passport-now-acceptable = Vérifiez l’utilité pour les fonctions de la personne, puis décidez.
passport-now-conditions = Vérifiez l’utilité pour les fonctions, puis reprenez ces conditions dans votre décision.
passport-now-not-acceptable = Si vous autorisez quand même, expliquez pourquoi dans vos motifs.
passport-cap-is = Avantages d’au plus { $cap } par personne.
passport-over-cap = L’avantage prévu dans cette demande ({ $value }) dépasse le plafond ({ $cap }).
passport-cap-condition = N’accepter aucun avantage au-delà de { $cap }
passport-panel = Passeport de l’événement
passport-panel-proposals = La personne responsable de l’éthique a statué sur un événement qui ressemble à celui-ci.
passport-panel-which = Est-ce le même événement?
passport-panel-confirm = Oui, c’est celui-là
passport-panel-create = Ouvrir un passeport pour cet événement

ruling-title = Position
ruling-acceptable = Participation acceptable
ruling-acceptable-hint = Rien de particulier à respecter.
ruling-conditions = Acceptable avec conditions
ruling-conditions-hint = Indiquez un plafond ou des conditions.
ruling-not-acceptable = Participation non acceptable
ruling-not-acceptable-hint = Une personne qui autorise quand même devra l’expliquer.
ruling-cap = Plafond des avantages par personne
ruling-cap-hint = En dollars, par exemple 40.
ruling-conditions-list = Conditions
ruling-conditions-list-hint = Une par ligne. Elles seront proposées à la personne qui décide.
ruling-reason = Motifs
ruling-reason-hint = Les personnes qui décident et les personnes invitées peuvent les lire.

event-passport-linked = Liée à un passeport d’événement
event-passport-unlinked = Déliée du passeport d’événement
flash-passport-ruled = Votre position est en vigueur.
flash-passport-linked = La demande porte maintenant la position du passeport.
flash-passport-unlinked = La demande ne porte plus cette position.
error-passport-ruling = Choisissez une position.
error-passport-company = Choisissez une entreprise du registre, ou déclarez-la d’abord.
error-passport-conditions = Inscrivez un plafond ou au moins une condition.
error-passport-requests = Cochez au moins une demande.
error-passport-unknown = Choisissez un des passeports proposés.
error-passport-stale = La position a changé depuis votre lecture. Relisez, puis statuez de nouveau.
error-passport-departs = Votre décision s’écarte du passeport : écrivez pourquoi.
not-possible-passport-linked = Cette demande est déjà liée à un passeport.
not-possible-passport-other = L’entreprise ou la date diffère : ce n’est pas le même événement.

letter-ruled-subject = Position sur un événement – { $ref }
letter-ruled-preheader = La personne responsable de l’éthique a statué.
letter-ruled-body =
    La personne responsable de l’éthique a statué sur l’événement visé par une demande que vous devez décider.

    Sa position est sur la page de la demande. La décision reste la vôtre.
letter-ruled-action = Lire la position et décider
letter-ruled-reason = Vous êtes la personne qui décide de cette demande.
