# Ce que l’on répond à qui vérifie un reçu, un dossier de preuve ou une copie, et à qui tient le registre : témoins, sauvegarde, scellement.
verify-unreadable = l’archive ne se lit pas{"\u00A0"}: { $why }
verify-too-long = l’archive ne se lit pas{"\u00A0"}: { $file } est trop long
verify-manifest-not-signed = la liste des fichiers n’est pas signée par { $name }
verify-changed = { $file } n’est pas celui de la liste signée
verify-missing = { $file } manque
verify-unlisted = { $file } n’est pas dans la liste signée
verify-head-not-signed = la tête de l’arbre n’est pas signée par { $name }
verify-count = { $found ->
    [one] { $found } événement
   *[other] { $found } événements
    }, et la tête signée en couvre { $signed }
verify-root = les événements ne donnent pas l’arbre qui est signé
verify-forked = { $size ->
    [one] le premier événement n’est pas celui de l’autre tête signée
   *[other] les { $size } premiers événements ne sont pas ceux de l’autre tête signée
    }
verify-not-the-one = l’événement { $event } n’est pas celui du reçu
verify-listed = la tête de { $size ->
    [one] { $size } événement
   *[other] { $size } événements
    } qui est dans la liste n’est pas celle des événements
verify-line = ligne { $line }{"\u00A0"}: ce n’est ni un événement ni une empreinte
verify-kept-not-signed = ce qui est gardé d’ailleurs n’est pas une tête signée par { $name }
verify-kept-receipt = ce qui est gardé d’ailleurs ne prouve rien{"\u00A0"}: { $why }

receipt-unreadable = ce n’est pas un reçu{"\u00A0"}: { $why }
receipt-not-signed = l’arbre du reçu n’est pas signé par { $name }
receipt-not-included = l’événement { $event } n’est pas dans l’arbre signé
receipt-empty = le reçu ne contient aucun événement

copy-closed = la copie ne s’ouvre pas avec cette clé{"\u00A0"}: { $why }
copy-damaged = la copie est incomplète ou abîmée{"\u00A0"}: { $why }
copy-unfinished = la copie n’a pas la liste de ce qu’elle contient{"\u00A0"}: elle n’a pas été finie
copy-not-ours = la liste n’est pas signée par { $name }{"\u00A0"}: la copie vient d’ailleurs
copy-engine = la copie vient de { $found }, et la base est { $wanted }
copy-database = la base de la copie est abîmée{"\u00A0"}: { $fault }
copy-journal = le journal de la copie n’est pas celui qui est signé
copy-forked = { $size ->
    [one] le premier événement n’est pas celui qu’un témoin a vu
   *[other] les { $size } premiers événements ne sont pas ceux qu’un témoin a vus
    }
copy-unwitnessed = aucun témoin n’a vu le début de ce journal{"\u00A0"}: rien ne montre que la copie est d’ici
copy-older = la copie a { $held ->
    [one] { $held } événement
   *[other] { $held } événements
    }, et un témoin en a vu { $seen }{"\u00A0"}: { $lost ->
    [one] { $lost } serait perdu
   *[other] { $lost } seraient perdus
    }
copy-recipients-empty = backup.recipients est vide{"\u00A0"}: personne ne pourrait ouvrir la copie
copy-no-key = journal.key_file ne nomme aucune clé{"\u00A0"}: la copie ne serait pas signée
copy-failed = la copie n’a pas pu être faite; voir le journal du serveur
place-taken = { $path } existe déjà
place-not-empty = la base n’est pas vide{"\u00A0"}: table { $table }

shares-count = { $needed ->
    [one] { $needed } part
   *[other] { $needed } parts
    } sur { $count }{"\u00A0"}: il en faut au moins deux, et pas plus qu’il n’y en a
shares-not-one = «{"\u00A0"}{ $start }…{"\u00A0"}» n’est pas une part faite par `probite sealing split`
shares-mixed = ces parts ne sont pas toutes de la même clé
shares-none = aucune part n’a été donnée
shares-few = { $count ->
    [one] { $count } part
   *[other] { $count } parts différentes
    }{"\u00A0"}: il en faut { $needed }
shares-changed = ces parts ne redonnent pas la clé{"\u00A0"}: l’une a été changée

# $saw est « le témoin a vu autre chose » : la marque par laquelle ces réponses arrêtent la signature (src/journal/programs.rs).
witness-ahead = { $saw }{"\u00A0"}: { $seen ->
    [one] { $seen } événement
   *[other] { $seen } événements
    }, et le journal en a { $size }
witness-another = { $saw }{"\u00A0"}: { $seen ->
    [one] { $seen } événement qui n’est pas celui du journal
   *[other] { $seen } événements qui ne sont pas ceux du journal
    }
witness-unreachable = le témoin ne répond pas{"\u00A0"}: { $why }
witness-overtaken = le témoin a déjà une tête plus grande
witness-refused = le témoin refuse ({ $status }){"\u00A0"}: { $why }
witness-not-its = la réponse n’est pas signée de la clé du témoin
witness-stop = { $why }{"\u00A0"}: rien n’est signé
witness-folder-unread = le dossier du témoin ne se lit pas ({ $why })
witness-saw-more = un témoin a vu { $seen ->
    [one] { $seen } événement
   *[other] { $seen } événements
    }, et le journal en a { $size }
witness-saw-other = { $seen ->
    [one] le premier événement n’est pas celui qu’un témoin a vu
   *[other] les { $seen } premiers événements ne sont pas ceux qu’un témoin a vus
    }
witness-head-gone = le dossier du témoin n’a pas la tête de { $given ->
    [one] { $given } événement
   *[other] { $given } événements
    } qui y a été laissée
head-fewer = le journal a moins d’événements que les { $size } qui sont signés
head-other = le journal n’est pas celui qui a été signé à { $size ->
    [one] { $size } événement
   *[other] { $size } événements
    }{"\u00A0"}: rien n’est signé
head-unreadable = le journal ne se lit pas jusqu’à sa dernière tête signée{"\u00A0"}: { $why }
