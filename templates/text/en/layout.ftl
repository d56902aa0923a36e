# Page frame, fields and shared blocks.

error-prefix = Error:
error-summary-title = There is a problem

layout-skip = Skip to content
layout-nav = Main menu
layout-menu = Menu
layout-nav-count = { $count ->
    [one] item to process
   *[other] items to process
    }
layout-preferences = Preferences of
layout-sign-out = Sign out
layout-footer = Footer
layout-flash-success = Done
layout-flash-info = Please note
layout-flash-warning = Warning
layout-demo-title = Demonstration.
layout-demo-text = All people, companies and files are fictitious.
layout-demo-personas = Change person
layout-demo-mailbox = Sent messages
layout-wrongdoing = Do you want to disclose a wrongdoing? This service does not receive disclosures. Contact the Québec Ombudsman (Protecteur du citoyen) directly, in full confidentiality.
layout-wrongdoing-link = Make a disclosure to the Québec Ombudsman

field-optional = (optional)
field-error = Error:
field-yes = Yes
field-no = No
field-select-empty = Choose an answer
field-lines-hint = Enter one item per line.
field-persons-hint = Enter one name or email address per line.
field-date-format = YYYY-MM-DD, for example 2026-11-27
field-money-unit = dollars
field-counter-max = Maximum { $max } characters.
field-counter-left = Characters left: %n
field-counter-over = Characters over the limit: %n
field-files-attached = Files already attached
field-files-remove = Remove
field-file-add = Add a file

field-company-name = Company name
field-company-name-hint = Name, beginning of the name or NEQ.
field-company-search = Find this company
field-company-found = Is it one of these companies?
field-company-other = No, keep the name entered
field-company-not-found = No company in the register matches “{ $name }”. Check the spelling, or continue with the name entered.
field-company-neq = Québec enterprise number (NEQ)
field-company-neq-hint = 10 digits. Leave blank if you do not know it, and say so below.
field-company-no-neq = This company has no NEQ, or I do not know it
field-company-no-neq-reason = Explain why
field-company-no-neq-hint = For example, a company established outside Québec, a private person, or “I do not know it”.
field-company-results = Matching companies
field-company-results-none = No company found.
field-company-results-one = 1 company found. Use the arrow keys to choose it.
field-company-results-many = %n companies found. Use the arrow keys to choose.

field-contact = Person { $n }
field-contact-name = Name
field-contact-title = Position
field-contact-email = Email

summary-change = Change
summary-empty = No answer

findings-now = What to do:
findings-none = Nothing to check.

timeline-removed = Removed
timeline-added = Added

pagination-label = Result pages
pagination-previous = Previous
pagination-next = Next

mail-fact = { $label }:
mail-facts = Summary
mail-proof = Signed proof, to keep:
mail-reason = Why are you receiving this message?
mail-open = { $label }:
mail-site = Service website:
