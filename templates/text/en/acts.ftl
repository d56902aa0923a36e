nav-acts = Acts of two
acts-title = Acts of two people
acts-lead = What gives power over the register, takes much information out of it or opens what is confidential needs two people. A request waits at most { $hours } hours; an approval holds for as long.
acts-waiting = Waiting for a second person
acts-none = Nothing is waiting.
acts-past = Past requests
act-title = Act of two people
act-what = Act
act-who = Asked by
act-when = Asked on
act-suspended-why = Why the account is suspended
act-why = Reason
act-words-destroyed = Destroyed with the file
act-state = State
act-until = Good until
act-by = Decided by
act-on = Decided on
act-refusal = Reason for refusing
act-waiting = Waiting
act-in-force = Approved, in force
act-done = Approved and done
act-refused = Refused
act-withdrawn = Withdrawn
act-over = Time is over
act-role-grant = Role “{ $role }” for { $person }, from { $since }{ $ends ->
    [yes] {" "}until { $until }
   *[no] {""}
}
act-export = Export of { $rows } rows ({ $file })
act-filter = Filter
act-file-register-csv = register, CSV
act-file-register-xlsx = register, Excel
act-file-audit-csv = audit report, CSV
act-file-audit-xlsx = audit report, Excel
act-file-campaign-trial-csv = trial run of a campaign, CSV
act-key-rotation = Rotation of the sealing key
act-emergency-reading = Emergency reading of confidential file { $reference }
act-emergency-reading-letter = Emergency reading of a confidential file
act-account-restoration = Opening the account of { $person } again
act-reason = Why?
act-reason-hint = Whoever approves will read this reason; it stays in the journal.
act-approve = Approve
act-refuse = Refuse
act-refuse-why = Why refuse?
act-withdraw = Withdraw my request
act-own = Somebody else must approve your request. They have received an email.
act-use = Open what is approved
act-command = On the server, now run:
act-export-title = Exporting needs a second person
act-export-lead = This file has { $rows } rows that name people; above { $most }, somebody else must approve it. They have { $hours } hours to answer, then you have { $hours } hours to open it.
act-ask = Ask for approval
act-emergency-title = Read a confidential file in an emergency
act-emergency-text = When the ethics officer cannot act. They will be told, and so will the person the file is about.
act-emergency-field = File number
act-emergency-hint = For example, AVI-2026-123456.
act-rotation-title = Change the sealing key
act-rotation-text = After a key is added to the file, an approval allows files to be closed again with that key.
flash-act-asked = The request was sent to those who may approve it.
flash-act-approved = Approved. Whoever asked is told.
flash-act-refused = Refused. Whoever asked is told.
flash-act-withdrawn = Your request is withdrawn.
error-act-reference = Write the number of a confidential file, as it was given to you.
error-act-waits = Another request about this is already waiting for an answer. Wait for it; if it is yours, withdraw it before making another.
not-possible-act-own = Somebody other than you must decide: you asked for it, or it is for you.
not-possible-act-over = This request no longer waits: somebody answered it, or its time is over.
not-possible-act-changed = What is asked is no longer possible: something has changed since. Refuse the request, or let it lapse.
not-possible-act-no-file = No file has this number.
not-possible-rotation = Nobody has approved a rotation. Ask for it on the page of acts of two people, then start again.
problem-second-person = Somebody else must approve this action first.
letter-fact-act = Act
letter-fact-asked-by = Asked by
letter-fact-decided-by = Decided by
letter-fact-act-until = Good until
letter-second-asked-subject = To approve: an act of two people
letter-second-asked-preheader = Somebody is waiting for your approval.
letter-second-asked-body =
    Hello,

    Somebody asks for an act that nobody does alone. Read their reason before answering; without an answer, the request lapses.
letter-second-asked-action = Read the request
letter-second-asked-reason = Your role allows you to approve this act.
letter-second-approved-subject = Your request is approved
letter-second-approved-preheader = The act you asked for is approved.
letter-second-approved-body =
    Hello,

    Your request is approved.
letter-second-approved-action = Open the request
letter-second-approved-reason = You asked for this act.
letter-second-refused-subject = Your request is refused
letter-second-refused-preheader = The act you asked for is refused.
letter-second-refused-body =
    Hello,

    Your request is refused. The reason is in the service.
letter-second-refused-action = Read the reason
letter-second-refused-reason = You asked for this act.
letter-second-notice-subject = An act of two people is approved
letter-second-notice-preheader = For your information.
letter-second-notice-body =
    Hello,

    Two people approved together an act that nobody can do without another. You have nothing to do; the journal keeps each step.
letter-second-notice-action = See the act
letter-second-notice-reason = You are the ethics officer.
letter-emergency-opened-subject = Emergency reading of one of your confidential files
letter-emergency-opened-preheader = Two people decided it together.
letter-emergency-opened-body =
    Hello,

    In the absence of the ethics officer, two people decided together that one of them would read one of your confidential files for a few hours. Each reading is recorded and you can see it.
letter-emergency-opened-action = See who read my files
letter-emergency-opened-reason = This file is about you.
export-second-person = This is more rows than one person takes out alone. Ask a second person to approve, then try again: { $address }
export-kind-unknown = The register has no declarations of kind “{ $kind }” to export. Possible kinds: { $kinds }.
