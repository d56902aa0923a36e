# Demonstration.

demo-enter-title = Who are you today?
demo-enter-lead = This ministry, its staff and its suppliers are fictional. Choose a person to see the register as they see it.
demo-enter-personas = People of the demonstration
demo-enter-other = Somebody else
demo-enter-search = Name or employee number
demo-enter-search-hint = For example: Marie, or 200105.
demo-enter-search-go = Search
demo-enter-found = People found
demo-enter-nobody = Nobody by that name
demo-enter-nobody-text = Check the spelling, or type only the beginning of the name.
demo-enter-place = { $title }, { $unit }
demo-enter-password = Try the real sign-in
demo-enter-password-text = Everybody has an account too. The password is the same for all.
demo-enter-password-email = Email
demo-enter-password-word = Password
demo-enter-password-go = Go to the sign-in page

demo-persona-employee = Analyst. A question waits for her; she has a draft, a gift to have approved and a report to give.
demo-persona-supervisor = Director. Declarations of every kind wait for her decision, some with a point to check or late.
demo-persona-ethics-officer = Ethics officer. She follows the register and handles what is referred to her.
demo-persona-secretary-general = Secretary general. A decision taken outside is to be recorded.
demo-persona-auditor = Internal auditor. He reads the register without names and prepares the audit reports.
demo-persona-contract-monitor = Contract rules officer. She reads what touches a contract, and the summary of interests.
demo-persona-cio = Chief information officer. He plans showcases and keeps the fairness ledger.
demo-persona-system-admin = System administrator. He sees letters and diagnostics, never the files.
demo-persona-executive = Assistant deputy minister. He decides for his directors general and documents lobbying.
demo-persona-deputy-minister = Deputy minister. A direction waits for her; her own declarations are decided outside the Ministry.

demo-mailbox-title = Messages of the demonstration
demo-mailbox-lead = Nothing leaves this machine. Here is each message as its recipient would get it, newest first.
demo-mailbox-filter = Filter the messages
demo-mailbox-filters = Active filters
demo-mailbox-to = Recipient
demo-mailbox-filter-go = Filter
demo-mailbox-chip = Recipient: { $q }
demo-mailbox-chip-remove = , remove this filter
demo-mailbox-empty = No message
demo-mailbox-empty-text = Try another name, or come back after an action.
demo-mailbox-line-to = To
demo-mailbox-waiting = waiting to be sent

demo-letter-from = From
demo-letter-to = To
demo-letter-date = Date
demo-letter-all = All their messages
demo-letter-text = Text of the message
demo-letter-html = See the HTML version
demo-letter-headers = Headers
demo-letter-purged = The text is no longer kept
demo-letter-purged-text = The register deletes the text of a message 30 days after it was sent. Its subject, date and recipient remain.

demo-cli-making = Making the fictional ministry
demo-cli-made = Demonstration ready in { $seconds } s: { $steps ->
    [one] { $steps } step
   *[other] { $steps } steps
    }.
demo-cli-other = The folder already holds a demonstration made with other options. Add --reset to make it again.
demo-cli-port = Port { $port } is taken. Choose another with --port, or 0 for a free one.
demo-persona-acting = Acting ethics officer. The role has a last day.
demo-cli-schedule = demonstration; participations in events are due the day after they end
