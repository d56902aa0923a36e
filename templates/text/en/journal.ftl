# The journal and what it attests: comparisons, the register as known.
agreement-database = The database is damaged: { $fault }
agreement-chain = Journal: the chain is broken at event { $event }.
agreement-head = Journal: { $size ->
    [one] the first event is not that of the head
   *[other] the first { $size } events are not those of the head
    } signed at that number.
agreement-gone = File { $declaration }: event { $event } is about it, and it is no longer in the database.
agreement-untold = { $declaration }: no event is about it.
agreement-row = { $declaration }: { $part } are not as event { $event } left them.
agreement-part-state = the state and what depends on it
agreement-part-decision = the outcome and the person who decided
agreement-part-holder = the person or office that has the file
agreement-part-due = the due date and what depends on it
agreement-part-answers = the answers
agreement-part-rest = the facts, findings or dates
agreement-part-measures = what the decision asks and what is proved of it
agreement-part-joined = the files joined
agreement-role = Person { $person }, role “{ $role }”: no event gave it as it is, or it is missing.
agreement-token = Person { $person }, token “{ $name }”: no event made it as it is, or it was taken away.
agreement-readings = Access log: readings { $first } to { $last } are not those that the journal sealed.
agreement-closed = File { $declaration }: what is kept of it does not open.
agreement-version = { $declaration }: version { $number } is not that of the journal.
agreement-decision = { $declaration }: the decision on version { $number } is not that of the journal.
agreement-content = { $declaration }: the content of attachment { $sha256 } is missing or is not what was attached.
agreement-attachment = { $declaration }: attachment { $attachment } is not the one that the answers name.
agreement-thing = { $thing }: the database is not what event { $event } left.
agreement-thing-gone = { $thing }: event { $event } is about it, and the database does not have it any more.
agreement-thing-untold = { $thing }: no event is about it.
imprint-directory = Staff directory
imprint-company = Company
imprint-object = Object handed to the State
imprint-showcase = Showcase
imprint-passport = Event passport
imprint-precedent = Precedent
imprint-absences = Absences of person
imprint-hold = Legal hold
imprint-incident = Confidentiality incident
imprint-campaign = Campaign
imprint-act = Act of two people
imprint-retention-list = Destruction list
imprint-policy-proposal = Proposal of rules
imprint-policy-version = Version of the rules
imprint-form-proposal = Proposal of a form
imprint-form-version = Version of a form
imprint-comment = Comment
imprint-rectification = Rectification
imprint-lobby-checks = Checks in the registry of lobbyists, company
imprint-cross-check = Cross-check
imprint-opinion = Opinion, file
imprint-outside-decisions = Outside decision, file
imprint-passport-link = Link to a passport, file
imprint-confirmations = Confirmations of person
imprint-credentials = Proofs of identity of person
imprint-calendar-feeds = Calendar addresses of person
agreement-unreadable = the comparison could not be made; see the log of the server
agreement-never-asked = journal.compare_every_hours is 0: the tables are never compared with the journal
agreement-never = the tables were not compared with the journal yet
agreement-holds = { $files ->
    [one] { $files } file says
   *[other] { $files } files say
    } what { $events ->
    [one] { $events } event says
   *[other] { $events } events say
    }, { $hours } h ago
agreement-differs = { $differences ->
    [one] one difference
   *[other] { $differences } differences
 }: { $first }
agreement-summary = { $events ->
    [one] { $events } event
   *[other] { $events } events
    }, { $heads ->
    [one] { $heads } signed head
   *[other] { $heads } signed heads
    }, { $files ->
    [one] { $files } file
   *[other] { $files } files
    } ({ $unsaid } of them from before the version that compares them), { $things ->
    [one] { $things } other thing
   *[other] { $things } other things
    } ({ $things_unsaid } of them): { $differences ->
    [0] all agree.
    [one] one difference.
   *[other] { $differences } differences.
 }
doctor-clock-behind = the clock of the machine is { $seconds } s behind what is already recorded: time goes on from there, at half its pace; set it right

as-known-title = Register as known on a date
as-known-link = See the register as known on a date
as-known-lead = What the journal had recorded at the end of a day, whatever happened since. A list made later for the same date says the same.
as-known-day = Date
as-known-show = Show
as-known-on = On { $date }, at the end of the day
as-known-reach = The journal then had { $event ->
    [one] { $event } event
   *[other] { $event } events
    }.
as-known-head = The first signed head that covers them all counts { $size } and is of { $date }.
as-known-root = Root of that head, to compare with that of a witness:
as-known-kind = Kind
as-known-last = Last event
as-known-event = no. { $event }, { $date }
as-known-since = Today:
as-known-unsaid = Not recorded at that time
as-known-destroyed = A file destroyed since under the retention schedule is no longer here; its certificate is in the journal.
as-known-empty = No file was in the register on that date.
back-known = Register on that day
as-known-file-lead = What the journal had of this file at the end of that day, read again from its events alone.
as-known-file-now = See the file today
as-known-answers = Answers
as-known-same = They have the fingerprint that the journal kept that day.
as-known-other = They do not have the fingerprint that the journal kept that day: tell whoever administers the service.
