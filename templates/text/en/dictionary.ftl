dictionary-title = Data dictionary
dictionary-lead = What the register keeps, column by column: why, how confidential it is, about whom and for how long.
dictionary-column = Column
dictionary-class = Class
dictionary-about = About
dictionary-what = What it is
dictionary-why = Why
dictionary-kept = How long
dictionary-as-table = As the table.
dictionary-sealed = , encrypted
dictionary-kept-file = Kept as long as the file, under the retention schedule.
dictionary-kept-directory = Kept as long as the person is in the directory, then under the retention schedule.
dictionary-kept-session = Kept for a few hours.
dictionary-kept-letters = The text is erased after the delay of “letters.keep_days”.
dictionary-kept-journal = Never destroyed: it is the proof.
dictionary-kept-act = Kept with the journal, which says what was done.
dictionary-kept-reference = Kept as long as it serves.
dictionary-about-nobody = nobody
dictionary-about-person = a staff member
dictionary-about-company = a company
dictionary-about-third = somebody outside
assessment-title = { $service }: for a privacy impact assessment
assessment-lead = Written from the settings, forms and dictionary in force. Risks and their acceptance are for the person in charge of access and of the protection of personal information to assess.
assessment-collected = What is collected
assessment-kind = { $kind }: class { $class }, { $fields ->
    [one] { $fields } question.
   *[other] { $fields } questions.
    }
assessment-about = About whom
assessment-count = { $about }, class { $class }: { $count ->
    [one] { $count } column
   *[other] { $count } columns
}.
assessment-kept = For how long
assessment-rule = { $title }: { $years ->
    [one] { $years } year.
   *[other] { $years } years.
    }
assessment-goes = Where it goes
assessment-letters = Emails: relay { $relay }. None has an answer or confidential information in it.
assessment-nowhere = No outside service receives anything: no analytics, no font, no script from elsewhere.
assessment-protects = What protects it
assessment-sealed = Advice, voluntary declarations and concerns encrypted with a key outside the database: { $sealed ->
    [yes] yes
   *[no] no, the key is not set
}.
assessment-access = Who does what: one table (access.toml), tested cell by cell.
assessment-log = Each reading of a confidential file is recorded, refusals included, and the person sees who read theirs.
assessment-journal = Each change is in the journal, whose signed head is given to witnesses.
assessment-two = Roles, exports, emergency readings, key rotations and destructions take two people.
assessment-rights = Each person downloads the copy of what the register keeps about them.
