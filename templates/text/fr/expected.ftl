# Attendu et déclaré, par unité.
back-expected = Attendu et déclaré
expected-title = Attendu et déclaré
expected-lead = Ce que chaque unité devait déclarer dans l’année, et ce qu’elle a déclaré. Le silence d’une unité active est un constat.
expected-years = Exercice financier
expected-follow-link = Voir qui relancer
expected-none = Rien n’était attendu dans cet exercice
expected-total = Total
expected-interests = Intérêts
expected-contracts = Contrats
expected-events = Événements
expected-meetings = Rencontres
expected-pair = { $declared } sur { $expected }
expected-hidden = masqué
expected-hidden-text = « Masqué » : un nombre de 1 à 4 s’y trouve, ou se déduirait du total. Seuls des exercices entiers sont montrés, pour que leur différence n’en révèle pas non plus.
expected-whole-text = Pour vous seulement : aucun nombre n’est masqué. Les autres personnes qui lisent ce tableau n’y voient pas les nombres de 1 à 4.
expected-what = Ce qui est compté
expected-interests-text = Intérêts : les personnes en service, et celles qui ont déclaré leurs intérêts dans l’année, « néant » compris.
expected-contracts-text = Contrats : ceux en vigueur que l’unité suit selon les livres du Ministère ou qu’elle a déjà nommés, et ceux dont une déclaration de l’année parle.
expected-events-text = Événements : les présences à une vitrine où une entreprise a été entendue, et celles suivies d’une déclaration.
expected-meetings-text = Rencontres : les entreprises entendues aux vitrines de l’unité, et celles dont l’unité a parlé ensuite.
expected-follow-title = Qui relancer
expected-follow-lead = Pour vous seulement. L’ouverture de cette page est inscrite au journal des accès.
expected-silent = Unités actives qui n’ont rien déclaré
expected-silent-none = Aucune
expected-silent-contracts = { $count ->
    [one] { $count } contrat
   *[other] { $count } contrats
 }
expected-silent-events = { $count ->
    [one] { $count } présence à une vitrine
   *[other] { $count } présences à une vitrine
 }
expected-silent-meetings = { $count ->
    [one] { $count } entreprise entendue
   *[other] { $count } entreprises entendues
 }
expected-people = Personnes sans déclaration d’intérêts dans l’année
expected-missing = { $count ->
    [one] { $count } personne
   *[other] { $count } personnes
 }
expected-more = { $count ->
    [one] Et { $count } autre.
   *[other] Et { $count } autres.
 }
