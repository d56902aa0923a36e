# Giving a file to somebody who asked for it (A-2.1).
release-title = Release the file
release-link = Release the file to somebody who asked for it
release-lead = Choose, line by line, what is released and what is withheld, with the article that allows it. Names are withheld to begin with. The journal keeps to whom the file was given, what was withheld and the hash of the document.
release-recipient = To whom
release-recipient-hint = The name or the number of the access request.
release-lines = Lines of the file
release-give = Release
release-article-53 = Withheld: personal information (s. 53 and 54)
release-article-23 = Withheld: information of a third party (s. 23 and 24)
release-article-37 = Withheld: opinion or recommendation (s. 37 to 39)
release-article-28 = Withheld: investigation or security (s. 28)
release-article-14 = Withheld: tied to what precedes (s. 14)
release-look = See what would be given
release-do = Give the document
release-preview = What would be given
release-document = File { $ref }
release-made = Released to { $who }, on { $date }.
release-withheld = { $count ->
    [0] Nothing is withheld.
    [one] One line is withheld.
   *[other] { $count } lines are withheld.
 }
release-rights = You may ask the Commission d’accès à l’information to review what is withheld, within 30 days (s. 135 of the Access Act).
release-line-declarant = Person
release-line-title = Position
release-line-unit = Unit
release-line-filed = Filed on
release-line-state = State
release-line-outcome = Decision
release-line-decided-by = Decided by
release-line-reason = Reason of the decision
event-released = { $count ->
    [0] File released to { $who }
    [one] File released to { $who }, one line withheld
   *[other] File released to { $who }, { $count } lines withheld
 }
error-release-recipient = Say to whom the file is given.
not-possible-release = The ethics officer releases a file, never their own; what is told in confidence is not released this way.
release-line-file = Attached file
release-file = { $name } ({ $size } kB)
release-open-file = Open this file
release-files = An attached file is given whole or not at all: what it holds is not blacked out here. Open it before you choose. With a file, what is given is a ZIP archive, and the document has the fingerprint of each.
not-possible-release-size = These files are too heavy for one release. Give them in several.
