nav-campaigns = Campaigns
back-campaigns = Campaigns
campaigns-title = Yearly campaigns
campaigns-lead = Once a year, everybody in service confirms their interests, even with nothing to declare.
campaigns-all = All campaigns
campaigns-none = No campaign.
campaigns-none-text = The first one opens with the form above.
campaign-new = Open a campaign
campaign-label = Year
campaign-label-hint = For example, 2026-2027.
campaign-due = Last day to answer
campaign-try = Do a trial run
campaign-trial = Trial run
campaign-trial-text = Nothing is sent yet. When the campaign opens, everybody gets a letter; reminders go only to those who have not answered.
campaign-trial-change = Change the year or the day
campaign-people = People asked to answer
campaign-without-address = Without an email address
campaign-without-supervisor = Without a supervisor
campaign-away = Away today
campaign-reminders = Reminders
campaign-open = Open the campaign
campaign-csv = Download progress by unit (CSV)
campaign-answered-count = People who answered
campaign-answered = Answers
campaign-progress = { $done } of { $people }, { $share }
campaign-opened-on = Opened on { $date }
campaign-closed-on = Closed on { $date }.
campaign-due-on = Until { $date }.
campaign-title = Yearly campaign
campaign-heading = Campaign { $label }
campaign-by-unit = By unit
campaign-unit = Unit
campaign-missing = Answers awaited: { $unit }
campaign-missing-none = Everybody there has answered.
campaign-close = Close the campaign
campaign-close-text = No more reminders will leave. Declarations stay possible at any time.
campaign-team-title = Answers of my team
campaign-team-lead = Campaign { $label }: { $done ->
    [one] { $done } answer of { $people }, expected by { $due }.
   *[other] { $done } answers of { $people }, expected by { $due }.
    }
campaign-team-none = No campaign is open.
campaign-person = Person
campaign-answer = Answer
campaign-received = Received
campaign-awaited = Awaited
home-campaign = Yearly declaration { $label }, by { $date }
home-campaign-text = Everybody in service answers once a year.
flash-campaign-opened = The campaign is open. Letters are leaving.
flash-campaign-closed = The campaign is closed.
error-campaign-soon = Leave at least five business days to answer.
not-possible-campaign = A campaign is open already. Close it before you open another one.
not-possible-campaign-closed = This campaign is closed already.
campaign-exceptions = People to leave out of the campaign (optional)
campaign-exceptions-hint = On each line, an employee number then the administrative reason, without medical detail: 200014 unpaid leave.
campaign-excepted = People left out of the campaign
campaign-excepted-none = The campaign is for everybody in service.
campaign-excepted-on = Recorded on
campaign-except = Leave this person out of the campaign
campaign-ask-again = Include again
campaign-reason = Reason
campaign-reason-hint = An administrative reason, without medical detail. Only the ethics team reads it.
campaign-number = Employee number
campaign-gap = To look at
campaign-gaps-csv = Download the list of people without an address, without a supervisor or away (CSV)
campaign-messages = Read the emails that will leave
campaign-test = Send me the first email as a test
campaign-test-sent = The test email is on its way to { $email }.
campaign-curve = Answers received, by business day
campaign-curve-pace = Pace to end in time
campaign-curve-table = See the figures
campaign-curve-day = Day
campaign-share = Share
campaign-too-soon = It is too soon to say whether the campaign will end in time.
campaign-complete = Everybody has answered.
campaign-in-time = At the pace of the last days, everybody will have answered by { $date }.
campaign-behind = { $count ->
    [one] At the pace of the last days, one answer will be missing on { $date }.
   *[other] At the pace of the last days, { $count } answers will be missing on { $date }.
}
campaign-late = { $count ->
    [one] One answer is still missing; it was expected by { $date }.
   *[other] { $count } answers are still missing; they were expected by { $date }.
}
flash-campaign-excepted = The person is left out of the campaign.
flash-campaign-asked-again = The person will receive the email of the campaign.
error-campaign-unknown = { $arg }: nobody in service has this number.
error-campaign-twice = { $arg }: this number is there twice.
error-campaign-reason = { $arg }: write the reason after the number.
error-campaign-reason-long = { $arg }: shorten the reason to 200 characters.
letter-fact-trial = Trial
letter-trial = This email is sent to you alone. The campaign is not open.
letter-fact-year = Year
letter-fact-days-left = Business days left
letter-fact-missing = Answers awaited
letter-fact-asked = People asked
letter-fact-answered = Answers received
letter-fact-unanswered = Without an answer
letter-yearly-subject = Your yearly declaration – by { $date }
letter-yearly-preheader = Two minutes if nothing changed.
letter-yearly-body =
    Hello,

    It is time for the yearly declaration of interests. If nothing changed since last year, simply confirm it: two minutes. Otherwise, change or end what is different, and declare what is new.
letter-yearly-action = Make my yearly declaration
letter-yearly-reason = You are in service at the Ministry.
letter-yearly-reminder-subject = Your yearly declaration – by { $date }
letter-yearly-reminder-preheader = Your answer has not been received yet.
letter-yearly-reminder-body =
    Hello,

    A reminder: your yearly declaration has not been received yet. If nothing changed, two minutes are enough.
letter-yearly-reminder-action = Make my yearly declaration
letter-yearly-reminder-reason = You have not answered the yearly campaign yet.
letter-yearly-team-subject = Your team: declarations received, { $done } of { $people }
letter-yearly-team-preheader = Where your team stands.
letter-yearly-team-body =
    Hello,

    This is where your team stands with the yearly declaration. You only see whether the answer is in, never what it says.
letter-yearly-team-action = View my team
letter-yearly-team-reason = You supervise people during a yearly campaign.
letter-yearly-closed-subject = Campaign { $label } closed – { $share }
letter-yearly-closed-preheader = Answers received, and those missing.
letter-yearly-closed-body =
    Hello,

    The yearly campaign is closed. Here are its figures; the page gives them by unit.
letter-yearly-closed-action = Open the results
letter-yearly-closed-reason = You are the ethics officer.
