# Import of the staff directory: what must be put right in the file. Line, column and value are shown beside.

directory-too-large = The file is too large (50 MB at most).
directory-too-many-rows = The file has more than { $value } people.
directory-too-many-columns = The file has { $value } columns: it is not a staff directory.
directory-empty = The file has nobody in it. Nothing was changed.
directory-windows-1252 = Accents cannot be read: the file was saved as Windows-1252. In Excel, choose File, Save As, then the type “CSV UTF-8 (Comma delimited)”. Import it again.
directory-utf-16 = The file was saved as “Unicode Text” (UTF-16). In Excel, choose File, Save As, then the type “CSV UTF-8”.
directory-not-utf-8 = The file is not in UTF-8. Save it as CSV UTF-8.
directory-missing-column = The column “{ $column }” is missing.
directory-missing-column-near = The column “{ $column }” is missing. Is it the one called “{ $value }”?
directory-duplicate-column = The column “{ $column }” is there twice.
directory-wrong-number-of-cells = The line does not have as many cells as the header ({ $value }).
directory-missing-value = This cell must be filled in.
directory-too-long = This value is too long.
directory-control-character = This value has a line break or an invisible character.
directory-malformed-number = This number is not recognised (letters without accents, digits, point, hyphen).
directory-malformed-email = This email address is not recognised.
directory-duplicate-number = This number is already further up in the file.
directory-duplicate-email = This email address is already further up in the file.
directory-missing-unit = The unit is missing.
directory-unnamed-unit = One level of the unit has no name.
directory-unknown-regime = This status is unknown.
directory-unknown-position = This management position is unknown.
directory-unknown-language = This language is unknown (fr or en).
directory-bad-date = This date is not recognised. Write it like this: 2026-11-27.
directory-end-before-start = The end comes before the start.
directory-unknown-supervisor = Nobody in the file has this number.
directory-self-supervisor = This person is their own supervisor.
directory-supervisor-cycle = The chain of supervisors goes round in a circle.
directory-supervisor-inactive = The supervisor is not in service on that date.
directory-importer-absent = You are not in service in this file: importing it would end your access. Check that it is the right file, or add yourself.
directory-more-problems = Other problems: { $value }.

# On the console.
directory-line = Line { $line }: { $text }
directory-and-more = … and { $count } more
directory-problems = { $count ->
    [one] { $count } problem to put right:
   *[other] { $count } problems to put right:
    }
directory-added = { $count ->
    [one] { $count } person to add:
   *[other] { $count } people to add:
    }
directory-changed = { $count ->
    [one] { $count } person to change:
   *[other] { $count } people to change:
    }
directory-departed = { $count ->
    [one] { $count } departure:
   *[other] { $count } departures:
    }
directory-unchanged = { $count ->
    [one] { $count } person unchanged.
   *[other] { $count } people unchanged.
    }
