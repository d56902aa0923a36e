# Le diagnostic, à la commande et sur sa page.
doctor-name-version = version
doctor-name-database = base de données
doctor-name-journal = journal
doctor-name-agreement = concordance
doctor-name-letters = courriels
doctor-name-offices = rôles
doctor-name-directory = répertoire
doctor-name-calendar = calendrier
doctor-name-buyers = contrats
doctor-name-antivirus = antivirus
doctor-name-public-url = adresse publique
doctor-name-sealing = scellement
doctor-name-memory = mémoire
doctor-name-backup = sauvegarde
doctor-name-codes = codes à la connexion
doctor-name-clock = horloge
doctor-name-disk = disque
doctor-check-failed = la vérification a échoué; voir le journal du serveur
doctor-memory-kept = aucune image de la mémoire n’est écrite si le service tombe
doctor-memory-may-be-written = une image de la mémoire pourrait être écrite si le service tombe{"\u00A0"}: interdisez-le au démarrage (LimitCORE=0)
doctor-journal-broken = la chaîne est rompue à l’événement { $event }
doctor-journal-whole = { $events ->
    [one] { $events } événement
   *[other] { $events } événements
    }, chaîne intacte, { $why }
doctor-journal-whole-but = { $events ->
    [one] { $events } événement
   *[other] { $events } événements
    }, chaîne intacte; { $why }
doctor-journal-stopped = { $events ->
    [one] { $events } événement
   *[other] { $events } événements
    }; { $why }
doctor-journal-witness = { $witness }{"\u00A0"}: { $why }
doctor-journal-unsigned = journal.key_file est vide{"\u00A0"}: rien n’est signé
doctor-journal-covered = tous couverts par { $quorum }
doctor-journal-uncovered = { $events } qu’aucun témoin ne couvre
doctor-journal-uncovered-since = { $events } qu’aucun témoin ne couvre depuis { $minutes }{"\u00A0"}min
doctor-journal-not-yet-covered = { $events ->
    [one] { $events } pas encore couvert
   *[other] { $events } pas encore couverts
    } par { $quorum }
doctor-journal-under = { $events } que moins de { $quorum } couvrent
doctor-journal-under-since = { $events } que moins de { $quorum } couvrent depuis { $minutes }{"\u00A0"}min
doctor-quorum-one = un témoin
doctor-quorum-some = { $wanted ->
    [one] { $wanted } témoin sur { $of }
   *[other] { $wanted } témoins sur { $of }
    }
doctor-sealing-no-key = sealing.key_file est vide{"\u00A0"}: les avis, les signalements et les commentaires sont refusés
doctor-sealing-one-key = { $files ->
    [one] { $files } dossier, fermé
   *[other] { $files } dossiers, fermés
    } avec la clé { $key }
doctor-sealing-older-key = { $files ->
    [one] { $files } dossier
   *[other] { $files } dossiers
    }, dont { $older ->
    [one] { $older } fermé
   *[other] { $older } fermés
    } avec une autre clé que { $key }{"\u00A0"}: probite sealing rewrap
doctor-backup-no-folder = backup.folder est vide{"\u00A0"}: aucune copie n’est faite
doctor-backup-never = aucune copie n’a encore été faite{ $but }
doctor-backup-last = dernière copie il y a { $hours }{"\u00A0"}h{ $but }
doctor-backup-but = ; la dernière tentative a échoué{"\u00A0"}: { $why }
doctor-codes-asked-of-nobody = sign_in.second_factor_for est vide{"\u00A0"}: aucun rôle ne demande de code
doctor-codes-no-key = sealing.key_file est vide{"\u00A0"}: aucun code n’est demandé, faute d’en garder le secret
doctor-codes-all = chaque titulaire d’un rôle qui le demande a choisi un téléphone
doctor-codes-some = { $count ->
    [one] { $count } titulaire choisira
   *[other] { $count } titulaires choisiront
    } un téléphone à la prochaine connexion
doctor-letters-counts = en attente : { $queued }; en cours d’envoi : { $sending }; envoyés : { $sent }; non remis : { $failed }; annulés : { $cancelled }
doctor-offices-held = les rôles essentiels sont tenus
doctor-offices-missing = personne ne tient{"\u00A0"}: { $roles }
doctor-directory-people = { $people ->
    [one] { $people } personne
   *[other] { $people } personnes
    } en service, { $alone } sans gestionnaire
doctor-calendar-covers = jours fériés connus jusqu’au { $day } au moins
doctor-calendar-ends = les jours fériés de l’an prochain manquent au calendrier
doctor-buyers-no-file = aucun fichier de contrats publics n’a été importé
doctor-buyers-none = aucun acheteur n’est nommé (contracts.buyers){"\u00A0"}: seuls les contrats au nom exact de «{"\u00A0"}{ $name }{"\u00A0"}» comptent comme ceux du ministère
doctor-buyers-some = { $count ->
    [one] { $count } nom
   *[other] { $count } noms
    } d’acheteur dans contracts.buyers
doctor-antivirus-none = aucun{"\u00A0"}: les fichiers joints ne sont pas analysés{ $wait }
doctor-antivirus-silent = clamd ne répond pas{ $wait }
doctor-antivirus-wait = ; { $count ->
    [one] { $count } fichier attend
   *[other] { $count } fichiers attendent
 } en quarantaine
doctor-public-url-demo = http, démonstration sur cette machine
doctor-public-url-here = http{"\u00A0"}: pour cette machine seulement
doctor-clock-right = à l’heure
doctor-disk-unseen = server.min_free_percent est 0{"\u00A0"}: la place libre n’est pas regardée
doctor-disk-unknown = la place libre n’est pas dite par ce système
doctor-disk-free = { $free }{"\u00A0"}% de place libre
doctor-disk-short = { $free }{"\u00A0"}% de place libre, moins que { $least }{"\u00A0"}%
