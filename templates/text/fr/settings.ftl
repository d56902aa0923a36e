# Ce que lit la personne qui exploite le service quand il ne démarre pas, ou qu’une commande ne peut pas se faire.

settings-refused = { $setting } : { $why }.
settings-place = { $file }, ligne { $line }
settings-variable = la variable { $name }
settings-unknown = { $place } : le réglage « { $key } » n’existe pas.
settings-unknown-meant = { $place } : le réglage « { $key } » n’existe pas. Vouliez-vous dire « { $meant } »?
settings-misread = { $file } n’est pas un fichier de réglages lisible : { $why }
settings-wrong = Un réglage n’est pas de la sorte attendue : { $why }

settings-why-variable = une variable de réglage s’écrit PROBITE__SECTION__REGLAGE
settings-why-not-number = « { $text } » n’est pas un nombre entier
settings-why-not-boolean = « { $text } » n’est ni true ni false
settings-why-at-least = doit être au moins { $least }
settings-why-between = doit être entre { $least } et { $most }
settings-why-address = doit être http(s)://hôte[:port], sans barre à la fin
settings-why-https = doit commencer par https://, à moins que le service soit pour cette machine seulement
settings-why-clear = « none » n’est accepté que pour un relais de cette machine
settings-why-hours = doit venir avant letters.to_hour, qui est au plus 24
settings-why-digest = doit être entre letters.from_hour et letters.to_hour, et letters.digest_minute au plus 59
settings-why-mailbox = n’est pas une adresse de la forme « Nom <compte@hôte> »
settings-why-relays = les relais de courriel n’acceptent pas tous l’adresse { $text }
settings-why-email = { $text } n’est pas une adresse de la forme compte@hôte
settings-why-draft-notice = doit être inférieur d’au moins deux jours à retention.draft_days
settings-why-recipients = est vide : personne ne pourrait ouvrir les copies de backup.folder
settings-why-recipient = { $text } n’est pas une clé publique faite par `probite backup key`
settings-why-stale = doit être au moins journal.checkpoint_seconds
settings-why-witness-https = { $url } doit commencer par https:// (http:// sur cette machine seulement)
settings-why-quorum = vaut { $wanted }, et { $asked ->
    [one] { $asked } témoin peut avoir une tête à la fois
   *[other] { $asked } témoins peuvent avoir une tête à la fois
    } : le dossier et les programmes; les boîtes aux lettres quand il n’y a ni l’un ni les autres
settings-why-clamd = n’est ni le chemin d’une prise (socket), ni hôte:port

operator-file = { $file } : { $why }
operator-why-missing = ce fichier ou ce dossier n’existe pas
operator-why-forbidden = le service n’a pas le droit de l’ouvrir
operator-why-exists = il existe déjà, et n’est pas remplacé
operator-why-in-use = l’adresse est déjà prise par un autre programme
operator-why-full = le disque est plein
operator-why-folder = c’est un dossier, et non un fichier
operator-why-other = { $cause }
operator-why-journal-key = { $file } ne contient pas une clé faite par `probite journal key`
operator-why-cosigner-key = { $file } ne contient pas une clé faite par `probite witness key`
operator-why-witness-key = la clé du témoin { $url } n’est pas une clé faite par `probite witness key`
operator-why-sealing-key = ce n’est pas une clé de scellé faite par `probite sealing key`
operator-why-sealing-other = le fichier ne contient pas la clé { $key }, avec laquelle ce dossier a été scellé
operator-identity = { $file } ne contient pas une clé privée faite par `probite backup key`
operator-not-signed = Le journal n’est plus celui qui a été signé à { $events ->
    [one] { $events } événement
   *[other] { $events } événements
    } : rien n’est plus signé.
operator-listen = Le service ne peut pas écouter sur { $address }:{ $port } : { $why }.
operator-postgres = PostgreSQL ne répond pas : { $why }
operator-sqlite = La base { $file } ne s’ouvre pas : { $why }
operator-unsafe-database = La base de données peut perdre ce qu’elle a confirmé : { $why }. Corrigez-le; database.allow_unsafe_settings ne convient qu’à des données jetables.
operator-both = { $one }; { $other }

unsafe-version = SQLite { $found } peut abîmer une base en mode WAL; il faut { $oldest } ou une version plus récente
unsafe-journal-mode = journal_mode vaut { $found } et non wal (système de fichiers en réseau ou en mémoire?)
unsafe-synchronous = synchronous vaut { $found } et non FULL
unsafe-file-system = le fichier est sur { $kind }, qui ne le garde pas sûrement
unsafe-server = { $name } vaut { $found }
