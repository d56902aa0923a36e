# Letters in English, for people who chose it.

letter-help = A question? Write to the ethics officer: { $email }.
letter-fact-reference = Reference
letter-fact-kind = Type
letter-fact-company = Company
letter-fact-person = Person
letter-fact-due = Due
letter-fact-outcome = Decision

letter-received-subject = Received – { $ref }
letter-received-preheader = Your declaration is on file.
letter-received-body =
    Hello,

    Your declaration { $ref } is on file. You can follow it, correct it or withdraw it until it is decided.
letter-received-action = View my declaration
letter-received-reason = You have just filed a declaration.

letter-decide-subject = To decide by { $dueshort } – { $ref }{ $who }
letter-decide-preheader = A declaration awaits your decision.
letter-decide-body =
    Hello,

    A declaration awaits your decision. All the facts fit on one page; it takes about two minutes.

    Opening this link decides nothing: you choose in the service.
letter-decide-action = View and decide
letter-decide-reason = You are the person who decides on this declaration.

letter-corrected-subject = Corrected – { $ref }{ $who }
letter-corrected-preheader = The declaration changed since you read it.
letter-corrected-body =
    Hello,

    The person corrected declaration { $ref } before your decision. The page shows what changed.
letter-corrected-action = View the changes
letter-corrected-reason = You are the person who decides on this declaration.

letter-reminder-subject = { $count ->
    [one] Reminder: 1 item awaits you
   *[other] Reminder: { $count } items await you
    }
letter-reminder-preheader = { $count ->
    [one] Reminder: 1 item awaits you.
   *[other] Reminder: { $count } items await you.
    }
letter-reminder-body =
    Hello,

    { $count ->
        [one] An item still awaits you.
       *[other] { $count } items still await you.
    }

    You receive at most one reminder per business day, which groups everything.
letter-reminder-action = View what awaits me
letter-reminder-reason = A due date is near or past. This reminder cannot be turned off.

letter-question-subject = Question about your declaration – { $ref }
letter-question-preheader = There is a question about your declaration.
letter-question-body =
    Hello,

    The person reviewing your declaration { $ref } needs a clarification. The question awaits you in the service.
letter-question-action = Read and answer
letter-question-reason = You filed this declaration.

letter-follow-up-subject = To complete – { $ref }

letter-answered-subject = Answer received – { $ref }{ $who }
letter-answered-preheader = The person answered your question.
letter-answered-body =
    Hello,

    The answer to your question about declaration { $ref } has arrived. You can now decide.
letter-answered-action = View and decide
letter-answered-reason = You had asked a question.

letter-referred-subject = Referred to ethics – { $ref }{ $who }
letter-referred-preheader = A declaration is referred to you.
letter-referred-body =
    Hello,

    Declaration { $ref } is referred to you. You can decide, give an opinion and send it back, or ask a question.
letter-referred-action = Open the file
letter-referred-reason = You are the ethics officer.

letter-flagged-subject = To review – { $ref }
letter-flagged-preheader = A declaration carries a point to check.
letter-flagged-body =
    Hello,

    Declaration { $ref } carries at least one point to check. It follows its course with the person who decides; you can give an opinion.
letter-flagged-action = Open the file
letter-flagged-reason = You are the ethics officer.

letter-told-after-subject = { $decided ->
    [yes] Changed since your decision – { $ref }
   *[no] Changed since the decision – { $ref }
    }
letter-told-after-preheader = What was told after the decision must be read.
letter-told-after-body =
    Hello,

    The person completed the follow-up of declaration { $ref } after the decision. What it says must be read: the file stays open until then.
letter-told-after-action = Review
letter-told-after-reason = You decided on this declaration, or you are responsible for ethics and integrity.

letter-changes = What has changed since the decision:
letter-change-from-to = “{ $label }”: { $before } → { $after }
letter-change-added = “{ $label }”: { $after }
letter-change-removed = “{ $label }”: { $before } → removed
letter-change-unsaid = “{ $label }”: read it in the file

letter-contract-subject = Contract process concerned – { $ref }
letter-contract-preheader = A declaration concerns a contract process.
letter-contract-body =
    Hello,

    A declaration concerns a contract process under way. The ethics officer is reviewing it and will consult you if needed.
letter-contract-action = Open the service
letter-contract-reason = You are in charge of the application of contract rules.

letter-opinion-subject = Opinion given – { $ref }
letter-opinion-preheader = The ethics officer gave an opinion.
letter-opinion-body =
    Hello,

    An opinion is attached to declaration { $ref }. Read it before you decide.
letter-opinion-action = Read the opinion and decide
letter-opinion-reason = You are the person who decides on this declaration.

letter-withdrawn-subject = Withdrawn – { $ref }{ $who }
letter-withdrawn-preheader = You have nothing more to do on this declaration.
letter-withdrawn-body =
    Hello,

    The person withdrew declaration { $ref }. You have nothing more to do.
letter-withdrawn-action = View what awaits me
letter-withdrawn-reason = This declaration awaited your decision.

# The words of the decision are those of the kind of declaration: “To be returned”, “Authorised with conditions”.
letter-approved-subject = { $outcome } – { $ref }
letter-approved-preheader = A decision was made on your declaration.
letter-approved-body =
    Hello,

    The decision on your declaration { $ref } is made: “{ $outcome }”. The page says what remains to be done, if anything.
letter-approved-action = View the decision
letter-approved-reason = You filed this declaration.

letter-conditions-subject = { $outcome } – { $ref }
letter-conditions-preheader = Conditions or measures come with the decision.
letter-conditions-body =
    Hello,

    The decision on your declaration { $ref } is made: “{ $outcome }”. Read what it asks before you act, then confirm that you have read it.
letter-conditions-action = Read what is asked
letter-conditions-reason = You filed this declaration.

letter-refused-subject = { $outcome } – { $ref }
letter-refused-preheader = A decision was made on your declaration.
letter-refused-body =
    Hello,

    The decision on your declaration { $ref } is made: “{ $outcome }”. The page gives the reasons and what you can do now. The ethics officer can advise you.
letter-refused-action = Read the reasons
letter-refused-reason = You filed this declaration.

letter-noted-subject = { $outcome } – { $ref }
letter-noted-preheader = Your declaration was reviewed.
letter-noted-body =
    Hello,

    The decision on your declaration { $ref } is made: “{ $outcome }”. It is in the register.
letter-noted-action = View my declaration
letter-noted-reason = You filed this declaration.

letter-decided-subject = Decision made – { $ref }
letter-decided-preheader = The decision on your declaration is made.
letter-decided-body =
    Hello,

    The decision on your declaration { $ref } is made. It waits for you in the service, with what remains to be done, if anything.
letter-decided-action = Read the decision
letter-decided-reason = You filed this declaration.

letter-recorded-subject = Your decision is recorded – { $ref }
letter-recorded-preheader = Your decision is in the register.
letter-recorded-body =
    Hello,

    Your decision on declaration { $ref } is recorded. If you did not make it, write at once to the ethics officer.
letter-recorded-action = View the decision
letter-recorded-reason = You have just decided on this declaration.

letter-escalated-subject = { $days ->
    [one] { $days } business day late – { $ref }
   *[other] { $days } business days late – { $ref }
    }
letter-escalated-preheader = A decision is late.
letter-escalated-body =
    Hello,

    { $days ->
        [one] The decision on declaration { $ref } is { $days } business day late.
       *[other] The decision on declaration { $ref } is { $days } business days late.
    } You can give it to another person.
letter-escalated-action = Open the file
letter-escalated-reason = You are the ethics officer.

letter-rescored-subject = News of the company – { $ref }
letter-rescored-preheader = A contract, a call for tenders, the RENA or the registry of lobbyists touches a declaration.
letter-rescored-body =
    Hello,

    What the service knows of contracts, calls for tenders, the RENA and the registry of lobbyists brings news of the company of a declaration. See whether what was said or decided still holds.
letter-rescored-action = See what changed
letter-rescored-reason = This declaration is yours, or you handle it.

letter-rescored-many-subject = News of companies – { $count } declarations
letter-rescored-many-preheader = A contract, a call for tenders, the RENA or the registry of lobbyists touches declarations.
letter-rescored-many-body =
    Hello,

    What the service knows of contracts, calls for tenders, the RENA and the registry of lobbyists brings news of the company of { $count } declarations. See whether what was said or decided still holds.
letter-rescored-many-action = Open the list
letter-rescored-many-reason = These declarations are yours, or you handle them.
letter-files-more = { $count ->
    [one] and { $count } other declaration
   *[other] and { $count } other declarations
    }

letter-ruled-alone-subject = Decision taken – { $ref }
letter-ruled-alone-preheader = A rule decided, and you may ask that somebody look.
letter-ruled-alone-body =
    Hello,

    Your declaration is received, and a rule of the service took the decision without anybody looking at it. The service shows the rule and the information it saw.

    You may have it corrected, and present your observations to somebody who can review the decision.
letter-ruled-alone-action = See the decision
letter-ruled-alone-reason = You made this declaration.

letter-ruled-for-you-subject = Decided by a rule – { $ref }{ $who }
letter-ruled-for-you-preheader = You have nothing to do.
letter-ruled-for-you-body =
    Hello,

    A rule decided in your place about a declaration without risk. You may read it and, if you wish, look at it yourself.
letter-ruled-for-you-action = See the declaration
letter-ruled-for-you-reason = You are this person’s supervisor.
