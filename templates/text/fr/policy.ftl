# Ce qui ne va pas dans un fichier de règles, après « fichier:ligne:colonne ».
policy-toml = Le fichier n’est pas lisible : { $cause }
policy-too-long = Le fichier est trop long.
policy-twice = Une autre règle porte déjà ce nom.
policy-no-kind = La règle ne dit pas à quels types de déclaration elle s’applique.
policy-unknown-kind = { $near ->
    [none] Aucun type de déclaration ne s’appelle « { $name } ».
   *[other] Aucun type de déclaration ne s’appelle « { $name } ». Est-ce « { $near } »?
}
policy-sealed-kind = Les dossiers « { $name } » sont confidentiels : aucune règle ne les lit.
policy-no-text = Le texte « { $name } » manque.
policy-limit-unused = Aucune règle ne se sert du repère « { $name } ».
policy-limit-negative = Le repère « { $name } » est négatif.
rule-syntax = L’expression n’est pas lisible : { $cause }
rule-unknown-fact = { $near ->
    [none] Aucun fait ne s’appelle « { $name } ».
   *[other] Aucun fait ne s’appelle « { $name } ». Est-ce « { $near } »?
}
rule-unknown-limit = { $near ->
    [none] Aucun repère ne s’appelle « { $name } ».
   *[other] Aucun repère ne s’appelle « { $name } ». Est-ce « { $near } »?
}
rule-unknown-answer = { $near ->
    [none] Aucun champ de ces déclarations ne s’appelle « { $name } ».
   *[other] Aucun champ de ces déclarations ne s’appelle « { $name } ». Est-ce « { $near } »?
}
rule-unknown-word = { $near ->
    [none] « { $name } » n’est pas l’un des choix possibles.
   *[other] « { $name } » n’est pas l’un des choix possibles. Est-ce « { $near } »?
}
rule-unknown-function = La fonction « { $name } » n’existe pas dans les règles.
rule-may-be-missing = La réponse « { $name } » peut manquer : comparez-la d’abord (== true, != null).
rule-not-yes-no = Cette partie doit être vraie ou fausse.
rule-not-number = Cette partie doit être un nombre.
rule-not-list = Cette partie doit être une liste.
rule-not-text = Cette partie doit être un texte.
rule-never-equal = Ces deux valeurs ne sont jamais de même nature.
rule-never = Cette comparaison n’est jamais vraie : le seuil ne peut pas être atteint.
rule-always = Cette comparaison est toujours vraie : le seuil ne sert à rien.
rule-by-zero = Division par zéro.
rule-nested = Une liste ne se parcourt pas à l’intérieur d’une autre.
rule-literal = Seuls les nombres entiers, les textes, true, false et null s’écrivent ici.
rule-part = Cette forme d’expression n’existe pas dans les règles.
rule-too-long = L’expression a plus de { $most } parties.

# Les faits que les règles nomment.
fact-kind = Le type de la déclaration.
fact-answers = Les réponses, par champ : answers.champ. Une question sans réponse vaut null.
fact-regime = Le régime de la personne : fonctionnaire, administratrice ou administrateur d’État, en prêt de service.
fact-may-prospect = La personne peut mener de la prospection : sous-ministre, sous-ministre adjointe ou adjoint, direction générale.
fact-lobbying-duty = La fonction de la personne l’oblige à consigner le lobbyisme.
fact-purpose = Le but de l’échange.
fact-category = La nature de ce qui est déclaré : type de cadeau, premier lien d’intérêt.
fact-value-known = La valeur est connue.
fact-value-cents = La valeur déclarée, en cents; 0 si elle est inconnue.
fact-days-late = Les jours de retard sur le délai de dépôt, dans l’unité du type.
fact-has-company = Une entreprise est nommée.
fact-has-neq = Son NEQ est connu.
fact-names-decider = Une personne qui aurait pu décider est nommée.
fact-under-contract = La réponse à « Sous contrat avec le Ministère? » : yes, no, unknown ou rien.
fact-donor-12-months-cents = La valeur des cadeaux du donateur à la personne, sur les 12 mois les plus chargés qui comprennent celui-ci.
fact-donor-12-months-count = Leur nombre, sur 12 mois.
fact-donor-fiscal-year-cents = La valeur des cadeaux du donateur à la personne dans l’exercice financier.
fact-donor-unit-12-months-cents = La même valeur pour toute l’unité, sur 12 mois.
fact-donor-unit-12-months-count = Le nombre de cadeaux du donateur à l’unité, sur 12 mois.
fact-donor-unit-fiscal-year-cents = La valeur des cadeaux du donateur à l’unité dans l’exercice financier.
fact-donor-body-12-months-cents = La même valeur pour tout le Ministère, sur 12 mois, avec les autres entreprises de son groupe.
fact-donor-body-12-months-count = Le nombre de cadeaux du donateur au Ministère, sur 12 mois.
fact-donor-body-fiscal-year-cents = La valeur des cadeaux du donateur et des autres entreprises de son groupe au Ministère dans l’exercice financier.
fact-near-limit-count = Le nombre de cadeaux du donateur à la personne juste sous le repère (limits.near_limit_percent), celui-ci en étant un.
fact-split-cents = La valeur des cadeaux sous le repère remis à la personne en quelques jours (limits.split_days).
fact-split-count = Leur nombre.
fact-open-interests = Nombre d’entreprises où la personne a un intérêt déclaré qu’elle n’a pas dit terminé, compté quand elle déclare n’avoir rien à déclarer.
fact-renews = Ce qu’il est advenu de la déclaration d’intérêts que celle-ci reprend : rien encore (pending), une décision (decided), une directive de la ou du sous-ministre ou d’une autorité externe (directed); vide si elle n’en reprend aucune.
fact-declared-interest = La personne a déclaré un intérêt dans cette entreprise et n’a pas dit qu’il est terminé.
fact-companies-consulted = Les entreprises consultées sur le besoin, celle-ci comprise.
fact-lobbying-case = L’entreprise visait une décision et aucune exclusion de la loi ne s’applique.
fact-lobbying-days-left = Les jours civils qui restent pour inscrire l’activité au registre (30 ou 60); négatif une fois passés.
fact-lobbying-due-on = Le dernier jour pour inscrire l’activité au registre, 30 ou 60 jours civils après le premier; vide quand rien n’est à inscrire.
fact-active-contracts = Les contrats publiés de l’entreprise, ou d’une entreprise fusionnée avec elle, qui courent ce jour-là.
fact-group-active-contracts = Les contrats publiés des autres entreprises de son groupe qui courent ce jour-là.
fact-open-tenders = Les appels d’offres qui attendent encore des soumissions et auxquels elle participe.
fact-group-open-tenders = Les appels d’offres ouverts ce jour-là où d’autres entreprises de son groupe soumissionnent, et pas elle.
fact-ineligible = L’entreprise est au registre des entreprises non admissibles (RENA).
fact-struck-off = L’entreprise est radiée du registre des entreprises (REQ).
fact-neq-unknown = Le NEQ n’est pas au registre des entreprises (REQ) importé.
fact-lobby-look = Ce qu’a trouvé la dernière vérification au registre des lobbyistes notée sur la page de l’entreprise : un mandat (registered), aucun (absent), rien de sûr (unclear); vide si personne n’a vérifié.
fact-lobby-look-on = Le jour de cette vérification; vide si personne n’a vérifié.
fact-lobby-look-days = L’âge de cette vérification, en jours civils; 0 si personne n’a vérifié.

# L’atelier des règles.
policy-title = Règles
policy-tab-rules = Règles en vigueur
policy-tab-versions = Versions et propositions
policy-tab-try = Essai sur un dossier
policy-in-force = En vigueur depuis le { $date }.
policy-recent = { $count ->
    [one] Fréquences sur la dernière déclaration.
   *[other] Fréquences sur les { $count } dernières déclarations.
    }
policy-chapters = Chapitres
policy-open-proposals = Propositions en cours
policy-proposals = Propositions
policy-proposals-none = Aucune proposition jusqu’ici.
policy-propose = Proposer un changement
policy-several-kinds = Plusieurs types de déclaration
policy-fired = Déclenchée { $count } fois
policy-refers = Transmet à l’éthique
policy-tells-monitor = Avise la ou le RARC
policy-how = Comment elle se déclenche
policy-limits = Repères
policy-limit = Repère
policy-limit-value = Valeur
policy-name = Nom dans les règles
policy-facts = Faits que les règles connaissent
policy-author = Auteure ou auteur
policy-on = Le
policy-why = Pourquoi ce changement
policy-why-hint = Pour la personne qui adopte. Cette raison reste au journal.
policy-versions-title = Versions des règles
policy-versions-lead = Rien ne sort de l’historique. Revenir en arrière, c’est proposer de nouveau une version passée.
policy-effective = Date d’effet
policy-effective-hint = Demain ou plus tard. Les déclarations déjà déposées gardent leurs constats.
policy-origin = Origine
policy-adopted-on = Adoptée le { $date }
policy-shipped = Fournie avec le service
policy-hash = Empreinte
policy-go-back = Reprendre
policy-take-up = Reprendre
policy-is-in-force = En vigueur
policy-version-title = Une version des règles
policy-version-lead = Date d’effet : { $date }.
policy-document = Fichier des règles
policy-document-label = Texte complet
policy-document-hint = Pour ajouter ou récrire une règle. Chaque erreur est signalée avec sa ligne.
policy-try-title = Essayer les règles sur un dossier
policy-try-lead = Chaque règle dit si elle se déclenche aujourd’hui, et ce qu’elle a vu.
policy-try-reference = Numéro du dossier
policy-try-do = Essayer
policy-try-unknown = Aucun dossier que vous pouvez lire ne porte ce numéro.
policy-try-proposal = L’essai se fait avec une proposition, pas avec les règles en vigueur.
policy-fires = Se déclenche
policy-try-count = { $count ->
    [0] Aucune règle ne se déclenche.
    [one] Une règle se déclenche.
   *[other] { $count } règles se déclenchent.
}
policy-silent = Ne se déclenche pas
policy-not-evaluated = N’a pas pu être évaluée
policy-saw = Ce qu’elle a vu
policy-value-none = Rien
policy-proposal-title = Changement proposé aux règles
policy-proposal-by = Proposé par { $who }, le { $date }.
policy-decided-by = Décidé par { $who }, le { $date }.
policy-state-draft = Brouillon
policy-state-submitted = À adopter
policy-state-adopted = Adoptée
policy-state-refused = Refusée
policy-state-withdrawn = Retirée
policy-state-over = Délai passé
policy-until = À adopter ou à refuser avant le { $date }; passé ce moment, la proposition revient à qui l’a écrite.
policy-over-since = Personne n’a répondu avant le { $date }. La proposition revient à qui l’a écrite, qui peut la changer, la soumettre de nouveau ou la retirer.
policy-problems = À corriger avant de soumettre
policy-place = Ligne { $line }, colonne { $column }
policy-changes = Ce qui change
policy-changes-none = Rien ne change pour l’instant.
policy-what = Élément
policy-before = Avant
policy-after = Après
policy-date-and-why = Date et raison
policy-save = Enregistrer
policy-save-document = Enregistrer le texte
policy-submit-title = Soumettre à une autre personne
policy-submit-text = La secrétaire générale ou le secrétaire général adopte ou refuse. Vous ne pouvez pas adopter votre propre proposition.
policy-submit = Soumettre la proposition
policy-decide = Votre décision
policy-decide-text = Les règles adoptées s’appliquent dès la date d’effet. Les déclarations en cours gardent leurs constats.
policy-adopt = Adopter
policy-refuse = Refuser
policy-refuse-why = Pourquoi vous refusez
policy-withdraw = Retirer la proposition
policy-replay-do = Rejouer sur le passé
policy-replay-title = Rejeu sur le passé
policy-replay-lead = Ce que la proposition aurait changé depuis le { $date }, chaque déclaration étant vue comme au jour de son dépôt.
policy-replay-years = { $years ->
    [one] 1 an
   *[other] { $years } ans
}
policy-replay-period = Période du rejeu
policy-replay-looked-at = Déclarations regardées
policy-replay-changed = Déclarations qui changent
policy-replay-referred = Transmises à l’éthique en plus
policy-replay-not-referred = Qui ne le seraient plus
policy-replay-more-severe = Constats plus graves
policy-replay-less-severe = Constats moins graves
policy-replay-nothing = La proposition n’aurait rien changé.
policy-replay-by-rule = Par règle
policy-replay-by-unit = Par unité
policy-rule = Règle
policy-replay-examples = Exemples récents
policy-replay-gains = Se déclencherait{"\u00A0"}:
policy-replay-loses = Ne se déclencherait plus{"\u00A0"}:
policy-replay-goes = le dossier irait à l’éthique
policy-replay-stays = le dossier n’irait plus à l’éthique
back-policy = Retour aux règles
back-policy-versions = Retour aux versions
back-policy-proposal = Retour à la proposition
nav-policy = Règles
flash-policy-begun = La proposition est ouverte. Rien ne change tant qu’elle n’est pas adoptée.
flash-policy-saved = La proposition est enregistrée.
flash-policy-submitted = La proposition est soumise.
flash-policy-adopted = La proposition est adoptée. Elle s’applique dès sa date d’effet.
flash-policy-refused = La proposition est refusée. La personne qui l’a écrite en est avisée.
flash-policy-withdrawn = La proposition est retirée.
error-policy-note = Dites pourquoi ce changement est proposé.
error-policy-effective = La date d’effet doit être demain ou plus tard.
error-policy-same = La proposition ne change rien aux règles en vigueur.
error-policy-problems = Corrigez d’abord ce qui est signalé plus haut.
error-policy-number = Écrivez un nombre entier, zéro ou plus.
not-possible-policy-problems = Le fichier de cette proposition contient des erreurs.
not-possible-policy-date = La date d’effet est passée. Demandez une nouvelle proposition.
not-possible-policy-decided = Cette proposition n’attend plus ce geste.
not-possible-policy-over = Le délai pour répondre à cette proposition est passé. Elle doit être soumise de nouveau.
not-possible-policy-own = Une autre personne doit adopter votre proposition.
not-possible-policy-sealed = Aucune règle ne lit les dossiers confidentiels.
limit-gift-attention-cents = Valeur d’un cadeau qui mérite attention
limit-near-limit-percent = Part de cette valeur à partir de laquelle un cadeau est juste dessous (%)
limit-near-limit-count = Cadeaux juste sous la valeur, en 12 mois
limit-split-days = Jours où des cadeaux rapprochés comptent ensemble
limit-gift-donor-12-months-cents = Total d’un donateur à une personne, en 12 mois
limit-gift-donor-12-months-count = Cadeaux d’un donateur à une personne, en 12 mois
limit-gift-donor-unit-12-months-cents = Total d’un donateur à une unité, en 12 mois
limit-gift-donor-body-12-months-cents = Total d’un donateur au Ministère, en 12 mois
limit-needs-min-companies = Entreprises à consulter sur un besoin
limit-lobby-look-most-days = Jours après lesquels une vérification au registre des lobbyistes est ancienne
limit-event-notice-days = Jours ouvrables de préavis pour un événement
letter-fact-effective = Date d’effet
letter-fact-answer-before = Réponse attendue avant
letter-rules-proposed-subject = Changement de règles à adopter
letter-rules-proposed-preheader = { $who } propose un changement
letter-rules-proposed-body =
    { $who } propose un changement aux règles du registre. Rien ne change avant votre décision.

    La page montre ce qui change et ce que cela aurait donné sur les dernières années. Sans réponse à temps, la proposition revient à qui l’a écrite.
letter-rules-proposed-action = Lire la proposition
letter-rules-proposed-reason = Vous recevez ce courriel parce que vous adoptez les règles du registre.
letter-rules-adopted-subject = Votre proposition de règles est adoptée
letter-rules-adopted-preheader = Elle s’appliquera à la date d’effet
letter-rules-adopted-body =
    Le changement que vous avez proposé aux règles est adopté. Il s’appliquera aux déclarations déposées à compter de la date d’effet.
letter-rules-adopted-action = Voir la proposition
letter-rules-adopted-reason = Vous recevez ce courriel parce que vous avez proposé ce changement.
letter-rules-refused-subject = Votre proposition de règles est refusée
letter-rules-refused-preheader = La raison est sur la page
letter-rules-refused-body =
    Le changement que vous avez proposé aux règles n’est pas adopté. La raison est sur la page de la proposition.
letter-rules-refused-action = Lire la raison
letter-rules-refused-reason = Vous recevez ce courriel parce que vous avez proposé ce changement.
views-label = Vues

policy-doc-lead = Écrit par `probite policy table` à partir des fichiers de `config/`; ne pas modifier à la main. Les phrases sont résumées dans nos mots.
policy-doc-sentences = La politique, phrase par phrase
policy-doc-section = Section
policy-doc-sentence = Ce que demande la politique
policy-doc-answer = Ce qui y répond
policy-doc-by-rules = Règles :
policy-doc-by-fields = Champs :
policy-doc-judgement = Jugement :
policy-doc-rules = Les règles
policy-doc-facts = Les faits que les règles peuvent nommer

policy-decide-risk = Une règle qui décide seule est de simple information : elle ne transmet rien et n’avise personne d’autre.
policy-decide-outcome = « { $name } » n’est pas une décision que le service peut prendre seul pour { $kind }.

policy-tab-pack = Échanger
pack-title = Échanger des règles et des formulaires
pack-lead = Un paquet signé porte les règles et les formulaires en vigueur d’un organisme à un autre. Rien n’entre en vigueur par lui-même{"\u00A0"}: ce qui arrive devient des propositions, que deux personnes d’ici lisent, modifient et adoptent.
pack-take = Emporter les règles et les formulaires d’ici
pack-take-text = Le fichier porte la politique et les formulaires en vigueur aujourd’hui, sans aucun renseignement sur une personne. Remettez la clé publique par une autre voie que le fichier.
pack-download = Télécharger le paquet signé
pack-own-key = Clé publique de ce registre{"\u00A0"}:
pack-no-key = Ce registre ne signe rien{"\u00A0"}: journal.key_file n’est pas réglé. Demandez à l’administration du système de faire une clé.
pack-bring = Apporter ceux d’un autre organisme
pack-file = Paquet reçu
pack-key = Clé publique de l’organisme
pack-key-hint = La ligne qu’il vous a remise, par exemple{"\u00A0"}: registre.exemple/journal+3d5e…+AQ…
pack-read-it = Vérifier et ouvrir les propositions
pack-read = Paquet de { $who }, signature vérifiée
pack-opened = Ces propositions sont ouvertes à votre nom, en brouillon{"\u00A0"}:
pack-nothing = Tout ce qu’il porte est déjà en vigueur ici.
pack-same = Déjà en vigueur ici, mot pour mot
pack-new = Nouveaux formulaires
pack-new-text = Ce registre n’a pas les formulaires qui suivent et on ne peut pas les adopter ici. Qui lit leurs dossiers et combien de temps ils sont gardés se règle dans des fichiers que le service vérifie quand il démarre{"\u00A0"}: adoptés sans eux, leurs dossiers n’auraient ni lectorat ni durée de conservation. Le reste du paquet n’en dépend pas.
pack-new-how = Pour en avoir un, l’administration du système{"\u00A0"}:
pack-new-file = place son fichier avec ceux des autres formulaires (files.kinds);
pack-new-kept = lui donne une durée de conservation (files.retention);
pack-new-read = dit quels rôles lisent ses dossiers (files.access), puis redémarre le service.
pack-new-size = { $pages ->
        [one] Une page
       *[other] { $pages } pages
    }, { $questions ->
        [one] une question
       *[other] { $questions } questions
    }.
pack-new-rules = Des règles de ce paquet en parlent. Retirez-les de la proposition, ou attendez d’avoir le formulaire{"\u00A0"}:
pack-new-problems = Son fichier ne peut pas servir ici tel quel{"\u00A0"}:
pack-new-document = Le fichier du formulaire
pack-note = Paquet de { $who }, signé par { $key }.
not-possible-pack = Ce registre n’a pas de clé pour signer un paquet.
error-pack-key = Copiez toute la ligne de la clé publique{"\u00A0"}: un nom, un signe plus, un identifiant, un signe plus, la clé.
error-pack-format = Choisissez un paquet fait par ce service chez un autre organisme.
error-pack-signature = Le paquet n’est pas signé par cette clé. Vérifiez la clé auprès de l’organisme, par une autre voie que le fichier.
error-pack-changed = Un fichier du paquet n’est pas celui qui a été signé. Redemandez le paquet à l’organisme.
