# People, roles and import of the directory.

event-rerouted = Given to somebody else
rerouted-chart = The staff directory changed: the decision follows the new line of authority. The due date stays the same.
rerouted-holder-left = The person who was to decide is no longer in service. The due date stays the same.
rerouted-reader-left = The person who was to read the follow-up is no longer in service.

people-title = People
people-import = Import the directory
people-search = Name, number or email
people-any-unit = All units
people-chip-words = Search: { $value }
people-chip-unit = Unit: { $value }
people-name = Name
people-supervisor = Supervisor
people-roles = Roles
people-suspended = Account suspended
people-in-service = In service
people-until = In service until { $date }
people-left = Left on { $date }
people-to-come = In service from { $date }
people-empty = Nobody matches
people-empty-text = Check the spelling, or remove a filter. People come from the imported directory.

person-directory = From the directory
person-directory-text = This comes from the staff directory. It is put right at the source, then by importing again.
person-number = Number
person-email = Email
person-unit = Unit
person-site = Place of work
person-regime = Status
person-home-body = Home body
person-position = Management position
person-language = Language
person-from = First day
person-until = Last day
person-until-none = None planned
person-site-none = Not given
person-supervisors = Supervisor
person-supervisor-now = Reports to
person-supervisor-none = Reports to nobody in the directory.
person-team = { $count ->
    [one] One person in service reports to them.
   *[other] { $count } people in service report to them.
    }
person-supervisors-past = Who supervised this person, and when
person-nobody = Nobody
person-since = Since
person-last-day = Last day
person-role = Role
person-roles-text = Everybody is a member of staff. A role comes on top, for a period, and leaves a trace in the journal.
person-no-end = No end planned
person-granted-by = Granted by
person-by-command = Command line
person-role-in-force = In force
person-role-to-come = To come
person-role-over = Over
person-grant = Grant a role
person-grant-since = First day
person-grant-until-hint = Included. Required for an auditor. Otherwise leave empty when no end is planned.
person-grant-do = Ask for this role
person-end-role = End the role: { $role }
person-end-last = Last day of the role
person-end-hint = Included. Enter yesterday’s date for the role to end at once.
person-end-do = End the role
person-account = Local account
person-account-none = This person has no local account.
person-account-open = The account is open. Its password has stood since { $date }.
person-suspended = The account is suspended
person-suspended-by = Since { $at }, by { $by }:
person-suspended-command = Since { $at }, from the command line:
person-suspended-text = It opens no page, and neither its tokens nor its calendar answer. Files stay with the person: enter an absence to say who decides in their place.
person-restore = Ask that it opens again
person-restore-asked = It was asked that the account opens again: see the request
person-suspend = Suspend the account
person-suspend-text = At once: its sessions end, its tokens and its calendar answer no more. The person and the ethics officers are told. It takes two people to open the account again.
person-suspend-why = Why suspend it?
person-restore-why = Why open it again?
person-suspend-hint = The ethics officers will read this reason; it stays in the journal.
person-suspend-do = Suspend now
person-account-text = Nobody chooses somebody else’s password on a page. On the server, this command opens the account or changes the password, read from the input. It ends open sessions. The person types it themselves.
person-account-command = Command

regime-public-servant = Public servant
regime-state-administrator = State administrator
regime-contract-state-administrator = State administrator under contract
regime-on-loan = On loan
regime-other = Other
position-deputy-minister = Deputy minister
position-assistant-deputy-minister = Assistant deputy minister
position-director-general = Director general
position-director = Director
position-manager = Manager
position-none = None
language-fr = French
language-en = English

back-import = Import of the directory

import-title = Import the staff directory
import-lead = One CSV file of all staff, as the human resources system exports it. You will see what would change before you confirm.
import-file = File
import-file-hint = CSV in UTF-8, separated by semicolons or commas, 50 MB at most.
import-preview = See what would change
import-what = What importing does
import-what-whole = The file holds all staff, every time. People are recognised by their number.
import-what-departed = Somebody who is not in the file is no longer in service: their session and roles end. Their declarations and name stay in the register.
import-what-supervisor = When somebody’s supervisor changes, their pending files follow at once, with the same due date. The former supervisor no longer sees them, except what they decided.
import-what-all-or-nothing = One doubtful line, and nothing is changed.
import-columns = Columns of the file
import-columns-text = All columns must be there, in any order. Others are ignored.
import-template = Download an empty template (CSV)
import-column = Column
import-column-english = In English
import-column-content = Content
import-column-numero = Number of the person, required, the same from one file to the next.
import-column-prenom = Given name, required.
import-column-nom = Family name, required.
import-column-courriel = Work email, required, the person’s own.
import-column-titre = Job title.
import-column-unite = Unit, from the top down: Ministry > Sector > Branch.
import-column-site = Place of work, for example Québec or Rimouski.
import-column-superieur = Number of the supervisor. Empty only at the top.
import-column-regime = fonctionnaire, administrateur_etat, administrateur_etat_contrat, pret or autre (or public_servant, state_administrator…).
import-column-fonction-cadre = sous_ministre, sous_ministre_adjoint, directeur_general, directeur, gestionnaire or aucune (or deputy_minister…).
import-column-langue = fr or en, for letters and pages. Empty: fr.
import-column-debut = First day, for example 2026-11-27.
import-column-fin = Last day, included. Empty when there is none.
import-column-organisme-attache = Body that a person on loan belongs to and is employed by. Optional.
import-name-numero = Number
import-name-prenom = Given name
import-name-nom = Family name
import-name-courriel = Email
import-name-titre = Title
import-name-unite = Unit
import-name-site = Place of work
import-name-superieur = Supervisor
import-name-regime = Status
import-name-fonction-cadre = Management position
import-name-langue = Language
import-name-debut = First day
import-name-fin = Last day
import-name-organisme-attache = Home body
import-past = Last imports
import-when = When
import-by = By
import-by-command = Command line
import-moved = Files moved

preview-title = What would change
preview-lead = People in { $file }: { $people }. Nothing is changed yet.
preview-added = Additions
preview-changed = Changes
preview-departed = Departures
preview-unchanged = Unchanged
preview-look-twice = Check before you confirm
preview-many-departures = More than one person in ten would be gone. Is this the file of all staff?
preview-roles-end = People who leave hold a role. It will end. Plan who takes over.
preview-confirm = Import
preview-confirm-text = The file waits { $minutes } minutes for you. Pending files will follow the new line of authority, and whoever decides will be told.
preview-another = Choose another file
preview-departed-text = These people are in the register and not in the file. Yesterday would be their last day.
preview-roles = Roles that end
preview-changes = What changes
preview-nothing = (empty)
preview-more = { $count ->
    [one] And one more line.
   *[other] And { $count } more lines.
    }
preview-sha = SHA-256 of the file:
preview-problems-title = The file must be put right
preview-problems-lead = { $count ->
    [one] { $file }: one problem to put right. Nothing is changed.
   *[other] { $file }: { $count } problems to put right. Nothing is changed.
    }
preview-line = Place
preview-line-number = Line { $line }
preview-value = Value read
preview-fix = To put right
preview-whole-file = File
preview-changed-meanwhile = The directory changed since the preview. This is what would change now.

error-import-expired = The preview has expired ({ $arg } minutes) or was already used. Choose the file again.
error-import-unread = The file did not arrive whole. Choose it again.
error-directory-problems = The file has lines to put right. Nothing is changed.
error-choose-role = Choose a role.
error-role-own = Somebody else must do this: nobody changes their own rights.
error-role-held = The person already has this role in that period.
error-role-left = The person will no longer be in service on that date.
error-role-end-past = The last day cannot be before yesterday: what was done stays done.
error-role-not-held = This role already ends on that date or before.
letter-suspended-subject = Your account is suspended
letter-suspended-preheader = You can no longer sign in.
letter-suspended-body =
    Hello,

    Your account is suspended: it no longer opens the service, and your sessions have ended. If you do not know why, speak to the ethics and integrity officer. Nothing that you declared is lost.
letter-suspended-action = See the home page
letter-suspended-reason = It is your account.
letter-restored-subject = Your account is open again
letter-restored-preheader = You can sign in again.
letter-restored-body =
    Hello,

    Two people decided to open your account again. Your password has not changed.
letter-restored-action = Sign in
letter-restored-reason = It is your account.
letter-suspended-notice-subject = An account is suspended
letter-suspended-notice-preheader = For your information.
letter-suspended-notice-body =
    Hello,

    An account was just suspended. The reason is in the service. You have nothing to do, unless this surprises you: it takes two people to open the account again, and you can be one of them.
letter-suspended-notice-action = See it in the service
letter-suspended-notice-reason = Your role lets you approve that an account opens again.
letter-fact-account = Account
letter-fact-suspended-by = Suspended by
error-suspend-own = Nobody suspends their own account: somebody else has to.
not-possible-suspended = This account is suspended: two people must open it again first.
not-possible-not-suspended = This account is not suspended.
error-role-two-people = Somebody already has this role: ask for it in the service, on the page of the person. Somebody else must approve it.
letter-access-subject = An access was changed
letter-access-preheader = The change comes from the command line.
letter-access-body =
    Hello,

    Whoever runs the service changed what opens an account. If this was expected, you have nothing to do. If not, tell the ethics officer or the secretary general today.
letter-access-action = See it in the service
letter-access-reason = It is your account, or your role watches over the register.
letter-fact-access-change = Change
access-change-password = New password; the open sessions have ended.
access-change-factor = Codes and passkeys taken away; the open sessions have ended.
access-change-restored = Suspended account opened again.
