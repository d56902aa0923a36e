compare-title = Comparer les versions – { $ref }
compare-open = Comparer les versions côte à côte
compare-choose = Versions à comparer
compare-before = Avant
compare-after = Après
compare-do = Comparer
compare-side = Version { $name }, { $date }
compare-side-followed = { $name }, { $date }
compare-answer = Réponse
compare-lead =
    { $changed ->
        [0] Aucune réponse ne change.
        [one] Une réponse change.
       *[other] { $changed } réponses changent.
    } { $same ->
        [0] { "" }
        [one] Une réponse reste la même.
       *[other] { $same } réponses restent les mêmes.
    }
compare-everything = Montrer toutes les réponses
compare-only-changes = Montrer seulement ce qui change
compare-same = Inchangée
compare-changed = Modifiée
compare-added = Ajoutée
compare-removed = Retirée
compare-nothing = Aucune réponse
compare-origin = Ouvrir la déclaration précédente
not-possible-compare = Ce dossier n’a qu’une version : il n’y a rien à comparer.
