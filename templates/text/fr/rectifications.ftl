# Rectification par annotation (A-2.1, art. 89, 91, 98 et 135).
rectifications-title = Rectifications
rectification-title = Rectification
rectification-lead = Ce que vous avez déclaré et ce qui a été décidé restent tels quels. Ce que vous écrivez ici, et la réponse, se lisent avec le dossier aussi longtemps que lui.
rectification-ask = Demander une rectification
rectification-answer = Répondre à la demande
rectification-about = De quelle réponse s’agit-il?
rectification-text = Ce qui est inexact, incomplet ou équivoque
rectification-text-hint = Dites aussi ce qui devrait s’y lire.
rectification-send = Demander la rectification
rectification-verdict = Réponse à la demande
rectification-grant = Accorder
rectification-grant-hint = L’annotation fait foi de ce qui est exact.
rectification-refuse = Refuser
rectification-refuse-hint = Le motif est donné à la personne; sa demande reste au dossier, et elle peut s’adresser à la Commission d’accès à l’information dans les 30 jours.
rectification-why = Motif ou précision
rectification-answer-send = Envoyer la réponse
rectification-asked-by = { $who } demande une rectification, le { $date }.
rectification-due = Réponse due au plus tard le { $date }.
rectification-granted-by = Accordée par { $who }, le { $date }.
rectification-refused-by = Refusée par { $who }, le { $date }.
home-rectification = { $ref }, réponse due au plus tard le { $date }
event-rectification-asked = Rectification demandée
event-rectification-answered = { $verdict ->
    [granted] Rectification accordée
   *[other] Rectification refusée
 }
error-rectification = Dites ce qui est inexact, incomplet ou équivoque.
error-rectification-verdict = Choisissez une réponse.
flash-rectification-asked = Votre demande est au dossier. Une réponse vous sera donnée.
flash-rectification-answered = La réponse est au dossier et la personne est avertie.
not-possible-rectify = Une rectification se demande sur une déclaration décidée, fermée ou retirée; avant la décision, corrigez-la.
not-possible-rectify-answer = La réponse revient à la personne responsable de l’éthique, jamais pour son propre dossier.
not-possible-rectify-twice = Une demande de rectification attend déjà une réponse.
not-possible-rectified = Aucune demande de rectification n’attend de réponse.
nav-rectifications = Rectifications
rectifications-lead = Ce que des personnes disent inexact dans leur dossier. La loi fixe le délai de la réponse; la demande et la réponse se lisent avec le dossier.
rectifications-waiting = En attente d’une réponse
rectifications-answered = Avec réponse
rectifications-asked = Demandée le
rectifications-due = Réponse due au plus tard
rectifications-extended = Délai prolongé
rectifications-empty = Aucune demande ici.
rectifications-empty-text = Une personne demande une rectification depuis son dossier, une fois qu’il est décidé.
rectification-late = { $days ->
    [one] en retard de 1{"\u00A0"}jour
   *[other] en retard de { $days }{"\u00A0"}jours
 }
rectification-granted = Accordée
rectification-refused = Refusée
rectification-extend = Prolonger le délai
rectification-extend-text = Une seule fois, avant la fin du premier délai. La réponse sera alors due au plus tard le { $date }; la personne reçoit un avis et lit le motif au dossier.
rectification-extend-why = Pourquoi il faut plus de temps
rectification-extend-send = Prolonger et avertir la personne
rectification-extended-by = Délai prolongé jusqu’au { $until } par { $who }, le { $date }.
event-rectification-extended = Délai de la rectification prolongé jusqu’au { $date }
flash-rectification-extended = Le délai est prolongé et la personne est avertie.
not-possible-rectify-extend = Le délai ne se prolonge qu’une fois, avant la fin du premier.

letter-rectify-asked-subject = Rectification demandée – { $ref }
letter-rectify-asked-preheader = Une réponse est due dans le délai de la loi.
letter-rectify-asked-body =
    La personne visée par ce dossier demande d’y rectifier quelque chose.

    La loi fixe le délai de la réponse{"\u00A0"}: le dossier en donne la date. La demande se lit dans le service; ce courriel n’en contient rien.
letter-rectify-asked-action = Lire et répondre
letter-rectify-asked-reason = Vous répondez aux demandes de rectification.
letter-rectify-answered-subject = Réponse à votre demande de rectification – { $ref }
letter-rectify-answered-preheader = La réponse est au dossier.
letter-rectify-answered-body =
    Votre demande de rectification a reçu une réponse. Elle se lit dans le service, avec son motif s’il y en a un.

    Si elle ne vous convient pas, vous pouvez vous adresser à la Commission d’accès à l’information dans les 30 jours.
letter-rectify-answered-action = Lire la réponse
letter-rectify-answered-reason = Vous avez demandé cette rectification.
letter-rectified-subject = Modifiée depuis votre décision – { $ref }
letter-rectified-preheader = Une rectification est au dossier.
letter-rectified-body =
    Une rectification a été accordée depuis votre décision. Elle s’ajoute au dossier sans rien effacer, et se lit avec lui.

    Votre décision tient tant que personne ne la change.
letter-rectified-action = Revoir
letter-rectified-reason = Vous avez décidé de cette déclaration.
letter-rectify-due-subject = Rectification : réponse attendue – { $ref }
letter-rectify-due-preheader = Au plus tard le { $date }.
letter-rectify-due-body =
    Une demande de rectification de ce dossier attend encore une réponse, due au plus tard le { $date }.

    Sans réponse dans le délai de la loi, la demande est réputée refusée et la personne peut s’adresser à la Commission d’accès à l’information.
letter-rectify-due-action = Lire et répondre
letter-rectify-due-reason = Vous répondez aux demandes de rectification.
letter-rectify-extended-subject = Rectification : réponse reportée – { $ref }
letter-rectify-extended-preheader = Au plus tard le { $date }.
letter-rectify-extended-body =
    La réponse à votre demande de rectification sera donnée au plus tard le { $date }. Le motif de ce report se lit dans le service.
letter-rectify-extended-action = Lire le motif
letter-rectify-extended-reason = Vous avez demandé cette rectification.
