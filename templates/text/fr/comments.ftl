comments-title = Échanges et notes
comments-none = Aucun commentaire sur ce dossier.
comment-write = Écrire un commentaire ou une note
comment-text = Votre texte
comment-text-hint = Pour aviser une personne, écrivez @ suivi de son nom. Un texte envoyé ne se modifie plus.
comment-field = Au sujet de
comment-whole = Le dossier en entier
comment-about = au sujet de « { $field } »
comment-audience = Qui lira ce texte
comment-audience-private = Note pour moi
comment-audience-readers = Les personnes qui traitent le dossier
comment-audience-person = Ces personnes et la personne déclarante
comment-read-by = Liront ce texte : { $names }.
comment-read-by-you = Vous seulement.
comment-send = Envoyer
comment-logged = Ce dossier est confidentiel : chaque lecture de ces textes laisse une trace.
error-comment = Écrivez votre texte.
error-comment-audience = Choisissez qui lira ce texte.
error-mention-unseen = « { $arg } » ne désigne aucune des personnes qui liront ce texte. Leurs noms sont sous chaque choix.
error-mention-private = « { $arg } » ne lira pas une note pour vous. Retirez la mention, ou choisissez une autre réponse sous « Qui lira ce texte ».
flash-commented = Votre texte est au dossier.
not-possible-comment = Un brouillon ne se commente pas : personne d’autre que vous ne le lit.
event-commented = Commentaire écrit
findings-contest = Contester ce constat
findings-contest-why = Pourquoi ce constat ne tient pas
findings-contest-hint = Votre explication est lue par les personnes qui traitent le dossier et y reste. Elle ne change pas votre déclaration : pour corriger une réponse, utilisez « Corriger ».
findings-contest-do = Envoyer ma contestation
findings-contested = La personne conteste ce constat : son explication est dans les échanges du dossier.

letter-commented-subject = Commentaire – { $ref }
letter-commented-preheader = Un commentaire vous est adressé.
letter-commented-body =
    Une personne qui lit ce dossier vous adresse un commentaire.

    Il se lit dans le service; ce courriel n’en contient rien.
letter-commented-action = Lire et répondre
letter-commented-reason = Vous êtes une des personnes à qui le commentaire s’adresse.
