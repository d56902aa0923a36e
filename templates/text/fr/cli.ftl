# Ce que répondent les commandes.
cli-error = probite{"\u00A0"}: { $words }
cli-field = { $field }{"\u00A0"}: { $text }
cli-not-found = introuvable
cli-migrated = La base de données est à jour.
cli-refused = REFUSÉ{"\u00A0"}: { $why }.
cli-worked-once = { $sent ->
    [one] { $sent } envoyé
   *[other] { $sent } envoyés
    }, { $retried } à reprendre, { $failed } non remis, { $reminders ->
    [one] { $reminders } rappel
   *[other] { $reminders } rappels
    }

cli-doctor-ok = bon
cli-doctor-warning = attention
cli-doctor-failed = À CORRIGER
cli-doctor-check = { $name }{"\u00A0"}: { $detail }

cli-backup-no-folder = backup.folder est vide
cli-backup-made = { $events ->
    [one] { $events } événement
   *[other] { $events } événements
    }, { $files ->
    [one] { $files } fichier
   *[other] { $files } fichiers
    }{"\u00A0"}: { $path }
cli-backup-kept = { $file }, { $bytes ->
    [one] { $bytes } octet
   *[other] { $bytes } octets
    }
cli-backup-removed = { $file }, supprimée le { $day }
cli-backup-failed = ÉCHEC{"\u00A0"}: { $why }
cli-backup-unfinished = inachevée
cli-backup-key = --key n’est pas une clé publique
cli-backup-needs-key = journal.key_file ne nomme aucune clé{"\u00A0"}: donnez --key
cli-backup-valid = VALIDE{"\u00A0"}: { $copy }
cli-backup-restored = RESTAURÉ{"\u00A0"}: { $copy }
cli-backup-restored-next = Personne n’est plus en session. { $letters ->
    [0] Aucun courriel n’attendait.
    [one] { $letters } courriel attendait{"\u00A0"}: il est marqué «{"\u00A0"}échec{"\u00A0"}», à renvoyer s’il n’est pas parti.
   *[other] { $letters } courriels attendaient{"\u00A0"}: ils sont marqués «{"\u00A0"}échec{"\u00A0"}», à renvoyer un par un s’ils ne sont pas partis.
    } Les rôles et les jetons sont ceux du jour de la copie{"\u00A0"}: relisez-les.
cli-backup-copy = copie du { $at } UTC, { $events ->
    [one] { $events } événement
   *[other] { $events } événements
    }, { $files ->
    [one] { $files } fichier joint
   *[other] { $files } fichiers joints
    }, { $heads ->
    [one] { $heads } tête de témoin continuée
   *[other] { $heads } têtes de témoins continuées
    }.
cli-backup-lost = { $events ->
    [one] PERDU{"\u00A0"}: { $events } événement qu’un témoin avait vu.
   *[other] PERDUS{"\u00A0"}: { $events } événements qu’un témoin avait vus.
    }
cli-backup-missing = { $files ->
    [one] { $files } fichier nommé n’est pas dans la copie.
   *[other] { $files } fichiers nommés ne sont pas dans la copie.
    }

cli-campaign-open = ouverte
cli-campaign-closed = fermée le { $day }
cli-campaign-progress = { $answered } sur { $people } ({ $share }), pour le { $day }
cli-campaign-of = sur
cli-campaign-excepted = { $people ->
    [one] { $people } personne exclue
   *[other] { $people } personnes exclues
    }
cli-campaign-would-ask = { $people } à inviter, { $excepted ->
    [one] { $excepted } exclue
   *[other] { $excepted } exclues
    }
cli-campaign-would-miss = sans adresse{"\u00A0"}: { $address }; sans gestionnaire{"\u00A0"}: { $supervisor }; absentes{"\u00A0"}: { $away }
cli-campaign-would-remind = rappels{"\u00A0"}: { $days }

cli-import-progress = lignes lues : { $lines }
cli-import-register = { $file }{"\u00A0"}: { $enterprises ->
    [one] { $enterprises } entreprise
   *[other] { $enterprises } entreprises
    }, { $names ->
    [one] { $names } nom
   *[other] { $names } noms
    }, { $problems } à corriger; { $outcome }.
cli-import-read = { $file }{"\u00A0"}: { $rows ->
    [one] { $rows } lu
   *[other] { $rows } lus
    }, { $left ->
    [one] { $left } d’un autre acheteur
   *[other] { $left } d’autres acheteurs
    }, { $problems } à corriger; { $outcome }.
cli-import-refused = refusé, rien n’a été changé
cli-import-register-known = c’est le registre en vigueur, rien n’a changé
cli-import-known = déjà importé, rien n’a changé
cli-import-nothing-changed = rien n’a été changé
cli-import-in-force = en vigueur
cli-import-would-change = { $changes ->
    [one] { $changes } changement serait fait
   *[other] { $changes } changements seraient faits
    }
cli-import-changed = { $changes ->
    [one] { $changes } changement
   *[other] { $changes } changements
    }
cli-import-more = … et { $count } de plus
cli-import-resumed = Reprise après { $lines ->
    [one] { $lines } ligne, qu’un import arrêté avait écrite
   *[other] { $lines } lignes, qu’un import arrêté avait écrites
    }.
cli-import-part = { $file }{"\u00A0"}: { $rows ->
    [one] { $rows } ligne lue
   *[other] { $rows } lignes lues
    }, { $kept ->
    [one] { $kept } utile
   *[other] { $kept } utiles
    }.
cli-import-part-missing = { $file }{"\u00A0"}: absent de l’archive.
cli-import-relation = FusionScissions, code { $code } ({ $label }){"\u00A0"}: { $taken }, { $rows ->
    [one] { $rows } ligne
   *[other] { $rows } lignes
    }.
cli-import-no-label = sans libellé
cli-import-merger = fusion, suivie
cli-import-split = scission, montrée sans être suivie
cli-import-unknown = inconnu, laissé de côté
cli-import-crosschecks = { $count ->
    [one] { $count } recoupement
   *[other] { $count } recoupements
 } avec des déclarations déjà au registre; les personnes concernées sont avisées.

cli-key-needs-name = --name est nécessaire pour faire une clé
cli-key-public = --key n’est pas une clé publique (nom+identifiant+clé)
cli-journal-no-key = journal.key_file ne nomme aucune clé
cli-evidence-made = { $events ->
    [one] { $events } événement
   *[other] { $events } événements
    }, dont { $withheld ->
    [one] { $withheld } tu
   *[other] { $withheld } tus
    }{"\u00A0"}: { $path }
cli-evidence-key = clé publique{"\u00A0"}: { $key }
cli-verify-archive = VALIDE{"\u00A0"}: { $events ->
    [one] { $events } événement
   *[other] { $events } événements
    } ({ $withheld ->
    [one] { $withheld } tu
   *[other] { $withheld } tus
    }), { $files ->
    [one] { $files } fichier
   *[other] { $files } fichiers
    }, journal signé par { $name }.
cli-verify-receipt = VALIDE{"\u00A0"}: { $about }, journal de { $events ->
    [one] { $events } événement
   *[other] { $events } événements
    } signé par { $name }.
cli-verify-event = événement { $event }{"\u00A0"}: { $told }
cli-verify-report = VALIDE{"\u00A0"}: rapport ({ $format }) du { $from } au { $to }, { $rows ->
    [one] { $rows } ligne
   *[other] { $rows } lignes
    }, empreinte { $hash }.
cli-verify-report-journal = journal de { $events ->
    [one] { $events } événement
   *[other] { $events } événements
    } signé par { $name }, racine { $root }
cli-verify-not-this-report = ce fichier n’est, octet pour octet, aucun des rapports de la preuve
cli-verify-checkpoint-needs-archive = --checkpoint se compare avec un dossier de preuve (.zip){"\u00A0"}: un reçu seul n’a pas le journal entre les deux têtes
cli-verify-witness = --witness n’est pas une clé publique de témoin
cli-verify-unseen = la tête n’est pas signée par le témoin { $witness }
cli-verify-witnessed = vue par { $name } le { $day } à { $time } UTC
cli-witness-journal = --journal n’est pas une clé publique de journal
evidence-event = { $event }, { $at }
evidence-report = { $event }, { $at }, { $rows ->
    [one] { $rows } ligne
   *[other] { $rows } lignes
    }, empreinte { $hash }
evidence-report-file = { $event }, { $at }, fichier { $format } { $file }, { $rows ->
    [one] { $rows } ligne
   *[other] { $rows } lignes
    }, empreinte { $hash }
evidence-clearance = { $event }, { $at }, feuille { $number }, empreinte { $hash }

cli-kind-sound = { $questions ->
    [one] { $questions } question
   *[other] { $questions } questions
    }, aucune erreur.
cli-policy-sound = { $rules ->
    [one] { $rules } règle
   *[other] { $rules } règles
    }, aucune erreur.

cli-role-ended = Le rôle est terminé.
cli-role-vacant = Plus personne ne tient « { $role } »{"\u00A0"}: ce qui l’attend va à quelqu’un d’autre dans l’heure, ou se décide à l’extérieur.
cli-role-granted = Le rôle est accordé.
cli-absence-ended = L’absence est terminée.
cli-absence-set = L’absence est inscrite.
cli-code-removed = Le téléphone est retiré; les sessions ouvertes sont terminées.
cli-account-suspended = Le compte est suspendu; les sessions ouvertes sont terminées.
cli-account-restored = Le compte est rouvert.
cli-password-changed = Le mot de passe est changé; les sessions ouvertes sont terminées.
cli-password-ask = Mot de passe (visible){"\u00A0"}:
cli-directory-imported = { $added ->
    [one] { $added } ajout
   *[other] { $added } ajouts
    }, { $changed ->
    [one] { $changed } changement
   *[other] { $changed } changements
    }, { $departed ->
    [one] { $departed } départ
   *[other] { $departed } départs
    }, { $unchanged ->
    [one] { $unchanged } inchangé
   *[other] { $unchanged } inchangés
    }; { $moved ->
    [one] { $moved } dossier confié
   *[other] { $moved } dossiers confiés
    } à quelqu’un d’autre.
cli-token-made = Jeton (montré une seule fois){"\u00A0"}: { $token }
cli-token-revoked = { $count ->
    [one] { $count } révoqué
   *[other] { $count } révoqués
    }

cli-sealing-first = première clé{"\u00A0"}: { $key }
cli-sealing-none = première clé{"\u00A0"}: aucune
cli-sealing-in-use = { $key } ferme { $files ->
    [one] { $files } dossier
   *[other] { $files } dossiers
    }
cli-sealing-no-key = sealing.key_file ne nomme aucune clé
cli-sealing-rewrapped = { $files ->
    [one] { $files } dossier fermé
   *[other] { $files } dossiers fermés
    } avec la clé { $key }; les autres lignes du fichier ne ferment plus rien.
cli-crossed = un autre changement est passé en même temps, rien n’est fait{"\u00A0"}: recommencez
