dictionary-title = Dictionnaire des données
dictionary-lead = Ce que le registre garde, colonne par colonne : pourquoi, à quel point c’est confidentiel, au sujet de qui et combien de temps.
dictionary-column = Colonne
dictionary-class = Classe
dictionary-about = Au sujet de
dictionary-what = Ce que c’est
dictionary-why = Pourquoi
dictionary-kept = Combien de temps
dictionary-as-table = Comme la table.
dictionary-sealed = , chiffrée
dictionary-kept-file = Gardé aussi longtemps que le dossier, selon le calendrier de conservation.
dictionary-kept-directory = Gardé tant que la personne est au répertoire, puis selon le calendrier de conservation.
dictionary-kept-session = Gardé quelques heures.
dictionary-kept-letters = Le texte est effacé après le délai de « letters.keep_days ».
dictionary-kept-journal = Jamais détruit : c’est la preuve.
dictionary-kept-act = Gardé avec le journal, qui dit ce qui a été fait.
dictionary-kept-reference = Gardé tant qu’il sert.
dictionary-about-nobody = aucune personne
dictionary-about-person = un membre du personnel
dictionary-about-company = une entreprise
dictionary-about-third = une personne de l’extérieur
assessment-title = { $service } : pour une évaluation des facteurs relatifs à la vie privée
assessment-lead = Écrit à partir des réglages, des formulaires et du dictionnaire en vigueur. Les risques et leur acceptation sont à évaluer par la personne responsable de l’accès et de la protection des renseignements personnels.
assessment-collected = Ce qui est recueilli
assessment-kind = { $kind } : classe { $class }, { $fields ->
    [one] { $fields } question.
   *[other] { $fields } questions.
    }
assessment-about = Au sujet de qui
assessment-count = { $about }, classe { $class } : { $count ->
    [one] { $count } colonne
   *[other] { $count } colonnes
}.
assessment-kept = Combien de temps
assessment-rule = { $title } : { $years ->
    [one] { $years } an.
   *[other] { $years } ans.
    }
assessment-goes = Où cela va
assessment-letters = Courriels : relais { $relay }. Aucun ne contient de réponse ni de renseignement confidentiel.
assessment-nowhere = Aucun service extérieur ne reçoit de renseignement : ni mesure d’audience, ni police de caractères, ni script chargés d’un autre site.
assessment-protects = Ce qui protège
assessment-sealed = Avis, déclarations volontaires et signalements chiffrés avec une clé hors de la base : { $sealed ->
    [yes] oui
   *[no] non, la clé n’est pas réglée
}.
assessment-access = Qui fait quoi : une table unique (access.toml), vérifiée case par case.
assessment-log = Chaque lecture d’un dossier confidentiel est inscrite, refus compris, et la personne voit qui a lu le sien.
assessment-journal = Chaque changement est au journal, dont la tête signée est remise à des témoins.
assessment-two = Rôles, exportations, lectures d’urgence, rotation des clés et destructions demandent deux personnes.
assessment-rights = Chaque personne télécharge la copie de ce que le registre garde à son sujet.
