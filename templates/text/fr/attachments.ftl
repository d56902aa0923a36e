# Fichiers joints : ce qui est refusé et pourquoi.
error-file-broken = « { $arg } » est abîmé ou incomplet. Enregistrez-le de nouveau, puis joignez la copie.
error-file-encrypted = « { $arg } » est protégé par un mot de passe. Enregistrez-le sans protection, puis joignez la copie.
error-file-program = « { $arg } » contient un programme (macro ou contrôle). Enregistrez-le au format DOCX sans macro, ou en PDF.
error-file-embedded = « { $arg } » contient un autre fichier ou un objet incorporé. Joignez chaque fichier à part, ou enregistrez le document en PDF.
error-file-linked = « { $arg } » affiche un contenu gardé ailleurs. Enregistrez-le en PDF, puis joignez le PDF.
error-file-picture = « { $arg } » contient une image qui ne peut pas être nettoyée. Remplacez-la par une image PNG ou JPEG, ou enregistrez le document en PDF.
error-file-dynamic-form = « { $arg } » est un formulaire qui se construit à l’ouverture. Imprimez-le en PDF, puis joignez cette copie.
error-file-unpacked = « { $arg } » devient trop gros une fois ouvert. Joignez-en une version plus légère.
error-file-dimensions = « { $arg } » est une image trop grande. Réduisez-la, puis joignez la copie.
error-file-infected = Un virus a été trouvé dans « { $arg } ». Le fichier n’est pas gardé. Faites vérifier votre poste avant d’en joindre un autre.

# Quarantaine : ce que l’antivirus n’a pas encore dit, ou a trouvé plus tard.
file-pending = En attente d’analyse par l’antivirus. Le fichier sera accessible ensuite.
file-infected = Contenu supprimé : un virus y a été trouvé.
not-possible-file-pending = Ce fichier attend l’analyse de l’antivirus. Réessayez dans quelques minutes.
not-possible-file-infected = Un virus a été trouvé dans ce fichier. Son contenu est supprimé.
event-attachment-cleared = Fichier joint analysé, aucun virus trouvé
event-attachment-infected = Virus trouvé dans un fichier joint, contenu supprimé

letter-file-infected-subject = Un fichier que vous avez joint est supprimé
letter-file-infected-preheader = L’antivirus y a trouvé un virus.
letter-file-infected-body =
    Bonjour,

    L’antivirus a trouvé un virus dans un fichier que vous avez joint. Son contenu est supprimé et personne ne peut l’ouvrir.

    Faites d’abord vérifier votre poste par le soutien informatique. Si le fichier est nécessaire, joignez ensuite une copie saine.
letter-file-infected-action = Ouvrir le service
letter-file-infected-reason = Vous avez joint ce fichier.
