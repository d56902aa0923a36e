own-copy-link = Télécharger une copie de tout ce que le registre garde à mon sujet
own-copy-readme =
    Copie de ce que le registre garde à votre sujet, brouillons compris.

    donnees.json : vos déclarations ({ $count }) avec leurs réponses, leurs décisions et leur historique; qui les a consultées; ce que le répertoire dit de vous.
    declarations.csv : la liste de vos déclarations.
    fichiers : les fichiers que vous avez joints.

    Cette copie contient des renseignements personnels. Gardez-la en lieu sûr.
own-copy-left-out = Ces fichiers ne sont pas dans la copie; téléchargez-les un à un dans le service :

sessions-title = Mes sessions ouvertes
sessions-text = Une session se ferme d’elle-même après un temps sans activité. Fermez celles que vous ne reconnaissez pas, et prévenez la personne qui administre le service.
sessions-line = Ouverte le { $opened }, active le { $seen }.
sessions-this = La session en cours.
sessions-end = Fermer
sessions-end-others = Fermer toutes les autres
flash-sessions-closed = C’est fermé. Qui s’en servait doit se connecter de nouveau.
