# Deciding several files at once.
batch-pick = Choose
batch-start = Decide the selection
batch-title = Decide several files
batch-summary = { $kept ->
    [0] No file can be decided this way.
    [one] One file will be decided.
   *[other] { $kept } files will be decided.
    } { $left ->
    [0] None is left out.
    [one] One file is left out.
   *[other] { $left } files are left out.
    }
batch-left = Left out
batch-left-flagged = It carries a point to check: it is decided on its own.
batch-left-not-yours = It does not wait for your decision.
batch-left-needs-words = Every decision here asks for reasons or measures.
batch-none = Choose other files, or open them one by one.
batch-undo-hint = You will be able to undo for a few minutes, before letters leave.
batch-do = Save these decisions
batch-cancel = Go back without deciding
batch-done-title = Decisions saved
batch-undo-title = Not the right selection?
batch-undo-until = Nobody has been told yet. You can undo everything until { $at }.
batch-undo = Undo these decisions
batch-undone = These decisions are undone. The files wait for you again.
batch-final = People have been told. To change a decision, open the file.
batch-back = Back to what awaits me
flash-batch = Your decisions are saved.
flash-batch-undone = Your decisions are undone.
not-possible-batch = None of these files can be decided this way any more. Reload the list.
not-possible-undo = These decisions can no longer be undone: people have been told.
event-decision-undone = Decision undone before anybody was told: { $outcome }
