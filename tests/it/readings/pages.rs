//! Every page of the service, and the row that it leaves in the access log before it shows people or files to somebody else.

use std::collections::BTreeSet;

use crate::conventions::files;

/// Addresses that name people or files to somebody else, and the row that each leaves before it is shown.
const LEAVES: &[(&str, &[&str])] = &[
    (
        "read",
        &[
            "/d/{slug}",
            "/d/{slug}/comparaison",
            "/d/{slug}/recu",
            "/d/{slug}/commentaires",
            "/d/{slug}/communication",
            "/d/{slug}/rectification",
            "/registre/connu/{slug}",
            "/conseils/{slug}/rediger",
            "/conseils/{slug}/recu",
            "/precedents/rediger",
            "/regles/essai",
            "/objets/{number}",
            "/api/v1/declarations/{id}",
            "/api/v1/declarations/{id}/comments",
        ],
    ),
    ("list", &["/confidentiel"]),
    ("inbox", &["/a-traiter", "/a-traiter/lot", "/api/v1/inbox"]),
    ("register", &["/registre", "/registre/connu", "/api/v1/register"]),
    ("register.csv", &["/registre/export.csv"]),
    ("register.xlsx", &["/registre/export.xlsx"]),
    ("company", &["/entreprises/{id}"]),
    ("crosschecks", &["/recoupements"]),
    ("rectifications", &["/rectifications", "/api/v1/rectifications"]),
    ("clearances", &["/verifications"]),
    ("clearance_sheet", &["/verifications/{number}"]),
    ("clearance", &["/verifications/{number}/feuille.csv", "/api/v1/clearance"]),
    ("clearance_reasons", &["/verifications/{number}/motifs"]),
    ("readings", &["/lectures"]),
    ("campaign", &["/campagnes/{id}"]),
    ("campaign_team", &["/campagnes/equipe"]),
    ("campaign-trial.csv", &["/campagnes/essai.csv"]),
    ("attachment", &["/pieces/{id}"]),
    ("state_objects", &["/objets", "/objets/export.csv"]),
    ("measures", &["/mesures", "/api/v1/measures"]),
    ("measure", &["/mesures/{id}", "/api/v1/measures/{id}"]),
    ("report", &["/rapports"]),
    ("report_team", &["/rapports/equipe"]),
    ("report_contracts", &["/rapports/contrats"]),
    ("team", &["/rapports/equipe.csv", "/rapports/equipe.xlsx", "/rapports/equipe.json"]),
    ("contracts", &["/rapports/contrats.csv", "/rapports/contrats.xlsx", "/rapports/contrats.json"]),
    ("showcases", &["/rapports/vitrines.csv", "/rapports/vitrines.xlsx", "/rapports/vitrines.json"]),
    ("audit.pdf", &["/rapports/audit.pdf"]),
    ("audit.xlsx", &["/rapports/audit.xlsx"]),
    ("audit.json", &["/rapports/audit.json"]),
    ("audit.csv", &["/rapports/audit.csv"]),
    ("audit.preuve.json", &["/rapports/audit.preuve.json"]),
    ("expected", &["/rapports/attendu.csv"]),
    ("silence", &["/rapports/attendu/suivi"]),
    ("departure", &["/depart/{number}"]),
    ("ledger.csv", &["/evenements/{reference}/registre.csv"]),
    ("passport", &["/passeports/{reference}"]),
    ("replay", &["/regles/propositions/{id}/rejeu"]),
    ("letters", &["/courriels"]),
    ("acts", &["/actes"]),
    ("act", &["/actes/{id}"]),
    ("retention", &["/conservation"]),
    ("retention_list", &["/conservation/{id}"]),
    ("retention_certificate", &["/conservation/{id}/certificat.json"]),
    ("incidents", &["/incidents"]),
    ("incidents.csv", &["/incidents/registre.csv"]),
    ("incident", &["/incidents/{number}", "/incidents/{number}/correction"]),
];

/// Addresses that leave none, and why.
const WITHOUT: &[(&str, &[&str])] = &[
    (
        "what is the reader’s own",
        &[
            "/",
            "/preferences",
            "/preferences/code",
            "/preferences/secours",
            "/preferences/cles",
            "/confirmer",
            "/mes-declarations",
            "/mes-declarations/verifications",
            "/mes-declarations/lectures",
            "/mes-declarations/copie",
            "/declarer",
            "/declarer/{kind}",
            "/brouillons/{slug}",
            "/brouillons/{slug}/verifier",
            "/brouillons/{slug}/{step}",
            "/d/{slug}/recue",
            "/annuelle",
            "/depart",
            "/absences",
            "/api/v1/absences",
            "/api/v1/declarations",
            "/api/v1/me",
            "/actes/demande",
            "/a-traiter/lot/{id}",
        ],
    ),
    ("an empty form", &["/incidents/nouveau", "/verifications/nouvelle", "/personnes/importation/modele.csv"]),
    (
        "companies and files from outside: nobody’s declaration",
        &[
            "/avant-rencontre",
            "/entreprises/suggestions",
            "/entreprises",
            "/entreprises/{id}/fusion",
            "/entreprises/{id}/groupe",
            "/sources",
            "/api/v1/companies",
        ],
    ),
    (
        "figures, by unit at most",
        &[
            "/campagnes",
            "/campagnes/{id}/suivi.csv",
            "/rapports/attendu",
            "/rapports/vitrines",
            "/diagnostic",
            "/api/v1/campaigns",
            "/api/v1/campaigns/{id}",
            "/api/v1/units",
        ],
    ),
    ("the hash of a sheet and the rank of its event", &["/verifications/{number}/preuve.json"]),
    (
        "rules, forms and anonymised opinions, with whoever adopted them in office",
        &[
            "/regles",
            "/regles/paquet",
            "/regles/paquet.json",
            "/regles/versions",
            "/regles/versions/{id}",
            "/regles/propositions/{id}",
            "/formulaires",
            "/formulaires/types/{kind}",
            "/formulaires/versions/{id}",
            "/formulaires/propositions/{id}",
            "/formulaires/propositions/{id}/pages/{step}",
            "/formulaires/propositions/{id}/apercu/{page}",
            "/precedents",
            "/precedents/{id}",
            "/api/v1/precedents",
            "/api/v1/kinds",
            "/api/v1/kinds/{id}",
        ],
    ),
    (
        "the directory, as the body publishes it to its staff: places, roles and absences, nothing that was declared",
        &["/personnes", "/personnes/{number}", "/personnes/{number}/absences", "/personnes/importation"],
    ),
    (
        "showcases, public to staff, and the companies that were heard",
        &[
            "/evenements",
            "/evenements/nouvelle/{kind}",
            "/evenements/organisation",
            "/evenements/{reference}",
            "/evenements/{reference}/calendrier.ics",
            "/evenements/{reference}/attestation",
            "/evenements/{reference}/modification",
            "/evenements/{reference}/registre",
            "/passeports",
            "/passeports/nouveau",
        ],
    ),
];

/// P08: whoever adds a page says which row it leaves in the access log, or why it names nobody.
#[test]
fn every_page_leaves_a_row_in_the_access_log_or_says_why_not() {
    let table: toml::Table = toml::from_str(include_str!("../../../config/access.toml")).unwrap();
    let is_for_staff = |who: &toml::Value| !matches!(who.as_str(), Some("open" | "demo"));
    let routes = table["routes"].as_table().unwrap().iter().filter(|(_, who)| is_for_staff(who));
    let there: BTreeSet<&str> = routes.filter_map(|(route, _)| route.strip_prefix("GET ")).collect();
    let said: Vec<&str> = LEAVES.iter().chain(WITHOUT).flat_map(|(_, routes)| routes.iter().copied()).collect();
    let once: BTreeSet<&str> = said.iter().copied().collect();
    assert_eq!(said.len(), once.len(), "each is said once");
    let without: Vec<_> = there.difference(&once).collect();
    let gone: Vec<_> = once.difference(&there).collect();
    assert!(without.is_empty() && gone.is_empty(), "not said: {without:?}; not there: {gone:?}");
}

/// P08: the twin: each row that is promised is one that something writes.
#[test]
fn every_row_that_a_page_promises_is_written_somewhere() {
    let sources: Vec<String> = files("src", ".rs").into_iter().map(|(_, text)| text).collect();
    let writes = ["access_log::", "reading::", "read_as", "prepared(", "files::take("];
    for (action, routes) in LEAVES {
        let literal = format!("\"{action}\"");
        let is_written = |text: &&String| text.contains(&literal) && writes.iter().any(|call| text.contains(call));
        assert!(sources.iter().any(|text| is_written(&text)), "{action} of {routes:?}");
    }
}
