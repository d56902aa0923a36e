# What whoever runs the service reads when it does not start, or when a command cannot be done.

settings-refused = { $setting }: { $why }.
settings-place = { $file }, line { $line }
settings-variable = variable { $name }
settings-unknown = { $place }: there is no setting “{ $key }”.
settings-unknown-meant = { $place }: there is no setting “{ $key }”. Did you mean “{ $meant }”?
settings-misread = { $file } is not a file of settings that can be read: { $why }
settings-wrong = A setting is not of the sort expected: { $why }

settings-why-variable = a variable for a setting is written PROBITE__SECTION__SETTING
settings-why-not-number = “{ $text }” is not a whole number
settings-why-not-boolean = “{ $text }” is neither true nor false
settings-why-at-least = must be at least { $least }
settings-why-between = must be between { $least } and { $most }
settings-why-address = must be http(s)://host[:port] without a final slash
settings-why-https = must begin with https:// unless the service is for this machine only
settings-why-clear = “none” is accepted for a relay of this machine only
settings-why-hours = must come before letters.to_hour, which is at most 24
settings-why-digest = must be between letters.from_hour and letters.to_hour, and letters.digest_minute at most 59
settings-why-mailbox = is not an address such as “Name <user@host>”
settings-why-relays = mail relays do not all accept the address { $text }
settings-why-email = { $text } is not an address such as user@host
settings-why-draft-notice = must be at least two days shorter than retention.draft_days
settings-why-recipients = is empty: nobody could open the copies of backup.folder
settings-why-recipient = { $text } is not a public key made by `probite backup key`
settings-why-stale = must be at least journal.checkpoint_seconds
settings-why-witness-https = { $url } must begin with https:// (http:// on this machine only)
settings-why-quorum = is { $wanted }, and { $asked ->
    [one] { $asked } witness can have a head at once
   *[other] { $asked } witnesses can have a head at once
    }: the folder and programs; mailboxes where there is neither
settings-why-clamd = is neither the path of a socket nor host:port

operator-file = { $file }: { $why }
operator-why-missing = there is no such file or folder
operator-why-forbidden = the service may not open it
operator-why-exists = it is there already, and is not replaced
operator-why-in-use = another program has this address
operator-why-full = the disk is full
operator-why-folder = it is a folder, not a file
operator-why-other = { $cause }
operator-why-journal-key = { $file } does not hold a key made by `probite journal key`
operator-why-cosigner-key = { $file } does not hold a key made by `probite witness key`
operator-why-witness-key = the key of witness { $url } is not one made by `probite witness key`
operator-why-sealing-key = it is not a sealing key made by `probite sealing key`
operator-why-sealing-other = the file does not hold the key { $key }, with which this file was sealed
operator-identity = { $file } does not hold a private key made by `probite backup key`
operator-not-signed = The journal is no longer the one that was signed at { $events ->
    [one] { $events } event
   *[other] { $events } events
    }: nothing is signed any more.
operator-listen = The service cannot listen on { $address }:{ $port }: { $why }.
operator-postgres = PostgreSQL does not answer: { $why }
operator-sqlite = The database { $file } does not open: { $why }
operator-unsafe-database = The database can lose what it acknowledged: { $why }. Correct it; database.allow_unsafe_settings is for data that is thrown away.
operator-both = { $one }; { $other }

unsafe-version = SQLite { $found } can corrupt a database in WAL mode; { $oldest } or newer is needed
unsafe-journal-mode = journal_mode is { $found }, not wal (network or memory file system?)
unsafe-synchronous = synchronous is { $found }, not FULL
unsafe-file-system = the file is on { $kind }, which does not keep it safely
unsafe-server = { $name } is { $found }
