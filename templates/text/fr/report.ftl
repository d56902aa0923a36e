# Rapport d’audit. Espaces insécables (U+00A0) devant : % $ et dans les guillemets; rien devant ; ? !
# Les valeurs « count », « share », etc. arrivent déjà mises en forme; « n » choisit seulement le pluriel.

report-title = Rapport d’audit du registre de l’éthique
report-period = Du { $from } au { $to }
report-highlights = En bref
report-definitions = Définitions
report-contents = Sommaire
report-page = Page
report-page-of = de
report-none = –
report-empty-table = Aucune ligne.
report-chart-data = Données du graphique
report-chart-desc = Les valeurs sont dans le tableau qui suit.
report-others = Autres types
report-whole-organisation = Toute l’organisation.
report-no-policy = Aucune version de politique enregistrée pour la période
report-unknown-disposition = Pas encore connue
report-unknown-category = Sans catégorie
report-unknown-outcome = Sans résultat
report-unknown-value = Valeur inconnue

## Page de titre

report-meta-scope = Portée
report-meta-population = Population
report-meta-policies = Politiques en vigueur
report-meta-generated = Produit le
report-meta-by = Produit par
report-population-text = { $n ->
    [one] { $count } membre du personnel en fonction; { $declarants } a déclaré ({ $share })
   *[other] { $count } membres du personnel en fonction; { $declarants } ont déclaré ({ $share })
  }

report-key-declarations = Déclarations
report-key-on-time = À temps
report-key-p50 = Délai médian
report-key-p90 = Délai P90
report-key-pending = En attente
report-key-late = Dépôts tardifs
report-key-detail-decided = { $value } décidées
report-key-detail-on-time = des décisions
report-key-detail-days = { $n ->
    [one] jour ouvrable
   *[other] jours ouvrables
  }
report-key-detail-overdue = { $n ->
    [0] aucune en retard
   *[other] dont { $count } en retard
  }
report-key-detail-late = { $value } des déclarations

## Mots comptés

report-business-days = { $n ->
    [one] { $count } jour ouvrable
   *[other] { $count } jours ouvrables
  }
report-declarations = { $n ->
    [one] { $count } déclaration
   *[other] { $count } déclarations
  }
report-people = { $n ->
    [one] { $count } personne
   *[other] { $count } personnes
  }
report-pending = { $n ->
    [0] aucune n’attend de décision
    [one] { $count } attend une décision
   *[other] { $count } attendent une décision
  }
report-made-within = { $n ->
    [0] le jour même
    [one] en { $count } jour ouvrable ou moins
   *[other] en { $count } jours ouvrables ou moins
  }
report-overdue = { $n ->
   *[other] { $count } en retard
  }
report-refusals = { $n ->
    [0] Aucun refus
    [one] { $count } refus
   *[other] { $count } refus
  }
report-conditions = { $n ->
    [0] aucune décision avec conditions
    [one] { $count } décision avec conditions
   *[other] { $count } décisions avec conditions
  }

## Constats

report-finding-volume = { $n ->
    [one] { $count } déclaration a été déposée; le mois le plus chargé est { $month }, avec { $most }.
   *[other] { $count } déclarations ont été déposées; le mois le plus chargé est { $month }, avec { $most }.
  }
report-finding-volume-one-month = { $n ->
    [one] { $count } déclaration a été déposée.
   *[other] { $count } déclarations ont été déposées.
  }
report-finding-volume-none = Aucune déclaration n’a été déposée pendant la période.
report-finding-kinds = Le type le plus fréquent est « { $kind } », avec { $share } des déclarations.
report-finding-units = { $n ->
    [one] Une seule unité a déclaré : { $unit }.
   *[other] { $count } unités ont déclaré; la première est « { $unit } », avec { $share } des déclarations.
  }
report-finding-states = { $n ->
    [one] { $count } déclaration est décidée ({ $share }); { $pending }.
   *[other] { $count } déclarations sont décidées ({ $share }); { $pending }.
  }
report-finding-delays = La moitié des décisions sont rendues { $half } et neuf sur dix { $most }; { $share } respectent l’échéance.
report-finding-delays-none = Aucune décision n’a été rendue sur les déclarations de la période.
report-finding-pending = { $n ->
    [one] { $count } déclaration attend une décision, dont { $overdue }; l’échéance est dépassée de { $worst } au plus.
   *[other] { $count } déclarations attendent une décision, dont { $overdue }; l’échéance est dépassée de { $worst } au plus.
  }
report-finding-pending-on-time = { $n ->
    [one] { $count } déclaration attend une décision; elle n’est pas en retard.
   *[other] { $count } déclarations attendent une décision; aucune n’est en retard.
  }
report-finding-pending-none = Aucune déclaration n’attend de décision.
report-finding-decisions = { $refusals } et { $conditions }; { $share } des décisions portent un motif.
report-finding-decisions-none = Aucune décision n’a été rendue sur les déclarations de la période.
report-finding-gifts = { $n ->
    [one] { $count } cadeau a été déclaré, d’une valeur de { $value }; son sort : « { $disposition } ».
   *[other] { $count } cadeaux ont été déclarés, pour { $value }; la moitié valent { $median } ou moins, et le sort le plus fréquent est « { $disposition } ».
  }
report-finding-gifts-no-value = { $n ->
    [one] { $count } cadeau a été déclaré, de valeur inconnue; son sort : « { $disposition } ».
   *[other] { $count } cadeaux ont été déclarés, tous de valeur inconnue; le sort le plus fréquent est « { $disposition } ».
  }
report-finding-gifts-none = Aucun cadeau n’a été déclaré pendant la période.
report-finding-companies = { $n ->
    [one] Une seule entreprise est nommée : « { $company } », dans { $most } de { $people }.
   *[other] { $count } entreprises sont nommées; la plus souvent déclarée est « { $company } », dans { $most } de { $people }.
  }
report-finding-companies-none = Aucune entreprise n’est nommée dans les déclarations de la période.
report-finding-late = { $n ->
    [one] { $count } déclaration ({ $share }) a été déposée après le délai qui court du fait, avec { $median } de retard.
   *[other] { $count } déclarations ({ $share }) ont été déposées après le délai qui court du fait; le retard médian est de { $median }.
  }
report-finding-late-none = Toutes les déclarations ont été déposées dans le délai qui court du fait.
report-finding-supervisors = { $n ->
    [one] { $count } personne n’avait pas de gestionnaire au répertoire lors du dépôt ({ $declarations }).
   *[other] { $count } personnes n’avaient pas de gestionnaire au répertoire lors du dépôt ({ $declarations }).
  }
report-finding-supervisors-none = Chaque personne qui a déclaré avait un gestionnaire au répertoire lors du dépôt.

## Sections, graphiques, tableaux

report-section-volume = Volume par mois
report-section-kinds = Types de déclarations
report-section-units = Unités
report-section-states = États
report-section-delays = Délais du dépôt à la décision
report-section-pending = Dossiers en attente et en retard
report-section-decisions = Décisions et motifs
report-section-gifts = Cadeaux
report-section-companies = Entreprises les plus déclarées
report-section-late = Déclarations tardives par rapport au fait
report-section-supervisors = Gestionnaires manquants
report-section-method = Méthode et preuve

report-chart-volume = Déclarations déposées par mois et par type
report-chart-units = Déclarations par unité
report-chart-states = Déclarations par état
report-chart-delays = Part des décisions rendues selon le nombre de jours ouvrables
report-chart-ages = Dossiers en attente selon l’ancienneté
report-chart-outcomes = Décisions par résultat
report-chart-gifts = Cadeaux par tranche de valeur
report-chart-companies = Déclarations par entreprise
report-chart-late = Déclarations tardives par type
report-axis-business-days = Jours ouvrables du dépôt à la décision

report-table-months = Déclarations par mois de dépôt et par type
report-table-kinds = Déclarations et délais par type
report-table-units = Déclarations et délais par unité
report-table-states = Déclarations par état
report-table-delays = Décisions rendues selon le délai
report-table-ages = Dossiers en attente selon l’ancienneté chez la personne qui les détient
report-table-pending = Dossiers en attente, l’échéance la plus ancienne d’abord
report-table-outcomes = Décisions par résultat
report-table-strict = Refus et conditions, du plus récent au plus ancien
report-table-reasoned = Autres décisions motivées, de la plus récente à la plus ancienne
report-table-gift-values = Cadeaux par valeur
report-table-gift-dispositions = Cadeaux selon leur sort
report-table-gift-categories = Cadeaux par catégorie
report-table-companies = Entreprises nommées le plus souvent
report-table-late-kinds = Déclarations tardives par type
report-table-late = Déclarations tardives, le plus long retard d’abord
report-table-supervisors = Personnes sans gestionnaire au répertoire lors du dépôt

report-col-month = Mois
report-col-total = Total
report-col-kind = Type
report-col-filed = Déclarations
report-col-decided = Décidées
report-col-pending = En attente
report-col-withdrawn = Retirées
report-col-overdue = En retard
report-col-p50 = P50 (jours)
report-col-p90 = P90 (jours)
report-col-on-time = À temps
report-col-unit-code = Unité
report-col-unit = Nom de l’unité
report-col-state = État
report-col-count = Nombre
report-col-share = Part
report-col-within = Délai
report-col-decisions = Décisions
report-col-age = Ancienneté
report-col-reference = Référence
report-col-holder = Détenu par
report-col-held = Détenu (jours ouvr.)
report-col-due = Échéance
report-col-overdue-days = Retard (jours ouvrables)
report-col-outcome = Résultat
report-col-with-reason = Avec motif
report-col-with-measures = Avec mesures
report-col-decided-on = Décidée le
report-col-decider = Décidée par
report-col-reason = Motif et mesures
report-col-disposition = Sort du cadeau
report-col-category = Catégorie
report-col-value = Valeur
report-col-without-value = Sans valeur
report-col-company = Entreprise
report-col-neq = NEQ
report-col-people = Personnes
report-col-gifts = Cadeaux
report-col-gift-value = Valeur des cadeaux
report-col-late = Tardives
report-col-declarant = Personne
report-col-occurred = Fait
report-col-first-filed = Dépôt
report-col-days-late = Hors délai (jours ouvrables)
report-col-number = Numéro

report-state-submitted = Transmise
report-state-under-review = À l’examen
report-state-info-requested = Précisions demandées
report-state-with-ethics = À l’éthique
report-state-decided = Décidée
report-state-monitoring = En suivi
report-state-closed = Fermée
report-state-withdrawn = Retirée

report-month-1 = janv.
report-month-2 = févr.
report-month-3 = mars
report-month-4 = avr.
report-month-5 = mai
report-month-6 = juin
report-month-7 = juill.
report-month-8 = août
report-month-9 = sept.
report-month-10 = oct.
report-month-11 = nov.
report-month-12 = déc.

report-within = { $n ->
    [0] Le jour même
    [one] { $count } jour ouvrable ou moins
   *[other] { $count } jours ouvrables ou moins
  }
report-longest = { $days } (délai le plus long)
report-age-between = De { $from } à { $to } jours ouvrables
report-age-over = Plus de { $from } jours ouvrables
report-age-unknown = Ancienneté inconnue
report-bin-first = Moins de { $below }
report-bin-between = De { $from } à moins de { $below }
report-bin-last = { $from } et plus
report-measures = Mesures : { $list }

report-note-list = { $shown } lignes sur { $total }. La liste complète est dans le classeur XLSX, feuille « Déclarations ».
report-note-groups = { $shown } lignes sur { $total }. Le reste se calcule du classeur XLSX, feuille « Déclarations ».
report-note-months = Les { $shown } derniers mois sur { $total }. Le reste est dans les chiffres au format JSON.
report-note-glyphs = { $n ->
    [one] { $count } caractère absent de la police du document est remplacé par « ? ». Le classeur XLSX contient le texte exact.
   *[other] { $count } caractères absents de la police du document sont remplacés par « ? ». Le classeur XLSX contient le texte exact.
  }

## Définitions

report-term-filed = Déclaration
report-definition-filed = Dossier soumis pour la première fois pendant la période. Les brouillons ne sont pas comptés.
report-term-decided = Décidée
report-definition-decided = Une décision est inscrite et la déclaration n’est pas retirée.
report-term-pending = En attente
report-definition-pending = Sans décision : transmise, à l’examen, précisions demandées ou à l’éthique.
report-term-withdrawn = Retirée
report-definition-withdrawn = Retirée par la personne qui l’a transmise.
report-term-overdue = En retard
report-definition-overdue = En attente, avec une échéance antérieure au { $date }.
report-term-late = Dépôt tardif
report-definition-late = Première soumission après le délai que son type fixe à partir du fait déclaré.
report-term-percentile = P50, P90
report-definition-percentile = Nombre de jours ouvrables dans lequel 50 % et 90 % des décisions ont été rendues.
report-term-gift = Cadeau
report-definition-gift = Déclaration d’un type qui suit le sort d’un cadeau, non retirée.

## Méthode

report-method-rows = Le rapport lit chaque déclaration soumise pour la première fois pendant la période, telle qu’elle est à l’heure de production. Une correction ou une nouvelle version ne déplace jamais la date du premier dépôt.
report-method-delays = Le délai de décision compte les jours ouvrables du premier dépôt à la décision, selon le calendrier en vigueur. Une décision est à temps si elle est rendue au plus tard à l’échéance. Le retard d’un dossier en attente et celui d’un dépôt se comptent aussi en jours ouvrables, un au moins.
report-method-percentiles = Les percentiles suivent la méthode du rang le plus proche, sans interpolation. Les parts sont arrondies au dixième de pour cent, la demie vers le haut.
report-method-gifts = La valeur d’un cadeau est celle qui est déclarée. Une tranche comprend sa borne inférieure et exclut sa borne supérieure.
report-method-companies = Une entreprise est reconnue par son NEQ, sinon par son nom sans égard aux majuscules.
report-method-lists = Les listes de ce document sont bornées. Le classeur XLSX contient toutes les lignes; le PDF, le classeur et le JSON viennent des mêmes chiffres.
report-method-check = L’empreinte SHA-256 porte sur l’export JSON Lines des lignes, triées par référence. La commande « sha256sum » appliquée à ce fichier doit donner la même valeur.
report-method-utc = Heure de production (UTC)
report-method-count = Nombre de lignes lues
report-method-version = Schéma des chiffres
report-method-head = Dernière tête signée
report-method-head-text = { $n ->
    [one] { $at }, sur { $count } événement du journal
   *[other] { $at }, sur { $count } événements du journal
  }
report-method-witnesses = Témoins qui doivent avoir une tête
report-method-witnesses-text = { $count } sur { $asked } : avant, ce qu’elle couvre attend encore
report-method-waiting = Changements en attente d’un témoin
report-method-waiting-text = { $n ->
    [0] aucun de ceux de la période
    [one] { $count } de la période, depuis { $waiting }
   *[other] { $count } de la période, le plus ancien depuis { $waiting }
  }
report-method-waits = Attente d’un témoin
report-method-waits-text = Temps pendant lequel un changement du journal de la période a pu être réécrit sans qu’un témoin le sache : { $p50 } au plus pour la moitié, { $p99 } pour 99 sur 100, { $longest } pour le plus long ({ $n ->
    [one] { $count } couvert
   *[other] { $count } couverts
  }).
report-span-seconds = { $count } s
report-span-minutes = { $count } min
report-span-hours = { $count } h
report-span-days = { $n ->
    [one] { $count } jour
   *[other] { $count } jours
  }
report-method-hash = SHA-256 des données

## Classeur

report-sheet-summary = Sommaire
report-sheet-figures = Chiffres
report-sheet-rows = Déclarations
report-sheet-method = Méthode
report-sheet-more = suite
report-row-reference = Référence
report-row-kind = Type (id)
report-row-kind-title = Type
report-row-unit-code = Unité
report-row-unit-name = Nom de l’unité
report-row-declarant-number = Numéro
report-row-declarant-name = Personne
report-row-state = État
report-row-outcome = Résultat (id)
report-row-outcome-label = Résultat
report-row-tone = Nature du résultat
report-row-reason = Motif
report-row-measures = Mesures
report-row-first-filed-on = Premier dépôt
report-row-occurred-on = Date du fait
report-row-days-late = Retard du dépôt (jours ouvrables)
report-row-decided-on = Décidée le
report-row-decider-name = Décidée par
report-row-decision-days = Délai (jours ouvrables)
report-row-due-on = Échéance
report-row-on-time = À temps
report-row-holder-name = Détenu par
report-row-held-days = Depuis (jours ouvrables)
report-row-attention = Point à vérifier (0 à 3)
report-row-company-name = Entreprise
report-row-neq = NEQ
report-row-value-cents = Valeur ($)
report-row-category = Catégorie (id)
report-row-category-label = Catégorie
report-row-disposition = Sort du cadeau (id)
report-row-disposition-label = Sort du cadeau
report-row-supervisor-missing = Gestionnaire manquant
report-row-overdue-days = Retard de la décision (jours ouvrables)
report-yes = Oui
report-no = Non
report-tone-positive = Favorable
report-tone-conditional = Avec conditions
report-tone-negative = Défavorable
report-tone-neutral = Sans jugement

## Parties du registre qui ont leur rapport

report-part-team = Les personnes qui relèvent de vous
report-part-contracts = Dossiers liés à un contrat. Les déclarations d’intérêts y sont comptées en résumé, sans ce qui a été décidé.
report-part-sector = Les unités de votre secteur
report-part-unit = Votre unité
report-note-part = Les premières lignes seulement.
report-note-part-months = Les derniers mois seulement.
report-months-hint = Vos chiffres se comptent par mois entiers. Une autre période est élargie du premier jour de son premier mois au dernier jour de son dernier mois.
report-months-widened = Période élargie à des mois entiers{"\u00A0"}: du { $from } au { $to }.
report-links = Rapports
report-link-register = Vue d’ensemble
report-link-team = Mon équipe
report-link-contracts = Contrats
report-link-showcases = Vitrines
report-team-title = Rapport de mon équipe
report-team-lead = Les déclarations des personnes qui relèvent de vous. Ce qui ne vous est pas ouvert n’y est pas compté.
report-team-nobody = Personne ne relève de vous
report-contracts-title = Rapport sur les contrats
report-contracts-lead = Les déclarations qui nomment un contrat ou une entreprise sous contrat, et celles qu’une règle vous signale.
