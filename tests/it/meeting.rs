//! What the outside says of a company: in the findings of a declaration, and before a meeting takes place.

use chrono::TimeDelta;
use probite::companies::lobby::{self, Typed};
use probite::companies::{lists, store};
use probite::declarations::store::Declaration;
use probite::sources::Source;
use serde_json::json;

use crate::contracts::files::{Folder, package, release, takes_in, with};
use crate::support::ministry::{BOREAL, NORDIK};
use crate::support::{TestApp, answers, say};

fn rules_of(row: &Declaration) -> Vec<String> {
    row.findings().unwrap().into_iter().map(|finding| finding.rule).collect()
}

/// Nordik is under contract in 2026 and bids until the end of the year; Boréal is ineligible.
pub fn knows_the_outside(app: &TestApp) {
    let folder = Folder::new();
    let open = with(release(300, "2026-11-02"), "/tender/tenderPeriod/endDate", json!("2026-12-31T15:00:00-05:00"));
    let open = with(open, "/tender/status", json!("active"));
    takes_in(app, &folder.put("hebdo.json", package(&[release(100, "2026-03-01"), open])));
    let list = folder.put("rena.csv", format!("neq;nom;debut;fin\n{};{};2026-06-01;2031-05-31\n", BOREAL.1, BOREAL.0));
    lists::import(&app.app, None, Source::Rena, &list, false).unwrap();
}

#[actix_web::test]
async fn a_declaration_is_looked_at_with_what_files_from_outside_say() {
    let app = TestApp::new().await;
    let outside = ["common.tender_open", "common.contract_not_declared", "common.ineligible"];
    let found = |given| {
        let slug = app.files("camille", "business_relation", given);
        let rules = rules_of(&app.row(&slug));
        (slug, outside.map(|rule| rules.iter().any(|found| found == rule)))
    };
    let silent = || {
        answers::changed(
            answers::relation(),
            json!({ "under_contract": "no", "purpose": "other", "purpose_details": "Présentation", "contract_stage": null, "contract_number": null }),
        )
    };
    assert_eq!(found(silent()).1, [false, false, false], "a source never read says nothing, and blocks nothing");
    knows_the_outside(&app);
    let (slug, rules) = found(silent());
    assert_eq!(rules, [true, true, false]);
    assert_eq!(app.holder(&slug), "ethics_officer");
    let page = app.as_("aline").open(&format!("/d/{slug}")).await;
    assert!(page.says("participe à un appel d’offres encore ouvert"), "{}", page.text());
    assert!(page.says(&say("meeting-contracts")) && page.says("C-100"), "{}", page.text());
    let boreal = answers::changed(silent(), json!({ "company": { "name": BOREAL.0, "neq": BOREAL.1 } }));
    assert_eq!(found(boreal).1, [false, false, true]);
}

#[actix_web::test]
async fn before_a_meeting_somebody_knows_whether_it_may_take_place() {
    let app = TestApp::new().await;
    let camille = app.as_("camille");
    let look = |page: &crate::support::browser::Page, name: &str, neq: &str, purpose: &str| {
        page.form("/avant-rencontre").with("company.name", name).with("company.neq", neq).with("purpose", purpose)
    };
    let page = camille.open("/avant-rencontre").await;
    assert_eq!(camille.send(&page.form("/avant-rencontre")).await.errors().len(), 2, "both questions");
    // Nothing known of a name alone: caution, and why.
    let unknown = camille.send(&look(&page, "Firme inconnue", "", "contract")).await;
    assert!(
        unknown.says("Prudence avec Firme inconnue") && unknown.says(&say("meeting-unsearched")),
        "{}",
        unknown.text()
    );
    assert!(unknown.says(&say("meeting-unsearched-text")) && !unknown.says(&say("meeting-caution-text")));
    // Nor is a name that resembles Nordik’s: it is proposed.
    let near = camille.send(&look(&page, "Nordik Info", "", "contract_preparation")).await;
    assert!(near.says(&say("meeting-unsearched")), "{}", near.text());
    let nordik = app.company(NORDIK.1).to_string();
    let offered = near.forms().into_iter().any(|form| form.offers("company.id").contains(&nordik.as_str()));
    assert!(offered, "{}", near.text());
    knows_the_outside(&app);
    // The name alone, when one company bears it, is looked up as that company, and the page says so.
    let named = camille.send(&look(&page, &NORDIK.0.to_lowercase(), "", "contract_preparation")).await;
    assert!(named.says("Arrêtez-vous") && !named.says(&say("meeting-unsearched")), "{}", named.text());
    assert!(named.says(&format!("Vérifié pour {}, NEQ {}", NORDIK.0, NORDIK.1)), "{}", named.text());
    let begins = named.forms().into_iter().find(|form| form.value("_declare").is_some()).unwrap();
    assert_eq!(begins.value("company.neq"), Some(NORDIK.1), "with the company that was read");
    // Somebody who has no NEQ, and says so, is not the company of that name.
    let person =
        look(&page, &NORDIK.0.to_lowercase(), "", "contract_preparation").with("company.no_neq_reason", "Particulier");
    let person = camille.send(&person).await;
    assert!(person.says(&say("meeting-unsearched")) && !person.says("Vérifié pour"), "{}", person.text());
    // Two that bear it: neither is taken.
    app.write(|tx| store::add(tx, None, NORDIK.0, Some("1166778899"), None).map(drop));
    let both = camille.send(&look(&page, NORDIK.0, "", "contract_preparation")).await;
    assert!(both.says(&say("meeting-unsearched-text")), "{}", both.text());
    let offers = |id: &str| both.forms().into_iter().any(|form| form.offers("company.id").contains(&id));
    assert!(offers(&nordik) && offers(&app.company("1166778899").to_string()), "{}", both.text());
    let stopped = camille.send(&look(&page, NORDIK.0, NORDIK.1, "contract_preparation")).await;
    assert!(stopped.says("Arrêtez-vous") && stopped.says("appel d’offres encore ouvert"), "{}", stopped.text());
    assert!(stopped.says("saine concurrence") && stopped.says("C-100"), "with its article and its contracts");
    // A purpose that is not hers stops her too, whatever the company; a director general may.
    let prospecting = |page| look(page, "Firme neuve", "1199887755", "prospecting");
    assert!(camille.send(&prospecting(&page)).await.says("Arrêtez-vous"));
    let helene = app.as_("helene");
    let hers = helene.open("/avant-rencontre").await;
    let free = helene.send(&look(&hers, "Firme neuve", "1199887755", "contract")).await;
    assert!(free.says("Allez-y") && !free.says(&say("meeting-unread")), "{}", free.text());
    assert!(free.says("Contrats publics (SEAO) : fichier importé aujourd’hui."), "{}", free.text());
    // What was looked at opens the declaration, and stays in it.
    let begun = camille.send(&stopped.forms().into_iter().find(|form| form.value("_declare").is_some()).unwrap()).await;
    assert!(begun.path.starts_with("/brouillons/"), "{}", begun.path);
    let key = begun.path.split('/').nth(2).unwrap().to_owned();
    let draft = app.row(&key);
    let kept = draft.answers().unwrap();
    assert_eq!((kept.text("purpose"), kept.get("company")["neq"].as_str()), ("contract_preparation", Some(NORDIK.1)));
    let filled = answers::changed(
        answers::relation(),
        json!({ "purpose": "contract_preparation", "preparation_stage": "preliminary" }),
    );
    let id = app.actor("camille");
    let forged = json!({ "_meeting": { "on": "2026-11-23", "verdict": "go", "rules": [] } });
    let answers = serde_json::from_value(answers::changed(filled, forged)).unwrap();
    let version = draft.version;
    let wanted = key.clone();
    app.write(move |tx| probite::declarations::drafts::save_answers(tx, &id, &wanted, version, &answers).map(drop));
    let noted = app.row(&key).answers().unwrap();
    assert_eq!(probite::companies::meeting::noted(&noted).unwrap().1.as_str(), "stop", "a program does not write it");
    let reference = app.sends("camille", &key).unwrap().reference.unwrap();
    let page = app.as_("aline").open(&format!("/d/{reference}")).await;
    assert!(
        page.says(&say("meeting-noted")) && page.says("il fallait d’abord en parler à l’éthique"),
        "{}",
        page.text()
    );
}

#[actix_web::test]
async fn nobody_is_told_to_go_ahead_when_contracts_or_the_rena_were_never_read_or_are_old() {
    let app = TestApp::new().await;
    let look = async |what: &str| {
        let helene = app.as_("helene");
        let page = helene.open("/avant-rencontre").await;
        let form = page.form("/avant-rencontre").with("company.name", "Firme neuve").with("company.neq", "1199887755");
        let shown = helene.send(&form.with("purpose", "contract")).await;
        assert!(shown.status == 200 && shown.says(&say("meeting-ages")), "{what}: {}", shown.text());
        shown
    };
    let never = look("nothing read").await;
    assert!(never.says("Prudence avec Firme neuve") && never.says(&say("meeting-unread")), "{}", never.text());
    assert!(never.says("Contrats publics (SEAO) : aucun fichier importé."), "{}", never.text());
    let folder = Folder::new();
    takes_in(&app, &folder.put("hebdo.json", package(&[release(100, "2026-03-01")])));
    let half = look("no RENA").await;
    assert!(half.says("Prudence avec") && half.says("Entreprises non admissibles (RENA) : aucun fichier importé."));
    let list = folder.put("rena.csv", format!("neq;nom\n{};{}\n", BOREAL.1, BOREAL.0));
    lists::import(&app.app, None, Source::Rena, &list, false).unwrap();
    let fresh = look("both read").await;
    assert!(fresh.says("Allez-y") && !fresh.says(&say("meeting-unread")), "{}", fresh.text());
    // Contracts have the shorter delay of the two.
    let delay = i64::from(app.app.book.config.sources.contracts_days);
    app.clock.advance(TimeDelta::days(delay));
    assert!(look("the last day").await.says("Allez-y"));
    app.clock.advance(TimeDelta::days(1));
    let old = look("a day later").await;
    assert!(old.says("Prudence avec") && old.says(&say("meeting-unread")), "{}", old.text());
    assert!(old.says(&format!("fichier importé il y a {} jours", delay + 1)) && old.says(&say("sources-old")));
}

#[actix_web::test]
async fn of_a_company_without_an_neq_its_page_says_that_nothing_could_be_checked() {
    let app = TestApp::new().await;
    knows_the_outside(&app);
    let unnumbered = app.write(|tx| Ok(store::add(tx, None, "Firme sans numéro", None, Some("À l’étranger"))?.id));
    let aline = app.as_("aline");
    let page = aline.open(&format!("/entreprises/{unnumbered}")).await;
    assert!(page.says(&say("known-unsearched")) && !page.says(&say("known-not-on-rena")), "{}", page.text());
    assert!(!page.says("Aucun contrat en cours aujourd’hui n’est connu."), "{}", page.text());
    // The twin: under an NEQ, it was looked for.
    let page = aline.open(&format!("/entreprises/{}", app.company(NORDIK.1))).await;
    assert!(page.says(&say("known-not-on-rena")) && !page.says(&say("known-unsearched")), "{}", page.text());
    assert!(page.says("Contrats publics (SEAO) : fichier importé aujourd’hui."), "{}", page.text());
}

#[actix_web::test]
async fn before_a_need_is_defined_the_calls_for_tenders_are_told_whoever_bids() {
    let app = TestApp::new().await;
    let folder = Folder::new();
    // As publishers write it: nobody is named before somebody wins.
    let call = |number: u32| {
        json!({
            "ocid": format!("ocds-ec9k95-{number}"), "date": "2026-11-10T09:00:00-05:00", "tag": ["tender"],
            "buyer": { "id": "OP-1", "name": "Ministère fictif" },
            "parties": [{ "id": "OP-1", "name": "Ministère fictif", "roles": ["buyer"] }],
            "tender": { "title": format!("Postes de travail, lot {number}"), "status": "active", "procurementMethod": "open",
                "tenderPeriod": { "startDate": "2026-11-10", "endDate": format!("2026-12-{number}") } }
        })
    };
    takes_in(&app, &folder.put("hebdo.json", package(&(10..22).map(call).collect::<Vec<_>>())));
    let list = folder.put("rena.csv", format!("neq;nom\n{};{}\n", BOREAL.1, BOREAL.0));
    lists::import(&app.app, None, Source::Rena, &list, false).unwrap();
    let look = async |who: &str, purpose: &str| {
        let browser = app.as_(who);
        let page = browser.open("/avant-rencontre").await;
        let form = page.form("/avant-rencontre").with("company.name", NORDIK.0).with("company.neq", NORDIK.1);
        browser.send(&form.with("purpose", purpose)).await
    };
    for (who, purpose) in [("camille", "needs"), ("camille", "contract_preparation"), ("helene", "prospecting")] {
        let shown = look(who, purpose).await;
        assert!(shown.says("Prudence avec") && shown.says(&say("meeting-tenders-text")), "{purpose}: {}", shown.text());
        let told = shown.select_text(".verdict li");
        assert!(told.iter().any(|line| line.contains("Postes de travail, lot 10")), "{purpose}: {told:?}");
        assert!(shown.says(&say("meeting-tenders-more")), "twelve are open, ten are told: {told:?}");
        assert!(!told.iter().any(|line| line.contains("lot 20")), "the first to close first: {told:?}");
    }
    // The twins: following a contract favours nobody, and a call that closed is over.
    let free = look("camille", "contract").await;
    assert!(free.says("Allez-y") && !free.says(&say("meeting-tenders")), "{}", free.text());
    app.clock.set("2026-12-22".parse().unwrap(), 10, 0);
    let after = look("camille", "needs").await;
    assert!(!after.says(&say("meeting-tenders")), "{}", after.text());
}

#[actix_web::test]
async fn what_somebody_found_in_the_registry_of_lobbyists_counts_before_a_meeting() {
    let app = TestApp::new().await;
    let folder = Folder::new();
    let over = with(release(100, "2026-03-01"), "/contracts/0/period/endDate", json!("2026-06-30"));
    takes_in(&app, &folder.put("hebdo.json", package(&[over])));
    let list = folder.put("rena.csv", format!("neq;nom\n{};{}\n", BOREAL.1, BOREAL.0));
    lists::import(&app.app, None, Source::Rena, &list, false).unwrap();
    let records = |on: &'static str, result: &'static str, mandate: &'static str| {
        let nordik = app.company(NORDIK.1);
        let typed = Typed { on: on.into(), result: result.into(), mandate: mandate.into(), note: String::new() };
        app.does("aline", move |tx, actor| lobby::record(tx, actor, nordik, &typed)).unwrap();
    };
    let look = async |purpose: &str| {
        let camille = app.as_("camille");
        let page = camille.open("/avant-rencontre").await;
        let form = page.form("/avant-rencontre").with("company.name", NORDIK.0).with("company.neq", NORDIK.1);
        camille.send(&form.with("purpose", purpose)).await
    };
    let doubt = say("meeting-lobby-doubt");
    let never = look("unsolicited").await;
    assert!(
        never.says("Prudence avec") && never.says(&say("meeting-lobby-none")) && never.says(&doubt),
        "{}",
        never.text()
    );
    // The twin: nothing is asked to follow a contract.
    let contract = look("contract").await;
    assert!(contract.says(&say("meeting-lobby-none")) && !contract.says(&doubt), "{}", contract.text());
    records("2026-11-18", "absent", "");
    let absent = look("unsolicited").await;
    assert!(absent.says("Prudence avec") && absent.says("Vérifié le 18 novembre 2026 : aucun mandat inscrit."));
    records("2026-11-20", "registered", "M-42");
    let registered = look("unsolicited").await;
    assert!(registered.says("Allez-y") && !registered.says(&doubt), "{}", registered.text());
    assert!(registered.says("Vérifié le 20 novembre 2026 : mandat M-42 inscrit."), "{}", registered.text());
    assert!(!registered.says("Aline Bouchard"), "who looked is for the page of the company");
    // What somebody looked up before and wrote down later is not the last look.
    records("2026-10-01", "absent", "");
    assert!(look("unsolicited").await.says("mandat M-42 inscrit"));
    app.clock.set("2026-12-21".parse().unwrap(), 10, 0);
    let old = look("unsolicited").await;
    assert!(old.says("Prudence avec") && old.says(&say("meeting-lobby-old")) && old.says(&doubt), "{}", old.text());
}
