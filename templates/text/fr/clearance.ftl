# Vérifications des comités de contrats : feuilles, motifs, page de chacun.
nav-clearance = Vérifications
back-clearance = Vérifications
back-clearance-sheet = Feuille
flash-clearance = La feuille est faite.
clearance-title = Vérifications
clearance-lead = Avant de former un comité : qui peut y siéger, qui doit déclarer d’abord, qui se retire. Jamais pourquoi.
clearance-new = Nouvelle vérification
clearance-none = Aucune vérification
clearance-none-text = Chaque feuille faite apparaîtra ici.
clearance-number = Numéro
clearance-purpose = Objet de la vérification
clearance-purpose-hint = Par exemple : comité de sélection, services infonuagiques. Les personnes vérifiées le liront.
clearance-contract = Contrat ou avis
clearance-contract-label = Numéro du contrat ou de l’avis
clearance-contract-hint = Tel qu’il a été importé. Ses fournisseurs et soumissionnaires connus seront vérifiés. Laissez vide pour écrire les entreprises.
clearance-companies = Entreprises
clearance-companies-label = Entreprises
clearance-companies-hint = Une par ligne, par NEQ ou par nom. Elles s’ajoutent à celles du contrat.
clearance-roster-label = Personnes du comité
clearance-roster-hint = Une par ligne, par numéro ou par nom. { $most } au plus.
clearance-new-title = Nouvelle vérification
clearance-new-lead = Vous recevez un résultat par personne pour l’ensemble des entreprises, et la suite à donner.
clearance-new-note = Chaque vérification est journalisée. Les personnes vérifiées voient qu’elle a eu lieu, par qui, quand, pour quoi et avec quel résultat.
clearance-check = Vérifier
clearance-cancel = Annuler
clearance-asked-by = Demandée par
clearance-asked-at = Date
clearance-result = Résultat
clearance-count-clear = { $count ->
    [one] { $count } personne sans rien à signaler
   *[other] { $count } personnes sans rien à signaler
 }
clearance-count-declare-first = { $count ->
    [one] { $count } doit déclarer d’abord
   *[other] { $count } doivent déclarer d’abord
 }
clearance-count-recuse = { $count ->
    [one] { $count } se retire
   *[other] { $count } se retirent
 }
clearance-sheet-title = Feuille { $number }
clearance-sheet-heading = Feuille de vérification
clearance-people = Personnes
clearance-person = Personne
clearance-verdict = Résultat
clearance-next = Suite à donner
clearance-verdict-clear = Rien à signaler
clearance-verdict-declare-first = Doit déclarer d’abord
clearance-verdict-recuse = Se retire
clearance-next-clear = Peut siéger. Le devoir de déclarer tout fait nouveau demeure.
clearance-next-declare-first = La personne met ses déclarations à jour; refaites ensuite la vérification.
clearance-next-recuse = Confiez sa place à une autre personne. En cas de doute, consultez la personne responsable de l’éthique.
clearance-mine-clear = Vous pouvez siéger. Déclarez tout fait nouveau.
clearance-mine-declare-first = Mettez vos déclarations à jour.
clearance-mine-recuse = Vous ne siégez pas pour ce dossier. La personne responsable de l’éthique peut vous dire pourquoi.
clearance-mine-declare = Mes intérêts
clearance-mine-title = Vérifications qui me concernent
clearance-mine-lead = Avant de former un comité de contrat, on vérifie que rien n’empêche d’y siéger. Voici quand on l’a fait pour vous.
clearance-mine-none = Aucune vérification
clearance-mine-none-text = Si on vous vérifie pour un comité, vous le verrez ici.
clearance-no-reason = Cette feuille ne dit pas pourquoi. Ni le genre de déclaration ni l’entreprise concernée n’y sont, et leur absence ne signifie rien.
clearance-fingerprint = Empreinte
clearance-fingerprint-text = L’empreinte (SHA-256) est aussi au journal. Une feuille modifiée n’a plus la même.
clearance-intact = Elle concorde avec le journal.
clearance-changed-title = Feuille modifiée
clearance-changed = Ce qui est inscrit ici ne correspond plus à l’empreinte du journal. Ne vous y fiez pas : refaites la vérification et avisez la personne responsable de l’éthique.
clearance-see-reasons = Voir les motifs
clearance-reasons-title = Motifs de la feuille { $number }
clearance-reasons-heading = Motifs
clearance-reasons-text = Pour vous seulement. Chaque déclaration nommée ici laisse une ligne au journal des accès.
clearance-reasons-none = Aucun motif à afficher
clearance-reason-interest = Un intérêt déclaré dans une entreprise de la feuille, ou de son groupe
clearance-reason-withdrawal = Une mesure de retrait en vigueur
clearance-reason-gifts = Des cadeaux au-dessus d’un repère de la politique
clearance-reason-interests-missing = Aucune déclaration d’intérêts dans le délai fixé, pas même « néant »
clearance-reason-relation-missing = Une rencontre lors d’une vitrine, pas encore déclarée
error-clearance-purpose = Dites pourquoi vous vérifiez ces personnes.
error-clearance-about = Écrivez le numéro d’un contrat ou d’un avis, ou au moins une entreprise.
error-clearance-contract = Aucun contrat ni avis importé ne porte le numéro { $arg }. Vérifiez-le, ou écrivez les entreprises.
error-clearance-no-firm = Aucune entreprise n’est connue pour ce numéro. Écrivez-les ci-dessous.
error-clearance-roster = Écrivez au moins une personne.
error-clearance-nobody = Aucune personne en service ne correspond à { $arg }.
error-clearance-near = Aucune personne en service ne s’appelle { $arg }. Remplacez la ligne par un numéro, si c’est l’une de ces personnes :
error-clearance-several = { $arg } peut désigner plusieurs fiches. Remplacez la ligne par un numéro :
error-clearance-neq = Aucune entreprise ne porte le NEQ { $arg }.
error-clearance-no-company = Aucune entreprise ne s’appelle { $arg }. Écrivez plutôt son NEQ.
error-clearance-company-near = Aucune entreprise ne s’appelle exactement { $arg }. Remplacez la ligne, si c’est l’une de celles-ci :
error-clearance-too-many-people = Vérifiez { $arg } personnes au plus à la fois.
error-clearance-too-many-companies = Vérifiez { $arg } entreprises au plus à la fois.
error-clearance-limit = La limite de vérifications de la journée est atteinte, au total ou pour une même personne. Reprenez demain, ou adressez-vous à la personne responsable de l’éthique.
clearance-proof = Télécharger la preuve signée de cette empreinte
