confirm-title = Confirm it is you
confirm-lead = This page asks for your password: you signed in some time ago.
confirm-lead-form = What you wrote is kept. Your password is asked before sending it, because you signed in some time ago.
confirm-send = Confirm
confirm-demo-title = In the demonstration
confirm-demo = Confirm without a password as { $name }
resume-confirmed = Confirmed. Nothing has been sent yet: one last click sends what you wrote.
resume-files = The files you attached are not kept: attach them again before you resume.
resume-file = Attach again: { $name }
error-confirm-password = This is not the password of this account.
error-code = This is not the current code, or it has been used. Wait for the next one.
problem-not-confirmed-title = First confirm it is you
problem-not-confirmed = This action requires a recent sign-in in a browser.
problem-code-first = Your role requires a code as well as the password. First choose your telephone in your preferences.
code-title = A second proof
code-lead = The password is right. Your telephone gives the code that remains.
code-field = Six-digit code
code-hint = It changes every 30 seconds.
code-again = Start again
code-lost = Telephone lost or replaced? Use a recovery code if you have some, or write to the team that administers the service.
telephone-title = Sign-in code
telephone-link = Sign-in code
telephone-since = A code from your telephone has been asked for at sign-in since { $date }.
telephone-lead = With a code as well as the password, a stolen password is no longer enough to open your account.
telephone-required = Your role gives access to confidential information. A code from your telephone is asked for at sign-in; choose that telephone now.
telephone-step-one = On your telephone, open an application that gives one-time codes.
telephone-step-two = Add an account by pointing it at this square.
telephone-square = Square to scan with your telephone
telephone-or = Or type this key:
telephone-here = Or add the account on this device
telephone-step-three = Type here the code it shows.
telephone-confirm = Turn on the code
flash-telephone = A code will be asked for at each sign-in. Your other sessions are closed.
flash-code-late = The time to give the code is over. Start again.
not-possible-factor-there = A telephone has already been chosen for this account.

code-lead-passkey = The password is right. It remains to prove that you are there, with one of your passkeys.
passkey-use = Use a passkey
passkey-refused = The device gave no proof. Try again, or use the other way.
error-passkey = This proof is not the right one, or came too late. Try again.
error-passkey-name = Give the key a name, to recognise it later.
passkeys-title = Passkeys
passkeys-link = Passkeys
passkeys-lead = A passkey is kept by your telephone, your computer or a security key, which asks for your finger, your face or a number. It serves this service alone: nobody can make you type it elsewhere.
passkeys-yours = Your keys
passkeys-made = made on { $date }.
passkeys-used = Last used on { $date }.
passkeys-remove = Remove
passkeys-add = Add a key
passkeys-unsupported = A recent browser, and JavaScript, are needed to use a passkey.
passkeys-name = Name of the key
passkeys-name-hint = For example: telephone, office laptop.
passkeys-make = Make the key
passkeys-address = The keys of this service are tied to the address
passkeys-not-here = No key can be added: the service has no domain name, or you have enough keys.
flash-passkey = The passkey is added. Your other sessions are closed.
flash-passkey-removed = The passkey is removed.
not-possible-passkey = This service has no domain name: no browser makes a passkey for it.
not-possible-passkey-many = You have enough passkeys: remove one.
passkeys-instead = A passkey instead

recovery-title = Recovery codes
recovery-link = Recovery codes
recovery-lead = A recovery code opens your account on the day when your telephone or your key is missing. Each serves once.
recovery-once = These codes will never be shown again.
recovery-keep = Print them or copy them, and keep them away from your computer and your telephone.
recovery-left =
    { $count ->
        [0] You have no code left; yours were made on { $date }.
        [one] You have one code left, made on { $date }.
       *[other] You have { $count } codes left, made on { $date }.
    }
recovery-instead = Use a recovery code
recovery-field = Recovery code
recovery-hint = Sixteen characters, as on your paper. It will not serve again.
error-recovery = This is not one of your recovery codes, or it was used already.
recovery-none = You have none yet.
recovery-make = Make ten codes
recovery-renew = Make ten new codes
recovery-renew-hint = The ones you have will stop serving.
recovery-first = First choose a telephone or a key: recovery codes replace them when needed.
not-possible-recovery = No second proof is asked of this account: recovery codes would replace nothing.
letter-fact-recovery-used = Used on
letter-fact-recovery-left = Codes left
letter-spare-code-used-subject = One of your recovery codes was used
letter-spare-code-used-preheader = If it was not you, act now.
letter-spare-code-used-body =
    Hello,

    A recovery code was used to prove that it was you. If it was, there is nothing to do, except making new codes when few are left.

    If it was not you, somebody has your password and your codes: tell the team that runs the service at once, then change both.
letter-spare-code-used-action = See my recovery codes
letter-spare-code-used-reason = This account is yours.
