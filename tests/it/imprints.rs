//! What is no file is held against the journal too, column by column: in a ministry with a few years behind it, each column of each
//! table is altered as root, and the thing it belongs to is named.

use std::collections::{BTreeMap, BTreeSet};

use diesel::prelude::*;
use probite::access::actor::Channel;
use probite::access::{Actor, Role};
use probite::acts::{self, Act};
use probite::app::{App, Tx};
use probite::campaigns;
use probite::clock::Clock;
use probite::config::Config;
use probite::db::schema::{companies, events, passkeys, second_factors};
use probite::demo::{self, Size};
use probite::error::Result;
use probite::forms;
use probite::journal::agreement::{self, Difference};
use probite::journal::imprints::Register;
use probite::journal::{self, Event};
use probite::people;
use probite::policy;
use probite::programme::feed;
use probite::retention::{self, holds};
use probite::text::Language;

use crate::agreement::{batch, without_guards};
use crate::schema::{SCHEMA, written};
use crate::support::TestApp;
use crate::support::database::Place;

/// A table, which of its rows events tell, and the columns that they do not answer for.
type Table = (&'static str, &'static str, &'static [&'static str]);

/// The tables of each register. Left out: keys, what is folded for the search, what the worker notes to itself, and reasons that
/// are confidential.
fn tables(register: Register) -> &'static [Table] {
    match register {
        Register::Directory => {
            &[("persons", "", &["id", "folded"]), ("supervisions", "", &["id"]), ("units", "", &["id"])]
        }
        Register::Company => &[("companies", "", &["id", "folded"]), ("company_names", "", &["id", "folded"])],
        Register::LobbyChecks => &[("lobby_checks", "", &["id"])],
        Register::Object => &[("state_objects", "", &["id"]), ("custody_moves", "", &["id"])],
        Register::Showcase => &[
            // Its number of changes goes with its version.
            ("showcases", "", &["id", "sequence"]),
            ("showcase_firms", "", &["id"]),
            ("showcase_questions", "", &["id"]),
            ("registrations", "", &[]),
            ("consultations", "", &["id"]),
        ],
        Register::Passport => &[("passports", "", &["id"]), ("passport_rulings", "", &[])],
        Register::PassportLink => &[("passport_links", "", &[])],
        Register::Precedent => &[("precedents", "", &["id"])],
        Register::Absences => &[("absences", "", &["id", "stage"])],
        Register::Confirmations => &[("confirmations", "told_at IS NOT NULL", &["id", "told_at"])],
        Register::Hold => {
            &[("legal_holds", "", &["id", "reason"]), ("legal_holds", "company_id IS NOT NULL", &["id", "reason"])]
        }
        Register::Incident => &[("incident_versions", "", &[])],
        Register::Campaign => &[("campaigns", "", &["id", "teams_told_on"]), ("campaign_exceptions", "", &["reason"])],
        Register::Act => &[("acts", "", &["id"])],
        Register::RetentionList => {
            &[("retention_lists", "", &["id", "scrubbed_at"]), ("retention_files", "", &["position"])]
        }
        Register::PolicyProposal => &[("policy_proposals", "state <> 'draft'", &["id"])],
        Register::PolicyVersion => &[("policy_versions", "adopted_at IS NOT NULL", &["id", "loaded_at"])],
        Register::FormProposal => &[("kind_proposals", "state <> 'draft'", &["id"])],
        Register::FormVersion => &[
            ("kind_versions", "id IN (SELECT kind_version_id FROM kind_adoptions)", &["id", "loaded_at"]),
            ("kind_adoptions", "", &["id"]),
        ],
        Register::Comment => &[("comments", "", &["id"])],
        Register::Rectification => &[("rectifications", "", &["id"])],
        Register::CrossCheck => &[("crosschecks", "", &["id"])],
        Register::Opinion => &[("opinions", "", &[])],
        Register::OutsideDecisions => &[("outside_decisions", "", &[])],
        Register::Credentials => &[
            ("accounts", "", &[]),
            ("accounts", "suspended_at IS NOT NULL", &[]),
            ("second_factors", "confirmed_at IS NOT NULL", &["person_id", "master_key", "wrapped", "last_step"]),
            ("passkeys", "", &["id", "used_at"]),
            ("recovery_codes", "", &[]),
        ],
        Register::CalendarFeeds => &[("calendar_feeds", "", &["id"])],
    }
}

/// Tables that answer otherwise, and how.
const OTHERWISE: [(&str, &[&str]); 4] = [
    (
        "where a file stands, its versions, its decisions, what is joined to it and what was asked",
        &["declarations", "revisions", "decisions", "attachments", "measures"],
    ),
    (
        "the chain, the tree and the signed heads themselves",
        &["events", "journal_head", "journal_nodes", "checkpoints", "checkpoint_copies"],
    ),
    ("roles, tokens, and who read what, one by one", &["roles", "tokens", "access_log", "reading_seals"]),
    (
        "a fingerprint that the event has, and triggers that let nothing be changed",
        &["clearances", "clearance_lines", "clearance_reasons"],
    ),
];

/// Tables that do not answer to the journal, and why.
const NOT: [(&str, &[&str]); 6] = [
    (
        "what is not filed yet, or of one person for themselves",
        &["saved_views", "opinion_drafts", "letter_choices", "showcase_drafts", "draft_notices"],
    ),
    (
        "for some hours or minutes",
        &["sessions", "passkey_challenges", "idempotency_keys", "destroying", "retention_contents"],
    ),
    (
        "what the worker has to do and did",
        &[
            "timers",
            "letters",
            "digest_items",
            "rectification_reminders",
            "office_holders",
            "campaign_people",
            "batches",
            "batch_items",
            "reading_alarms",
            "backups",
            "comparisons",
        ],
    ),
    ("kept wrapped, and opens nothing when altered", &["data_keys"]),
    ("follows from the answers and the chart, and is made again from them", &["barred", "counters", "showcase_events"]),
    (
        "comes from outside, with the name and the hash of the file that said it",
        &[
            "imports",
            "procurements",
            "tenderers",
            "contracts",
            "contract_suppliers",
            "contract_changes",
            "list_entries",
            "registry_generations",
            "registry_enterprises",
            "registry_names",
            "registry_words",
        ],
    ),
];

/// A03: whoever adds a table says whether it answers to the journal.
#[test]
fn every_table_answers_to_the_journal_or_says_why_not() {
    let mut said: BTreeSet<&str> = Register::ALL.into_iter().flat_map(tables).map(|(table, ..)| *table).collect();
    said.extend(OTHERWISE.iter().chain(&NOT).flat_map(|(_, tables)| tables.iter().copied()));
    let schema = written(SCHEMA);
    let there: BTreeSet<&str> = schema.keys().map(String::as_str).collect();
    let without: Vec<_> = there.difference(&said).collect();
    let gone: Vec<_> = said.difference(&there).collect();
    assert!(without.is_empty() && gone.is_empty(), "not said: {without:?}; not there: {gone:?}");
}

/// A ministry with three years behind it.
fn ministry() -> (Place, App) {
    let place = Place::empty();
    let mut config: Config = place.config();
    config.demo.enabled = true;
    // Its contracts are under its own name.
    config.contracts.buyers.clear();
    config.letters.transport = probite::config::TransportKind::Mailbox;
    let end = chrono::NaiveDate::from_ymd_opt(2026, 11, 20).unwrap().and_hms_opt(20, 0, 0).unwrap();
    let app = App::build(config, Clock::at(end)).unwrap();
    demo::build(&app, Size { people: 90, declarations: 130, seed: 7 }, end, &|_| {}).unwrap();
    (place, app)
}

/// Somebody of the ministry, from a command.
fn somebody(tx: &mut Tx<'_>, number: &str) -> Result<Actor> {
    let person = people::store::find_by_number(tx, number)?.expect("a persona");
    Ok(people::sessions::actor(tx, &person, Channel::Command, false)?.expect("in service"))
}

/// As their owner leaves them, without the devices.
fn telephone_and_passkey(tx: &mut Tx<'_>, of: &Actor) -> Result<()> {
    let now = tx.now();
    diesel::insert_into(second_factors::table)
        .values((
            second_factors::person_id.eq(of.person),
            second_factors::master_key.eq("clé"),
            second_factors::wrapped.eq("secret"),
            second_factors::begun_at.eq(now),
            second_factors::confirmed_at.eq(now),
            second_factors::last_step.eq(0),
        ))
        .execute(tx.conn)?;
    diesel::insert_into(passkeys::table)
        .values((
            passkeys::person_id.eq(of.person),
            passkeys::name.eq("Clé bleue"),
            passkeys::credential_id.eq("abc"),
            passkeys::credential.eq(r#"{"cred":{"cred":{"type_":"ES256"},"counter":0}}"#),
            passkeys::made_at.eq(now),
        ))
        .execute(tx.conn)?;
    journal::record(tx, Some(of.person), None, &Event::SecondFactorSet { person: of.person })
}

/// What the history does not tell, because a scenario would find it done: acts of two people, what they adopt, destroy or hold.
fn and_more(app: &App) {
    app.write_here(|tx| {
        let (officer, general) = (somebody(tx, "200003")?, somebody(tx, "200005")?);
        holds::place(tx, &officer, "200001", "Un recours est annoncé.")?;
        let neq: Option<String> =
            companies::table.filter(companies::neq.is_not_null()).select(companies::neq).first(tx.conn)?;
        holds::place(tx, &officer, &neq.unwrap_or_default(), "Une entreprise poursuit.")?;
        let campaign = campaigns::store::open(tx)?.expect("the campaign of the year");
        campaigns::actions::except(tx, &officer, campaign.id, "200001", "Congé.")?;
        let (administrator, today) = (somebody(tx, "200008")?, tx.today());
        let role = Role::Auditor;
        let until = Some(today + chrono::TimeDelta::days(30));
        let act = Act::RoleGrant { number: "200001".into(), role, since: today, until };
        acts::actions::ask(tx, &administrator, &act, "Un mandat de vérification.")?;
        people::suspension::suspend(tx, Some(administrator.person), "200001", "Un mot de passe a circulé.")?;

        people::recovery::renew(tx, officer.person)?;
        feed::open_for(tx, officer.person, Language::Fr)?;
        telephone_and_passkey(tx, &general)?;

        let from = policy::versions::in_force(tx, tx.today())?.id;
        let begun = policy::proposals::begin(tx, &officer, from)?;
        let change = policy::proposals::Change {
            limits: vec![("gift_attention_cents".into(), 2_000)],
            note: Some("Aligner le repère sur l’usage.".into()),
            ..Default::default()
        };
        let saved = policy::proposals::save(tx, &officer, begun.id, begun.version, &change)?;
        let sent = policy::proposals::submit(tx, &officer, saved.id, saved.version)?;
        policy::proposals::adopt(tx, &general, sent.id, sent.version)?;

        let from = forms::versions::in_force(tx, "gift_declaration")?.id;
        let begun = forms::proposals::begin(tx, &officer, from)?;
        let change = forms::proposals::Change {
            document: Some(format!("{}\n# Relue.\n", begun.document)),
            note: Some("Relue avec les équipes.".into()),
            ..Default::default()
        };
        let saved = forms::proposals::save(tx, &officer, begun.id, begun.version, &change)?;
        let sent = forms::proposals::submit(tx, &officer, saved.id, saved.version)?;
        forms::proposals::adopt(tx, &general, sent.id, sent.version).map(drop)
    })
    .unwrap();
    // Four years later something has been kept long enough.
    app.clock.advance(chrono::TimeDelta::days(4 * 366));
    app.write_here(|tx| retention::actions::prepare(tx, None)).unwrap();
}

/// Alters as root what the database lets be altered, says which and what is then found, and takes all of it back.
fn altered(app: &App, wanted: Vec<(Register, String)>) -> (Vec<Register>, Vec<Difference>) {
    let (book, now) = (std::sync::Arc::clone(&app.book), app.clock.now());
    let (sender, receiver) = std::sync::mpsc::channel();
    let undone = app.db.write_here(move |conn| {
        let mut tx = Tx::new(conn, &book, now);
        without_guards(&mut tx)?;
        let mut done = Vec::new();
        for (register, sql) in wanted {
            batch(&mut tx, "SAVEPOINT one")?;
            if batch(&mut tx, &sql).is_ok() {
                done.push(register);
            } else {
                batch(&mut tx, "ROLLBACK TO SAVEPOINT one")?;
            }
        }
        let found = agreement::compare_within(&mut tx, &[])?;
        drop(sender.send((done, found.differences)));
        Err::<(), _>(probite::error::Error::NotFound)
    });
    assert!(undone.is_err());
    receiver.recv().expect("all was compared")
}

fn named(differences: &[Difference]) -> BTreeSet<Register> {
    let of = |one: &Difference| match one {
        Difference::Thing { thing, .. } | Difference::ThingGone { thing, .. } | Difference::ThingUntold { thing } => {
            Some(thing.register)
        }
        _ => None,
    };
    differences.iter().filter_map(of).collect()
}

/// The first row that events tell, of a table.
fn one_row(app: &App, table: &str, told: &str) -> String {
    let key = if app.db.is_postgres() { "ctid" } else { "rowid" };
    let told = if told.is_empty() { String::new() } else { format!("WHERE {told}") };
    format!("{key} = (SELECT {key} FROM {table} {told} ORDER BY {key} LIMIT 1)")
}

fn is_empty(app: &App, table: &str, told: &str) -> bool {
    #[derive(QueryableByName)]
    struct Count {
        #[diesel(sql_type = diesel::sql_types::BigInt)]
        n: i64,
    }
    let told = if told.is_empty() { "true" } else { told };
    let sql = format!("SELECT count(*) AS n FROM {table} WHERE {told}");
    app.read_here(|tx| Ok(diesel::sql_query(sql).get_result::<Count>(tx.conn)?.n)).unwrap() == 0
}

/// A03, A04: a column of a thing that is no file, whichever, altered as root: the thing is named.
#[test]
fn every_column_of_what_is_no_file_answers_to_the_journal() {
    let (_place, app) = ministry();
    and_more(&app);
    let found = agreement::compare(&app, &[], &|_| {}).unwrap();
    assert_eq!(found.differences, [], "no false alarm");
    assert!(found.things > 150 && found.things_unsaid == 0, "{} things, {}", found.things, found.things_unsaid);
    let schema = written(SCHEMA);
    let (mut queues, mut empty): (BTreeMap<Register, Vec<String>>, Vec<&str>) = (BTreeMap::new(), Vec::new());
    let mut covered = 0;
    for register in Register::ALL {
        for (table, told, beside) in tables(register) {
            if is_empty(&app, table, told) {
                empty.push(table);
                continue;
            }
            let row = one_row(&app, table, told);
            let queue = queues.entry(register).or_default();
            queue.push(format!("DELETE FROM {table} WHERE {row}"));
            for (column, (kind, _)) in &schema[*table] {
                if beside.contains(&column.as_str()) {
                    continue;
                }
                covered += 1;
                let changed = match kind.as_str() {
                    "Date" => "'2031-02-03'".to_owned(),
                    "Timestamp" => "'2020-02-03 04:05:06'".to_owned(),
                    "Bool" => format!("NOT coalesce({column}, false)"),
                    "BigInt" | "Integer" => format!("coalesce({column}, 0) + 1"),
                    _ => format!("coalesce({column}, '') || '¤'"),
                };
                queue.push(format!("UPDATE {table} SET {column} = {changed} WHERE {row}"));
            }
        }
    }
    let (mut tried, mut done) = (0, 0);
    while queues.values().any(|queue| !queue.is_empty()) {
        let round: Vec<(Register, String)> =
            queues.iter_mut().filter_map(|(register, queue)| Some((*register, queue.pop()?))).collect();
        tried += round.len();
        let (altered, differences) = altered(&app, round.clone());
        done += altered.len();
        let named = named(&differences);
        for register in &altered {
            assert!(named.contains(register), "{register:?} is not named: {round:?}");
        }
        // And nothing else is accused.
        assert!(named.iter().all(|register| altered.contains(register)), "{named:?} of {altered:?}");
    }
    println!("{covered} columns; {done} of {tried} alterations were possible; empty tables: {empty:?}");
    // Constraints of the database refuse some to root too: states that are not, people who do not exist.
    assert!(done * 10 > tried * 9, "{done} of {tried}");
    assert_eq!(empty, Vec::<&str>::new());
}

/// A06: in a register of before events said what they left, nothing is told and nobody is accused.
#[actix_web::test]
async fn things_of_before_events_told_them_are_counted_and_not_accused() {
    let app = TestApp::new().await;
    app.is_altered();
    app.files_gift("camille");
    let found = agreement::compare(&app.app, &[], &|_| {}).unwrap();
    assert_eq!(
        (found.differences, found.things_unsaid),
        (Vec::new(), 1),
        "the directory of the stories came with them"
    );
    let before: i64 = app.read(|tx| Ok(events::table.count().get_result(tx.conn)?));
    let found = {
        let (book, now) = (std::sync::Arc::clone(&app.app.book), app.clock.now());
        let (sender, receiver) = std::sync::mpsc::channel();
        let undone = app.app.db.write_here(move |conn| {
            let mut tx = Tx::new(conn, &book, now);
            without_guards(&mut tx)?;
            batch(&mut tx, "UPDATE events SET leaf = replace(leaf, '\"left\":', '\"unsaid\":')")?;
            drop(sender.send(agreement::compare_within(&mut tx, &[])?));
            Err::<(), _>(probite::error::Error::NotFound)
        });
        assert!(undone.is_err());
        receiver.recv().unwrap()
    };
    assert_eq!(i64::try_from(found.events).unwrap_or_default(), before, "{found:?}");
    assert_eq!(named(&found.differences), BTreeSet::new());
    assert_eq!(found.things_unsaid, found.things);
}
