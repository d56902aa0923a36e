//! Transfers, departures and reorganisations: open files move at once, and whoever leaves knows what to settle.

use diesel::prelude::*;
use probite::access::Role;
use probite::db::schema::{events, roles as role_rows};
use probite::declarations::workflow::State;
use probite::people::{roles, sessions};
use probite::programme::feed;
use probite::text::Language;

use crate::contracts::files::{Folder, package, release, takes_in, with};
use crate::support::{TestApp, answers, say};

#[actix_web::test]
async fn a_departure_moves_what_the_person_had_for_themselves_and_for_others() {
    let app = TestApp::new().await;
    // Nadia has her own team's file, one in Rosalie's place, and one given to her.
    app.is_away("rosalie", 30, Some("nadia"), "rosalie").unwrap();
    let (own, held, given) = (app.files_gift("olivier"), app.files_gift("camille"), app.files_gift("serge"));
    app.gives_to("aline", &given, "nadia").unwrap();
    app.asks("nadia", &held, "Quand?").unwrap();
    for reference in [&own, &held, &given] {
        assert_eq!(app.holder(reference), "nadia");
    }
    let (nadia, helene) = (app.number("nadia"), app.number("helene"));
    let moved = app.reimports(|lines| {
        lines.retain(|line| line.number != nadia);
        for line in lines.iter_mut().filter(|line| line.supervisor == nadia) {
            line.supervisor = helene.clone();
        }
    });
    assert_eq!(moved, 3);
    // Her team's goes to the new supervisor; Rosalie's up Camille's line, in her place; Serge's back to his.
    assert_eq!(
        (app.holder(&own), app.holder(&held), app.holder(&given)),
        ("helene".into(), "denis".into(), "denis".into())
    );
    assert_eq!(app.row(&held).held_for_id, Some(app.id("rosalie")));
    assert_eq!(app.state(&held), State::InfoRequested, "the question stays open, its answer goes to Denis");
    app.answers("camille", &held, "Vendredi.").unwrap();
    assert_eq!(app.letters_to("denis").last().unwrap().letter, "answered");
    let page = app.as_("denis").open(&format!("/d/{held}")).await;
    assert!(page.says(&say("rerouted-holder-left")), "{}", page.text());
}

#[actix_web::test]
async fn an_office_whose_holder_leaves_gives_its_files_to_the_next_at_the_import() {
    let app = TestApp::new().await;
    let kind = "interest_declaration";
    let referred = app.files("camille", kind, answers::referred(kind));
    let directed = app.files("theo", kind, answers::referred(kind));
    app.seeks_direction("aline", &directed).unwrap();
    let (aline, marc) = (app.number("aline"), app.number("marc"));
    app.reimports(|lines| lines.retain(|line| line.number != aline && line.number != marc));
    assert_eq!(app.holder(&referred), "solange");
    // The deputy minister leaves: the direction comes from outside, and the secretary general is told.
    let victor = app.number("victor");
    let before = app.letters().len();
    app.reimports(|lines| {
        lines.retain(|line| line.number != victor);
        for line in lines.iter_mut().filter(|line| line.supervisor == victor) {
            line.supervisor = String::new();
        }
    });
    app.follows_the_calendar();
    assert_eq!(app.holder(&directed), "nobody");
    assert!(app.post_since(before).contains(&"outside → solange".to_owned()), "{:?}", app.post_since(before));
}

/// Z12
#[actix_web::test]
async fn a_reorganisation_of_a_whole_team_moves_every_open_file_once() {
    let app = TestApp::new().await;
    let open: Vec<String> = ["camille", "theo", "emma"].map(|name| app.files_gift(name)).to_vec();
    let (rosalie, nadia) = (app.number("rosalie"), app.number("nadia"));
    let change = |lines: &mut Vec<crate::support::directory::Line>| {
        for line in lines.iter_mut().filter(|line| line.supervisor == rosalie) {
            line.supervisor.clone_from(&nadia);
        }
    };
    assert_eq!(app.reimports(change), 3);
    for reference in &open {
        assert_eq!(app.holder(reference), "nadia");
        assert_eq!(app.journal(reference).iter().filter(|event| *event == "rerouted").count(), 1);
    }
    assert_eq!(app.reimports(|_| {}), 0, "the same file again changes nothing");
}

#[actix_web::test]
async fn a_last_day_lists_what_to_settle_for_the_person_and_for_their_supervisor() {
    let app = TestApp::new().await;
    let relation = app.files("camille", "business_relation", answers::relation());
    let gift = app.files_gift("camille");
    app.decides("rosalie", &gift, "return").unwrap();
    let interest = app.files("camille", "interest_declaration", answers::interest());
    app.decides("rosalie", &interest, "no_conflict").unwrap();
    let kept = app.files_gift("camille");
    app.decides("rosalie", &kept, "accept").unwrap();
    let secret = app.files("camille", "business_relation", answers::about_the_supervisor("business_relation"));

    let follow = || app.write(probite::people::departures::follow);
    app.reimports_one("camille", |line| line.last_day = "2027-01-15".into());
    let before = app.letters().len();
    assert_eq!(follow(), 0, "not yet");
    app.clock.advance(chrono::TimeDelta::days(25));
    assert_eq!(follow(), 1);
    assert_eq!(app.post_since(before), ["departure → camille", "departure → rosalie"]);
    assert_eq!(follow(), 0, "once");

    let page = app.as_("camille").open("/depart").await;
    assert!(page.says("15 janvier 2027"), "{}", page.text());
    for (reference, listed) in [(&relation, true), (&gift, true), (&interest, true), (&secret, true), (&kept, false)] {
        assert_eq!(page.html.contains(reference.as_str()), listed, "{reference}");
    }
    assert!(page.says(&say("departure-after-text")));
    let number = app.number("camille");
    let rosalie = app.as_("rosalie").open(&format!("/depart/{number}")).await;
    assert!(rosalie.html.contains(&relation) && rosalie.html.contains(&gift));
    assert!(!rosalie.html.contains(&secret), "what names her does not exist for her");
    for name in ["denis", "theo", "serge"] {
        assert_eq!(app.as_(name).open(&format!("/depart/{number}")).await.status, 404, "{name}");
    }
}

#[actix_web::test]
async fn a_supervisor_who_leaves_sees_who_takes_over() {
    let app = TestApp::new().await;
    app.files_gift("camille");
    let last = app.clock.today() + chrono::TimeDelta::days(10);
    app.leaves("rosalie", last);
    let page = app.as_("rosalie").open("/depart").await;
    assert!(page.says("1 dossier attend sa décision."), "{}", page.text());
    assert!(page.says("Denis Roy prend le relais"), "{}", page.text());
}

/// Most relations are noted and closed the day they are declared: the company goes on calling.
#[actix_web::test]
async fn whoever_leaves_names_who_takes_over_with_the_companies_of_their_closed_relations() {
    let app = TestApp::new().await;
    let kind = "business_relation";
    for _ in 0..2 {
        let noted = app.files("camille", kind, answers::relation());
        app.decides("rosalie", &noted, "noted").unwrap();
        assert_eq!(app.state(&noted), State::Closed);
    }
    let hidden = app.files("camille", kind, answers::about_the_supervisor(kind));
    app.decides("denis", &hidden, "noted").unwrap();
    let page = app.as_("camille").open("/depart").await;
    assert!(page.says("Nordik Infonuagique inc., 3 relations, la dernière le 20 novembre 2026."), "{}", page.text());
    assert!(page.html.contains(&hidden) && !page.says(&say("departure-nothing")));
    let address = format!("/depart/{}", app.number("camille"));
    let rosalie = app.as_("rosalie").open(&address).await;
    assert!(rosalie.says("2 relations") && !rosalie.html.contains(&hidden), "what names her is not counted for her");

    // A year later nobody remembers, unless a contract runs.
    app.clock.set(chrono::NaiveDate::from_ymd_opt(2028, 1, 10).unwrap(), 9, 0);
    let page = app.as_("camille").open("/depart").await;
    assert!(page.says(&say("departure-nothing")) && !page.says("Nordik"), "{}", page.text());
    let folder = Folder::new();
    let runs = with(release(100, "2027-12-01"), "/contracts/0/period/endDate", serde_json::json!("2028-08-31"));
    takes_in(&app, &folder.put("hebdo.json", package(&[runs])));
    let page = app.as_("camille").open("/depart").await;
    assert!(page.says("3 relations") && page.says(&say("departure-company-contract")), "{}", page.text());
}

/// A number that no list explains would say that something is there.
#[actix_web::test]
async fn whoever_looks_at_what_waits_for_somebody_counts_only_what_they_may_know_of() {
    let app = TestApp::new().await;
    let departure = format!("/depart/{}", app.number("rosalie"));
    let waits = async |name: &str, said: &str| app.as_(name).open(&departure).await.says(said);
    // A concern that Rosalie alone was chosen to read, then an ordinary file that names nobody.
    app.files("camille", "concern_report", answers::concern_to_supervisor());
    for name in ["denis", "aline"] {
        assert!(!waits(name, "sa décision").await, "{name}");
    }
    app.files_gift("theo");
    for name in ["denis", "aline"] {
        assert!(waits(name, "1 dossier attend sa décision.").await, "{name}");
    }
    let own = app.as_("rosalie").open("/depart").await;
    assert!(own.says("2 dossiers attendent"), "{}", own.text());
}

/// What a decision asked of them is part of what they settle; the ethics officer sees the list too.
#[actix_web::test]
async fn whoever_leaves_reads_the_measures_that_are_theirs_and_the_ethics_officer_reads_the_list() {
    let app = TestApp::new().await;
    let reference = app.files("camille", "interest_declaration", answers::interest());
    app.decides("rosalie", &reference, "managed").unwrap();
    let (measure, text) = {
        let measures = app.measures(&reference);
        (measures[0].id, measures[0].text.clone())
    };
    app.leaves("camille", app.clock.today() + chrono::TimeDelta::days(10));
    let page = app.as_("camille").open("/depart").await;
    assert!(page.says("Mesures à terminer") && !page.says(&say("departure-nothing")), "{}", page.text());
    assert_eq!(page.link(&text), format!("/mesures/{measure}"));
    let address = format!("/depart/{}", app.number("camille"));
    for name in ["rosalie", "aline"] {
        assert!(app.as_(name).open(&address).await.says(&text), "{name}");
    }
    // The twins: a colleague is not told that she leaves; what is verified is no longer to do.
    assert_eq!(app.as_("theo").open(&address).await.status, 404);
    for one in app.measures(&reference) {
        app.proves("camille", one.id).unwrap();
        app.verifies("rosalie", one.id).unwrap();
    }
    assert!(!app.as_("camille").open("/depart").await.says("Mesures à terminer"));
}

/// A last day told weeks before: no import tells of it again when it comes, and the person may be in service again before anybody
/// looks.
#[actix_web::test]
async fn a_departure_known_in_advance_ends_roles_and_keys_and_coming_back_does_not_give_them_again() {
    for looked_at in [true, false] {
        let app = TestApp::new().await;
        let (aline, number) = (app.id("aline"), app.number("aline"));
        let token = app.write(move |tx| sessions::create_token(tx, None, aline, "essai", "read", 300));
        let address = app.write(move |tx| feed::open_for(tx, aline, Language::Fr));
        let address = format!("/calendrier/{address}.ics");
        let held = || app.read(|tx| roles::of(tx, aline));
        let ended = || -> i64 {
            app.read(|tx| {
                let told = events::table.filter(events::event.eq_any(["role_ended", "token_revoked"]));
                Ok(told.count().get_result(tx.conn)?)
            })
        };
        app.reimports_one("aline", |line| line.last_day = "2026-11-30".into());
        app.clock.set("2026-11-30".parse().unwrap(), 16, 0);
        app.follows_the_calendar();
        assert_eq!((held(), ended()), (vec![Role::EthicsOfficer], 0), "she works on her last day");
        assert_eq!(app.stranger().open(&address).await.status, 200);
        let mut line = app.directory().into_iter().find(|line| line.number == number).unwrap();
        line.last_day.clear();

        app.clock.set("2026-12-01".parse().unwrap(), 9, 0);
        if looked_at {
            for _ in 0..2 {
                app.follows_the_calendar();
                assert_eq!((held(), ended()), (vec![], 2), "once");
            }
        }
        app.reimports(|lines| lines.push(line));
        assert!(app.read(move |tx| Ok(probite::people::store::find(tx, aline)?.is_active(tx.today()))));
        assert_eq!((held(), ended()), (vec![], 2), "looked at: {looked_at}");
        let until: Option<chrono::NaiveDate> = app.read(|tx| {
            let hers = role_rows::table.filter(role_rows::person_id.eq(aline));
            Ok(hers.select(role_rows::until).first(tx.conn)?)
        });
        assert_eq!(until, Some("2026-11-30".parse().unwrap()), "with her last day");
        assert!(app.read(|tx| Ok(sessions::find_token(tx, &token)?.is_none())));
        assert_eq!(app.stranger().open(&address).await.status, 404);
        // The twin: whoever stayed keeps what they hold.
        let marc = app.id("marc");
        assert_eq!(app.read(|tx| roles::of(tx, marc)), [Role::EthicsOfficer]);
    }
}
