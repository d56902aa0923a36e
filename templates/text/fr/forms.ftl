# Les formulaires : lus, changés, montrés avant d’être adoptés.
nav-forms = Formulaires
back-forms = Retour aux formulaires
back-form = Retour au formulaire
form-title = Formulaires
form-lead = Ce que chaque type de déclaration demande. Une autre personne adopte chaque changement.
form-in-force = Formulaires en vigueur
form-name = Formulaire
form-version = Version
form-versions = Versions
form-questions = Questions
form-since = Depuis le { $date }
form-shipped-on = Fournie avec le service, installée le { $date }
form-history = Historique
form-what-is-asked = Ce qui est demandé
form-version-title = Une version d’un formulaire
form-version-lead = Enregistrée le { $date }. Les déclarations commencées avec elle la gardent.
form-document = Fichier du formulaire
form-document-hint = Pour tout ce que les pages ne changent pas. Chaque erreur est signalée avec sa ligne.
form-follow-up = Demandé après la décision
form-feeds = utilisée par les règles, les listes et les rapports
form-required = Obligatoire
form-optional = Facultative
form-required-if = Obligatoire si { $what }
form-only-if = Demandée si { $what }
form-is = { $what } est { $value }
form-or = ou
form-and = et
form-regime = le régime de la personne
form-widget-text = Texte court
form-widget-longtext = Texte de plusieurs lignes
form-widget-lines = Liste, un élément par ligne
form-widget-choice = Un choix parmi plusieurs
form-widget-choices = Plusieurs choix possibles
form-widget-yes-no = Oui ou non
form-widget-date = Date
form-widget-money = Montant
form-widget-company = Entreprise
form-widget-contacts = Personnes d’une entreprise
form-widget-persons = Membres du personnel
form-widget-attachment = Fichiers joints
form-widget-checkbox = Case à cocher

form-proposal-title = Changement proposé à un formulaire
form-effective-hint = Demain ou plus tard. Les déclarations déjà commencées gardent leur formulaire.
form-decide-text = Les nouvelles déclarations suivront ce formulaire dès la date d’effet. Celles qui sont commencées gardent le leur.
form-rule-uses = Une règle s’en sert :
form-left = Resteront à la version de leur début : { $drafts ->
    [0] aucun brouillon
    [one] un brouillon
   *[other] { $drafts } brouillons
}, { $filed ->
    [0] aucune déclaration en cours
    [one] une déclaration en cours
   *[other] { $filed } déclarations en cours
}.
form-left-sealed = Les dossiers confidentiels en cours garderont leur version. Leur nombre n’est montré nulle part.
form-text-changed = Texte changé
form-page-added = Page ajoutée
form-page-changed = Page changée
form-page-removed = Page retirée
form-question-added = Question ajoutée
form-question-changed = Question changée
form-question-removed = Question retirée
form-order-changed = Ordre des questions changé
form-part-changed = Réglage changé

form-preview-title = Aperçu
form-preview-lead = Chaque page comme une personne la verrait. Rien n’est enregistré.
form-preview-start = Première page et avis de collecte
form-preview-banner = Aperçu d’un formulaire proposé.
form-preview-text = Rien de ce que vous écrivez ici n’est enregistré ni envoyé.
form-preview-leave = Quitter l’aperçu
form-preview-files = Vous pouvez essayer un fichier{"\u00A0"}: sa nature et sa taille sont vérifiées comme dans le vrai formulaire, puis il est oublié.
form-preview-file = essayé, pas gardé
flash-form-previewed = L’aperçu est terminé. Rien n’a été enregistré.

form-edit = Modifier
form-edit-title = Modifier une page du formulaire
form-french = En français
form-english = En anglais
form-page-title = Titre de la page
form-page-hint = Aide sous le titre
form-page-why = Pourquoi nous le demandons
form-question-label = Question
form-question-hint = Aide sous la question
form-must-answer = Réponse obligatoire
form-required-elsewhere = D’autres réponses disent si celle-ci est obligatoire. Le fichier le change.
form-place = Rang dans la page
form-choices = Choix offerts
form-choice = Choix « { $what } »
form-retire = Ne plus offrir ce choix
form-new-choice = Ajouter un choix
form-new-question = Ajouter une question
form-new-question-text = Elle prend place à la fin de la page. Laissez vide pour n’en ajouter aucune.
form-new-label = Nouvelle question
form-new-widget = Nature de la réponse
form-save-page = Enregistrer la page
form-needs-french = Écrivez le texte français.

# Ce qui ne va pas dans le fichier d’un formulaire, après « fichier:ligne:colonne ».
form-bad-name = « { $name } » ne peut pas servir de nom : des minuscules sans accent, des chiffres et des traits bas.
form-twice = Le nom « { $name } » est déjà pris.
form-no-label = « { $name } » n’a pas de texte français.
form-no-choices = La question « { $name } » n’offre aucun choix.
form-unknown-field = { $near ->
    [none] Aucune question ne s’appelle « { $name } ».
   *[other] Aucune question ne s’appelle « { $name } ». Est-ce « { $near } »?
}
form-never-holds = { $near ->
    [none] La question « { $name } » ne vaut jamais « { $value } ».
   *[other] La question « { $name } » ne vaut jamais « { $value } ». Est-ce « { $near } »?
}
form-unknown-kind = Aucun type de déclaration ne s’appelle « { $name } ».
form-link-target = Le formulaire « { $kind } » n’a pas de question « { $name } » : un brouillon lié la remplit.
form-link-widget = Les questions « { $name } » et « { $other } » ne sont pas de même nature : l’une est copiée dans l’autre.
form-not-a-date = Le délai compte depuis « { $name } », qui n’est pas une date.
form-recipient = « { $name } » : on ne peut s’adresser qu’à sa ou son gestionnaire ou à l’éthique.
form-precedent = « { $name } » : il faut le choix « precedent », par lequel la personne permet que sa question serve d’exemple.
form-needed-by = « { $name } » : le jour où la réponse est attendue est une date.
form-sealed-fact = « { $name } » : un formulaire confidentiel (C3) ne remplit aucune colonne.
form-sealed-subject = Un formulaire confidentiel (C3) n’a pas de sujet : ses lignes ne disent que son titre.
form-sealed-told = Un formulaire confidentiel (C3) n’avise que son destinataire.
form-no-decision = Aucune décision ne termine le dossier.
form-no-outcome = Aucune décision ne s’appelle « { $name } ».
form-measures-unfollowed = La décision « { $name } » demande des mesures et ferme le dossier : personne ne les suivrait.
form-fixed = « { $name } » ne change pas : gardez « { $value } ».
form-widget = La question « { $name } » change de nature. Proposez une nouvelle question sous un autre nom.
form-fact-gone = La question « { $name } » ne peut pas partir : elle remplit la colonne « { $fact } » que lisent les règles, la recherche et les rapports.
form-fact-moved = La question « { $name } » doit continuer à remplir la même colonne.
form-known-gone = La question « { $name } » ne peut pas partir : le service s’en sert par son nom.
form-known-choice-gone = Le choix « { $value } » de « { $name } » ne peut pas partir : le service s’en sert par son nom.
form-class-lowered = La question « { $name } » ne peut pas devenir moins confidentielle.
error-form-same = La proposition ne change rien au formulaire en vigueur.

letter-forms-proposed-subject = Changement de formulaire à adopter
letter-forms-proposed-preheader = { $who } propose un changement
letter-forms-proposed-body =
    { $who } propose de changer un formulaire de déclaration.
    Lisez le changement et l’aperçu, puis adoptez ou refusez. Sans réponse à temps, la proposition revient à qui l’a écrite.
letter-forms-proposed-action = Lire la proposition
letter-forms-proposed-reason = Vous recevez ce courriel parce que vous adoptez les formulaires du registre.
letter-forms-adopted-subject = Votre formulaire est adopté
letter-forms-adopted-preheader = Il servira dès la date d’effet
letter-forms-adopted-body =
    Le changement de formulaire que vous avez proposé est adopté.
letter-forms-adopted-action = Voir la proposition
letter-forms-adopted-reason = Vous recevez ce courriel parce que vous avez proposé ce changement.
letter-forms-refused-subject = Votre formulaire est refusé
letter-forms-refused-preheader = La raison est sur la page
letter-forms-refused-body =
    Le changement de formulaire que vous avez proposé est refusé.
letter-forms-refused-action = Lire la raison
letter-forms-refused-reason = Vous recevez ce courriel parce que vous avez proposé ce changement.
