comments-title = Exchanges and notes
comments-none = No comment on this file.
comment-write = Write a comment or a note
comment-text = Your text
comment-text-hint = To notify somebody, write @ followed by their name. A text that is sent does not change any more.
comment-field = About
comment-whole = The whole file
comment-about = about “{ $field }”
comment-audience = Who will read this text
comment-audience-private = A note to myself
comment-audience-readers = The people who handle the file
comment-audience-person = These people and the author of the declaration
comment-read-by = They will read this text: { $names }.
comment-read-by-you = You alone.
comment-send = Send
comment-logged = This file is confidential: each reading of these texts leaves a trace.
error-comment = Write your text.
error-comment-audience = Choose who will read this text.
error-mention-unseen = “{ $arg }” is none of the people who will read this text. Their names are under each choice.
error-mention-private = “{ $arg }” will not read a note to yourself. Remove the mention or choose other readers.
flash-commented = Your text is on file.
not-possible-comment = A draft takes no comment: it has no other reader.
event-commented = Comment written
findings-contest = Contest this finding
findings-contest-why = Why this finding does not hold
findings-contest-hint = Your explanation is read by those who handle the file and stays in it. It does not change your declaration: to correct an answer, use “Correct”.
findings-contest-do = Send my contest
findings-contested = The person contests this finding: the explanation is among the file’s exchanges.

letter-commented-subject = Comment – { $ref }
letter-commented-preheader = A comment is addressed to you.
letter-commented-body =
    Somebody who reads this file addresses a comment to you.

    It is read in the service; this email holds nothing of it.
letter-commented-action = Read and reply
letter-commented-reason = You are one of the people to whom the comment is addressed.
