nav-retention = Retention
retention-title = Retention and destruction
retention-lead = How long each file is kept after it ends, and so showcases, passports, checks, incidents and what is left of people who went. Nothing is destroyed without two people; each destruction leaves a certificate in the journal.
retention-approval = Approved schedule: { $approval }.
retention-proposal = These periods are proposals: the approved schedule of the Ministry has not been entered yet.
retention-schedule = Schedule
retention-rule = Rule
retention-number = Number
retention-duration = Period
retention-start = Counted from
retention-disposition = Then
retention-kept = Running
retention-waiting = End unknown
retention-held = On hold
retention-due = Due
retention-years = { $years ->
    [one] { $years } year
   *[other] { $years } years
}
retention-from-closing = closing
retention-from-fiscal-year = end of the fiscal year
retention-from-contract-end = end of the contract
retention-from-departure = departure
retention-then-destroy = Destroy
retention-then-keep = Give to the archives
retention-then-sort = Sort
retention-prepare = Prepare the list of files due
retention-prepare-text = The list shows exactly what would be destroyed. Nothing is before somebody else approves it.
retention-lists = Lists
retention-list = List
retention-lists-none = No list.
retention-list-of = List of { $date }
retention-state = State
retention-who = Prepared by
retention-calendar = the calendar
retention-files = Files
retention-prepared = To review
retention-destroyed = Destroyed
retention-dropped = Set aside
retention-holds = Holds
retention-holds-text = A hold keeps a file, a showcase, a passport, a check or an incident, or all that is about a person or a company, whatever the schedule says: investigation, lawsuit, access request.
retention-holds-none = No hold.
retention-count = { $files ->
    [one] { $files } file
   *[other] { $files } files
}
retention-file = File
retention-kind = Kind
retention-thing-showcase = Showcase
retention-thing-passport = Passport
retention-thing-clearance = Check of a committee
retention-thing-incident = Confidentiality incident
retention-thing-person = Person who left the Ministry
retention-ended = End
retention-due-on = Due
retention-ask = Ask for destruction
retention-ask-text = { $files ->
    [one] This file, what is joined to it, its emails and its readings will be destroyed. The journal keeps its number and hash.
   *[other] These { $files } files, what is joined to them, their emails and their readings will be destroyed. The journal keeps their numbers and hashes.
    }
retention-drop = Set the list aside
retention-asked = A request for destruction waits for a second person.
retention-see-request = See the request
retention-ended-on = On { $date }.
retention-certificate = Download the signed certificate
retention-certificate-text = The certificate says which files, under which rule, when and by whom, and is verified offline. It says nothing of what they contained.
legal-hold-place = Place a hold
legal-hold-on = Number of the file, of the person or of the company
legal-hold-on-hint = For example, REL-2026-000123, VIT-2026-000004, an employee number, or an NEQ of ten digits.
legal-hold-since = Since
legal-hold-who = Placed by
legal-hold-why = Reason
legal-hold-what = On
legal-hold-lift = Lift
legal-hold-company = All the files that name { $name }
legal-hold-person = All the files of { $name }
legal-hold-do = Place the hold
act-destruction = { $files ->
    [one] Destruction of a file due
   *[other] Destruction of { $files } files due
    }
flash-retention-listed = The list is ready. Nothing is destroyed.
flash-retention-dropped = The list is set aside. Nothing was destroyed.
flash-hold-placed = The hold is placed.
flash-hold-lifted = The hold is lifted.
error-hold-on = Nothing and nobody has this number.
not-possible-retention-open = A list already waits for a decision. End it or set it aside.
not-possible-retention-empty = No file is due.
not-possible-retention-over = This list no longer waits for a decision.
not-possible-retention-changed = Something has changed since the list was prepared: a hold, a rule or a file. Set it aside and prepare another.
letter-fact-files = Files
letter-retention-due-subject = Retention: { $files ->
    [one] { $files } file due
   *[other] { $files } files due
    }
letter-retention-due-preheader = A list waits for your review.
letter-retention-due-body =
    Hello,

    Under the retention schedule, files have come to their end. Nothing is destroyed: review the list, place a hold on what must be kept, then ask for the destruction. Somebody else will have to approve it.
letter-retention-due-action = Review the list
letter-retention-due-reason = You are the ethics officer.
not-possible-readings = The access log is not the one that the journal sealed: nothing is destroyed before this is explained.
letter-fact-drafts = Drafts concerned
letter-draft-forgotten-subject = A draft will be deleted on { $date }
letter-draft-forgotten-preheader = Take it up again, or let it go.
letter-draft-forgotten-body =
    Hello,

    You began a declaration without sending it, and nobody has touched it for a long time. If it is still useful, open it and go on: it will stay. Otherwise there is nothing to do; it will be deleted for good, with its files.
letter-draft-forgotten-action = See my declarations
letter-draft-forgotten-reason = This draft is yours; nobody else can read it.
