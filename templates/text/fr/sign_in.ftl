confirm-title = Confirmez que c’est vous
confirm-lead = Cette page demande votre mot de passe{"\u00A0"}: votre connexion date d’il y a quelque temps.
confirm-lead-form = Ce que vous avez écrit est conservé. Votre mot de passe est demandé avant de l’envoyer, car votre connexion date d’il y a quelque temps.
confirm-send = Confirmer
confirm-demo-title = Dans la démonstration
confirm-demo = Confirmer sans mot de passe en tant que { $name }
resume-confirmed = C’est confirmé. Rien n’est encore envoyé : un dernier clic envoie ce que vous avez écrit.
resume-files = Les fichiers joints ne sont pas conservés : joignez-les de nouveau avant de reprendre l’envoi.
resume-file = Joindre de nouveau : { $name }
error-confirm-password = Ce n’est pas le mot de passe de ce compte.
error-code = Ce n’est pas le code du moment, ou il a déjà servi. Attendez le suivant.
problem-not-confirmed-title = Confirmez d’abord que c’est vous
problem-not-confirmed = Cette action demande une connexion récente dans un navigateur.
problem-code-first = Votre rôle demande un code en plus du mot de passe. Choisissez d’abord votre téléphone dans vos préférences.
code-title = Une deuxième preuve
code-lead = Le mot de passe est bon. Il reste le code que donne votre téléphone.
code-field = Code à six chiffres
code-hint = Il change toutes les 30 secondes.
code-again = Recommencer
code-lost = Téléphone perdu ou changé? Employez un code de secours si vous en avez, ou écrivez à l’équipe qui administre le service.
telephone-title = Code à la connexion
telephone-link = Code à la connexion
telephone-since = Un code de votre téléphone est demandé à la connexion depuis le { $date }.
telephone-lead = Avec un code en plus du mot de passe, un mot de passe volé ne suffit plus à ouvrir votre compte.
telephone-required = Votre rôle donne accès à des renseignements confidentiels. Un code de votre téléphone est demandé à la connexion; choisissez ce téléphone maintenant.
telephone-step-one = Ouvrez sur votre téléphone une application qui donne des codes à usage unique.
telephone-step-two = Ajoutez-y un compte en visant ce carré.
telephone-square = Carré à viser avec votre téléphone
telephone-or = Ou tapez cette clé :
telephone-here = Ou ajoutez le compte sur cet appareil
telephone-step-three = Tapez ici le code qu’elle affiche.
telephone-confirm = Activer le code
flash-telephone = Un code vous sera demandé à chaque connexion. Vos autres sessions sont fermées.
flash-code-late = Le délai pour donner le code est passé. Recommencez.
not-possible-factor-there = Un téléphone est déjà choisi pour ce compte.

code-lead-passkey = Le mot de passe est bon. Il reste à prouver que vous êtes là, avec une de vos clés d’accès.
passkey-use = Utiliser une clé d’accès
passkey-refused = L’appareil n’a pas donné de preuve. Essayez encore, ou employez l’autre moyen.
error-passkey = Cette preuve n’est pas la bonne, ou est venue trop tard. Essayez encore.
error-passkey-name = Donnez un nom à la clé, pour la reconnaître plus tard.
passkeys-title = Clés d’accès
passkeys-link = Clés d’accès
passkeys-lead = Une clé d’accès est gardée par votre téléphone, votre ordinateur ou une clé de sécurité, qui demande votre doigt, votre visage ou un numéro. Elle ne sert qu’à ce service{"\u00A0"}: personne ne peut vous la faire taper ailleurs.
passkeys-yours = Vos clés
passkeys-made = faite le { $date }.
passkeys-used = Utilisée la dernière fois le { $date }.
passkeys-remove = Retirer
passkeys-add = Ajouter une clé
passkeys-unsupported = Il faut un navigateur récent, et JavaScript, pour se servir d’une clé d’accès.
passkeys-name = Nom de la clé
passkeys-name-hint = Par exemple{"\u00A0"}: téléphone, portable du bureau.
passkeys-make = Faire la clé
passkeys-address = Les clés de ce service sont liées à l’adresse
passkeys-not-here = Aucune clé ne peut être ajoutée{"\u00A0"}: le service n’a pas de nom de domaine, ou vous avez déjà assez de clés.
flash-passkey = La clé d’accès est ajoutée. Vos autres sessions sont fermées.
flash-passkey-removed = La clé d’accès est retirée.
not-possible-passkey = Ce service n’a pas de nom de domaine{"\u00A0"}: aucun navigateur n’y fait de clé d’accès.
not-possible-passkey-many = Vous avez assez de clés d’accès{"\u00A0"}: retirez-en une.
passkeys-instead = Plutôt une clé d’accès

recovery-title = Codes de secours
recovery-link = Codes de secours
recovery-lead = Un code de secours ouvre votre compte le jour où votre téléphone ou votre clé vous manque. Chacun sert une seule fois.
recovery-once = Ces codes ne seront plus jamais affichés.
recovery-keep = Imprimez-les ou recopiez-les, et gardez-les loin de votre ordinateur et de votre téléphone.
recovery-left =
    { $count ->
        [0] Il ne vous reste aucun code; les vôtres ont été faits le { $date }.
        [one] Il vous reste un code, fait le { $date }.
       *[other] Il vous reste { $count } codes, faits le { $date }.
    }
recovery-instead = Employer un code de secours
recovery-field = Code de secours
recovery-hint = Seize caractères, comme sur votre papier. Il ne servira plus ensuite.
error-recovery = Ce n’est pas un de vos codes de secours, ou il a déjà servi.
recovery-none = Vous n’en avez pas encore.
recovery-make = Faire dix codes
recovery-renew = Faire dix nouveaux codes
recovery-renew-hint = Ceux que vous avez cesseront de servir.
recovery-first = Choisissez d’abord un téléphone ou une clé{"\u00A0"}: les codes de secours les remplacent au besoin.
not-possible-recovery = Aucune deuxième preuve n’est demandée à ce compte{"\u00A0"}: des codes de secours n’y remplaceraient rien.
letter-fact-recovery-used = Utilisé le
letter-fact-recovery-left = Codes qui restent
letter-spare-code-used-subject = Un de vos codes de secours a servi
letter-spare-code-used-preheader = Si ce n’était pas vous, agissez maintenant.
letter-spare-code-used-body =
    Bonjour,

    Un code de secours a servi à prouver que c’était vous. Si c’était bien vous, il n’y a rien à faire, sauf à refaire des codes quand il en reste peu.

    Si ce n’était pas vous, quelqu’un a votre mot de passe et vos codes{"\u00A0"}: prévenez tout de suite l’équipe qui administre le service, puis changez les deux.
letter-spare-code-used-action = Voir mes codes de secours
letter-spare-code-used-reason = Ce compte est le vôtre.
