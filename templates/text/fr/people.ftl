# Personnes, rôles et importation du répertoire.

event-rerouted = Confiée à une autre personne
rerouted-chart = Le répertoire du personnel a changé : la décision suit la nouvelle ligne hiérarchique. L’échéance reste la même.
rerouted-holder-left = La personne qui décidait n’est plus en service. L’échéance reste la même.
rerouted-reader-left = La personne qui devait lire la suite n’est plus en service.

people-title = Personnes
people-import = Importer le répertoire
people-search = Nom, numéro ou courriel
people-any-unit = Toutes les unités
people-chip-words = Recherche : { $value }
people-chip-unit = Unité : { $value }
people-name = Nom
people-supervisor = Gestionnaire
people-roles = Rôles
people-suspended = Compte suspendu
people-in-service = En service
people-until = En service jusqu’au { $date }
people-left = Dernier jour : le { $date }
people-to-come = En service à partir du { $date }
people-empty = Personne ne correspond
people-empty-text = Vérifiez l’orthographe, ou retirez un filtre. Les personnes viennent du répertoire importé.

person-directory = Selon le répertoire
person-directory-text = Ces renseignements viennent du répertoire du personnel. Ils se corrigent à la source, puis par une nouvelle importation.
person-number = Numéro
person-email = Courriel
person-unit = Unité
person-site = Lieu de travail
person-regime = Régime
person-home-body = Organisme d’attache
person-position = Fonction de cadre
person-language = Langue
person-from = Première journée
person-until = Dernière journée
person-until-none = Aucune prévue
person-site-none = Non précisé
person-supervisors = Gestionnaire
person-supervisor-now = Relève de
person-supervisor-none = Ne relève de personne au répertoire.
person-team = { $count ->
    [one] Une personne en service relève d’elle ou de lui.
   *[other] { $count } personnes en service relèvent d’elle ou de lui.
    }
person-supervisors-past = De qui la personne relevait, et quand
person-nobody = Personne
person-since = Depuis le
person-last-day = Dernier jour
person-role = Rôle
person-roles-text = Tout le monde est membre du personnel. Un rôle s’ajoute pour une période et laisse une trace au journal.
person-no-end = Sans fin prévue
person-granted-by = Accordé par
person-by-command = Ligne de commande
person-role-in-force = En vigueur
person-role-to-come = À venir
person-role-over = Terminé
person-grant = Accorder un rôle
person-grant-since = Premier jour
person-grant-until-hint = Inclus. Obligatoire pour une auditrice ou un auditeur. Laissez vide sinon, s’il n’y a pas de fin prévue.
person-grant-do = Demander ce rôle
person-end-role = Mettre fin au rôle : { $role }
person-end-last = Dernier jour du rôle
person-end-hint = Inclus. Inscrivez la date d’hier pour que le rôle prenne fin tout de suite.
person-end-do = Mettre fin au rôle
person-account = Compte local
person-account-none = Cette personne n’a pas de compte local.
person-account-open = Compte ouvert. Mot de passe en vigueur depuis le { $date }.
person-suspended = Le compte est suspendu
person-suspended-by = Depuis le { $at }, par { $by } :
person-suspended-command = Depuis le { $at }, par la ligne de commande :
person-suspended-text = Il n’ouvre plus de page, et ni ses jetons ni son calendrier ne répondent. Les dossiers restent à la personne : inscrivez une absence pour dire qui décide à sa place.
person-restore = Demander la réouverture
person-restore-asked = La réouverture est demandée : voir la demande
person-suspend = Suspendre le compte
person-suspend-text = Tout de suite : ses sessions prennent fin, ses jetons et son calendrier ne répondent plus. La personne et les responsables de l’éthique en sont avisés. Il faut deux personnes pour rouvrir le compte.
person-suspend-why = Pourquoi le suspendre?
person-restore-why = Pourquoi le rouvrir?
person-suspend-hint = Les responsables de l’éthique liront ce motif; il reste au journal.
person-suspend-do = Suspendre maintenant
person-account-text = Personne ne choisit le mot de passe de quelqu’un d’autre dans une page. Sur le serveur, cette commande ouvre le compte ou change le mot de passe, que la personne tape elle-même. Elle met fin aux sessions ouvertes.
person-account-command = Commande

regime-public-servant = Fonctionnaire
regime-state-administrator = Administratrice ou administrateur d’État
regime-contract-state-administrator = Administratrice ou administrateur d’État sous contrat
regime-on-loan = En prêt de service
regime-other = Autre
position-deputy-minister = Sous-ministre
position-assistant-deputy-minister = Sous-ministre adjointe ou adjoint
position-director-general = Directrice générale ou directeur général
position-director = Directrice ou directeur
position-manager = Gestionnaire
position-none = Aucune
language-fr = Français
language-en = Anglais

back-import = Importation du répertoire

import-title = Importer le répertoire du personnel
import-lead = Un fichier CSV de tout le personnel, tel que l’exporte le système des ressources humaines. Vous verrez ce qui changerait avant de confirmer.
import-file = Fichier
import-file-hint = CSV en UTF-8, séparé par des points-virgules ou des virgules, de 50 Mo au plus.
import-preview = Voir ce qui changerait
import-what = Ce que fait l’importation
import-what-whole = Le fichier compte tout le personnel, chaque fois. Les personnes sont reconnues par leur numéro.
import-what-departed = Une personne absente du fichier n’est plus en service : sa session et ses rôles prennent fin. Ses déclarations et son nom restent au registre.
import-what-supervisor = Quand une personne change de gestionnaire, ses dossiers en attente suivent tout de suite, avec la même échéance. La ou le gestionnaire d’avant ne les voit plus, sauf ses propres décisions.
import-what-all-or-nothing = Une seule ligne douteuse et rien n’est changé.
import-columns = Colonnes du fichier
import-columns-text = Toutes les colonnes doivent être là, dans l’ordre que vous voulez. Les autres sont ignorées.
import-template = Télécharger un modèle vide (CSV)
import-column = Colonne
import-column-english = En anglais
import-column-content = Contenu
import-column-numero = Numéro de la personne, obligatoire, le même d’un fichier à l’autre.
import-column-prenom = Prénom, obligatoire.
import-column-nom = Nom de famille, obligatoire.
import-column-courriel = Courriel professionnel, obligatoire, propre à la personne.
import-column-titre = Titre de l’emploi.
import-column-unite = Unité, du haut vers le bas : Ministère > Sous-ministériat > Direction.
import-column-site = Lieu de travail, par exemple Québec ou Rimouski.
import-column-superieur = Numéro de la ou du gestionnaire. Vide seulement au sommet.
import-column-regime = fonctionnaire, administrateur_etat, administrateur_etat_contrat, pret ou autre.
import-column-fonction-cadre = sous_ministre, sous_ministre_adjoint, directeur_general, directeur, gestionnaire ou aucune.
import-column-langue = fr ou en, pour les courriels et les pages. Vide : fr.
import-column-debut = Première journée, par exemple 2026-11-27.
import-column-fin = Dernière journée, incluse. Vide s’il n’y en a pas.
import-column-organisme-attache = Organisme d’attache d’une personne en prêt de service, qui garde le lien d’emploi. Facultative.
import-name-numero = Numéro
import-name-prenom = Prénom
import-name-nom = Nom
import-name-courriel = Courriel
import-name-titre = Titre
import-name-unite = Unité
import-name-site = Lieu de travail
import-name-superieur = Gestionnaire
import-name-regime = Régime
import-name-fonction-cadre = Fonction de cadre
import-name-langue = Langue
import-name-debut = Première journée
import-name-fin = Dernière journée
import-name-organisme-attache = Organisme d’attache
import-past = Dernières importations
import-when = Quand
import-by = Par
import-by-command = Ligne de commande
import-moved = Dossiers déplacés

preview-title = Ce qui changerait
preview-lead = Personnes dans { $file } : { $people }. Rien n’est encore changé.
preview-added = Ajouts
preview-changed = Modifications
preview-departed = Départs
preview-unchanged = Sans changement
preview-look-twice = À vérifier avant de confirmer
preview-many-departures = Plus d’une personne sur dix serait déclarée partie. Est-ce bien le fichier de tout le personnel?
preview-roles-end = Des personnes qui partent tiennent un rôle. Il prendra fin. Prévoyez leur relève.
preview-confirm = Importer
preview-confirm-text = Vous avez { $minutes } minutes pour confirmer. Les dossiers en attente suivront la nouvelle ligne hiérarchique, et les personnes qui décident en seront averties.
preview-another = Choisir un autre fichier
preview-departed-text = Ces personnes sont au registre et ne sont pas dans le fichier. Hier serait leur dernier jour.
preview-roles = Rôles qui prennent fin
preview-changes = Changements
preview-nothing = (vide)
preview-more = { $count ->
    [one] Et une autre ligne.
   *[other] Et { $count } autres lignes.
    }
preview-sha = Empreinte SHA-256 du fichier :
preview-problems-title = Le fichier est à corriger
preview-problems-lead = { $count ->
    [one] { $file } : un problème à corriger. Rien n’est changé.
   *[other] { $file } : { $count } problèmes à corriger. Rien n’est changé.
    }
preview-line = Endroit
preview-line-number = Ligne { $line }
preview-value = Valeur lue
preview-fix = À corriger
preview-whole-file = Fichier
preview-changed-meanwhile = Le répertoire a changé depuis l’aperçu. Voici ce qui changerait maintenant.

error-import-expired = L’aperçu a expiré ({ $arg } minutes) ou a déjà servi. Choisissez de nouveau le fichier.
error-import-unread = Le fichier n’est pas arrivé au complet. Choisissez-le de nouveau.
error-directory-problems = Le fichier a des lignes à corriger. Rien n’est changé.
error-choose-role = Choisissez un rôle.
error-role-own = Une autre personne doit le faire : on ne change pas ses propres droits.
error-role-held = La personne a déjà ce rôle pendant cette période.
error-role-left = La personne ne sera plus en service à cette date.
error-role-end-past = Le dernier jour ne peut pas être avant hier : ce qui a été fait reste fait.
error-role-not-held = Ce rôle prend déjà fin à cette date ou avant.
letter-suspended-subject = Votre compte est suspendu
letter-suspended-preheader = Vous ne pouvez plus vous connecter.
letter-suspended-body =
    Bonjour,

    Votre compte est suspendu : il n’ouvre plus le service, et vos sessions sont terminées. Si vous n’en connaissez pas la raison, parlez à la personne responsable de l’éthique et de l’intégrité. Rien de ce que vous avez déclaré n’est perdu.
letter-suspended-action = Voir la page d’accueil
letter-suspended-reason = C’est votre compte.
letter-restored-subject = Votre compte est rouvert
letter-restored-preheader = Vous pouvez vous connecter de nouveau.
letter-restored-body =
    Bonjour,

    Deux personnes ont décidé de rouvrir votre compte. Votre mot de passe n’a pas changé.
letter-restored-action = Se connecter
letter-restored-reason = C’est votre compte.
letter-suspended-notice-subject = Un compte est suspendu
letter-suspended-notice-preheader = Pour votre information.
letter-suspended-notice-body =
    Bonjour,

    Un compte vient d’être suspendu. Le motif est dans le service. Vous n’avez rien à faire, sauf si cela vous étonne : il faut deux personnes pour rouvrir le compte, et vous pouvez être l’une d’elles.
letter-suspended-notice-action = Voir dans le service
letter-suspended-notice-reason = Votre rôle permet d’approuver la réouverture d’un compte.
letter-fact-account = Compte
letter-fact-suspended-by = Suspendu par
error-suspend-own = Personne ne suspend son propre compte : une autre personne doit le faire.
not-possible-suspended = Ce compte est suspendu : deux personnes doivent d’abord le rouvrir.
not-possible-not-suspended = Ce compte n’est pas suspendu.
error-role-two-people = Quelqu’un a déjà ce rôle : demandez-le dans le service, sur la page de la personne. Une autre personne doit l’approuver.
letter-access-subject = Un accès a été changé
letter-access-preheader = Le changement vient de la ligne de commande.
letter-access-body =
    Bonjour,

    La personne qui exploite le service a changé ce qui ouvre un compte. Si c’était attendu, vous n’avez rien à faire. Sinon, dites-le aujourd’hui à la personne responsable de l’éthique, ou à la secrétaire générale ou au secrétaire général.
letter-access-action = Voir dans le service
letter-access-reason = C’est votre compte, ou votre rôle veille sur le registre.
letter-fact-access-change = Changement
access-change-password = Nouveau mot de passe; les sessions ouvertes sont terminées.
access-change-factor = Codes et clés d’accès retirés; les sessions ouvertes sont terminées.
access-change-restored = Compte suspendu rouvert.
