# Advice, precedents and confidential files.

nav-sealed = Confidential
nav-precedents = Precedents

disclosure-title = Before you start
disclosure-before = To disclose wrongdoing, go to this outside body: { $name }. This form does not take its place, and nothing that you write here is sent to it.
disclosure-phone = , telephone: { $phone }
disclosure-address = , { $address }

route-direct = It goes straight to whoever must read it.
error-opinion-has-a-page = Write the opinion on its page, with its four parts.
error-part-facts = Write the facts.
error-part-norms = Write the norms that apply.
error-part-analysis = Write your analysis.
error-part-recommendation = Write your recommendation.
error-part-situation = Describe the situation.
error-part-title = Give a title.
error-precedent-stance = Say whether you follow this precedent.
error-precedent-withdrawn = This precedent was just taken out of the library. Read your opinion again, then send it again, without this precedent.
error-precedent-reason = Write why you depart from it.
error-precedent-identifies = Remove what identifies the person or the file: “{ $arg }”.
error-recipient-named = Your supervisor is one of the people involved. Choose the ethics officer.
error-recipient-nobody = The directory names no supervisor. Choose the ethics officer.
error-advice-not-yours = Choose an opinion that you received.
not-possible-opinion = This file awaits no written opinion.
not-possible-precedent = The person did not let the question serve as an example. A precedent is written only with their consent.
not-possible-receipt = No opinion is given yet on this file.

event-advice-given = Opinion given
event-precedent-departed = Departure from a precedent

advice-later = Keep for later
advice-draft-resumed = You resume your draft of { $at }. You alone see it; it disappears when the opinion is given.
flash-opinion-kept = Your draft opinion is kept. Nothing is sent.
flash-opinion-given = Your opinion is given. The person receives an email without content.
flash-precedent-published = The precedent is published in the library.
flash-precedent-withdrawn = The precedent is out of the library.

back-file = Back to the file
back-precedents = Back to the precedents

detail-sealed-mine = Confidential file. It appears in no list, search or statistic that others consult.
detail-sealed-read = Sealed file. It appears neither in the register, nor in the search, nor in reports.

check-advice = I followed an opinion I received
check-advice-text = This is optional. Without it, nobody knows that you asked for advice.
check-advice-which = I followed opinion
check-advice-none = Mention nothing
check-advice-share = What I want to share of it
check-advice-share-hint = Your words, or an excerpt. Whoever decides reads this text and the reference, nothing else.

advice-write = Write the opinion
advice-write-title = Write an opinion
advice-opinion = Opinion
advice-part-facts = Facts
advice-part-facts-hint = What the person said, in brief, and what you verified.
advice-part-norms = Norms
advice-part-norms-hint = The articles of the policy and regulation that apply.
advice-part-analysis = Analysis
advice-part-analysis-hint = How the norms apply to these facts.
advice-part-recommendation = Recommendation
advice-part-recommendation-hint = What the person may do, or not do.
advice-who-sees = Who will see what
advice-seen-by = { $person } will see the whole opinion. So will the ethics office. Their supervisor will see nothing. Departures from a precedent stay in the file, for the ethics office.
advice-give = Give the opinion
advice-receipt-open = Open the receipt to print
advice-receipt-title = Receipt of an opinion
advice-receipt-lead = Opinion { $ref } was given on { $date }. You may show it to whom you wish; nobody else can.
advice-receipt-print = Print this page with your browser.
advice-receipt-printed = Receipt made on { $date }.
advice-asked-on = Asked on
advice-given-on = Given on
advice-given-by = Given by
advice-followed = The person followed an opinion
advice-followed-note = The person chose to mention it and to share this text. The opinion itself stays confidential.

precedents-title = Precedents
precedents-lead = Opinions already given, rewritten without anything that identifies a person.
precedents-search-label = Search for a precedent
precedents-search = Words
precedents-search-do = Search
precedents-none = No precedent is published yet.
precedents-none-found = No precedent holds all these words.
precedents-none-text = Try other words, or ask your question.
precedents-ask = Ask for advice
precedent-new = New precedent
precedent-published = Published on { $date }
precedent-not-a-rule = A precedent sheds light; each situation remains its own.
precedent-write-title = Write a precedent
precedent-write-lead = Another text than the opinion: no name, date, unit, company or detail by which somebody could be recognised.
precedent-everybody = All staff will be able to read this text.
precedent-publish = Publish
precedent-withdraw = Take out of the library
precedent-from-opinion = Make it a precedent
precedent-refused = The person did not let the question serve as an example: no precedent is drawn from it.
precedent-part-title = Title
precedent-part-situation = Situation
precedent-part-situation-hint = A typical situation, in the present: “A person receives…”.
precedent-part-norms = Norms
precedent-part-norms-hint = The articles that apply.
precedent-part-recommendation = Recommendation
precedent-part-recommendation-hint = What is recommended in such a situation.
precedent-similar = Precedents that look like it
precedent-similar-text = Say what becomes of each. A departure is explained.
precedent-similar-none = No precedent looks like this question for now.
precedent-search-again = Search again, with what I write
precedent-stance-follows = I follow it
precedent-stance-other = It is about something else
precedent-stance-departs = I depart from it
precedent-why = Why depart from it?
precedent-why-hint = Only for a departure. Stays in the file.

confidential-title = Confidential files
confidential-lead = Requests for advice, voluntary declarations and concerns that your office may read. Each line shown here is recorded in the access log.
confidential-empty = No confidential file.

letter-private-asked-subject = Request for advice – { $ref }
letter-private-asked-preheader = A request for advice awaits you.
letter-private-asked-body =
    Hello,

    A request for advice awaits you. It is read in the service only.
letter-private-asked-action = Open
letter-private-asked-reason = You are in charge of ethics and integrity.

letter-private-received-subject = Received – { $ref }
letter-private-received-preheader = Your question is recorded.
letter-private-received-body =
    Hello,

    Your question is recorded. The ethics officer will answer you in the service.
letter-private-received-action = See my request
letter-private-received-reason = You just asked a question.

letter-private-given-subject = Your opinion is ready – { $ref }
letter-private-given-preheader = The opinion is read in the service.
letter-private-given-body =
    Hello,

    The opinion you asked for is ready. You will read it in the service, where a receipt to print awaits you too.
letter-private-given-action = Read the opinion
letter-private-given-reason = You asked for this opinion.

letter-sealed-received-subject = Your submission is recorded
letter-sealed-received-preheader = You can follow it in the service.
letter-sealed-received-body =
    Hello,

    Your submission is recorded. You can follow it in the service.
letter-sealed-received-action = Open the service
letter-sealed-received-reason = You just sent a file.

letter-sealed-message-subject = A message awaits you
letter-sealed-message-preheader = It is read in the service.
letter-sealed-message-body =
    Hello,

    A message awaits you about a file that you sent. It is read in the service only.
letter-sealed-message-action = Read the message
letter-sealed-message-reason = You sent this file.

letter-sealed-file-subject = A confidential file awaits you
letter-sealed-file-preheader = It is read in the service.
letter-sealed-file-body =
    Hello,

    A confidential file awaits your reading or your follow-up. It is read in the service only. Keep its content confidential.
letter-sealed-file-action = Open the file
letter-sealed-file-reason = This file is addressed to you, or to the office you hold.

letter-copied-subject = Copy for information – { $ref }
letter-copied-preheader = A file is brought to your attention.
letter-copied-body =
    Hello,

    File { $ref } is brought to your attention for information. You may give an opinion.
letter-copied-action = Open the file
letter-copied-reason = The policy provides that your office receives a copy.

letters-sealed = Confidential email
letters-sealed-to = Recipient hidden
letters-sealed-failed = The email did not leave. Its detailed cause is in the technical log.
