//! The rules: read as people see them, tried on a file, changed by two people, replayed on the past.

use std::collections::BTreeMap;

use probite::companies::lobby::{self, Typed};
use probite::declarations::store::Declaration;
use probite::error::{Error, Result};
use probite::formats::{format_date_long, format_datetime};
use probite::journal::note::Signer;
use probite::policy::proposals::{self, Change, Proposal, State};
use probite::policy::replay::{self, Replay};
use probite::policy::versions;
use probite::random::sha256_hex;
use probite::text::Language;
use serde_json::json;

use crate::support::ministry::{BOREAL, NORDIK};
use crate::support::{TestApp, answers, files, say};

fn begins(app: &TestApp) -> Proposal {
    app.does("aline", |tx, actor| {
        let from = versions::in_force(tx, tx.today())?.id;
        proposals::begin(tx, actor, from)
    })
    .unwrap()
}

fn saves(app: &TestApp, proposal: &Proposal, change: Change) -> Result<Proposal> {
    let (id, version) = (proposal.id, proposal.version);
    app.does("aline", move |tx, actor| proposals::save(tx, actor, id, version, &change))
}

fn submits(app: &TestApp, name: &str, proposal: &Proposal) -> Result<Proposal> {
    let (id, version) = (proposal.id, proposal.version);
    app.does(name, move |tx, actor| proposals::submit(tx, actor, id, version))
}

fn adopts(app: &TestApp, name: &str, proposal: &Proposal) -> Result<Proposal> {
    let (id, version) = (proposal.id, proposal.version);
    app.does(name, move |tx, actor| proposals::adopt(tx, actor, id, version))
}

/// A proposal that lowers the value from which a gift deserves attention.
fn lower_value(app: &TestApp, cents: i64) -> Proposal {
    let proposal = begins(app);
    let change = Change {
        limits: vec![("gift_attention_cents".into(), cents)],
        note: Some("Aligner le repère sur l’usage.".into()),
        ..Change::default()
    };
    saves(app, &proposal, change).unwrap()
}

fn refuses(app: &TestApp, proposal: &Proposal, reason: &'static str) -> Result<Proposal> {
    let (id, version) = (proposal.id, proposal.version);
    app.does("solange", move |tx, actor| proposals::refuse(tx, actor, id, version, reason))
}

/// Proposed, adopted, refused.
pub fn every_letter_of_the_policy(app: &TestApp) {
    let submitted = submits(app, "aline", &lower_value(app, 2_000)).unwrap();
    adopts(app, "solange", &submitted).unwrap();
    let submitted = submits(app, "aline", &lower_value(app, 3_000)).unwrap();
    refuses(app, &submitted, "Trop tôt.").unwrap();
}

/// The files of a year, under the rules in force and under a proposal; or under the first alone, twice.
fn replays(app: &TestApp, proposal: &Proposal, same: bool) -> Replay {
    let (id, since) = (proposal.id, app.clock.today() - chrono::TimeDelta::days(365));
    app.does("aline", move |tx, actor| {
        let before = versions::in_force(tx, tx.today())?;
        let after = proposals::find(tx, id)?.policy(tx).unwrap();
        replay::run(tx, actor, &before.policy, if same { &before.policy } else { &after }, since)
    })
    .unwrap()
}

fn rules_of(row: &Declaration) -> Vec<String> {
    row.findings().unwrap().into_iter().map(|finding| finding.rule).collect()
}

fn fields(error: Error) -> Vec<String> {
    match error {
        Error::Invalid(errors) => errors.into_iter().map(|error| error.field).collect(),
        other => panic!("{other:?}"),
    }
}

#[actix_web::test]
async fn a_change_is_adopted_by_somebody_else_and_holds_from_its_day() {
    let app = TestApp::new().await;
    let proposal = lower_value(&app, 2_000);
    assert!(proposal.document.contains("gift_attention_cents = 2000"));
    assert!(proposal.document.contains("# [Prop] 50 $"), "the comments of the file stay");
    let submitted = submits(&app, "aline", &proposal).unwrap();
    assert_eq!(app.letters_to("solange").pop().unwrap().subject, say("letter-rules-proposed-subject"));
    assert!(matches!(adopts(&app, "aline", &submitted), Err(Error::NotAllowed)), "nobody adopts their own");
    assert!(matches!(submits(&app, "solange", &submitted), Err(Error::NotAllowed)));
    let adopted = adopts(&app, "solange", &submitted).unwrap();
    assert_eq!(adopted.state(), State::Adopted);
    assert_eq!(app.letters_to("aline").pop().unwrap().subject, say("letter-rules-adopted-subject"));
    // Today the old rules hold, tomorrow the new ones; what was filed before keeps what it was told.
    let before = app.files_gift("camille");
    assert!(!rules_of(&app.row(&before)).contains(&"gift.value_over".to_owned()));
    app.clock.advance(chrono::TimeDelta::days(1));
    let after = app.files_gift("camille");
    assert!(rules_of(&app.row(&after)).contains(&"gift.value_over".to_owned()), "{:?}", rules_of(&app.row(&after)));
    assert_eq!(app.row(&after).policy_version_id, adopted.policy_version_id);
    assert!(!rules_of(&app.row(&before)).contains(&"gift.value_over".to_owned()));
    assert!(matches!(adopts(&app, "solange", &submitted), Err(Error::NotPossible(_))), "once");
}

/// The register counts the days of the law; people read the date.
#[actix_web::test]
async fn the_last_day_to_enter_a_lobbying_activity_in_the_registry_is_said() {
    let app = TestApp::new().await;
    let finding = |kind: &str, first: &str| {
        let given = answers::changed(
            answers::relation(),
            json!({ "purpose": "prospecting", "lobby_decision": "contract_or_grant", "lobby_exclusion": "no",
                "lobbyist_type": kind, "lobby_checked_on": "2026-11-20", "lobby_registered": "no",
                "lobby_first_on": first, "contract_stage": null, "contract_number": null }),
        );
        let row = app.row(&app.files("helene", "business_relation", given));
        let found =
            row.findings().unwrap().into_iter().find(|finding| {
                ["relation.lobbying_due", "relation.lobbying_overdue"].contains(&finding.rule.as_str())
            });
        found.map(|finding| (finding.rule, finding.say.fr)).unwrap()
    };
    let says = |day: &str| format_date_long(day.parse().unwrap(), Language::Fr);
    let (rule, sentence) = finding("enterprise", "2026-11-20");
    assert!(rule == "relation.lobbying_due" && sentence.contains(&says("2027-01-19")), "{rule}: {sentence}");
    let (rule, sentence) = finding("consultant", "2026-10-01");
    assert!(rule == "relation.lobbying_overdue" && sentence.contains(&says("2026-10-31")), "{rule}: {sentence}");
}

/// What people saw in the registry of lobbyists is a fact: of a declaration, in the trial of a rule, and on the past as it was then.
#[actix_web::test]
async fn a_look_at_the_registry_of_lobbyists_counts_from_when_it_was_written_down() {
    let app = TestApp::new().await;
    let lobbied = || {
        let lobbying = json!({ "purpose": "unsolicited", "contract_stage": null, "contract_number": null,
            "lobby_decision": "contract_or_grant", "lobby_exclusion": "no", "lobbyist_type": "enterprise" });
        app.files("camille", "business_relation", answers::changed(answers::relation(), lobbying))
    };
    let rule = "relation.lobbying_not_looked".to_owned();
    let before = lobbied();
    assert!(rules_of(&app.row(&before)).contains(&rule), "{:?}", rules_of(&app.row(&before)));
    app.clock.advance(chrono::TimeDelta::minutes(5));
    let nordik = app.company(NORDIK.1);
    let typed =
        Typed { on: "2026-11-13".into(), result: "registered".into(), mandate: "M-42".into(), note: String::new() };
    app.does("aline", move |tx, actor| lobby::record(tx, actor, nordik, &typed)).unwrap();
    app.clock.advance(chrono::TimeDelta::minutes(5));
    let after = lobbied();
    assert!(!rules_of(&app.row(&after)).contains(&rule), "{:?}", rules_of(&app.row(&after)));
    let tried = app.as_("aline").open(&format!("/regles/essai?dossier={after}")).await;
    assert!(tried.says("lobby_look_days") && tried.says("registered"), "{}", tried.text());
    // Had looks been old after five days, one more file would have been told so: the first one was told already.
    let proposal = begins(&app);
    let limits = vec![("lobby_look_most_days".into(), 5)];
    let stricter = saves(&app, &proposal, Change { limits, note: Some("Essai.".into()), ..Change::default() }).unwrap();
    let done = replays(&app, &stricter, false);
    assert_eq!(done.by_rule.get(&rule), Some(&(1, 2)), "{done:?}");
}

#[actix_web::test]
async fn going_back_is_proposing_an_earlier_version_again() {
    let app = TestApp::new().await;
    let first = app.read(|tx| Ok(versions::in_force(tx, tx.today())?.id));
    let submitted = submits(&app, "aline", &lower_value(&app, 2_000)).unwrap();
    adopts(&app, "solange", &submitted).unwrap();
    app.clock.advance(chrono::TimeDelta::days(2));
    let back = app.does("aline", move |tx, actor| proposals::begin(tx, actor, first)).unwrap();
    let note = Change { note: Some("Le repère était trop bas.".into()), ..Change::default() };
    let back = submits(&app, "aline", &saves(&app, &back, note).unwrap()).unwrap();
    adopts(&app, "solange", &back).unwrap();
    app.clock.advance(chrono::TimeDelta::days(1));
    let gift = app.files_gift("camille");
    assert!(!rules_of(&app.row(&gift)).contains(&"gift.value_over".to_owned()));
    let history = app.read(versions::history);
    assert_eq!(history.len(), 3, "nothing leaves the history");
}

#[actix_web::test]
async fn what_is_not_ready_says_why_and_nothing_typed_is_lost() {
    let app = TestApp::new().await;
    let proposal = begins(&app);
    assert_eq!(fields(submits(&app, "aline", &proposal).unwrap_err()), ["note", "document"], "no reason, nothing new");
    let broken = proposal
        .document
        .replace("value_cents > limits.gift_attention_cents", "value_cent > limits.gift_attention_cents");
    let change = Change { document: Some(broken.clone()), note: Some("Essai".into()), ..Change::default() };
    let saved = saves(&app, &proposal, change).unwrap();
    assert_eq!(saved.document, broken, "kept with its error");
    assert_eq!(fields(submits(&app, "aline", &saved).unwrap_err()), ["document"]);
    let page = app.as_("aline").open(&format!("/regles/propositions/{}", saved.id)).await;
    assert!(page.says("Aucun fait ne s’appelle") && page.says("value_cents"), "{}", page.text());
    assert!(page.says("Ligne "), "with its place");
    // Two people at once: the second is told.
    assert!(matches!(saves(&app, &proposal, Change::default()), Err(Error::Stale)));
    let today = app.clock.today();
    let late = Change {
        document: Some(proposal.document.clone()),
        limits: vec![("needs_min_companies".into(), 3)],
        effective: Some(today),
        ..Change::default()
    };
    let late = saves(&app, &saved, late).unwrap();
    assert_eq!(fields(submits(&app, "aline", &late).unwrap_err()), ["effective"]);
}

#[actix_web::test]
async fn a_proposal_that_waited_past_its_date_is_not_adopted_and_a_refusal_has_a_reason() {
    let app = TestApp::new().await;
    let submitted = submits(&app, "aline", &lower_value(&app, 2_000)).unwrap();
    app.clock.advance(chrono::TimeDelta::days(3));
    assert!(matches!(adopts(&app, "solange", &submitted), Err(Error::NotPossible("not-possible-policy-date"))));
    assert_eq!(fields(refuses(&app, &submitted, "").unwrap_err()), ["reason"]);
    assert_eq!(refuses(&app, &submitted, "La date est passée.").unwrap().state(), State::Refused);
    assert_eq!(app.letters_to("aline").pop().unwrap().subject, say("letter-rules-refused-subject"));
}

/// The letter to whoever adopts says, in its text and in its HTML, the hour at which the page stops offering to: four hours from now.
pub fn assert_says_by_when(app: &TestApp, name: &str) {
    let letter = app.letters_to("solange").pop().unwrap();
    assert_eq!(letter.letter, name);
    let until = app.clock.now() + chrono::TimeDelta::hours(4);
    let until = format_datetime(until, app.app.book.calendar.default_zone(), Language::Fr);
    for words in [say("letter-fact-answer-before"), until] {
        assert!(letter.text.contains(&words), "{words}: {}", letter.text);
        assert!(letter.html.contains(&words), "{words}: {}", letter.html);
    }
}

/// Z15: a change of the rules waits for a second person for as long as the settings say; then it is its author's again.
#[actix_web::test]
async fn a_change_that_nobody_answers_in_time_goes_back_to_its_author() {
    let app = TestApp::with(|config| config.acts.adoption_hours = 4).await;
    let submitted = submits(&app, "aline", &lower_value(&app, 2_000)).unwrap();
    let path = format!("/regles/propositions/{}", submitted.id);
    assert_says_by_when(&app, "rules-proposed");
    app.clock.advance(chrono::TimeDelta::hours(4) - chrono::TimeDelta::seconds(1));
    let page = app.as_("solange").open(&path).await;
    assert!(page.has_form("/adoption") && page.says("À adopter ou à refuser avant le"), "just before: {}", page.text());
    assert!(!app.as_("aline").open(&path).await.has_form("/soumission"), "it waits for somebody else");

    app.clock.advance(chrono::TimeDelta::seconds(1));
    let page = app.as_("solange").open(&path).await;
    assert!(page.says(&say("policy-state-over")) && !page.has_form("/adoption"), "{}", page.text());
    assert!(app.as_("solange").open("/regles").await.says(&say("policy-state-over")), "in the list too");
    assert!(matches!(adopts(&app, "solange", &submitted), Err(Error::NotPossible("not-possible-policy-over"))));
    let refused = refuses(&app, &submitted, "Trop tard.");
    assert!(matches!(refused, Err(Error::NotPossible("not-possible-policy-over"))), "{refused:?}");
    assert_eq!(app.journal_of("policy_adopted"), Vec::<String>::new());

    // Its author changes it and sends it again: what was written is not lost.
    let change = Change { note: Some("Aligner le repère, deuxième envoi.".into()), ..Change::default() };
    let changed = saves(&app, &submitted, change).unwrap();
    assert_eq!((changed.state(), app.journal_of("policy_reopened").len()), (State::Draft, 1));
    assert!(matches!(adopts(&app, "solange", &changed), Err(Error::NotPossible("not-possible-policy-decided"))));
    let again = submits(&app, "aline", &changed).unwrap();
    app.clock.advance(chrono::TimeDelta::hours(3));
    assert_eq!(adopts(&app, "solange", &again).unwrap().state(), State::Adopted);
}

#[actix_web::test]
async fn a_replay_says_what_would_have_changed_and_only_that() {
    let app = TestApp::new().await;
    let cheap = app.files_gift("camille");
    let dear =
        app.files("olivier", "gift_declaration", answers::changed(answers::gift(), json!({ "value_cents": 9_000 })));
    let relation = app.files("camille", "business_relation", answers::relation());
    let proposal = lower_value(&app, 2_000);
    let done = replays(&app, &proposal, false);
    let told: Vec<&str> = done.examples.iter().map(|example| example.slug.as_str()).collect();
    assert_eq!((done.looked_at, done.changed), (3, 1), "{done:?}");
    assert_eq!(told, [cheap.as_str()], "neither {dear} nor {relation}");
    assert_eq!(
        done.examples[0].gained.iter().map(|found| found.rule.as_str()).collect::<Vec<_>>(),
        ["gift.value_over"]
    );
    assert_eq!(done.by_rule["gift.value_over"], (1, 2));
    assert_eq!(replays(&app, &proposal, true).changed, 0, "the twin");
}

/// The twin of what a file finds as it arrives: both read the same groups, whatever was merged.
#[actix_web::test]
async fn a_replay_sees_the_group_of_a_company_whose_head_or_self_was_merged() {
    use probite::companies::{actions, groups, store};
    let app = TestApp::new().await;
    let (head, member) = (app.company(NORDIK.1), app.company(BOREAL.1));
    let given = |company: (&str, &str), cents: i64| {
        let company = json!({ "name": company.0, "neq": company.1 });
        answers::changed(answers::gift(), json!({ "company": company, "value_cents": cents, "value_method": "price" }))
    };
    app.does("aline", move |tx, actor| {
        groups::join(tx, actor, member, head)?;
        for (name, duplicate) in [("Nordik Groupe mondial", head), ("Boréal Conseil", member)] {
            let kept = store::add(tx, None, name, None, Some("Nom donné de mémoire"))?.id;
            actions::merge(tx, actor, kept, duplicate)?;
        }
        Ok(())
    })
    .unwrap();
    app.files("olivier", "gift_declaration", given(NORDIK, 98_000));
    app.clock.advance(chrono::TimeDelta::minutes(5));
    let gift = app.files("camille", "gift_declaration", given(BOREAL, 2_500));
    let live: Vec<String> = app.row(&gift).findings().unwrap().into_iter().map(|finding| finding.rule).collect();
    assert_eq!(live, ["gift.donor_body_cumulative"]);
    let proposal = begins(&app);
    let limits = vec![("gift_donor_body_12_months_cents".into(), 900_000)];
    let raised = saves(&app, &proposal, Change { limits, note: Some("Essai.".into()), ..Change::default() }).unwrap();
    let done = replays(&app, &raised, false);
    assert_eq!(done.by_rule.get("gift.donor_body_cumulative"), Some(&(1, 0)), "{done:?}");
}

#[actix_web::test]
async fn the_pages_of_the_studio_lead_from_the_rule_to_its_adoption() {
    let app = TestApp::new().await;
    let gift = app.files_gift("camille");
    let aline = app.as_("aline");
    let rules = aline.open("/regles").await;
    assert_eq!(rules.status, 200, "{}", rules.text());
    assert!(rules.says("argent ou d’un équivalent") && rules.says("REDFP, art. 6"));
    let tried = aline.open(&format!("/regles/essai?dossier={gift}")).await;
    assert!(tried.says("gift.cash") && tried.says(&say("policy-silent")), "{}", tried.text());
    // Each rule is told by its sentence and its article, whether it fires or not; its id comes after.
    let titles = tried.select_text(".rule__title");
    assert!(titles.iter().any(|title| title.ends_with("ce qui n’est jamais d’usage.")), "{titles:?}");
    assert!(titles.iter().all(|title| !title.contains("gift.")), "{titles:?}");
    assert!(tried.says("REDFP, art. 6; Politique, section 5"), "{}", tried.text());
    assert_eq!(aline.open("/regles/essai?dossier=CAD-2026-999999").await.status, 422);
    let begun = aline.post("/regles/propositions", &[("version", "1")]).await;
    assert!(begun.says(&say("flash-policy-begun")), "{}", begun.text());
    let address = begun.path.clone();
    let wrong = aline.send(&begun.form(&address).with("limit-gift_attention_cents", "beaucoup")).await;
    assert_eq!(wrong.status, 422);
    assert_eq!(wrong.form(&address).value("limit-gift_attention_cents"), Some("beaucoup"), "nothing is lost");
    let form = wrong.form(&address).with("limit-gift_attention_cents", "20,00").with("note", "Repère plus bas");
    let saved = aline.send(&form).await;
    assert!(saved.says(&say("flash-policy-saved")), "{}", saved.text());
    assert!(saved.says("50,00 $") && saved.says("20,00 $"), "before and after: {}", saved.text());
    let replayed = aline.open(&format!("{address}/rejeu?annees=1")).await;
    assert!(replayed.html.contains(&gift), "{}", replayed.text());
    let example = "Se déclencherait : La valeur déclarée, 25,00 $, dépasse le repère de 20,00 $.";
    assert!(replayed.says(example), "with what it saw: {}", replayed.text());
    let replays = || app.access_log().into_iter().filter(|(_, action, _)| action == "replay").collect::<Vec<_>>();
    assert_eq!(replays(), [("aline", "replay".to_owned(), true)], "it names files");
    let submitted = aline.send(&saved.form("/soumission")).await;
    assert!(submitted.says(&say("flash-policy-submitted")) && !submitted.has_form("/adoption"));
    let solange = app.as_("solange");
    let replayed = solange.open(&format!("{address}/rejeu?annees=1")).await;
    assert!(!replayed.html.contains(&gift) && replayed.says(&say("statistics-few")), "figures alone");
    assert_eq!(replays().len(), 1, "figures name nobody");
    let page = solange.open(&address).await;
    let adopted = solange.send(&page.form("/adoption")).await;
    assert!(adopted.says(&say("flash-policy-adopted")), "{}", adopted.text());
    for (name, status) in [("camille", 403), ("marc", 200), ("audrey", 200), ("victor", 200)] {
        assert_eq!(app.as_(name).open("/regles").await.status, status, "{name}");
    }
    assert!(aline.open("/regles/versions").await.says(&say("policy-state-adopted")));
}

/// What changes is told by what the rule says: its sentence is told again only where it is what changes.
#[actix_web::test]
async fn a_proposal_names_the_rules_that_it_changes_by_their_sentence() {
    let app = TestApp::new().await;
    let proposal = begins(&app);
    let keep = "La personne souhaite garder l’avantage ou en profiter.";
    let severity = "when = 'answers.wish == \"keep\"'\nseverity = \"information\"";
    assert!(proposal.document.contains(severity));
    let document = proposal.document.replace(severity, &severity.replace("information", "attention"));
    let saved = saves(&app, &proposal, Change { document: Some(document.clone()), ..Change::default() }).unwrap();
    let rows = async |id: i64| {
        app.as_("aline").open(&format!("/regles/propositions/{id}")).await.select_text("table tbody tr")
    };
    let told = rows(saved.id).await;
    let row = format!("{keep} REDFP, art. 6 · gift.keep_wished À noter · answers.wish == \"keep\" À vérifier");
    assert!(told.iter().any(|one| one.starts_with(&row)), "{told:?}");
    // The twin: another sentence is told on both sides.
    let reworded =
        Change { document: Some(document.replace(keep, "La personne veut le garder.")), ..Change::default() };
    let saved = saves(&app, &saved, reworded).unwrap();
    let told = rows(saved.id).await;
    let twice = |one: &String| one.contains(keep) && one.matches("La personne veut le garder.").count() == 2;
    assert!(told.iter().any(twice), "{told:?}");
}

/// Whoever adopts reads figures, and subtracts them from one another as anybody would.
#[actix_web::test]
async fn a_replay_gives_no_small_count_back_to_whoever_reads_figures_alone() {
    let app = TestApp::new().await;
    for _ in 0..6 {
        app.files_gift("camille");
    }
    app.files_gift("olivier");
    let address = format!("/regles/propositions/{}/rejeu?annees=1", lower_value(&app, 2_000).id);
    let changed = say("policy-replay-changed");
    for name in ["solange", "victor", "audrey"] {
        let page = app.as_(name).open(&address).await;
        assert!(page.says(&format!("{changed} 5")) && page.says(&say("statistics-note")), "{name}: {}", page.text());
        let rows = page.select_text("table tbody tr");
        assert!(rows.contains(&"Équipe infonuagique 5".to_owned()), "{name}: {rows:?}");
        assert!(!page.says("Équipe des approvisionnements"), "{name}: one gift is nobody’s business: {}", page.text());
        let rules = app.as_(name).open("/regles").await;
        assert!(rules.says("Déclenchée moins de cinq fois"), "{name}: {}", rules.text());
    }
    // The twin: the ethics officer reads every file.
    let page = app.as_("aline").open(&address).await;
    let rows = page.select_text("table tbody tr");
    assert!(page.says(&format!("{changed} 7")) && !page.says(&say("statistics-note")), "{}", page.text());
    for row in [
        "Équipe infonuagique 6",
        "Équipe des approvisionnements 1",
        "La valeur déclarée, …, dépasse le repère de 20,00 $. REDFP, art. 6 (repère proposé par le registre) · gift.value_over 0 7",
    ] {
        assert!(rows.contains(&row.to_owned()), "{row}: {rows:?}");
    }
    let aline = app.as_("aline");
    aline.open("/langue/en?retour=/").await;
    let page = aline.open(&address).await;
    assert!(page.says("The declared value, …, exceeds the benchmark of $20.00. REDFP, s. 6"), "{}", page.text());
    assert!(!app.as_("aline").open("/regles").await.says("Déclenchée moins de cinq fois"));
}

/// The rules and forms of one body, brought to another that has a key of its own.
#[actix_web::test]
async fn a_signed_pack_becomes_proposals_that_two_people_of_the_other_body_adopt() {
    let (here, _folder, verifier) = crate::proof::signing().await;
    let submitted = submits(&here, "aline", &lower_value(&here, 2_000)).unwrap();
    adopts(&here, "solange", &submitted).unwrap();
    here.clock.advance_business_days(2);
    let aline = here.as_("aline");
    let page = aline.open("/regles/paquet").await;
    assert!(page.says(&verifier.to_string()), "the key to hand over: {}", page.text());
    let pack = aline.open("/regles/paquet.json").await.html;
    assert_eq!(here.as_("camille").open("/regles/paquet.json").await.status, 403);

    let there = TestApp::alone().await;
    let brings = async |pack: &str, key: &str| {
        let body = files::multipart(&[("key", key)], &[("file", "probite-regles.json", pack.as_bytes())]);
        let headers = [("sec-fetch-site", "same-origin"), ("accept", "text/html")];
        there.as_("aline").request(actix_web::http::Method::POST, "/regles/paquet", &headers, Some(body)).await
    };
    // Not by another key, not changed, not anything else: it is said beside its field, and the key that was typed stays.
    let key = verifier.to_string();
    let other = probite::journal::note::Signer::parse(
        &probite::journal::note::Signer::generate("ailleurs.example/journal").unwrap(),
    )
    .unwrap()
    .verifier();
    for (pack, key, wanted) in [
        (pack.clone(), other.to_string(), "error-pack-signature"),
        (pack.replace("2000", "9000"), key.clone(), "error-pack-changed"),
        ("{}".to_owned(), key.clone(), "error-pack-format"),
        (pack.clone(), "une clé".to_owned(), "error-pack-key"),
        (String::new(), key.clone(), "error-file-empty"),
    ] {
        let page = brings(&pack, &key).await;
        assert_eq!(page.status, 422);
        assert!(page.says(&say(wanted)), "{wanted}: {}", page.text());
        assert_eq!(page.form("/regles/paquet").value("key"), Some(key.as_str()), "{wanted}");
    }
    assert!(there.read(proposals::all).is_empty(), "nothing was opened");

    let page = brings(&pack, &key).await;
    assert!(page.says(&say("pack-opened")), "{}", page.text());
    let drafts = there.read(proposals::all);
    let [draft] = drafts.as_slice() else { panic!("{drafts:?}") };
    assert!(
        draft.document.contains("gift_attention_cents = 2000") && draft.note.contains(verifier.name()),
        "{}",
        draft.note
    );
    assert!(
        there.read(|tx| probite::forms::proposals::all(tx, None)).is_empty(),
        "the forms are the same, word for word"
    );
    let submitted = submits(&there, "aline", draft).unwrap();
    assert_eq!(adopts(&there, "solange", &submitted).unwrap().state(), State::Adopted);
    there.clock.advance_business_days(2);
    let camille = there.files("camille", "gift_declaration", answers::gift());
    let row = there.does("rosalie", move |tx, actor| {
        probite::declarations::actions::read(tx, actor, &camille).map(|read| read.declaration)
    });
    assert!(!rules_of(&row.unwrap()).is_empty(), "the limit of the other body holds here now");
    // Brought again, it says nothing new.
    assert!(brings(&pack, &key).await.says(&say("pack-nothing")));
}

/// What a neighbour signs: its policy and its forms.
fn pack_of(policy: &str, kinds: &[(&str, String)]) -> (String, String) {
    let signer = Signer::parse(&Signer::generate("voisine.example/journal").unwrap()).unwrap();
    let kinds: BTreeMap<&str, &String> = kinds.iter().map(|(kind, text)| (*kind, text)).collect();
    let line = |name: &str, text: &str| format!("{}  {name}\n", sha256_hex(text.as_bytes()));
    let listed = kinds.iter().map(|(kind, text)| line(&format!("kind {kind}"), text));
    let list: String = std::iter::once(line("policy", policy)).chain(listed).collect();
    let note = signer.sign(&format!("probite-pack/1\nVille voisine\n2026-11-20\n{list}"));
    (json!({ "note": note, "policy": policy, "kinds": kinds }).to_string(), signer.verifier().to_string())
}

/// Nobody could read its files here, nor would anything destroy them: it takes more than two people who adopt.
#[actix_web::test]
async fn a_form_that_a_body_does_not_have_is_told_with_what_it_takes_and_the_rest_of_the_pack_is_open() {
    const POLICY: &str = include_str!("../../config/policy/2024-10-10.toml");
    let there = TestApp::alone().await;
    let brings = async |policy: &str, kinds: &[(&str, String)]| {
        let (pack, key) = pack_of(policy, kinds);
        let body = files::multipart(&[("key", &key)], &[("file", "probite-regles.json", pack.as_bytes())]);
        let headers = [("sec-fetch-site", "same-origin"), ("accept", "text/html")];
        there.as_("aline").request(actix_web::http::Method::POST, "/regles/paquet", &headers, Some(body)).await
    };
    let gift = include_str!("../../config/kinds/gift_declaration.toml").replacen("max = 300", "max = 200", 1);
    let parking = include_str!("../../config/kinds/advice_request.toml")
        .replacen("\"advice_request\"", "\"parking_request\"", 1)
        .replacen("\"AVI\"", "\"STA\"", 1)
        .replacen("fr = \"Demande d’avis\"", "fr = \"Demande de stationnement\"", 1);
    let rule = "\n[[rule]]\nid = \"parking.late\"\nkinds = [\"parking_request\"]\nwhen = 'days_late > 0'\n\
                severity = \"information\"\nsay = { fr = \"En retard.\", en = \"Late.\" }\n\
                article = { fr = \"Règlement\", en = \"By-law\" }\nnow = { fr = \"Rien.\", en = \"Nothing.\" }\n";
    let policy = format!("{POLICY}{rule}");
    let kinds = [("gift_declaration", gift), ("parking_request", parking), ("broken_request", "id = [".to_owned())];
    let page = brings(&policy, &kinds).await;
    for told in ["pack-opened", "pack-new", "pack-new-text", "pack-new-kept", "pack-new-read", "pack-new-problems"] {
        assert!(page.says(&say(told)), "{told}: {}", page.text());
    }
    for told in ["Demande de stationnement", "broken_request", "En retard. Règlement · parking.late"] {
        assert!(page.says(told), "{told}: {}", page.text());
    }
    let forms = there.read(|tx| probite::forms::proposals::all(tx, None));
    assert_eq!(forms.iter().map(|one| one.kind.as_str()).collect::<Vec<_>>(), ["gift_declaration"]);
    assert_eq!(there.as_("camille").open("/declarer/parking_request").await.status, 404);
    // Its rules are about nothing here: the draft waits until they are taken out of it.
    let drafts = there.read(proposals::all);
    let [draft] = drafts.as_slice() else { panic!("{drafts:?}") };
    assert!(matches!(submits(&there, "aline", draft), Err(Error::Invalid(_))));
    let without = Change { document: Some(draft.document.replace(rule, "\n")), ..Change::default() };
    let without = saves(&there, draft, without).unwrap();
    assert!(there.read(move |tx| Ok(without.policy(tx).is_ok())), "what is left is a policy");
    // The twins: a form alone is not nothing, and a pack that says what is in force here is.
    let alone = brings(POLICY, &[("broken_request", "id = [".to_owned())]).await;
    assert!(alone.says(&say("pack-new")) && !alone.says(&say("pack-nothing")), "{}", alone.text());
    let same = brings(POLICY, &[]).await;
    assert!(same.says(&say("pack-nothing")) && !same.says(&say("pack-new")), "{}", same.text());
}
