# Sources: business register, public contracts, lists. Files imported, what is to correct in them.
source-registry = Québec business register (REQ)
source-contracts = Public contracts (SEAO)
source-small-contracts = Contracts below the publication thresholds
source-rena = Ineligible firms (RENA)
source-rea = Authorised firms (REA)

import-place-line = { $file }, line { $line }
import-problem = { $place }: { $text }
import-problem-value = { $place }: { $text } ({ $value })
import-unreadable = the file cannot be read.
import-empty = the file is empty.
import-utf-16 = the file is in UTF-16. Save it as UTF-8.
import-not-utf-8 = this text is not UTF-8.
import-missing-column = this column is missing.
import-duplicate-column = this column is there twice.
import-wrong-cells = the row does not have as many cells as the header.
import-open-quote = a quote is opened and never closed.
import-missing-value = this value is missing.
import-duplicate-number = this number is already higher in the file.
import-bad-neq = this NEQ does not have ten digits.
import-bad-date = this date is not recognised.
import-reversed-dates = the end comes before the beginning.
import-bad-amount = this amount is not recognised.
import-negative-amount = this amount is negative.
import-absurd-amount = this amount is too large to be true.
import-no-ocid = the number of the process (ocid) is missing.
import-no-release = no OCDS release in this file.
import-truncated = the file is cut short here.
import-not-ocds = this is not OCDS JSON here.
import-endless-release = one release is above 32 MB: this is not an OCDS file.
import-unknown-unit = no unit of the directory has this code.
import-too-many-parts = the release lists more items than a real procurement has: it is set aside.
import-broken-zip = the ZIP archive is damaged or is not one.
import-missing-file = this file is missing from the archive.
import-unknown-status = this registration status is unknown (IM, RD, RO, RX, AI or NI).
import-unknown-name-status = this name status is unknown (V or A).
import-unknown-relation = nothing says whether these rows are mergers or splits: they are left out. Say it in sources.registry_mergers or sources.registry_splits.
import-unknown-neq = no enterprise of the archive has this NEQ.

# Contracts, on the page of a company.
contracts-title = Public contracts
contracts-active = { $count ->
    [0] No contract running today is known.
    [one] { $count } contract running today.
   *[other] { $count } contracts running today.
    }
contracts-more = { $count ->
    [one] { $count } older contract is not shown.
   *[other] { $count } older contracts are not shown.
    }
contracts-tenders = Open calls for tenders
contracts-closes = Closing on
contract-number = Number
contract-numbers = { $number } (SEAO notice { $notice })
contract-object = Object
contract-buyer = Buyer
contract-amount = Amount
contract-dates = Period
contract-period = from { $from } to { $to }
contract-since = since { $from }, end unknown
contract-until = until { $to }
contract-undated = dates unknown
contract-direct = mutual agreement
contract-amended = { $count ->
    [one] { $count } amendment
   *[other] { $count } amendments
    }
contract-state-active = Running
contract-state-pending = To come
contract-state-award = Awarded
contract-state-ended = Ended
contract-state-cancelled = Cancelled

# Business register, when searching.
registry-struck-off = struck off
registry-former = formerly { $name }
registry-known = in the business register

import-too-many-rows = the file has too many rows to be this list.

# The page of sources.
nav-sources = Sources
sources-title = Sources
sources-lead = What the register knows of companies and contracts comes from these files. A source that is missing or old never prevents anybody from declaring.
sources-age = { $days ->
    [0] Last file imported today.
    [one] Last file imported { $days } day ago.
   *[other] Last file imported { $days } days ago.
    }
sources-never = No file has been imported yet.
source-age-line = { $days ->
    [0] { $source }: file imported today.
    [one] { $source }: file imported { $days } day ago.
   *[other] { $source }: file imported { $days } days ago.
    }
source-never-line = { $source }: no file imported.
sources-no-buyer = The names under which the Ministry buys are not configured (contracts.buyers). Only contracts concluded under the very name “{ $name }” count as its own; the others are kept, but alert nobody.
sources-old = To be updated
sources-file = File
sources-imported = Imported on
sources-by = By
sources-by-command = command
sources-rows = Rows
sources-changes = Changes
sources-errors = To correct
sources-problems = What is to correct in the last file
sources-more = { $count ->
    [one] and { $count } more.
   *[other] and { $count } more.
    }
sources-unnumbered = { $count ->
    [one] { $count } line without an NEQ, which nothing ties to a company
   *[other] { $count } lines without an NEQ, which nothing ties to a company
    }
sources-unnumbered-text = A name proves nothing: no rule reads them. Before dealing with a company of that name, check at the source.
sources-command = To import a file:

# What the outside knows of a company, on its page.
known-title = Public registers
known-registry = Business register
known-lists = Lists
known-lobby = Registry of lobbyists
known-sources = Where this data comes from
known-enterprise = { $name } ({ $neq }): { $state }. { $said }
known-registered = registered
known-struck-off = struck off
known-unregistered = not registered
known-merged = struck off, merged into { $successor }
known-split-from = { $of }: came out of a split of { $other }
known-split-into = { $of }: { $other } came out of its split
known-split-with = { $of }: party to a split with { $other }
known-merged-with = { $of }: merged with { $other }, which the register does not have
known-changed = { $of }: { $what }
known-change = continuation or transformation
known-tie-dated = { $text }, on { $date }
known-not-registered = This NEQ is not in the register imported.
known-no-registry = The business register has not been imported.
known-ineligible = Ineligible for public contracts (RENA), from { $from } to { $until }
known-was-ineligible = On the RENA outside its dates, from { $from } to { $until }
known-authorised = Authorised to contract (REA), from { $from } to { $until }
known-was-authorised = Authorisation (REA) outside its dates, from { $from } to { $until }
known-not-on-rena = Not on the RENA imported.
known-no-rena = The RENA has not been imported.
known-ages = What was read
known-unsearched = Cannot be checked without an NEQ.
lobby-none = Nobody has recorded a check yet.
lobby-was-registered = Mandate registered as of { $date }, checked by { $person }: { $mandate }.
lobby-was-absent = No mandate registered as of { $date }, checked by { $person }.
lobby-was-unclear = Inconclusive check on { $date }, by { $person }.
lobby-record-title = Record a check of the registry of lobbyists
lobby-result = What did you find?
lobby-registered = A mandate is registered
lobby-absent = No mandate is registered
lobby-unclear = It cannot be told
lobby-on = Date of the check
lobby-mandate = Number of the mandate
lobby-note = Note
lobby-record = Record the check
flash-lobby = The check is recorded.
error-lobby-date = Write the date of the check, for example 2026-11-27.
error-lobby-future = The date is in the future. Record a check that took place.
error-lobby-result = Say what you found.
error-lobby-mandate = Write the number of the registered mandate.

# Lines without an NEQ that bear the name of a company, on its page.
unnumbered-title = Lines without an NEQ that bear this name
unnumbered-told = { $count ->
    [one] { $count } line without an NEQ looks like this company.
   *[other] { $count } lines without an NEQ look like this company.
    }
unnumbered-text = A name proves nothing: no rule reads them. Check at the source and, if it is this company, ask that the NEQ be written there.
unnumbered-entry = { $list }: { $name }, from { $from } to { $until }
unnumbered-entry-undated = { $list }: { $name }
unnumbered-contract = Contract { $number }, { $buyer }: { $title }, with { $name }, { $period }
