# Technology showcases, calendar, fairness ledger and their letters.

nav-events = Events
back-events = Events
back-showcase = The showcase
role-showcase-organiser = Organising technology showcases

month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December
weekday-1 = Monday
weekday-2 = Tuesday
weekday-3 = Wednesday
weekday-4 = Thursday
weekday-5 = Friday
weekday-6 = Saturday
weekday-7 = Sunday

calendar-title = Events and showcases
calendar-name = Ethics Register
calendar-views = Views
calendar-view-month = Month
calendar-view-year = Year
calendar-view-grid = Grid
calendar-periods = Periods
calendar-week = Week of { $date }
calendar-empty = Nothing in this period.
calendar-empty-text = Showcases and authorised events appear here.
calendar-nearest-next = See what comes next, in { $month }
calendar-nearest-last = See what came before, in { $month }
calendar-subscribe = To see your events in your own calendar, subscribe in your preferences:
calendar-plan = Plan: { $kind }
calendar-tech-showcase = Showcase
calendar-reverse-showcase = Reverse showcase
calendar-mine = You are authorised to take part
calendar-team = { $person } takes part
calendar-company-event = Company event
calendar-passport-acceptable = The ethics officer looked at this event. Taking part still needs an authorisation.
calendar-passport-conditions = The ethics officer set conditions. Taking part still needs an authorisation.
calendar-authorised = Authorised event ({ $ref })
calendar-authorised-text = Details are in the register.

showcase-state-planned = Planned
showcase-state-held = Held
showcase-state-cancelled = Cancelled
showcase-minutes = { $count ->
    [one] { $count } minute
   *[other] { $count } minutes
    }
showcase-late = { $days ->
    [one] Planned { $days } business day short of the expected time.
   *[other] Planned { $days } business days short of the expected time.
    }
showcase-cancelled-title = This showcase will not take place
showcase-place-held = You have a place.
showcase-place-attended = You were at this showcase.
showcase-register = Register
showcase-give-up = Give up my place
showcase-ics = Add to my calendar (.ics)
showcase-attest = Attest my attendance
showcase-firms = Companies
showcase-firms-none = No company is entered yet.
showcase-questions = Published questions and answers
showcase-questions-none = No answer is published yet.
showcase-organised-by = Organised by { $name }.
showcase-ledger = Fairness ledger
showcase-run = Organisation
showcase-change = Change the showcase
showcase-participants = People registered
showcase-participants-count = { $count ->
    [0] Nobody has a place yet.
    [one] { $count } person has a place.
   *[other] { $count } people have a place.
    }
participant-registered = Has a place
participant-gave-up = Gave up their place
participant-attended = Attendance noted
participant-absent = Absence noted

hold-title = Who was present?
hold-hint = Tick the people who were present. A declaration of relation will be prepared for them, to attest in one click.
hold-others = Other members of staff present
hold-do = The showcase took place
cancel-title = Cancel the showcase
cancel-reason = Why?
cancel-hint = All staff can read this text. People registered receive an email.
cancel-do = Cancel the showcase

plan-next = Once saved, the showcase is in the calendar. You then enter the invited companies.
plan-told = If the date, the time or the platform changes, people registered receive an email.
plan-source = Source: { $source }.
plan-do = Plan the showcase
plan-save = Save the changes

organisers-title = Organising showcases
organisers-text = These people may plan and hold showcases in your name. What they planned stays open to you.
organisers-none = You named nobody.
organisers-person = Person to name
organisers-hint = Type their name, number or email.
organisers-do = Name
organisers-end = End

ledger-title = Fairness ledger
ledger-finding = Equality of access
ledger-call = Call for tenders planned for { $date }, without a number yet.
ledger-call-numbered = Call for tenders { $number }, planned for { $date }.
ledger-export = For the contract file:
ledger-print = This page can also be printed.
ledger-firms = Companies invited, or that asked to be
ledger-origin = Origin
ledger-heard = Heard
ledger-minutes = Minutes
ledger-stage = Stage of the need
ledger-reason = Reason
ledger-monitor = Contract rules
ledger-monitor-none = No call for tenders is linked: no consultation is needed.
ledger-story = History

equality-empty = No company is entered.
equality-incomplete = { $missing ->
    [one] Access cannot be judged yet: { $missing } company of { $firms } has no outcome or no reason.
   *[other] Access cannot be judged yet: { $missing } companies of { $firms } have no outcome or no reason.
    }
equality-single = { $heard ->
    [0] No company of { $firms } was heard.
   *[other] Only one company of { $firms } was heard, for { $longest } minutes.
    }
equality-uneven = { $heard } companies of { $firms } were heard, but from { $shortest } to { $longest } minutes: the gap is marked.
equality-even = { $heard } companies of { $firms } were heard, from { $shortest } to { $longest } minutes: access is equal.
equality-advice-empty = Enter the companies invited and those that asked to be heard.
equality-advice-incomplete = Note what happened for each company, and why if it was not heard.
equality-advice-single = Before a call for tenders, hear other companies or explain why only one could be.
equality-advice-uneven = Offer the same time to the other companies, or put the explanation on file.
equality-advice-even = Add this ledger to the contract file, if there is one.

firm-invited = Invited
firm-asked = Asked to be heard
firm-unknown = To be noted
firm-heard = Yes
firm-not-heard = No
firm-company = Company
firm-origin = How does it come to the showcase?
firm-add = Enter a company
firm-add-do = Enter
firm-note = Note what happened: { $name }
firm-was-heard = Was the company heard?
firm-minutes = How many minutes?
firm-minutes-hint = If it was heard.
firm-reason = Why was it not?
firm-reason-hint = Required if it was not heard. For example: did not answer two invitations.
firm-note-do = Note

consultation-asked = Consultation of { $date }
consultation-answered = { $name }, on { $date }
consultation-waiting = The opinion is expected.
advise-text = Your opinion
advise-hint = The organisers and the ethics officer will read it.
advise-do = Give my opinion

publish-title = Publish a question and its answer
publish-hint = All staff can read them, and all companies receive the same answer. A published answer does not change.
publish-question = Question
publish-answer = Answer
publish-do = Publish

moment-planned = Showcase planned
moment-changed = Showcase changed
moment-held = { $count ->
    [one] Showcase held, { $count } person present
   *[other] Showcase held, { $count } people present
    }
moment-cancelled = Showcase cancelled
moment-firm-invited = { $company } is invited
moment-firm-asked = { $company } asks to be heard
moment-heard = { $minutes ->
    [one] { $company } is heard, { $minutes } minute
   *[other] { $company } is heard, { $minutes } minutes
    }
moment-not-heard = { $company } is not heard
moment-published = Answer published
moment-consulted = Contract-rules officer consulted
moment-advised = Opinion on contract rules

attest-title = Attest my attendance
attest-why = The policy asks for every relation with a company to be declared, in a group too. A declaration is ready for each company heard.
attest-otherwise = If the sentence below is not true for a company, open its draft instead and complete it.
attest-sentence = I was present. I was offered nothing, I shared no information that is not public, and this does not concern my supervisor.
attest-do = Attest and send
attest-done = Everything is sent. There is nothing else to do.

feeds-title = My calendar
feeds-text = A secret address adds your showcases and your authorised events to your calendar. It shows no company and no person.
feeds-since = Address opened on { $date }.
feeds-end = Close this address
feeds-open = Open an address
feed-title = Your calendar address
feed-once = Copy this address now: it will not be shown again.
feed-address = Address of the calendar
feed-how = In your calendar, choose to subscribe from the Internet and paste the address.
feed-secret = Anybody who knows the address sees these dates. Close the address in your preferences if you lose it.

flash-showcase-planned = The showcase is planned. Now enter the invited companies.
flash-showcase-changed = The showcase is changed.
flash-showcase-cancelled = The showcase is cancelled.
flash-showcase-held = The showcase is held. Declarations are ready to attest.
flash-registered = You have a place. An email confirms it.
flash-gave-up = Your place is free for somebody else.
flash-firm-added = The company is entered.
flash-firm-noted = It is noted in the fairness ledger.
flash-answer-published = The answer is published.
flash-organiser-named = The person is named. An email tells them.
flash-organiser-ended = The naming is ended.
flash-attested = Your declarations are sent.
flash-feed-closed = The address is closed.

error-showcase-past = This date is past. Enter a date to come.
error-showcase-time = This time is not recognised. Write it so: 13:30.
error-showcase-minutes = Enter a number of minutes, from 1 to { $arg }.
error-showcase-firm-known = This company is already in the ledger of the showcase.
error-showcase-why-not = Write why the company was not heard.
error-showcase-no-firm = First enter the companies in the fairness ledger.
error-showcase-unnoted = First note, in the fairness ledger, what happened for each company.
error-showcase-not-yet = The showcase has not taken place yet.
error-showcase-stale = The showcase changed since you read it. Read again, then save again.
error-required-person = Enter a person.
not-possible-showcase = This showcase was held or cancelled: this is no longer possible.
not-possible-showcase-over = The date of the showcase is past.
not-possible-advise = No consultation waits for an opinion.
not-possible-attest = No draft waits for your attestation.
not-possible-feed = You already have five open addresses. Close one first.

letter-fact-title = Title
letter-fact-date = Date
letter-fact-time = Time

letter-planned-subject = Showcase planned – { $ref }
letter-planned-preheader = A technology showcase is in the calendar.
letter-planned-body =
    A technology showcase is planned for { $date }.

    Nothing is expected of you. The fairness ledger is open to you.
letter-planned-action = See the showcase
letter-planned-reason = You are in charge of ethics and integrity.

letter-consulted-subject = Your opinion is asked – { $ref }
letter-consulted-preheader = A call for tenders is linked to a showcase.
letter-consulted-body =
    A call for tenders is planned on the subject of a technology showcase.

    Your opinion is expected before the showcase, on { $date }.
letter-consulted-action = Give my opinion
letter-consulted-reason = You are in charge of applying contract rules.

letter-advised-subject = Opinion received – { $ref }
letter-advised-preheader = The opinion on contract rules is ready.
letter-advised-body =
    The person in charge of contract rules gave an opinion.

    Read it before the showcase.
letter-advised-action = Read the opinion
letter-advised-reason = You organise this showcase.

letter-monitor-opinion-subject = Contract-rules opinion – { $ref }
letter-monitor-opinion-preheader = An opinion was given on a showcase.
letter-monitor-opinion-body =
    The person in charge of contract rules gave an opinion on a showcase.

    Nothing is expected of you.
letter-monitor-opinion-action = See the showcase
letter-monitor-opinion-reason = You are in charge of ethics and integrity.

letter-registered-subject = Your place on { $dateshort } – { $ref }
letter-registered-preheader = Your registration is confirmed.
letter-registered-body =
    You have a place at the showcase of { $date }.

    The attached file adds it to your calendar. If you cannot come, give up your place.
letter-registered-action = See the showcase
letter-registered-reason = You have just registered for a showcase.

letter-moved-subject = Showcase changed – { $ref }
letter-moved-preheader = The date, the time or the platform changed.
letter-moved-body =
    The showcase at which you have a place changed. It is held on { $date }.

    The attached file updates your calendar.
letter-moved-action = See the showcase
letter-moved-reason = You have a place at this showcase.

letter-cancelled-subject = Showcase cancelled – { $ref }
letter-cancelled-preheader = The showcase will not take place.
letter-cancelled-body =
    The showcase of { $date } will not take place. The reason is on its page.

    The attached file updates your calendar.
letter-cancelled-action = See the showcase
letter-cancelled-reason = You had a place at this showcase.

letter-attest-subject = To attest – { $ref }
letter-attest-preheader = Your declarations of relation are ready.
letter-attest-body =
    You were at the showcase of { $date }. A declaration of relation is ready for each company heard.

    One click is enough to attest and send them.
letter-attest-action = Attest my attendance
letter-attest-reason = Your attendance at a showcase is noted.

letter-named-subject = New role: organising showcases
letter-named-preheader = You may plan technology showcases.
letter-named-body =
    The chief information officer named you to organise technology showcases.

    You may plan them, enter companies, note attendance and keep the fairness ledger.
letter-named-action = Open the calendar
letter-named-reason = A role is given to you.

# Daily digest (E19)
mail-choice = Daily digest or letters at once:
digest-waiting = To decide by { $due } – { $ref }
letters-choice-title = Emails
letters-choice-digest = What asks nothing of you is grouped in a digest, on business days at { $at }.
letters-choice-at-once = You receive each email on its own, in working hours.
letters-choice-always = What asks something of you always arrives on its own. Nothing can be turned off.
letters-choose-at-once = Receive each email on its own instead
letters-choose-digest = Receive one digest a business day instead
flash-letters-chosen = Your choice is saved.

letter-digest-subject = { $count ->
    [one] Today’s digest: { $count } item
   *[other] Today’s digest: { $count } items
    }
letter-digest-preheader = What waits for you and what is good to know.
letter-digest-body =
    Here is what waits for you, by due date, then the news since the last digest.
letter-digest-action = Open my inbox
letter-digest-reason = You receive one digest a business day rather than each piece of news on its own.

# Report on showcases
report-showcases-title = Report on showcases
report-showcases-lead = The showcases of a period, the companies heard and equal access. No member of staff is named.
report-showcases-planned = Planned
report-showcases-held = Held
report-showcases-cancelled = Cancelled
report-showcases-attended = Attendance
report-showcases-key-held = Showcases held
report-showcases-key-heard = Hearings of companies
report-showcases-key-even = Equal access
report-showcases-key-attended = Attendance of staff
report-showcases-of-all = { $n ->
    [one] of { $count } showcase
   *[other] of { $count } showcases
    }
report-showcases-of-firms = { $n ->
    [one] of { $count } entry
   *[other] of { $count } entries
    }
report-showcases-of-held = { $n ->
    [one] of { $count } held
   *[other] of { $count } held
    }
report-showcases-section-kinds = Showcases by kind
report-showcases-section-hearings = Companies heard
report-showcases-section-equality = Equal access
report-showcases-section-companies = Companies heard most
report-showcases-table-kinds = Showcases by kind and state
report-showcases-table-hearings = Entries of the fairness ledgers by what became of them
report-showcases-table-equality = Showcases held by what their fairness ledger says
report-showcases-table-companies = Companies heard, most often first
report-showcases-finding = { $n ->
    [0] No showcase was held in the period.
    [one] { $count } showcase was held in the period.
   *[other] { $count } showcases were held in the period.
    }
report-showcases-finding-no-firm = No company is in the fairness ledgers of the period.
report-showcases-finding-heard = Hearings of companies: { $count }. Entries of the fairness ledgers: { $firms }.
report-showcases-finding-none-held = No showcase was held: there is no ledger to compare.
report-showcases-finding-even = { $n ->
    [one] Access is equal in { $count } showcase held of { $held }.
   *[other] Access is equal in { $count } showcases held of { $held }.
    }
report-showcases-finding-companies = { $n ->
    [0] No company was heard.
    [one] { $count } company was heard.
   *[other] { $count } companies were heard.
    }
report-showcases-note-companies = { $shown } companies of { $total }. The fairness ledgers hold all of them.
report-showcases-origin = Origin
report-showcases-origin-invited = Invited
report-showcases-origin-asked = Asked to be heard
report-showcases-col-heard = Heard
report-showcases-col-with-reason = Not heard, with a reason
report-showcases-col-without-reason = Not heard, without a reason
report-showcases-col-unknown = Nothing noted
report-showcases-col-ledger = Fairness ledger
report-showcases-col-times = Showcases
report-showcases-col-minutes = Minutes
report-showcases-ledger-empty = No company
report-showcases-ledger-incomplete = To complete
report-showcases-ledger-single = Only one company heard
report-showcases-ledger-uneven = Uneven times
report-showcases-ledger-even = Equal access
report-showcases-method-rows = Each showcase whose date falls in the period counts once, in its state when the report was made.
report-showcases-method-heard = A company counts once for each showcase. It was heard if the fairness ledger gives how long.
report-showcases-method-even = Access is equal if every company of the fairness ledger was heard or left out with a reason, if at least two were heard, and if the shortest time falls short of the longest by at most { $percent }% of it.
report-showcases-list = Showcases one by one
report-showcases-name = Showcase
report-showcases-day = Date
report-showcases-firms = Companies heard
report-showcases-none-heard = { $firms ->
    [0] none entered
    [one] 0 of { $firms }
   *[other] 0 of { $firms }
    }
report-showcases-heard = { $heard } of { $firms }
report-showcases-heard-of = { $heard } of { $firms }, { $shortest } to { $longest } minutes
