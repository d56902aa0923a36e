# Pages.

colon = :

nav-home = Home
nav-more = More
nav-group-follow = Follow
nav-group-prove = Prove
nav-group-rules = Rules and forms
nav-group-administer = Administer
nav-declare = Declare
nav-mine = My declarations
nav-inbox = To process
nav-register = Register
nav-reports = Reports
nav-people = People
nav-letters = Emails
nav-diagnostics = Diagnostics

footer-help = Help
footer-accessibility = Accessibility
footer-privacy = Privacy

back-home = Home
back-choose = Choose another situation
back-previous = Back
back-mine = My declarations
back-inbox = To process
back-register = Register
back-people = People
back-letters = Emails
back-mailbox = Demonstration emails
back-reports = Reports

home-title = Hello { $name }, what would you like to declare?
home-greeting = Hello { $name }
home-declare = What would you like to declare?
home-annual-title = Nothing to declare?
home-interests-title = Interests you declared
home-interests = { $count ->
    [one] One interest or tie that you declared is not over. Say whether it still holds: answering that you have nothing to declare does not end it.
   *[other] { $count } interests or ties that you declared are not over. Say whether they still hold: answering that you have nothing to declare does not end them.
    }
home-interests-go = Look at my interests again
home-annual-text = If you have no interest or tie to declare, a confirmation is enough.
home-situations = Choose your situation
home-waiting-title = Your decision is awaited
home-waiting = { $count ->
    [one] One declaration awaits you.
   *[other] { $count } declarations await you.
    }
home-waiting-go = View what awaits me
home-to-read-title = Follow-ups to read
home-to-read = { $count ->
    [one] The follow-up of one declaration awaits your reading.
   *[other] The follow-ups of { $count } declarations await your reading.
    }
home-to-read-go = Read what was told
home-to-record-title = Decisions are to be recorded
home-to-record = { $count ->
    [one] One declaration is decided outside; its decision waits to be recorded.
   *[other] { $count } declarations are decided outside; their decisions wait to be recorded.
    }
home-to-record-go = See what is to be recorded
home-drafts = Your drafts
home-current = Your declarations in progress
home-with = with { $who }
home-due = by { $date }
home-none = Nothing in progress
home-none-text = The declarations you send will appear here.

sign-in-title = Sign in
sign-in-email = Email
sign-in-password = Password
sign-in-enter = Sign in
sign-in-refused = The email or the password does not match any active account. Check both.
sign-in-demo = Choose a person from the demonstration
sign-in-help = No account, or forgot your password? Write to the team that runs the service.
sign-in-kept = Your session has ended. Sign in: what you wrote is kept.

resume-title = Welcome back
resume-crossed = Another change came through at the same time as yours, which is not saved. What you wrote is still here.
resume-text = Your session ended while you were sending. What you wrote is still here.
resume-send = Resume sending
resume-leave = Give up

declare-title = What would you like to declare?
declare-lead = Choose the closest situation. You can change your mind until you send.

introduce-lead = { $steps ->
    [one] Just one question. Every answer is saved; you can stop and resume whenever you like.
   *[other] A few questions, one per page. Every answer is saved; you can stop and resume whenever you like.
    }
introduce-start = Start
introduce-notice = Why we ask for this information
introduce-collection = This information is collected by { $org }. The person who decides and the ethics officer have access to it, only for their duties. Leaving a required question blank prevents sending. You can consult your declarations, have them corrected and send your questions to { $email }.
introduce-source = Source:

step-of = Step { $number } of { $count }
step-why = Why do we ask this?
step-continue = Continue
step-later = Save and come back later
step-discard = Delete this draft
step-discard-text = Everything you wrote here will be erased for good. No trace of it will remain.
step-discard-yes = Yes, delete

check-title = Check before you send
check-findings = Good to know
check-findings-text = The person who decides will see these points. Having an interest or receiving an offer is not a fault.
check-recipient-title = Who will receive your declaration
check-attest-title = Attestation
check-attestation = I attest that this information is accurate and complete, to my knowledge.
check-supervisor = Is this not the right person?
check-supervisor-text = The staff directory gives your supervisor. If it is wrong, say so here: the ethics officer will check and give your declaration to the right person.
check-supervisor-name = Name of your supervisor
check-supervisor-reason = What has changed
route-disputed = You say that the directory names the wrong supervisor: the ethics officer is checking.
detail-supervisor-note = Supervisor according to the person
check-send = { $person ->
    [yes] Send to { $to }
   *[no] Send my declaration
    }
check-send-correction = { $person ->
    [yes] Send the correction to { $to }
   *[no] Send my correction
    }
check-send-follow-up = Send
check-later = Come back later

received-title = Declaration sent
received-reference = Your reference number
received-next = What happens next?
received-holder = It is with { $who }.
received-due = Decision expected by { $date }.
received-letter = An email will tell you the decision.
received-change = Until then, you can correct it or withdraw it.
received-linked-title = One declaration remains to be completed
received-linked = Your answers show that you were offered a benefit. A draft is ready, with what we already know.
received-view = View my declaration
received-home = Back to home

mine-title = My declarations
mine-new = Declare
mine-filter = Filter by state
mine-all = All
mine-empty = No declarations
mine-empty-text = What you declare will appear here, with the person who has it and what comes next.

inbox-title = To process
inbox-views = Views
inbox-offices = On behalf of
inbox-to-me = Me
inbox-view-a-decider = { $count ->
    [0] To decide
   *[other] To decide ({ $count })
    }
inbox-view-en-retard = { $count ->
    [0] Overdue
   *[other] Overdue ({ $count })
    }
inbox-view-signalees = To check
inbox-view-attend-reponse = { $count ->
    [0] Awaiting an answer
   *[other] Awaiting an answer ({ $count })
    }
inbox-view-decidees = Decided (30 days)
inbox-view-equipe = My team
inbox-view-a-relire = To read ({ $count })
inbox-empty = Nothing to process
inbox-none-match = No file matches the filters
inbox-widen = Remove the filters
inbox-checked = Last checked: { $at }.

filter-label = Filter the list
filter-kind = Type
filter-any-kind = All types
filter-apply = Filter
filter-active = Active filters
filter-remove = remove this filter

column-subject = Subject
column-reference = Reference
column-state = State
column-holder = With
column-due = Due
column-person = Person
column-flag = To check
column-age = Waiting
column-filed = Received on
column-company = Company
column-unit = Unit

list-age = { $days ->
    [0] today
    [one] { $days } business day
   *[other] { $days } business days
    }
line-received = Received on { $date }
list-late = Overdue

state-draft = Draft
state-submitted = Submitted
state-under-review = Under review
state-info-requested = Information requested
state-with-ethics = With ethics
state-decided = Decided
state-monitoring = Monitoring
state-closed = Closed
state-withdrawn = Withdrawn

severity-own-information = To note
severity-own-attention = Will be checked
severity-own-stop = Will be looked at closely
severity-information = To note
severity-attention = To check
severity-stop = Stop: to be reviewed
severity-lifted = No longer holds, by the registry of lobbyists

office-supervisor = the supervisor
office-ethics-officer = the ethics officer
office-secretary-general = the secretary general
office-deputy-minister = the deputy minister
office-contract-monitor = the contract rules compliance monitor
office-outside = an authority outside the Ministry

role-staff = Member of staff
role-ethics-officer = Ethics officer (RGEI)
role-secretary-general = Secretary general
role-deputy-minister = Deputy minister
role-cio = Chief information officer
role-contract-monitor = Contract rules compliance monitor (RARC)
role-auditor = Auditor
role-system-admin = Technical administration

route-supervisor = Your supervisor decides.
route-next-level = Your supervisor has a tie with the file or is away: the decision moves up one level.
route-referred = A point to check calls for review by the ethics officer.
route-referred-by-decider = Referred to the ethics officer by the person who was deciding.
route-told-after = What was told after the decision does not go with it, or a rule sees something in it: the ethics officer decides again.
route-sent-back = The ethics officer gave an opinion; the decision returns to the supervisor.
route-reassigned = Given to another person by the ethics officer.
route-no-supervisor = The directory shows no supervisor: the ethics officer decides.
route-nobody-above = Nobody above you can decide without a tie with the file: the ethics officer decides.
route-chosen-away = Your supervisor is away or has a link to the file, and nobody reads it in their place: the ethics officer receives it.
route-no-ethics-officer = The ethics office is vacant, or whoever holds it has a tie with the file or is away.
route-ethics-officer = The declaration comes from the ethics officer: it is decided elsewhere.
route-deputy-minister = The declaration comes from the deputy minister: it is recorded here and decided outside.
route-nobody = Nobody here can decide without a tie with the file: the decision is made outside.
route-next-level-seen = The supervisor is linked to the file or away: the decision went up one level.
route-nobody-above-seen = Nobody in the line of authority can decide without a link to the file: the ethics officer decides.
route-chosen-away-seen = The supervisor is away or has a link to the file, and nobody reads it in their place: the ethics officer receives it.
route-disputed-seen = The person says that the directory names the wrong supervisor: the ethics officer checks.

where-held = { $days ->
    [0] With { $who } since today.
    [one] With { $who } for { $days } business day.
   *[other] With { $who } for { $days } business days.
    }
where-answer = Awaiting an answer from the person who declared.
where-outside = Recorded in the register; decided outside.
where-to-read = What was told after the decision waits to be read.
where-due = Decision expected by { $date }.
where-due-answer = Answer expected by { $date }.
where-due-follow-up = Follow-up expected by { $date }.
where-overdue = { $days ->
    [one] { $days } business day overdue.
   *[other] { $days } business days overdue.
    }

detail-question = Question asked
detail-answer = Your answer
detail-answer-send = Send my answer
go-on-title = Go on without the answer
go-on-hint = The file goes back to the step at which the question was asked. The person sees the reason.
go-on-reason = Reason
go-on-do = Go on
detail-direction = Direction of the deputy minister, final here
detail-decision-contested = Contested decision
detail-contest = Why it is contested
detail-decision = Decision
detail-measures = Conditions and measures
detail-decided-by = { $who }, { $at }
detail-complete = Complete the follow-up
detail-person = Person
detail-title = Position
detail-unit = Unit
detail-filed = Sent on { $date }.
detail-late = { $days ->
    [one] { $days } business day past the time limit.
   *[other] { $days } business days past the time limit.
    }
detail-late-calendar = { $days ->
    [one] { $days } calendar day past the time limit.
   *[other] { $days } calendar days past the time limit.
    }
detail-attention = To check
detail-history = Earlier declarations
detail-history-none = No earlier declaration that you can read.
detail-confidential = Confidential declaration: every reading is recorded in the access log.
detail-timeline = Timeline
detail-corrected = { $count ->
    [0] Corrected on { $date }.
    [one] Corrected on { $date }: { $count } answer changed.
   *[other] Corrected on { $date }: { $count } answers changed.
    }
detail-corrected-see = See what changed
detail-unsent = What you wrote is not saved: copy it if you want to use it again
detail-next = Next declaration to decide
detail-take-up = Take charge
detail-take-up-hint = The person will see that the file is under review.

decide-title = Your decision
decide-reason = Reasons, question or directions
decide-reason-hint = Required for: { $choices }.
decide-reason-optional = Optional, whatever you choose.
decide-measures = Conditions or measures
decide-measures-hint = One per line. Each one will be followed up.
decide-save = Save my decision
choice-ask = Ask for information
choice-ask-hint = The person answers in the service; the file comes back to you.
choice-needs-reason = Reasons required.
choice-needs-measures = At least one condition, measure or action.

opinion-title = Give an opinion
opinion-seen = The person who declared and the person who decides will see this opinion.
opinion-text = Opinion and recommendations
opinion-give = Attach my opinion
opinion-send-back = Send back with my opinion

reassign-title = Give to another person
reassign-to = New person who decides
reassign-to-hint = Name, number or email. A person concerned by the file cannot be chosen.
reassign-reason = Reason
reassign-do = Give

acknowledge-title = The follow-up is to be read
acknowledge-text = What was told after the decision awaits your reading. The file closes once everyone who must read it has done so, if no measure is open in it.
acknowledge-mine-title = The decision asks for something
acknowledge-mine-text = Confirm that you have read the conditions and measures. The timeline will say so.
acknowledge-do = I have read it

close-title = Close the file
close-note = What allows it to be closed
close-do = Close

correct-start = Correct
correct-continue = Resume the correction
withdraw-title = Withdraw this declaration
withdraw-text = The declaration will be withdrawn. Its trace stays in the register.
withdraw-reason = Reason
withdraw-do = Withdraw

event-submitted = Declaration sent
event-corrected = Declaration corrected
event-withdrawn = Declaration withdrawn
event-taken-up = Review started
event-information-requested = Information requested
event-information-provided = Answer given
event-question-set-aside = Went on without the answer
event-referred = Referred to the ethics officer
event-opinion-given = Opinion of the ethics officer
event-sent-back = Opinion given and file sent back
event-directed = Direction given, final here: { $outcome }
event-decided = Decision: { $outcome }
event-completed = Follow-up completed
event-closed = File closed
event-acknowledged = Reading confirmed
event-reassigned = Given to another person
event-escalated = { $days ->
    [one] Delay of { $days } business day reported to the ethics officer
   *[other] Delay of { $days } business days reported to the ethics officer
    }
event-reminded = Reminder sent
timeline-reminders = { $count } reminders sent
timeline-span = From { $from } to { $to }
timeline-each = Date of each reminder
event-attachment-added = Attachment added
event-attachment-removed = Attachment removed

flash-draft-saved = Draft saved. You can resume it whenever you like.
flash-discarded = The draft is deleted.
flash-corrected = The correction is sent.
flash-completed-read = The follow-up is saved. Somebody will read it before the file closes.
flash-completed = The follow-up is saved.
flash-already-filed = This declaration was already sent.
flash-decided = Your decision is recorded.
flash-asked = Your question is sent.
flash-answered = Your answer is sent.
flash-gone-on = The file goes on without the answer.
flash-opinion = Your opinion is attached to the file.
flash-withdrawn = The declaration is withdrawn.
flash-closed = The file is closed.
flash-acknowledged = Your reading is recorded.
flash-reassigned = The file is given to another person.
flash-taken-up = The file is under review.
flash-signed-out = Your session has ended.
flash-view-saved = The view is saved.
flash-view-removed = The view is removed.
flash-imported = The directory is imported.
flash-role-ended = The role has ended.
flash-suspended = The account is suspended; its sessions have ended.
flash-letter-resent = The email will be sent again in a moment.

preferences-title = Preferences
preferences-name = Name
preferences-roles = Roles
preferences-language = Language
preferences-directory = Your name, your unit and your supervisor come from the staff directory. An error? Report it to the team that maintains it.

words-contact = Contact us:

help-title = Help
help-body =
    Use this service to declare relations with companies, interests, gifts offered and event invitations.

    Choose a situation, answer one question per page, check, attest, send. A draft saves itself. After you send, the page of the declaration says who has it, since when and what comes next.

    Not sure what to do? The ethics officer can advise you.
help-proof-title = Verify a proof
help-proof-what = The signed proof is a small file, “preuve.json” in the example. It shows what was declared and decided, or the fingerprint of a report, as the signed journal of the register kept it.
help-proof-how = You do not have to take our word: anybody verifies it, without network and without the service, with one of these two commands. The second one needs Python only. The two programs share nothing and say the same.
help-proof-key = KEY
help-proof-who = KEY is the public key of the journal. Ask for it, and for the programs, from somebody who did not give you the file: internal audit, your union or the ethics officer.
accessibility-title = Accessibility
accessibility-body =
    { $service } aims for WCAG 2.2, level AA, and the SGQRI 008 3.0 standard. Every task can be done without JavaScript, with a keyboard and on a 320-pixel screen.

    Automated tools check the pages at every version. Testing with people who use a screen reader remains to be done: this is a known limitation.

    Is something in your way? Describe it to { $email }.
privacy-title = Privacy
privacy-body =
    Body that collects this information: { $org }. It serves to apply its policy on relations with companies and to prevent conflicts of interest.

    The person who decides and the ethics officer have access to it, only for their duties. Technical administrators see no content. Every reading of a confidential declaration is recorded in the access log.

    You can consult your declarations at any time and ask for a correction.

problem-go-home = Back to home
problem-go-mine = View my declarations
problem-number = Number to give if you write to us:
problem-invalid-title = Some answers need to be corrected
problem-invalid = Go back to the previous page: your answers are still there.
problem-signed-out-title = Sign-in required
problem-signed-out = Sign in to continue.
problem-not-allowed-title = You cannot take this action
problem-not-allowed = Your role does not allow this action. If you think this is an error, write to the ethics officer.
problem-not-found-title = Page not found
problem-not-found = The address is wrong, or you do not have access to this file.
problem-stale-title = The declaration has changed since you read it
problem-stale = Someone changed it in the meantime. Reload the page, read it again, then try again.
problem-not-possible-title = This is no longer possible
problem-too-many-title = Too many tries in a short time
problem-too-many = { $seconds ->
    [one] Wait a second, then try again.
   *[other] Wait { $seconds } seconds, then try again.
    } Nothing is locked.
problem-bad-request-title = Request refused
problem-bad-request = The request is malformed. Go back and try again.
problem-forged = This request does not come from a page of the service. Go back to home and try again.
problem-precondition = Give the version that you read (If-Match header).
problem-key-reused = This idempotency key was already used for another request.
problem-too-large-title = Too large to send
problem-too-large = This exceeds the size allowed. Make it smaller and try again.
problem-unavailable-title = The register does not answer for now
problem-unavailable = Its database is stopped or starting again. If you had just sent something, keep this page, come back in a minute and look first whether it is saved before you send it again.
problem-unavailable-api = The database does not answer for now. Send the same request again, with the same idempotency key, after the delay of Retry-After.
problem-crossed-title = Another change came through at the same time
problem-crossed = Nothing of what you had just sent is saved. Go back to the page before and send it again.
problem-crossed-api = Another change came through at the same time: nothing of this request was done. Send it again after the delay of Retry-After.
problem-full-title = The register cannot save anything for now
problem-full = Its disk is full. If you were sending something, it is not saved: keep this page and try again later. Pages that name other people do not open either, because each reading has to be noted first. The technical team is told.
problem-internal-title = Something went wrong on our side
problem-internal = Nothing is lost: your drafts are saved. Try again in a moment.

not-possible-edit = This declaration can no longer be changed.
not-possible-submit = This declaration is already sent.
not-possible-correct = This declaration is decided: it can no longer be corrected.
not-possible-withdraw = This declaration can no longer be withdrawn: it is decided or already withdrawn.
not-possible-take-up = This declaration is already under review or awaits nothing more.
not-possible-sealing = This service cannot keep confidential words yet: its sealing key is not in place. Nothing was saved. Please write to whoever administers the service.
not-possible-decided = This declaration is already decided, or awaits someone else.
not-possible-go-on = No question awaits an answer. The file has already moved on.
not-possible-answer = No question awaits an answer.
not-possible-complete = Nothing is expected for this declaration.
not-possible-close = This file cannot be closed now.
not-possible-acknowledge = This file does not await your reading, or it is already recorded.
not-possible-refer = The ethics officer has a tie with this file: the decision comes back to you.
not-possible-send-back = Nobody in the reporting line can decide without a tie with the file: the decision returns to you.

register-title = Register
register-export = Export what I see:
register-views = Saved views
register-view-remove = Remove
register-view-save = Save this view
register-view-name = Name of the view
register-view-keep = Save
register-search = Words, name or reference
register-any-state = All states
register-any-unit = All units
register-pending = Awaiting a decision
register-flagged = With a point to check
register-from = From
register-to = To
register-clear = Clear all
register-chip-q = Words: { $value }
register-chip-entreprise = Company: { $value }
register-chip-du = Since { $value }
register-chip-au = Until { $value }
register-order-due = The most overdue files first.
register-order-opened = The last opened declarations first.
register-empty = No declaration matches
register-empty-text = Remove a filter, or check the spelling. Accents and capitals do not count.
register-not-understood = Correct the filters to see the declarations.
flash-view-needs-name = The view is not saved: give it a name.

report-page-title = Audit report
report-page-lead = Choose a period. The page, the PDF, the workbook and the data come from the same figures.
report-page-period = Period of the report
report-page-make = Make the report
report-page-download = Download:
report-page-pdf = Accessible PDF
report-page-xlsx = XLSX workbook
report-page-json = JSON figures
report-proof-about = Take it after the report and keep them together: it shows the fingerprint that it carries and the file that you took, byte for byte, and is verified without us.
report-page-csv = CSV data
report-page-year = Fiscal year { $year }
report-page-month = This month
not-possible-pdf = This installation makes no PDF. The XLSX workbook holds the same figures.

letters-title = Letters
letters-lead = Sending queue. The content of letters is not shown here.
letters-more-than = more than { $most }
letters-state-queued = Queued
letters-state-sending = Being sent
letters-state-sent = Sent
letters-state-failed = Not delivered
letters-state-cancelled = Cancelled
letters-to = Recipient
letters-subject = Subject
letters-when = Date
letters-attempts = Tries
letters-error = Cause
letters-resend = Send again
letters-held-restored = The register was restored from a copy: this email may already have left.
letters-held-left = This person is no longer in service: nothing was sent to their address.
letters-held-destroyed = This email named a person whose record was destroyed: it was not sent.
head-mail-subject = Head of the journal: { $events ->
    [one] { $events } event
   *[other] { $events } events
    }
head-mail-text = This is the signed head of the journal of the register. Keep this email as it is: it will show that nothing before it was rewritten. There is nothing to do.
letters-none = No letter in this state
letters-none-text = The queue is up to date.

doctor-title = Diagnostics
doctor-lead = Each check stands alone. Copy this report for the support team: it holds no personal information.
doctor-check = Check
doctor-result = Result
doctor-detail = Detail
doctor-ok = Good
doctor-warning = To watch
doctor-failed = To correct
not-possible-letter-resend = This letter cannot be sent again now.
not-possible-letter-cancel = This letter can no longer be cancelled.

automatic-title = A rule decided
automatic-text = A rule took this decision without anybody looking at it. Here is what it says and what it saw.
automatic-rights = You may know which information was used and why, have what is wrong corrected, and present your observations to somebody who can review the decision (Access Act, A-2.1, s. 65.2).
automatic-note = Your observations
automatic-reopen = Ask that somebody look
detail-decided-by-rule = a rule of the service
event-decided-automatically = Decision taken by a rule: { $outcome }
event-human-review-asked = Review by a person asked
flash-filed-decided = Your declaration is received. A rule could decide at once; you may ask that somebody look.
flash-reopened = Somebody will look at the file.
not-possible-reopen = This decision was not taken by a rule, or a review was asked already.
receipt-download = Download the signed proof
receipt-about = Keep it: it shows what was declared and decided, and can be verified without us.
not-possible-proof = This register does not sign its journal: it gives no receipt.
not-possible-proof-now = The journal is not being signed for now: no proof is given. What you declared is kept. Try again later, or write to the ethics officer.
