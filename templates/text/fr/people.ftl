event-rerouted = Confiée à une autre personne
rerouted-chart = Le répertoire du personnel a changé; la décision suit la nouvelle ligne hiérarchique. L’échéance reste la même.
rerouted-holder-left = La personne qui décidait n’est plus en service. L’échéance reste la même.
