# Courriels. Chaque lettre: -subject (60 caractères au plus), -preheader, -body, -action, -reason.
# Une ligne vide sépare les paragraphes. Rien de confidentiel: la référence, les dates et le lien suffisent.

letter-help = Une question? Écrivez à la personne responsable de l’éthique et de l’intégrité : { $email }.
letter-fact-reference = Référence
letter-fact-kind = Type
letter-fact-company = Entreprise
letter-fact-person = Personne
letter-fact-due = Échéance
letter-fact-outcome = Décision

letter-received-subject = Reçue – { $ref }
letter-received-preheader = Votre déclaration est enregistrée.
letter-received-body =
    Bonjour,

    Votre déclaration { $ref } est enregistrée. Vous pouvez suivre où elle en est, la corriger ou la retirer tant qu’elle n’est pas décidée.
letter-received-action = Voir ma déclaration
letter-received-reason = Vous venez de transmettre une déclaration.

letter-decide-subject = À décider d’ici le { $dueshort } – { $ref }{ $who }
letter-decide-preheader = Une déclaration attend votre décision.
letter-decide-body =
    Bonjour,

    Une déclaration attend votre décision. Tous les faits tiennent sur une page; comptez deux minutes.

    Ouvrir ce lien ne décide rien : vous choisirez dans le service.
letter-decide-action = Voir et décider
letter-decide-reason = Vous êtes la personne qui décide de cette déclaration.

letter-corrected-subject = Corrigée – { $ref }{ $who }
letter-corrected-preheader = La déclaration a changé depuis votre lecture.
letter-corrected-body =
    Bonjour,

    La personne a corrigé la déclaration { $ref } avant votre décision. Les changements sont indiqués sur la page.
letter-corrected-action = Voir les changements
letter-corrected-reason = Vous êtes la personne qui décide de cette déclaration.

letter-reminder-subject = { $count ->
    [one] Rappel : 1 élément vous attend
   *[other] Rappel : { $count } éléments vous attendent
    }
letter-reminder-preheader = { $count ->
    [one] Rappel : 1 élément vous attend.
   *[other] Rappel : { $count } éléments vous attendent.
    }
letter-reminder-body =
    Bonjour,

    { $count ->
        [one] Un élément vous attend encore.
       *[other] { $count } éléments vous attendent encore.
    }

    Vous recevez au plus un rappel par jour ouvrable, qui regroupe tout.
letter-reminder-action = Voir ce qui m’attend
letter-reminder-reason = Une échéance approche ou est passée. Ce rappel ne peut pas être désactivé.

letter-question-subject = Précision demandée – { $ref }
letter-question-preheader = On vous pose une question sur votre déclaration.
letter-question-body =
    Bonjour,

    La personne qui examine votre déclaration { $ref } a besoin d’une précision. La question vous attend dans le service.
letter-question-action = Lire et répondre
letter-question-reason = Vous avez transmis cette déclaration.

letter-follow-up-subject = À compléter – { $ref }

letter-answered-subject = Réponse reçue – { $ref }{ $who }
letter-answered-preheader = La personne a répondu à votre question.
letter-answered-body =
    Bonjour,

    La réponse à votre question sur la déclaration { $ref } est arrivée. Vous pouvez maintenant décider.
letter-answered-action = Voir et décider
letter-answered-reason = Vous aviez posé une question.

letter-referred-subject = Transmise à l’éthique – { $ref }{ $who }
letter-referred-preheader = Une déclaration vous est transmise.
letter-referred-body =
    Bonjour,

    La déclaration { $ref } vous est transmise. Vous pouvez décider, donner un avis et la renvoyer, ou poser une question.
letter-referred-action = Ouvrir le dossier
letter-referred-reason = Vous êtes responsable de la gestion de l’éthique et de l’intégrité.

letter-flagged-subject = À examiner – { $ref }
letter-flagged-preheader = Une déclaration porte un point à vérifier.
letter-flagged-body =
    Bonjour,

    La déclaration { $ref } porte au moins un point à vérifier. Elle suit son cours chez la personne qui décide; vous pouvez donner un avis.
letter-flagged-action = Ouvrir le dossier
letter-flagged-reason = Vous êtes responsable de la gestion de l’éthique et de l’intégrité.

letter-told-after-subject = { $decided ->
    [yes] Modifiée depuis votre décision – { $ref }
   *[no] Modifiée depuis la décision – { $ref }
    }
letter-told-after-preheader = La suite racontée après la décision demande une lecture.
letter-told-after-body =
    Bonjour,

    La personne a complété la suite de la déclaration { $ref } après la décision. Ce qu’elle y dit demande qu’on le lise : le dossier reste ouvert d’ici là.
letter-told-after-action = Revoir
letter-told-after-reason = Vous avez décidé de cette déclaration, ou vous êtes responsable de la gestion de l’éthique et de l’intégrité.

letter-changes = Ce qui a changé depuis la décision{"\u00A0"}:
letter-change-from-to = «{"\u00A0"}{ $label }{"\u00A0"}»{"\u00A0"}: { $before } → { $after }
letter-change-added = «{"\u00A0"}{ $label }{"\u00A0"}»{"\u00A0"}: { $after }
letter-change-removed = «{"\u00A0"}{ $label }{"\u00A0"}»{"\u00A0"}: { $before } → retiré
letter-change-unsaid = «{"\u00A0"}{ $label }{"\u00A0"}»{"\u00A0"}: à lire dans le dossier

letter-contract-subject = Processus contractuel concerné – { $ref }
letter-contract-preheader = Une déclaration touche un processus contractuel.
letter-contract-body =
    Bonjour,

    Une déclaration touche un processus contractuel en cours. La personne responsable de l’éthique l’examine et vous consultera au besoin.
letter-contract-action = Ouvrir le service
letter-contract-reason = Vous êtes responsable de l’application des règles contractuelles.

letter-opinion-subject = Avis donné – { $ref }
letter-opinion-preheader = La personne responsable de l’éthique a donné un avis.
letter-opinion-body =
    Bonjour,

    Un avis est joint à la déclaration { $ref }. Lisez-le avant de décider.
letter-opinion-action = Lire l’avis et décider
letter-opinion-reason = Vous êtes la personne qui décide de cette déclaration.

letter-withdrawn-subject = Retirée – { $ref }{ $who }
letter-withdrawn-preheader = Vous n’avez plus rien à faire pour cette déclaration.
letter-withdrawn-body =
    Bonjour,

    La personne a retiré la déclaration { $ref }. Vous n’avez plus rien à faire.
letter-withdrawn-action = Voir ce qui m’attend
letter-withdrawn-reason = Cette déclaration attendait votre décision.

# Les mots de la décision sont ceux du type de déclaration : « À retourner », « Autorisée avec conditions ».
letter-approved-subject = { $outcome } – { $ref }
letter-approved-preheader = La décision sur votre déclaration est prise.
letter-approved-body =
    Bonjour,

    La décision sur votre déclaration { $ref } est prise : « { $outcome } ». La page indique ce qui reste à faire, s’il y a lieu.
letter-approved-action = Voir la décision
letter-approved-reason = Vous avez transmis cette déclaration.

letter-conditions-subject = { $outcome } – { $ref }
letter-conditions-preheader = Des conditions ou des mesures accompagnent la décision.
letter-conditions-body =
    Bonjour,

    La décision sur votre déclaration { $ref } est prise : « { $outcome } ». Lisez ce qu’elle demande avant d’agir, puis confirmez que vous l’avez lu.
letter-conditions-action = Lire ce qui est demandé
letter-conditions-reason = Vous avez transmis cette déclaration.

letter-refused-subject = { $outcome } – { $ref }
letter-refused-preheader = La décision sur votre déclaration est prise.
letter-refused-body =
    Bonjour,

    La décision sur votre déclaration { $ref } est prise : « { $outcome } ». La page donne les motifs et ce que vous pouvez faire maintenant. La personne responsable de l’éthique peut vous conseiller.
letter-refused-action = Lire les motifs
letter-refused-reason = Vous avez transmis cette déclaration.

letter-noted-subject = { $outcome } – { $ref }
letter-noted-preheader = Votre déclaration a été examinée.
letter-noted-body =
    Bonjour,

    La décision sur votre déclaration { $ref } est prise : « { $outcome } ». Elle est au registre.
letter-noted-action = Voir ma déclaration
letter-noted-reason = Vous avez transmis cette déclaration.

letter-decided-subject = Décision rendue – { $ref }
letter-decided-preheader = La décision sur votre déclaration est prise.
letter-decided-body =
    Bonjour,

    La décision sur votre déclaration { $ref } est prise. Elle vous attend dans le service, avec ce qui reste à faire, s’il y a lieu.
letter-decided-action = Lire la décision
letter-decided-reason = Vous avez transmis cette déclaration.

letter-recorded-subject = Votre décision est enregistrée – { $ref }
letter-recorded-preheader = Une copie de votre décision est au registre.
letter-recorded-body =
    Bonjour,

    Votre décision sur la déclaration { $ref } est enregistrée. Si vous ne l’avez pas prise, écrivez tout de suite à la personne responsable de l’éthique.
letter-recorded-action = Voir la décision
letter-recorded-reason = Vous venez de décider de cette déclaration.

letter-escalated-subject = { $days ->
    [one] Retard de { $days } jour ouvrable – { $ref }
   *[other] Retard de { $days } jours ouvrables – { $ref }
    }
letter-escalated-preheader = Une décision tarde.
letter-escalated-body =
    Bonjour,

    { $days ->
        [one] La décision sur la déclaration { $ref } est en retard de { $days } jour ouvrable.
       *[other] La décision sur la déclaration { $ref } est en retard de { $days } jours ouvrables.
    } Vous pouvez la confier à une autre personne.
letter-escalated-action = Ouvrir le dossier
letter-escalated-reason = Vous êtes responsable de la gestion de l’éthique et de l’intégrité.

letter-rescored-subject = Du nouveau sur l’entreprise – { $ref }
letter-rescored-preheader = Un contrat, un appel d’offres, le RENA ou le registre des lobbyistes touche une déclaration.
letter-rescored-body =
    Bonjour,

    Ce que le service sait des contrats, des appels d’offres, du RENA et du registre des lobbyistes apporte du nouveau sur l’entreprise d’une déclaration. Voyez si ce qui a été dit ou décidé tient toujours.
letter-rescored-action = Voir ce qui a changé
letter-rescored-reason = Cette déclaration est la vôtre, ou vous la traitez.

letter-rescored-many-subject = Du nouveau sur des entreprises – { $count } déclarations
letter-rescored-many-preheader = Un contrat, un appel d’offres, le RENA ou le registre des lobbyistes touche des déclarations.
letter-rescored-many-body =
    Bonjour,

    Ce que le service sait des contrats, des appels d’offres, du RENA et du registre des lobbyistes apporte du nouveau sur l’entreprise de { $count } déclarations. Voyez si ce qui a été dit ou décidé tient toujours.
letter-rescored-many-action = Ouvrir la liste
letter-rescored-many-reason = Ces déclarations sont les vôtres, ou vous les traitez.
letter-files-more = { $count ->
    [one] et { $count } autre déclaration
   *[other] et { $count } autres déclarations
    }

letter-ruled-alone-subject = Décision prise – { $ref }
letter-ruled-alone-preheader = Une règle a décidé; vous pouvez demander l’examen par une personne.
letter-ruled-alone-body =
    Bonjour,

    Votre déclaration est reçue, et une règle du service a pris la décision sans qu’une personne l’examine. Le service montre la règle et les renseignements qu’elle a vus.

    Vous pouvez les faire corriger, et présenter vos observations à une personne qui peut réviser la décision.
letter-ruled-alone-action = Voir la décision
letter-ruled-alone-reason = Vous avez fait cette déclaration.

letter-ruled-for-you-subject = Décidée par une règle – { $ref }{ $who }
letter-ruled-for-you-preheader = Vous n’avez rien à faire.
letter-ruled-for-you-body =
    Bonjour,

    Une règle a décidé à votre place d’une déclaration sans risque. Vous pouvez la lire et, si vous le voulez, l’examiner vous-même.
letter-ruled-for-you-action = Voir la déclaration
letter-ruled-for-you-reason = Vous êtes la ou le gestionnaire de cette personne.
