# Avis, précédents et dossiers confidentiels.

nav-sealed = Confidentiel
nav-precedents = Précédents

disclosure-title = Avant de commencer
disclosure-before = Pour divulguer un acte répréhensible, adressez-vous à cet organisme externe : { $name }. Ce formulaire ne prend pas sa place, et rien de ce que vous écrivez ici ne lui est transmis.
disclosure-phone = , téléphone : { $phone }
disclosure-address = , { $address }

route-direct = Elle va directement à qui doit la lire.
error-opinion-has-a-page = Rédigez l’avis sur sa page, avec ses quatre parties.
error-part-facts = Écrivez les faits.
error-part-norms = Écrivez les normes qui s’appliquent.
error-part-analysis = Écrivez votre analyse.
error-part-recommendation = Écrivez votre recommandation.
error-part-situation = Décrivez la situation.
error-part-title = Donnez un titre.
error-precedent-stance = Dites si vous suivez ce précédent.
error-precedent-withdrawn = Ce précédent vient d’être retiré de la bibliothèque. Relisez votre avis, puis envoyez-le de nouveau, sans ce précédent.
error-precedent-reason = Écrivez pourquoi vous vous en écartez.
error-precedent-identifies = Retirez ce qui identifie la personne ou le dossier : « { $arg } ».
error-recipient-named = Votre gestionnaire est une personne visée. Choisissez la personne responsable de l’éthique.
error-recipient-nobody = Le répertoire n’indique pas de gestionnaire. Choisissez la personne responsable de l’éthique.
error-advice-not-yours = Choisissez un avis que vous avez reçu.
not-possible-opinion = Ce dossier n’attend pas d’avis écrit.
not-possible-precedent = La personne n’a pas permis que sa question serve d’exemple. Un précédent s’écrit seulement avec son accord.
not-possible-receipt = Aucun avis n’est encore rendu pour ce dossier.

event-advice-given = Avis rendu
event-precedent-departed = Écart par rapport à un précédent

advice-later = Garder pour plus tard
advice-draft-resumed = Vous reprenez votre brouillon du { $at }. Vous seul ou seule le voyez; il disparaît quand l’avis est rendu.
flash-opinion-kept = Votre brouillon d’avis est gardé. Rien n’est envoyé.
flash-opinion-given = Votre avis est rendu. La personne reçoit un courriel sans contenu.
flash-precedent-published = Le précédent est publié dans la bibliothèque.
flash-precedent-withdrawn = Le précédent est retiré de la bibliothèque.

back-file = Retour au dossier
back-precedents = Retour aux précédents

detail-sealed-mine = Dossier confidentiel. Il n’apparaît dans aucune liste, recherche ou statistique que d’autres consultent.
detail-sealed-read = Dossier scellé. Il n’apparaît ni au registre, ni dans la recherche, ni dans les rapports.

check-advice = J’ai suivi un avis reçu
check-advice-text = C’est facultatif. Sans cela, personne ne sait que vous avez demandé un avis.
check-advice-which = J’ai suivi l’avis
check-advice-none = Ne rien mentionner
check-advice-share = Ce que je veux en partager
check-advice-share-hint = Vos mots, ou un extrait. La personne qui décide lit ce texte et la référence, rien d’autre.

advice-write = Rédiger l’avis
advice-write-title = Rédiger un avis
advice-opinion = Avis
advice-part-facts = Faits
advice-part-facts-hint = Ce que la personne a dit, en bref, et ce que vous avez vérifié.
advice-part-norms = Normes
advice-part-norms-hint = Les articles de la politique et du règlement qui s’appliquent.
advice-part-analysis = Analyse
advice-part-analysis-hint = Comment les normes s’appliquent à ces faits.
advice-part-recommendation = Recommandation
advice-part-recommendation-hint = Ce que la personne peut faire, ou ne pas faire.
advice-who-sees = Qui verra quoi
advice-seen-by = { $person } verra l’avis en entier, comme le Bureau de l’éthique. La ou le gestionnaire de cette personne ne verra rien. Les écarts avec un précédent restent au dossier, pour le Bureau de l’éthique.
advice-give = Rendre l’avis
advice-receipt-open = Ouvrir le reçu à imprimer
advice-receipt-title = Reçu d’un avis
advice-receipt-lead = L’avis { $ref } a été rendu le { $date }. Vous pouvez le montrer à qui vous voulez; personne d’autre ne le peut.
advice-receipt-print = Imprimez cette page avec votre navigateur.
advice-receipt-printed = Reçu produit le { $date }.
advice-asked-on = Demandé le
advice-given-on = Rendu le
advice-given-by = Rendu par
advice-followed = La personne a suivi un avis
advice-followed-note = La personne a choisi de le mentionner et de partager ce texte. L’avis lui-même reste confidentiel.

precedents-title = Précédents
precedents-lead = Des avis déjà rendus, réécrits sans rien qui identifie une personne.
precedents-search-label = Chercher un précédent
precedents-search = Mots
precedents-search-do = Chercher
precedents-none = Aucun précédent n’est encore publié.
precedents-none-found = Aucun précédent ne contient tous ces mots.
precedents-none-text = Essayez d’autres mots, ou posez votre question.
precedents-ask = Demander un avis
precedent-new = Nouveau précédent
precedent-published = Publié le { $date }
precedent-not-a-rule = Un précédent éclaire; chaque situation reste particulière.
precedent-write-title = Écrire un précédent
precedent-write-lead = Un autre texte que l’avis : sans nom, date, unité, entreprise ni détail qui permet de reconnaître quelqu’un.
precedent-everybody = Tout le personnel pourra lire ce texte.
precedent-publish = Publier
precedent-withdraw = Retirer de la bibliothèque
precedent-from-opinion = En faire un précédent
precedent-refused = La personne n’a pas permis que sa question serve d’exemple : aucun précédent n’en est tiré.
precedent-part-title = Titre
precedent-part-situation = Situation
precedent-part-situation-hint = Une situation type, au présent : « Une personne reçoit… ».
precedent-part-norms = Normes
precedent-part-norms-hint = Les articles qui s’appliquent.
precedent-part-recommendation = Recommandation
precedent-part-recommendation-hint = Ce qui est recommandé dans une telle situation.
precedent-similar = Précédents qui ressemblent
precedent-similar-text = Dites ce que devient chacun. Un écart s’explique.
precedent-similar-none = Aucun précédent ne ressemble à cette question pour l’instant.
precedent-search-again = Chercher encore, selon ce que j’écris
precedent-stance-follows = Je le suis
precedent-stance-other = Il porte sur autre chose
precedent-stance-departs = Je m’en écarte
precedent-why = Pourquoi vous en écarter?
precedent-why-hint = À remplir seulement en cas d’écart. Reste au dossier.

confidential-title = Dossiers confidentiels
confidential-lead = Demandes d’avis, déclarations volontaires et signalements que votre fonction permet de lire. Chaque ligne affichée ici est consignée au journal des accès.
confidential-empty = Aucun dossier confidentiel.

letter-private-asked-subject = Demande d’avis – { $ref }
letter-private-asked-preheader = Une demande d’avis vous attend.
letter-private-asked-body =
    Bonjour,

    Une demande d’avis vous attend. Elle se lit dans le service seulement.
letter-private-asked-action = Ouvrir
letter-private-asked-reason = Vous êtes responsable de la gestion de l’éthique et de l’intégrité.

letter-private-received-subject = Reçue – { $ref }
letter-private-received-preheader = Votre question est enregistrée.
letter-private-received-body =
    Bonjour,

    Votre question est enregistrée. La personne responsable de l’éthique vous répondra dans le service.
letter-private-received-action = Voir ma demande
letter-private-received-reason = Vous venez de poser une question.

letter-private-given-subject = Votre avis est prêt – { $ref }
letter-private-given-preheader = L’avis se lit dans le service.
letter-private-given-body =
    Bonjour,

    L’avis que vous avez demandé est prêt. Vous le lirez dans le service, où un reçu à imprimer vous attend aussi.
letter-private-given-action = Lire l’avis
letter-private-given-reason = Vous avez demandé cet avis.

letter-sealed-received-subject = Votre envoi est enregistré
letter-sealed-received-preheader = Vous pouvez suivre où il en est dans le service.
letter-sealed-received-body =
    Bonjour,

    Votre envoi est enregistré. Vous pouvez le suivre dans le service.
letter-sealed-received-action = Ouvrir le service
letter-sealed-received-reason = Vous venez de transmettre un dossier.

letter-sealed-message-subject = Un message vous attend
letter-sealed-message-preheader = Il se lit dans le service.
letter-sealed-message-body =
    Bonjour,

    Un message vous attend au sujet d’un dossier que vous avez transmis. Il se lit dans le service seulement.
letter-sealed-message-action = Lire le message
letter-sealed-message-reason = Vous avez transmis ce dossier.

letter-sealed-file-subject = Un dossier confidentiel vous attend
letter-sealed-file-preheader = Il se lit dans le service.
letter-sealed-file-body =
    Bonjour,

    Un dossier confidentiel attend que vous le lisiez ou y donniez suite. Il se lit dans le service seulement. Gardez-en le contenu confidentiel.
letter-sealed-file-action = Ouvrir le dossier
letter-sealed-file-reason = Ce dossier vous est adressé, ou à la fonction que vous occupez.

letter-copied-subject = Copie pour information – { $ref }
letter-copied-preheader = Un dossier vous est communiqué.
letter-copied-body =
    Bonjour,

    Le dossier { $ref } vous est communiqué pour information. Vous pouvez donner un avis.
letter-copied-action = Ouvrir le dossier
letter-copied-reason = La politique prévoit que votre fonction en reçoive copie.

letters-sealed = Courriel confidentiel
letters-sealed-to = Destinataire masqué
letters-sealed-failed = Le courriel n’est pas parti. La cause détaillée est au journal technique.
