# Le journal et ce qu’il atteste : comparaisons, registre tel que connu.
agreement-database = La base de données est abîmée{"\u00A0"}: { $fault }
agreement-chain = Journal{"\u00A0"}: la chaîne est rompue à l’événement { $event }.
agreement-head = Journal{"\u00A0"}: { $size ->
    [one] le premier événement n’est pas celui de la tête signée
   *[other] les { $size } premiers événements ne sont pas ceux de la tête signée
    } à ce nombre.
agreement-gone = Dossier { $declaration }{"\u00A0"}: l’événement { $event } en parle, et il n’est plus dans la base.
agreement-untold = { $declaration }{"\u00A0"}: aucun événement n’en parle.
agreement-row = { $declaration }{"\u00A0"} : ce qui suit n’est pas ce que l’événement { $event } a laissé : { $part }.
agreement-part-state = l’état et ce qui en dépend
agreement-part-decision = l’issue et la personne qui a décidé
agreement-part-holder = la personne ou le bureau qui a le dossier
agreement-part-due = l’échéance et ce qui en dépend
agreement-part-answers = les réponses
agreement-part-rest = les faits, les constats ou les dates
agreement-part-measures = les suivis que la décision demande
agreement-part-joined = les fichiers joints
agreement-role = Personne { $person }, rôle «{"\u00A0"}{ $role }{"\u00A0"}»{"\u00A0"}: aucun événement ne l’a donné tel quel, ou il manque.
agreement-token = Personne { $person }, jeton «{"\u00A0"}{ $name }{"\u00A0"}»{"\u00A0"}: aucun événement ne l’a fait tel quel, ou il est retiré.
agreement-readings = Registre des lectures{"\u00A0"}: les lectures { $first } à { $last } ne sont pas celles que le journal a scellées.
agreement-closed = Dossier { $declaration }{"\u00A0"}: ce qui en est gardé ne s’ouvre pas.
agreement-version = { $declaration }{"\u00A0"}: la version { $number } n’est pas celle du journal.
agreement-decision = { $declaration }{"\u00A0"}: la décision sur la version { $number } n’est pas celle du journal.
agreement-content = { $declaration }{"\u00A0"}: le contenu du fichier joint { $sha256 } manque ou n’est pas ce qui a été joint.
agreement-attachment = { $declaration }{"\u00A0"}: le fichier joint { $attachment } n’est pas celui que les réponses nomment.
agreement-thing = { $thing }{"\u00A0"}: la base n’est pas ce que l’événement { $event } a laissé.
agreement-thing-gone = { $thing }{"\u00A0"}: l’événement { $event } en parle, et la base ne l’a plus.
agreement-thing-untold = { $thing }{"\u00A0"}: aucun événement n’en parle.
imprint-directory = Répertoire du personnel
imprint-company = Entreprise
imprint-object = Objet remis à l’État
imprint-showcase = Vitrine
imprint-passport = Passeport d’événement
imprint-precedent = Précédent
imprint-absences = Absences de la personne
imprint-hold = Gel
imprint-incident = Incident de confidentialité
imprint-campaign = Campagne
imprint-act = Acte à deux personnes
imprint-retention-list = Liste de destruction
imprint-policy-proposal = Proposition de règles
imprint-policy-version = Version des règles
imprint-form-proposal = Proposition de formulaire
imprint-form-version = Version de formulaire
imprint-comment = Commentaire
imprint-rectification = Rectification
imprint-lobby-checks = Vérifications au registre des lobbyistes, entreprise
imprint-cross-check = Recoupement
imprint-opinion = Avis, dossier
imprint-outside-decisions = Décision externe, dossier
imprint-passport-link = Lien à un passeport, dossier
imprint-confirmations = Confirmations de la personne
imprint-credentials = Preuves d’identité de la personne
imprint-calendar-feeds = Adresses de calendrier de la personne
agreement-unreadable = la comparaison n’a pas pu être faite; voir le journal du serveur
agreement-never-asked = journal.compare_every_hours est 0{"\u00A0"}: les tables ne sont jamais comparées avec le journal
agreement-never = les tables n’ont pas encore été comparées avec le journal
agreement-holds = { $files ->
    [one] { $files } dossier dit
   *[other] { $files } dossiers disent
    } ce que { $events ->
    [one] dit { $events } événement
   *[other] disent { $events } événements
    }, il y a { $hours }{"\u00A0"}h
agreement-differs = { $differences ->
    [one] une différence
   *[other] { $differences } différences
 }{"\u00A0"}: { $first }
agreement-summary = { $events ->
    [one] { $events } événement
   *[other] { $events } événements
    }, { $heads ->
    [one] { $heads } tête signée
   *[other] { $heads } têtes signées
    }, { $files ->
    [one] { $files } dossier
   *[other] { $files } dossiers
    } (dont { $unsaid } d’avant la version qui les compare), { $things ->
    [one] { $things } autre chose
   *[other] { $things } autres choses
    } (dont { $things_unsaid }){"\u00A0"}: { $differences ->
    [0] tout concorde.
    [one] une différence.
   *[other] { $differences } différences.
 }
doctor-clock-behind = l’horloge de la machine retarde de { $seconds } s sur ce qui est déjà consigné{"\u00A0"}: les heures continuent de là, à demi-vitesse; remettez-la à l’heure

as-known-title = Registre tel que connu à une date
as-known-link = Voir le registre tel que connu à une date
as-known-lead = Ce que le journal avait consigné à la fin d’une journée, quoi qu’il soit arrivé depuis. Une liste produite plus tard pour la même date dit la même chose.
as-known-day = Date
as-known-show = Afficher
as-known-on = Au { $date }, à la fin de la journée
as-known-reach = Le journal avait alors { $event ->
    [one] { $event } événement
   *[other] { $event } événements
    }.
as-known-head = La première tête signée qui les couvre tous en compte { $size } et date du { $date }.
as-known-root = Racine de cette tête, à comparer avec celle d’un témoin{"\u00A0"}:
as-known-kind = Type
as-known-last = Dernier événement
as-known-event = n° { $event }, { $date }
as-known-since = Aujourd’hui{"\u00A0"}:
as-known-unsaid = Non consigné à cette époque
as-known-destroyed = Un dossier détruit depuis selon le calendrier de conservation n’y est plus; son certificat est dans le journal.
as-known-empty = Aucun dossier n’était au registre à cette date.
back-known = Registre à cette date
as-known-file-lead = Ce que le journal avait de ce dossier à la fin de cette journée, relu de ses événements seuls.
as-known-file-now = Voir le dossier d’aujourd’hui
as-known-answers = Réponses
as-known-same = Elles ont l’empreinte que le journal a gardée ce jour-là.
as-known-other = Elles n’ont pas l’empreinte que le journal a gardée ce jour-là{"\u00A0"}: avertissez la personne qui administre le service.
