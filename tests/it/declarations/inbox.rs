//! What waits: narrowed and ordered by the address, and why a line deserves attention.

use diesel::prelude::*;
use probite::db::schema::{barred, declarations};
use probite::declarations::kind::Office;
use probite::declarations::lists::{self, Filter, InboxView, Sort};
use probite::text::Language;
use serde_json::json;

use crate::support::browser::{Page, tidy};
use crate::support::ministry::BOREAL;
use crate::support::{TestApp, answers, say};

/// Which of these files are on a page, in its order.
fn shown<'s>(page: &Page, slugs: &[&'s str]) -> Vec<&'s str> {
    let mut found: Vec<(usize, &str)> = slugs.iter().filter_map(|slug| Some((page.html.find(*slug)?, *slug))).collect();
    found.sort_unstable();
    found.into_iter().map(|(_, slug)| slug).collect()
}

#[actix_web::test]
async fn what_waits_is_narrowed_to_a_unit_and_to_a_company() {
    let app = TestApp::new().await;
    let boreal = json!({ "company": { "name": BOREAL.0, "neq": BOREAL.1 } });
    let near = app.files("camille", "interest_declaration", answers::referred("interest_declaration"));
    let far =
        app.files("olivier", "business_relation", answers::changed(answers::referred("business_relation"), boreal));
    assert_eq!([&near, &far].map(|slug| app.holder(slug)), ["ethics_officer", "ethics_officer"]);
    let both = [near.as_str(), far.as_str()];
    let aline = app.as_("aline");
    let inbox = "/a-traiter?vue=a-decider&bureau=ethics_officer";
    assert_eq!(shown(&aline.open(inbox).await, &both).len(), 2);
    let unit = app.row(&far).unit_id;
    for (query, wanted) in [
        (format!("unite={unit}"), vec![far.as_str()]),
        (format!("unite={}", app.row(&near).unit_id), vec![near.as_str()]),
        ("entreprise=boreal".to_owned(), vec![far.as_str()]),
        (format!("entreprise={}", BOREAL.1), vec![far.as_str()]),
        ("entreprise=introuvable".to_owned(), Vec::new()),
        (format!("entreprise=nordik&unite={unit}"), Vec::new()),
        (format!("type=business_relation&unite={unit}&entreprise=boreal"), vec![far.as_str()]),
    ] {
        let page = aline.open(&format!("{inbox}&{query}")).await;
        assert_eq!((page.status, shown(&page, &both)), (200, wanted), "{query}: {}", page.text());
    }
    // Nothing that the filters let through is not nothing to do.
    let none = aline.open(&format!("{inbox}&entreprise=introuvable")).await;
    assert!(none.says("Aucun dossier ne correspond aux filtres") && !none.says("Rien à traiter"), "{}", none.text());
    assert_eq!(shown(&aline.open(&none.link("Retirer les filtres")).await, &both).len(), 2);
    let rosalie = app.as_("rosalie").open("/a-traiter").await;
    assert!(rosalie.says("Rien à traiter") && !rosalie.says("Retirer les filtres"), "the twin: {}", rosalie.text());
    // The filter offers what may be there, and not what another office alone receives.
    let offered = |page: &Page| page.select_text("#type option");
    let kinds = offered(&aline.open(inbox).await);
    assert!(kinds.contains(&"Déclaration d’intérêts".to_owned()), "{kinds:?}");
    assert!(!kinds.contains(&"Avis au Secrétariat général (RARC)".to_owned()), "{kinds:?}");
    // Each filter is told, and taken away alone.
    let page = aline.open(&format!("{inbox}&unite={unit}&entreprise=boreal")).await;
    assert_eq!(page.select_text(".chip").len(), 2, "{}", page.text());
    let wider = aline.open(&page.link("Entreprise : boreal")).await;
    assert_eq!(shown(&wider, &both), [far.as_str()]);
    assert!(!wider.path.contains("entreprise") && wider.path.contains(&format!("unite={unit}")), "{}", wider.path);
    // A view, an office and an order keep them.
    assert!(
        page.link("En retard").contains("entreprise=boreal") && page.link("Échéance").contains("entreprise=boreal")
    );
    for (query, field) in [("type=cadeau", "type"), ("unite=999999", "unite"), ("entreprise=z", "entreprise")] {
        let page = aline.open(&format!("{inbox}&{query}")).await;
        assert_eq!((page.status, page.errors().len()), (422, 1), "{query}: {}", page.text());
        assert_eq!(page.attribute(&format!("#{field}"), "aria-invalid").as_deref(), Some("true"), "{query}");
        assert!(shown(&page, &both).is_empty(), "{query}");
    }
}

#[actix_web::test]
async fn what_waits_is_ordered_by_the_heads_of_its_columns() {
    let app = TestApp::new().await;
    let older = app.files_gift("camille");
    app.clock.advance_business_days(2);
    let newer = app.files_gift("theo");
    let (up, down) = (vec![older.as_str(), newer.as_str()], vec![newer.as_str(), older.as_str()]);
    let rosalie = app.as_("rosalie");
    let mut page = rosalie.open("/a-traiter").await;
    for (head, wanted, order) in [
        ("", &up, "ascending"),
        ("Échéance", &down, "descending"),
        ("Échéance", &up, "ascending"),
        ("Depuis", &up, "descending"),
        ("Depuis", &down, "ascending"),
    ] {
        if !head.is_empty() {
            page = rosalie.open(&page.link(head)).await;
        }
        assert_eq!(&shown(&page, &up), wanted, "{head} {order}: {}", page.text());
        let told: Vec<String> = page.select_text("thead th[aria-sort]");
        assert_eq!(told.len(), 1, "{told:?}");
        assert!(head.is_empty() || told == [head], "{told:?}");
        assert_eq!(page.attribute("thead th[aria-sort]", "aria-sort").as_deref(), Some(order), "{head}");
    }
    // Filtering keeps the order.
    assert_eq!(page.form("/a-traiter").value("tri"), Some("age"));
    // Line after line, nothing is left out nor told twice, whether or not a file has a day of answer and somebody who has it.
    app.files("camille", "gift_declaration", answers::declined_gift());
    app.decides("rosalie", &older, "accept").unwrap();
    app.withdraws("theo", &newer).unwrap();
    let actor = app.actor("rosalie");
    for sort in [Sort::Due, Sort::DueLast, Sort::Age, Sort::Oldest] {
        let filter = Filter { sort: Some(sort), ..Filter::default() };
        let of = |after: Option<&lists::Cursor>, size: i64| {
            app.read(|tx| lists::inbox(tx, &actor, None, InboxView::Equipe, &filter, after, size))
        };
        let whole: Vec<i64> = of(None, 50).rows.iter().map(|row| row.id).collect();
        assert_eq!(whole.len(), 3, "{sort:?}");
        let (mut each, mut after) = (Vec::new(), None);
        loop {
            let page = of(after.as_ref(), 1);
            each.extend(page.rows.iter().map(|row| row.id));
            after = page.next;
            if after.is_none() {
                break;
            }
            assert!(each.len() < 9, "{sort:?} never ends: {each:?}");
        }
        assert_eq!(each, whole, "{sort:?}");
    }
}

/// What the tabs say to decide, late and awaiting an answer, each seen to be as many as its view lists.
fn counted(app: &TestApp, name: &str, office: Option<Office>) -> [i64; 3] {
    let actor = app.actor(name);
    app.read(|tx| {
        let counts = lists::counts(tx, &actor, office)?;
        let mut said = [0; 3];
        for (said, view) in said.iter_mut().zip([InboxView::ADecider, InboxView::EnRetard, InboxView::AttendReponse]) {
            let listed = lists::inbox(tx, &actor, office, view, &Filter::default(), None, 50)?.rows.len();
            *said = counts.iter().find(|(counted, _)| *counted == view).unwrap().1;
            assert_eq!(*said, i64::try_from(listed).unwrap(), "{name} {office:?} {view:?}");
        }
        Ok(said)
    })
}

#[actix_web::test]
async fn tabs_say_how_many_files_wait_and_no_more_than_the_reader_may_list() {
    let app = TestApp::new().await;
    app.is_altered();
    let (asked, referred) = (app.files_gift("camille"), app.files_gift("theo"));
    app.files("camille", "event_request", answers::event());
    app.asks("rosalie", &asked, "Qui l’a offert?").unwrap();
    app.refers("rosalie", &referred).unwrap();
    let ethics = Some(Office::EthicsOfficer);
    assert_eq!(counted(&app, "rosalie", None), [1, 0, 1]);
    assert_eq!((counted(&app, "aline", None), counted(&app, "aline", ethics)), ([0; 3], [1, 0, 0]));
    let rosalie = app.as_("rosalie");
    let page = rosalie.open("/a-traiter").await;
    for tab in ["À décider (1)", "En attente d’une réponse (1)"] {
        page.link(tab);
    }
    assert!(!page.says("En retard ("), "nothing is late yet: {}", page.text());
    // What waits is as much when the list is narrowed, and when the address means nothing.
    for query in ["type=event_request", "type=inconnu"] {
        rosalie.open(&format!("/a-traiter?{query}")).await.link("À décider (1)");
    }
    app.clock.advance_business_days(40);
    let late = counted(&app, "rosalie", None)[1];
    assert!(late > 0);
    app.as_("rosalie").open("/a-traiter").await.link(&format!("En retard ({late})"));
    // The office reads the file; somebody barred from it does not count it, nor does whoever it is about.
    let id = app.row(&referred).id;
    assert_eq!((counted(&app, "aline", ethics), counted(&app, "marc", ethics)), ([1, 1, 0], [1, 1, 0]));
    let marc = app.id("marc");
    app.write(move |tx| {
        diesel::insert_into(barred::table)
            .values((barred::declaration_id.eq(id), barred::person_id.eq(marc)))
            .execute(tx.conn)?;
        Ok(())
    });
    assert_eq!((counted(&app, "aline", ethics), counted(&app, "marc", ethics)), ([1, 1, 0], [0; 3]));
    let aline = app.id("aline");
    app.write(move |tx| {
        diesel::update(declarations::table.find(id)).set(declarations::declarant_id.eq(aline)).execute(tx.conn)?;
        Ok(())
    });
    assert_eq!(counted(&app, "aline", ethics), [0; 3]);
}

#[actix_web::test]
async fn a_line_says_why_it_is_flagged_and_in_a_team_who_has_the_file() {
    let app = TestApp::new().await;
    let plain = app.files_gift("camille");
    let dear = answers::changed(answers::gift(), json!({ "value_cents": 9000 }));
    let flagged = app.files("theo", "gift_declaration", dear);
    let rosalie = app.as_("rosalie");
    let row_of = |page: &Page, slug: &str| {
        page.select_text("tbody tr").into_iter().find(|row| row.contains(slug)).unwrap_or_else(|| panic!("no {slug}"))
    };
    let mut findings = app.row(&flagged).findings().unwrap();
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    let why = tidy(findings[0].say.get(Language::Fr));
    let page = rosalie.open("/a-traiter").await;
    assert!(row_of(&page, &flagged).contains(&why), "{}: {why}", row_of(&page, &flagged));
    assert!(!row_of(&page, &plain).contains(&why), "the twin");
    assert!(!page.select_text("thead th").contains(&"Chez".to_owned()), "all of it is hers");
    app.refers("rosalie", &plain).unwrap();
    let team = rosalie.open("/a-traiter?vue=equipe").await;
    assert!(row_of(&team, &flagged).contains("Rosalie Tremblay"), "{}", row_of(&team, &flagged));
    assert!(row_of(&team, &plain).contains("responsable de l’éthique"), "{}", row_of(&team, &plain));
}

#[actix_web::test]
async fn my_declarations_are_narrowed_to_any_state_they_can_have() {
    let app = TestApp::new().await;
    let referred = app.files_gift("camille");
    app.refers("rosalie", &referred).unwrap();
    let withdrawn = app.files_gift("camille");
    app.withdraws("camille", &withdrawn).unwrap();
    let camille = app.as_("camille");
    let all = camille.open("/mes-declarations").await;
    for (label, wanted) in [("À l’éthique", &referred), ("Retirée", &withdrawn)] {
        let page = camille.open(&all.link(label)).await;
        assert_eq!(shown(&page, &[&referred, &withdrawn]), [wanted.as_str()], "{label}: {}", page.text());
    }
}

#[actix_web::test]
async fn a_view_of_what_waits_is_saved_under_a_name_as_one_of_the_register_is() {
    let app = TestApp::new().await;
    let near = app.files("camille", "interest_declaration", answers::referred("interest_declaration"));
    let boreal = json!({ "company": { "name": BOREAL.0, "neq": BOREAL.1 } });
    let far =
        app.files("olivier", "business_relation", answers::changed(answers::referred("business_relation"), boreal));
    let both = [near.as_str(), far.as_str()];
    let aline = app.as_("aline");
    let usual = aline.open("/a-traiter?bureau=ethics_officer").await;
    assert!(!usual.has_form("/a-traiter/vues"), "nothing to save");
    let page = aline.open("/a-traiter?bureau=ethics_officer&entreprise=boreal&tri=-echeance").await;
    let unnamed = aline.send(&page.form("/a-traiter/vues")).await;
    assert_eq!(unnamed.flash(), say("flash-view-needs-name").replace('\u{a0}', " "));
    let page = aline.send(&page.form("/a-traiter/vues").with("name", "Boréal d’abord")).await;
    assert_eq!((page.flash(), shown(&page, &both)), (say("flash-view-saved"), vec![far.as_str()]));
    let page = aline.open(&aline.open("/a-traiter").await.link("Boréal d’abord")).await;
    assert_eq!(shown(&page, &both), [far.as_str()], "{}", page.text());
    assert_eq!(page.form("/a-traiter").value("tri"), Some("-echeance"));
    // Hers, of this page alone: neither the register nor anybody else has it.
    assert!(!aline.open("/registre").await.says("Boréal d’abord"));
    let marc = app.as_("marc");
    assert!(!marc.open("/a-traiter").await.says("Boréal d’abord"));
    let remove = page.form("/suppression");
    assert_eq!(marc.post_only(&remove.action, &[]).await.status, 404);
    let elsewhere = remove.action.replace("/a-traiter/", "/registre/");
    assert_eq!(aline.post_only(&elsewhere, &[]).await.status, 404, "each page takes its own away");
    let page = aline.send(&remove).await;
    assert_eq!(page.flash(), say("flash-view-removed"));
    assert!(!page.says("Boréal d’abord") && page.path.starts_with("/a-traiter"));
}
