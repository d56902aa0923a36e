nav-readings = Readings
readings-mine-title = Who read my declarations
readings-mine-lead = Each time somebody else opens one of your confidential declarations, or tries to, it is written here before they see anything of it. So are the exports that carried your declarations, ordinary ones too. A list where one of them appears among others leaves a trace that names no file: this page does not show it.
readings-mine-none = Nobody has read your confidential declarations, or exported your declarations.
readings-mine-none-text = Ordinary declarations, such as those of declined gifts, leave no trace of reading; their exports leave one.
readings-mine-none-here = Nothing more in this part of the record.
readings-on = Date
readings-who = Who
readings-what = What they did
readings-file = Declaration
readings-times = { $count ->
    [one] Once that day
   *[other] { $count } times that day
    }
readings-action-read = Opened the declaration
readings-action-list = Saw it in a list
readings-action-attachment = Downloaded an attached file
readings-action-measure = Read a measure
readings-action-clearance = Used it to check a committee
readings-action-clearance-reasons = Read why, for a committee
readings-action-export = { $count ->
    [one] Exported it, alone
   *[other] Exported it, in a file of { $count } declarations
}
readings-others = { $count ->
    [one] and one other
   *[other] and { $count } others
}
readings-refused = Tried to open it; refused
readings-title = Unusual readings
readings-lead = Above { $files } confidential declarations opened and files exported, counted together, or { $refused } refusals in one day, readings are reported here. Ask the person what explains them.
readings-none = No unusual reading.
readings-none-text = The service looks at the readings of the day every hour.
readings-alarm = { $name }, { $on }
readings-kinds = Types concerned
readings-exported = { $count }, each export counting the files that it carries
readings-explanation = Explanation
readings-explain = What explains these readings?
readings-explain-hint = For example: preparing the annual report, standing in for a colleague. Without a good explanation, tell your information security officer.
readings-explain-send = Record the explanation
flash-reading-explained = The explanation is recorded.
not-possible-answered = These readings are already explained.
letter-unusual-readings-subject = Unusual readings – { $name }
letter-unusual-readings-preheader = Somebody is reading more declarations than usual.
letter-unusual-readings-body =
    Hello,

    Somebody opened or exported more declarations than usual today, or tried to open some that they may not read. Find out what explains it and record it.
letter-unusual-readings-action = View unusual readings
letter-unusual-readings-reason = You watch over the confidentiality of the register.
letter-fact-reader = Person
letter-fact-day = Day
letter-fact-files-read = Declarations opened
letter-fact-files-exported = Files exported
letter-fact-refused = Refused attempts
error-readings-explain = Write what explains these readings.
