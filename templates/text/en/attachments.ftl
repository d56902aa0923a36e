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
