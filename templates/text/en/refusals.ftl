# What is answered to whoever verifies a receipt, a folder of evidence or a copy, and to whoever runs the register: witnesses, copies, sealing.
verify-unreadable = the archive cannot be read: { $why }
verify-too-long = the archive cannot be read: { $file } is too long
verify-manifest-not-signed = the list of files is not signed by { $name }
verify-changed = { $file } is not the one of the signed list
verify-missing = { $file } is missing
verify-unlisted = { $file } is not in the signed list
verify-head-not-signed = the head of the tree is not signed by { $name }
verify-count = { $found ->
    [one] { $found } event
   *[other] { $found } events
    }, and the signed head covers { $signed }
verify-root = the events do not give the tree that is signed
verify-forked = { $size ->
    [one] the first event is not that of the other signed head
   *[other] the first { $size } events are not those of the other signed head
    }
verify-not-the-one = event { $event } is not that of the receipt
verify-listed = the head of { $size ->
    [one] { $size } event
   *[other] { $size } events
    } that is in the list is not that of the events
verify-line = line { $line }: neither an event nor a hash
verify-kept-not-signed = what was kept elsewhere is not a head signed by { $name }
verify-kept-receipt = what was kept elsewhere proves nothing: { $why }

receipt-unreadable = this is not a receipt: { $why }
receipt-not-signed = the tree of the receipt is not signed by { $name }
receipt-not-included = event { $event } is not in the signed tree
receipt-empty = the receipt holds no event

copy-closed = the copy does not open with this key: { $why }
copy-damaged = the copy is incomplete or damaged: { $why }
copy-unfinished = the copy has no list of what it holds: it was not finished
copy-not-ours = the list is not signed by { $name }: the copy comes from elsewhere
copy-engine = the copy comes from { $found }, and the database is { $wanted }
copy-database = the database of the copy is damaged: { $fault }
copy-journal = the journal of the copy is not the one that is signed
copy-forked = { $size ->
    [one] the first event is not the one that a witness saw
   *[other] the first { $size } events are not those that a witness saw
    }
copy-unwitnessed = no witness saw the beginning of this journal: nothing shows that the copy is from here
copy-older = the copy has { $held ->
    [one] { $held } event
   *[other] { $held } events
    }, and a witness saw { $seen }: { $lost } would be lost
copy-recipients-empty = backup.recipients is empty: nobody could open the copy
copy-no-key = journal.key_file names no key: the copy would not be signed
copy-failed = the copy could not be made; see the server log
place-taken = { $path } is there already
place-not-empty = the database is not empty: table { $table }

shares-count = { $needed ->
    [one] { $needed } share
   *[other] { $needed } shares
    } of { $count }: at least two are needed, and no more than there are
shares-not-one = “{ $start }…” is not a share made by `probite sealing split`
shares-mixed = these shares are not all of the same key
shares-none = no share was given
shares-few = { $count ->
    [one] { $count } share
   *[other] { $count } different shares
    }: { $needed } are needed
shares-changed = these shares do not give the key back: one was changed

# $saw is « le témoin a vu autre chose » : the mark by which these answers stop the signing (src/journal/programs.rs).
witness-ahead = { $saw }: { $seen ->
    [one] { $seen } event
   *[other] { $seen } events
    }, and the journal has { $size }
witness-another = { $saw }: { $seen ->
    [one] { $seen } event that is not that of the journal
   *[other] { $seen } events that are not those of the journal
    }
witness-unreachable = the witness does not answer: { $why }
witness-overtaken = the witness already has a larger head
witness-refused = the witness refuses ({ $status }): { $why }
witness-not-its = the answer is not signed with the key of the witness
witness-stop = { $why }: nothing is signed
witness-folder-unread = the folder of the witness cannot be read ({ $why })
witness-saw-more = a witness saw { $seen ->
    [one] { $seen } event
   *[other] { $seen } events
    }, and the journal has { $size }
witness-saw-other = { $seen ->
    [one] the first event is not the one that a witness saw
   *[other] the first { $seen } events are not those that a witness saw
    }
witness-head-gone = the folder of the witness does not have the head of { $given ->
    [one] { $given } event
   *[other] { $given } events
    } that was left there
head-fewer = the journal has fewer events than the { $size } that are signed
head-other = the journal is not the one that was signed at { $size ->
    [one] { $size } event
   *[other] { $size } events
    }: nothing is signed
head-unreadable = the journal cannot be read up to its last signed head: { $why }
