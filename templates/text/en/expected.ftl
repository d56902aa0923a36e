# Expected and declared, by unit.
back-expected = Expected and declared
expected-title = Expected and declared
expected-lead = What each unit had to declare in the year, and what it declared. The silence of an active unit is a finding.
expected-years = Fiscal year
expected-follow-link = See whom to follow up
expected-none = Nothing was expected in this fiscal year
expected-total = Total
expected-interests = Interests
expected-contracts = Contracts
expected-events = Events
expected-meetings = Meetings
expected-pair = { $declared } of { $expected }
expected-hidden = hidden
expected-hidden-text = “Hidden”: a number from 1 to 4 is there, or would follow from the total. Only whole fiscal years are shown, so that their difference reveals none either.
expected-whole-text = For you only: no number is hidden. Others who read this table do not see the numbers from 1 to 4.
expected-what = What is counted
expected-interests-text = Interests: people in service, and those who declared their interests in the year, “nil” included.
expected-contracts-text = Contracts: those in force that the unit follows according to the Ministry’s books or once named, and those that a declaration of the year speaks of.
expected-events-text = Events: presences at a showcase where a company was heard, and those followed by a declaration.
expected-meetings-text = Meetings: companies heard at the showcases of the unit, and those that the unit spoke of afterwards.
expected-follow-title = Whom to follow up
expected-follow-lead = For you only. Opening this page is written in the access log.
expected-silent = Active units that declared nothing
expected-silent-none = None
expected-silent-contracts = { $count ->
    [one] { $count } contract
   *[other] { $count } contracts
 }
expected-silent-events = { $count ->
    [one] { $count } presence at a showcase
   *[other] { $count } presences at a showcase
 }
expected-silent-meetings = { $count ->
    [one] { $count } company heard
   *[other] { $count } companies heard
 }
expected-people = People without a declaration of interests in the year
expected-missing = { $count ->
    [one] { $count } person
   *[other] { $count } people
 }
expected-more = { $count ->
    [one] And { $count } other.
   *[other] And { $count } others.
 }
