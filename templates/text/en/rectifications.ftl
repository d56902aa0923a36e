# Rectification by annotation (A-2.1, s. 89, 91, 98 and 135).
rectifications-title = Rectifications
rectification-title = Rectification
rectification-lead = What you declared and what was decided stay as they are. What you write here, and the answer, are read with the file as long as it lasts.
rectification-ask = Ask for a rectification
rectification-answer = Answer the request
rectification-about = Which answer it is about
rectification-text = What is inaccurate, incomplete or equivocal
rectification-text-hint = Say too what should be read there.
rectification-send = Ask for the rectification
rectification-verdict = Answer to the request
rectification-grant = Grant
rectification-grant-hint = The annotation says what is accurate.
rectification-refuse = Refuse
rectification-refuse-hint = The reason is given to the person; their request stays on file, and they may apply to the Commission d’accès à l’information within 30 days.
rectification-why = Reason or detail
rectification-answer-send = Send the answer
rectification-asked-by = { $who } asks for a rectification, on { $date }.
rectification-due = To be answered by { $date }.
rectification-granted-by = Granted by { $who }, on { $date }.
rectification-refused-by = Refused by { $who }, on { $date }.
home-rectification = { $ref }, to be answered by { $date }
event-rectification-asked = Rectification asked for
event-rectification-answered = { $verdict ->
    [granted] Rectification granted
   *[other] Rectification refused
 }
error-rectification = Say what is inaccurate, incomplete or equivocal.
error-rectification-verdict = Choose an answer.
flash-rectification-asked = Your request is on file. It will be answered.
flash-rectification-answered = The answer is on file and the person is told.
not-possible-rectify = A rectification is asked for on a declaration that is decided, closed or withdrawn; before the decision, correct it.
not-possible-rectify-answer = The ethics officer answers, never for a file of their own.
not-possible-rectify-twice = A request for rectification waits for its answer already.
not-possible-rectified = No request for rectification waits for an answer.
nav-rectifications = Rectifications
rectifications-lead = What people say is wrong in their file. The law sets the time to answer; the request and the answer are read with the file.
rectifications-waiting = To answer
rectifications-answered = Answered
rectifications-asked = Asked on
rectifications-due = To answer by
rectifications-extended = More time taken
rectifications-empty = No request here.
rectifications-empty-text = A person asks for a rectification from their file, once it is decided.
rectification-late = { $days ->
    [one] 1{"\u00A0"}day late
   *[other] { $days }{"\u00A0"}days late
 }
rectification-granted = Granted
rectification-refused = Refused
rectification-extend = Take more time
rectification-extend-text = Once, before the first time is over. The answer is then due by { $date }; the person has a notice and reads the reason on file.
rectification-extend-why = Why more time is needed
rectification-extend-send = Take more time and tell the person
rectification-extended-by = More time taken, until { $until }, by { $who }, on { $date }.
event-rectification-extended = More time taken for the rectification, until { $date }
flash-rectification-extended = More time is taken and the person is told.
not-possible-rectify-extend = More time is taken once, before the first is over.

letter-rectify-asked-subject = Rectification asked for – { $ref }
letter-rectify-asked-preheader = An answer is due within the time of the law.
letter-rectify-asked-body =
    The person this file is about asks to have something in it rectified.

    The law sets the time to answer: the file gives the date. The request is read in the service; this email holds nothing of it.
letter-rectify-asked-action = Read and answer
letter-rectify-asked-reason = You answer requests for rectification.
letter-rectify-answered-subject = Answer to your request – { $ref }
letter-rectify-answered-preheader = The answer is on file.
letter-rectify-answered-body =
    Your request for rectification was answered. The answer is read in the service, with its reason if there is one.

    If it does not suit you, you may apply to the Commission d’accès à l’information within 30 days.
letter-rectify-answered-action = Read the answer
letter-rectify-answered-reason = You asked for this rectification.
letter-rectified-subject = Changed since your decision – { $ref }
letter-rectified-preheader = A rectification is on file.
letter-rectified-body =
    A rectification was granted since your decision. It is added to the file, erases nothing, and is read with it.

    Your decision stands as long as nobody changes it.
letter-rectified-action = Review
letter-rectified-reason = You decided on this declaration.
letter-rectify-due-subject = Rectification to answer – { $ref }
letter-rectify-due-preheader = By { $date }.
letter-rectify-due-body =
    A request for rectification of this file still waits for an answer, due by { $date }.

    Without an answer within the time of the law, the request is deemed refused and the person may apply to the Commission d’accès à l’information.
letter-rectify-due-action = Read and answer
letter-rectify-due-reason = You answer requests for rectification.
letter-rectify-extended-subject = More time to answer you – { $ref }
letter-rectify-extended-preheader = By { $date }.
letter-rectify-extended-body =
    Your request for rectification will be answered by { $date }. The reason is read in the service.
letter-rectify-extended-action = Read the reason
letter-rectify-extended-reason = You asked for this rectification.
