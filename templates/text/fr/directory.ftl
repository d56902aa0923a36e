# Importation du répertoire du personnel: ce qui est à corriger dans le fichier. La ligne, la colonne et la valeur sont
# montrées à côté de la phrase.

directory-too-large = Le fichier est trop gros (50 Mo au plus).
directory-too-many-rows = Le fichier compte plus de { $value } personnes.
directory-too-many-columns = Le fichier compte { $value } colonnes : ce n’est pas un répertoire du personnel.
directory-empty = Le fichier ne contient aucune personne. Rien n’a été changé.
directory-windows-1252 = Les accents ne se lisent pas : le fichier est enregistré en Windows-1252. Dans Excel, choisissez Fichier, Enregistrer sous, puis le type « CSV UTF-8 (délimité par des virgules) ». Importez-le de nouveau.
directory-utf-16 = Le fichier est enregistré en « Texte Unicode » (UTF-16). Dans Excel, choisissez Fichier, Enregistrer sous, puis le type « CSV UTF-8 ».
directory-not-utf-8 = Le fichier n’est pas en UTF-8. Enregistrez-le en CSV UTF-8.
directory-missing-column = La colonne « { $column } » manque.
directory-missing-column-near = La colonne « { $column } » manque. Est-ce celle qui s’appelle « { $value } »?
directory-duplicate-column = La colonne « { $column } » est là deux fois.
directory-wrong-number-of-cells = La ligne n’a pas autant de cellules que l’en-tête ({ $value }).
directory-missing-value = Cette cellule doit être remplie.
directory-too-long = Cette valeur est trop longue.
directory-control-character = Cette valeur contient un saut de ligne ou un caractère invisible.
directory-malformed-number = Ce numéro n’est pas reconnu (lettres sans accent, chiffres, point, tiret).
directory-malformed-email = Cette adresse courriel n’est pas reconnue.
directory-duplicate-number = Ce numéro est déjà plus haut dans le fichier.
directory-duplicate-email = Ce courriel est déjà plus haut dans le fichier.
directory-missing-unit = L’unité manque.
directory-unnamed-unit = Un des niveaux de l’unité n’a pas de nom.
directory-unknown-regime = Ce régime est inconnu.
directory-unknown-position = Cette fonction de cadre est inconnue.
directory-unknown-language = Cette langue est inconnue (fr ou en).
directory-bad-date = Cette date n’est pas reconnue. Écrivez-la ainsi : 2026-11-27.
directory-end-before-start = La fin précède le début.
directory-unknown-supervisor = Personne dans le fichier ne porte ce numéro.
directory-self-supervisor = Cette personne est sa propre gestionnaire.
directory-supervisor-cycle = La chaîne hiérarchique tourne en rond.
directory-supervisor-inactive = La ou le gestionnaire n’est pas en service à cette date.
directory-importer-absent = Vous n’êtes pas en service dans ce fichier : l’importation mettrait fin à votre accès. Vérifiez que c’est le bon fichier, ou ajoutez-vous.
directory-more-problems = D’autres problèmes : { $value }.

# À la console.
directory-line = Ligne { $line } : { $text }
directory-and-more = … et { $count } de plus
directory-problems = { $count ->
    [one] { $count } problème à corriger :
   *[other] { $count } problèmes à corriger :
    }
directory-added = { $count ->
    [one] { $count } personne à ajouter :
   *[other] { $count } personnes à ajouter :
    }
directory-changed = { $count ->
    [one] { $count } personne à modifier :
   *[other] { $count } personnes à modifier :
    }
directory-departed = { $count ->
    [one] { $count } départ :
   *[other] { $count } départs :
    }
directory-unchanged = { $count ->
    [one] { $count } personne sans changement.
   *[other] { $count } personnes sans changement.
    }
