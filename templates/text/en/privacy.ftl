own-copy-link = Download a copy of all that the register keeps about me
own-copy-readme =
    Copy of what the register keeps about you, drafts included.

    donnees.json: your declarations ({ $count }) with their answers, decisions and history; who read them; what the directory says of you.
    declarations.csv: the list of your declarations.
    fichiers: the files you joined.

    This copy holds personal information. Keep it in a safe place.
own-copy-left-out = These files are not in the copy; download them one by one in the service:

sessions-title = My open sessions
sessions-text = A session ends on its own after some time without activity. End those you do not recognise, and tell whoever administers the service.
sessions-line = Opened on { $opened }, active on { $seen }.
sessions-this = This session.
sessions-end = End
sessions-end-others = End all the others
flash-sessions-closed = Done. Whoever used it must sign in again.
