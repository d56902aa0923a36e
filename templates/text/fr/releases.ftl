# Communication d’un dossier à qui l’a demandé (A-2.1).
release-title = Communiquer le dossier
release-link = Communiquer le dossier à qui l’a demandé
release-lead = Choisissez, ligne par ligne, ce qui est communiqué et ce qui est masqué, avec l’article qui le permet. Les noms sont masqués au départ. Le journal garde à qui le dossier a été remis, ce qui a été masqué et l’empreinte du document.
release-recipient = À qui
release-recipient-hint = Le nom ou le numéro de la demande d’accès.
release-lines = Lignes du dossier
release-give = Communiquer
release-article-53 = Masqué{"\u00A0"}: renseignement personnel (art. 53 et 54)
release-article-23 = Masqué{"\u00A0"}: renseignement d’un tiers (art. 23 et 24)
release-article-37 = Masqué{"\u00A0"}: avis ou recommandation (art. 37 à 39)
release-article-28 = Masqué{"\u00A0"}: enquête ou sécurité (art. 28)
release-article-14 = Masqué{"\u00A0"}: lié à ce qui précède (art. 14)
release-look = Voir ce qui serait remis
release-do = Remettre le document
release-preview = Ce qui serait remis
release-document = Dossier { $ref }
release-made = Communiqué à { $who }, le { $date }.
release-withheld = { $count ->
    [0] Rien n’est masqué.
    [one] Une ligne est masquée.
   *[other] { $count } lignes sont masquées.
 }
release-rights = Vous pouvez demander à la Commission d’accès à l’information de réviser ce qui est masqué, dans les 30 jours (art. 135 de la Loi sur l’accès).
release-line-declarant = Personne
release-line-title = Fonction
release-line-unit = Unité
release-line-filed = Transmise le
release-line-state = État
release-line-outcome = Décision
release-line-decided-by = Décidée par
release-line-reason = Motif de la décision
event-released = { $count ->
    [0] Dossier communiqué à { $who }
    [one] Dossier communiqué à { $who }, une ligne masquée
   *[other] Dossier communiqué à { $who }, { $count } lignes masquées
 }
error-release-recipient = Dites à qui le dossier est remis.
not-possible-release = La personne responsable de l’éthique communique les dossiers, sauf le sien; ce qui est confié en toute confidentialité ne se communique pas ainsi.
release-line-file = Fichier joint
release-file = { $name } ({ $size }{"\u00A0"}ko)
release-open-file = Ouvrir ce fichier
release-files = Un fichier joint est remis entier ou pas du tout{"\u00A0"}: ce qu’il contient ne se masque pas ici. Ouvrez-le avant de choisir. Avec un fichier, la remise est une archive ZIP, et le document donne l’empreinte de chacun.
not-possible-release-size = Ces fichiers sont trop lourds pour une seule remise. Remettez-les en plusieurs fois.
