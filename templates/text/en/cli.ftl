# What commands answer.
cli-error = probite: { $words }
cli-field = { $field }: { $text }
cli-not-found = not found
cli-migrated = The database is up to date.
cli-refused = REFUSED: { $why }.
cli-worked-once = { $sent } sent, { $retried } to try again, { $failed } undelivered, { $reminders ->
    [one] { $reminders } reminder
   *[other] { $reminders } reminders
    }

cli-doctor-ok = good
cli-doctor-warning = warning
cli-doctor-failed = TO CORRECT
cli-doctor-check = { $name }: { $detail }

cli-backup-no-folder = backup.folder is empty
cli-backup-made = { $events ->
    [one] { $events } event
   *[other] { $events } events
    }, { $files ->
    [one] { $files } file
   *[other] { $files } files
    }: { $path }
cli-backup-kept = { $file }, { $bytes ->
    [one] { $bytes } byte
   *[other] { $bytes } bytes
    }
cli-backup-removed = { $file }, deleted on { $day }
cli-backup-failed = FAILED: { $why }
cli-backup-unfinished = unfinished
cli-backup-key = --key is not a public key
cli-backup-needs-key = journal.key_file names no key: give --key
cli-backup-valid = VALID: { $copy }
cli-backup-restored = RESTORED: { $copy }
cli-backup-restored-next = Nobody is signed in any more. { $letters ->
    [0] No letter was waiting.
    [one] { $letters } letter was waiting: it is marked “failed”, to be sent again if it had not left.
   *[other] { $letters } letters were waiting: they are marked “failed”, to be sent again one by one if they had not left.
    } Roles and tokens are those of the day of the copy: read them again.
cli-backup-copy = copy of { $at } UTC, { $events ->
    [one] { $events } event
   *[other] { $events } events
    }, { $files ->
    [one] { $files } file joined
   *[other] { $files } files joined
    }, { $heads ->
    [one] { $heads } head of a witness continued
   *[other] { $heads } heads of witnesses continued
    }.
cli-backup-lost = LOST: { $events ->
    [one] { $events } event
   *[other] { $events } events
    } that a witness had seen.
cli-backup-missing = { $files ->
    [one] { $files } file that is named is not in the copy.
   *[other] { $files } files that are named are not in the copy.
    }

cli-campaign-open = open
cli-campaign-closed = closed on { $day }
cli-campaign-progress = { $answered } of { $people } ({ $share }), due on { $day }
cli-campaign-of = of
cli-campaign-excepted = { $people ->
    [one] { $people } person left out
   *[other] { $people } people left out
    }
cli-campaign-would-ask = { $people ->
    [one] { $people } person to invite
   *[other] { $people } people to invite
    }, { $excepted } left out
cli-campaign-would-miss = without an address: { $address }; without a supervisor: { $supervisor }; away: { $away }
cli-campaign-would-remind = reminders: { $days }

cli-import-progress = lines read: { $lines }
cli-import-register = { $file }: { $enterprises ->
    [one] { $enterprises } enterprise
   *[other] { $enterprises } enterprises
    }, { $names ->
    [one] { $names } name
   *[other] { $names } names
    }, { $problems } to correct; { $outcome }.
cli-import-read = { $file }: { $rows } read, { $left ->
    [one] { $left } of another buyer
   *[other] { $left } of other buyers
    }, { $problems } to correct; { $outcome }.
cli-import-refused = refused, nothing was changed
cli-import-register-known = this is the register in force, nothing was changed
cli-import-known = already imported, nothing was changed
cli-import-nothing-changed = nothing was changed
cli-import-in-force = in force
cli-import-would-change = { $changes ->
    [one] { $changes } change
   *[other] { $changes } changes
    } would be made
cli-import-changed = { $changes ->
    [one] { $changes } change
   *[other] { $changes } changes
    }
cli-import-more = … and { $count } more
cli-import-resumed = Resumed after { $lines ->
    [one] { $lines } line
   *[other] { $lines } lines
    }, written by an import that was stopped.
cli-import-part = { $file }: { $rows ->
    [one] { $rows } line
   *[other] { $rows } lines
    } read, { $kept } of use.
cli-import-part-missing = { $file }: not in the archive.
cli-import-relation = FusionScissions, code { $code } ({ $label }): { $taken }, { $rows ->
    [one] { $rows } line
   *[other] { $rows } lines
    }.
cli-import-no-label = without a label
cli-import-merger = merger, followed
cli-import-split = split, shown without being followed
cli-import-unknown = unknown, left aside
cli-import-crosschecks = { $count ->
    [one] { $count } match
   *[other] { $count } matches
 } with declarations already in the register; the people concerned are told.

cli-key-needs-name = --name is needed to make a key
cli-key-public = --key is not a public key (name+id+key)
cli-journal-no-key = journal.key_file names no key
cli-evidence-made = { $events ->
    [one] { $events } event
   *[other] { $events } events
    }, { $withheld } of them withheld: { $path }
cli-evidence-key = public key: { $key }
cli-verify-archive = VALID: { $events ->
    [one] { $events } event
   *[other] { $events } events
    } ({ $withheld } withheld), { $files ->
    [one] { $files } file
   *[other] { $files } files
    }, journal signed by { $name }.
cli-verify-receipt = VALID: { $about }, journal of { $events ->
    [one] { $events } event
   *[other] { $events } events
    } signed by { $name }.
cli-verify-event = event { $event }: { $told }
cli-verify-report = VALID: report ({ $format }) from { $from } to { $to }, { $rows ->
    [one] { $rows } row
   *[other] { $rows } rows
    }, hash { $hash }.
cli-verify-report-journal = journal of { $events ->
    [one] { $events } event
   *[other] { $events } events
    } signed by { $name }, root { $root }
cli-verify-not-this-report = this file is not, byte for byte, any of the reports of the proof
cli-verify-checkpoint-needs-archive = --checkpoint is compared with a folder of evidence (.zip): a receipt alone does not have the journal between the two heads
cli-verify-witness = --witness is not the public key of a witness
cli-verify-unseen = the head is not signed by the witness { $witness }
cli-verify-witnessed = seen by { $name } on { $day } at { $time } UTC
cli-witness-journal = --journal is not the public key of a journal
evidence-event = { $event }, { $at }
evidence-report = { $event }, { $at }, { $rows ->
    [one] { $rows } row
   *[other] { $rows } rows
    }, hash { $hash }
evidence-report-file = { $event }, { $at }, file { $format } { $file }, { $rows ->
    [one] { $rows } row
   *[other] { $rows } rows
    }, hash { $hash }
evidence-clearance = { $event }, { $at }, sheet { $number }, hash { $hash }

cli-kind-sound = { $questions ->
    [one] { $questions } question
   *[other] { $questions } questions
    }, no error.
cli-policy-sound = { $rules ->
    [one] { $rules } rule
   *[other] { $rules } rules
    }, no error.

cli-role-ended = The role has ended.
cli-role-vacant = Nobody holds “{ $role }” any more: what waits for it goes to somebody else within the hour, or is decided outside.
cli-role-granted = The role is granted.
cli-absence-ended = The absence has ended.
cli-absence-set = The absence is recorded.
cli-code-removed = The telephone is removed; open sessions have ended.
cli-account-suspended = The account is suspended; open sessions have ended.
cli-account-restored = The account is open again.
cli-password-changed = The password is changed; open sessions have ended.
cli-password-ask = Password (visible):
cli-directory-imported = { $added } added, { $changed } changed, { $departed } departed, { $unchanged } unchanged; { $moved ->
    [one] { $moved } file given
   *[other] { $moved } files given
    } to somebody else.
cli-token-made = Token (shown once only): { $token }
cli-token-revoked = { $count } revoked

cli-sealing-first = first key: { $key }
cli-sealing-none = first key: none
cli-sealing-in-use = { $key } closes { $files ->
    [one] { $files } file
   *[other] { $files } files
    }
cli-sealing-no-key = sealing.key_file names no key
cli-sealing-rewrapped = { $files ->
    [one] { $files } file closed
   *[other] { $files } files closed
    } with the key { $key }; the other lines of the file no longer close anything.
cli-crossed = another change came across, nothing is done: start again
