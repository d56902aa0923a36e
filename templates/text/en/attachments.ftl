# Attached files: what is refused and why.
error-file-broken = “{ $arg }” is damaged or incomplete. Save it again, then attach the copy.
error-file-encrypted = “{ $arg }” is protected by a password. Save it without protection, then attach the copy.
error-file-program = “{ $arg }” contains a program (macro or control). Save it as a DOCX without macros, or as a PDF.
error-file-embedded = “{ $arg }” contains another file or an embedded object. Attach each file separately, or save the document as a PDF.
error-file-linked = “{ $arg }” shows content kept elsewhere. Save it as a PDF, then attach the PDF.
error-file-picture = “{ $arg }” contains a picture that cannot be cleaned. Replace it with a PNG or JPEG picture, or save the document as a PDF.
error-file-dynamic-form = “{ $arg }” is a form that builds itself when it opens. Print it to PDF, then attach that copy.
error-file-unpacked = “{ $arg }” becomes too large once opened. Attach a lighter version.
error-file-dimensions = “{ $arg }” is too large a picture. Reduce it, then attach the copy.
error-file-infected = A virus was found in “{ $arg }”. The file is not kept. Have your computer checked before you attach another one.

# Quarantine: what the antivirus did not say yet, or found later.
file-pending = Waiting for the antivirus. The file will be available afterwards.
file-infected = Content deleted: a virus was found in it.
not-possible-file-pending = This file is waiting for the antivirus. Try again in a few minutes.
not-possible-file-infected = A virus was found in this file. Its content is deleted.
event-attachment-cleared = Attached file analysed, no virus found
event-attachment-infected = Virus found in an attached file, content deleted

letter-file-infected-subject = A file you attached was deleted
letter-file-infected-preheader = The antivirus found a virus in it.
letter-file-infected-body =
    Hello,

    The antivirus found a virus in a file you attached. Its content is deleted and nobody can open it.

    Have your computer checked by IT support first. If the file is needed, then attach a sound copy.
letter-file-infected-action = Open the service
letter-file-infected-reason = You attached this file.
