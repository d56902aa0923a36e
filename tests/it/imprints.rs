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
use probite::db::schema::{companies, events, passkeys, second_factors, showcases};
use probite::demo::chance::Chance;
use probite::demo::{self, Size};
use probite::error::Result;
use probite::forms;
use probite::journal::agreement::{self, Difference};
use probite::journal::imprints::{self, Register};
use probite::journal::tree::{self, Hash};
use probite::journal::{self, Event};
use probite::people;
use probite::policy;
use probite::programme::feed;
use probite::retention::{self, holds};
use probite::text::Language;

use crate::agreement::{batch, tamperings, without_guards};
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
        Register::Hold => &[
            ("legal_holds", "", &["id", "reason"]),
            ("legal_holds", "company_id IS NOT NULL", &["id", "reason"]),
            ("legal_holds", "thing IS NOT NULL", &["id", "reason"]),
        ],
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
        &[
            "sessions",
            "passkey_challenges",
            "idempotency_keys",
            "destroying",
            "destroying_things",
            "retention_contents",
        ],
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
            "registry_ties",
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
        let showcase: String = showcases::table.select(showcases::reference).first(tx.conn)?;
        holds::place(tx, &officer, &showcase, "Une entreprise n’y a pas été entendue.")?;
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

/// What was altered, and what is then found; nothing when what is there does not even read.
type Altered = (Vec<(Register, String)>, Option<Vec<Difference>>);

/// Alters as root what the database lets be altered, says which and what is then found, and takes all of it back. `kept` are heads that
/// somebody else keeps.
fn altered(app: &App, kept: &[(u64, Hash)], wanted: Vec<(Register, String)>) -> Altered {
    let (book, now, kept) = (std::sync::Arc::clone(&app.book), app.clock.now(), kept.to_vec());
    let (sender, receiver) = std::sync::mpsc::channel();
    let undone = app.db.write_here(move |conn| {
        let mut tx = Tx::new(conn, &book, now);
        without_guards(&mut tx)?;
        let mut done = Vec::new();
        for (register, sql) in wanted {
            batch(&mut tx, "SAVEPOINT one")?;
            if batch(&mut tx, &sql).is_ok() {
                done.push((register, sql));
            } else {
                batch(&mut tx, "ROLLBACK TO SAVEPOINT one")?;
            }
        }
        let found = agreement::compare_within(&mut tx, &kept).ok().map(|found| found.differences);
        drop(sender.send((done, found)));
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

fn count(app: &App, table: &str, told: &str) -> usize {
    #[derive(QueryableByName)]
    struct Count {
        #[diesel(sql_type = diesel::sql_types::BigInt)]
        n: i64,
    }
    let told = if told.is_empty() { "true" } else { told };
    let sql = format!("SELECT count(*) AS n FROM {table} WHERE {told}");
    let n = app.read_here(|tx| Ok(diesel::sql_query(sql).get_result::<Count>(tx.conn)?.n)).unwrap();
    usize::try_from(n).unwrap()
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
            if count(&app, table, told) == 0 {
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
        let (altered, differences) = altered(&app, &[], round.clone());
        done += altered.len();
        let altered: Vec<Register> = altered.into_iter().map(|(register, _)| register).collect();
        let named = named(&differences.expect("all is read"));
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

/// Tables where rows are altered at random: which of their rows, how many there are, and their columns that events answer for.
struct Rows {
    table: &'static str,
    told: &'static str,
    count: usize,
    /// All columns, with the type that diesel gives each.
    columns: Vec<(String, String)>,
    beside: &'static [&'static str],
}

/// Columns that no two rows of a table share.
const APART: [&str; 7] = ["number", "reference", "code", "email", "hash", "token_hash", "credential_id"];

impl Rows {
    /// One of them, anywhere.
    fn any(&self, key: &str, chance: &mut Chance) -> String {
        let told = if self.told.is_empty() { "true" } else { self.told };
        let at = chance.below(self.count);
        format!("(SELECT {key} FROM {} WHERE {told} ORDER BY {key} LIMIT 1 OFFSET {at})", self.table)
    }

    /// One changed, deleted, copied, or given what another has: linked elsewhere when that is a link.
    fn alteration(&self, key: &str, chance: &mut Chance) -> String {
        let table = self.table;
        let (one, other) = (self.any(key, chance), self.any(key, chance));
        let answered: Vec<_> = self.columns.iter().filter(|(name, _)| !self.beside.contains(&name.as_str())).collect();
        let (column, kind) = answered[chance.below(answered.len())];
        let changed = match kind.as_str() {
            "Date" => "'2031-02-03'".to_owned(),
            "Timestamp" => "'2020-02-03 04:05:06'".to_owned(),
            "Bool" => format!("NOT coalesce({column}, false)"),
            "BigInt" | "Integer" => format!("coalesce({column}, 0) + 1"),
            // Of a passkey only the public key counts, whatever the rest of its text says.
            _ if column == "credential" => format!("coalesce({column}, '') || '¤'"),
            // One letter of it, somewhere.
            _ => {
                let at = chance.below(40) + 1;
                format!("substr(coalesce({column}, ''), 1, {at}) || '¤' || substr(coalesce({column}, ''), {})", at + 2)
            }
        };
        match chance.below(5) {
            0 | 1 => format!("UPDATE {table} SET {column} = {changed} WHERE {key} = {one}"),
            2 => format!("DELETE FROM {table} WHERE {key} = {one}"),
            // A version of a form is told once it is adopted only: a copy of one is none.
            3 if table != "kind_versions" && self.columns.iter().any(|(name, _)| name == "id") => {
                let names: Vec<&str> = self.columns.iter().map(|(name, _)| name.as_str()).collect();
                let copied = names.iter().map(|name| match *name {
                    "id" => format!("(SELECT max(id) + 1 FROM {table})"),
                    name if APART.contains(&name) => format!("{name} || '¤'"),
                    name => name.to_owned(),
                });
                let copied: Vec<String> = copied.collect();
                let (names, copied) = (names.join(", "), copied.join(", "));
                format!("INSERT INTO {table} ({names}) SELECT {copied} FROM {table} WHERE {key} = {one}")
            }
            _ => {
                let there = format!("(SELECT {column} FROM {table} WHERE {key} = {other})");
                format!(
                    "UPDATE {table} SET {column} = CASE WHEN {column} IS DISTINCT FROM {there} THEN {there} ELSE {changed} END \
                     WHERE {key} = {one}"
                )
            }
        }
    }
}

/// Every table that the imprints cover, by register.
fn rows_told(app: &App) -> BTreeMap<Register, Vec<Rows>> {
    let schema = written(SCHEMA);
    let of = |register| {
        let rows = tables(register).iter().map(|&(table, told, beside)| Rows {
            table,
            told,
            count: count(app, table, told),
            columns: schema[table].iter().map(|(name, (kind, _))| (name.clone(), kind.clone())).collect(),
            beside,
        });
        (register, rows.collect::<Vec<_>>())
    };
    Register::ALL.into_iter().map(of).collect()
}

/// The head of now, as whoever is out of reach keeps it: how many events, and their root.
fn head_of_now(app: &App) -> (u64, Hash) {
    let leaves: Vec<String> =
        app.read_here(|tx| Ok(events::table.order(events::seq.asc()).select(events::leaf).load(tx.conn)?)).unwrap();
    let leaves: Vec<Hash> = leaves.iter().map(|leaf| tree::leaf_hash(leaf.as_bytes())).collect();
    let size = u64::try_from(leaves.len()).unwrap();
    (size, tree::root(&mut tree::Leaves(&leaves), size).unwrap())
}

/// A04: rows of every table that the imprints cover, altered as root at random, one of each register at a time: each is found, and the
/// thing that it belongs to is named. Whoever rewrites the journal to agree meets the head that somebody else keeps.
#[test]
fn rows_altered_at_random_in_any_table_are_found_and_located() {
    let (_place, app) = ministry();
    and_more(&app);
    let kept = [head_of_now(&app)];
    assert_eq!(agreement::compare(&app, &kept, &|_| {}).unwrap().differences, [], "no false alarm");
    let (rows, key) = (rows_told(&app), if app.db.is_postgres() { "ctid" } else { "rowid" });
    let (seed, wanted) = tamperings();
    let mut chance = Chance::new(seed);
    let (mut tried, mut done, mut located, mut seen) = (0, 0, 0, BTreeSet::new());
    while done < wanted {
        let round: Vec<(Register, String)> = rows
            .iter()
            .map(|(register, tables)| (*register, tables[chance.below(tables.len())].alteration(key, &mut chance)))
            .collect();
        tried += round.len();
        assert!(tried < wanted * 4 + 1_000, "{done} of {wanted} were possible at all");
        let (altered_here, differences) = altered(&app, &kept, round);
        let named = named(&differences.unwrap_or_default());
        for (register, sql) in altered_here {
            done += 1;
            seen.insert(register);
            if named.contains(&register) {
                located += 1;
                continue;
            }
            // Found at all, then, when it is alone?
            let (done, differences) = altered(&app, &kept, vec![(register, sql)]);
            assert!(done.is_empty() || differences.is_none_or(|found| !found.is_empty()), "{done:?} (SEED={seed})");
        }
    }
    println!("{located} of {done} are located; {tried} were tried");
    assert!(located * 100 >= done * 99, "{located} of {done} are located (SEED={seed})");
    assert!(wanted < 1_000 || seen.len() == Register::ALL.len(), "{seen:?}");
}

/// A04: the same with the journal made to agree: what an event says that it left is altered with the rows, and the head that somebody
/// else keeps tells.
#[actix_web::test]
async fn a_row_altered_with_what_its_event_says_of_it_is_told_by_the_head_that_is_kept_elsewhere() {
    let app = TestApp::new().await;
    app.files_gift("camille");
    let kept = [head_of_now(&app.app)];
    let (thing, before) = app.read(|tx| {
        let thing = imprints::every(tx, Register::Company)?.remove(0);
        let rows = imprints::now(tx, &thing)?.expect("its rows");
        Ok((thing, rows))
    });
    let (book, now) = (std::sync::Arc::clone(&app.app.book), app.clock.now());
    let (sender, receiver) = std::sync::mpsc::channel();
    let undone = app.app.db.write_here(move |conn| {
        let mut tx = Tx::new(conn, &book, now);
        without_guards(&mut tx)?;
        batch(&mut tx, &format!("UPDATE companies SET name = 'Autre inc.' WHERE id = {}", thing.key))?;
        let after = imprints::now(&mut tx, &thing)?.expect("its rows");
        batch(&mut tx, &format!("UPDATE events SET leaf = replace(leaf, '{before}', '{after}')"))?;
        // The chain made again, as a careful forger would.
        let rows: Vec<(i64, String)> =
            events::table.order(events::seq.asc()).select((events::seq, events::leaf)).load(tx.conn)?;
        let mut hash = String::new();
        for (seq, leaf) in rows {
            hash = journal::store::chain(&hash, &leaf);
            batch(&mut tx, &format!("UPDATE events SET hash = '{hash}' WHERE seq = {seq}"))?;
        }
        batch(&mut tx, &format!("UPDATE journal_head SET hash = '{hash}'"))?;
        let alone = agreement::compare_within(&mut tx, &[])?.differences;
        drop(sender.send((alone, agreement::compare_within(&mut tx, &kept)?.differences)));
        Err::<(), _>(probite::error::Error::NotFound)
    });
    assert!(undone.is_err());
    let (alone, with_head) = receiver.recv().unwrap();
    assert_eq!(alone, [], "here everything agrees");
    assert_eq!(with_head, [Difference::Head { size: i64::try_from(head_of_now(&app.app).0).unwrap() }]);
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
