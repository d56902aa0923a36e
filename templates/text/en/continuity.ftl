# Absences, delegations, decisions taken outside, directions, roles.

by-for = { $who }, for { $whom }

route-delegate = The person who decides is away: their delegate decides in their place.
route-absent = Your supervisor is away: the decision goes up one level, in their place.
route-no-action = Your supervisor did not act in time: the decision goes up one level, in their place.
route-delegate-seen = The person who decides is away: you act in their place, or their delegate does.
route-absent-seen = The supervisor is away: the decision went up one level, in their place.
route-no-action-seen = The supervisor did not act in time: the decision went up one level, in their place.
route-acting = The declaration comes from the ethics officer: whoever replaces them decides.
route-direction = The deputy minister gives a direction (REDFP, s. 5).
route-direction-delegate = The deputy minister is away: their delegate gives the direction.
route-direction-outside = Nobody here can give this direction without a tie to the file: it comes from outside.

rerouted-holder-away = The person who was to decide is away. The due date stays the same.
rerouted-back = The person who was away is back. The due date stays the same.
rerouted-office = Nobody who holds this office may decide any more. The due date stays the same.
rerouted-no-action = The person who was to decide did not act in time: the decision goes up one level. The due date stays the same.

event-decided-outside = Decision taken outside: { $outcome }
event-direction-sought = Direction asked of the deputy minister
event-contested = Decision contested by the person who declared

detail-decision-outside = Decision taken outside on { $date }. Document: { $document }. Recorded by { $who }.

inbox-view-deleguees = Delegated to me
inbox-view-a-inscrire = { $count ->
    [0] To record
   *[other] To record ({ $count })
    }
inbox-view-avis = Contract-rules notices

record-outside-title = Record the decision taken outside
record-outside-hint = Nobody here decides this file. Record only what the document of the authority says.
record-outside-outcome = What is decided
record-outside-authority = Who decided
record-outside-authority-hint = For example: Secretary General of the Conseil exécutif.
record-outside-decided-on = Date of the decision
record-outside-document = Reference of the document
record-outside-reason = Reasons
record-outside-save = Record this decision
error-outside-authority = Enter who decided.
error-outside-document = Enter the reference of the document.
flash-outside-recorded = The decision taken outside is recorded.

seek-direction-title = Ask the deputy minister for a direction
seek-direction-hint = For a conflict that is real, or a file that you cannot settle. The person will be told and will read this reason. The direction becomes the decision.
seek-direction-reason = Why a direction is needed
seek-direction-do = Ask for the direction
contest-title = Contest this decision
contest-hint = The deputy minister looks at the file again and gives a direction. Nobody is blamed for contesting. The decision contested stays on file.
contest-reason = Why you contest it
contest-do = Contest the decision
error-contest = Write why you contest the decision.
flash-direction = The direction is asked for.
flash-contested = Your contestation is sent.
not-possible-direction = A direction is asked for while the file is at the ethics office.
not-possible-contest = This decision cannot be contested here: the time is over, or it is a direction.
not-possible-absence = This absence is already over.

absence-title = My absences
absence-title-of = Absences of { $name }
absence-lead = Say when you are away and who decides in your place. Their decisions will be recorded “by X, for Y”.
absence-lead-of = Record the absence of somebody who cannot do it. They are told, and so is the delegate.
absence-waiting = { $count ->
    [one] { $count } file waits for your decision.
   *[other] { $count } files wait for your decision.
    }
absence-up-the-line = { $days ->
    [one] Without a recorded absence, a file without action for { $days } business day goes up one level.
   *[other] Without a recorded absence, a file without action for { $days } business days goes up one level.
    }
absence-list = Recorded absences
absence-none = No absence is recorded.
absence-covered = You act in the place of
absence-covered-of = Acts in the place of
absence-new = Record an absence
absence-who = Person
absence-first-day = First day away
absence-last-day = Last day away
absence-last-day-hint = Leave empty if the return is not known.
absence-delegate = Person who decides instead
absence-delegate-hint = Full name, number or email. Without anybody, files go up one level. Somebody with a tie to a file never gets it.
absence-scope = Files concerned
absence-everything = All files
absence-save = Record the absence
absence-end = End this absence
absence-end-short = End
absence-confirm-question = { $count ->
    [one] One file changes hands today
   *[other] { $count } files change hands today
    }
absence-confirm-to = They go to { $who }, except those that concern that person.
absence-confirm-up = Nobody is named: they go up one level.
absence-confirm-until = Those that nobody has begun come back after { $day }.
absence-confirm-no-return = The day of return is not known: they stay there until you end the absence.
absence-confirm-yes = { $count ->
    [one] Record the absence and transfer the file
   *[other] Record the absence and transfer the { $count } files
    }
absence-confirm-change = Change the absence
absence-no-return = Return to be confirmed
absence-planned = Planned
absence-running = Under way
absence-over = Over
absence-cancelled = Cancelled
absence-set-by = Recorded by { $who }
absence-manage = Absences and delegations
back-person = Page of the person
back-preferences = Preferences
error-absence-past = Enter today or a date to come: what was done stays done.
error-absence-overlap = Another absence already covers some of these days.
error-delegate-self = Choose somebody else than the person who is away.
error-delegate-own = Somebody else must be chosen: nobody delegates to themselves the files of others.
error-delegate-gone = This person is not in service during the whole absence.
flash-absence-set = The absence is recorded. The people concerned are told.
flash-absence-ended = The absence is over. The people concerned are told.

role-executive = State administrator, director general
role-respondent = Ethics respondent
error-role-until = Enter a date: this role always has a last day.
detail-masked = You read this file without names. Each reading is written in the access log.
detail-summary = You read the summary of this confidential file: its kind, company, contract and state.
register-words-ignored = Your words were not searched: a search by words would let masked people be recognised. Use the filters, or the address of a file whose reference you have.
register-masked = People are masked. Each reading is written in the access log.
statistics-sealed = Confidential procedures
statistics-sealed-text = Their number only, according to your role. Whoever does not read them sees them by fiscal year that is over, down to the five below. Nothing of them is in the other figures.
statistics-sealed-kind = Procedure
statistics-sealed-count = Files submitted
statistics-few = fewer than five
statistics-note = These figures name nobody. Each number is taken down to the five below it: 5 means 5 to 9. Under that, “fewer than five”, none included.
letter-fact-from = From
letter-fact-until = Until
letter-fact-scope = Files concerned
letter-fact-absent = Person away
letter-fact-delegate = Decides instead
letter-fact-pending = Files already transferred
letter-fact-left = Files still with somebody else
letter-fact-by = Decided by
letter-fact-role = Role

letter-delegation-subject = Delegation during an absence – { $who }
letter-delegation-preheader = Somebody decides in the place of a person who is away.
letter-delegation-body =
    Hello,

    A delegation is recorded for the time of an absence. Decisions will carry the names of both people. Somebody with a tie to a file never gets it.

    If this delegation is a mistake, end it or write to the ethics officer.
letter-delegation-action = See or change
letter-delegation-reason = You are away, or you decide in the place of a person who is.

letter-absence-subject = Absence recorded – { $who }
letter-absence-preheader = Your files will go up one level during this absence.
letter-absence-body =
    Hello,

    An absence is recorded in your name, without a delegate. During these days, your files go up one level.
letter-absence-action = See or change
letter-absence-reason = You are away and files may wait for your decision.

letter-absence-over-subject = End of the absence – { $who }
letter-absence-over-preheader = The absence is over.
letter-absence-over-body =
    Hello,

    The absence is over. Files that nobody began come back to the person who was away. The others are finished by whoever began them.
letter-absence-over-action = See what waits
letter-absence-over-reason = You were away, or you decided in the place of a person who was.

letter-passed-up-subject = To decide, up one level – { $ref }{ $who }
letter-passed-up-preheader = A declaration without action comes up to your level.
letter-passed-up-body =
    Hello,

    Nobody acted in time on this declaration: it comes up to your level. You decide in the place of the person who had it.

    Opening this link decides nothing: you will choose in the service.
letter-passed-up-action = View and decide
letter-passed-up-reason = You are at the next level of the line of authority.
letter-fact-before = First given to

letter-undelivered-subject = { $count ->
    [one] { $count } undelivered letter
   *[other] { $count } undelivered letters
    }
letter-undelivered-preheader = To look at and send again.
letter-undelivered-body =
    Hello,

    { $count ->
        [one] A letter could not be delivered. The page of letters says which and why.
       *[other] { $count } letters could not be delivered. The page of letters says which and why.
    } Correct the address in the directory, then send them again.
letter-undelivered-action = View undelivered letters
letter-undelivered-reason = You administer the service.
letter-fact-addresses = Addresses
letter-fact-cause = Last cause

letter-passed-on-subject = Gone up one level – { $ref }{ $who }
letter-passed-on-preheader = A declaration no longer waits for your decision.
letter-passed-on-body =
    Hello,

    Declaration { $ref } waited too long for your decision. It went to the next level, which decides in your place.

    Are you away? Record your absence and who decides in your place.
letter-passed-on-action = See what waits for me
letter-passed-on-reason = This declaration waited for your decision.

letter-outside-subject = To record, outside decision – { $ref }
letter-outside-preheader = A declaration is decided outside.
letter-outside-body =
    Hello,

    Nobody here can decide declaration { $ref }. Once the authority outside has decided, record its decision in the register.
letter-outside-action = Open the file
letter-outside-reason = You record decisions taken outside.

letter-decided-outside-subject = Outside decision recorded – { $ref }
letter-decided-outside-preheader = The decision taken outside is in the register.
letter-decided-outside-body =
    Hello,

    The decision on your declaration { $ref } was taken outside. It is now in the register, with what is left to do, if anything.
letter-decided-outside-action = Read the decision
letter-decided-outside-reason = You filed this declaration.

letter-recorded-outside-subject = Outside decision recorded by you – { $ref }
letter-recorded-outside-preheader = A copy of what you recorded is in the register.
letter-recorded-outside-body =
    Hello,

    You recorded the decision taken outside on declaration { $ref }. If it was not you, write to the ethics officer at once.
letter-recorded-outside-action = See the decision
letter-recorded-outside-reason = You have just recorded this decision.

letter-direction-subject = Direction asked – { $ref }
letter-direction-preheader = A declaration waits for your direction.
letter-direction-body =
    Hello,

    You are asked for a direction on declaration { $ref } (REDFP, s. 5). Read the file and the opinions, then say how to act.
letter-direction-action = Open the file
letter-direction-reason = You give directions on real or contested conflicts.

letter-direction-asked-subject = Direction to come – { $ref }
letter-direction-asked-preheader = Your declaration waits for a direction.
letter-direction-asked-body =
    Hello,

    The deputy minister is asked for a direction on your declaration { $ref }. Until then, follow what was already agreed.
letter-direction-asked-action = See my declaration
letter-direction-asked-reason = You filed this declaration.

letter-directed-subject = Direction given – { $ref }
letter-directed-preheader = A direction is given on a declaration.
letter-directed-body =
    Hello,

    A direction is given on declaration { $ref }. It applies from now on. If a decision had been made, it replaces it.
letter-directed-action = Read the direction
letter-directed-reason = You advise on this declaration, or you apply what is decided.

letter-role-subject = New role in the ethics register
letter-role-preheader = A role is granted.
letter-role-body =
    Hello,

    A role is granted in the ethics register. The preferences page says what your roles allow. A mistake? Write to the ethics officer.
letter-role-action = See
letter-role-reason = This role is granted to you, or you administer the service.

confirm-cause-duties = Your duties or your unit
confirm-cause-supervisor = Your supervisor
confirm-asked-duties = Your duties or your unit changed. Confirm your interests by { $date }.
confirm-asked-supervisor = Your supervisor changed. Confirm your interests by { $date }.

renewal-title = Renew my interests
renewal-link = Look again at what I declared
renewal-lead = Here is what you declared. For each interest, say how it stands today.
renewal-none = You have no interest on file. A confirmation is enough.
renewal-nothing = I have nothing to declare
renewal-add = Add an interest
renewal-question = This interest is
renewal-filed = Declared on
renewal-unchanged = Unchanged
renewal-changed = Changed
renewal-ended = Ended
renewal-attestation = I attest that this information is correct.
renewal-send = Confirm
error-renewal-item = Say whether this interest is unchanged, changed or ended.
flash-renewed = Your interests are confirmed.
flash-renewed-in-part = What is unchanged is confirmed. Now complete what changed or ended.

departure-title = My departure
departure-title-of = Departure of { $name }
departure-last-day = Last day: { $date }
departure-no-day = The directory gives no last day.
departure-nothing = Nothing is left to settle in the register.
departure-relations = Relations under way
departure-relations-hint = Open each file and write in a comment whom the company will deal with next.
departure-companies = Companies to hand over to somebody
departure-companies-hint = Open the last file of each and write in a comment whom it will turn to next.
departure-company-since = { $count ->
    [one] { $count } relation, on { $date }.
   *[other] { $count } relations, the last one on { $date }.
    }
departure-company-contract = A contract is running.
departure-gifts = Gifts to return or hand over
departure-gifts-hint = To do before the last day, then to write in the declaration.
departure-interests = Interests to close
departure-interests-hint = A last declaration, “End of my duties”, closes these files.
departure-close-interests = Close my interests
departure-measures = Measures to finish
departure-measures-hint = What a decision asks is to be done before the last day. What cannot be, your supervisor or the ethics officer gives to somebody else.
departure-measures-hint-of = What a decision asks is to be done before the last day. Open what cannot be, and give it to somebody else.
departure-handover = Hand over
departure-handover-text = Unless told otherwise, { $name } takes over the day after the last one.
departure-deciding = { $count ->
    [one] { $count } file waits for their decision.
   *[other] { $count } files wait for their decision.
    }
departure-team = { $count ->
    [one] { $count } person reports to them.
   *[other] { $count } people report to them.
    }
departure-after = After the departure
departure-after-text = Discretion goes on. Draw no undue benefit from your past duties, and use no confidential information (REDFP). Stricter rules apply to state administrators.

letter-fact-change = What changed
letter-fact-last-day = Last day

letter-situation-subject = Your situation changed, please check
letter-situation-preheader = Confirm your interests.
letter-situation-body =
    Hello,

    The staff directory says that your situation changed. Confirm your interests, even when nothing new is to be declared.
letter-situation-action = Check
letter-situation-reason = Your duties or your supervisor changed in the directory.

letter-situation-due-subject = Reminder: confirm your interests
letter-situation-due-preheader = Your situation changed and a confirmation is awaited.
letter-situation-due-body =
    Hello,

    You have not confirmed your interests yet since the change in the directory. Confirm them, even if there is nothing new to declare.
letter-situation-due-action = Check
letter-situation-due-reason = Your duties or your supervisor changed in the directory.

letter-departure-subject = A departure to prepare in the ethics register
letter-departure-preheader = What to settle before a last day.
letter-departure-body =
    Hello,

    A last day of work is near. The departure page says what to settle: relations under way, gifts to return, interests to close and files to hand over.
letter-departure-action = See what to settle
letter-departure-reason = You leave, or somebody of your team does.
