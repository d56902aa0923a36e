nav-readings = Lectures
readings-mine-title = Qui a consulté mes déclarations
readings-mine-lead = Chaque fois qu’une autre personne ouvre une de vos déclarations confidentielles, ou essaie de l’ouvrir, c’est inscrit ici avant qu’elle en voie quoi que ce soit. Les exportations qui contiennent vos déclarations, même ordinaires, y sont aussi. Une liste où l’une d’elles paraît parmi d’autres laisse une trace qui ne nomme aucun dossier : cette page ne la montre pas.
readings-mine-none = Personne n’a consulté vos déclarations confidentielles, ni exporté vos déclarations.
readings-mine-none-text = Les déclarations ordinaires, comme celles de cadeaux refusés, ne laissent pas de trace de lecture; leurs exportations en laissent une.
readings-mine-none-here = Rien de plus dans cette partie du relevé.
readings-on = Date
readings-who = Qui
readings-what = Ce qui a été fait
readings-file = Déclaration
readings-times = { $count } fois ce jour-là
readings-action-read = A ouvert la déclaration
readings-action-list = L’a vue dans une liste
readings-action-attachment = A téléchargé un fichier joint
readings-action-measure = A consulté une mesure
readings-action-clearance = L’a utilisée pour vérifier un comité
readings-action-clearance-reasons = En a lu le motif pour un comité
readings-action-export = { $count ->
    [one] L’a exportée, seule
   *[other] L’a exportée, dans un fichier de { $count } dossiers
}
readings-others = { $count ->
    [one] et une autre
   *[other] et { $count } autres
}
readings-refused = A essayé de l’ouvrir; refusé
readings-title = Lectures inhabituelles
readings-lead = Au-delà de { $files } déclarations confidentielles ouvertes et dossiers exportés, comptés ensemble, ou de { $refused } refus en un jour, la lecture est signalée ici. Vérifiez auprès de la personne ce qui l’explique.
readings-none = Aucune lecture inhabituelle.
readings-none-text = Le service regarde chaque heure les lectures de la journée.
readings-alarm = { $name }, le { $on }
readings-kinds = Types en cause
readings-exported = { $count }, chaque exportation comptant les dossiers qu’elle emporte
readings-explanation = Explication
readings-explain = Qu’est-ce qui explique ces lectures?
readings-explain-hint = Par exemple : préparation du rapport annuel, relève d’une collègue. Sans explication valable, avisez votre responsable de la sécurité de l’information.
readings-explain-send = Inscrire l’explication
flash-reading-explained = L’explication est inscrite.
not-possible-answered = Cette lecture est déjà expliquée.
letter-unusual-readings-subject = Lectures inhabituelles – { $name }
letter-unusual-readings-preheader = Une personne consulte plus de déclarations que d’habitude.
letter-unusual-readings-body =
    Bonjour,

    Une personne a ouvert ou exporté aujourd’hui plus de déclarations que d’habitude, ou a essayé d’en ouvrir qui ne lui sont pas accessibles. Vérifiez ce qui l’explique et inscrivez-le.
letter-unusual-readings-action = Voir les lectures inhabituelles
letter-unusual-readings-reason = Vous veillez sur la confidentialité du registre.
letter-fact-reader = Personne
letter-fact-day = Jour
letter-fact-files-read = Déclarations ouvertes
letter-fact-files-exported = Dossiers exportés
letter-fact-refused = Tentatives refusées
error-readings-explain = Écrivez ce qui explique ces lectures.
