nav-acts = Actes à deux
acts-title = Actes à deux personnes
acts-lead = Donner un pouvoir sur le registre, en extraire beaucoup de renseignements ou ouvrir ce qui est confidentiel demande deux personnes. Une demande attend au plus { $hours } heures; une approbation vaut le même temps.
acts-waiting = En attente d’une deuxième personne
acts-none = Rien n’attend.
acts-past = Demandes passées
act-title = Acte à deux personnes
act-what = Acte
act-who = Demandé par
act-when = Demandé le
act-suspended-why = Pourquoi le compte est suspendu
act-why = Motif
act-words-destroyed = Détruit avec le dossier
act-state = État
act-until = Valable jusqu’au
act-by = Décidé par
act-on = Décidé le
act-refusal = Motif du refus
act-waiting = En attente
act-in-force = Approuvé, en vigueur
act-done = Approuvé et fait
act-refused = Refusé
act-withdrawn = Retiré
act-over = Délai passé
act-role-grant = Rôle « { $role } » pour { $person }, à partir du { $since }{ $ends ->
    [yes] {" "}et jusqu’au { $until }
   *[no] {""}
}
act-export = Exportation de { $rows } lignes ({ $file })
act-filter = Filtre
act-file-register-csv = registre, CSV
act-file-register-xlsx = registre, Excel
act-file-audit-csv = rapport d’audit, CSV
act-file-audit-xlsx = rapport d’audit, Excel
act-file-campaign-trial-csv = essai d’une campagne, CSV
act-key-rotation = Rotation de la clé de scellement
act-emergency-reading = Lecture d’urgence du dossier confidentiel { $reference }
act-emergency-reading-letter = Lecture d’urgence d’un dossier confidentiel
act-account-restoration = Réouverture du compte de { $person }
act-reason = Pourquoi?
act-reason-hint = La personne qui approuve lira ce motif; il reste au journal.
act-approve = Approuver
act-refuse = Refuser
act-refuse-why = Pourquoi refuser?
act-withdraw = Retirer ma demande
act-own = Une autre personne doit approuver votre demande. Elle a reçu un courriel.
act-use = Ouvrir ce qui est approuvé
act-command = Sur le serveur, lancez maintenant :
act-export-title = Exporter demande une deuxième personne
act-export-lead = Ce fichier compte { $rows } lignes qui nomment des personnes; au-delà de { $most }, une autre personne doit l’approuver. Elle a { $hours } heures pour répondre, puis vous avez { $hours } heures pour l’ouvrir.
act-ask = Demander l’approbation
act-emergency-title = Lire un dossier confidentiel en urgence
act-emergency-text = Quand la personne responsable de l’éthique ne peut pas agir. Elle en sera avisée, et la personne que le dossier concerne aussi.
act-emergency-field = Numéro du dossier
act-emergency-hint = Par exemple, AVI-2026-123456.
act-rotation-title = Changer la clé de scellement
act-rotation-text = Après l’ajout d’une clé au fichier, une approbation permet de refermer les dossiers avec cette clé.
flash-act-asked = La demande est envoyée aux personnes qui peuvent l’approuver.
flash-act-approved = C’est approuvé. La personne qui l’a demandé en est avisée.
flash-act-refused = C’est refusé. La personne qui l’a demandé en est avisée.
flash-act-withdrawn = Votre demande est retirée.
error-act-reference = Écrivez le numéro d’un dossier confidentiel, tel qu’il vous a été donné.
error-act-waits = Une autre demande à ce sujet attend déjà une réponse. Attendez-la; si elle est de vous, retirez-la avant d’en faire une autre.
not-possible-act-own = Une autre personne que vous doit en décider : vous l’avez demandé, ou c’est pour vous.
not-possible-act-over = Cette demande n’attend plus : quelqu’un y a répondu, ou son délai est passé.
not-possible-act-changed = Ce qui est demandé n’est plus possible : quelque chose a changé depuis. Refusez la demande, ou laissez son délai s’écouler.
not-possible-act-no-file = Aucun dossier ne porte ce numéro.
not-possible-rotation = Personne n’a approuvé de rotation. Demandez-la à la page des actes à deux personnes, puis recommencez.
problem-second-person = Une autre personne doit d’abord approuver cette action.
letter-fact-act = Acte
letter-fact-asked-by = Demandé par
letter-fact-decided-by = Décidé par
letter-fact-act-until = Valable jusqu’au
letter-second-asked-subject = À approuver : un acte à deux personnes
letter-second-asked-preheader = Une personne attend votre approbation.
letter-second-asked-body =
    Bonjour,

    Une personne demande un acte que personne ne fait seul. Lisez son motif avant de répondre; sans réponse, la demande tombe.
letter-second-asked-action = Lire la demande
letter-second-asked-reason = Votre rôle permet d’approuver cet acte.
letter-second-approved-subject = Votre demande est approuvée
letter-second-approved-preheader = L’acte que vous avez demandé est approuvé.
letter-second-approved-body =
    Bonjour,

    Votre demande est approuvée.
letter-second-approved-action = Ouvrir la demande
letter-second-approved-reason = Vous avez demandé cet acte.
letter-second-refused-subject = Votre demande est refusée
letter-second-refused-preheader = L’acte que vous avez demandé est refusé.
letter-second-refused-body =
    Bonjour,

    Votre demande est refusée. Le motif est dans le service.
letter-second-refused-action = Lire le motif
letter-second-refused-reason = Vous avez demandé cet acte.
letter-second-notice-subject = Un acte à deux personnes est approuvé
letter-second-notice-preheader = Pour votre information.
letter-second-notice-body =
    Bonjour,

    Deux personnes ont approuvé ensemble un acte que personne ne peut faire sans une autre. Vous n’avez rien à faire; le journal garde chaque étape.
letter-second-notice-action = Voir l’acte
letter-second-notice-reason = Vous êtes responsable de l’éthique et de l’intégrité.
letter-emergency-opened-subject = Lecture d’urgence d’un de vos dossiers confidentiels
letter-emergency-opened-preheader = Deux personnes l’ont décidé ensemble.
letter-emergency-opened-body =
    Bonjour,

    En l’absence de la personne responsable de l’éthique, deux personnes ont décidé ensemble qu’une d’elles lirait un de vos dossiers confidentiels pendant quelques heures. Chaque lecture est inscrite et vous pouvez la voir.
letter-emergency-opened-action = Voir qui a lu mes dossiers
letter-emergency-opened-reason = Ce dossier vous concerne.
export-second-person = Une personne seule ne peut pas exporter autant de lignes. Demandez l’approbation d’une deuxième personne, puis recommencez{"\u00A0"}: { $address }
export-kind-unknown = Le registre n’a pas de déclarations du type « { $kind } » à exporter. Types possibles : { $kinds }.
