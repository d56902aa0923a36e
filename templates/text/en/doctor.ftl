# The diagnosis, of the command and on its page.
doctor-name-version = version
doctor-name-database = database
doctor-name-journal = journal
doctor-name-agreement = agreement
doctor-name-letters = letters
doctor-name-offices = roles
doctor-name-directory = directory
doctor-name-calendar = calendar
doctor-name-buyers = contracts
doctor-name-antivirus = antivirus
doctor-name-public-url = public address
doctor-name-sealing = sealing
doctor-name-memory = memory
doctor-name-backup = backup
doctor-name-codes = sign-in codes
doctor-name-clock = clock
doctor-name-disk = disk
doctor-check-failed = the check failed; see the server log
doctor-memory-kept = no image of the memory is written if the service falls
doctor-memory-may-be-written = an image of the memory could be written if the service falls: forbid it where the service is started (LimitCORE=0)
doctor-journal-broken = the chain is broken at event { $event }
doctor-journal-whole = { $events ->
    [one] { $events } event
   *[other] { $events } events
    }, chain whole, { $why }
doctor-journal-whole-but = { $events ->
    [one] { $events } event
   *[other] { $events } events
    }, chain whole; { $why }
doctor-journal-stopped = { $events ->
    [one] { $events } event
   *[other] { $events } events
    }; { $why }
doctor-journal-witness = { $witness }: { $why }
doctor-journal-unsigned = journal.key_file is empty: nothing is signed
doctor-journal-covered = all covered by { $quorum }
doctor-journal-uncovered = { $events } that no witness covers
doctor-journal-uncovered-since = { $events } that no witness has covered for { $minutes }{"\u00A0"}min
doctor-journal-not-yet-covered = { $events } not covered by { $quorum } yet
doctor-journal-under = { $events } that fewer than { $quorum } cover
doctor-journal-under-since = { $events } that fewer than { $quorum } have covered for { $minutes }{"\u00A0"}min
doctor-quorum-one = a witness
doctor-quorum-some = { $wanted ->
    [one] { $wanted } witness of { $of }
   *[other] { $wanted } witnesses of { $of }
    }
doctor-sealing-no-key = sealing.key_file is empty: opinions, reports and comments are refused
doctor-sealing-one-key = { $files ->
    [one] { $files } file
   *[other] { $files } files
    }, closed with the key { $key }
doctor-sealing-older-key = { $files ->
    [one] { $files } file
   *[other] { $files } files
    }, { $older } of them closed with another key than { $key }: probite sealing rewrap
doctor-backup-no-folder = backup.folder is empty: no copy is made
doctor-backup-never = no copy was made yet{ $but }
doctor-backup-last = last copy { $hours }{"\u00A0"}h ago{ $but }
doctor-backup-but = ; the last attempt failed: { $why }
doctor-codes-asked-of-nobody = sign_in.second_factor_for is empty: no role asks for a code
doctor-codes-no-key = sealing.key_file is empty: no code is asked for, since its secret could not be kept
doctor-codes-all = every holder of a role that asks for one has chosen a telephone
doctor-codes-some = { $count ->
    [one] { $count } holder
   *[other] { $count } holders
    } will choose a telephone at the next sign-in
doctor-letters-counts = waiting: { $queued }; being sent: { $sending }; sent: { $sent }; not delivered: { $failed }; cancelled: { $cancelled }
doctor-offices-held = the essential roles are held
doctor-offices-missing = nobody holds: { $roles }
doctor-directory-people = { $people ->
    [one] { $people } person
   *[other] { $people } people
    } in service, { $alone } without a supervisor
doctor-calendar-covers = public holidays known until { $day } at least
doctor-calendar-ends = the public holidays of next year are missing from the calendar
doctor-buyers-no-file = no file of public contracts was imported
doctor-buyers-none = no buyer is named (contracts.buyers): only contracts under the exact name “{ $name }” count as those of the ministry
doctor-buyers-some = { $count ->
    [one] { $count } name of a buyer
   *[other] { $count } names of buyers
    } in contracts.buyers
doctor-antivirus-none = none: files joined are not scanned{ $wait }
doctor-antivirus-silent = clamd does not answer{ $wait }
doctor-antivirus-wait = ; { $count ->
    [one] { $count } file waits
   *[other] { $count } files wait
 } in quarantine
doctor-public-url-demo = http, a demonstration on this machine
doctor-public-url-here = http: for this machine only
doctor-clock-right = on time
doctor-disk-unseen = server.min_free_percent is 0: free room is not looked at
doctor-disk-unknown = this system does not say how much room is free
doctor-disk-free = { $free }{"\u00A0"}% of room free
doctor-disk-short = { $free }{"\u00A0"}% of room free, less than { $least }{"\u00A0"}%
