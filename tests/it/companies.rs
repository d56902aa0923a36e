//! The page of a company: what it gathers, for whom, and two companies that turn out to be one.

use diesel::prelude::*;
use probite::access::Role;
use probite::companies::store;
use probite::db::schema::{declarations, events};
use probite::people::roles;
use serde_json::json;

use crate::support::ministry::{BOREAL, NORDIK};
use crate::support::{TestApp, answers, say};

/// One of each kind about Nordik, by three people; references in the order of filing.
fn a_busy_company(app: &TestApp) -> [String; 4] {
    let filed = [
        app.files("camille", "business_relation", answers::relation()),
        app.files("camille", "gift_declaration", answers::gift()),
        app.files("theo", "interest_declaration", answers::interest()),
        app.files("olivier", "event_request", answers::event()),
    ];
    app.files(
        "olivier",
        "gift_declaration",
        answers::changed(answers::gift(), json!({ "company": { "name": BOREAL.0, "neq": BOREAL.1 } })),
    );
    filed
}

fn page_of(app: &TestApp, neq: &str) -> String {
    format!("/entreprises/{}", app.company(neq))
}

/// A company that somebody typed without its NEQ.
fn typed(app: &TestApp, name: &'static str) -> i64 {
    app.write(move |tx| Ok(store::add(tx, None, name, None, Some("Nom donné de mémoire"))?.id))
}

#[actix_web::test]
async fn the_ethics_officer_reads_all_that_was_declared_about_a_company_on_one_page() {
    let app = TestApp::new().await;
    let filed = a_busy_company(&app);
    let aline = app.as_("aline");
    let list = aline.open("/entreprises?q=nordik").await;
    let page = aline.open(&list.link(NORDIK.0)).await;
    assert_eq!((page.status, page.h1()), (200, NORDIK.0.to_owned()));
    for reference in &filed {
        assert!(page.html.contains(reference), "{reference}: {}", page.text());
    }
    assert!(page.says(NORDIK.1) && !page.says(BOREAL.0), "{}", page.text());
    // The picture and the list beneath say the same: three people, four ties.
    assert_eq!(page.select_text("svg .graph-name").len(), 4, "the company and three people");
    assert_eq!(page.select_text("svg line").len(), 4);
    let told = page.select_text(".details li li > ul > li");
    assert_eq!(told.len(), 4, "{told:?}");
    assert!(told.iter().all(|tie| filed.iter().any(|reference| tie.contains(reference))), "{told:?}");
    for person in ["Camille Gagnon", "Théo Simard", "Olivier Bergeron"] {
        assert!(page.select_text("svg title").iter().any(|title| title == person), "{person}");
    }
    // One kind at a time, and the same in the register and out of it.
    let gifts = aline.open(&page.link("Cadeau")).await;
    let rows = gifts.select_text("tbody tr");
    assert!(rows.len() == 1 && rows[0].contains(&filed[1]) && rows[0].contains("25,00"), "{rows:?}");
    let register = aline.open(&gifts.link(&say("companies-in-register"))).await;
    assert_eq!(register.select_text("tbody tr").len(), 1);
    assert!(register.says("Entreprise : Nordik Infonuagique inc."), "{}", register.text());
    let csv = aline.open(&page.link("CSV")).await;
    let exported = filed.iter().filter(|reference| csv.html.contains(*reference)).count();
    assert_eq!((exported, csv.html.lines().count()), (4, 5));
    insta::assert_snapshot!("company", page.text());
}

#[actix_web::test]
async fn a_company_is_found_by_the_beginning_of_its_name_a_word_of_it_or_its_neq() {
    let app = TestApp::new().await;
    let aline = app.as_("aline");
    for typed in ["nordik", "NORDÌK infonuagique", "infonuagique", "1171234567", "11712"] {
        let list = aline.open(&format!("/entreprises?q={}", typed.replace(' ', "%20").replace('Ì', "%C3%8C"))).await;
        assert_eq!(list.select_text("tbody tr").len(), 1, "{typed}: {}", list.text());
        assert!(list.says(NORDIK.0), "{typed}");
    }
    assert!(aline.open("/entreprises?q=introuvable").await.says(&say("companies-none")));
    // Fifty a page, then the rest, each once.
    app.write(|tx| {
        for number in 0..60 {
            store::add(tx, None, &format!("Zèbre {number:02} inc."), None, Some("Démonstration"))?;
        }
        Ok(())
    });
    let first = aline.open("/entreprises?q=zebre").await;
    let second = aline.open(&first.link(&say("pagination-next"))).await;
    assert_eq!((first.select_text("tbody tr").len(), second.select_text("tbody tr").len()), (50, 10));
    assert!(second.says("Zèbre 59 inc.") && !first.says("Zèbre 59 inc."));
    assert_eq!(aline.open("/entreprises/999999").await.status, 404);
}

#[actix_web::test]
async fn an_auditor_reads_the_page_without_names_and_each_reading_is_logged() {
    let app = TestApp::new().await;
    let filed = a_busy_company(&app);
    let page = app.as_("audrey").open(&page_of(&app, NORDIK.1)).await;
    assert!(filed.iter().all(|reference| page.html.contains(reference)), "{}", page.text());
    for name in ["Camille", "Gagnon", "Simard", "Bergeron", "Rosalie"] {
        assert!(!page.html.contains(name), "{name}");
    }
    let mask = app.app.book.keyring.pseudonym(&app.number("camille"));
    assert!(page.select_text("svg title").contains(&mask) && page.says(&say("register-masked")));
    assert!(page.says(&say("companies-few")), "four is too few to count for her: {}", page.text());
    assert!(!page.has_form("/fusion") && !page.says("CSV"));
    assert!(app.access_log().contains(&("audrey", "company".to_owned(), true)));
    // The twin: the ethics officer counts.
    assert!(!app.as_("aline").open(&page_of(&app, NORDIK.1)).await.says(&say("companies-few")));
}

#[actix_web::test]
async fn the_contract_monitor_reads_what_is_linked_to_a_contract_and_interests_in_summary() {
    let app = TestApp::new().await;
    let [relation, gift, interest, event] = a_busy_company(&app);
    let page = app.as_("rita").open(&page_of(&app, NORDIK.1)).await;
    assert!(page.html.contains(&relation) && page.html.contains(&interest), "{}", page.text());
    assert!(!page.html.contains(&gift) && !page.html.contains(&event), "{}", page.text());
    let row = page.select_text("tbody tr").into_iter().find(|row| row.contains(&interest)).unwrap();
    let whole = app.as_("aline").open(&page_of(&app, NORDIK.1)).await;
    let seen = whole.select_text("tbody tr").into_iter().find(|row| row.contains(&interest)).unwrap();
    assert!(seen.contains("Mise à jour"), "the twin: {seen}");
    assert!(!row.contains("Mise à jour") && row.contains("Déclaration d’intérêts"), "{row}");
}

#[actix_web::test]
async fn whoever_is_barred_from_a_file_does_not_see_it_there_nor_counts_it() {
    let app = TestApp::new().await;
    // It names Aline: neither she nor Marc, who reports to her, learns that it exists.
    let named = json!({ "participants": [{ "name": "100003" }] });
    let hidden = app.files("camille", "business_relation", answers::changed(answers::relation(), named));
    let own = app.files("aline", "gift_declaration", answers::gift());
    let sealed = app.files("camille", "voluntary_declaration", answers::voluntary());
    for reader in ["aline", "marc"] {
        let page = app.as_(reader).open(&page_of(&app, NORDIK.1)).await;
        assert_eq!(page.status, 200, "{reader}: {}", page.text());
        assert!(!page.html.contains(&hidden) && !page.html.contains(&sealed), "{reader}: {}", page.text());
        assert!(!page.html.contains(&own), "{reader}: one's own file, and one's superior's");
        assert!(!page.html.contains("Camille"), "{reader}");
        assert_eq!(page.select_text("svg line").len(), 0, "{reader}: {}", page.text());
        let counts = page.select_text(".figures dd");
        assert!(!counts.is_empty() && counts.iter().all(|count| count == "0"), "{reader}: {counts:?}");
    }
    // The twin: the auditor is barred from nothing.
    assert!(app.as_("audrey").open(&page_of(&app, NORDIK.1)).await.html.contains(&hidden));
}

#[actix_web::test]
async fn a_respondent_reads_the_files_of_their_unit_and_other_people_none() {
    let app = TestApp::with(|config| config.continuity.respondents = true).await;
    let [relation, gift, interest, event] = a_busy_company(&app);
    let (emma, today) = (app.id("emma"), app.clock.today());
    app.write(move |tx| roles::grant(tx, None, emma, Role::Respondent, today, None));
    let page = app.as_("emma").open(&page_of(&app, NORDIK.1)).await;
    assert!(page.html.contains(&relation) && page.html.contains(&gift), "{}", page.text());
    assert!(!page.html.contains(&event) && !page.html.contains(&interest), "{}", page.text());
    for name in ["camille", "rosalie", "solange", "victor", "serge"] {
        let browser = app.as_(name);
        for path in ["/entreprises".to_owned(), page_of(&app, NORDIK.1)] {
            assert_eq!(browser.open(&path).await.status, 403, "{name} {path}");
        }
        assert!(!browser.open("/").await.links().iter().any(|(href, _)| href == "/entreprises"), "{name}");
    }
}

#[actix_web::test]
async fn a_file_and_a_line_of_the_register_lead_to_the_company_for_whoever_may_open_it() {
    let app = TestApp::new().await;
    let [relation, ..] = a_busy_company(&app);
    let path = page_of(&app, NORDIK.1);
    let leads = |page: &crate::support::browser::Page| page.links().iter().any(|(href, _)| *href == path);
    let file = format!("/d/{relation}");
    for (name, opens) in [("aline", true), ("audrey", true), ("rita", true), ("rosalie", false), ("camille", false)] {
        let page = app.as_(name).open(&file).await;
        assert_eq!((page.status, leads(&page)), (200, opens), "{name}");
    }
    assert!(leads(&app.as_("aline").open("/registre").await));
}

#[actix_web::test]
async fn two_companies_that_are_one_are_merged_and_separated_with_nothing_lost() {
    let app = TestApp::new().await;
    let [_, gift, ..] = a_busy_company(&app);
    let double = typed(&app, "Nordik Infonuagique");
    let apart = app.files(
        "theo",
        "gift_declaration",
        answers::changed(
            answers::gift(),
            json!({ "company": { "company_id": double, "name": "Nordik Infonuagique" } }),
        ),
    );
    let company_of = |reference: &str| {
        let reference = reference.to_owned();
        app.read(move |tx| {
            let named = declarations::table.filter(declarations::reference.eq(reference));
            Ok(named
                .select((declarations::company_id, declarations::company_name))
                .first::<(Option<i64>, Option<String>)>(tx.conn)?)
        })
    };
    let before = (company_of(&gift), company_of(&apart));
    let aline = app.as_("aline");
    let kept = page_of(&app, NORDIK.1);
    let page = aline.open(&kept).await;
    assert!(!page.html.contains(&apart));
    // It is proposed, since one of the two has no NEQ. The page that comes first says what will happen, and does nothing.
    let proposed = page.links().into_iter().find(|(href, _)| href.ends_with(&format!("doublon={double}")));
    let ask = aline.open(&proposed.expect("it is proposed").0).await;
    assert_eq!(ask.h1(), say("companies-merge-title"));
    assert!(ask.says("Une déclaration de la fiche en double se lira aussi sur la fiche gardée."));
    let pulse = app.pulse();
    let done = aline.send(&ask.form("/fusion")).await;
    assert_eq!(done.flash(), say("flash-companies-merged"));
    assert!(done.html.contains(&apart) && done.html.contains(&gift), "{}", done.text());
    assert_eq!(app.pulse().2, pulse.2, "no declaration changed");
    assert_eq!((company_of(&gift), company_of(&apart)), before);
    // The name leads there, its page too, the register and its export read both.
    assert!(aline.open("/entreprises?q=nordik").await.says("Doublon, voir Nordik Infonuagique inc."));
    assert_eq!(aline.open(&format!("/entreprises/{double}")).await.path, kept);
    assert!(aline.open(&format!("/registre?entreprise={}", NORDIK.1)).await.html.contains(&apart));
    assert!(aline.open(&done.link("CSV")).await.html.contains(&apart));
    // A third gift from both in a year counts with the others.
    let again = aline.post_only(&format!("{kept}/fusion"), &[("doublon", &double.to_string())]).await;
    assert_eq!(again.status, 409, "it is merged already");

    let page = aline.send(&done.form("/separation")).await;
    assert_eq!(page.flash(), say("flash-companies-separated"));
    assert!(!page.html.contains(&apart) && page.html.contains(&gift));
    assert!(aline.open(&format!("/entreprises/{double}")).await.html.contains(&apart));
    assert_eq!((company_of(&gift), company_of(&apart)), before);
    let told: Vec<(String, String)> = app.read(|tx| {
        let of_companies = events::table.filter(events::event.like("companies_%")).order(events::seq.asc());
        Ok(of_companies.select((events::event, events::leaf)).load(tx.conn)?)
    });
    let names: Vec<&str> = told.iter().map(|(event, _)| event.as_str()).collect();
    assert_eq!(names, ["companies_merged", "companies_separated"]);
    assert!(told.iter().all(|(_, leaf)| leaf.contains(&format!("\"company\":{double}"))), "{told:?}");
    assert_eq!(app.read(probite::journal::store::first_break), None);
}

#[actix_web::test]
async fn a_name_typed_without_an_neq_is_proposed_the_company_that_has_one_and_never_given_it() {
    let app = TestApp::new().await;
    let nordik = app.company(NORDIK.1);
    let given = |name: &str, reason: &str| {
        answers::changed(answers::gift(), json!({ "company": { "name": name, "no_neq_reason": reason } }))
    };
    let key = app.drafts("camille", "gift_declaration", given(NORDIK.0, "Je ne l’ai pas"));
    let camille = app.as_("camille");
    // Before it is sent, its author is asked; on the page of the question the company may be chosen.
    let check = camille.open(&format!("/brouillons/{key}/verifier")).await;
    assert!(check.says(&format!("{} ({})", NORDIK.0, NORDIK.1)), "{}", check.text());
    let question = camille.open(&check.link(&say("check-homonym-choose"))).await;
    assert!(question.form("/donor").offers("company.id").contains(&nordik.to_string().as_str()), "{}", question.text());
    let filed = app.sends("camille", &key).unwrap();
    let kept = filed.answers().unwrap().get("company").clone();
    let apart = filed.company_id.unwrap();
    assert_ne!(apart, nordik);
    assert_eq!((kept["neq"].as_str(), kept["no_neq_reason"].as_str()), (None, Some("Je ne l’ai pas")));
    // The same name for the same reason is the same company; for another reason it is not known to be.
    let of = |who: &str, name: &str, reason: &str| {
        app.row(&app.files(who, "gift_declaration", given(name, reason))).company_id.unwrap()
    };
    assert_eq!(of("theo", "NORDIK Infonuagique, inc.", "je ne l’ai pas."), apart);
    let third = of("theo", NORDIK.0, "Une firme de l’Ontario");
    assert!(third != apart && third != nordik);
    // The ethics officer, who is proposed the merger, says it once; then the name leads there, and each keeps their own reason.
    let aline = app.as_("aline");
    let page = aline.open(&format!("/entreprises/{apart}")).await;
    assert!(page.links().iter().any(|(href, _)| href.ends_with(&format!("doublon={nordik}"))), "{}", page.text());
    app.does("aline", move |tx, actor| probite::companies::actions::merge(tx, actor, nordik, apart)).unwrap();
    let again = app.row(&app.files("olivier", "gift_declaration", given(NORDIK.0, "Je ne l’ai pas")));
    let kept = again.answers().unwrap().get("company").clone();
    assert_eq!(again.company_id, Some(nordik));
    assert_eq!((kept["neq"].as_str(), kept["no_neq_reason"].as_str()), (Some(NORDIK.1), Some("Je ne l’ai pas")));
}

#[actix_web::test]
async fn two_people_of_one_name_are_not_one_donor_and_two_mentions_of_a_foreign_firm_are() {
    let app = TestApp::new().await;
    let of = |who: &str, name: &str, reason: &str| {
        let company = json!({ "company": { "name": name, "no_neq_reason": reason } });
        let slug = app.files(who, "gift_declaration", answers::changed(answers::gift(), company));
        app.row(&slug).company_id.unwrap()
    };
    let hers = of("camille", "Luc Côté", "Particulier");
    assert_eq!(of("camille", "Luc Cote", "particulier"), hers);
    assert_ne!(of("theo", "Luc Côté", "Particulier"), hers, "another Luc Côté, until somebody says otherwise");
    let firm = of("camille", "Globex Corp.", "Établie en Ontario");
    assert_eq!(of("theo", "Globex Corp", "Établie en Ontario."), firm);
    let page = app.as_("aline").open(&format!("/entreprises/{hers}")).await;
    assert!(page.links().iter().any(|(href, _)| href.contains("fusion?doublon=")), "it is proposed: {}", page.text());
}

#[actix_web::test]
async fn gifts_of_merged_companies_are_added_up() {
    let app = TestApp::new().await;
    let double = typed(&app, "Nordik Infonuagique");
    let (nordik, camille) = (app.company(NORDIK.1), app.id("camille"));
    let given = |company: serde_json::Value| answers::changed(answers::gift(), json!({ "company": company }));
    app.files("camille", "gift_declaration", given(json!({ "company_id": double, "name": "Nordik Infonuagique" })));
    let slug = app.files("camille", "gift_declaration", given(json!({ "name": NORDIK.0, "neq": NORDIK.1 })));
    let total = || {
        app.read(|tx| {
            use diesel::prelude::*;
            use probite::db::schema::policy_versions;
            let declarant = probite::people::store::find(tx, camille)?;
            let policy: i64 = policy_versions::table.select(policy_versions::id).first(tx.conn)?;
            let limits = probite::policy::versions::by_id(tx, policy)?.policy.gift_limits();
            let gifts = probite::policy::gather::history(tx, &declarant, &app.row(&slug), &limits, tx.today())?.gifts;
            Ok((gifts.donor_12_months_cents, gifts.donor_12_months_count))
        })
    };
    assert_eq!(total(), (2500, 1));
    app.does("aline", move |tx, actor| probite::companies::actions::merge(tx, actor, nordik, double)).unwrap();
    assert_eq!(total(), (5000, 2));
}

#[actix_web::test]
async fn what_cannot_be_merged_says_why_and_who_may_not_is_refused() {
    let app = TestApp::new().await;
    let (first, second) = (typed(&app, "Ateliers Lumen"), typed(&app, "Ateliers Lumen inc."));
    let (nordik, boreal) = (app.company(NORDIK.1), app.company(BOREAL.1));
    let aline = app.as_("aline");
    let path = format!("/entreprises/{nordik}/fusion");
    // Two NEQ, two legal persons: it is said, not forbidden.
    let ask = aline.open(&format!("{path}?doublon={boreal}")).await;
    assert!(ask.says(&say("companies-merge-caution").replace('\u{a0}', " ")), "{}", ask.text());
    let ask = aline.open(&format!("{path}?doublon={nordik}")).await;
    assert!(ask.says(&say("not-possible-same-company")) && !ask.has_form("/fusion"));
    let ask = aline.open(&format!("{path}?nom=introuvable")).await;
    assert_eq!((ask.status, ask.errors()), (422, vec![say("error-company-not-found")]));
    assert_eq!(ask.form("/fusion").value("nom"), Some("introuvable"), "what was typed is there");
    // A name that several bear: one is chosen.
    let ask = aline.open(&format!("{path}?nom=ateliers")).await;
    assert!(ask.link("Ateliers Lumen inc.").ends_with(&format!("doublon={second}")));
    // One level: a company that has duplicates is kept.
    app.does("aline", move |tx, actor| probite::companies::actions::merge(tx, actor, first, second)).unwrap();
    let ask = aline.open(&format!("{path}?doublon={first}")).await;
    assert!(ask.says(&say("not-possible-has-duplicates")), "{}", ask.text());
    // Into a company that was merged: into the one that stands for it.
    let kept =
        app.does("aline", move |tx, actor| probite::companies::actions::merge(tx, actor, second, boreal)).unwrap();
    assert_eq!(kept.id, first);
    let number = nordik.to_string();
    for name in ["audrey", "rita", "serge", "camille"] {
        let browser = app.as_(name);
        assert_eq!(browser.open(&format!("{path}?doublon={boreal}")).await.status, 403, "{name}");
        for end in ["fusion", "separation"] {
            let refused = browser.post_only(&format!("/entreprises/{first}/{end}"), &[("doublon", &number)]).await;
            assert_eq!(refused.status, 403, "{name} {end}");
        }
    }
    assert_eq!(
        aline.post_only(&format!("/entreprises/{nordik}/separation"), &[("doublon", &number)]).await.status,
        409
    );
}

#[actix_web::test]
async fn a_look_at_the_registry_of_lobbyists_is_recorded_and_told_and_what_is_wrong_is_put_right() {
    let app = TestApp::new().await;
    let path = page_of(&app, NORDIK.1);
    let aline = app.as_("aline");
    let page = aline.open(&path).await;
    assert!(page.says(&say("lobby-none")) && page.says(&say("known-no-registry")), "{}", page.text());
    let form =
        page.form("/lobbyisme").with("result", "registered").with("on", "2027-01-01").with("note", "Vu à l’écran");
    let wrong = aline.send(&form).await;
    assert_eq!((wrong.status, wrong.errors()), (422, vec![say("error-lobby-future"), say("error-lobby-mandate")]));
    assert_eq!(wrong.form("/lobbyisme").value("note"), Some("Vu à l’écran"), "what was typed is there");
    let form = wrong.form("/lobbyisme").with("on", "2026-11-20").with("mandate", "M-42");
    let done = aline.send(&form).await;
    assert_eq!(done.flash(), say("flash-lobby"));
    assert!(done.says("M-42") && done.says("Aline Bouchard"), "{}", done.text());
    let leaf: String = app
        .read(|tx| Ok(events::table.filter(events::event.eq("lobby_checked")).select(events::leaf).first(tx.conn)?));
    assert!(leaf.contains("M-42") && leaf.contains("2026-11-20"), "{leaf}");
    // Who reads the page without recording on it.
    assert!(!app.as_("audrey").open(&path).await.has_form("/lobbyisme"));
    assert_eq!(app.as_("audrey").post_only(&format!("{path}/lobbyisme"), &[("result", "absent")]).await.status, 403);
}

#[actix_web::test]
async fn a_group_is_read_as_one_donor_and_its_contracts_reach_every_interest_in_it() {
    let app = TestApp::new().await;
    let (nordik, boreal) = (app.company(NORDIK.1), app.company(BOREAL.1));
    let given = |company: (&str, &str), cents: i64| {
        let company = json!({ "name": company.0, "neq": company.1 });
        answers::changed(answers::gift(), json!({ "company": company, "value_cents": cents, "value_method": "price" }))
    };
    app.files("olivier", "gift_declaration", given(NORDIK, 98_000));
    let rules = |slug: &str| -> Vec<String> {
        app.row(slug).findings().unwrap().into_iter().map(|finding| finding.rule).collect()
    };
    let alone = app.files("camille", "gift_declaration", given(BOREAL, 3_000));
    assert_eq!(rules(&alone), Vec::<String>::new(), "two donors");
    let interest = json!({ "company": { "name": BOREAL.0, "neq": BOREAL.1 }, "under_contract": "no" });
    let interest = app.files("theo", "interest_declaration", answers::changed(answers::interest(), interest));
    // The ethics officer chooses among what a name finds.
    let aline = app.as_("aline");
    let page = aline.open(&format!("/entreprises/{boreal}/groupe?nom=Nordik")).await;
    let joined = aline.send(&page.forms().into_iter().find(|form| form.value("tete").is_some()).unwrap()).await;
    assert_eq!(joined.flash(), say("flash-company-grouped"));
    assert!(joined.says(NORDIK.0) && joined.says(&say("companies-group-head")), "{}", joined.text());
    assert!(aline.open(&format!("/entreprises/{nordik}")).await.says(BOREAL.0));
    let together = app.files("camille", "gift_declaration", given(BOREAL, 2_000));
    assert_eq!(rules(&together), ["gift.donor_body_cumulative"]);
    // A contract of one is news for whoever declared an interest in the other.
    crate::crosschecks::nordik_gets_a_contract(&app);
    let id = app.row(&interest).id;
    let news: Vec<(String, String)> = app.read(|tx| {
        let found = probite::crosschecks::store::of_declaration(tx, id)?;
        Ok(found.into_iter().map(|one| (one.rule, one.what)).collect())
    });
    assert_eq!(news, [("interest.group_under_contract".to_owned(), "group".to_owned())]);
    // One level, once; and it is taken back.
    assert_eq!(
        aline.post(&format!("/entreprises/{boreal}/groupe"), &[("tete", &nordik.to_string())]).await.status,
        409
    );
    assert_eq!(
        aline.post(&format!("/entreprises/{nordik}/groupe"), &[("tete", &boreal.to_string())]).await.status,
        409
    );
    let left = aline.post(&format!("/entreprises/{boreal}/groupe"), &[]).await;
    assert_eq!(left.flash(), say("flash-company-ungrouped"));
    let after = app.files("camille", "gift_declaration", given(BOREAL, 1_000));
    assert!(!rules(&after).contains(&"gift.donor_body_cumulative".to_owned()));
    for name in ["rosalie", "audrey"] {
        assert_eq!(app.as_(name).open(&format!("/entreprises/{boreal}/groupe")).await.status, 403, "{name}");
    }
}

#[actix_web::test]
async fn a_group_outlives_the_merger_of_its_head_and_of_a_member_and_two_groups_are_not_tied_by_one() {
    use probite::companies::{actions, groups};
    let app = TestApp::new().await;
    let (nordik, boreal) = (app.company(NORDIK.1), app.company(BOREAL.1));
    let (kept, alias) = (typed(&app, "Nordik Groupe mondial"), typed(&app, "Boréal Conseil"));
    let joins = |company: i64, head: i64| {
        app.does("aline", move |tx, actor| groups::join(tx, actor, company, head).map(drop)).unwrap();
    };
    let merges = |kept: i64, duplicate: i64| {
        app.does("aline", move |tx, actor| actions::merge(tx, actor, kept, duplicate).map(drop)).unwrap();
    };
    let others = |company: i64| app.read(|tx| groups::others(tx, company));
    let rules = |slug: &str| -> Vec<String> {
        app.row(slug).findings().unwrap().into_iter().map(|finding| finding.rule).collect()
    };
    let given = |company: (&str, &str), cents: i64| {
        let company = json!({ "name": company.0, "neq": company.1 });
        answers::changed(answers::gift(), json!({ "company": company, "value_cents": cents, "value_method": "price" }))
    };
    joins(boreal, nordik);
    app.files("olivier", "gift_declaration", given(NORDIK, 98_000));
    // The head turns out to be another record of a company that is in no group.
    merges(kept, nordik);
    assert_eq!((others(boreal), others(nordik), others(kept)), (vec![kept], vec![boreal], vec![boreal]));
    let gift = app.files("camille", "gift_declaration", given(BOREAL, 2_500));
    assert_eq!(rules(&gift), ["gift.donor_body_cumulative"], "what the head gave still counts");
    let aline = app.as_("aline");
    let page = aline.open(&format!("/entreprises/{boreal}")).await;
    assert!(page.says("Nordik Groupe mondial") && page.says(&say("companies-group-head")), "{}", page.text());
    // A member too: the record kept takes its place.
    merges(alias, boreal);
    assert_eq!((others(kept), others(boreal), others(alias)), (vec![alias], vec![kept], vec![kept]));
    // Another group is not tied to this one by a merger; it is said, not done.
    let (lone, head) = (typed(&app, "Ateliers Lumen"), typed(&app, "Lumen international"));
    joins(lone, head);
    let refused = app.does("aline", move |tx, actor| actions::merge(tx, actor, kept, lone).map(drop));
    assert!(matches!(refused, Err(probite::error::Error::NotPossible("not-possible-two-groups"))), "{refused:?}");
    let ask = aline.open(&format!("/entreprises/{kept}/fusion?doublon={lone}")).await;
    assert!(ask.says(&say("not-possible-two-groups")), "{}", ask.text());
    // The record that stands for a member leaves in its place; separated, each is as it was.
    let left = aline.post(&format!("/entreprises/{alias}/groupe"), &[]).await;
    assert_eq!((left.flash(), others(kept)), (say("flash-company-ungrouped"), vec![]));
    joins(alias, kept);
    app.does("aline", move |tx, actor| actions::separate(tx, actor, kept, nordik)).unwrap();
    assert_eq!((others(nordik), others(kept)), (vec![], vec![alias]), "it joined the record that is kept");
    assert_eq!(app.read(probite::journal::store::first_break), None);
}
