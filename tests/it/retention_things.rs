//! What follows the schedule and is no file: showcases, passports, checks of committees, incidents, people who left.

use std::collections::BTreeSet;
use std::io::Cursor;

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::Text;
use probite::acts::{Act, actions as acts};
use probite::clearance::actions::{self as checks, Asked};
use probite::clock::Instant;
use probite::db::schema::{declarations, destroying_things, digest_items, legal_holds, letters, persons, saved_views};
use probite::declarations::forgotten;
use probite::error::Error;
use probite::incidents::actions::{self as incidents, Given};
use probite::journal::{checkpoints, evidence, receipt, store as journal, verify};
use probite::outbox::{Letter, enqueue};
use probite::people;
use probite::programme::hearings;
use probite::programme::passports::actions::{self as passports, About, Typed};
use probite::programme::state::State;
use probite::programme::taking_part;
use probite::retention::people::{NAMES, THEIRS};
use probite::retention::store::{self, Listed};
use probite::retention::things::reference_of;
use probite::retention::{actions, holds, worker};
use serde_json::json;

use crate::contracts::files::{Folder, package, release, takes_in};
use crate::programme::scene::PLAN;
use crate::retention::{GONE, KEPT, day, keeping};
use crate::sealing::{everything_at_rest, places_of};
use crate::support::ministry::{BOREAL, NORDIK};
use crate::support::{TestApp, answers, say};

/// The list of today; nothing when nothing is due.
fn prepared(app: &TestApp) -> Option<(i64, Vec<Listed>)> {
    match app.does("aline", |tx, actor| actions::prepare(tx, Some(actor.person))) {
        Ok(list) => Some((list, app.read(|tx| store::files(tx, list)))),
        Err(Error::NotPossible("not-possible-retention-empty")) => None,
        Err(error) => panic!("{error}"),
    }
}

/// The references of the list of today, which is set aside.
fn due(app: &TestApp) -> BTreeSet<String> {
    let Some((list, lines)) = prepared(app) else { return BTreeSet::new() };
    app.does("aline", move |tx, actor| actions::drop_list(tx, actor, list)).unwrap();
    lines.into_iter().map(|line| line.reference).collect()
}

fn asks(app: &TestApp, list: i64) -> i64 {
    let act = Act::Destruction { list, files: 1 };
    app.does("aline", move |tx, actor| acts::ask(tx, actor, &act, "Calendrier.")).unwrap()
}

/// Two people destroy all that is due today, and nothing is left in free pages.
fn destroys(app: &TestApp) -> (i64, BTreeSet<String>) {
    let (list, lines) = prepared(app).expect("something is due");
    let request = asks(app, list);
    app.does("solange", move |tx, actor| acts::approve(tx, actor, request).map(drop)).unwrap();
    assert_eq!(worker::scrub(&app.app).unwrap(), 1);
    (list, lines.into_iter().map(|line| line.reference).collect())
}

/// Every letter that waits leaves.
fn post_leaves(app: &TestApp) {
    let now = app.clock.now();
    app.write(move |tx| {
        diesel::update(letters::table.filter(letters::state.eq("queued")))
            .set((letters::state.eq("sent"), letters::sent_at.eq(now)))
            .execute(tx.conn)?;
        Ok(())
    });
}

fn lifts_everything(app: &TestApp) {
    let held: Vec<i64> = app.read(|tx| Ok(holds::in_force(tx)?.into_iter().map(|hold| hold.id).collect()));
    for hold in held {
        app.does("aline", move |tx, actor| holds::lift(tx, actor, hold)).unwrap();
    }
}

/// A showcase of Thursday 17 December 2026, with a word wherever words go: its reference, and the line of a company that asked.
fn planned(app: &TestApp, word: &str) -> (String, i64) {
    let (title, theme) = (format!("Relève {word}"), format!("La relève de {word}."));
    let mut fields: Vec<(&str, &str)> =
        PLAN.iter().copied().filter(|(name, _)| !["title", "theme"].contains(name)).collect();
    fields.extend([("title", title.as_str()), ("theme", theme.as_str())]);
    let reference = app.plans("cyril", &fields);
    app.registers("camille", &reference);
    let (at, asked, answered) = (reference.clone(), format!("Qui est {word}?"), format!("{word} répond."));
    app.does("cyril", move |tx, actor| hearings::publish(tx, actor, &at, &asked, &answered)).unwrap();
    let firm = app.invites("cyril", &reference, NORDIK, "asked");
    (reference, firm)
}

/// It is held on its day, and nobody of the ministry came.
fn takes_place(app: &TestApp, reference: &str, firm: i64, word: &str) {
    app.clock.set(day("2026-12-17"), 16, 0);
    app.leaves_out("cyril", reference, firm, &format!("{word} n’est pas venue."));
    let (at, version) = (reference.to_owned(), app.showcase(reference).version);
    app.does("cyril", move |tx, actor| taking_part::hold(tx, actor, &at, version, &[], "")).unwrap();
}

/// A passport of an event of Boréal on 14 December 2026, opened from a request when there is one.
fn passport(app: &TestApp, word: &str, from: &str) -> String {
    let about = About {
        title: format!("Rendez-vous {word}"),
        event_on: "2026-12-14".into(),
        company: json!({ "name": BOREAL.0, "neq": BOREAL.1 }),
        from: from.to_owned(),
    };
    let typed = Typed {
        ruling: "conditions".into(),
        cap: "40".into(),
        conditions: format!("Décliner {word}"),
        reason: format!("{word} invite tout le monde."),
    };
    app.does("aline", move |tx, actor| passports::create(tx, actor, &about, &typed)).unwrap().reference
}

fn incident(app: &TestApp, word: &str, serious: bool) -> String {
    let given = Given {
        information: format!("L’adresse de {word}."),
        circumstances: format!("Un courriel envoyé à {word}."),
        happened: "Le 18 novembre 2026".into(),
        known_on: Some(day("2026-11-20")),
        people: "12".into(),
        assessment: "Renseignements peu sensibles.".into(),
        serious: Some(serious),
        measures: "Rappel du courriel.".into(),
        ..Given::default()
    };
    app.does("aline", move |tx, actor| incidents::record(tx, actor, given)).unwrap()
}

/// A check of somebody; its number.
fn check(app: &TestApp, name: &str, word: &str, contract: &str) -> String {
    let asked = Asked {
        purpose: format!("Comité de {word}"),
        contract: contract.to_owned(),
        companies: BOREAL.1.to_owned(),
        roster: app.number(name),
    };
    app.does("rita", move |tx, actor| checks::give(tx, actor, &asked)).unwrap().number
}

/// P01, P02, P03, P04, A12
#[actix_web::test]
async fn a_showcase_and_a_passport_go_with_all_that_was_said_of_them_and_the_journal_still_verifies() {
    let (app, folder, verifier) = keeping().await;
    let ruled = passport(&app, GONE, "");
    let ((held, firm), (stays, other)) = (planned(&app, GONE), planned(&app, KEPT));
    takes_place(&app, &held, firm, GONE);
    takes_place(&app, &stays, other, KEPT);
    app.clock.set(day("2026-12-18"), 9, 0);
    let reason = format!("{GONE} réclame.");
    for (on, why) in [(held.to_lowercase(), reason), (stays.clone(), "Une poursuite.".to_owned())] {
        app.does("aline", move |tx, actor| holds::place(tx, actor, &on, &why)).unwrap();
    }
    let page = app.as_("aline").open("/conservation").await;
    assert!(page.says(&held) && page.says("Vitrine technologique ou inversée"), "{}", page.text());
    for word in [GONE, KEPT] {
        assert!(!places_of(word, &everything_at_rest(&app, folder.path())).is_empty(), "{word}: the twin");
    }

    // Seven years after the fiscal year of the event, and not the day before; under a hold, not even then.
    app.clock.set(day("2034-03-31"), 10, 0);
    assert!(due(&app).is_disjoint(&[held.clone(), ruled.clone(), stays.clone()].into()), "the day before");
    app.clock.set(day("2034-04-01"), 10, 0);
    let listed = due(&app);
    assert!(listed.contains(&ruled) && !listed.contains(&held) && !listed.contains(&stays), "{listed:?}");
    let first: i64 =
        app.read(|tx| Ok(legal_holds::table.select(legal_holds::id).order(legal_holds::id.asc()).first(tx.conn)?));
    app.does("aline", move |tx, actor| holds::lift(tx, actor, first)).unwrap();

    // What the page shows is what will be done.
    let (list, lines) = prepared(&app).unwrap();
    let of = |reference: &str| lines.iter().find(|line| line.reference == reference).cloned();
    let line = of(&held).unwrap();
    assert_eq!((line.declaration, line.kind.as_str(), line.rule.as_str()), (None, "showcase", "showcase"));
    assert_eq!((line.ended_on, line.due_on), (day("2027-03-31"), day("2034-04-01")));
    assert!(of(&ruled).is_some() && of(&stays).is_none(), "{lines:?}");
    let page = app.as_("aline").open(&format!("/conservation/{list}")).await;
    assert_eq!(page.select_text("tbody tr").len(), lines.len());
    for (reference, words) in [(&held, "retention-thing-showcase"), (&ruled, "retention-thing-passport")] {
        assert!(page.says(&say(words)), "{}", page.text());
        assert_eq!(app.as_("aline").open(&page.link(reference)).await.status, 200, "{reference}");
    }
    // Under the product: nothing goes that two people did not approve.
    let at = held.clone();
    let forced = app.app.write_here(move |tx| {
        let one = (destroying_things::kind.eq("showcase"), destroying_things::reference.eq(at));
        Ok(diesel::insert_into(destroying_things::table).values(one).execute(tx.conn)?)
    });
    assert!(forced.unwrap_err().to_string().contains("nobody approved"), "listed is not approved");
    let request = asks(&app, list);
    app.does("solange", move |tx, actor| acts::approve(tx, actor, request).map(drop)).unwrap();
    assert_eq!(worker::scrub(&app.app).unwrap(), 1);

    for gone in [format!("/evenements/{held}"), format!("/passeports/{ruled}")] {
        assert_eq!(app.as_("aline").open(&gone).await.status, 404, "{gone}");
    }
    assert_eq!(app.as_("camille").open(&format!("/evenements/{stays}")).await.status, 200, "the hold");
    assert_eq!(app.as_("cyril").open(&format!("/evenements/{stays}/registre")).await.status, 200);
    assert_eq!(app.as_("aline").open("/conservation").await.status, 200);
    let rest = everything_at_rest(&app, folder.path());
    assert_eq!(places_of(GONE, &rest), Vec::<String>::new(), "P04");
    assert!(!places_of(KEPT, &rest).is_empty(), "the twin");

    // The journal verifies, and the certificate offline: which, under which rule, when; nothing of what was in them.
    assert_eq!(app.read(journal::first_break), None);
    let signer = checkpoints::signer(&app.app.book.config).unwrap().unwrap();
    let checkpoint = checkpoints::sign(&app.app, &signer).unwrap().unwrap();
    assert_eq!(app.read(|tx| checkpoints::problem(tx, &verifier)), None);
    let mut archive = Cursor::new(Vec::new());
    evidence::write(&app.app, None, &signer, &checkpoint, &mut archive).unwrap();
    verify::archive(Cursor::new(archive.into_inner()), &verifier, None).unwrap();
    let page = app.as_("audrey").open(&format!("/conservation/{list}")).await;
    let certificate = app.as_("audrey").open(&page.link(&say("retention-certificate"))).await;
    let (read, _) = receipt::verify(&certificate.html, &verifier).unwrap();
    let leaves = read.entries.iter().map(|entry| entry.leaf.as_str()).collect::<Vec<_>>().join("\n");
    for words in [held.as_str(), ruled.as_str(), "\"kind\":\"showcase\"", "\"kind\":\"passport\"", "2034-04-01"] {
        assert!(leaves.contains(words), "{words}: {leaves}");
    }
    assert!(!leaves.contains(GONE), "{leaves}");
}

/// P01: a request keeps its passport, and a declaration that came of a showcase keeps the showcase.
#[actix_web::test]
async fn what_a_file_that_is_kept_speaks_of_is_kept_with_it() {
    let (app, _folder, _) = keeping().await;
    let boreal = json!({ "company": { "name": BOREAL.0, "neq": BOREAL.1 } });
    let request = app.files("camille", "event_request", answers::changed(answers::event(), boreal));
    let ruled = passport(&app, KEPT, &request);
    app.withdraws("camille", &request).unwrap();
    let held = app.holds("cyril", &["theo"]);
    app.clock.set(day("2034-04-02"), 10, 0);
    let (_, listed) = destroys(&app);
    assert!(listed.contains(&request) && !listed.contains(&ruled) && !listed.contains(&held), "{listed:?}");
    // The twin: its request destroyed, nothing speaks of the passport any more; what Théo never sent is still his to send.
    let (_, listed) = destroys(&app);
    assert!(listed.contains(&ruled) && !listed.contains(&held), "{listed:?}");
    assert_eq!(app.showcase_state(&held), State::Held);
}

/// P01: what somebody in service did not send yet is theirs to send; what somebody who left never sent keeps nothing for ever.
#[actix_web::test]
async fn a_showcase_is_not_kept_for_a_draft_of_somebody_who_left() {
    let (app, _folder, _) = keeping().await;
    let held = app.holds("cyril", &["theo"]);
    let theo = app.id("theo");
    let drafts = || -> i64 {
        app.read(|tx| {
            Ok(declarations::table.filter(declarations::declarant_id.eq(theo)).count().get_result(tx.conn)?)
        })
    };
    app.clock.set(day("2027-12-01"), 10, 0);
    assert_eq!((app.write(forgotten::follow), drafts()), (0, 2), "in service, the twin");
    app.leaves("theo", day("2027-12-31"));
    app.clock.set(day("2027-12-31"), 10, 0);
    assert_eq!(app.write(forgotten::follow), 0, "the last day");
    app.clock.set(day("2028-01-10"), 10, 0);
    assert_eq!((app.write(forgotten::follow), drafts()), (2, 2), "told of first");
    app.clock.set(day("2028-01-24"), 10, 0);
    assert_eq!((app.write(forgotten::follow), drafts()), (2, 0));
    app.clock.set(day("2034-04-02"), 10, 0);
    assert!(due(&app).contains(&held));
}

/// P01, P02: a hold on a thing, on somebody or on a company keeps what is no file too, even when it is placed after the list was shown.
#[actix_web::test]
async fn nothing_that_is_no_file_is_destroyed_under_a_hold() {
    let (app, _folder, _) = keeping().await;
    let ruled = passport(&app, KEPT, "");
    let number = check(&app, "olivier", KEPT, "");
    let known = incident(&app, KEPT, false);
    let (held, firm) = planned(&app, KEPT);
    takes_place(&app, &held, firm, KEPT);
    app.clock.set(day("2034-04-02"), 10, 0);
    let all: BTreeSet<String> = [&ruled, &number, &known, &held].into_iter().cloned().collect();
    assert!(due(&app).is_superset(&all), "the twin");
    let cases = [
        (ruled.clone(), vec![&ruled]),
        (number.clone(), vec![&number]),
        (known.clone(), vec![&known]),
        (held.clone(), vec![&held]),
        (app.number("camille"), vec![&held]),
        (app.number("olivier"), vec![&number]),
        (NORDIK.1.to_owned(), vec![&held]),
        (BOREAL.1.to_owned(), vec![&ruled, &number]),
    ];
    for (on, kept) in cases {
        let typed = on.clone();
        app.does("aline", move |tx, actor| holds::place(tx, actor, &typed, "Enquête.")).unwrap();
        let listed = due(&app);
        for reference in &all {
            assert_eq!(!listed.contains(reference), kept.contains(&reference), "a hold on {on}: {reference}");
        }
        lifts_everything(&app);
    }
    // Placed once the list was shown: what is approved is not what was shown.
    let (list, _) = prepared(&app).unwrap();
    let request = asks(&app, list);
    let on = held.clone();
    app.does("aline", move |tx, actor| holds::place(tx, actor, &on, "Poursuite.")).unwrap();
    let refused = app.does("solange", move |tx, actor| acts::approve(tx, actor, request).map(drop));
    assert!(matches!(refused, Err(Error::NotPossible("not-possible-retention-changed"))), "{refused:?}");
    assert_eq!(app.as_("aline").open(&format!("/evenements/{held}")).await.status, 200, "it was undone whole");
    // The database itself: a hold is on one thing.
    let both: probite::error::Result<usize> = app.app.write_here(|tx| {
        Ok(diesel::update(legal_holds::table).set(legal_holds::thing.eq("VIT-2026-000009")).execute(tx.conn)?)
    });
    assert!(both.is_err());
}

/// P01, P04, P07
#[actix_web::test]
async fn incidents_and_checks_of_committees_go_when_their_years_are_over_and_not_before() {
    let (app, folder, _) = keeping().await;
    let contracts = Folder::new();
    takes_in(&app, &contracts.put("hebdo.json", package(&[release(100, "2026-03-01")])));
    let (known, told) = (incident(&app, GONE, false), incident(&app, KEPT, true));
    app.files("olivier", "interest_declaration", json!({ "type": "nil" }));
    let number = check(&app, "olivier", GONE, "");
    let of_contract = check(&app, "baptiste", KEPT, "C-100");
    let tie = json!({
        "ties": ["shareholding"], "period": "current", "until": null,
        "company": { "name": NORDIK.0, "neq": NORDIK.1 },
    });
    app.files("camille", "interest_declaration", answers::changed(answers::interest(), tie));
    let asked = Asked {
        purpose: format!("Comité de {KEPT}"),
        contract: String::new(),
        companies: NORDIK.1.to_owned(),
        roster: app.number("camille"),
    };
    let with_a_reason = app.does("rita", move |tx, actor| checks::give(tx, actor, &asked)).unwrap().number;

    app.clock.set(day("2033-11-23"), 10, 0);
    let listed = due(&app);
    assert!(!listed.contains(&known) && !listed.contains(&number), "the day before: {listed:?}");
    app.clock.set(day("2033-11-24"), 10, 0);
    let (list, listed) = destroys(&app);
    assert!(listed.contains(&known) && listed.contains(&number), "{listed:?}");
    assert!(!listed.contains(&told), "a notice that the law wants is not given yet");
    assert!(!listed.contains(&of_contract), "its contract ran until February 2027");
    assert!(!listed.contains(&with_a_reason), "a declaration that is kept is a reason of it");
    assert_eq!(app.as_("aline").open(&format!("/incidents/{known}")).await.status, 404);
    assert_eq!(app.as_("rita").open(&format!("/verifications/{number}")).await.status, 404);
    assert_eq!(app.as_("rita").open(&format!("/verifications/{of_contract}")).await.status, 200);
    assert_eq!(app.as_("aline").open(&format!("/incidents/{told}")).await.status, 200);
    let page = app.as_("aline").open(&format!("/conservation/{list}")).await;
    assert!(
        page.says(&say("retention-thing-incident")) && page.says(&say("retention-thing-clearance")),
        "{}",
        page.text()
    );
    let rest = everything_at_rest(&app, folder.path());
    assert_eq!(places_of(GONE, &rest), Vec::<String>::new(), "P04");
    assert!(!places_of(KEPT, &rest).is_empty(), "the twin");
    assert_eq!(app.read(journal::first_break), None);

    // Seven years after the contract.
    app.clock.set(day("2034-02-14"), 10, 0);
    assert!(!due(&app).contains(&of_contract));
    app.clock.set(day("2034-02-15"), 10, 0);
    assert!(due(&app).contains(&of_contract));
}

/// P01, P02, P04
#[actix_web::test]
async fn somebody_who_left_becomes_a_number_once_nothing_that_is_kept_names_them() {
    let (app, folder, _) = keeping().await;
    let pierre = app.id("pierre");
    app.write(move |tx| {
        diesel::update(persons::table.find(pierre))
            .set((
                persons::family_name.eq(GONE),
                persons::email.eq(format!("pierre.{GONE}@mf.example")),
                persons::folded.eq(format!("pierre {GONE}")),
                persons::title.eq(format!("Analyste de {GONE}")),
            ))
            .execute(tx.conn)?;
        let view = (
            saved_views::person_id.eq(pierre),
            saved_views::page.eq("register"),
            saved_views::name.eq(GONE),
            saved_views::query.eq("type=gift_declaration"),
        );
        diesel::insert_into(saved_views::table).values(view).execute(tx.conn)?;
        Ok(())
    });
    app.gives_password("pierre", "Trois chevaux traversent Saguenay");
    app.suspends("pierre");
    post_leaves(&app);
    // Théo leaves the same day; something he declared is kept.
    app.files_gift("theo");
    app.leaves("theo", day("2026-08-31"));
    let (reference, other) = (reference_of(pierre), reference_of(app.id("theo")));
    assert!(!places_of(GONE, &everything_at_rest(&app, folder.path())).is_empty(), "the twin");

    app.clock.set(day("2033-08-31"), 10, 0);
    assert!(!due(&app).contains(&reference), "the day before");
    app.clock.set(day("2033-09-01"), 10, 0);
    let number = app.number("pierre");
    app.does("aline", move |tx, actor| holds::place(tx, actor, &number, &format!("{GONE} poursuit."))).unwrap();
    assert!(!due(&app).contains(&reference), "under a hold");
    lifts_everything(&app);
    let listed = due(&app);
    assert!(listed.contains(&reference) && !listed.contains(&other), "{listed:?}");
    let (list, _) = prepared(&app).unwrap();
    let page = app.as_("aline").open(&format!("/conservation/{list}")).await;
    assert!(page.says(&say("retention-thing-person")) && !page.says(GONE), "a list of numbers: {}", page.text());
    let of = app.as_("aline").open(&page.link(&reference)).await;
    assert!(of.says(&GONE.to_uppercase()) || of.says(GONE), "who it is, before it is approved: {}", of.text());
    app.does("aline", move |tx, actor| actions::drop_list(tx, actor, list)).unwrap();
    destroys(&app);

    assert_eq!(places_of(GONE, &everything_at_rest(&app, folder.path())), Vec::<String>::new(), "P04");
    assert_eq!(app.number("pierre"), reference);
    for (table, column) in THEIRS {
        assert_eq!(rows(&app, table, column, pierre), 0, "{table}");
    }
    assert!(!due(&app).contains(&reference), "once");
    assert_eq!(app.read(journal::first_break), None);
    for page in ["/personnes", "/conservation"] {
        assert_eq!(app.as_("aline").open(page).await.status, 200, "{page}");
    }
}

/// P04: what was sent to whom and when stays, its words go; a letter about somebody else is theirs.
#[actix_web::test]
async fn letters_lose_the_name_of_whoever_was_destroyed_and_keep_that_of_others() {
    let (app, _folder, _) = keeping().await;
    let (pierre, theo, camille) = (app.id("pierre"), app.id("theo"), app.id("camille"));
    app.clock.set(day("2033-09-01"), 10, 0);
    let writes = |said: &'static str| -> i64 {
        app.write(move |tx| {
            let to = people::store::find(tx, camille)?;
            let mut letter = Letter::plain("suspended-notice", "/actes");
            letter.facts = vec![("letter-fact-account", said.to_owned())];
            enqueue(tx, &to, &letter)?;
            Ok(letters::table.select(letters::id).order(letters::id.desc()).first(tx.conn)?)
        })
    };
    app.write(move |tx| {
        for (id, given) in [(pierre, "Thomas"), (theo, "Théo")] {
            let named = (persons::given_name.eq(given), persons::family_name.eq("Roy"));
            diesel::update(persons::table.find(id)).set(named).execute(tx.conn)?;
        }
        Ok(())
    });
    let (theirs, shared, other) = (writes("Thomas Roy"), writes("T. Roy"), writes("Thomas Royer"));
    post_leaves(&app);
    let waits = writes("T. Roy");
    destroys(&app);
    let of = |id: i64| -> (i64, String, String, String, Option<Instant>) {
        app.read(|tx| {
            let columns =
                (letters::recipient_id, letters::state, letters::subject, letters::text_body, letters::sent_at);
            Ok(letters::table.find(id).select(columns).first(tx.conn)?)
        })
    };
    let (to, is, subject, text, sent_at) = of(theirs);
    assert_eq!((to, is.as_str(), subject.as_str(), text.as_str()), (camille, "sent", "", ""));
    assert!(sent_at.is_some(), "when it was sent stays");
    for (id, said, state) in [(shared, "T. Roy", "sent"), (other, "Thomas Royer", "sent"), (waits, "T. Roy", "queued")]
    {
        let (to, is, subject, text, _) = of(id);
        assert_eq!((to, is.as_str()), (camille, state), "{said}");
        assert!(!subject.is_empty() && text.contains(said), "{said}: {text}");
    }
}

/// P04: what was written before a destruction and leaves after it would say the name again.
#[actix_web::test]
async fn what_waits_to_leave_and_names_whoever_was_destroyed_is_withdrawn() {
    let (app, _folder, _) = keeping().await;
    let (pierre, camille) = (app.id("pierre"), app.id("camille"));
    let gift = app.files_gift("camille");
    let file = app.row(&gift).id;
    app.write(move |tx| {
        let named = (persons::given_name.eq("Thomas"), persons::family_name.eq("Roy"));
        diesel::update(persons::table.find(pierre)).set(named).execute(tx.conn)?;
        Ok(())
    });
    app.clock.set(day("2033-09-01"), 10, 0);
    let writes = |said: &'static str, about: Option<i64>, state: &'static str| -> i64 {
        app.write(move |tx| {
            let to = people::store::find(tx, camille)?;
            let mut letter = Letter::plain("suspended-notice", "/actes");
            letter.facts = vec![("letter-fact-account", said.to_owned())];
            letter.declaration = about;
            enqueue(tx, &to, &letter)?;
            let id: i64 = letters::table.select(letters::id).order(letters::id.desc()).first(tx.conn)?;
            diesel::update(letters::table.find(id)).set(letters::state.eq(state)).execute(tx.conn)?;
            Ok(id)
        })
    };
    let hears = |topic: &'static str, about: Option<i64>| -> i64 {
        app.write(move |tx| {
            let now = tx.now();
            diesel::insert_into(digest_items::table)
                .values((
                    digest_items::recipient_id.eq(camille),
                    digest_items::letter.eq("withdrawn"),
                    digest_items::topic.eq(topic),
                    digest_items::link.eq("/a-traiter"),
                    digest_items::declaration_id.eq(about),
                    digest_items::written_at.eq(now),
                    digest_items::due_at.eq(now + chrono::TimeDelta::days(1)),
                ))
                .execute(tx.conn)?;
            Ok(digest_items::table.select(digest_items::id).order(digest_items::id.desc()).first(tx.conn)?)
        })
    };
    let theirs = [("Thomas Roy", None, "queued"), ("T. Roy", None, "failed"), ("T. Roy", Some(file), "queued")]
        .map(|(said, about, state)| writes(said, about, state));
    let others = [("Thomas Royer", None, "queued"), ("T. Royer", Some(file), "failed")];
    let kept = others.map(|(said, about, state)| (writes(said, about, state), said, state));
    let (goes, stays) =
        ([hears("Retirée, T. Roy", None), hears("Retirée, T. Roy", Some(file))], hears("Retirée, T. Royer", None));
    let before: i64 = app.read(|tx| Ok(letters::table.count().get_result(tx.conn)?));
    destroys(&app);
    let of = |id: i64| -> (String, String, String, String, Option<String>) {
        app.read(|tx| {
            let columns =
                (letters::state, letters::subject, letters::text_body, letters::html_body, letters::last_error);
            Ok(letters::table.find(id).select(columns).first(tx.conn)?)
        })
    };
    let why = say("letters-held-destroyed");
    for id in theirs {
        let empty = String::new();
        assert_eq!(of(id), ("cancelled".to_owned(), empty.clone(), empty.clone(), empty, Some(why.clone())));
    }
    // The twin: what names somebody else waits as it did.
    for (id, said, state) in kept {
        let (is, subject, text, ..) = of(id);
        assert_eq!(is, state, "{said}");
        assert!(!subject.is_empty() && text.contains(said), "{said}: {text}");
    }
    let heard: Vec<i64> = app.read(|tx| {
        let asked = [goes[0], goes[1], stays];
        Ok(digest_items::table.filter(digest_items::id.eq_any(asked)).select(digest_items::id).load(tx.conn)?)
    });
    assert_eq!(heard, [stays], "nor does the next digest say it");
    assert!(
        app.read(|tx| Ok(letters::table.count().get_result::<i64>(tx.conn)?)) >= before,
        "that it was written stays"
    );
    assert!(app.as_("serge").open("/courriels?etat=cancelled").await.says(&why), "and why it did not leave is said");
    let again = theirs[1];
    let refused = app.write(move |tx| Ok(probite::outbox::store::resend(tx, again).is_err()));
    assert!(refused, "nobody sends it again");
}

/// P04: the file of human resources still has the line of those who left, with their last day.
#[actix_web::test]
async fn somebody_who_became_a_number_does_not_come_back_by_the_next_import() {
    let (app, folder, _) = keeping().await;
    let pierre = app.id("pierre");
    app.write(move |tx| {
        let named = (persons::family_name.eq(GONE), persons::folded.eq(format!("pierre {GONE}")));
        diesel::update(persons::table.find(pierre)).set(named).execute(tx.conn)?;
        Ok(())
    });
    let (number, mut line) = (app.number("pierre"), app.line_of("pierre"));
    let everybody = || -> i64 { app.read(|tx| Ok(persons::table.count().get_result(tx.conn)?)) };
    let before = everybody();
    app.clock.set(day("2033-09-01"), 10, 0);
    destroys(&app);
    let again = line.clone();
    app.reimports(|lines| lines.push(again));
    assert_eq!(everybody(), before);
    assert_eq!(app.number("pierre"), reference_of(pierre));
    assert_eq!(places_of(GONE, &everything_at_rest(&app, folder.path())), Vec::<String>::new(), "P04");
    // The twin: hired again, they are somebody new.
    line.last_day.clear();
    app.reimports(|lines| lines.push(line));
    assert_eq!(everybody(), before + 1);
    let hired: i64 =
        app.read(|tx| Ok(persons::table.filter(persons::number.eq(&number)).select(persons::id).first(tx.conn)?));
    assert_ne!(hired, pierre);
}

#[derive(QueryableByName)]
struct Counted {
    #[diesel(sql_type = diesel::sql_types::BigInt)]
    rows: i64,
}

fn rows(app: &TestApp, table: &str, column: &str, id: i64) -> i64 {
    let sql = format!("SELECT count(*) AS rows FROM {table} WHERE {column} = {id}");
    app.read(|tx| Ok(diesel::sql_query(sql).get_result::<Counted>(tx.conn)?.rows))
}

/// Columns where the bare number of somebody who left stays: what happened, and who acted, without a name.
const BARE: [(&str, &[&str]); 13] = [
    ("events", &["actor_id"]),
    ("access_log", &["person_id"]),
    ("roles", &["person_id", "granted_by"]),
    ("persons", &["supervisor_id"]),
    ("supervisions", &["supervisor_id"]),
    ("accounts", &["suspended_by"]),
    ("companies", &["created_by"]),
    ("absences", &["delegate_id", "set_by"]),
    ("batches", &["person_id"]),
    ("imports", &["imported_by"]),
    ("retention_lists", &["prepared_by"]),
    ("campaign_exceptions", &["person_id", "added_by"]),
    ("legal_holds", &["person_id", "placed_by", "lifted_by"]),
];

/// P01: whoever adds a column that names somebody says whether it keeps them, goes with them, or stays as a bare number.
#[actix_web::test]
async fn every_column_that_names_somebody_keeps_them_goes_with_them_or_stays_a_number() {
    #[derive(QueryableByName)]
    struct Column {
        #[diesel(sql_type = Text)]
        of: String,
        #[diesel(sql_type = Text)]
        named: String,
    }
    let app = TestApp::new().await;
    // The tables are the same on both engines (`schema.rs`).
    if app.app.db.is_postgres() {
        return;
    }
    let sql = "SELECT m.name AS of, f.\"from\" AS named FROM sqlite_master m JOIN pragma_foreign_key_list(m.name) f \
               WHERE m.type = 'table' AND f.\"table\" = 'persons'";
    let columns: Vec<Column> = app.read(|tx| Ok(diesel::sql_query(sql).load(tx.conn)?));
    let there: BTreeSet<(String, String)> = columns.into_iter().map(|column| (column.of, column.named)).collect();
    assert!(there.len() > 80, "{}", there.len());
    let several = NAMES.iter().chain(&BARE).flat_map(|(of, named)| named.iter().map(|named| (*of, *named)));
    let mut said: BTreeSet<(String, String)> = BTreeSet::new();
    for (of, named) in several.chain(THEIRS) {
        assert!(said.insert((of.to_owned(), named.to_owned())), "{of}.{named} is said twice");
    }
    let without: Vec<_> = there.difference(&said).collect();
    let gone: Vec<_> = said.difference(&there).collect();
    assert!(without.is_empty() && gone.is_empty(), "not said: {without:?}; not there: {gone:?}");
}

/// P01: The twin: a directory where somebody left a day too late to go.
#[actix_web::test]
async fn somebody_in_service_or_who_left_since_is_kept() {
    let (app, _folder, _) = keeping().await;
    app.clock.set(day("2033-09-01"), 10, 0);
    let last: NaiveDate = day("2026-09-01");
    app.leaves("theo", last);
    let listed = due(&app);
    assert!(listed.contains(&reference_of(app.id("pierre"))), "{listed:?}");
    for name in ["theo", "camille"] {
        assert!(!listed.contains(&reference_of(app.id(name))), "{name}: {listed:?}");
    }
}
