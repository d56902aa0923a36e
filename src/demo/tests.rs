//! The history is checked as a whole: what the pages count on must be there, and nothing may be invented.

use diesel::prelude::*;

use super::*;
use crate::clock::Clock;
use crate::config::Config;
use crate::db::schema::{custody_moves, declarations, events, letters, measures, timers};
use crate::declarations::workflow::State;
use crate::journal;

const SIZE: Size = Size { people: 90, declarations: 130, seed: 7 };

fn end() -> Instant {
    NaiveDate::from_ymd_opt(2026, 11, 20).unwrap().and_hms_opt(20, 0, 0).unwrap()
}

fn made() -> (tempfile::TempDir, App, Tally) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("demo.db").display().to_string();
    let options = [
        ("database.url", toml::Value::String(path)),
        ("database.allow_unsafe_settings", toml::Value::Boolean(true)),
        ("letters.transport", toml::Value::String("mailbox".into())),
        ("demo.enabled", toml::Value::Boolean(true)),
        ("sealing.key_file", toml::Value::String(crate::sealing::keyring::of_tests())),
    ];
    let config = Config::load(None, &[], &options).unwrap();
    let app = App::build(config, Clock::at(end())).unwrap();
    let tally = build(&app, SIZE, end(), &|_| {}).unwrap();
    (folder, app, tally)
}

/// Made once: it takes seconds when nothing is optimised.
fn one() -> &'static (tempfile::TempDir, App, Tally) {
    static ONE: std::sync::OnceLock<(tempfile::TempDir, App, Tally)> = std::sync::OnceLock::new();
    ONE.get_or_init(made)
}

/// Reference, state, answers and outcome.
type Told = (Option<String>, String, String, Option<String>);

/// What people see of each declaration, in order.
fn story(app: &App) -> Vec<Told> {
    app.read_here(|tx| {
        Ok(declarations::table
            .order(declarations::id.asc())
            .select((
                declarations::class,
                (declarations::reference, declarations::state, declarations::answers, declarations::outcome),
            ))
            .load::<(String, Told)>(tx.conn)?)
    })
    .unwrap()
    .into_iter()
    // The references of sealed files are drawn at random, in the demonstration too.
    .map(|(class, told)| if class == "C3" { (None, told.1, told.2, told.3) } else { told })
    .collect()
}

#[test]
fn the_history_holds_every_state_and_leaves_nothing_waiting_from_the_past() {
    let (_, app, tally) = one();
    // A few acts come after the file went up the line without them.
    assert!(tally.refused <= 6, "{tally:?}");
    app.read_here(|tx| {
        for state in State::ALL {
            let found: i64 =
                declarations::table.filter(declarations::state.eq(state.as_str())).count().get_result(tx.conn)?;
            assert!(found > 0, "no declaration is {}", state.as_str());
        }
        for state in crate::measures::workflow::State::ALL {
            let found: i64 = measures::table.filter(measures::state.eq(state.as_str())).count().get_result(tx.conn)?;
            assert!(found > 0, "no measure is {}", state.as_str());
        }
        let renewed: i64 = declarations::table
            .filter(declarations::kind.eq("interest_declaration"))
            .filter(declarations::origin_id.is_not_null())
            .filter(declarations::first_filed_at.is_not_null())
            .count()
            .get_result(tx.conn)?;
        assert_eq!(renewed, 2, "one unchanged, one changed, to compare with last year");
        let kept: i64 = custody_moves::table.count().get_result(tx.conn)?;
        assert!(kept > 0, "nothing was received for the State");
        let queued: i64 =
            letters::table.filter(letters::state.ne_all(["sent", "cancelled"])).count().get_result(tx.conn)?;
        let late: i64 = timers::table
            .filter(timers::done_at.is_null())
            .filter(timers::due_at.le(end()))
            .count()
            .get_result(tx.conn)?;
        assert_eq!((queued, late), (0, 0));
        Ok(())
    })
    .unwrap();
}

#[test]
fn one_direction_waits_for_the_deputy_minister_and_one_was_given() {
    one()
        .1
        .read_here(|tx| {
            let found: Vec<(Option<String>, Option<String>)> = declarations::table
                .filter(declarations::kind.eq(crate::declarations::renewal::KIND))
                .filter(
                    declarations::holder_office
                        .eq("deputy_minister")
                        .or(declarations::decided_step.eq("deputy_minister")),
                )
                .order(declarations::id.asc())
                .select((declarations::holder_office, declarations::decided_step))
                .load(tx.conn)?;
            let deputy = || Some("deputy_minister".to_owned());
            assert_eq!(found, [(None, deputy()), (deputy(), None)]);
            Ok(())
        })
        .unwrap();
}

#[test]
fn the_journal_of_the_history_is_whole_and_in_the_order_of_time() {
    let (_, app, _) = one();
    app.read_here(|tx| {
        assert_eq!(journal::store::first_break(tx)?, None);
        let times: Vec<Instant> = events::table.order(events::seq.asc()).select(events::at).load(tx.conn)?;
        assert!(times.len() > 500 && times.is_sorted());
        assert!(times.last().is_some_and(|last| *last <= end()));
        Ok(())
    })
    .unwrap();
}

#[test]
fn the_same_seed_tells_the_same_story() {
    let (_folder, again, _) = made();
    let (one, two) = (story(&one().1), story(&again));
    assert!(one.len() >= 120);
    assert_eq!(one, two);
}

/// Each procedure told in confidence is there, with something for its persona to do and something done.
#[test]
fn one_committee_was_checked_and_somebody_on_it_withdraws() {
    let (_, app, _) = one();
    app.read_here(|tx| {
        let (rows, _) = crate::clearance::store::list(tx, None, None, 10)?;
        assert_eq!(rows.len(), 1);
        let sheet = crate::clearance::store::sheet(tx, &rows[0])?;
        assert!(sheet.lines.len() >= 2 && sheet.count(crate::clearance::rules::Verdict::Recuse) >= 1, "{sheet:?}");
        assert!(crate::clearance::actions::is_intact(tx, &rows[0], &sheet)?);
        Ok(())
    })
    .unwrap();
}

#[test]
fn the_history_holds_every_procedure_told_in_confidence() {
    let (_, app, _) = one();
    app.read_here(|tx| {
        for kind in ["advice_request", "voluntary_declaration", "concern_report", "rarc_notice"] {
            let found: Vec<Option<Instant>> = declarations::table
                .filter(declarations::kind.eq(kind))
                .filter(declarations::first_filed_at.is_not_null())
                .select(declarations::decided_at)
                .load(tx.conn)?;
            assert!(found.iter().any(Option::is_none), "{kind}: nothing to do");
            assert!(kind == "concern_report" || found.iter().any(Option::is_some), "{kind}: nothing done");
        }
        assert_eq!(crate::ethics::precedents::in_force(tx)?.len(), 1);
        Ok(())
    })
    .unwrap();
}

#[test]
fn suppliers_have_contracts_that_run_and_that_ended_a_tender_is_open_and_the_lists_name_one_each() {
    use crate::companies::{lists, registry};
    use crate::contracts::store;
    let (_, app, _) = one();
    app.read_here(|tx| {
        let today = tx.today();
        let neq = |place: usize| format!("99{:08}", place + 1);
        let nordik = store::of_neqs(tx, &[neq(0)], 50)?;
        let running = nordik.iter().filter(|contract| contract.is_active_on(today)).count();
        assert!(running >= 1 && running < nordik.len(), "{nordik:#?}");
        assert_eq!(store::open_tenders_on(tx, today, 50)?.len(), 2);
        let status = |tx: &mut Tx<'_>, place| Ok::<_, Error>(registry::store::find(tx, &neq(place))?.unwrap().status);
        assert_eq!((status(tx, 0)?.as_str(), status(tx, 15)?.as_str()), ("registered", "struck_off"));
        assert_eq!(registry::store::find(tx, &neq(6))?.unwrap().successor, Some(neq(7)));
        let listed = lists::of_neqs(tx, &[neq(13), neq(0)])?;
        let told: Vec<&str> =
            listed.iter().filter(|entry| entry.holds_on(today)).map(|entry| entry.list.as_str()).collect();
        assert_eq!(told, ["rea", "rena"]);
        assert!(!registry::search::find(tx, "boulangrie castor", 8)?.is_empty());
        Ok(())
    })
    .unwrap();
}
