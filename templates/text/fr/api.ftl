# API : la page qui la décrit, et les erreurs que les programmes montrent aux personnes.

api-title = API du registre
api-lead = Les mêmes gestes que dans les pages, pour vos programmes.
api-download = Télécharger la description OpenAPI 3.1
api-address = Adresse
api-token = Jeton
api-token-text = Chaque demande porte un jeton personnel (Authorization: Bearer), en lecture ou en écriture, valide au plus un an. Demandez-le à l’équipe qui administre le service.
api-errors = Erreurs
api-errors-text = application/problem+json (RFC 9457) : un code stable pour le programme, une phrase pour la personne, dans la langue demandée (Accept-Language).
api-versions = Versions
api-versions-text = La réponse porte la version lue (ETag). Pour décider ou modifier, renvoyez-la (If-Match) : on ne décide que de ce qu’on a lu.
api-twice = Envois répétés
api-twice-text = Avec une clé (Idempotency-Key), la même demande renvoyée dans les 24 heures donne la même réponse, sans second effet.
api-contents = Sur cette page
api-details = Détails
api-parameters = Paramètres
api-name = Nom
api-place = Où
api-needed = Requis
api-form = Forme
api-about = Description
api-body = Corps de la demande :
api-responses = Réponses
api-status = État
api-schema = Schéma
api-example = Exemple
api-schemas = Schémas
api-schemas-text = Les schémas Answers, Filing et FollowUp suivent les types de déclaration en vigueur.
api-tag-person = La personne
api-tag-kinds = Types de déclaration
api-tag-declarations = Déclarations
api-tag-declarant = Gestes de la personne qui déclare
api-tag-decider = Gestes de la personne qui décide
api-tag-lists = Listes
api-description = Registre de l’éthique et des relations d’affaires : mêmes gestes, mêmes droits et mêmes mots que dans les pages.

problem-bad-parameters = Un paramètre ou un en-tête n’a pas la forme attendue. Voyez la liste des erreurs.
problem-bad-json = Le corps de la demande n’est pas du JSON valide.
problem-wrong-method = Cette adresse n’accepte pas cette méthode. L’en-tête Allow dit lesquelles elle accepte.
problem-wrong-media-type = Envoyez le corps en JSON (Content-Type: application/json).
problem-invalid-api = Corrigez ce que dit la liste des erreurs, puis renvoyez la demande. Rien n’a été enregistré.
problem-signed-out-api = Joignez un jeton valide à la demande (Authorization: Bearer).
problem-stale-api = Quelqu’un l’a modifiée entre-temps. Relisez-la, puis renvoyez la demande avec sa nouvelle version (If-Match).

not-possible-delete = Seul un brouillon se supprime. Une déclaration transmise se retire.

error-unknown-field = Ce champ n’existe pas.
error-unknown-parameter = Ce paramètre n’existe pas.
error-unknown-part = Cette partie n’existe pas : { $arg }.
error-missing-field = Ce champ est requis.
error-duplicate-field = Cette valeur est donnée deux fois.
error-control-character = Retirez les caractères de contrôle.
error-company-unknown = Cette entreprise n’est pas au registre.
error-number = Ce nombre est hors des bornes.
error-cursor = Reprenez le curseur tel que la page précédente l’a donné.
error-idempotency-key = De 8 à 64 lettres, chiffres, points, tirets, soulignés ou deux-points.
error-nul = Le caractère nul (%00) n’est jamais admis.
