# Cadre des pages, champs et blocs communs. Typographie québécoise: aucune espace avant ? ! ;, espace insécable
# (U+00A0) avant : % $ et à l’intérieur des « ».

error-prefix = Erreur :
error-summary-title = Il y a un problème

layout-skip = Aller au contenu
layout-nav = Menu principal
layout-menu = Menu
layout-nav-count = { $count ->
    [one] élément à traiter
   *[other] éléments à traiter
    }
layout-preferences = Préférences de
layout-sign-out = Se déconnecter
layout-footer = Pied de page
layout-flash-success = C’est fait
layout-flash-info = À noter
layout-flash-warning = Attention
layout-demo-title = Démonstration.
layout-demo-text = Les personnes, les entreprises et les dossiers sont fictifs.
layout-demo-personas = Changer de personne
layout-demo-mailbox = Courriels envoyés
layout-wrongdoing = Vous voulez divulguer un acte répréhensible? Ce service ne reçoit pas les divulgations. Adressez-vous directement au Protecteur du citoyen, en toute confidentialité.
layout-wrongdoing-link = Faire une divulgation au Protecteur du citoyen

field-optional = (facultatif)
field-error = Erreur :
field-yes = Oui
field-no = Non
field-select-empty = Choisissez une réponse
field-lines-hint = Inscrivez un élément par ligne.
field-persons-hint = Inscrivez un nom ou une adresse courriel par ligne.
field-date-format = AAAA-MM-JJ, par exemple 2026-11-27
field-money-unit = dollars
field-counter-max = Maximum de { $max } caractères.
field-counter-left = Caractères restants : %n
field-counter-over = Caractères en trop : %n
field-files-attached = Fichiers déjà joints
field-files-remove = Retirer
field-file-add = Ajouter un fichier

field-company-name = Nom de l’entreprise
field-company-name-hint = Nom, début du nom ou NEQ.
field-company-search = Chercher cette entreprise
field-company-found = Est-ce l’une de ces entreprises?
field-company-other = Non, garder le nom inscrit
field-company-not-found = Aucune entreprise du registre ne correspond à « { $name } ». Vérifiez l’orthographe, ou continuez avec le nom inscrit.
field-company-neq = Numéro d’entreprise du Québec (NEQ)
field-company-neq-hint = 10 chiffres. Laissez vide si vous ne le connaissez pas, et dites-le plus bas.
field-company-no-neq = Cette entreprise n’a pas de NEQ, ou je ne le connais pas
field-company-no-neq-reason = Expliquez pourquoi
field-company-no-neq-hint = Par exemple, une entreprise établie hors du Québec, un particulier, ou « je ne le connais pas ».
field-company-results = Entreprises correspondantes
field-company-results-none = Aucune entreprise trouvée.
field-company-results-one = 1 entreprise trouvée. Utilisez les flèches pour la choisir.
field-company-results-many = %n entreprises trouvées. Utilisez les flèches pour choisir.

field-contact = Personne { $n }
field-contact-name = Nom
field-contact-title = Fonction
field-contact-email = Courriel

summary-change = Modifier
summary-empty = Aucune réponse

findings-now = À faire :
findings-none = Aucun point à vérifier.

timeline-removed = Retiré
timeline-added = Ajouté

pagination-label = Pages de résultats
pagination-previous = Précédents
pagination-next = Suivants

mail-fact = { $label } :
mail-facts = Résumé
mail-proof = Preuve signée, à garder :
mail-reason = Pourquoi recevez-vous ce message?
mail-open = { $label } :
mail-site = Site du service :
