//! Contract committees: a verdict for each person, never why; both sides know that it was asked.

use actix_web::http::Method;
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use probite::companies::store as companies;
use probite::db::DbConn;
use probite::db::schema::{clearance_lines, clearance_reasons, clearances, events, persons};
use probite::db::search::fold;
use probite::declarations::store as declarations;
use serde_json::{Value, json};

use crate::contracts::files::{Folder, package, release, takes_in};
use crate::support::browser::{Browser, Page};
use crate::support::measures::wish;
use crate::support::ministry::{BOREAL, NORDIK};
use crate::support::{TestApp, answers, say};

const NEW: &str = "/verifications/nouvelle";

/// A tie that goes on.
fn tie(company: Value) -> Value {
    answers::changed(
        answers::interest(),
        json!({ "ties": ["shareholding"], "period": "current", "until": null, "company": company }),
    )
}

fn nordik() -> Value {
    json!({ "name": NORDIK.0, "neq": NORDIK.1 })
}

fn gift(cents: i64) -> Value {
    answers::changed(answers::gift(), json!({ "value_cents": cents }))
}

/// Says that they have nothing to declare.
fn nothing(app: &TestApp, name: &str) {
    app.files(name, "interest_declaration", json!({ "type": "nil" }));
}

async fn ask(browser: &Browser<'_>, roster: &str, companies: &str) -> Page {
    let form = browser.open(NEW).await.form("/nouvelle");
    let form = form.with("purpose", "Comité de sélection, lot 2").with("companies", companies).with("roster", roster);
    browser.send(&form).await
}

/// Name and verdict of each line of a sheet.
fn verdicts(page: &Page) -> Vec<(String, String)> {
    let name = |text: String| text.trim_end_matches(|c: char| c.is_ascii_digit()).trim().to_owned();
    let names = page.select_text("tbody th").into_iter().map(name);
    names.zip(page.select_text("tbody .tag")).collect()
}

async fn verdict(app: &TestApp, name: &str, companies: &str) -> String {
    let page = ask(&app.as_("aline"), &app.number(name), companies).await;
    assert_eq!(page.status, 200, "{}", page.text());
    verdicts(&page).remove(0).1
}

fn clear() -> String {
    say("clearance-verdict-clear")
}

fn declare_first() -> String {
    say("clearance-verdict-declare-first")
}

fn recuse() -> String {
    say("clearance-verdict-recuse")
}

fn leaf(app: &TestApp) -> String {
    app.read(|tx| {
        let given = events::table.filter(events::event.eq("clearance_given")).order(events::seq.desc());
        Ok(given.select(events::leaf).first(tx.conn)?)
    })
}

fn sheets(app: &TestApp) -> i64 {
    app.read(|tx| Ok(clearances::table.count().get_result(tx.conn)?))
}

/// What somebody with the password of the database could try.
fn execute(app: &TestApp, sql: &str) -> probite::error::Result<()> {
    let sql = sql.to_owned();
    app.app.write_here(move |tx| {
        match tx.conn {
            DbConn::Sqlite(conn) => conn.batch_execute(&sql)?,
            DbConn::Postgres(conn) => conn.batch_execute(&sql)?,
        }
        Ok(())
    })
}

async fn get(browser: &Browser<'_>, path: &str) -> (u16, Value) {
    let page = browser.request(Method::GET, path, &[("sec-fetch-site", "same-origin")], None).await;
    (page.status, serde_json::from_str(&page.html).unwrap_or(Value::Null))
}

#[actix_web::test]
async fn the_contract_monitor_receives_a_verdict_for_each_person_and_what_to_do_next() {
    let app = TestApp::new().await;
    app.files("camille", "interest_declaration", tie(nordik()));
    nothing(&app, "theo");
    let rita = app.as_("rita");
    let page = ask(&rita, "- Camille Gagnon\nSimard, Théo\n100014\n\n", "nordik infonuagique inc.").await;
    assert_eq!((page.status, page.flash()), (200, say("flash-clearance")), "{}", page.text());
    assert_eq!(page.path, "/verifications/VER-2026-000001");
    let told: Vec<(String, String)> =
        [("Camille Gagnon", recuse()), ("Théo Simard", clear()), ("Olivier Bergeron", declare_first())]
            .map(|(name, verdict)| (name.to_owned(), verdict))
            .to_vec();
    assert_eq!(verdicts(&page), told);
    assert!(page.says(&say("clearance-next-recuse")) && page.says(NORDIK.1) && page.says(&say("clearance-intact")));
    assert!(!page.has_form("/motifs") && !page.says(&say("clearance-see-reasons")));
    // The list, and the sheets of others: each requester reads their own, the ethics officer all.
    assert!(rita.open("/verifications").await.says("VER-2026-000001"));
    let aline = app.as_("aline");
    let own = ask(&aline, "100009", NORDIK.1).await;
    assert_eq!(own.path, "/verifications/VER-2026-000002");
    assert!(aline.open("/verifications").await.says("VER-2026-000001"));
    assert!(!rita.open("/verifications").await.says("VER-2026-000002"));
    let (hidden, absent) =
        (rita.open("/verifications/VER-2026-000002").await, rita.open("/verifications/VER-2026-999999").await);
    assert_eq!((hidden.status, hidden.text()), (404, absent.text()));
    assert_eq!(rita.open("/verifications/VER-2026-000002/feuille.csv").await.status, 404);
    for name in ["camille", "rosalie", "audrey", "solange", "serge"] {
        assert_eq!(app.as_(name).open("/verifications").await.status, 403, "{name}");
    }
}

/// Whatever the reason, the sheet is the same to the byte, and so is its fingerprint.
#[actix_web::test]
async fn two_reasons_give_the_same_sheet_on_the_page_in_the_file_in_the_api_and_in_the_journal() {
    let mut seen: Vec<[String; 4]> = Vec::new();
    for reason in 0..4 {
        let app = TestApp::new().await;
        nothing(&app, "camille");
        let reference = match reason {
            0 => app.files("camille", "interest_declaration", tie(nordik())),
            1 => app.files("camille", "gift_declaration", gift(6_000)),
            2 => {
                let reference = app.files("camille", "interest_declaration", answers::interest());
                app.asks_for("rosalie", &reference, "recusal", vec![wish("Se retirer des dossiers")]);
                reference
            }
            // The twin: nothing, and the sheet differs.
            _ => String::from("INT-2026-999999"),
        };
        let rita = app.as_("rita");
        let page = ask(&rita, "Camille Gagnon", NORDIK.1).await;
        assert_eq!(verdicts(&page)[0].1, if reason == 3 { clear() } else { recuse() }, "{reason}");
        let csv = rita.open(&page.link("CSV")).await;
        let (_, api) = get(&rita, "/api/v1/clearance?person=100009&neq=1171234567&purpose=Lot%202").await;
        let event: Value = serde_json::from_str(&leaf(&app)).unwrap();
        let sheet = [page.text(), csv.html.clone(), api.to_string(), event["data"].to_string()];
        for (place, text) in sheet.iter().enumerate() {
            assert!(!text.contains(&reference), "{reason} {place}: {text}");
            for words in ["interest", "withdrawal", "gifts", "interests-missing", "relation-missing"] {
                let why = say(&format!("clearance-reason-{words}"));
                assert!(!text.contains(&why) && !text.contains(&format!("\"{words}\"")), "{reason} {place}: {text}");
            }
        }
        assert_eq!(rita.open(&format!("{}/motifs", page.path)).await.status, 403);
        seen.push(sheet);
    }
    let twin = seen.pop().unwrap();
    assert!(seen.iter().all(|sheet| *sheet == seen[0]), "{seen:#?}");
    assert!((0..4).all(|place| twin[place] != seen[0][place]), "{twin:?}");
}

#[actix_web::test]
async fn gifts_above_the_policy_and_measures_of_withdrawal_count_until_they_no_longer_do() {
    let app = TestApp::new().await;
    for name in ["camille", "theo", "olivier"] {
        nothing(&app, name);
    }
    app.files("camille", "gift_declaration", gift(5_000));
    assert_eq!(verdict(&app, "camille", NORDIK.1).await, clear(), "within the limit");
    app.files("camille", "gift_declaration", gift(5_001));
    assert_eq!(verdict(&app, "camille", NORDIK.1).await, recuse());
    assert_eq!(verdict(&app, "camille", BOREAL.1).await, clear(), "of another company");
    app.files("olivier", "gift_declaration", answers::changed(gift(90_000), json!({ "direction": "offered" })));
    assert_eq!(verdict(&app, "olivier", NORDIK.1).await, clear(), "it was declined");
    // A tie that ended long ago; the measure stays until it is lifted.
    let reference = app.files("theo", "interest_declaration", answers::interest());
    assert_eq!(verdict(&app, "theo", NORDIK.1).await, clear());
    let measure = app.asks_for("rosalie", &reference, "recusal", vec![wish("Se retirer")])[0].id;
    assert_eq!(verdict(&app, "theo", NORDIK.1).await, recuse());
    app.lifts("aline", measure).unwrap();
    assert_eq!(verdict(&app, "theo", NORDIK.1).await, clear());
}

#[actix_web::test]
async fn a_meeting_at_a_showcase_that_is_not_declared_is_declared_first() {
    let app = TestApp::new().await;
    nothing(&app, "camille");
    let reference = app.holds("nadia", &["camille"]);
    let (showcase, camille, company) = (app.showcase(&reference).id, app.id("camille"), app.company(NORDIK.1));
    let key = app.drafts("camille", "business_relation", answers::relation());
    let kept = key.clone();
    app.write(move |tx| {
        // Whether the presence prepared one already does not matter here.
        let known = probite::programme::store::drafted(tx, showcase, camille)?;
        if known.contains(&company) {
            return Ok(());
        }
        probite::programme::store::keep_draft(tx, showcase, camille, company, &kept)
    });
    assert_eq!(verdict(&app, "camille", NORDIK.1).await, declare_first());
}

#[actix_web::test]
async fn what_is_sealed_and_what_is_a_draft_are_never_used() {
    let app = TestApp::new().await;
    app.is_altered();
    nothing(&app, "camille");
    let sealed = [
        app.files("camille", "voluntary_declaration", answers::voluntary()),
        app.files("camille", "advice_request", answers::advice()),
        app.files("theo", "concern_report", answers::concern()),
    ];
    // Even if one said that it is about the company.
    let company = app.company(NORDIK.1);
    let ids: Vec<i64> = sealed.iter().map(|reference| app.row(reference).id).collect();
    let about = ids.clone();
    app.write(move |tx| {
        use probite::db::schema::declarations::dsl;
        diesel::update(dsl::declarations.filter(dsl::id.eq_any(about)))
            .set((dsl::company_id.eq(company), dsl::kind.eq("interest_declaration")))
            .execute(tx.conn)?;
        Ok(())
    });
    app.drafts("camille", "interest_declaration", tie(nordik()));
    assert_eq!(verdict(&app, "camille", NORDIK.1).await, clear());
    let read: Vec<i64> = app.read(|tx| {
        use probite::db::schema::access_log;
        let checked = access_log::table.filter(access_log::action.eq("clearance"));
        Ok(checked.select(access_log::declaration_id.assume_not_null()).load(tx.conn)?)
    });
    assert!(!read.is_empty() && ids.iter().all(|id| !read.contains(id)), "{read:?} {ids:?}");
    // The twin: the same answers, declared.
    app.files("camille", "interest_declaration", tie(nordik()));
    assert_eq!(verdict(&app, "camille", NORDIK.1).await, recuse());
}

#[actix_web::test]
async fn the_ties_with_a_company_merged_into_another_are_found() {
    let app = TestApp::new().await;
    nothing(&app, "camille");
    let double = app.write(|tx| Ok(companies::add(tx, None, "Nordik Nuage", None, Some("Donné de mémoire"))?.id));
    app.files("camille", "interest_declaration", tie(json!({ "company_id": double, "name": "Nordik Nuage" })));
    assert_eq!(verdict(&app, "camille", NORDIK.1).await, clear(), "two companies");
    let kept = app.company(NORDIK.1);
    app.does("aline", move |tx, actor| probite::companies::actions::merge(tx, actor, kept, double)).unwrap();
    assert_eq!(verdict(&app, "camille", NORDIK.1).await, recuse());
    assert_eq!(verdict(&app, "camille", "Nordik Nuage").await, recuse(), "by the name of the duplicate");
}

/// Whoever is tied to a parent is tied to its subsidiary that bids, once the ethics officer said that they are one group.
#[actix_web::test]
async fn the_ties_with_another_company_of_a_group_are_found() {
    let app = TestApp::new().await;
    for name in ["camille", "theo"] {
        nothing(&app, name);
    }
    let (nordik_id, boreal_id) = (app.company(NORDIK.1), app.company(BOREAL.1));
    app.files("camille", "interest_declaration", tie(nordik()));
    assert_eq!(verdict(&app, "camille", BOREAL.1).await, clear(), "two companies");
    app.does("aline", move |tx, actor| probite::companies::groups::join(tx, actor, boreal_id, nordik_id)).unwrap();
    assert_eq!(verdict(&app, "camille", BOREAL.1).await, recuse(), "a subsidiary of the company of her tie");
    assert_eq!(verdict(&app, "camille", NORDIK.1).await, recuse());
    assert_eq!(verdict(&app, "theo", BOREAL.1).await, clear(), "nothing is declared with either");
    // Gifts of a group add up as those of one donor.
    app.files("theo", "gift_declaration", gift(4_000));
    let other = answers::changed(gift(4_000), json!({ "company": { "name": BOREAL.0, "neq": BOREAL.1 } }));
    app.files("theo", "gift_declaration", other.clone());
    assert_eq!(verdict(&app, "theo", BOREAL.1).await, clear(), "eighty dollars");
    app.files("theo", "gift_declaration", other);
    assert_eq!(verdict(&app, "theo", BOREAL.1).await, recuse(), "a hundred and twenty");
    app.does("aline", move |tx, actor| probite::companies::groups::leave(tx, actor, boreal_id)).unwrap();
    assert_eq!(verdict(&app, "camille", BOREAL.1).await, clear());
}

#[actix_web::test]
async fn a_contract_on_file_gives_its_companies() {
    let app = TestApp::new().await;
    app.files("camille", "interest_declaration", tie(nordik()));
    let folder = Folder::new();
    takes_in(&app, &folder.put("hebdo.json", package(&[release(100, "2026-03-01")])));
    let rita = app.as_("rita");
    let form = rita.open(NEW).await.form("/nouvelle").with("purpose", "Suivi").with("roster", "100009");
    let page = rita.send(&form.clone().with("contract", "C-100")).await;
    assert_eq!(verdicts(&page)[0].1, recuse(), "{}", page.text());
    assert!(page.says("C-100") && page.says(NORDIK.1));
    let page = rita.send(&form.clone().with("contract", "C-999")).await;
    assert_eq!((page.status, page.errors().len()), (422, 1), "{}", page.text());
    assert!(page.errors()[0].contains("C-999"));
    let page = rita.send(&form).await;
    assert_eq!((page.status, page.errors()), (422, vec![say("error-clearance-about")]));
}

#[actix_web::test]
async fn lines_in_doubt_come_back_with_what_they_perhaps_mean_and_nothing_is_lost() {
    let app = TestApp::new().await;
    let olivier = app.id("olivier");
    app.write(move |tx| {
        diesel::update(persons::table.find(olivier))
            .set((
                persons::given_name.eq("Théo"),
                persons::family_name.eq("Simard"),
                persons::folded.eq(fold("Théo Simard")),
            ))
            .execute(tx.conn)?;
        Ok(())
    });
    let rita = app.as_("rita");
    let (roster, firms) = ("Camile Ganon\nThéo Simard\nPierre Doyon\nRosalie Tremblay", "Nordik\nInconnue inc.");
    let page = ask(&rita, roster, firms).await;
    assert_eq!(page.status, 422, "{}", page.text());
    let form = page.form("/nouvelle");
    assert_eq!(form.value("roster").map(str::trim), Some(roster));
    assert_eq!(form.value("companies").map(str::trim), Some(firms));
    assert_eq!(form.value("purpose"), Some("Comité de sélection, lot 2"));
    let told = page.errors();
    assert_eq!(told.len(), 5, "{told:?}");
    for (place, typed) in ["Nordik", "Inconnue inc.", "Camile Ganon", "Théo Simard", "Pierre Doyon"].iter().enumerate()
    {
        assert!(told[place].contains(typed), "{told:?}");
    }
    for proposed in ["100009, Camille Gagnon", "100010, Théo Simard", "100014, Théo Simard", "1171234567, Nordik"] {
        assert!(page.says(proposed), "{proposed}: {}", page.text());
    }
    assert!(!told.iter().any(|error| error.contains("Rosalie")), "she is known");
    assert_eq!((sheets(&app), app.access_log().len()), (0, 0), "nothing was looked at");
    // Nothing typed at all, and too many.
    let page = rita.post(NEW, &[("purpose", " "), ("contract", ""), ("companies", ""), ("roster", "")]).await;
    let all = ["error-clearance-purpose", "error-clearance-about", "error-clearance-roster"].map(say);
    assert_eq!(page.errors(), all);
    let many = (0..40).map(|n| format!("10{n:04}")).collect::<Vec<_>>().join("\n");
    let page = ask(&rita, &many, NORDIK.1).await;
    assert!(page.status == 422 && page.errors()[0].contains("30"), "{:?}", page.errors());
    let put_right = ask(&rita, "100009\n100010\nRosalie Tremblay", NORDIK.1).await;
    assert_eq!(verdicts(&put_right).len(), 3, "{}", put_right.text());
}

#[actix_web::test]
async fn both_sides_know_and_the_reasons_are_for_the_ethics_officer() {
    let app = TestApp::new().await;
    let reference = app.files("camille", "interest_declaration", tie(nordik()));
    nothing(&app, "theo");
    let page = ask(&app.as_("rita"), "Camille Gagnon\nThéo Simard", NORDIK.1).await;
    assert_eq!(app.access_log().iter().filter(|row| **row == ("rita", "clearance".into(), true)).count(), 2);
    let event: Value = serde_json::from_str(&leaf(&app)).unwrap();
    assert_eq!(event["data"]["people"], json!([app.id("camille"), app.id("theo")]));
    assert_eq!(event["actor"], json!(app.id("rita")));
    // Everybody reads of themselves, and of nobody else; never which companies.
    let camille = app.as_("camille");
    let own = camille.open(&camille.open("/mes-declarations").await.link(&say("clearance-mine-title"))).await;
    assert!(
        own.says("Rita Gauthier") && own.says("Comité de sélection, lot 2") && own.says(&recuse()),
        "{}",
        own.text()
    );
    assert!(!own.says("Nordik") && !own.says("Théo") && !own.html.contains(&reference), "{}", own.text());
    let theo = app.as_("theo").open("/mes-declarations/verifications").await;
    assert!(theo.says(&clear()) && !theo.says(&recuse()) && !theo.says("Camille"), "{}", theo.text());
    let olivier = app.as_("olivier").open("/mes-declarations/verifications").await;
    assert!(olivier.says(&say("clearance-mine-none")));
    // Why: through its own door, and each declaration through the second one.
    let path = format!("{}/motifs", page.path);
    let (aline, marc) = (app.as_("aline"), app.as_("marc"));
    let reasons = aline.open(&path).await;
    assert!(reasons.says(&say("clearance-reason-interest")) && reasons.html.contains(&reference), "{}", reasons.text());
    assert!(app.access_log().contains(&("aline", "clearance_reasons".into(), true)));
    let (id, barred) = (app.row(&reference).id, app.id("marc"));
    app.write(move |tx| declarations::bar(tx, id, &[barred]));
    let reasons = marc.open(&path).await;
    assert_eq!(reasons.status, 200);
    assert!(!reasons.html.contains(&reference) && !reasons.says(&say("clearance-reason-interest")), "he is barred");
    for name in ["rita", "audrey", "camille", "victor"] {
        assert_eq!(app.as_(name).open(&path).await.status, 403, "{name}");
    }
}

#[actix_web::test]
async fn whoever_asks_too_often_or_again_about_the_same_person_is_refused_until_tomorrow() {
    let app = TestApp::with(|config| {
        config.clearance.sheets_a_day = 3;
        config.clearance.same_person_a_day = 2;
    })
    .await;
    let rita = app.as_("rita");
    for firm in [NORDIK.1, BOREAL.1] {
        assert_eq!(ask(&rita, "Camille Gagnon", firm).await.status, 200);
    }
    let page = ask(&rita, "Camille Gagnon\nThéo Simard", NORDIK.1).await;
    assert_eq!((page.status, page.errors()), (429, vec![say("error-clearance-limit")]));
    assert_eq!(page.form("/nouvelle").value("roster").map(str::trim), Some("Camille Gagnon\nThéo Simard"));
    assert_eq!(app.access_log().last(), Some(&("rita", "clearance".into(), false)));
    assert_eq!(ask(&rita, "Théo Simard", NORDIK.1).await.status, 200, "somebody else");
    let body = json!({ "purpose": "Encore", "people": ["100014"], "companies": [NORDIK.1] }).to_string().into_bytes();
    let headers = [("sec-fetch-site", "same-origin")];
    let call = rita.request(Method::POST, "/api/v1/clearance", &headers, Some(("application/json", body))).await;
    assert_eq!(call.status, 429, "a fourth sheet: {}", call.html);
    assert!(call.header("retry-after").and_then(|wait| wait.parse::<u64>().ok()).is_some_and(|wait| wait > 3_600));
    assert_eq!(sheets(&app), 3);
    assert_eq!(ask(&app.as_("aline"), "Camille Gagnon", NORDIK.1).await.status, 200, "another requester");
    app.clock.advance_business_days(1);
    assert_eq!(ask(&app.as_("rita"), "Camille Gagnon", NORDIK.1).await.status, 200, "the next day");
}

#[actix_web::test]
async fn a_sheet_cannot_be_changed_and_one_that_was_is_found() {
    let app = TestApp::new().await;
    let rita = app.as_("rita");
    let page = ask(&rita, "Camille Gagnon", NORDIK.1).await;
    let twin = ask(&rita, "Théo Simard", NORDIK.1).await;
    let changes =
        ["UPDATE clearance_lines SET verdict = 'clear' WHERE clearance_id = 1", "DELETE FROM clearances WHERE id = 1"];
    for change in changes {
        assert!(execute(&app, change).is_err(), "{change}");
    }
    let off = if app.app.db.is_postgres() {
        [
            "DROP TRIGGER clearance_lines_append_only ON clearance_lines",
            "DROP TRIGGER clearances_append_only ON clearances",
        ]
    } else {
        ["DROP TRIGGER clearance_lines_no_update", "DROP TRIGGER clearances_no_update"]
    };
    for one in off {
        execute(&app, one).unwrap();
    }
    app.write(|tx| {
        let first: i64 = clearances::table.order(clearances::id.asc()).select(clearances::id).first(tx.conn)?;
        diesel::update(clearance_lines::table.filter(clearance_lines::clearance_id.eq(first)))
            .set(clearance_lines::verdict.eq("recuse"))
            .execute(tx.conn)?;
        Ok(())
    });
    let changed = rita.open(&page.path).await;
    assert!(
        changed.says(&say("clearance-changed-title")) && !changed.says(&say("clearance-intact")),
        "{}",
        changed.text()
    );
    // Whoever also writes the fingerprint again is found by the journal.
    let number = page.path.rsplit('/').next().unwrap().to_owned();
    app.write(move |tx| {
        let row = probite::clearance::store::find(tx, &number)?;
        let fingerprint = probite::clearance::store::sheet(tx, &row)?.fingerprint()?;
        diesel::update(clearances::table.find(row.id)).set(clearances::fingerprint.eq(fingerprint)).execute(tx.conn)?;
        Ok(())
    });
    assert!(rita.open(&page.path).await.says(&say("clearance-changed-title")));
    // The twin: a sheet that nobody touched.
    let untouched = rita.open(&twin.path).await;
    assert!(untouched.says(&say("clearance-intact")) && !untouched.says(&say("clearance-changed-title")));
    assert_eq!(app.read(probite::journal::store::first_break), None);
}

#[actix_web::test]
async fn programs_ask_as_people_do_and_the_description_says_how() {
    let app = TestApp::new().await;
    app.files("camille", "interest_declaration", tie(nordik()));
    let rita = app.as_("rita");
    let (status, sheet) = get(&rita, "/api/v1/clearance?person=Camille%20Gagnon&neq=1171234567&purpose=Lot%202").await;
    assert_eq!((status, &sheet["people"][0]["verdict"]), (200, &json!("recuse")), "{sheet}");
    assert_eq!(sheet["number"], "VER-2026-000001");
    let kept: (String, i64) = app.read(|tx| {
        let reasons = clearance_reasons::table.count().get_result(tx.conn)?;
        Ok((clearances::table.select(clearances::fingerprint).first(tx.conn)?, reasons))
    });
    assert_eq!((sheet["fingerprint"].as_str(), kept.1), (Some(kept.0.as_str()), 1));
    assert!(app.as_("camille").open("/mes-declarations/verifications").await.says("VER-2026-000001"));
    for (path, status, field) in [
        ("/api/v1/clearance?person=100009&neq=1171234567", 400, "purpose"),
        ("/api/v1/clearance?neq=1171234567&purpose=Lot", 400, "person"),
        ("/api/v1/clearance?person=Inconnue%20Personne&neq=1171234567&purpose=Lot", 422, "person"),
        ("/api/v1/clearance?person=100009&neq=Inconnue&purpose=Lot", 422, "neq"),
        ("/api/v1/clearance?person=100009&contract=C-9&purpose=Lot", 422, "contract"),
        ("/api/v1/clearance?person=100009&neq=1171234567&purpose=Lot&why=1", 400, "why"),
    ] {
        let (got, problem) = get(&rita, path).await;
        assert_eq!(got, status, "{path}: {problem}");
        assert!(problem.to_string().contains(&format!("\"{field}\"")), "{path}: {problem}");
    }
    assert_eq!(get(&app.as_("camille"), "/api/v1/clearance?person=100009&neq=1&purpose=x").await.0, 403);
    let body = json!({ "purpose": "Lot 2", "people": ["100009", "100010"], "companies": [NORDIK.1] });
    let headers = [("sec-fetch-site", "same-origin"), ("idempotency-key", "lot-2-comite")];
    let mut answers = Vec::new();
    for _ in 0..2 {
        let body = Some(("application/json", body.to_string().into_bytes()));
        let call = rita.request(Method::POST, "/api/v1/clearance", &headers, body).await;
        assert_eq!(call.status, 200, "{}", call.html);
        answers.push(call.html);
    }
    assert_eq!((answers[0].clone(), sheets(&app)), (answers[1].clone(), 2), "once per key");
    let (_, document) = get(&rita, "/api/openapi.json").await;
    let path = &document["paths"]["/api/v1/clearance"];
    assert_eq!(
        (&path["get"]["operationId"], &path["post"]["operationId"]),
        (&json!("checkPerson"), &json!("checkRoster"))
    );
    assert!(document["components"]["schemas"]["ClearanceSheet"]["properties"]["fingerprint"].is_object());
}

#[actix_web::test]
async fn a_purpose_that_a_spreadsheet_would_run_is_harmless_in_the_file() {
    let app = TestApp::new().await;
    let rita = app.as_("rita");
    let form = rita.open(NEW).await.form("/nouvelle");
    let form = form.with("purpose", "=HYPERLINK(\"x\")").with("companies", NORDIK.1).with("roster", "100009");
    let page = rita.send(&form).await;
    let csv = rita.open(&page.link("CSV")).await;
    assert!(csv.html.contains("'=HYPERLINK") && !csv.html.contains(";=HYPERLINK"), "{}", csv.html);
    assert!(csv.header("content-disposition").is_some_and(|name| name.contains("VER-2026-000001.csv")));
    assert!(app.access_log().contains(&("rita", "clearance".into(), true)));
}

/// What a committee was told is proved by a file that anybody verifies with the public key alone.
#[actix_web::test]
async fn a_sheet_comes_with_the_signed_proof_of_its_fingerprint() {
    let (app, _folder, verifier) = crate::proof::signing().await;
    app.files("camille", "interest_declaration", tie(nordik()));
    let rita = app.as_("rita");
    let page = ask(&rita, &app.number("camille"), NORDIK.1).await;
    let fingerprint = page.select_text("main code").remove(0);
    let proof = rita.open(&page.link(&say("clearance-proof"))).await;
    assert_eq!(proof.status, 200);
    let (receipt, _) = probite::journal::receipt::verify(&proof.html, &verifier).unwrap();
    assert!(receipt.entries[0].leaf.contains(&fingerprint), "{}", receipt.entries[0].leaf);
    assert!(probite::journal::evidence::told(&receipt.entries[0].leaf).to_string().contains(&fingerprint));
    // Why somebody must stand back is not in it.
    assert!(!proof.html.contains("INT-2026"), "{}", proof.html);
    // Another's is not theirs, and one that was changed proves nothing.
    assert_eq!(app.as_("olivier").open("/verifications/VER-2026-000001/preuve.json").await.status, 403);
    let changed = proof.html.replace(&fingerprint, &fingerprint.replace('a', "b"));
    assert!(probite::journal::receipt::verify(&changed, &verifier).is_err());
}
