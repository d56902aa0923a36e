# Sources : registre des entreprises, contrats publics, listes. Fichiers importés, ce qui y est à corriger.
source-registry = Registre des entreprises du Québec (REQ)
source-contracts = Contrats publics (SEAO)
source-small-contracts = Contrats sous les seuils de publication
source-rena = Entreprises non admissibles (RENA)
source-rea = Entreprises autorisées (REA)

import-place-line = { $file }, ligne { $line }
import-problem = { $place }{"\u00A0"}: { $text }
import-problem-value = { $place }{"\u00A0"}: { $text } ({ $value })
import-unreadable = le fichier ne se lit pas.
import-empty = le fichier est vide.
import-utf-16 = le fichier est en UTF-16. Enregistrez-le en UTF-8.
import-not-utf-8 = ce texte n’est pas en UTF-8.
import-missing-column = cette colonne manque.
import-duplicate-column = cette colonne est là deux fois.
import-wrong-cells = la ligne n’a pas autant de cellules que l’en-tête.
import-open-quote = un guillemet est ouvert et n’est jamais fermé.
import-missing-value = cette valeur manque.
import-duplicate-number = ce numéro est déjà plus haut dans le fichier.
import-bad-neq = ce NEQ n’a pas dix chiffres.
import-bad-date = cette date n’est pas reconnue.
import-reversed-dates = la fin précède le début.
import-bad-amount = ce montant n’est pas reconnu.
import-negative-amount = ce montant est négatif.
import-absurd-amount = ce montant est trop grand pour être vrai.
import-no-ocid = le numéro du processus (ocid) manque.
import-no-release = aucune publication OCDS dans ce fichier.
import-truncated = le fichier est coupé à cet endroit.
import-not-ocds = ce n’est pas du JSON d’OCDS à cet endroit.
import-endless-release = une publication dépasse 32 Mo{"\u00A0"}: ce n’est pas un fichier OCDS.
import-unknown-unit = aucune unité du répertoire n’a ce code.
import-too-many-parts = la publication énumère plus d’éléments qu’un vrai processus d’achat{"\u00A0"}: elle est mise de côté.
import-broken-zip = l’archive ZIP est abîmée ou n’en est pas une.
import-missing-file = ce fichier manque dans l’archive.
import-unknown-status = ce statut d’immatriculation est inconnu (IM, RD, RO, RX, AI ou NI).
import-unknown-name-status = ce statut de nom est inconnu (V ou A).
import-unknown-relation = rien ne dit si ces lignes sont des fusions ou des scissions{"\u00A0"}: elles sont laissées de côté. Dites-le dans sources.registry_mergers ou sources.registry_splits.
import-unknown-neq = aucune entreprise de l’archive ne porte ce NEQ.

# Contrats, sur la page d’une entreprise.
contracts-title = Contrats publics
contracts-active = { $count ->
    [0] Aucun contrat en cours aujourd’hui n’est connu.
    [one] { $count } contrat en cours aujourd’hui.
   *[other] { $count } contrats en cours aujourd’hui.
    }
contracts-more = { $count ->
    [one] { $count } contrat plus ancien n’est pas montré.
   *[other] { $count } contrats plus anciens ne sont pas montrés.
    }
contracts-tenders = Appels d’offres ouverts
contracts-closes = Fermeture le
contract-number = Numéro
contract-numbers = { $number } (avis SEAO { $notice })
contract-object = Objet
contract-buyer = Acheteur
contract-amount = Montant
contract-dates = Période
contract-period = du { $from } au { $to }
contract-since = depuis le { $from }, fin inconnue
contract-until = jusqu’au { $to }
contract-undated = dates inconnues
contract-direct = gré à gré
contract-amended = { $count ->
    [one] { $count } modification
   *[other] { $count } modifications
    }
contract-state-active = En cours
contract-state-pending = À venir
contract-state-award = Adjugé
contract-state-ended = Terminé
contract-state-cancelled = Annulé

# Registre des entreprises, à la recherche.
registry-struck-off = radiée
registry-former = autrefois { $name }
registry-known = au registre des entreprises

import-too-many-rows = le fichier compte trop de lignes pour être cette liste.

# Page des sources.
nav-sources = Sources
sources-title = Sources
sources-lead = Ce que le registre sait des entreprises et des contrats vient de ces fichiers. Une source qui manque ou qui date n’empêche jamais de déclarer.
sources-age = { $days ->
    [0] Dernier fichier importé aujourd’hui.
    [one] Dernier fichier importé il y a { $days } jour.
   *[other] Dernier fichier importé il y a { $days } jours.
    }
sources-never = Aucun fichier n’a encore été importé.
source-age-line = { $days ->
    [0] { $source }{"\u00A0"}: fichier importé aujourd’hui.
    [one] { $source }{"\u00A0"}: fichier importé il y a { $days } jour.
   *[other] { $source }{"\u00A0"}: fichier importé il y a { $days } jours.
    }
source-never-line = { $source }{"\u00A0"}: aucun fichier importé.
sources-no-buyer = Les noms sous lesquels le Ministère achète ne sont pas configurés (contracts.buyers). Seuls les contrats conclus au nom exact de « { $name } » comptent comme les siens; les autres sont gardés, mais n’avertissent personne.
sources-old = À mettre à jour
sources-file = Fichier
sources-imported = Importé le
sources-by = Par
sources-by-command = commande
sources-rows = Lignes
sources-changes = Changements
sources-errors = À corriger
sources-problems = Ce qui est à corriger dans le dernier fichier
sources-more = { $count ->
    [one] et { $count } autre.
   *[other] et { $count } autres.
    }
sources-unnumbered = { $count ->
    [one] { $count } ligne sans NEQ, que rien ne rattache à une entreprise
   *[other] { $count } lignes sans NEQ, que rien ne rattache à une entreprise
    }
sources-unnumbered-text = Un nom ne prouve rien{"\u00A0"}: aucune règle ne les lit. Avant de traiter avec une entreprise de ce nom, vérifiez à la source.
sources-command = Pour importer un fichier{"\u00A0"}:

# Ce que l’extérieur sait d’une entreprise, sur sa page.
known-title = Registres publics
known-registry = Registre des entreprises
known-lists = Listes
known-lobby = Registre des lobbyistes
known-sources = D’où viennent ces données
known-enterprise = { $name } ({ $neq }){"\u00A0"}: { $state }. { $said }
known-registered = immatriculée
known-struck-off = radiée
known-unregistered = pas immatriculée
known-merged = radiée, fusionnée avec { $successor }
known-split-from = { $of }{"\u00A0"}: issue d’une scission de { $other }
known-split-into = { $of }{"\u00A0"}: { $other } est issue de sa scission
known-split-with = { $of }{"\u00A0"}: partie à une scission avec { $other }
known-merged-with = { $of }{"\u00A0"}: fusionnée avec { $other }, que le registre n’a pas
known-changed = { $of }{"\u00A0"}: { $what }
known-change = continuation ou transformation
known-tie-dated = { $text }, le { $date }
known-not-registered = Ce NEQ n’est pas dans le registre importé.
known-no-registry = Le registre des entreprises n’a pas été importé.
known-ineligible = Non admissible aux contrats publics (RENA), du { $from } au { $until }
known-was-ineligible = Inscription au RENA hors de ses dates, du { $from } au { $until }
known-authorised = Autorisée à contracter (REA), du { $from } au { $until }
known-was-authorised = Autorisation (REA) hors de ses dates, du { $from } au { $until }
known-not-on-rena = N’est pas au RENA importé.
known-no-rena = Le RENA n’a pas été importé.
known-ages = Ce qui a été lu
known-unsearched = Non vérifiable sans NEQ.
lobby-none = Personne n’a encore inscrit de vérification.
lobby-was-registered = Mandat inscrit au { $date }, vérifié par { $person }{"\u00A0"}: { $mandate }.
lobby-was-absent = Aucun mandat inscrit au { $date }, vérifié par { $person }.
lobby-was-unclear = Vérification sans conclusion le { $date }, par { $person }.
lobby-record-title = Inscrire une vérification au registre des lobbyistes
lobby-result = Qu’avez-vous trouvé?
lobby-registered = Un mandat est inscrit
lobby-absent = Aucun mandat n’est inscrit
lobby-unclear = Impossible à dire
lobby-on = Date de la vérification
lobby-mandate = Numéro du mandat
lobby-note = Note
lobby-record = Inscrire la vérification
flash-lobby = La vérification est inscrite.
error-lobby-date = Écrivez la date de la vérification, par exemple 2026-11-27.
error-lobby-future = La date est à venir. Inscrivez une vérification qui a eu lieu.
error-lobby-result = Dites ce que vous avez trouvé.
error-lobby-mandate = Écrivez le numéro du mandat inscrit.

# Lignes sans NEQ qui portent le nom d’une entreprise, sur sa page.
unnumbered-title = Lignes sans NEQ qui portent ce nom
unnumbered-told = { $count ->
    [one] { $count } ligne sans NEQ ressemble à cette entreprise.
   *[other] { $count } lignes sans NEQ ressemblent à cette entreprise.
    }
unnumbered-text = Un nom ne prouve rien{"\u00A0"}: aucune règle ne les lit. Vérifiez à la source et, si c’est elle, demandez que le NEQ y soit inscrit.
unnumbered-entry = { $list }{"\u00A0"}: { $name }, du { $from } au { $until }
unnumbered-entry-undated = { $list }{"\u00A0"}: { $name }
unnumbered-contract = Contrat { $number }, { $buyer }{"\u00A0"}: { $title }, avec { $name }, { $period }
