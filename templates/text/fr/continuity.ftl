# Absences, délégations, décisions prises à l’extérieur, directives, rôles.

by-for = { $who }, pour { $whom }

route-delegate = La personne qui décide s’absente : la personne déléguée décide en son nom.
route-absent = Votre gestionnaire s’absente : la décision monte d’un niveau, en son nom.
route-no-action = Votre gestionnaire n’a pas agi à temps : la décision monte d’un niveau, en son nom.
route-delegate-seen = La personne qui décide s’absente : vous agissez en son nom, ou la personne déléguée agit.
route-absent-seen = La ou le gestionnaire s’absente : la décision est montée d’un niveau, en son nom.
route-no-action-seen = La ou le gestionnaire n’a pas agi à temps : la décision est montée d’un niveau, en son nom.
route-acting = La déclaration vient de la personne responsable de l’éthique : la personne qui la remplace décide.
route-direction = La sous-ministre ou le sous-ministre donne une directive (REDFP, art. 5).
route-direction-delegate = La sous-ministre ou le sous-ministre s’absente : la personne déléguée donne la directive.
route-direction-outside = Personne ici ne peut donner cette directive sans lien avec le dossier : elle vient de l’extérieur.

rerouted-holder-away = La personne qui décidait s’absente. L’échéance reste la même.
rerouted-back = La personne absente est de retour. L’échéance reste la même.
rerouted-office = Plus aucune personne qui occupe cette fonction ne peut décider. L’échéance reste la même.
rerouted-no-action = La personne qui décidait n’a pas agi à temps : la décision monte d’un niveau. L’échéance reste la même.

event-decided-outside = Décision prise à l’extérieur : { $outcome }
event-direction-sought = Directive demandée à la ou au sous-ministre
event-contested = Décision contestée par la personne déclarante

detail-decision-outside = Décision prise à l’extérieur le { $date }. Document : { $document }. Inscrite au registre par { $who }.

inbox-view-deleguees = Déléguées à moi
inbox-view-a-inscrire = { $count ->
    [0] À inscrire
   *[other] À inscrire ({ $count })
    }
inbox-view-avis = Avis au Secrétariat général

record-outside-title = Inscrire la décision prise à l’extérieur
record-outside-hint = Personne ici ne décide de ce dossier. Inscrivez seulement ce que dit le document de l’autorité.
record-outside-outcome = Ce qui est décidé
record-outside-authority = Qui a décidé
record-outside-authority-hint = Par exemple : secrétaire générale ou secrétaire général du Conseil exécutif.
record-outside-decided-on = Date de la décision
record-outside-document = Référence du document
record-outside-reason = Motifs
record-outside-save = Inscrire cette décision
error-outside-authority = Inscrivez qui a décidé.
error-outside-document = Inscrivez la référence du document.
flash-outside-recorded = La décision prise à l’extérieur est inscrite.

seek-direction-title = Demander une directive à la ou au sous-ministre
seek-direction-hint = Pour un conflit réel, ou un dossier que vous ne pouvez pas régler. La personne déclarante en sera avisée et lira ce motif. La directive devient la décision.
seek-direction-reason = Pourquoi une directive est nécessaire
seek-direction-do = Demander la directive
contest-title = Contester cette décision
contest-hint = La sous-ministre ou le sous-ministre réexamine le dossier et donne une directive. Contester n’entraîne aucun reproche. La décision contestée reste au dossier.
contest-reason = Pourquoi vous contestez
contest-do = Contester la décision
error-contest = Écrivez pourquoi vous contestez la décision.
flash-direction = La directive est demandée.
flash-contested = Votre contestation est transmise.
not-possible-direction = Une directive se demande quand le dossier est chez la personne responsable de l’éthique.
not-possible-contest = Cette décision ne peut pas être contestée ici : le délai est passé, ou elle est une directive.
not-possible-absence = Cette absence est déjà terminée.

absence-title = Mes absences
absence-title-of = Absences : { $name }
absence-lead = Dites quand vous vous absentez et qui décide à votre place. Ses décisions seront inscrites « par X, pour Y ».
absence-lead-of = Inscrivez l’absence d’une personne qui ne peut pas le faire. Elle en est avisée, ainsi que la personne déléguée.
absence-waiting = { $count ->
    [one] { $count } dossier attend votre décision.
   *[other] { $count } dossiers attendent votre décision.
    }
absence-up-the-line = { $days ->
    [one] Sans absence inscrite, un dossier sans action depuis { $days } jour ouvrable monte d’un niveau.
   *[other] Sans absence inscrite, un dossier sans action depuis { $days } jours ouvrables monte d’un niveau.
    }
absence-list = Absences inscrites
absence-none = Aucune absence n’est inscrite.
absence-covered = Vous agissez à la place de
absence-covered-of = Agit à la place de
absence-new = Inscrire une absence
absence-who = Personne
absence-first-day = Premier jour d’absence
absence-last-day = Dernier jour d’absence
absence-last-day-hint = Laissez vide si le retour n’est pas connu.
absence-delegate = Personne qui décide à la place
absence-delegate-hint = Nom complet, numéro ou courriel. Sans personne, les dossiers montent d’un niveau. Une personne liée à un dossier ne le reçoit jamais.
absence-scope = Dossiers visés
absence-everything = Tous les dossiers
absence-save = Inscrire l’absence
absence-end = Mettre fin à cette absence
absence-end-short = Mettre fin
absence-confirm-question = { $count ->
    [one] Un dossier change de mains aujourd’hui
   *[other] { $count } dossiers changent de mains aujourd’hui
    }
absence-confirm-to = Nouvelle personne : { $who }, sauf pour un dossier qui la concerne.
absence-confirm-up = Personne n’est désigné : la décision monte d’un niveau.
absence-confirm-until = Tout dossier que personne n’aura commencé revient après le { $day }.
absence-confirm-no-return = Le jour de retour n’est pas connu : rien ne revient tant que vous ne mettez pas fin à l’absence.
absence-confirm-yes = { $count ->
    [one] Inscrire l’absence et transférer le dossier
   *[other] Inscrire l’absence et transférer les { $count } dossiers
    }
absence-confirm-change = Changer l’absence
absence-no-return = Retour à confirmer
absence-planned = Prévue
absence-running = En cours
absence-over = Terminée
absence-cancelled = Annulée
absence-set-by = Inscrite par { $who }
absence-manage = Absences et délégations
back-person = Page de la personne
back-preferences = Préférences
error-absence-past = Inscrivez aujourd’hui ou une date à venir : ce qui a été fait reste fait.
error-absence-overlap = Une autre absence couvre déjà une partie de ces jours.
error-delegate-self = Choisissez une autre personne que celle qui s’absente.
error-delegate-own = Une autre personne doit être choisie : on ne se délègue pas les dossiers d’autrui.
error-delegate-gone = Cette personne n’est pas en service pendant toute l’absence.
flash-absence-set = L’absence est inscrite. Les personnes concernées sont avisées.
flash-absence-ended = L’absence est terminée. Les personnes concernées sont avisées.

role-executive = Administratrice ou administrateur d’État, direction générale
role-respondent = Répondante ou répondant en éthique
error-role-until = Inscrivez une date : ce rôle a toujours un dernier jour.
detail-masked = Vous lisez ce dossier sans les noms. Chaque lecture est inscrite au journal des accès.
detail-summary = Vous lisez le résumé de ce dossier confidentiel : le type, l’entreprise, le contrat et l’état.
register-words-ignored = Vos mots n’ont pas été cherchés : une recherche par mots permettrait de reconnaître les personnes masquées. Utilisez les filtres, ou l’adresse d’un dossier dont vous avez la référence.
register-masked = Les personnes sont masquées. Chaque lecture est inscrite au journal des accès.
statistics-sealed = Procédures confidentielles
statistics-sealed-text = Leur nombre seulement, selon votre rôle. Si vous ne lisez pas ces dossiers, vous voyez leur nombre par exercice financier terminé, arrondi au multiple de cinq inférieur. Ils ne comptent dans aucun autre chiffre.
statistics-sealed-kind = Procédure
statistics-sealed-count = Dossiers déposés
statistics-few = moins de cinq
statistics-note = Ces chiffres ne nomment personne. Chaque nombre est arrondi au multiple de cinq inférieur : 5 veut dire de 5 à 9. Plus bas, on lit « moins de cinq », zéro compris.
letter-fact-from = Du
letter-fact-until = Au
letter-fact-scope = Dossiers visés
letter-fact-absent = Personne absente
letter-fact-delegate = Décide à sa place
letter-fact-pending = Dossiers déjà transférés
letter-fact-left = Dossiers encore chez une autre personne
letter-fact-by = Décidée par
letter-fact-role = Rôle

letter-delegation-subject = Délégation pendant une absence – { $who }
letter-delegation-preheader = Quelqu’un décide à la place d’une personne absente.
letter-delegation-body =
    Bonjour,

    Une délégation est inscrite pour la durée d’une absence. Les décisions seront inscrites au nom des deux personnes. Une personne liée à un dossier ne le reçoit jamais.

    Si cette délégation est une erreur, mettez-y fin ou écrivez à la personne responsable de l’éthique.
letter-delegation-action = Voir ou modifier
letter-delegation-reason = Vous vous absentez, ou vous décidez à la place d’une personne absente.

letter-absence-subject = Absence inscrite – { $who }
letter-absence-preheader = Vos dossiers monteront d’un niveau pendant cette absence.
letter-absence-body =
    Bonjour,

    Une absence est inscrite à votre nom, sans personne déléguée. Pendant ces jours, vos dossiers montent d’un niveau.
letter-absence-action = Voir ou modifier
letter-absence-reason = Vous vous absentez et des dossiers peuvent attendre votre décision.

letter-absence-over-subject = Fin de l’absence – { $who }
letter-absence-over-preheader = L’absence est terminée.
letter-absence-over-body =
    Bonjour,

    L’absence est terminée. Les dossiers que personne n’a commencés reviennent à la personne de retour. Les autres sont terminés par la personne qui les a commencés.
letter-absence-over-action = Voir ce qui attend
letter-absence-over-reason = Vous étiez en absence, ou vous décidiez à la place d’une personne absente.

letter-passed-up-subject = À décider, montée d’un niveau – { $ref }{ $who }
letter-passed-up-preheader = Une déclaration sans action monte à votre niveau.
letter-passed-up-body =
    Bonjour,

    Personne n’a agi à temps sur cette déclaration : elle monte à votre niveau. Vous décidez au nom de la personne qui l’avait.

    Ouvrir ce lien ne décide rien : vous choisirez dans le service.
letter-passed-up-action = Voir et décider
letter-passed-up-reason = Vous êtes au niveau suivant de la ligne hiérarchique.
letter-fact-before = Confiée d’abord à

letter-undelivered-subject = { $count ->
    [one] { $count } courriel non remis
   *[other] { $count } courriels non remis
    }
letter-undelivered-preheader = À voir et à envoyer de nouveau.
letter-undelivered-body =
    Bonjour,

    { $count ->
        [one] Un courriel n’a pas pu être remis. La page des courriels dit lequel et pourquoi.
       *[other] { $count } courriels n’ont pas pu être remis. La page des courriels dit lesquels et pourquoi.
    } Corrigez l’adresse au répertoire, puis envoyez-les de nouveau.
letter-undelivered-action = Voir les courriels non remis
letter-undelivered-reason = Vous administrez le service.
letter-fact-addresses = Adresses
letter-fact-cause = Dernière cause

letter-passed-on-subject = Montée d’un niveau – { $ref }{ $who }
letter-passed-on-preheader = Une déclaration n’attend plus votre décision.
letter-passed-on-body =
    Bonjour,

    La déclaration { $ref } attendait votre décision depuis trop longtemps. Elle est passée au niveau supérieur, qui décide en votre nom.

    Vous vous absentez? Inscrivez votre absence et la personne qui décide à votre place.
letter-passed-on-action = Voir ce qui m’attend
letter-passed-on-reason = Cette déclaration attendait votre décision.

letter-outside-subject = À inscrire, décision externe – { $ref }
letter-outside-preheader = Une déclaration est décidée à l’extérieur.
letter-outside-body =
    Bonjour,

    Personne ici ne peut décider de la déclaration { $ref }. Quand l’autorité externe aura décidé, inscrivez sa décision au registre.
letter-outside-action = Ouvrir le dossier
letter-outside-reason = Vous inscrivez au registre les décisions prises à l’extérieur.

letter-decided-outside-subject = Décision externe inscrite – { $ref }
letter-decided-outside-preheader = La décision prise à l’extérieur est au registre.
letter-decided-outside-body =
    Bonjour,

    La décision sur votre déclaration { $ref } a été prise à l’extérieur. Elle est maintenant inscrite au registre, avec ce qui reste à faire, s’il y a lieu.
letter-decided-outside-action = Lire la décision
letter-decided-outside-reason = Vous avez transmis cette déclaration.

letter-recorded-outside-subject = Décision externe inscrite par vous – { $ref }
letter-recorded-outside-preheader = Une copie de ce que vous avez inscrit est au registre.
letter-recorded-outside-body =
    Bonjour,

    Vous avez inscrit la décision prise à l’extérieur sur la déclaration { $ref }. Si ce n’est pas vous, écrivez tout de suite à la personne responsable de l’éthique.
letter-recorded-outside-action = Voir la décision
letter-recorded-outside-reason = Vous venez d’inscrire cette décision.

letter-direction-subject = Directive demandée – { $ref }
letter-direction-preheader = Une déclaration attend votre directive.
letter-direction-body =
    Bonjour,

    Une directive vous est demandée sur la déclaration { $ref } (REDFP, art. 5). Lisez le dossier et les avis, puis donnez votre directive.
letter-direction-action = Ouvrir le dossier
letter-direction-reason = Vous donnez une directive sur les conflits réels ou contestés.

letter-direction-asked-subject = Directive à venir – { $ref }
letter-direction-asked-preheader = Votre déclaration attend une directive.
letter-direction-asked-body =
    Bonjour,

    Une directive est demandée à la ou au sous-ministre sur votre déclaration { $ref }. D’ici là, suivez ce qui a déjà été convenu.
letter-direction-asked-action = Voir ma déclaration
letter-direction-asked-reason = Vous avez transmis cette déclaration.

letter-directed-subject = Directive donnée – { $ref }
letter-directed-preheader = Une directive est donnée sur une déclaration.
letter-directed-body =
    Bonjour,

    Une directive est donnée sur la déclaration { $ref }. Elle s’applique dès maintenant. Si une décision avait été prise, elle la remplace.
letter-directed-action = Lire la directive
letter-directed-reason = Vous conseillez sur cette déclaration, ou vous appliquez ce qui est décidé.

letter-role-subject = Nouveau rôle au registre de l’éthique
letter-role-preheader = Un rôle est accordé.
letter-role-body =
    Bonjour,

    Un rôle est accordé au registre de l’éthique. La page des préférences dit ce que vos rôles permettent. Une erreur? Écrivez à la personne responsable de l’éthique.
letter-role-action = Voir
letter-role-reason = Ce rôle vous est accordé, ou vous administrez le service.

confirm-cause-duties = Vos fonctions ou votre unité
confirm-cause-supervisor = Votre gestionnaire
confirm-asked-duties = Vos fonctions ou votre unité ont changé. Confirmez vos intérêts d’ici le { $date }.
confirm-asked-supervisor = Votre gestionnaire a changé. Confirmez vos intérêts d’ici le { $date }.

renewal-title = Renouveler mes intérêts
renewal-link = Revoir ce que j’ai déjà déclaré
renewal-lead = Voici ce que vous avez déclaré. Pour chaque intérêt, dites ce qu’il en est aujourd’hui.
renewal-none = Vous n’avez aucun intérêt inscrit. Une confirmation suffit.
renewal-nothing = Je n’ai rien à déclarer
renewal-add = Ajouter un intérêt
renewal-question = Cet intérêt est
renewal-filed = Déclaré le
renewal-unchanged = Inchangé
renewal-changed = Modifié
renewal-ended = Terminé
renewal-attestation = J’atteste que ces renseignements sont exacts.
renewal-send = Confirmer
error-renewal-item = Dites si cet intérêt est inchangé, modifié ou terminé.
flash-renewed = Vos intérêts sont confirmés.
flash-renewed-in-part = Ce qui est inchangé est confirmé. Complétez maintenant ce qui a changé ou pris fin.

departure-title = Mon départ
departure-title-of = Départ : { $name }
departure-last-day = Dernier jour : { $date }
departure-no-day = Le répertoire n’indique pas de dernier jour.
departure-nothing = Rien n’est à régler au registre.
departure-relations = Relations en cours
departure-relations-hint = Ouvrez chaque dossier et écrivez en commentaire à qui l’entreprise s’adressera ensuite.
departure-companies = Entreprises à confier à quelqu’un
departure-companies-hint = Ouvrez le dernier dossier de chacune et écrivez en commentaire à qui elle s’adressera ensuite.
departure-company-since = { $count ->
    [one] { $count } relation, le { $date }.
   *[other] { $count } relations, la dernière le { $date }.
    }
departure-company-contract = Un contrat est en cours.
departure-gifts = Cadeaux à retourner ou à remettre
departure-gifts-hint = À faire avant le dernier jour, puis à inscrire dans la déclaration.
departure-interests = Intérêts à fermer
departure-interests-hint = Une dernière déclaration, « Fin de mes fonctions », ferme ces dossiers.
departure-close-interests = Fermer mes intérêts
departure-measures = Mesures à terminer
departure-measures-hint = Ce qu’une décision demande reste à faire avant le dernier jour. Ce qui ne peut pas l’être, votre gestionnaire ou la personne responsable de l’éthique le confie à une autre personne.
departure-measures-hint-of = Ce qu’une décision demande reste à faire avant le dernier jour. Ouvrez ce qui ne peut pas l’être, et confiez-le à une autre personne.
departure-handover = Passer le relais
departure-handover-text = Sans autre consigne, { $name } prend le relais dès le lendemain du dernier jour.
departure-deciding = { $count ->
    [one] { $count } dossier attend sa décision.
   *[other] { $count } dossiers attendent sa décision.
    }
departure-team = { $count ->
    [one] { $count } personne relève d’elle.
   *[other] { $count } personnes relèvent d’elle.
    }
departure-after = Après le départ
departure-after-text = Le devoir de discrétion demeure après le départ. Ne tirez aucun avantage indu de vos fonctions passées, et n’utilisez pas d’information confidentielle (REDFP). Des règles plus strictes visent les administratrices et administrateurs d’État.

letter-fact-change = Ce qui a changé
letter-fact-last-day = Dernier jour

letter-situation-subject = Votre situation a changé, à vérifier
letter-situation-preheader = Confirmez vos intérêts.
letter-situation-body =
    Bonjour,

    Le répertoire du personnel indique que votre situation a changé. Confirmez vos intérêts, même si rien de nouveau n’est à déclarer.
letter-situation-action = Vérifier
letter-situation-reason = Vos fonctions ou votre gestionnaire ont changé au répertoire.

letter-situation-due-subject = Rappel : confirmez vos intérêts
letter-situation-due-preheader = Votre situation a changé et une confirmation est attendue.
letter-situation-due-body =
    Bonjour,

    Vous n’avez pas encore confirmé vos intérêts depuis le changement indiqué au répertoire. Confirmez-les, même si rien de nouveau n’est à déclarer.
letter-situation-due-action = Vérifier
letter-situation-due-reason = Vos fonctions ou votre gestionnaire ont changé au répertoire.

letter-departure-subject = Départ à préparer au registre de l’éthique
letter-departure-preheader = Ce qui est à régler avant un dernier jour.
letter-departure-body =
    Bonjour,

    Un dernier jour de travail approche. La page du départ dit ce qui est à régler : relations en cours, cadeaux à retourner, intérêts à fermer et relais à passer.
letter-departure-action = Voir ce qui est à régler
letter-departure-reason = Vous partez, ou une personne de votre équipe part.
