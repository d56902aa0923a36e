# Measures: what a decision asks, of whom, by when, with which proof.
nav-measures = Measures
back-measures = Measures
measures-title = Measures
measures-lead = What decisions ask, and what shows that it is done.
measures-view-miennes = For me to do
measures-view-equipe = My team
measures-view-toutes = All
measures-which-a-faire = To do or to verify
measures-which-en-retard = Late
measures-which-a-verifier = Proof to verify
measures-which-verifiees = Verified
measures-which-levees = Lifted
measures-none = No measure
measures-none-text = Nothing matches these choices.
column-measure = Measure
column-owner = Owner
column-evidence = Proof asked
measure-title = Measure { $number }
measure-state-open = To do
measure-state-overdue = Late
measure-state-proof-given = To verify
measure-state-verified = Verified
measure-state-lifted = Lifted
measure-waits-proof = Proof expected from { $who } by { $date }.
measure-waits-attestation = Confirmation expected from the supervisor by { $date }.
measure-waits-check = { $who } gave a proof. It is still to be verified.
measure-mine-proof = You must give the proof by { $date }.
measure-mine-proof-listed = You must give the proof.
measure-mine-check = You gave a proof. It is still to be verified.
measure-verified-words = The proof is verified.
measure-lifted-words = It is no longer asked.
measure-next-attestation = Next confirmation by { $date }.
measure-no-date = –
measure-today = That is today.
measure-in = { $days ->
    [one] In { $days } business day.
   *[other] In { $days } business days.
    }
measure-late = { $days ->
    [one] Late by { $days } business day.
   *[other] Late by { $days } business days.
    }
measure-every = { $months ->
    [0] One proof is enough
    [one] Every month
    [12] Every year
   *[other] Every { $months } months
    }
measure-evidence-any = Any proof
measure-reason = What is missing, or why
measure-attested = Confirmation by the supervisor
measure-file = File
measure-proof = Proof
measure-proof-by = Given by { $who }, { $at }
measure-prove-title = Give the proof
measure-prove-text = What shows that it is done
measure-prove-hint = For example: the date, who took over, what changed. A file may be enough.
measure-prove-files = Files
measure-prove-files-hint = PDF, PNG, JPEG or DOCX.
measure-prove-do = Send the proof
measure-verify-title = Does the proof show that it is done?
measure-verify-yes = Yes, the measure is verified
measure-verify-no = No, the proof must be completed
measure-verify-reason = Note or reasons
measure-verify-reason-hint = Required if the answer is no. The owner of the measure will read it.
measure-verify-do = Save my answer
measure-attest-title = Does the measure still hold?
measure-attest-yes = Yes, it is still applied
measure-attest-no = No, it is no longer applied
measure-hand-on-title = Give the measure to somebody else
measure-hand-on-hint = They will see the measure and its reference only. Without a date, they have the usual time, from today.
measure-hand-on-do = Give the measure
measure-lift-title = Lift the measure
measure-lift-hint = The measure will no longer be asked. The reason stays on file.
measure-lift-reason = Reason
measure-lift-do = Lift the measure
measure-rows-title = Say who, when and with which proof
measure-rows-hint = Leave empty what may follow the usual way. Without a name, the measure goes to the person who declares. Somebody else will see only the measure and its reference.
measure-row = Measure { $number }
measure-row-owner = Owner (name, number or email)
measure-row-due = Due date
measure-row-every = To be confirmed by the supervisor
measure-rows-more = Add rows
close-waits = { $count ->
    [one] The file cannot be closed yet: { $count } measure is still open.
   *[other] The file cannot be closed yet: { $count } measures are still open.
    }
close-lasts = The file cannot be closed yet: one of its measures must be confirmed from time to time. If it no longer serves, ask the ethics officer to lift it.
not-possible-close-lasting = This file has a measure that must be confirmed from time to time. It can be closed once the ethics officer has lifted it.
not-possible-close-measures = This file has an open measure. It can be closed once all its measures are verified or lifted.
not-possible-measure-prove = This measure expects no proof now.
not-possible-measure-verify = This measure has no proof to verify now.
not-possible-measure-attest = This measure is not to be confirmed now.
not-possible-measure-hand-on = This measure expects no proof now: there is nothing to give.
not-possible-measure-lift = This measure is already lifted.
home-measures-title = Measures to carry out
home-measures = { $count ->
    [one] One measure waits for your proof.
   *[other] { $count } measures wait for your proof.
    }
home-measures-go = See my measures
flash-measure-proved = Your proof is sent.
flash-measure-verified = The measure is verified.
flash-measure-sent-back = The proof is sent back with your reasons.
flash-measure-attested = Your confirmation is saved.
flash-measure-denied = Noted. The owner of the measure must carry it out again.
flash-measure-handed-on = The measure is given. The person is told.
flash-measure-lifted = The measure is lifted.
error-measure-text = Write the measure.
error-measures-many = There are too many measures: { $arg } at most.
error-measure-owner-left = This person is not in service. Choose somebody else.
error-measure-owner-concerned = This person is concerned by the file. Choose somebody else.
error-measure-owner-several = Several people have this name. Write the number or the email instead.
error-measure-due-past = The due date is past. Choose today or later.
error-measure-due-far = The due date is too far. Choose a date within ten years.
error-measure-every = Write a number of months, from 0 to { $arg }.
error-measure-to = Name the person to whom you give the measure.
error-measure-to-same = This person is already responsible for it. Choose somebody else.
error-proof = Write what shows that it is done, or attach a file.
error-measure-outcome = Say whether the measure is verified or the proof must be completed.
error-measure-holds = Say whether the measure still holds.
error-measure-reason = Write your reasons.
error-measure-stale = The measure has changed since you read it. Read it again, then confirm your choice.
event-measure-ordered = Measure { $number } asked, by { $date }
event-measure-proved = Proof given for measure { $number }
event-measure-sent-back = Proof of measure { $number } to be completed by { $date }
event-measure-verified = Measure { $number } verified
event-measure-attestation-asked = Measure { $number } to be confirmed by { $date }
event-measure-attested = Measure { $number } confirmed
event-measure-denied = Measure { $number } not applied, to be carried out by { $date }
event-measure-overdue = Measure { $number } late, told to those who may lift it
event-measure-handed-on = Measure { $number } given to somebody else, to be carried out by { $date }
event-measure-lifted = Measure { $number } lifted

letter-fact-measure = Measure

letter-obligation-given-subject = Measure to carry out by { $dueshort } – { $ref }
letter-obligation-given-preheader = A decision gives you a measure.
letter-obligation-given-body =
    Hello,

    A decision gives you a measure, to be carried out by { $due }. Open it to read it, then give its proof in the same place.
letter-obligation-given-action = Read the measure
letter-obligation-given-reason = You own this measure.

letter-obligation-proof-subject = Proof to verify – { $ref }
letter-obligation-proof-preheader = A proof waits for you.
letter-obligation-proof-body =
    Hello,

    The proof of a measure waits for you. Say whether it shows that it is done, or what is missing.
letter-obligation-proof-action = See the proof
letter-obligation-proof-reason = You verify the measures of this file.

letter-obligation-sent-back-subject = Proof to complete – { $ref }
letter-obligation-sent-back-preheader = Something is missing for a measure.
letter-obligation-sent-back-body =
    Hello,

    Something is missing to show that the measure is carried out. The explanation waits for you in the service. You have until { $due }.
letter-obligation-sent-back-action = Read and complete
letter-obligation-sent-back-reason = You own this measure.

letter-obligation-verified-subject = Measure verified – { $ref }
letter-obligation-verified-preheader = Your proof is accepted.
letter-obligation-verified-body =
    Hello,

    Your proof is verified. If the measure lasts, it stays in force and will be confirmed from time to time.
letter-obligation-verified-action = See the measure
letter-obligation-verified-reason = You own this measure.

letter-obligation-lifted-subject = Measure lifted – { $ref }
letter-obligation-lifted-preheader = A measure is no longer asked of you.
letter-obligation-lifted-body =
    Hello,

    A measure is no longer asked of you. The reason is in the service.
letter-obligation-lifted-action = Read the reason
letter-obligation-lifted-reason = You owned this measure.

letter-obligation-review-subject = To review by { $dueshort } – { $ref }
letter-obligation-review-preheader = A measure is to be confirmed.
letter-obligation-review-body =
    Hello,

    A measure in force in your team is to be reviewed by { $due }. Say whether it still holds.
letter-obligation-review-action = Confirm
letter-obligation-review-reason = You verify the measures of this file.

letter-obligation-denied-subject = Measure not applied – { $ref }
letter-obligation-denied-preheader = A measure in force does not hold any more.
letter-obligation-denied-body =
    Hello,

    A measure in force is no longer applied. Its owner must carry it out again by { $due }.
letter-obligation-denied-action = See the measure
letter-obligation-denied-reason = You can lift this measure.

letter-obligations-overdue-subject = { $count ->
    [one] 1 measure is late
   *[other] { $count } measures are late
    }
letter-obligations-overdue-preheader = Proofs that were expected did not come.
letter-obligations-overdue-body =
    Hello,

    { $count ->
        [one] One measure is neither proved nor confirmed on its due date.
       *[other] { $count } measures are neither proved nor confirmed on their due date.
    }

    You can remind the person, or lift the measure if it is no longer needed.
letter-obligations-overdue-action = See the late measures
letter-obligations-overdue-reason = You can lift these measures.

report-col-measure-state = Measures asked
report-table-measures = Follow-up of measures
report-followed-verified = Verified
report-followed-proof-given = Proof to verify
report-followed-open = To do
report-followed-overdue = Late
report-followed-lifted = Lifted
report-row-followed-states = States of measures
measure-replaced = A new decision replaces the one that asked for it.
