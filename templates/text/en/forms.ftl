# The forms: read, changed, shown before they are adopted.
nav-forms = Forms
back-forms = Back to the forms
back-form = Back to the form
form-title = Forms
form-lead = What each kind of declaration asks. Somebody else adopts each change.
form-in-force = Forms in force
form-name = Form
form-version = Version
form-versions = Versions
form-questions = Questions
form-since = Since { $date }
form-shipped-on = Came with the service, installed on { $date }
form-history = History
form-what-is-asked = What is asked
form-version-title = A version of a form
form-version-lead = Recorded on { $date }. Declarations begun with it keep it.
form-document = File of the form
form-document-hint = For everything that the pages do not change. Each error is told with its line.
form-follow-up = Asked after the decision
form-feeds = used by rules, lists and reports
form-required = Must be answered
form-optional = Optional
form-required-if = Must be answered if { $what }
form-only-if = Asked if { $what }
form-is = { $what } is { $value }
form-or = or
form-and = and
form-regime = the regime of the person
form-widget-text = Short text
form-widget-longtext = Text of several lines
form-widget-lines = List, one item a line
form-widget-choice = One choice among several
form-widget-choices = Several choices possible
form-widget-yes-no = Yes or no
form-widget-date = Date
form-widget-money = Amount
form-widget-company = Company
form-widget-contacts = People of a company
form-widget-persons = Members of staff
form-widget-attachment = Files joined
form-widget-checkbox = Box to tick

form-proposal-title = A change proposed to a form
form-effective-hint = Tomorrow or later. Declarations already begun keep their form.
form-decide-text = New declarations follow this form from its effective date. Those that are begun keep theirs.
form-rule-uses = A rule uses it:
form-left = { $drafts ->
    [0] No draft
    [one] One draft
   *[other] { $drafts } drafts
} and { $filed ->
    [0] no open declaration
    [one] one open declaration
   *[other] { $filed } open declarations
} will stay on the version they began with.
form-left-sealed = Open confidential files will keep their version. Their number is shown nowhere.
form-text-changed = Text changed
form-page-added = Page added
form-page-changed = Page changed
form-page-removed = Page removed
form-question-added = Question added
form-question-changed = Question changed
form-question-removed = Question removed
form-order-changed = Order of the questions changed
form-part-changed = Setting changed

form-preview-title = Preview
form-preview-lead = Each page as a person would see it. Nothing is recorded.
form-preview-start = First page and collection notice
form-preview-banner = Preview of a proposed form.
form-preview-text = Nothing that you write here is recorded or sent.
form-preview-leave = Leave the preview
form-preview-files = You can try a file: its nature and size are checked as in the real form, then it is forgotten.
form-preview-file = tried, not kept
flash-form-previewed = The preview is over. Nothing was recorded.

form-edit = Change
form-edit-title = Change a page of the form
form-french = In French
form-english = In English
form-page-title = Title of the page
form-page-hint = Help under the title
form-page-why = Why we ask
form-question-label = Question
form-question-hint = Help under the question
form-must-answer = Must be answered
form-required-elsewhere = Other answers say whether this one must be given. The file changes that.
form-place = Rank on the page
form-choices = Choices offered
form-choice = Choice “{ $what }”
form-retire = No longer offer this choice
form-new-choice = Add a choice
form-new-question = Add a question
form-new-question-text = It comes at the end of the page. Leave empty to add none.
form-new-label = New question
form-new-widget = Nature of the answer
form-save-page = Save the page
form-needs-french = Write the French text.

# What is wrong in the file of a form, after “file:line:column”.
form-bad-name = “{ $name }” cannot be a name: lower case without accents, digits and underscores.
form-twice = The name “{ $name }” is already taken.
form-no-label = “{ $name }” has no French text.
form-no-choices = The question “{ $name }” offers no choice.
form-unknown-field = { $near ->
    [none] No question is called “{ $name }”.
   *[other] No question is called “{ $name }”. Is it “{ $near }”?
}
form-never-holds = { $near ->
    [none] The question “{ $name }” never holds “{ $value }”.
   *[other] The question “{ $name }” never holds “{ $value }”. Is it “{ $near }”?
}
form-unknown-kind = No kind of declaration is called “{ $name }”.
form-link-target = The form “{ $kind }” has no question “{ $name }”: a linked draft fills it.
form-link-widget = The questions “{ $name }” and “{ $other }” are not of the same nature: one is copied into the other.
form-not-a-date = The delay counts from “{ $name }”, which is not a date.
form-recipient = “{ $name }”: one can only address one’s supervisor or the ethics office.
form-precedent = “{ $name }”: the choice “precedent”, by which the person lets the question serve as an example, is needed.
form-needed-by = “{ $name }”: the day by which an answer is expected is a date.
form-sealed-fact = “{ $name }”: a confidential form (C3) fills no column.
form-sealed-subject = A confidential form (C3) has no subject: its lines say its title alone.
form-sealed-told = A confidential form (C3) tells nobody but its recipient.
form-no-decision = No decision ends the file.
form-no-outcome = No decision is called “{ $name }”.
form-measures-unfollowed = The decision “{ $name }” asks for measures and closes the file: nobody would follow them.
form-fixed = “{ $name }” does not change: keep “{ $value }”.
form-widget = The question “{ $name }” changes its nature. Propose a new question under another name.
form-fact-gone = The question “{ $name }” cannot go: it fills the column “{ $fact }” that rules, search and reports read.
form-fact-moved = The question “{ $name }” must go on filling the same column.
form-known-gone = The question “{ $name }” cannot go: the service uses it by its name.
form-known-choice-gone = The choice “{ $value }” of “{ $name }” cannot go: the service uses it by its name.
form-class-lowered = The question “{ $name }” cannot become less confidential.
error-form-same = The proposal changes nothing in the form in force.

letter-forms-proposed-subject = A change of a form to adopt
letter-forms-proposed-preheader = { $who } proposes a change
letter-forms-proposed-body =
    { $who } proposes to change a form of declaration.
    Read the change and its preview, then adopt or refuse. Without an answer in time, the proposal goes back to whoever wrote it.
letter-forms-proposed-action = Read the proposal
letter-forms-proposed-reason = You receive this email because you adopt the forms of the register.
letter-forms-adopted-subject = Your form is adopted
letter-forms-adopted-preheader = It will serve from its effective date
letter-forms-adopted-body =
    The change of a form that you proposed is adopted.
letter-forms-adopted-action = See the proposal
letter-forms-adopted-reason = You receive this email because you proposed this change.
letter-forms-refused-subject = Your form is refused
letter-forms-refused-preheader = The reason is on the page
letter-forms-refused-body =
    The change of a form that you proposed is refused.
letter-forms-refused-action = Read the reason
letter-forms-refused-reason = You receive this email because you proposed this change.
