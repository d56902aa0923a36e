compare-title = Compare versions – { $ref }
compare-open = Compare versions side by side
compare-choose = Versions to compare
compare-before = Before
compare-after = After
compare-do = Compare
compare-side = Version { $name }, { $date }
compare-side-followed = { $name }, { $date }
compare-answer = Answer
compare-lead =
    { $changed ->
        [0] No answer changes.
        [one] One answer changes.
       *[other] { $changed } answers change.
    } { $same ->
        [0] { "" }
        [one] One answer stays the same.
       *[other] { $same } answers stay the same.
    }
compare-everything = Show all answers
compare-only-changes = Show only what changes
compare-same = Unchanged
compare-changed = Changed
compare-added = Added
compare-removed = Removed
compare-nothing = No answer
compare-origin = Open the previous declaration
not-possible-compare = This file has a single version: there is nothing to compare.
