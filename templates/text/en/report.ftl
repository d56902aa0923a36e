# Audit report. Values such as "count" and "share" arrive formatted; "n" only chooses the plural.

report-title = Ethics register audit report
report-period = { $from } to { $to }
report-highlights = In brief
report-definitions = Definitions
report-contents = Contents
report-page = Page
report-page-of = of
report-none = –
report-empty-table = No rows.
report-chart-data = Chart data
report-chart-desc = The values are in the table that follows.
report-others = Other types
report-whole-organisation = Whole organization.
report-no-policy = No policy version recorded for the period
report-unknown-disposition = Not known yet
report-unknown-category = No category
report-unknown-outcome = No outcome
report-unknown-value = Unknown value

## Title page

report-meta-scope = Scope
report-meta-population = Population
report-meta-policies = Policies in force
report-meta-generated = Produced on
report-meta-by = Produced by
report-population-text = { $n ->
    [one] { $count } active member of staff; { $declarants } filed ({ $share })
   *[other] { $count } active members of staff; { $declarants } filed ({ $share })
  }

report-key-declarations = Declarations
report-key-on-time = On time
report-key-p50 = Median delay
report-key-p90 = P90 delay
report-key-pending = Pending
report-key-late = Filed late
report-key-detail-decided = { $value } decided
report-key-detail-on-time = of decisions
report-key-detail-days = { $n ->
    [one] business day
   *[other] business days
  }
report-key-detail-overdue = { $n ->
    [0] none overdue
   *[other] { $count } overdue
  }
report-key-detail-late = { $value } of declarations

## Counted words

report-business-days = { $n ->
    [one] { $count } business day
   *[other] { $count } business days
  }
report-declarations = { $n ->
    [one] { $count } declaration
   *[other] { $count } declarations
  }
report-people = { $n ->
    [one] { $count } person
   *[other] { $count } people
  }
report-pending = { $n ->
    [0] none awaits a decision
    [one] { $count } awaits a decision
   *[other] { $count } await a decision
  }
report-made-within = { $n ->
    [0] on the same day
    [one] within { $count } business day
   *[other] within { $count } business days
  }
report-overdue = { $n ->
   *[other] { $count } overdue
  }
report-refusals = { $n ->
    [0] No refusal
    [one] { $count } refusal
   *[other] { $count } refusals
  }
report-conditions = { $n ->
    [0] no decision with conditions
    [one] { $count } decision with conditions
   *[other] { $count } decisions with conditions
  }

## Findings

report-finding-volume = { $n ->
    [one] { $count } declaration was filed; the busiest month is { $month }, with { $most }.
   *[other] { $count } declarations were filed; the busiest month is { $month }, with { $most }.
  }
report-finding-volume-one-month = { $n ->
    [one] { $count } declaration was filed.
   *[other] { $count } declarations were filed.
  }
report-finding-volume-none = No declaration was filed in the period.
report-finding-kinds = The most frequent type is “{ $kind }”, with { $share } of declarations.
report-finding-units = { $n ->
    [one] Only one unit filed: { $unit }.
   *[other] { $count } units filed; the first is “{ $unit }”, with { $share } of declarations.
  }
report-finding-states = { $n ->
    [one] { $count } declaration is decided ({ $share }); { $pending }.
   *[other] { $count } declarations are decided ({ $share }); { $pending }.
  }
report-finding-delays = Half of decisions are made { $half } and nine in ten { $most }; { $share } meet the due date.
report-finding-delays-none = No decision was made on the declarations of the period.
report-finding-pending = { $n ->
    [one] { $count } declaration awaits a decision, { $overdue }; the due date has passed by { $worst } at most.
   *[other] { $count } declarations await a decision, { $overdue }; the due date has passed by { $worst } at most.
  }
report-finding-pending-on-time = { $n ->
    [one] { $count } declaration awaits a decision; it is not overdue.
   *[other] { $count } declarations await a decision; none is overdue.
  }
report-finding-pending-none = No declaration awaits a decision.
report-finding-decisions = { $refusals } and { $conditions }; { $share } of decisions give a reason.
report-finding-decisions-none = No decision was made on the declarations of the period.
report-finding-gifts = { $n ->
    [one] { $count } gift was declared, worth { $value }; its disposition: “{ $disposition }”.
   *[other] { $count } gifts were declared, worth { $value }; half are worth { $median } or less, and the most frequent disposition is “{ $disposition }”.
  }
report-finding-gifts-no-value = { $n ->
    [one] { $count } gift was declared, of unknown value; its disposition: “{ $disposition }”.
   *[other] { $count } gifts were declared, all of unknown value; the most frequent disposition is “{ $disposition }”.
  }
report-finding-gifts-none = No gift was declared in the period.
report-finding-companies = { $n ->
    [one] Only one company is named: “{ $company }”, in { $most } by { $people }.
   *[other] { $count } companies are named; the most declared is “{ $company }”, in { $most } by { $people }.
  }
report-finding-companies-none = No company is named in the declarations of the period.
report-finding-late = { $n ->
    [one] { $count } declaration ({ $share }) was filed after the limit that runs from the fact, { $median } late.
   *[other] { $count } declarations ({ $share }) were filed after the limit that runs from the fact; the median lateness is { $median }.
  }
report-finding-late-none = Every declaration was filed within the limit that runs from the fact.
report-finding-supervisors = { $n ->
    [one] { $count } person had no supervisor in the directory when filing ({ $declarations }).
   *[other] { $count } people had no supervisor in the directory when filing ({ $declarations }).
  }
report-finding-supervisors-none = Everyone who filed had a supervisor in the directory at the time.

## Sections, charts, tables

report-section-volume = Volume by month
report-section-kinds = Types of declarations
report-section-units = Units
report-section-states = States
report-section-delays = Time from filing to decision
report-section-pending = Pending and overdue files
report-section-decisions = Decisions and reasons
report-section-gifts = Gifts
report-section-companies = Companies most declared
report-section-late = Declarations late with respect to the fact
report-section-supervisors = Missing supervisors
report-section-method = Method and proof

report-chart-volume = Declarations filed by month and type
report-chart-units = Declarations by unit
report-chart-states = Declarations by state
report-chart-delays = Share of decisions made, by number of business days
report-chart-ages = Pending files by age
report-chart-outcomes = Decisions by outcome
report-chart-gifts = Gifts by value
report-chart-companies = Declarations by company
report-chart-late = Late declarations by type
report-axis-business-days = Business days from filing to decision

report-table-months = Declarations by month of filing and type
report-table-kinds = Declarations and delays by type
report-table-units = Declarations and delays by unit
report-table-states = Declarations by state
report-table-delays = Decisions by delay
report-table-ages = Pending files by time with the person who holds them
report-table-pending = Pending files, earliest due date first
report-table-outcomes = Decisions by outcome
report-table-strict = Refusals and conditions, most recent first
report-table-reasoned = Other reasoned decisions, most recent first
report-table-gift-values = Gifts by value
report-table-gift-dispositions = Gifts by disposition
report-table-gift-categories = Gifts by category
report-table-companies = Companies named most often
report-table-late-kinds = Late declarations by type
report-table-late = Late declarations, longest first
report-table-supervisors = People without a supervisor in the directory when filing

report-col-month = Month
report-col-total = Total
report-col-kind = Type
report-col-filed = Declarations
report-col-decided = Decided
report-col-pending = Pending
report-col-withdrawn = Withdrawn
report-col-overdue = Overdue
report-col-p50 = P50 (days)
report-col-p90 = P90 (days)
report-col-on-time = On time
report-col-unit-code = Unit
report-col-unit = Unit name
report-col-state = State
report-col-count = Count
report-col-share = Share
report-col-within = Delay
report-col-decisions = Decisions
report-col-age = Age
report-col-reference = Reference
report-col-holder = Held by
report-col-held = Held (bus. days)
report-col-due = Due
report-col-overdue-days = Overdue (business days)
report-col-outcome = Outcome
report-col-with-reason = With reason
report-col-with-measures = With measures
report-col-decided-on = Decided on
report-col-decider = Decided by
report-col-reason = Reason and measures
report-col-disposition = Disposition
report-col-category = Category
report-col-value = Value
report-col-without-value = No value
report-col-company = Company
report-col-neq = NEQ
report-col-people = People
report-col-gifts = Gifts
report-col-gift-value = Value of gifts
report-col-late = Late
report-col-declarant = Person
report-col-occurred = Fact
report-col-first-filed = Filed
report-col-days-late = Late (business days)
report-col-number = Number

report-state-submitted = Submitted
report-state-under-review = Under review
report-state-info-requested = Information requested
report-state-with-ethics = With ethics
report-state-decided = Decided
report-state-monitoring = Monitoring
report-state-closed = Closed
report-state-withdrawn = Withdrawn

report-month-1 = Jan
report-month-2 = Feb
report-month-3 = Mar
report-month-4 = Apr
report-month-5 = May
report-month-6 = Jun
report-month-7 = Jul
report-month-8 = Aug
report-month-9 = Sep
report-month-10 = Oct
report-month-11 = Nov
report-month-12 = Dec

report-within = { $n ->
    [0] The same day
    [one] { $count } business day or less
   *[other] { $count } business days or less
  }
report-longest = { $days } (longest delay)
report-age-between = { $from } to { $to } business days
report-age-over = More than { $from } business days
report-age-unknown = Unknown age
report-bin-first = Less than { $below }
report-bin-between = { $from } to less than { $below }
report-bin-last = { $from } and over
report-measures = Measures: { $list }

report-note-list = { $shown } rows of { $total }. The whole list is in the XLSX workbook, sheet “Declarations”.
report-note-groups = { $shown } rows of { $total }. The rest can be computed from the XLSX workbook, sheet “Declarations”.
report-note-months = The last { $shown } months of { $total }. The rest is in the figures in JSON.
report-note-glyphs = { $n ->
    [one] { $count } character missing from the font of this document is replaced by “?”. The XLSX workbook has the exact text.
   *[other] { $count } characters missing from the font of this document are replaced by “?”. The XLSX workbook has the exact text.
  }

## Definitions

report-term-filed = Declaration
report-definition-filed = A file first submitted in the period. Drafts are not counted.
report-term-decided = Decided
report-definition-decided = A decision is recorded and the declaration is not withdrawn.
report-term-pending = Pending
report-definition-pending = Without a decision: submitted, under review, information requested or with ethics.
report-term-withdrawn = Withdrawn
report-definition-withdrawn = Taken back by the person who submitted it.
report-term-overdue = Overdue
report-definition-overdue = Pending, with a due date before { $date }.
report-term-late = Filed late
report-definition-late = First submitted after the limit that its type sets from the fact declared.
report-term-percentile = P50, P90
report-definition-percentile = Number of business days within which 50% and 90% of decisions were made.
report-term-gift = Gift
report-definition-gift = A declaration of a type that follows the disposition of a gift, not withdrawn.

## Method

report-method-rows = The report reads every declaration first submitted in the period, as it stands when the report is produced. A correction or a new version never moves the date of first filing.
report-method-delays = The decision delay counts business days from first filing to decision, by the calendar in force. A decision is on time when it is made no later than its due date. The lateness of pending files and of filings also counts business days, one at least.
report-method-percentiles = Percentiles use the nearest rank, without interpolation. Shares are rounded to the tenth of a percent, half up.
report-method-gifts = The value of a gift is the one declared. A bin includes its lower bound and excludes its upper bound.
report-method-companies = A company is recognized by its NEQ, else by its name whatever the case.
report-method-lists = Lists in this document are bounded. The XLSX workbook has all rows; the PDF, the workbook and the JSON come from the same figures.
report-method-check = The SHA-256 is of the JSON Lines export of the rows, sorted by reference. The command “sha256sum” on that file must give the same value.
report-method-utc = Time of production (UTC)
report-method-count = Rows read
report-method-version = Schema of the figures
report-method-head = Last signed head
report-method-head-text = { $n ->
    [one] { $at }, over { $count } event of the journal
   *[other] { $at }, over { $count } events of the journal
  }
report-method-witnesses = Witnesses that must have a head
report-method-witnesses-text = { $count } of { $asked }: until then, what it covers still waits
report-method-waiting = Changes waiting for a witness
report-method-waiting-text = { $n ->
    [0] none of those of the period
    [one] { $count } of the period, for { $waiting }
   *[other] { $count } of the period, the oldest for { $waiting }
  }
report-method-waits = Wait for a witness
report-method-waits-text = Time during which a change in the journal of the period could be rewritten without a witness knowing: { $p50 } at most for half of them, { $p99 } for 99 of 100, { $longest } for the longest ({ $n ->
   *[other] { $count } covered
  }).
report-span-seconds = { $count } s
report-span-minutes = { $count } min
report-span-hours = { $count } h
report-span-days = { $n ->
    [one] { $count } day
   *[other] { $count } days
  }
report-method-hash = SHA-256 of the data

## Workbook

report-sheet-summary = Summary
report-sheet-figures = Figures
report-sheet-rows = Declarations
report-sheet-method = Method
report-sheet-more = continued
report-row-reference = Reference
report-row-kind = Type (id)
report-row-kind-title = Type
report-row-unit-code = Unit
report-row-unit-name = Unit name
report-row-declarant-number = Number
report-row-declarant-name = Person
report-row-state = State
report-row-outcome = Outcome (id)
report-row-outcome-label = Outcome
report-row-tone = Nature of outcome
report-row-reason = Reason
report-row-measures = Measures
report-row-first-filed-on = First filed
report-row-occurred-on = Date of fact
report-row-days-late = Filing late (business days)
report-row-decided-on = Decided on
report-row-decider-name = Decided by
report-row-decision-days = Delay (business days)
report-row-due-on = Due
report-row-on-time = On time
report-row-holder-name = Held by
report-row-held-days = Held (business days)
report-row-attention = Point to check (0 to 3)
report-row-company-name = Company
report-row-neq = NEQ
report-row-value-cents = Value ($)
report-row-category = Category (id)
report-row-category-label = Category
report-row-disposition = Disposition (id)
report-row-disposition-label = Disposition
report-row-supervisor-missing = Supervisor missing
report-row-overdue-days = Decision overdue (business days)
report-yes = Yes
report-no = No
report-tone-positive = Favourable
report-tone-conditional = With conditions
report-tone-negative = Unfavourable
report-tone-neutral = No judgment

## Parts of the register that have a report of their own

report-part-team = The people who report to you
report-part-contracts = Files linked to a contract. Declarations of interests are counted in summary, without what was decided.
report-part-sector = The units of your sector
report-part-unit = Your unit
report-note-part = The first rows only.
report-note-part-months = The last months only.
report-months-hint = Your figures are counted by whole months. Another period is widened from the first day of its first month to the last day of its last month.
report-months-widened = Period widened to whole months: { $from } to { $to }.
report-links = Reports
report-link-register = Overview
report-link-team = My team
report-link-contracts = Contracts
report-link-showcases = Showcases
report-team-title = Report of my team
report-team-lead = Declarations of the people who report to you. What is not open to you is not counted.
report-team-nobody = Nobody reports to you
report-contracts-title = Report on contracts
report-contracts-lead = Declarations that name a contract or a company under contract, and those that a rule brings to you.
