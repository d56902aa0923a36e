# Demonstration.

demo-enter-title = Qui êtes-vous aujourd’hui?
demo-enter-lead = Ce ministère, son personnel et ses fournisseurs sont fictifs. Choisissez une personne pour voir le registre comme elle le voit.
demo-enter-personas = Personnes de la démonstration
demo-enter-other = Une autre personne
demo-enter-search = Nom, ou numéro
demo-enter-search-hint = Par exemple{"\u00A0"}: Marie, ou 200105.
demo-enter-search-go = Chercher
demo-enter-found = Personnes trouvées
demo-enter-nobody = Personne à ce nom
demo-enter-nobody-text = Vérifiez l’orthographe, ou écrivez le début du nom seulement.
demo-enter-place = { $title }, { $unit }
demo-enter-password = Essayer la vraie connexion
demo-enter-password-text = Chaque personne a aussi un compte. Le mot de passe est le même pour tout le monde.
demo-enter-password-email = Courriel
demo-enter-password-word = Mot de passe
demo-enter-password-go = Aller à la page de connexion

demo-persona-employee = Analyste. Une question l’attend; elle a un brouillon, un cadeau à faire approuver et un bilan à remettre.
demo-persona-supervisor = Directrice. Des déclarations de toutes sortes attendent sa décision, certaines avec un point à vérifier ou en retard.
demo-persona-ethics-officer = Responsable de l’éthique. Elle suit le registre et traite ce qui lui est transmis.
demo-persona-secretary-general = Secrétaire générale. Une décision prise à l’extérieur est à inscrire.
demo-persona-auditor = Auditeur interne. Il lit le registre sans les noms et prépare les rapports d’audit.
demo-persona-contract-monitor = Responsable des règles contractuelles. Elle lit ce qui touche un contrat, et le résumé des intérêts.
demo-persona-cio = Dirigeant de l’information. Il planifie les vitrines et tient le registre d’équité.
demo-persona-system-admin = Administrateur du système. Il voit les courriels et le diagnostic, jamais les dossiers.
demo-persona-executive = Sous-ministre adjoint. Il décide pour ses directions générales et documente le lobbyisme.
demo-persona-deputy-minister = Sous-ministre. Une directive l’attend; ses propres déclarations se décident hors du Ministère.

demo-mailbox-title = Courriels de la démonstration
demo-mailbox-lead = Rien ne part de cette machine. Voici chaque courriel comme la personne le recevrait, du plus récent au plus ancien.
demo-mailbox-filter = Filtrer les courriels
demo-mailbox-filters = Filtres actifs
demo-mailbox-to = Destinataire
demo-mailbox-filter-go = Filtrer
demo-mailbox-chip = Destinataire{"\u00A0"}: { $q }
demo-mailbox-chip-remove = , retirer ce filtre
demo-mailbox-empty = Aucun courriel
demo-mailbox-empty-text = Essayez un autre nom, ou revenez après une action.
demo-mailbox-line-to = À
demo-mailbox-waiting = en file d’envoi

demo-letter-from = De
demo-letter-to = À
demo-letter-date = Date
demo-letter-all = Tous ses courriels
demo-letter-text = Texte du courriel
demo-letter-html = Voir la version HTML
demo-letter-headers = En-têtes
demo-letter-purged = Le texte n’est plus conservé
demo-letter-purged-text = Le registre efface le texte d’un courriel 30 jours après son envoi. L’objet, la date et le destinataire restent.

demo-cli-making = Création du ministère fictif
demo-cli-made = Démonstration prête en { $seconds } s{"\u00A0"}: { $steps ->
    [one] { $steps } étape
   *[other] { $steps } étapes
    }.
demo-cli-other = Le dossier contient déjà une démonstration, faite avec d’autres options. Ajoutez --reset pour la refaire.
demo-cli-port = Le port { $port } est déjà pris. Choisissez-en un autre avec --port, ou 0 pour un port libre.
demo-persona-acting = Responsable de l’éthique par intérim. Son rôle a un dernier jour.
demo-cli-schedule = démonstration; les participations à un événement y sont échues dès le lendemain de leur fin
