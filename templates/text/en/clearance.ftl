# Checks of contract committees: sheets, reasons, everybody's own page.
nav-clearance = Clearances
back-clearance = Clearances
back-clearance-sheet = Sheet
flash-clearance = The sheet is made.
clearance-title = Clearances
clearance-lead = Before forming a committee: who may sit, who must declare first, who withdraws. Never why.
clearance-new = New clearance
clearance-none = No clearance
clearance-none-text = Each sheet made will appear here.
clearance-number = Number
clearance-purpose = Purpose of the check
clearance-purpose-hint = For example: selection committee, cloud services. The people checked will read it.
clearance-contract = Contract or notice
clearance-contract-label = Contract or notice number
clearance-contract-hint = As it was imported. Its known suppliers and bidders are checked. Leave empty to write the companies.
clearance-companies = Companies
clearance-companies-label = Companies
clearance-companies-hint = One per line, by NEQ or by name. They are added to those of the contract.
clearance-roster-label = People of the committee
clearance-roster-hint = One per line, by number or by name. { $most } at most.
clearance-new-title = New clearance
clearance-new-lead = You receive one result per person over all the companies, and what to do next.
clearance-new-note = Each check is recorded. The people checked see that it was made, by whom, when, for what and with which result.
clearance-check = Check
clearance-cancel = Cancel
clearance-asked-by = Asked by
clearance-asked-at = Date
clearance-result = Result
clearance-count-clear = { $count ->
    [one] { $count } person with nothing to report
   *[other] { $count } people with nothing to report
 }
clearance-count-declare-first = { $count ->
    [one] { $count } must declare first
   *[other] { $count } must declare first
 }
clearance-count-recuse = { $count ->
    [one] { $count } withdraws
   *[other] { $count } withdraw
 }
clearance-sheet-title = Sheet { $number }
clearance-sheet-heading = Clearance sheet
clearance-people = People
clearance-person = Person
clearance-verdict = Result
clearance-next = What to do next
clearance-verdict-clear = Nothing to report
clearance-verdict-declare-first = Must declare first
clearance-verdict-recuse = Withdraws
clearance-next-clear = May sit. The duty to declare anything new remains.
clearance-next-declare-first = The person brings their declarations up to date; then check again.
clearance-next-recuse = Give their seat to someone else. If in doubt, consult the ethics officer.
clearance-mine-clear = You may sit. Declare anything new.
clearance-mine-declare-first = Bring your declarations up to date.
clearance-mine-recuse = You do not sit for this file. The ethics officer can tell you why.
clearance-mine-declare = My interests
clearance-mine-title = Checks about me
clearance-mine-lead = Before a contract committee is formed, it is checked that nothing keeps people from sitting on it. Here is when it was done for you.
clearance-mine-none = No check
clearance-mine-none-text = If you are checked for a committee, you will see it here.
clearance-no-reason = This sheet does not say why. Neither the kind of declaration nor the company is on it, and their absence means nothing.
clearance-fingerprint = Fingerprint
clearance-fingerprint-text = The fingerprint (SHA-256) is also in the journal. A changed sheet no longer has the same one.
clearance-intact = It matches the journal.
clearance-changed-title = Changed sheet
clearance-changed = What is written here no longer matches the fingerprint in the journal. Do not rely on it: check again and tell the ethics officer.
clearance-see-reasons = See the reasons
clearance-reasons-title = Reasons of sheet { $number }
clearance-reasons-heading = Reasons
clearance-reasons-text = For you only. Each declaration named here leaves a line in the access log.
clearance-reasons-none = No reason to show
clearance-reason-interest = An interest declared in a company of the sheet, or of its group
clearance-reason-withdrawal = A measure of withdrawal in force
clearance-reason-gifts = Gifts above a mark of the policy
clearance-reason-interests-missing = Interests not declared within the time set, not even “nil”
clearance-reason-relation-missing = A meeting at a showcase, not declared yet
error-clearance-purpose = Say why you are checking these people.
error-clearance-about = Write the number of a contract or notice, or at least one company.
error-clearance-contract = No contract or notice on file bears the number { $arg }. Check it, or write the companies.
error-clearance-no-firm = No company is known for this number. Write them below.
error-clearance-roster = Write at least one person.
error-clearance-nobody = Nobody in service matches { $arg }.
error-clearance-near = Nobody in service is called { $arg }. Replace the line with a number, if it is one of these people:
error-clearance-several = { $arg } may mean several. Replace the line with a number:
error-clearance-neq = No company bears the NEQ { $arg }.
error-clearance-no-company = No company is called { $arg }. Write its NEQ instead.
error-clearance-company-near = No company is called exactly { $arg }. Replace the line, if it is one of these:
error-clearance-too-many-people = Check { $arg } people at most at a time.
error-clearance-too-many-companies = Check { $arg } companies at most at a time.
error-clearance-limit = The limit of checks for the day is reached, in all or for one person. Go on tomorrow, or ask the ethics officer.
clearance-proof = Download the signed proof of this fingerprint
