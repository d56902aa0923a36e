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
