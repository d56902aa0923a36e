# Event passports
back-passports = Passports
passports-title = Event passports
passports-text = You rule once on a company’s event. Each linked request carries your ruling, and the supervisor decides.
passports-empty = No passport yet.
passports-empty-text = Open one when several people are invited to the same event.
passport-new-title = New passport
passport-new-text = Your ruling holds for all invitees. It informs the decision and does not replace it.
passport-from = Passport opened from request { $ref }.
passport-event-title = Event
passport-company = Organising company
passport-rule = Rule
passport-attendance = Participation
passport-finding = { $requests ->
    [0] No request is linked to this passport.
    [one] 1 linked request: { passport-finding-parts }.
   *[other] { $requests } linked requests: { passport-finding-parts }.
    }
passport-finding-parts = { passport-finding-authorised }, { passport-finding-went }, { passport-finding-gifts } ({ $value })
passport-finding-authorised = { $authorised } authorised
passport-finding-went = { $went ->
    [one] { $went } attendance confirmed
   *[other] { $went } attendances confirmed
    }
passport-finding-gifts = { $gifts ->
    [one] { $gifts } gift declared
   *[other] { $gifts } gifts declared
    }
passport-costs = Costs
passport-value = Planned benefit
passport-over = Over the cap
passport-useful = Usefulness
passport-gifts = Gifts
passport-unlink = Unlink the request of { $name } ({ $ref })
passport-proposals = Requests to confirm
passport-proposals-text = Same company and same date, within a few days. Tick those that are for this event.
passport-proposals-which = Requests for this event
passport-proposals-none = No other request seems to be for this event.
passport-likely = Similar title.
passport-possible = Different title: check.
passport-confirm = Link the ticked requests
passport-rule-again = Rule again
passport-rule-again-text = The ruling before stays on file. People who have a linked request to decide receive an email.
passport-rulings = Rulings given
passport-article = Policy, section 5, taking part in events; REDFP, s. 6
passport-says-acceptable = The ethics officer finds taking part in “{ $title }” acceptable.
passport-says-conditions = The ethics officer finds taking part in “{ $title }” acceptable on conditions.
passport-says-not-acceptable = The ethics officer finds taking part in “{ $title }” not acceptable.
passport-now-acceptable = Check the usefulness to the person’s duties, then decide.
passport-now-conditions = Check the usefulness to the duties, then take these conditions up in your decision.
passport-now-not-acceptable = If you authorise all the same, explain why in your reasons.
passport-cap-is = Benefits of at most { $cap } per person.
passport-over-cap = The benefit planned in this request ({ $value }) exceeds the cap ({ $cap }).
passport-cap-condition = Accept no benefit beyond { $cap }
passport-panel = Passport of the event
passport-panel-proposals = The ethics officer ruled on an event that looks like this one.
passport-panel-which = Is it the same event?
passport-panel-confirm = Yes, this one
passport-panel-create = Open a passport for this event

ruling-title = Ruling
ruling-acceptable = Taking part is acceptable
ruling-acceptable-hint = Nothing particular to respect.
ruling-conditions = Acceptable on conditions
ruling-conditions-hint = Give a cap or conditions.
ruling-not-acceptable = Taking part is not acceptable
ruling-not-acceptable-hint = Somebody who authorises all the same will have to explain it.
ruling-cap = Cap on benefits per person
ruling-cap-hint = In dollars, for example 40.
ruling-conditions-list = Conditions
ruling-conditions-list-hint = One per line. They will be proposed to the person who decides.
ruling-reason = Reasons
ruling-reason-hint = The people who decide and the people invited can read them.

event-passport-linked = Linked to an event passport
event-passport-unlinked = Unlinked from the event passport
flash-passport-ruled = Your ruling is in force.
flash-passport-linked = The request now carries the ruling of the passport.
flash-passport-unlinked = The request no longer carries this ruling.
error-passport-ruling = Choose a ruling.
error-passport-company = Choose a company of the register, or declare it first.
error-passport-conditions = Enter a cap or at least one condition.
error-passport-requests = Tick at least one request.
error-passport-unknown = Choose one of the passports proposed.
error-passport-stale = The ruling changed since you read it. Read again, then rule again.
error-passport-departs = Your decision departs from the passport: write why.
not-possible-passport-linked = This request is already linked to a passport.
not-possible-passport-other = The company or the date differs: it is not the same event.

letter-ruled-subject = Ruling on an event – { $ref }
letter-ruled-preheader = The ethics officer ruled.
letter-ruled-body =
    The ethics officer ruled on the event of a request that you have to decide.

    The ruling is on the page of the request. The decision remains yours.
letter-ruled-action = Read the ruling and decide
letter-ruled-reason = You are the person who decides this request.
