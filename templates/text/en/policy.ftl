# What is wrong with a file of rules, after “file:line:column”.
policy-toml = The file cannot be read: { $cause }
policy-too-long = The file is too long.
policy-twice = Another rule already has this name.
policy-no-kind = The rule does not say which kinds of declaration it is about.
policy-unknown-kind = { $near ->
    [none] No kind of declaration is called “{ $name }”.
   *[other] No kind of declaration is called “{ $name }”. Is it “{ $near }”?
}
policy-sealed-kind = “{ $name }” files are confidential: no rule reads them.
policy-no-text = The text “{ $name }” is missing.
policy-limit-unused = No rule uses the limit “{ $name }”.
policy-limit-negative = The limit “{ $name }” is negative.
rule-syntax = The expression cannot be read: { $cause }
rule-unknown-fact = { $near ->
    [none] No fact is called “{ $name }”.
   *[other] No fact is called “{ $name }”. Is it “{ $near }”?
}
rule-unknown-limit = { $near ->
    [none] No limit is called “{ $name }”.
   *[other] No limit is called “{ $name }”. Is it “{ $near }”?
}
rule-unknown-answer = { $near ->
    [none] No field of these declarations is called “{ $name }”.
   *[other] No field of these declarations is called “{ $name }”. Is it “{ $near }”?
}
rule-unknown-word = { $near ->
    [none] “{ $name }” is not one of the possible choices.
   *[other] “{ $name }” is not one of the possible choices. Is it “{ $near }”?
}
rule-unknown-function = The function “{ $name }” does not exist in rules.
rule-may-be-missing = The answer “{ $name }” may be missing: compare it first (== true, != null).
rule-not-yes-no = This part must be true or false.
rule-not-number = This part must be a number.
rule-not-list = This part must be a list.
rule-not-text = This part must be a text.
rule-never-equal = These two values are never of the same nature.
rule-never = This comparison is never true: the threshold cannot be reached.
rule-always = This comparison is always true: the threshold serves no purpose.
rule-by-zero = Division by zero.
rule-nested = A list cannot be read within another.
rule-literal = Only whole numbers, texts, true, false and null are written here.
rule-part = This form of expression does not exist in rules.
rule-too-long = The expression has more than { $most } parts.

# The facts that rules name.
fact-kind = The kind of the declaration.
fact-answers = The answers, by field: answers.field. A question without an answer is null.
fact-regime = The regime of the person: public servant, State administrator, on loan.
fact-may-prospect = The person may prospect: deputy minister, assistant deputy minister, director general.
fact-lobbying-duty = The position of the person requires lobbying to be recorded.
fact-purpose = The purpose of the exchange.
fact-category = The nature of what is declared: type of gift, first tie of interest.
fact-value-known = The value is known.
fact-value-cents = The declared value, in cents; 0 when unknown.
fact-days-late = The days late on the filing delay, in the unit of the kind.
fact-has-company = A company is named.
fact-has-neq = Its enterprise number (NEQ) is known.
fact-names-decider = A person who could have decided is named.
fact-under-contract = The answer to “Under contract with the Ministry?”: yes, no, unknown or nothing.
fact-donor-12-months-cents = The value of the gifts of the donor to the person, over the fullest 12 months that hold this one.
fact-donor-12-months-count = Their number, over 12 months.
fact-donor-fiscal-year-cents = The value of the gifts of the donor to the person in the fiscal year.
fact-donor-unit-12-months-cents = The same value for the whole unit, over 12 months.
fact-donor-unit-12-months-count = The number of gifts of the donor to the unit, over 12 months.
fact-donor-unit-fiscal-year-cents = The value of the gifts of the donor to the unit in the fiscal year.
fact-donor-body-12-months-cents = The same value for the whole Ministry, over 12 months, with the other companies of its group.
fact-donor-body-12-months-count = The number of gifts of the donor to the Ministry, over 12 months.
fact-donor-body-fiscal-year-cents = The value of the gifts of the donor and of the other companies of its group to the Ministry in the fiscal year.
fact-near-limit-count = The number of gifts of the donor to the person just under the limit (limits.near_limit_percent), this being one of them.
fact-split-cents = The value of gifts under the limit given to the person within a few days (limits.split_days).
fact-split-count = Their number.
fact-open-interests = Number of companies in which the person has a declared interest not said to be over, counted when they declare that there is nothing to declare.
fact-renews = What came of the declaration of interests that this one takes up: nothing yet (pending), a decision (decided), a direction of the deputy minister or of an outside authority (directed); empty when it takes up none.
fact-declared-interest = The person declared an interest in this company and did not say that it ended.
fact-companies-consulted = The companies consulted on the need, this one included.
fact-lobbying-case = The company aimed at a decision and no exclusion of the law applies.
fact-lobbying-days-left = The calendar days left to enter the activity in the registry (30 or 60); negative once past.
fact-lobbying-due-on = The last day to enter the activity in the registry, 30 or 60 calendar days after the first; empty when nothing has to be.
fact-active-contracts = Published contracts of the company, or of one merged into it, that run on that day.
fact-group-active-contracts = Published contracts of the other companies of its group that run on that day.
fact-open-tenders = Calls for tenders that still await bids and in which it takes part.
fact-group-open-tenders = Calls for tenders open on that day in which other companies of its group bid, and not itself.
fact-ineligible = The company is in the register of ineligible enterprises (RENA).
fact-struck-off = The company has been struck off the business register (REQ).
fact-neq-unknown = The NEQ is not in the imported business register (REQ).
fact-lobby-look = What the last check in the registry of lobbyists noted on the page of the company found: a mandate (registered), none (absent), nothing sure (unclear); empty if nobody checked.
fact-lobby-look-on = The day of this check; empty if nobody checked.
fact-lobby-look-days = The age of this check, in calendar days; 0 if nobody checked.

# The rule studio.
policy-title = Rules
policy-tab-rules = Rules in force
policy-tab-versions = Versions and proposals
policy-tab-try = Try on a file
policy-in-force = In force since { $date }.
policy-recent = { $count ->
    [one] Frequencies over the last declaration.
   *[other] Frequencies over the last { $count } declarations.
    }
policy-chapters = Chapters
policy-open-proposals = Open proposals
policy-proposals = Proposals
policy-proposals-none = No proposal so far.
policy-propose = Propose a change
policy-several-kinds = Several kinds of declaration
policy-fired = { $count ->
    [one] Fired once
   *[other] Fired { $count } times
    }
policy-refers = Refers to the ethics office
policy-tells-monitor = Tells the contract-rules officer
policy-how = How it fires
policy-limits = Limits
policy-limit = Limit
policy-limit-value = Value
policy-name = Name in rules
policy-facts = Facts that rules know
policy-author = Author
policy-on = On
policy-why = Why this change
policy-why-hint = For whoever adopts. This reason stays in the journal.
policy-versions-title = Versions of the rules
policy-versions-lead = Nothing leaves the history. Going back is proposing a past version again.
policy-effective = Effective date
policy-effective-hint = Tomorrow or later. Declarations already on file keep their findings.
policy-origin = Origin
policy-adopted-on = Adopted on { $date }
policy-shipped = Came with the service
policy-hash = Fingerprint
policy-go-back = Take up again
policy-take-up = Take up
policy-is-in-force = In force
policy-version-title = A version of the rules
policy-version-lead = Effective date: { $date }.
policy-document = File of the rules
policy-document-label = Whole text
policy-document-hint = To add or rewrite a rule. Each error is told with its line.
policy-try-title = Try the rules on a file
policy-try-lead = Each rule says whether it fires today, and what it saw.
policy-try-reference = Number of the file
policy-try-do = Try
policy-try-unknown = No file that you may read has this number.
policy-try-proposal = The trial is made with a proposal, not with the rules in force.
policy-fires = Fires
policy-try-count = { $count ->
    [0] No rule fires.
    [one] One rule fires.
   *[other] { $count } rules fire.
}
policy-silent = Does not fire
policy-not-evaluated = Could not be evaluated
policy-saw = What it saw
policy-value-none = Nothing
policy-proposal-title = Proposed change to the rules
policy-proposal-by = Proposed by { $who } on { $date }.
policy-decided-by = Decided by { $who } on { $date }.
policy-state-draft = Draft
policy-state-submitted = To adopt
policy-state-adopted = Adopted
policy-state-refused = Refused
policy-state-withdrawn = Withdrawn
policy-state-over = Time is over
policy-until = To adopt or refuse before { $date }; after that, the proposal goes back to whoever wrote it.
policy-over-since = Nobody answered before { $date }. The proposal is back with whoever wrote it, who may change it, submit it again or withdraw it.
policy-problems = To put right before submitting
policy-place = Line { $line }, column { $column }
policy-changes = What changes
policy-changes-none = Nothing changes for now.
policy-what = Item
policy-before = Before
policy-after = After
policy-date-and-why = Date and reason
policy-save = Save
policy-save-document = Save the text
policy-submit-title = Submit to somebody else
policy-submit-text = The secretary general adopts or refuses. You cannot adopt your own proposal.
policy-submit = Submit the proposal
policy-decide = Your decision
policy-decide-text = Adopted rules apply from the effective date. Declarations under way keep their findings.
policy-adopt = Adopt
policy-refuse = Refuse
policy-refuse-why = Why you refuse
policy-withdraw = Withdraw the proposal
policy-replay-do = Replay on the past
policy-replay-title = Replay on the past
policy-replay-lead = What the proposal would have changed since { $date }, each declaration seen as on the day it was filed.
policy-replay-years = { $years ->
    [one] 1 year
   *[other] { $years } years
}
policy-replay-period = Period of the replay
policy-replay-looked-at = Declarations looked at
policy-replay-changed = Declarations that change
policy-replay-referred = Also referred to the ethics office
policy-replay-not-referred = No longer referred
policy-replay-more-severe = More severe findings
policy-replay-less-severe = Less severe findings
policy-replay-nothing = The proposal would have changed nothing.
policy-replay-by-rule = By rule
policy-replay-by-unit = By unit
policy-rule = Rule
policy-replay-examples = Recent examples
policy-replay-gains = Would fire:
policy-replay-loses = Would no longer fire:
policy-replay-goes = the file would go to the ethics office
policy-replay-stays = the file would no longer go to the ethics office
back-policy = Back to the rules
back-policy-versions = Back to the versions
back-policy-proposal = Back to the proposal
nav-policy = Rules
flash-policy-begun = The proposal is open. Nothing changes until it is adopted.
flash-policy-saved = The proposal is saved.
flash-policy-submitted = The proposal is submitted.
flash-policy-adopted = The proposal is adopted. It applies from its effective date.
flash-policy-refused = The proposal is refused. Its author is told.
flash-policy-withdrawn = The proposal is withdrawn.
error-policy-note = Say why this change is proposed.
error-policy-effective = The effective date must be tomorrow or later.
error-policy-same = The proposal changes nothing in the rules in force.
error-policy-problems = First put right what is told above.
error-policy-number = Write a whole number, zero or more.
not-possible-policy-problems = The file of this proposal has errors.
not-possible-policy-date = The effective date is past. Ask for a new proposal.
not-possible-policy-decided = This proposal no longer waits for this act.
not-possible-policy-over = The time to answer this proposal is over. It must be submitted again.
not-possible-policy-own = Somebody else must adopt your proposal.
not-possible-policy-sealed = No rule reads confidential files.
limit-gift-attention-cents = Value of a gift that deserves attention
limit-near-limit-percent = Share of this value from which a gift is just under it (%)
limit-near-limit-count = Gifts just under the value, in 12 months
limit-split-days = Days within which close gifts count together
limit-gift-donor-12-months-cents = Total of a donor to a person, in 12 months
limit-gift-donor-12-months-count = Gifts of a donor to a person, in 12 months
limit-gift-donor-unit-12-months-cents = Total of a donor to a unit, in 12 months
limit-gift-donor-body-12-months-cents = Total of a donor to the Ministry, in 12 months
limit-needs-min-companies = Companies to consult on a need
limit-lobby-look-most-days = Days after which a check in the registry of lobbyists is old
limit-event-notice-days = Business days of notice for an event
letter-fact-effective = Effective date
letter-fact-answer-before = Answer needed before
letter-rules-proposed-subject = A change of rules to adopt
letter-rules-proposed-preheader = { $who } proposes a change
letter-rules-proposed-body =
    { $who } proposes a change to the rules of the register. Nothing changes before your decision.

    The page shows what changes and what it would have done over the last years. Without an answer in time, the proposal goes back to whoever wrote it.
letter-rules-proposed-action = Read the proposal
letter-rules-proposed-reason = You receive this email because you adopt the rules of the register.
letter-rules-adopted-subject = Your proposal of rules is adopted
letter-rules-adopted-preheader = It will apply from its effective date
letter-rules-adopted-body =
    The change that you proposed to the rules is adopted. It will apply to declarations filed from the effective date.
letter-rules-adopted-action = See the proposal
letter-rules-adopted-reason = You receive this email because you proposed this change.
letter-rules-refused-subject = Your proposal of rules is refused
letter-rules-refused-preheader = The reason is on the page
letter-rules-refused-body =
    The change that you proposed to the rules is not adopted. The reason is on the page of the proposal.
letter-rules-refused-action = Read the reason
letter-rules-refused-reason = You receive this email because you proposed this change.
views-label = Views

policy-doc-lead = Written by `probite policy table` from the files of `config/`; not to be changed by hand. Sentences are summed up in our words.
policy-doc-sentences = The policy, sentence by sentence
policy-doc-section = Section
policy-doc-sentence = What the policy asks
policy-doc-answer = What answers it
policy-doc-by-rules = Rules:
policy-doc-by-fields = Fields:
policy-doc-judgement = Judgement:
policy-doc-rules = The rules
policy-doc-facts = The facts that rules may name

policy-decide-risk = A rule that decides alone is for information: it refers nothing and tells nobody else.
policy-decide-outcome = “{ $name }” is not a decision that the service may take alone for { $kind }.

policy-tab-pack = Exchange
pack-title = Exchange rules and forms
pack-lead = A signed pack carries the rules and forms in force from one body to another. Nothing takes effect by itself: what comes becomes proposals, which two people here read, change and adopt.
pack-take = Take the rules and forms of this body
pack-take-text = The file carries the policy and the forms in force today, without anything about a person. Hand over the public key by another way than the file.
pack-download = Download the signed pack
pack-own-key = Public key of this register:
pack-no-key = This register signs nothing: journal.key_file is not set. Ask the system administrator to make a key.
pack-bring = Bring in those of another body
pack-file = Pack received
pack-key = Public key of the body
pack-key-hint = The line that it gave you, for example: registre.exemple/journal+3d5e…+AQ…
pack-read-it = Verify and open the proposals
pack-read = Pack from { $who }, signature verified
pack-opened = These proposals are open in your name, as drafts:
pack-nothing = All that it carries is already in force here.
pack-same = Already in force here, word for word
pack-new = New forms
pack-new-text = This register does not have the forms below and they cannot be adopted here. Who reads their files and how long those are kept is set in files that the service checks when it starts: adopted without them, their files would have no reader and no retention period. The rest of the pack does not depend on them.
pack-new-how = To have one, the system administrator:
pack-new-file = puts its file with those of the other forms (files.kinds);
pack-new-kept = gives it a retention period (files.retention);
pack-new-read = says which roles read its files (files.access), then restarts the service.
pack-new-size = { $pages ->
        [one] One page
       *[other] { $pages } pages
    }, { $questions ->
        [one] one question
       *[other] { $questions } questions
    }.
pack-new-rules = Rules of this pack are about it. Take them out of the proposal, or wait until the form is here:
pack-new-problems = Its file cannot be used here as it is:
pack-new-document = The file of the form
pack-note = Pack from { $who }, signed by { $key }.
not-possible-pack = This register has no key to sign a pack.
error-pack-key = Copy the whole line of the public key: a name, a plus sign, an identifier, a plus sign, the key.
error-pack-format = Choose a pack made by this service in another body.
error-pack-signature = The pack is not signed by this key. Check the key with the body, by another way than the file.
error-pack-changed = A file of the pack is not the one that was signed. Ask the body for the pack again.
