//! No list reads more than it shows: every query behind a page is a range of an index (SQLite, 2,000 declarations).

use std::sync::{Arc, Mutex};

use diesel::connection::{Connection, InstrumentationEvent, SimpleConnection};
use diesel::prelude::*;
use diesel::sql_types::Text;
use probite::app::Tx;
use probite::companies::{files, store as companies};
use probite::custody::store as custody;
use probite::db::DbConn;
use probite::declarations::actions;
use probite::declarations::answers::Answers;
use probite::declarations::kind::Office;
use probite::declarations::lists::{self, Filter, InboxView, PAGE, Sort, StateFilter};
use probite::declarations::workflow::State;
use probite::error::Result;
use probite::measures::lists::{self as measures, View, Which};

use crate::support::TestApp;

#[derive(QueryableByName)]
struct Step {
    #[diesel(sql_type = Text)]
    detail: String,
}

/// The statements that some work sends to SQLite.
fn statements(tx: &mut Tx<'_>, work: impl FnOnce(&mut Tx<'_>) -> Result<()>) -> Result<Vec<String>> {
    let heard: Arc<Mutex<Vec<String>>> = Arc::default();
    let ear = Arc::clone(&heard);
    let DbConn::Sqlite(conn) = &mut *tx.conn else { return Ok(Vec::new()) };
    conn.set_instrumentation(move |event: InstrumentationEvent<'_>| {
        if let InstrumentationEvent::StartQuery { query, .. } = event {
            ear.lock().unwrap().push(query.to_string());
        }
    });
    let done = work(tx);
    let DbConn::Sqlite(conn) = &mut *tx.conn else { return Ok(Vec::new()) };
    conn.set_instrumentation(diesel::connection::get_default_instrumentation());
    done?;
    let heard = heard.lock().unwrap().clone();
    // Diesel shows the values after the statement.
    Ok(heard.into_iter().map(|sql| sql.split(" -- binds:").next().unwrap_or_default().to_owned()).collect())
}

/// What SQLite would do for a statement, step by step.
fn plan(tx: &mut Tx<'_>, sql: &str) -> Result<Vec<String>> {
    let steps: Vec<Step> = diesel::sql_query(format!("EXPLAIN QUERY PLAN {sql}")).load(tx.conn)?;
    Ok(steps.into_iter().map(|step| step.detail).collect())
}

/// Indexes of the few rows that wait: for the antivirus, for the cross-checks, for the next letter about lost ones.
const WAITING: [&str; 3] = ["INDEX attachments_pending", "INDEX imports_to_crosscheck", "INDEX letters_undelivered"];

/// Steps that read a table from end to end, other than small ones and the ordering index of a list.
fn scans(plan: &[String]) -> Vec<String> {
    let large = [
        "declarations",
        "events",
        "letters",
        "access_log",
        "revisions",
        "barred",
        "persons",
        "measures",
        "companies",
        "company_names",
        "attachments",
        "contracts",
        "contract_suppliers",
        "procurements",
        "tenderers",
        "contract_changes",
        "imports",
        "list_entries",
        "lobby_checks",
        "registry_enterprises",
        "registry_names",
        "registry_ties",
        "registry_words",
    ];
    plan.iter()
        // A whole generation of the register is as good as its table.
        .filter(|step| step.starts_with("SCAN") || step.ends_with("(generation=?)"))
        .filter(|step| large.iter().any(|table| step.split_whitespace().nth(1) == Some(table)))
        // The index that orders a list is read from where the page begins.
        .filter(|step| !step.contains("INDEX declarations_") && !step.contains("INDEX measures_"))
        // So are the short ones of what waits for something.
        .filter(|step| !WAITING.iter().any(|index| step.contains(index)))
        .cloned()
        .collect()
}

/// One filed declaration made two thousand.
fn many(app: &TestApp) {
    app.files_gift("camille");
    app.write(|tx| {
        let DbConn::Sqlite(conn) = &mut *tx.conn else { return Ok(()) };
        let columns: Vec<Step> = diesel::sql_query(
            "SELECT name AS detail FROM pragma_table_info('declarations') WHERE name NOT IN ('id', 'key', 'reference', \
             'declarant_id', 'state', 'holder_id', 'supervisor_id', 'due_on', 'kind', 'attention', 'first_filed_at')",
        )
        .load(conn)?;
        let names = columns.into_iter().map(|column| column.detail).collect::<Vec<_>>().join(", ");
        conn.batch_execute(&format!(
            "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000)
             INSERT INTO declarations (key, reference, declarant_id, state, holder_id, supervisor_id, due_on, kind, attention, first_filed_at, {names})
             SELECT 'k' || i, printf('CAD-2025-%06d', i), 9 + i % 5,
                    CASE i % 3 WHEN 0 THEN 'submitted' WHEN 1 THEN 'closed' ELSE 'under_review' END,
                    CASE i % 4 WHEN 0 THEN 8 ELSE NULL END, 8, date('2026-11-01', (i % 90) || ' days'),
                    CASE i % 2 WHEN 0 THEN 'gift_declaration' ELSE 'business_relation' END, i % 4,
                    replace(datetime(first_filed_at, '-' || i || ' hours'), ' ', substr(first_filed_at, 11, 1)), {names}
             FROM n, declarations WHERE declarations.id = 1"
        ))?;
        Ok(())
    });
}

fn every_filter() -> Vec<Filter> {
    let day = chrono::NaiveDate::from_ymd_opt(2026, 11, 1);
    vec![
        Filter::default(),
        Filter { kind: Some("gift_declaration".into()), ..Filter::default() },
        Filter { state: Some(StateFilter::One(State::Submitted)), ..Filter::default() },
        Filter { state: Some(StateFilter::Pending), ..Filter::default() },
        Filter { units: Some(vec![5]), ..Filter::default() },
        Filter { company: Some(vec![1]), ..Filter::default() },
        Filter { company: Some(vec![1, 2]), kind: Some("gift_declaration".into()), ..Filter::default() },
        Filter { flagged: true, ..Filter::default() },
        Filter { late: true, ..Filter::default() },
        Filter { from: day, to: day, ..Filter::default() },
        Filter { words: "chocolats".into(), ..Filter::default() },
        Filter { kind: Some("gift_declaration".into()), late: true, flagged: true, ..Filter::default() },
    ]
}

#[actix_web::test]
async fn no_list_reads_the_whole_register() {
    let app = TestApp::new().await;
    app.is_altered();
    if app.app.db.is_postgres() {
        return; // Its planner reads statistics; these plans are SQLite's.
    }
    many(&app);
    let (rosalie, aline, solange) = (app.actor("rosalie"), app.actor("aline"), app.actor("solange"));
    let first = app.row("CAD-2026-000001");
    let mut seen = 0;
    let mut wrong = Vec::new();
    let mut look = |name: String, work: &dyn Fn(&mut Tx<'_>) -> Result<()>| {
        let plans: Vec<(String, Vec<String>)> = app.read(|tx| {
            let statements = statements(tx, |tx| work(tx))?;
            statements
                .into_iter()
                .filter(|sql| sql.starts_with("SELECT"))
                .map(|sql| Ok((plan(tx, &sql)?, sql)))
                .map(|both: Result<_>| both.map(|(plan, sql)| (sql, plan)))
                .collect()
        });
        assert!(!plans.is_empty(), "{name} asks nothing");
        for (sql, plan) in plans {
            seen += 1;
            for scan in scans(&plan) {
                wrong.push(format!("{name}: {scan}\n  {sql}"));
            }
        }
    };
    for state in [None, Some(State::Submitted)] {
        let page = app.read(|tx| lists::mine(tx, app.id("camille"), state, None, 5));
        for after in [None, page.next] {
            look(format!("mine {state:?}"), &|tx| {
                lists::mine(tx, app.id("camille"), state, after.as_ref(), PAGE).map(drop)
            });
        }
    }
    look("the register as known".into(), &|tx| {
        let before = tx.now();
        probite::register::known::known(tx, &[first.id], before)?;
        probite::register::known::reach(tx, before).map(drop)
    });
    look("the last look at a list".into(), &|tx| {
        probite::declarations::access_log::owed(tx, &aline, "register").map(drop)
    });
    look("the exports of files of somebody".into(), &|tx| {
        probite::readings::exports::of_person(tx, app.id("camille"), None, PAGE).map(drop)
    });
    look("the rectifications of a file".into(), &|tx| probite::rectifications::store::of(tx, first.id).map(drop));
    look("the codes on paper of somebody".into(), &|tx| probite::people::recovery::left(tx, app.id("aline")).map(drop));
    look("the passkeys of somebody".into(), &|tx| {
        probite::people::passkeys::any(tx, app.id("aline"))?;
        probite::people::passkeys::of(tx, app.id("aline")).map(drop)
    });
    for view in InboxView::ALL {
        let readers = match view {
            // Hers alone.
            InboxView::AInscrire => vec![(&solange, None)],
            // Of the general secretariat and of the deputy minister.
            InboxView::Avis => vec![(&solange, None)],
            _ => vec![(&rosalie, None), (&aline, Some(Office::EthicsOfficer))],
        };
        for (actor, office) in readers {
            let mut filters = vec![
                Filter::default(),
                Filter { kind: Some("gift_declaration".into()), ..Filter::default() },
                Filter { units: Some(vec![5]), ..Filter::default() },
                Filter { company: Some(vec![1, 2]), ..Filter::default() },
            ];
            let sorts = [Sort::Due, Sort::DueLast, Sort::Age, Sort::Oldest];
            filters.extend(sorts.map(|sort| Filter { sort: Some(sort), ..Filter::default() }));
            for filter in filters {
                let page = app.read(|tx| lists::inbox(tx, actor, office, view, &filter, None, 5));
                for after in [None, page.next] {
                    look(format!("inbox {} {office:?}", view.as_str()), &|tx| {
                        lists::inbox(tx, actor, office, view, &filter, after.as_ref(), PAGE).map(drop)
                    });
                }
            }
        }
    }
    look("why lines are flagged".into(), &|tx| {
        let rows = lists::inbox(tx, &rosalie, None, InboxView::Equipe, &Filter::default(), None, PAGE)?.rows;
        assert!(rows.iter().any(|row| row.attention >= 2));
        lists::findings_of(tx, rosalie.person, &rows).map(drop)
    });
    for actor in [&rosalie, &aline] {
        look("waiting".into(), &|tx| lists::waiting(tx, actor).map(drop));
        look("to read".into(), &|tx| lists::to_read(tx, actor).map(drop));
        for office in [None, Some(Office::EthicsOfficer)] {
            look(format!("counts {office:?}"), &|tx| lists::counts(tx, actor, office).map(drop));
        }
        look("earlier".into(), &|tx| lists::earlier(tx, actor, &first).map(drop));
    }
    look("drafts".into(), &|tx| lists::drafts_from(tx, first.id).map(drop));
    for filter in every_filter() {
        let page = app.read(|tx| lists::register(tx, &aline, &filter, None, 5));
        for after in [None, page.next] {
            look(format!("register {filter:?}"), &|tx| {
                lists::register(tx, &aline, &filter, after.as_ref(), PAGE).map(drop)
            });
        }
    }
    // Once in some minutes everybody is counted, for the units that auditors are told.
    app.read(|tx| probite::people::gathered::Gathered::read(tx).map(drop));
    let (audrey, rita) = (app.actor("audrey"), app.actor("rita"));
    for (name, reader) in [("auditor", &audrey), ("contract monitor", &rita)] {
        for filter in [Filter::default(), Filter { units: Some(vec![5]), ..Filter::default() }] {
            let page = app.read(|tx| lists::register(tx, reader, &filter, None, 5));
            for after in [None, page.next] {
                look(format!("register of the {name} {filter:?}"), &|tx| {
                    lists::register(tx, reader, &filter, after.as_ref(), PAGE).map(drop)
                });
            }
        }
    }
    look("names of companies".into(), &|tx| companies::names(tx, "nordik", None, PAGE).map(drop));
    look("duplicates of a company".into(), &|tx| companies::standing_for(tx, 1).map(drop));
    let _archive = crate::registry::zips::registered(&app);
    let neqs = [String::from("1171234567"), String::from("1160007891")];
    look("contracts of a company".into(), &|tx| {
        probite::contracts::store::neqs_of(tx, 1)?;
        probite::contracts::panel::read(tx, &neqs).map(drop)
    });
    look("what was merged into several enterprises".into(), &|tx| {
        probite::companies::registry::store::merged_into(tx, &neqs)?;
        probite::companies::registry::store::successors_of(tx, &neqs).map(drop)
    });
    look("lines without an NEQ".into(), &|tx| {
        probite::companies::unnumbered::of(tx, &[String::from("Nordik Infonuagique inc.")])?;
        probite::companies::lists::unnumbered(tx, probite::sources::Source::Rena, PAGE).map(drop)
    });
    look("groups of companies".into(), &|tx| probite::companies::groups::Groups::read(tx).map(drop));
    look("a name typed without an NEQ".into(), &|tx| {
        let typed = serde_json::json!({ "name": "Nordik Infonuagique", "no_neq_reason": "Ailleurs" });
        companies::lookup(tx, 1, &typed).map(drop)
    });
    look("open tenders".into(), &|tx| {
        let today = tx.today();
        probite::contracts::store::open_tenders_on(tx, today, PAGE).map(drop)
    });
    look("changes of an import".into(), &|tx| probite::contracts::store::changes(tx, 1, 0, PAGE).map(drop));
    look("what is known of a company".into(), &|tx| probite::companies::known::read(tx, &neqs, &[1, 2]).map(drop));
    look("sources".into(), &|tx| {
        probite::sources::store::is_known(tx, probite::sources::Source::Contracts, "0")?;
        probite::sources::store::newest(tx, probite::sources::Source::Registry, 5).map(drop)
    });
    for typed in ["nordik", "cooperatve erables", "11712"] {
        look(format!("companies like {typed}"), &|tx| {
            probite::companies::registry::search::find(tx, typed, 8)?;
            probite::companies::registry::store::beginning(tx, "11712", 8).map(drop)
        });
    }
    let camille = app.id("camille");
    look("renewal".into(), &|tx| probite::declarations::renewal::items(tx, camille).map(drop));
    look("absences".into(), &|tx| probite::people::absences::of_day(tx, &[camille], "gift_declaration").map(drop));
    for which in Which::ALL {
        for (view, actor) in [(View::Miennes, &rosalie), (View::Equipe, &rosalie), (View::Toutes, &aline)] {
            let filter = measures::Filter { which, kind: None };
            let after = Some(lists::Cursor { at: "2026-12-01".into(), id: 1 });
            for after in [None, after] {
                look(format!("measures {} {}", view.as_str(), which.as_str()), &|tx| {
                    measures::list(tx, actor, view, &filter, after.as_ref(), PAGE).map(drop)
                });
            }
        }
    }
    look("measures of a file".into(), &|tx| probite::measures::store::of_declaration(tx, first.id).map(drop));
    look("measures that wait".into(), &|tx| measures::waiting(tx, &rosalie).map(drop));
    for state in [None, Some(custody::State::Kept)] {
        look("objects".into(), &|tx| custody::list(tx, &aline, state, None, PAGE).map(drop));
    }
    let (from, to) = ("2026-01-01".parse().unwrap(), "2026-12-31".parse().unwrap());
    for actor in [&rosalie, &aline] {
        look("a year of the calendar".into(), &|tx| {
            probite::programme::calendar::entries(tx, actor, from, to).map(drop)
        });
    }
    look("choice of a digest".into(), &|tx| probite::outbox::digest::wants(tx, rosalie.person).map(drop));
    look("requests of an event".into(), &|tx| {
        probite::programme::passports::store::unlinked(tx, &aline, 1, from, to).map(drop)
    });
    look("passports of a request".into(), &|tx| {
        probite::programme::passports::actions::proposed_for(tx, &first).map(drop)
    });
    look("files in quarantine".into(), &|tx| probite::attachments::quarantine::waiting(tx, 50).map(drop));
    look("how many files wait".into(), &|tx| probite::attachments::quarantine::count(tx).map(drop));
    look("files of the same content".into(), &|tx| {
        probite::attachments::quarantine::condemn(tx, "0").map(drop)?;
        probite::attachments::store::forget(tx, &["0".to_owned()])
    });
    look("one page".into(), &|tx| probite::declarations::actions::read(tx, &rosalie, "CAD-2025-000004").map(drop));
    look("timeline".into(), &|tx| probite::journal::timeline(tx, first.id).map(drop));
    println!("query plans: {seen} looked at");
    assert!(seen > 60, "{seen}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What happens by itself, at every minute or hour, and filing, cost what is due and not what was ever filed or written.
#[actix_web::test]
async fn no_duty_of_the_worker_and_no_filing_reads_a_whole_table() {
    use probite::people::{confirmations, departures, passkeys, sessions};
    use probite::{campaigns, crosschecks, declarations, outbox, readings, retention};
    let app = TestApp::new().await;
    app.is_altered();
    if app.app.db.is_postgres() {
        return;
    }
    many(&app);
    type Duty = fn(&mut Tx<'_>) -> Result<()>;
    let duties: [(&str, Duty); 22] = [
        ("reminders", |tx| declarations::reminders::send_due(tx).map(drop)),
        ("forgotten drafts", |tx| declarations::forgotten::follow(tx).map(drop)),
        ("hand-overs", |tx| declarations::handover::follow_the_calendar(tx).map(drop)),
        ("rectifications", |tx| probite::rectifications::reminders::remind(tx).map(drop)),
        ("cross-checks", |tx| crosschecks::follow::follow(tx).map(drop)),
        ("beginnings", |tx| crosschecks::begun::follow(tx).map(drop)),
        ("looks grown old", |tx| crosschecks::looked::aged(tx).map(drop)),
        ("campaigns", |tx| campaigns::worker::go_on(tx).map(drop)),
        ("the list of the year", |tx| retention::worker::prepare_of_the_year(tx).map(drop)),
        ("confirmations", |tx| confirmations::tell(tx).map(drop)),
        ("confirmations late", |tx| confirmations::remind(tx).map(drop)),
        ("departures", |tx| departures::follow(tx).map(drop)),
        ("digests", |tx| outbox::digest::send_due(tx).map(drop)),
        ("letters lost", |tx| outbox::undelivered::tell(tx).map(drop)),
        ("letters due", |tx| outbox::store::is_due(tx).map(drop)),
        ("letters claimed", |tx| outbox::store::claim(tx, 100).map(drop)),
        ("texts of letters", |tx| outbox::store::purge_bodies(tx).map(drop)),
        ("unusual readings", |tx| readings::unusual::watch(tx).map(drop)),
        ("seals of readings", |tx| readings::seals::seal(tx).map(drop)),
        ("sessions", |tx| sessions::purge(tx).map(drop)),
        ("questions of passkeys", |tx| passkeys::forget_unanswered(tx).map(drop)),
        ("keys of requests", |tx| outbox::store::purge_idempotency_keys(tx).map(drop)),
    ];
    let camille = app.actor("camille");
    let (mut seen, mut wrong) = (0, Vec::new());
    let mut look = |name: &str, sent: Vec<(String, Vec<String>)>| {
        for (sql, plan) in sent {
            seen += 1;
            wrong.extend(scans(&plan).into_iter().map(|scan| format!("{name}: {scan}\n  {sql}")));
        }
    };
    fn explained(tx: &mut Tx<'_>, work: impl FnOnce(&mut Tx<'_>) -> Result<()>) -> Result<Vec<(String, Vec<String>)>> {
        let read = |sql: &String| ["SELECT", "UPDATE", "DELETE"].iter().any(|word| sql.starts_with(word));
        let sent = statements(tx, work)?.into_iter().filter(read);
        sent.map(|sql| Ok((sql.clone(), plan(tx, &sql)?))).collect()
    }
    for (name, duty) in duties {
        look(name, app.write(move |tx| explained(tx, duty)));
    }
    let nil: Answers = serde_json::from_value(serde_json::json!({ "type": "nil" })).unwrap();
    look(
        "filing",
        app.write(move |tx| {
            explained(tx, |tx| actions::submit_new(tx, &camille, "interest_declaration", &nil, true).map(drop))
        }),
    );
    println!("query plans: {seen} looked at");
    assert!(seen > 60, "{seen}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The page of a company reads the range of that company, whoever reads and however it is narrowed: a filter by kind,
/// unit or contract has an index of its own, that would be read from end to end.
#[actix_web::test]
async fn the_page_of_a_company_reads_the_files_of_that_company_alone() {
    let app = TestApp::with(|config| config.continuity.respondents = true).await;
    app.is_altered();
    if app.app.db.is_postgres() {
        return;
    }
    many(&app);
    let (emma, today) = (app.id("emma"), app.clock.today());
    app.write(move |tx| probite::people::roles::grant(tx, None, emma, probite::access::Role::Respondent, today, None));
    for reader in ["aline", "audrey", "rita", "emma"] {
        let actor = app.actor(reader);
        for standing in [vec![1], vec![1, 2]] {
            for (kind, state) in [(None, None), (Some("gift_declaration"), Some(StateFilter::One(State::Submitted)))] {
                let company = Some(standing.clone());
                let filter = Filter { company, kind: kind.map(Into::into), state, ..Filter::default() };
                let page = app.read(|tx| lists::register(tx, &actor, &filter, None, 5));
                for after in [None, page.next] {
                    let plans: Vec<Vec<String>> = app.read(|tx| {
                        let sent = statements(tx, |tx| {
                            files::newest(tx, &actor, &standing)?;
                            lists::register(tx, &actor, &filter, after.as_ref(), PAGE).map(drop)
                        })?;
                        sent.iter().map(|sql| plan(tx, sql)).collect()
                    });
                    assert_eq!(plans.len(), 2);
                    for plan in plans {
                        let range = "INDEX declarations_register_company (company_id=?";
                        assert!(plan.iter().any(|step| step.contains(range)), "{reader} {filter:?}: {plan:#?}");
                        assert!(scans(&plan).is_empty(), "{plan:#?}");
                        // One company is read in the order of its index.
                        let sorts = plan.iter().any(|step| step.contains("TEMP B-TREE"));
                        assert!(!sorts || standing.len() > 1, "{reader} {filter:?}: {plan:#?}");
                    }
                }
            }
        }
    }
}

/// The twin: a query without an index is seen to scan.
#[actix_web::test]
async fn a_query_without_an_index_is_found() {
    let app = TestApp::new().await;
    app.is_altered();
    if app.app.db.is_postgres() {
        return;
    }
    many(&app);
    for sql in [
        "SELECT id FROM declarations WHERE subject LIKE '%x%'",
        "SELECT id FROM declarations WHERE purpose = 'contract' ORDER BY changed_at",
        "SELECT seq FROM events WHERE event = 'decided'",
    ] {
        let plan = app.read(|tx| plan(tx, sql));
        assert_eq!(scans(&plan).len(), 1, "{sql}: {plan:?}");
    }
}

/// Tabs and the home page count what waits at each opening: a file, with what people wrote in it, is not read for that.
#[actix_web::test]
async fn what_waits_is_counted_from_indexes_alone() {
    let app = TestApp::new().await;
    app.is_altered();
    if app.app.db.is_postgres() {
        return;
    }
    many(&app);
    for actor in [app.actor("rosalie"), app.actor("aline")] {
        let steps: Vec<String> = app.read(|tx| {
            let asked = statements(tx, |tx| {
                lists::waiting(tx, &actor)?;
                lists::counts(tx, &actor, None)?;
                lists::counts(tx, &actor, Some(Office::EthicsOfficer))?;
                lists::to_read(tx, &actor).map(drop)
            })?;
            let mut steps = Vec::new();
            for sql in asked.iter().filter(|sql| sql.starts_with("SELECT")) {
                steps.extend(plan(tx, sql)?);
            }
            Ok(steps)
        });
        let of_files: Vec<&String> = steps.iter().filter(|step| step.contains("declarations ")).collect();
        assert!(of_files.len() > 1, "{steps:?}");
        for step in of_files {
            assert!(step.contains("USING COVERING INDEX declarations_"), "{step}");
        }
    }
    // The twin: what must be read in the files says so.
    let aline = app.actor("aline");
    let read: Vec<String> = app.read(|tx| {
        let asked = statements(tx, |tx| {
            lists::inbox(tx, &aline, None, InboxView::ADecider, &Filter::default(), None, 5).map(drop)
        })?;
        asked
            .iter()
            .filter(|sql| sql.starts_with("SELECT"))
            .map(|sql| plan(tx, sql))
            .collect::<Result<Vec<_>>>()
            .map(|all| all.concat())
    });
    assert!(read.iter().any(|step| step.contains("USING INDEX declarations_inbox")), "{read:?}");
}
