//! Files from outside look at what was declared before them: those concerned are told, and answer.

use probite::companies::lists;
use probite::companies::lobby::{self, Typed};
use probite::crosschecks::{begun, follow, looked, store};
use probite::sources::Source;
use serde_json::{Value, json};

use crate::contracts::files::{Folder, package, release, takes_in, with};
use crate::support::browser::{Form, Page, tidy};
use crate::support::ministry::{BOREAL, NORDIK};
use crate::support::{Letter, TestApp, answers, say};

/// A contract of Nordik arrives, and declarations are looked at again.
pub fn nordik_gets_a_contract(app: &TestApp) -> usize {
    takes_in(app, &Folder::new().put("hebdo.json", package(&[release(100, "2026-11-20")])));
    follow::follow_all(&app.app).unwrap()
}

/// Another one arrives.
pub fn nordik_gets_another_contract(app: &TestApp) -> usize {
    takes_in(app, &Folder::new().put("suite.json", package(&[release(200, "2026-11-22")])));
    follow::follow_all(&app.app).unwrap()
}

/// An interest of Camille in Nordik, of which two things are new.
fn an_interest_with_news(app: &TestApp) -> String {
    let given = answers::changed(
        answers::interest(),
        json!({ "in_contact": "yes", "duties_details": "Le lot 2", "client_touched": "no", "under_contract": "no" }),
    );
    let interest = app.files("camille", "interest_declaration", given);
    nordik_gets_a_contract(app);
    interest
}

/// Rule and nature of the news of a declaration.
fn news(app: &TestApp, slug: &str) -> Vec<(String, String)> {
    let id = app.row(slug).id;
    app.read(|tx| Ok(store::of_declaration(tx, id)?.into_iter().map(|one| (one.rule, one.what)).collect()))
}

fn told(rule: &str, what: &str) -> (String, String) {
    (rule.to_owned(), what.to_owned())
}

#[actix_web::test]
async fn a_new_contract_is_told_to_whoever_declared_an_interest_in_the_company() {
    let app = TestApp::new().await;
    let given = answers::changed(
        answers::interest(),
        json!({ "in_contact": "yes", "duties_details": "Le lot 2", "client_touched": "no", "under_contract": "no" }),
    );
    let interest = app.files("camille", "interest_declaration", given.clone());
    let elsewhere = json!({ "company": { "name": BOREAL.0, "neq": BOREAL.1 } });
    let other = app.files("theo", "interest_declaration", answers::changed(given, elsewhere));
    app.decides("rosalie", &interest, "managed").unwrap();
    let before = app.letters().len();
    assert_eq!(nordik_gets_a_contract(&app), 2, "two rules see it");
    let found = news(&app, &interest);
    assert_eq!(
        found,
        [told("interest.contract_and_duties", "contract"), told("common.contract_not_declared", "contract")]
    );
    assert_eq!(news(&app, &other), [], "the twin");
    let post = app.post_since(before);
    for name in ["camille", "rosalie", "aline"] {
        assert!(post.contains(&format!("rescored → {name}")), "{post:?}");
    }
    let letter = app.letters_to("camille").pop().unwrap();
    assert!(letter.subject.contains(&interest) && !letter.text.contains(NORDIK.0), "{}", letter.text);
    // Nothing is told twice, whatever file says it again.
    assert_eq!(nordik_gets_a_contract(&app), 0);
    assert_eq!(follow::follow_all(&app.app).unwrap(), 0);
    assert_eq!(app.journal(&interest).iter().filter(|event| *event == "cross_checked").count(), 2);
    // An amendment is news of its own.
    let amended = with(release(100, "2026-11-22"), "/contracts/0/value/amount", json!(900_000));
    takes_in(&app, &Folder::new().put("suite.json", package(&[amended])));
    assert_eq!(follow::follow_all(&app.app).unwrap(), 2);
    assert_eq!(news(&app, &interest).last().unwrap().1, "amended");
}

/// What letters told somebody of news since so many letters.
fn told_since(app: &TestApp, first: usize, name: &str) -> Vec<Letter> {
    let all = app.letters().into_iter().skip(first);
    all.filter(|letter| letter.to == name && letter.letter.starts_with("rescored")).collect()
}

#[actix_web::test]
async fn one_import_writes_one_letter_to_each_person_that_names_the_files_they_may_read() {
    let app = TestApp::new().await;
    let (camille, first, second) = (
        interest_in(&app, "camille", &nordik()),
        interest_in(&app, "emma", &nordik()),
        interest_in(&app, "emma", &nordik()),
    );
    let barred_from = interest_in(&app, "theo", &nordik());
    let (id, rosalie) = (app.row(&barred_from).id, app.id("rosalie"));
    app.write(move |tx| probite::declarations::store::bar(tx, id, &[rosalie]));
    let before = app.letters().len();
    assert_eq!(nordik_gets_a_contract(&app), 8, "two rules see it in each");
    for (name, files, list) in [
        ("rosalie", vec![&camille, &first, &second], "/a-traiter"),
        ("aline", vec![&camille, &first, &second, &barred_from], "/recoupements"),
        ("emma", vec![&first, &second], "/mes-declarations"),
    ] {
        let told = told_since(&app, before, name);
        assert_eq!(told.len(), 1, "{name}: {told:?}");
        let letter = &told[0];
        assert_eq!(letter.letter, "rescored-many", "{name}");
        for file in [&camille, &first, &second, &barred_from] {
            let named = files.contains(&file);
            assert_eq!(letter.text.contains(&format!("/d/{file}\n")), named, "{name} {file}: {}", letter.text);
            assert_eq!(letter.html.contains(&format!("/d/{file}\"")), named, "{name} {file}: {}", letter.html);
        }
        assert!(letter.text.contains(&format!("{list}\n")), "{name}: {}", letter.text);
        for secret in [NORDIK.0, "Gagnon", "Wright", "Simard"] {
            assert!(!letter.text.contains(secret) && !letter.subject.contains(secret), "{name}: {}", letter.text);
        }
    }
    assert_eq!(told_since(&app, before, "rosalie")[0].subject, "Du nouveau sur des entreprises – 3 déclarations");
    assert_eq!(told_since(&app, before, "emma")[0].subject, "News of companies – 2 declarations");
    assert!(!told_since(&app, before, "aline")[0].text.contains("autre"), "none is left out");
    // The twin: of one file alone, the letter is about that file.
    for (name, file) in [("camille", &camille), ("theo", &barred_from)] {
        let told = told_since(&app, before, name);
        assert_eq!((told.len(), told[0].letter.as_str()), (1, "rescored"), "{name}");
        assert!(told[0].subject.contains(file.as_str()) && told[0].thread_id.is_some(), "{:?}", told[0]);
    }
}

#[actix_web::test]
async fn a_letter_of_news_names_ten_files_and_says_how_many_more_there_are() {
    let app = TestApp::new().await;
    let files: Vec<String> = (0..12).map(|_| interest_in(&app, "theo", &nordik())).collect();
    let before = app.letters().len();
    nordik_gets_a_contract(&app);
    for (name, list) in [("theo", "/mes-declarations"), ("aline", "/recoupements")] {
        let told = told_since(&app, before, name);
        assert_eq!(told.len(), 1, "{name}");
        let text = &told[0].text;
        let named = files.iter().filter(|file| text.contains(&format!("/d/{file}\n"))).count();
        assert_eq!(named, 10, "{text}");
        assert!(text.contains("et 2 autres déclarations") && text.contains(&format!("{list}\n")), "{text}");
        assert!(told[0].subject.ends_with("12 déclarations"), "{}", told[0].subject);
    }
}

#[actix_web::test]
async fn what_is_over_renewed_or_withdrawn_is_left_alone() {
    let app = TestApp::new().await;
    let given = answers::changed(
        answers::interest(),
        json!({ "in_contact": "yes", "duties_details": "Le lot 2", "client_touched": "no" }),
    );
    let withdrawn = app.files("camille", "interest_declaration", given.clone());
    app.withdraws("camille", &withdrawn).unwrap();
    let closed = app.files("theo", "business_relation", answers::relation());
    app.decides("rosalie", &closed, "noted").unwrap();
    let draft = app.drafts("emma", "interest_declaration", given);
    assert_eq!(nordik_gets_a_contract(&app), 0);
    for slug in [withdrawn, closed, draft] {
        assert_eq!(news(&app, &slug), [], "{slug}");
    }
}

#[actix_web::test]
async fn a_firm_that_becomes_ineligible_is_told_to_those_who_deal_with_it() {
    let app = TestApp::new().await;
    let given = answers::changed(answers::event(), json!({ "company": { "name": BOREAL.0, "neq": BOREAL.1 } }));
    let event = app.files("camille", "event_request", given);
    let takes = |text: String| {
        let folder = Folder::new();
        lists::import(&app.app, None, Source::Rena, &folder.put("rena.csv", text), false).unwrap();
        follow::follow_all(&app.app).unwrap()
    };
    let before = app.letters().len();
    assert_eq!(takes(format!("neq;nom;debut;fin\n{};{};2026-06-01;2031-05-31\n", BOREAL.1, BOREAL.0)), 1);
    assert_eq!(news(&app, &event), [told("common.ineligible", "listed")]);
    assert!(app.post_since(before).contains(&"rescored → rita".to_owned()), "the contract rules too");
    assert_eq!(app.as_("rita").open(&format!("/d/{event}")).await.status, 200, "and she may read what she is told of");
    let again = format!("neq;nom;debut;fin\n{};{};2026-06-01;2031-05-31\n{};X;;\n", BOREAL.1, BOREAL.0, NORDIK.1);
    assert_eq!(takes(again), 0, "told once");
}

/// An interest in a company, of somebody whom the duties put in contact with it and who knows of no contract.
fn interest_in(app: &TestApp, name: &str, company: &Value) -> String {
    let given = answers::changed(
        answers::interest(),
        json!({ "in_contact": "yes", "duties_details": "Le lot 2", "client_touched": "no", "under_contract": "no", "company": company }),
    );
    app.files(name, "interest_declaration", given)
}

fn nordik() -> Value {
    json!({ "name": NORDIK.0, "neq": NORDIK.1 })
}

/// The worker on a day.
fn the_day_comes(app: &TestApp, day: &str) -> usize {
    app.clock.set(day.parse().unwrap(), 0, 30);
    app.write(begun::follow)
}

#[actix_web::test]
async fn what_was_read_before_its_first_day_is_told_on_that_day_and_once() {
    let app = TestApp::new().await;
    let folder = Folder::new();
    let interest = interest_in(&app, "camille", &nordik());
    let signed = with(release(100, "2026-11-20"), "/contracts/0/period/startDate", json!("2026-12-01"));
    takes_in(&app, &folder.put("hebdo.json", package(&[signed])));
    let event = answers::changed(answers::event(), json!({ "company": { "name": BOREAL.0, "neq": BOREAL.1 } }));
    let event = app.files("theo", "event_request", event);
    let list = folder.put("rena.csv", format!("neq;nom;debut;fin\n{};{};2026-12-03;2031-05-31\n", BOREAL.1, BOREAL.0));
    lists::import(&app.app, None, Source::Rena, &list, false).unwrap();
    assert_eq!(follow::follow_all(&app.app).unwrap(), 0, "nothing holds yet");
    assert_eq!(the_day_comes(&app, "2026-11-30"), 0);
    assert_eq!(the_day_comes(&app, "2026-12-01"), 2, "two rules see the contract");
    assert_eq!(
        news(&app, &interest),
        [told("interest.contract_and_duties", "contract"), told("common.contract_not_declared", "contract")]
    );
    assert_eq!(app.write(begun::follow), 0, "once");
    assert_eq!(the_day_comes(&app, "2026-12-02"), 0);
    // Whoever declares once it runs was looked at with it.
    let late = interest_in(&app, "theo", &nordik());
    // The service was down on the day: the next one it is up.
    assert_eq!(the_day_comes(&app, "2026-12-06"), 1);
    assert_eq!(news(&app, &event), [told("common.ineligible", "listed")]);
    assert_eq!(news(&app, &late), [], "the twin");
    // A file that says the contract again tells nothing more.
    takes_in(
        &app,
        &folder.put(
            "encore.json",
            package(&[with(release(100, "2026-12-04"), "/contracts/0/dateSigned", json!("2026-02-02"))]),
        ),
    );
    assert_eq!(follow::follow_all(&app.app).unwrap(), 0);
}

#[actix_web::test]
async fn a_contract_that_leaves_its_wait_or_goes_to_another_firm_is_news() {
    let app = TestApp::new().await;
    let folder = Folder::new();
    let interest = interest_in(&app, "camille", &nordik());
    let takes = |name: &str, release: Value| {
        takes_in(&app, &folder.put(name, package(&[release])));
        follow::follow_all(&app.app).unwrap()
    };
    let pending = with(release(100, "2026-11-20"), "/contracts/0/status", json!("pending"));
    assert_eq!(takes("1.json", pending), 0, "it waits");
    assert_eq!(takes("2.json", release(100, "2026-11-22")), 2, "it runs");
    assert_eq!(news(&app, &interest).len(), 2);
    // Another contract is that of Boréal, then of Nordik.
    let in_boreal = interest_in(&app, "theo", &json!({ "name": BOREAL.0, "neq": BOREAL.1 }));
    let theirs = with(release(200, "2026-11-20"), "/parties/1/details/neq", json!(BOREAL.1));
    assert_eq!(takes("3.json", theirs), 2);
    assert_eq!(takes("4.json", release(200, "2026-11-21")), 2, "told to the firm that has it now");
    assert_eq!((news(&app, &interest).len(), news(&app, &in_boreal).len()), (4, 2));
    // The award that names the firm comes after its contract.
    let interest = interest_in(&app, "emma", &nordik());
    let mut alone = release(300, "2026-11-20");
    alone["awards"] = json!([]);
    assert_eq!(takes("5.json", alone), 0, "nobody is named");
    let mut award = release(300, "2026-11-21");
    award["contracts"] = json!([]);
    assert!(takes("6.json", award) > 0);
    assert!(news(&app, &interest).contains(&told("interest.contract_and_duties", "contract")));
}

/// Bids of Nordik are awaited until the end of the year.
fn nordik_bids(app: &TestApp) -> usize {
    let mut open = with(release(300, "2026-11-02"), "/tender/tenderPeriod/endDate", json!("2026-12-31T15:00:00-05:00"));
    open["tender"]["status"] = json!("active");
    open["awards"] = json!([]);
    open["contracts"] = json!([]);
    takes_in(app, &Folder::new().put("appels.json", package(&[open])));
    follow::follow_all(&app.app).unwrap()
}

#[actix_web::test]
async fn a_call_for_tenders_reaches_a_standing_interest_and_both_reach_what_is_open_in_the_group() {
    let app = TestApp::new().await;
    let (nordik_id, boreal_id) = (app.company(NORDIK.1), app.company(BOREAL.1));
    app.does("aline", move |tx, actor| probite::companies::groups::join(tx, actor, boreal_id, nordik_id)).unwrap();
    let interest = interest_in(&app, "camille", &nordik());
    app.decides("rosalie", &interest, "managed").unwrap();
    let of_sister = json!({ "company": { "name": BOREAL.0, "neq": BOREAL.1 } });
    let gift = app.files("theo", "gift_declaration", answers::changed(answers::gift(), of_sister.clone()));
    let event = app.files("emma", "event_request", answers::changed(answers::event(), of_sister));
    assert_eq!(nordik_bids(&app), 3);
    assert_eq!(news(&app, &interest), [told("interest.tender_open", "tender")]);
    for open in [&gift, &event] {
        assert_eq!(news(&app, open), [told("common.group_tender_open", "group_tender")]);
    }
    let page = app.as_("theo").open(&format!("/d/{gift}")).await;
    assert!(page.says(&say("crosscheck-group-tender")), "{}", page.text());
    // The contract that comes next was put out to tender long ago: its closed call is no news.
    assert_eq!(nordik_gets_a_contract(&app), 4);
    assert!(news(&app, &interest)[1..].iter().all(|(_, what)| what == "contract"), "{:?}", news(&app, &interest));
    for open in [&gift, &event] {
        assert_eq!(news(&app, open)[1..], [told("common.group_under_contract", "group")]);
    }
    // The twin: a group taken apart.
    app.does("aline", move |tx, actor| probite::companies::groups::leave(tx, actor, boreal_id)).unwrap();
    takes_in(&app, &Folder::new().put("autre.json", package(&[release(400, "2026-11-20")])));
    follow::follow_all(&app.app).unwrap();
    assert_eq!((news(&app, &gift).len(), news(&app, &event).len()), (2, 2));
}

#[actix_web::test]
async fn companies_found_to_be_one_or_of_one_group_tell_each_other_what_runs() {
    let app = TestApp::new().await;
    let double = app
        .write(|tx| Ok(probite::companies::store::add(tx, None, "Nordik Nuage", None, Some("Donné de mémoire"))?.id));
    let typed = interest_in(&app, "camille", &json!({ "company_id": double, "name": "Nordik Nuage" }));
    let known = interest_in(&app, "theo", &nordik());
    let sister = interest_in(&app, "emma", &json!({ "name": BOREAL.0, "neq": BOREAL.1 }));
    assert_eq!(nordik_gets_a_contract(&app), 2);
    assert_eq!((news(&app, &typed).len(), news(&app, &sister).len()), (0, 0));
    let (kept, boreal) = (app.company(NORDIK.1), app.company(BOREAL.1));
    let before = app.letters().len();
    app.does("aline", move |tx, actor| probite::companies::actions::merge(tx, actor, kept, double)).unwrap();
    assert_eq!(
        news(&app, &typed),
        [told("interest.contract_and_duties", "contract"), told("common.contract_not_declared", "contract")]
    );
    assert!(app.post_since(before).contains(&"rescored → camille".to_owned()));
    assert_eq!(news(&app, &known).len(), 2, "the twin: it knew");
    app.does("aline", move |tx, actor| probite::companies::groups::join(tx, actor, boreal, kept)).unwrap();
    assert_eq!(news(&app, &sister), [told("interest.group_under_contract", "group")]);
    assert_eq!((news(&app, &typed).len(), news(&app, &known).len()), (2, 2));
    // They were two: what one learnt of the other waits for nobody; the twin’s was its own.
    app.does("aline", move |tx, actor| probite::companies::actions::separate(tx, actor, kept, double)).unwrap();
    let waits = |slug: &str| answered(&app, slug).iter().filter(|(_, answer)| answer.is_none()).count();
    assert_eq!((waits(&typed), waits(&known), waits(&sister)), (0, 2, 1));
    // A group of which somebody thought better: its companies know no more of each other.
    app.does("aline", move |tx, actor| probite::companies::groups::leave(tx, actor, boreal)).unwrap();
    assert_eq!((waits(&known), waits(&sister)), (2, 0));
}

/// The sisters of a company learn what runs for its duplicate, and its duplicate what runs for them, until they are told apart.
#[actix_web::test]
async fn a_merger_ties_the_duplicate_to_the_whole_group_and_its_end_unties_it() {
    let app = TestApp::new().await;
    let parent = app
        .write(|tx| Ok(probite::companies::store::add(tx, None, "Groupe Aurore", None, Some("Donné de mémoire"))?.id));
    let of_parent = interest_in(&app, "camille", &json!({ "company_id": parent, "name": "Groupe Aurore" }));
    let sister = interest_in(&app, "emma", &json!({ "name": BOREAL.0, "neq": BOREAL.1 }));
    let known = interest_in(&app, "theo", &nordik());
    let (nordik, boreal) = (app.company(NORDIK.1), app.company(BOREAL.1));
    app.does("aline", move |tx, actor| probite::companies::groups::join(tx, actor, boreal, parent)).unwrap();
    assert_eq!(nordik_gets_a_contract(&app), 2);
    let waits = |slug: &str| answered(&app, slug).iter().filter(|(_, answer)| answer.is_none()).count();
    assert_eq!((waits(&known), waits(&of_parent), waits(&sister)), (2, 0, 0), "the twin: not one yet");
    // The head of the group is found to be the company under contract.
    app.does("aline", move |tx, actor| probite::companies::actions::merge(tx, actor, parent, nordik)).unwrap();
    assert_eq!((waits(&known), waits(&of_parent)), (2, 2));
    assert_eq!(news(&app, &sister), [told("interest.group_under_contract", "group")]);
    // What changes meanwhile goes with it.
    let amended = with(release(100, "2026-11-23"), "/contracts/0/value/amount", json!(900_000));
    takes_in(&app, &Folder::new().put("avenant.json", package(&[amended])));
    follow::follow_all(&app.app).unwrap();
    app.does("aline", move |tx, actor| probite::companies::actions::separate(tx, actor, parent, nordik)).unwrap();
    assert_eq!((waits(&of_parent), waits(&sister)), (0, 0));
    assert!(waits(&known) >= 2, "the twin: its own");
    // Of one group, what was told of one as its own is told of the other as of its group.
    let group = move |tx: &mut probite::app::Tx<'_>, actor: &probite::access::Actor| {
        probite::companies::groups::join(tx, actor, nordik, parent)
    };
    app.does("aline", group).unwrap();
    assert_eq!(news(&app, &of_parent).last(), Some(&told("interest.group_under_contract", "group")));
    app.does("aline", move |tx, actor| probite::companies::actions::merge(tx, actor, parent, nordik)).unwrap();
    app.does("aline", move |tx, actor| probite::companies::actions::separate(tx, actor, parent, nordik)).unwrap();
    let open = |slug: &str| -> Vec<String> {
        answered(&app, slug).into_iter().filter(|(_, answer)| answer.is_none()).map(|(rule, _)| rule).collect()
    };
    assert_eq!(open(&of_parent), ["interest.group_under_contract"]);
    app.does("aline", move |tx, actor| probite::companies::groups::leave(tx, actor, nordik)).unwrap();
    assert_eq!(open(&of_parent), Vec::<String>::new());
    // As one again, they are told again: what was lifted does not silence it.
    app.does("aline", move |tx, actor| probite::companies::actions::merge(tx, actor, parent, nordik)).unwrap();
    assert_eq!((waits(&of_parent), waits(&sister)), (2, 1));
}

#[actix_web::test]
async fn the_person_answers_once_and_the_ethics_officer_says_why_there_is_no_effect() {
    let app = TestApp::new().await;
    let interest = an_interest_with_news(&app);
    let path = format!("/d/{interest}");
    let aline = app.as_("aline");
    let list = aline.open("/recoupements").await;
    assert!(list.html.contains(&interest) && list.says(&say("crosscheck-contract")), "{}", list.text());
    let camille = app.as_("camille");
    let page = camille.open(&path).await;
    assert!(page.says(&say("crosschecks-since")), "{}", page.text());
    let forms: Vec<_> = page.forms().into_iter().filter(|form| form.action.contains("/recoupements/")).collect();
    assert_eq!(forms.len(), 2);
    let (first, second) = (forms[0].action.clone(), forms[1].action.clone());
    let answered = camille.post(&first, &[("said", "unchanged")]).await;
    assert_eq!(answered.flash(), say("flash-crosscheck"));
    assert!(answered.says(&say("crosscheck-unchanged")) && answered.says("Camille Gagnon"), "{}", answered.text());
    assert_eq!(camille.post(&first, &[("said", "updated")]).await.status, 409, "once");
    assert_eq!(camille.post(&second, &[("said", "no_effect")]).await.status, 422, "not hers to say");
    let refused = aline.post(&second, &[("said", "no_effect")]).await;
    assert_eq!(refused.errors(), [say("error-reason")]);
    let field = format!("crosscheck-{}-note", second.rsplit('/').next().unwrap());
    let done =
        aline.post(&second, &[("said", "no_effect"), (&field, "Le contrat est suivi par une autre équipe.")]).await;
    assert!(done.says("suivi par une autre équipe"), "{}", done.text());
    assert!(!aline.open("/recoupements").await.html.contains(&interest));
    assert!(aline.open("/recoupements?vue=repondus").await.says("suivi par une autre équipe"));
    assert_eq!(app.journal(&interest).iter().filter(|event| *event == "cross_check_answered").count(), 2);
    // Somebody barred sees nothing of it; those without the office do not open the list.
    assert_eq!(app.as_("rosalie").open("/recoupements").await.status, 403);
    assert_eq!(app.as_("olivier").post(&second, &[("said", "unchanged")]).await.status, 404);
}

/// What the outside says of the company is read by the person it concerns too, before and after sending; whoever decided of an
/// interest keeps it; and a cross-check is contested like what a rule found at first.
#[actix_web::test]
async fn the_person_reads_the_contracts_and_may_contest_what_is_new() {
    let app = TestApp::new().await;
    let interest = interest_in(&app, "camille", &nordik());
    app.decides("rosalie", &interest, "managed").unwrap();
    nordik_gets_a_contract(&app);
    let path = format!("/d/{interest}");
    let (camille, rosalie) = (app.as_("camille"), app.as_("rosalie"));
    let page = camille.open(&path).await;
    assert!(page.says(&say("meeting-contracts")) && page.says("C-100"), "{}", page.text());
    let decided = rosalie.open(&path).await;
    assert!(decided.says(&say("meeting-contracts")) && decided.says("C-100"), "decided long ago: {}", decided.text());
    // Its own number and that of the notice, on the file and on the page of the company alike.
    let company = app.as_("aline").open(&format!("/entreprises/{}", app.company(NORDIK.1))).await;
    for page in [&page, &company] {
        assert!(page.says("C-100 (avis SEAO 100)"), "{}", page.text());
    }
    // Before sending as well.
    let draft = app.drafts("theo", "business_relation", answers::relation());
    let check = app.as_("theo").open(&format!("/brouillons/{draft}/verifier")).await;
    assert!(check.says(&say("meeting-contracts")) && check.says("C-100"), "{}", check.text());
    // Two things are new: one is contested.
    let contest = |page: &Page| {
        let about = |form: &Form| form.value("about").is_some_and(|about| about.starts_with("news:"));
        page.forms().into_iter().filter(about).collect::<Vec<_>>()
    };
    let forms = contest(&page);
    assert_eq!(forms.len(), 2);
    let said = camille.send(&forms[0].clone().with("comment", "Ce contrat est celui d’une homonyme.")).await;
    assert_eq!(said.flash(), say("flash-commented"));
    let read = rosalie.open(&path).await;
    assert_eq!(read.select_text(".finding__contested").len(), 1, "one of two");
    assert!(read.says("celui d’une homonyme"), "{}", read.text());
    assert_eq!(contest(&read).len(), 0, "only the person contests");
    assert!(app.as_("aline").open("/recoupements").await.html.contains(&interest), "it still waits");
    // What is new in another file is not contested in this one.
    let other = interest_in(&app, "theo", &json!({ "name": BOREAL.0, "neq": BOREAL.1 }));
    let about = forms[1].value("about").unwrap().to_owned();
    let refused = app
        .as_("theo")
        .post(
            &format!("/d/{other}/commentaires"),
            &[("comment", "Non."), ("audience", "person"), ("about", about.as_str())],
        )
        .await;
    assert_eq!(refused.status, 422);
}

/// The ethics officer sees in the list what the person says is wrong, before opening the file.
#[actix_web::test]
async fn what_the_person_contests_is_marked_in_the_list_of_cross_checks() {
    let app = TestApp::new().await;
    nordik_gets_a_contract(&app);
    let given = answers::changed(
        answers::interest(),
        json!({ "in_contact": "yes", "duties_details": "Le lot 2", "client_touched": "no", "under_contract": "no" }),
    );
    let interest = app.files("camille", "interest_declaration", given);
    takes_in(&app, &Folder::new().put("suite.json", package(&[release(200, "2026-11-22")])));
    assert_eq!(follow::follow_all(&app.app).unwrap(), 2);
    let id = app.row(&interest).id;
    let all = app.read(|tx| store::of_declaration(tx, id));
    let duties = all.iter().find(|one| one.rule == "interest.contract_and_duties").unwrap().id;
    let says = async |name: &str, about: &str| {
        let typed = [("comment", "Ce n’est pas cette entreprise."), ("audience", "person"), ("about", about)];
        let page = app.as_(name).post(&format!("/d/{interest}/commentaires"), &typed).await;
        assert_eq!(page.flash(), say("flash-commented"), "{name} {about}");
    };
    let marked = async || {
        let rows = app.as_("aline").open("/recoupements").await.select_text("table tbody tr");
        let mark = tidy(&say("findings-contested"));
        rows.into_iter().filter(|row| row.contains(&mark)).collect::<Vec<_>>()
    };
    // The twin: what somebody else writes about it contests nothing.
    says("aline", &format!("news:{duties}")).await;
    assert_eq!(marked().await, Vec::<String>::new());
    // What a rule found when the file arrived, and found again since.
    says("camille", "rule:common.contract_not_declared").await;
    let rows = marked().await;
    assert!(rows.len() == 1 && rows[0].contains("ce que la déclaration ne dit pas"), "{rows:?}");
    // And what is new alone.
    says("camille", &format!("news:{duties}")).await;
    assert_eq!(marked().await.len(), 2);
}

/// The same for programs: the file says what is new and what its reader may answer.
#[actix_web::test]
async fn a_program_reads_what_is_new_and_answers_it() {
    let app = TestApp::new().await;
    let interest = an_interest_with_news(&app);
    let path = format!("/api/v1/declarations/{interest}");
    let news = async |name: &str| app.as_(name).get_json(&path).await["crosschecks"].clone();
    let says =
        async |name: &str, body: Value| app.as_(name).post_json(&format!("{path}/crosscheck-answer"), &body).await;
    let new = news("camille").await;
    assert_eq!(new.as_array().map(Vec::len), Some(2), "{new}");
    assert_eq!((&new[0]["what"], &new[0]["may_answer"]), (&json!("contract"), &json!(["unchanged", "updated"])));
    assert_eq!(new[0]["now"], "", "what a decider has to do is not said to whom the file is about");
    assert_eq!(news("aline").await[0]["may_answer"], json!(["no_effect"]));

    let (first, second) = (&new[0]["id"], &new[1]["id"]);
    let done = says("camille", json!({ "crosscheck": first, "answer": "unchanged" })).await;
    assert_eq!(done.0, 200, "{}", done.1);
    assert_eq!(says("camille", json!({ "crosscheck": first, "answer": "updated" })).await.0, 409, "once");
    let field = |answered: &(u16, Value)| (answered.0, answered.1["errors"][0]["field"].as_str().map(str::to_owned));
    let not_hers = says("camille", json!({ "crosscheck": second, "answer": "no_effect", "note": "Rien." })).await;
    assert_eq!(field(&not_hers), (422, Some("answer".to_owned())));
    let why = says("aline", json!({ "crosscheck": second, "answer": "no_effect" })).await;
    assert_eq!(field(&why), (422, Some("note".to_owned())));
    let done = says("aline", json!({ "crosscheck": second, "answer": "no_effect", "note": "Une autre équipe." })).await;
    assert_eq!(done.0, 200, "{}", done.1);
    let told = news("camille").await;
    assert_eq!((&told[1]["answer"], &told[1]["may_answer"]), (&json!("no_effect"), &json!([])));
}

const NOT_LOOKED: &str = "relation.lobbying_not_looked";
const ABSENT: &str = "relation.lobbying_look_absent";

/// An exchange that aimed at a decision of the ministry, with Nordik; nobody says to have looked it up.
fn lobbied(app: &TestApp) -> String {
    let lobbying = json!({ "purpose": "unsolicited", "contract_stage": null, "contract_number": null,
        "lobby_decision": "contract_or_grant", "lobby_exclusion": "no", "lobbyist_type": "enterprise" });
    app.files("camille", "business_relation", answers::changed(answers::relation(), lobbying))
}

/// Aline looks a company up in the registry of lobbyists.
fn looks_up(app: &TestApp, neq: &str, on: &str, result: &str) {
    app.clock.advance(chrono::TimeDelta::minutes(5));
    let mandate = if result == "registered" { "M-42" } else { "" };
    let typed = Typed { on: on.into(), result: result.into(), mandate: mandate.into(), note: String::new() };
    let company = app.company(neq);
    app.does("aline", move |tx, actor| lobby::record(tx, actor, company, &typed)).unwrap();
}

/// Rule and answer of the news of a declaration.
fn answered(app: &TestApp, slug: &str) -> Vec<(String, Option<String>)> {
    let id = app.row(slug).id;
    app.read(|tx| Ok(store::of_declaration(tx, id)?.into_iter().map(|one| (one.rule, one.answer)).collect()))
}

fn lifted(rule: &str) -> (String, Option<String>) {
    (rule.to_owned(), Some("lifted".to_owned()))
}

#[actix_web::test]
async fn a_look_that_finds_no_registration_is_told_once_to_those_of_an_open_file() {
    let app = TestApp::new().await;
    let open = lobbied(&app);
    let elsewhere = json!({ "company": { "name": BOREAL.0, "neq": BOREAL.1 } });
    let other = app.files("theo", "business_relation", answers::changed(answers::relation(), elsewhere));
    let closed = lobbied(&app);
    app.decides("rosalie", &closed, "noted").unwrap();
    let before = app.letters().len();
    looks_up(&app, NORDIK.1, "2026-11-20", "absent");
    // Somebody looked: that nobody did does not hold any more.
    assert_eq!(answered(&app, &open), [lifted(NOT_LOOKED), (ABSENT.to_owned(), None)]);
    assert_eq!((news(&app, &other), news(&app, &closed)), (vec![], vec![]), "the twins");
    let post = app.post_since(before);
    for name in ["camille", "rosalie", "aline"] {
        assert_eq!(post.iter().filter(|line| **line == format!("rescored → {name}")).count(), 1, "{post:?}");
    }
    // What the look raises is to be checked as what it answers was: the file stays flagged, with its reason.
    assert_eq!(app.row(&open).attention, 2);
    assert!(app.as_("rosalie").open("/a-traiter").await.says("aucun mandat n’y était inscrit"));
    let page = app.as_("rosalie").open(&format!("/d/{open}")).await;
    assert!(page.says(&say("crosscheck-look")) && page.says("aucun mandat n’y était inscrit"), "{}", page.text());
    // The same answer again, that day or later, asks for nothing more.
    let before = app.letters().len();
    looks_up(&app, NORDIK.1, "2026-11-20", "absent");
    looks_up(&app, NORDIK.1, "2026-11-21", "absent");
    assert_eq!(answered(&app, &open).len(), 2);
    assert_eq!(app.post_since(before), Vec::<String>::new());
}

#[actix_web::test]
async fn a_look_that_finds_a_registration_lifts_what_the_file_was_told_and_writes_to_nobody() {
    let app = TestApp::new().await;
    let open = lobbied(&app);
    let unseen = app.files("theo", "business_relation", answers::relation());
    let rosalie = app.as_("rosalie");
    let flagged = async || rosalie.open("/a-traiter").await.says("personne n’a noté de vérification récente");
    assert_eq!((app.row(&open).attention, flagged().await), (2, true));
    let before = app.letters().len();
    looks_up(&app, NORDIK.1, "2026-11-20", "registered");
    assert_eq!((answered(&app, &open), app.post_since(before)), (vec![lifted(NOT_LOOKED)], vec![]));
    assert_eq!(news(&app, &unseen), [], "the twin: nothing was asked of it");
    // The file keeps what was found at filing, and asks for no attention.
    assert!(app.row(&open).findings().unwrap().iter().any(|finding| finding.rule == NOT_LOOKED));
    assert_eq!((app.row(&open).attention, flagged().await), (1, false));
    let page = rosalie.open(&format!("/d/{open}")).await;
    assert!(page.says(&say("severity-lifted")) && page.says(&say("crosscheck-lifted")), "{}", page.text());
    let own = app.as_("camille").open(&format!("/d/{open}")).await;
    assert!(own.forms().iter().all(|form| !form.action.contains("/recoupements/")), "nobody has to answer");
    assert!(!app.as_("aline").open("/recoupements").await.html.contains(&open));
    // What waited for an answer is lifted in its place; it may be asked again.
    looks_up(&app, NORDIK.1, "2026-11-21", "absent");
    assert_eq!(answered(&app, &open), [lifted(NOT_LOOKED), (ABSENT.to_owned(), None)]);
    assert!(app.as_("aline").open("/recoupements").await.html.contains(&open));
    looks_up(&app, NORDIK.1, "2026-11-22", "registered");
    assert_eq!(answered(&app, &open), [lifted(NOT_LOOKED), lifted(ABSENT)]);
    assert!(!app.as_("aline").open("/recoupements").await.html.contains(&open));
    let told = app.post_since(before).iter().filter(|line| *line == "rescored → camille").count();
    assert_eq!(told, 1, "for what had to be done");
    assert_eq!(app.journal(&open).iter().filter(|event| *event == "cross_check_lifted").count(), 2);
    // A program reads the same.
    let read = rosalie.get_json(&format!("/api/v1/declarations/{open}")).await;
    assert_eq!(
        (&read["crosschecks"][1]["what"], &read["crosschecks"][1]["answer"]),
        (&json!("look"), &json!("lifted"))
    );
    assert!(read["findings"].as_array().unwrap().iter().all(|finding| finding["severity"] != "attention"), "{read}");
}

#[actix_web::test]
async fn a_look_that_grows_old_is_told_once_and_a_new_one_answers_it() {
    let app = TestApp::new().await;
    looks_up(&app, NORDIK.1, "2026-11-20", "registered");
    let open = lobbied(&app);
    assert_eq!(app.row(&open).attention, 1);
    let the_day = |day: &str| {
        app.clock.set(day.parse().unwrap(), 0, 30);
        app.write(looked::aged)
    };
    assert_eq!(the_day("2026-12-20"), 0, "thirty days: the twin");
    assert_eq!(the_day("2026-12-21"), 1);
    assert_eq!(answered(&app, &open), [(NOT_LOOKED.to_owned(), None)]);
    assert_eq!((the_day("2026-12-21"), the_day("2026-12-22")), (0, 0), "once");
    looks_up(&app, NORDIK.1, "2026-12-21", "registered");
    assert_eq!(answered(&app, &open), [lifted(NOT_LOOKED)]);
    // The new one grows old as well.
    assert_eq!((the_day("2027-01-20"), the_day("2027-01-21")), (0, 1));
}

#[actix_web::test]
async fn companies_found_to_be_one_share_their_last_look() {
    let app = TestApp::new().await;
    let double = app
        .write(|tx| Ok(probite::companies::store::add(tx, None, "Nordik Nuage", None, Some("Donné de mémoire"))?.id));
    looks_up(&app, NORDIK.1, "2026-11-20", "absent");
    let lobbying = json!({ "purpose": "unsolicited", "contract_stage": null, "contract_number": null,
        "lobby_decision": "contract_or_grant", "lobby_exclusion": "no", "lobbyist_type": "enterprise",
        "company": { "company_id": double, "name": "Nordik Nuage" } });
    let open = app.files("camille", "business_relation", answers::changed(answers::relation(), lobbying));
    assert_eq!(news(&app, &open), []);
    let kept = app.company(NORDIK.1);
    app.does("aline", move |tx, actor| probite::companies::actions::merge(tx, actor, kept, double)).unwrap();
    assert_eq!(answered(&app, &open), [lifted(NOT_LOOKED), (ABSENT.to_owned(), None)]);
    // They were two: nobody looked this one up, as it was said at first.
    let before = app.letters().len();
    app.does("aline", move |tx, actor| probite::companies::actions::separate(tx, actor, kept, double)).unwrap();
    let again = [lifted(NOT_LOOKED), lifted(ABSENT), (NOT_LOOKED.to_owned(), None)];
    assert_eq!(answered(&app, &open), again);
    assert_eq!(app.row(&open).attention, 2);
    assert!(app.post_since(before).contains(&"rescored → camille".to_owned()));
    // Merged by mistake once more, and told apart: what is known is told again, since it was lifted meanwhile.
    app.does("aline", move |tx, actor| probite::companies::actions::merge(tx, actor, kept, double)).unwrap();
    app.clock.advance(chrono::TimeDelta::minutes(5));
    app.does("aline", move |tx, actor| probite::companies::actions::separate(tx, actor, kept, double)).unwrap();
    assert_eq!(answered(&app, &open).last(), Some(&(NOT_LOOKED.to_owned(), None)));
    assert_eq!(answered(&app, &open).iter().filter(|(_, answer)| answer.is_none()).count(), 1);
}
