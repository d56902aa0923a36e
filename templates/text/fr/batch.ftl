# Décider plusieurs dossiers à la fois.
batch-pick = Choisir
batch-start = Décider la sélection
batch-title = Décider plusieurs dossiers
batch-summary = { $kept ->
    [0] Aucun dossier ne peut être décidé ainsi.
    [one] Un dossier sera décidé.
   *[other] { $kept } dossiers seront décidés.
    } { $left ->
    [0] Aucun n’est laissé de côté.
    [one] Un dossier est laissé de côté.
   *[other] { $left } dossiers sont laissés de côté.
    }
batch-left = Laissés de côté
batch-left-flagged = Il porte un point à vérifier : il se décide à part.
batch-left-not-yours = Il n’attend pas votre décision.
batch-left-needs-words = Toute décision demande ici des motifs ou des mesures.
batch-none = Choisissez d’autres dossiers, ou ouvrez-les un par un.
batch-undo-hint = Vous pourrez annuler pendant quelques minutes, avant que les courriels partent.
batch-do = Enregistrer ces décisions
batch-cancel = Revenir sans décider
batch-done-title = Décisions enregistrées
batch-undo-title = Ce n’était pas la bonne sélection?
batch-undo-until = Personne n’est encore avisé. Vous pouvez tout annuler jusqu’au { $at }.
batch-undo = Annuler ces décisions
batch-undone = Ces décisions sont annulées. Les dossiers vous attendent de nouveau.
batch-final = Les personnes sont avisées. Pour changer une décision, ouvrez le dossier.
batch-back = Revenir à ce qui m’attend
flash-batch = Vos décisions sont enregistrées.
flash-batch-undone = Vos décisions sont annulées.
not-possible-batch = Aucun de ces dossiers ne peut plus être décidé ainsi. Rechargez la liste.
not-possible-undo = Ces décisions ne peuvent plus être annulées : les personnes sont avisées.
event-decision-undone = Décision annulée avant l’envoi des courriels : { $outcome }
