//! The tables say what the journal says; whatever is altered behind the service's back is named.

use std::collections::{BTreeMap, BTreeSet};

use actix_web::http::Method;
use chrono::TimeDelta;
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use probite::app::Tx;
use probite::attachments::scan::Scan;
use probite::attachments::store::{Kept, put};
use probite::clock::{Instant, local_date, start_of_day};
use probite::db::DbConn;
use probite::db::schema::{comparisons, declarations, events};
use probite::declarations::standing::{self, Standing};
use probite::demo::chance::Chance;
use probite::journal::agreement::{self, Difference, Found};
use probite::journal::{checkpoints, tree};
use probite::measures::actions::prove;
use probite::register::known;

use crate::proof::signing;
use crate::schema::{SCHEMA, written};
use crate::support::{TestApp, answers, files, say};

/// Files of every manner, decided in every manner that a story can.
async fn some_life(app: &TestApp) -> Vec<String> {
    let key = app.drafts("theo", "gift_declaration", answers::gift());
    let body = files::multipart(
        &[("value_method", "invoice"), ("value_cents", "80,25")],
        &[("attachments", "facture.pdf", &files::pdf("Facture"))],
    );
    let headers = [("sec-fetch-site", "same-origin"), ("accept", "text/html")];
    app.as_("theo").request(Method::POST, &format!("/brouillons/{key}/value"), &headers, Some(body)).await;
    let with_file = app.sends("theo", &key).unwrap().reference.unwrap();
    app.clock.advance(TimeDelta::minutes(7));
    let gift = app.files_gift("camille");
    app.decides("rosalie", &gift, "accept").unwrap();
    app.clock.advance(TimeDelta::days(1));
    let interest = app.files("camille", "interest_declaration", answers::interest());
    app.corrects("camille", &interest, answers::changed(answers::interest(), serde_json::json!({}))).unwrap();
    app.asks("rosalie", &interest, "Quand?").unwrap();
    app.answers("camille", &interest, "En 2019.").unwrap();
    app.clock.advance(TimeDelta::days(2));
    app.refers("rosalie", &interest).unwrap();
    app.sends_back("aline", &interest).unwrap();
    app.decides("rosalie", &interest, "managed").unwrap();
    let taken_back = app.files_gift("theo");
    app.withdraws("theo", &taken_back).unwrap();
    app.clock.advance(TimeDelta::days(1));
    let advice = app.files("camille", "advice_request", answers::advice());
    let outside = app.files("victor", "interest_declaration", answers::interest());
    app.records_outside("aline", &outside, "managed")
        .unwrap_or_else(|_| app.records_outside("solange", &outside, "managed").unwrap());
    vec![with_file, gift, interest, taken_back, advice, outside]
}

/// Tokens that open something, and a proof with its file: what the batteries alter besides files.
fn powers_and_proofs(app: &TestApp, interest: &str) {
    for (name, token, scope) in [("aline", "vérification", "read"), ("camille", "agenda", "write")] {
        let person = app.id(name);
        app.write(move |tx| probite::people::sessions::create_token(tx, None, person, token, scope, 30));
    }
    let (folder, content) = (app.app.book.config.uploads.directory.clone(), files::pdf("Preuve"));
    let proof = Kept {
        field: "files".into(),
        name: "preuve.pdf".into(),
        media_type: "application/pdf",
        size: i64::try_from(content.len()).unwrap(),
        sha256: put(std::path::Path::new(&folder), &content).unwrap(),
        scan: Scan::Clean,
        key: None,
    };
    let measure = app.measures(interest)[0].id;
    app.does("camille", move |tx, actor| prove(tx, actor, measure, "Voir la note.", &[proof])).unwrap();
}

fn compared(app: &TestApp) -> Found {
    agreement::compare(&app.app, &[], &|_| {}).unwrap()
}

pub(crate) fn batch(tx: &mut Tx<'_>, sql: &str) -> probite::error::Result<()> {
    match tx.conn {
        DbConn::Sqlite(conn) => conn.batch_execute(sql)?,
        DbConn::Postgres(conn) => conn.batch_execute(sql)?,
    }
    Ok(())
}

/// What somebody with the whole database begins with: nothing stands in the way any more.
pub(crate) fn without_guards(tx: &mut Tx<'_>) -> probite::error::Result<()> {
    #[derive(QueryableByName)]
    struct Line {
        #[diesel(sql_type = diesel::sql_types::Text)]
        line: String,
    }
    match tx.conn {
        DbConn::Postgres(_) => {
            let tables = "SELECT format('ALTER TABLE %I DISABLE TRIGGER USER', tablename) AS line FROM pg_tables \
                          WHERE schemaname = current_schema()";
            let lines: Vec<Line> = diesel::sql_query(tables).load(tx.conn)?;
            lines.iter().try_for_each(|line| batch(tx, &line.line))
        }
        DbConn::Sqlite(_) => {
            let triggers = "SELECT 'DROP TRIGGER ' || name AS line FROM sqlite_master WHERE type = 'trigger'";
            let lines: Vec<Line> = diesel::sql_query(triggers).load(tx.conn)?;
            batch(tx, "PRAGMA defer_foreign_keys = ON")?;
            lines.iter().try_for_each(|line| batch(tx, &line.line))
        }
    }
}

/// Alters as root, compares as one transaction sees it, and takes all of it back.
fn altered(app: &TestApp, kept: &[(u64, tree::Hash)], sql: &[String]) -> Result<Found, String> {
    let mut found = Err("nothing was compared".to_owned());
    let (kept, sql, book) = (kept.to_vec(), sql.to_vec(), std::sync::Arc::clone(&app.app.book));
    let now = app.clock.now();
    let (sender, receiver) = std::sync::mpsc::channel();
    let undone = app.app.db.write_here(move |conn| {
        let mut tx = Tx::new(conn, &book, now);
        let tried = without_guards(&mut tx).and_then(|()| sql.iter().try_for_each(|sql| batch(&mut tx, sql)));
        let compared = tried
            .map_err(|error| format!("refused: {error}"))
            .and_then(|()| agreement::compare_within(&mut tx, &kept).map_err(|error| format!("unreadable: {error}")));
        drop(sender.send(compared));
        Err::<(), _>(probite::error::Error::NotFound)
    });
    assert!(undone.is_err());
    if let Ok(compared) = receiver.recv() {
        found = compared;
    }
    found
}

/// A03: every way of filing and deciding leaves tables that say what the journal says.
#[actix_web::test]
async fn after_every_way_of_filing_and_deciding_the_tables_say_what_the_journal_says() {
    let app = TestApp::new().await;
    let filed = some_life(&app).await;
    let found = compared(&app);
    assert_eq!(found.differences, []);
    // Linked drafts are told by nothing.
    assert_eq!(found.files, u64::try_from(filed.len()).unwrap());
    assert_eq!(found.unsaid, 0);
    let events: i64 = app.read(|tx| Ok(events::table.count().get_result(tx.conn)?));
    assert_eq!(i64::try_from(found.events).unwrap(), events);
}

/// A04: as root, one after the other: what is altered is found and named.
#[actix_web::test]
async fn each_thing_altered_as_root_is_named() {
    let app = TestApp::new().await;
    let filed = some_life(&app).await;
    let [with_file, gift, interest, _, advice, _] = filed.as_slice() else { panic!("{filed:?}") };
    let id = |reference: &str| format!("(SELECT id FROM declarations WHERE reference = '{reference}')");
    let named = |sql: String, wanted: &str| {
        let found = altered(&app, &[], std::slice::from_ref(&sql)).unwrap();
        let told: Vec<String> =
            found.differences.iter().map(|difference| difference.told(probite::text::Language::Fr)).collect();
        assert!(told.iter().any(|line| line.contains(wanted)), "{sql}: {told:?} without {wanted:?}");
    };
    named(format!("UPDATE declarations SET state = 'closed' WHERE reference = '{interest}'"), interest);
    named(format!("UPDATE declarations SET outcome = 'refuse' WHERE reference = '{gift}'"), "l’issue");
    named(format!("UPDATE declarations SET value_cents = 100 WHERE reference = '{gift}'"), "les faits");
    named(
        format!("UPDATE declarations SET answers = replace(answers, '80', '8') WHERE reference = '{with_file}'"),
        with_file,
    );
    named(format!("UPDATE declarations SET due_on = '2031-01-01' WHERE reference = '{with_file}'"), "l’échéance");
    named(format!("UPDATE declarations SET declarant_id = {} WHERE reference = '{gift}'", app.id("emma")), gift);
    named(format!("UPDATE declarations SET filed_at = '2026-01-01 00:00:00' WHERE reference = '{gift}'"), gift);
    named(format!("UPDATE decisions SET reason = 'Autre.' WHERE declaration_id = {}", id(interest)), "la décision");
    named(format!("UPDATE decisions SET decider_id = {} WHERE declaration_id = {}", app.id("denis"), id(gift)), gift);
    named(format!("DELETE FROM decisions WHERE declaration_id = {}", id(gift)), "la décision");
    named(
        format!("UPDATE revisions SET answers = '{{}}' WHERE declaration_id = {} AND number = 1", id(interest)),
        "la version 1",
    );
    named(format!("DELETE FROM revisions WHERE declaration_id = {} AND number = 2", id(interest)), "la version 2");
    let copied = "INSERT INTO revisions (declaration_id, number, kind_version_id, answers, filed_at, filed_by) \
                  SELECT declaration_id, 9, kind_version_id, answers, filed_at, filed_by FROM revisions";
    named(format!("{copied} WHERE declaration_id = {} AND number = 1", id(gift)), "la version 9");
    named("UPDATE attachments SET sha256 = 'ab' || substr(sha256, 3)".to_owned(), "fichier joint");
    named("DELETE FROM attachments".to_owned(), "fichier joint");
    for change in ["scan = 'infected'", "name = 'autre.pdf'", "media_type = 'text/html'", "added_by = added_by + 1"] {
        named(format!("UPDATE attachments SET {change}"), "les fichiers joints");
    }
    named(
        format!("UPDATE declarations SET sealed = replace(sealed, 'a', 'b') WHERE reference = '{advice}'"),
        "ne s’ouvre pas",
    );
    // Words of one sealed file are not those of another, nor of an earlier version.
    named(format!("UPDATE declarations SET version = version + 1 WHERE reference = '{advice}'"), "ne s’ouvre pas");
    named("UPDATE events SET leaf = replace(leaf, '2019', '2009') WHERE leaf LIKE '%2019%'".to_owned(), "la chaîne");
    named("DELETE FROM events WHERE seq = 3".to_owned(), "la chaîne est rompue à l’événement 3");
    // What gives power, and what a decision asked.
    let camille = app.id("camille");
    let aline = app.id("aline");
    named(
        format!(
            "INSERT INTO roles (person_id, role, since, granted_at) \
             SELECT {camille}, 'ethics_officer', since, granted_at FROM roles WHERE person_id = {aline}"
        ),
        &format!("Personne {camille}, rôle"),
    );
    named(format!("DELETE FROM roles WHERE person_id = {aline}"), &format!("Personne {aline}, rôle"));
    named("UPDATE roles SET until = '2031-01-01' WHERE role = 'auditor'".to_owned(), "Personne");
    app.write(move |tx| probite::people::sessions::create_token(tx, None, aline, "vérification", "read", 30));
    assert_eq!(compared(&app).differences, []);
    named("UPDATE tokens SET scope = 'write'".to_owned(), "jeton");
    named("UPDATE tokens SET expires_at = '2031-01-01 00:00:00'".to_owned(), "jeton");
    named("DELETE FROM tokens".to_owned(), "jeton");
    named(format!("UPDATE tokens SET person_id = {camille}"), &format!("Personne {camille}, jeton"));
    named("UPDATE tokens SET token_hash = 'ab' || substr(token_hash, 3)".to_owned(), "jeton");
    app.write(move |tx| probite::people::sessions::revoke_token(tx, None, aline, "vérification"));
    named("UPDATE tokens SET revoked_at = NULL".to_owned(), "jeton");
    named(format!("UPDATE measures SET state = 'verified' WHERE declaration_id = {}", id(interest)), "les suivis");
    named(format!("UPDATE measures SET number = number + 9 WHERE declaration_id = {}", id(interest)), "les suivis");
    assert_eq!(compared(&app).differences, [], "all was taken back");
}

/// A04: a whole file taken away with its events, the chain made again: the head that somebody else keeps tells it.
#[actix_web::test]
async fn a_file_taken_away_with_its_events_is_told_by_the_head_that_is_kept_elsewhere() {
    let (app, _folder, verifier) = signing().await;
    let filed = some_life(&app).await;
    let signer = checkpoints::signer(&app.app.book.config).unwrap().unwrap();
    let head = checkpoints::sign(&app.app, &signer).unwrap().unwrap();
    let kept = verifier.checkpoint(&head.note).unwrap();
    assert_eq!(agreement::compare(&app.app, &[kept], &|_| {}).unwrap().differences, [], "no false alarm");
    let gone = format!(
        "DELETE FROM events WHERE declaration_id = (SELECT id FROM declarations WHERE reference = '{}')",
        filed[1]
    );
    let heads = "DELETE FROM checkpoint_copies; DELETE FROM checkpoints".to_owned();
    let found = altered(&app, &[kept], &[gone, heads]).unwrap();
    assert!(found.differences.contains(&Difference::Head { size: i64::try_from(kept.0).unwrap() }), "{found:?}");
    let told =
        |difference: &Difference| matches!(difference, Difference::Untold { declaration } if *declaration == filed[1]);
    assert!(found.differences.iter().any(told), "{found:?}");
}

/// A04, D07: as root, at random: a row of a file or of the journal changed, deleted, copied, two of them exchanged, one linked elsewhere.
/// All is found.
#[actix_web::test]
async fn thousands_of_random_alterations_of_rows_are_all_found() {
    let (app, _folder, verifier) = signing().await;
    let filed = some_life(&app).await;
    powers_and_proofs(&app, &filed[2]);
    let signer = checkpoints::signer(&app.app.book.config).unwrap().unwrap();
    let head = checkpoints::sign(&app.app, &signer).unwrap().unwrap();
    let kept = [verifier.checkpoint(&head.note).unwrap()];
    let (seed, rounds) = tamperings();
    let mut chance = Chance::new(seed);
    let (mut done, mut located) = (0, 0);
    let mut round = 0;
    while done < rounds {
        round += 1;
        assert!(round < rounds * 3, "{done} of {round} were possible at all");
        let sql = alteration(&app, &mut chance);
        match altered(&app, &kept, std::slice::from_ref(&sql)) {
            // A constraint of the database refuses it to root too: it is no alteration.
            Err(refused) if refused.starts_with("refused") => continue,
            Err(_) => done += 1,
            Ok(found) => {
                done += 1;
                assert!(!found.agrees(), "round {round}: {sql} (SEED={seed})");
                // Beyond « something is wrong »: where.
                located += usize::from(found.differences.iter().any(|one| !matches!(one, Difference::Head { .. })));
            }
        }
    }
    assert!(located * 100 >= done * 99, "{located} of {done} are located");
}

/// What replays a battery, and how many alterations it makes: `TAMPERINGS` are shared by two, of files here and of all that is no file
/// (`imprints.rs`).
pub(crate) fn tamperings() -> (u64, usize) {
    let seed = std::env::var("SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(20_261_129);
    let both: usize = std::env::var("TAMPERINGS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(300);
    println!("SEED={seed} TAMPERINGS={both}");
    (seed, both / 2)
}

/// Tables of what people declare and what became of it, with the columns that the journal answers for.
const COVERED: [(&str, &[&str]); 8] = [
    (
        "declarations",
        &[
            "reference",
            "kind",
            "state",
            "outcome",
            "answers",
            "findings",
            "subject",
            "class",
            "route_reason",
            "first_filed_at",
            "filed_at",
            "due_on",
            "decided_at",
            "holder_id",
            "declarant_id",
            "revision",
            "attention",
            "value_cents",
            "days_late",
            "decider_id",
            "company_name",
            "unit_id",
            "regime",
            "measures",
        ],
    ),
    ("revisions", &["answers", "filed_at", "number"]),
    ("decisions", &["reason", "outcome", "decider_id", "decided_at", "measures", "revision"]),
    ("events", &["leaf", "hash", "seq", "at", "actor_id", "event", "declaration_id"]),
    (
        "attachments",
        &[
            "id",
            "declaration_id",
            "measure_id",
            "field",
            "name",
            "media_type",
            "size",
            "sha256",
            "scan",
            "added_by",
            "added_at",
            "sealed_key",
        ],
    ),
    (
        "measures",
        &[
            "declaration_id",
            "number",
            "text",
            "owner_id",
            "evidence",
            "every_months",
            "state",
            "round",
            "ordered_at",
            "ordered_by",
            "due_on",
            "proof",
            "proof_at",
            "proof_by",
            "settled_at",
            "settled_by",
            "reason",
        ],
    ),
    ("roles", &["person_id", "role", "since", "until", "granted_by", "granted_at"]),
    ("tokens", &["person_id", "name", "token_hash", "scope", "created_at", "expires_at", "revoked_at"]),
];

/// What the journal does not answer for in what goes with files and in what gives power, and why.
const BESIDE: [(&str, &str, &str); 5] = [
    ("attachments", "scanned_at", "when the antivirus was last asked: the worker notes it each time, without an event"),
    ("measures", "id", "a key: its number in the file says which it is"),
    ("measures", "version", "how many times it was saved, for whoever writes at the same time"),
    ("roles", "id", "a key that nothing names"),
    ("tokens", "id", "a key that nothing names"),
];

/// A04: of what goes with files and of what gives power, each column is altered by the battery, or the journal says why it does not
/// answer for it.
#[test]
fn every_column_of_joined_files_measures_roles_and_tokens_is_altered_or_says_why_not() {
    let schema = written(SCHEMA);
    for (table, columns) in &COVERED[4..] {
        let beside = BESIDE.iter().filter(|(of, ..)| of == table).map(|(_, column, _)| *column);
        let said: Vec<&str> = columns.iter().copied().chain(beside).collect();
        let once: BTreeSet<&str> = said.iter().copied().collect();
        assert_eq!(once.len(), said.len(), "{table}");
        assert_eq!(once, schema[*table].keys().map(String::as_str).collect::<BTreeSet<_>>(), "{table}");
    }
}

fn alteration(app: &TestApp, chance: &mut Chance) -> String {
    let (table, columns) = COVERED[chance.below(COVERED.len())];
    let column = columns[chance.below(columns.len())];
    let key = if app.app.db.is_postgres() { "ctid" } else { "rowid" };
    let filed = if table == "declarations" { "WHERE first_filed_at IS NOT NULL" } else { "WHERE true" };
    let count: i64 = {
        #[derive(QueryableByName)]
        struct Count {
            #[diesel(sql_type = diesel::sql_types::BigInt)]
            n: i64,
        }
        let sql = format!("SELECT count(*) AS n FROM {table} {filed}");
        app.read(|tx| Ok(diesel::sql_query(sql).get_result::<Count>(tx.conn)?)).n
    };
    let mut row = |not: Option<i64>| -> (i64, String) {
        let mut at = i64::try_from(chance.below(usize::try_from(count).unwrap())).unwrap();
        if Some(at) == not {
            at = (at + 1) % count;
        }
        (at, format!("(SELECT {key} FROM {table} {filed} ORDER BY {key} LIMIT 1 OFFSET {at})"))
    };
    let (first, one) = row(None);
    let (_, other) = row(Some(first));
    let is_number =
        ["revision", "attention", "value_cents", "days_late", "number", "seq", "size", "every_months", "round", "id"]
            .contains(&column);
    let changed = match column {
        "due_on" | "since" | "until" => "'2031-02-03'".to_owned(),
        // One that the table knows: a virus that is none, a file that nobody looked at and that may be opened.
        "scan" => "CASE scan WHEN 'clean' THEN 'infected' ELSE 'clean' END".to_owned(),
        "declaration_id" => "1 + (SELECT max(id) FROM declarations)".to_owned(),
        _ if column.ends_with("_at") || column == "at" => "'2020-02-03 04:05:06'".to_owned(),
        _ if column.ends_with("_id") || column.ends_with("_by") => format!("{}", app.id("isabelle")),
        _ if is_number => format!("coalesce({column}, 0) + 1"),
        // One letter of it, somewhere.
        _ => {
            let at = chance.below(40) + 1;
            format!("substr(coalesce({column}, ''), 1, {at}) || '¤' || substr(coalesce({column}, ''), {})", at + 2)
        }
    };
    match chance.below(5) {
        0 | 1 => format!("UPDATE {table} SET {column} = {changed} WHERE {key} = {one}"),
        2 => format!("DELETE FROM {table} WHERE {key} = {one}"),
        // That of another row: exchanged by halves, and linked elsewhere when the column is a link.
        3 => {
            let there = format!("(SELECT {column} FROM {table} WHERE {key} = {other})");
            format!(
                "UPDATE {table} SET {column} = CASE WHEN {column} IS DISTINCT FROM {there} THEN {there} ELSE {changed} END \
                 WHERE {key} = {one}"
            )
        }
        _ => match table {
            "revisions" => format!(
                "INSERT INTO revisions (declaration_id, number, kind_version_id, answers, filed_at, filed_by) SELECT \
                 declaration_id, 77, kind_version_id, answers, filed_at, filed_by FROM revisions WHERE {key} = {one}"
            ),
            "decisions" => format!(
                "INSERT INTO decisions (declaration_id, revision, step, decider_id, outcome, reason, measures, decided_at) \
                 SELECT declaration_id, revision, 'autre', decider_id, outcome, reason, measures, decided_at FROM decisions \
                 WHERE {key} = {one}"
            ),
            "events" => format!(
                "INSERT INTO events (seq, at, actor_id, event, declaration_id, leaf, hash) SELECT (SELECT max(seq) + 1 \
                 FROM events), at, actor_id, event, declaration_id, leaf, hash FROM events WHERE {key} = {one}"
            ),
            "measures" => format!(
                "INSERT INTO measures (declaration_id, number, text, owner_id, evidence, every_months, state, round, version, \
                 ordered_at, ordered_by, due_on) SELECT declaration_id, number + 77, text, owner_id, evidence, every_months, \
                 state, round, version, ordered_at, ordered_by, due_on FROM measures WHERE {key} = {one}"
            ),
            "roles" => format!(
                "INSERT INTO roles (person_id, role, since, until, granted_by, granted_at) SELECT person_id, role, since, \
                 until, granted_by, granted_at FROM roles WHERE {key} = {one}"
            ),
            "tokens" => format!(
                "INSERT INTO tokens (person_id, name, token_hash, scope, created_at, expires_at, revoked_at) SELECT person_id, \
                 name, token_hash || '¤', scope, created_at, expires_at, revoked_at FROM tokens WHERE {key} = {one}"
            ),
            // A file that no answer names is joined to nothing that is on file: drafts and corrections have some.
            _ => format!("UPDATE {table} SET {column} = {changed} WHERE {key} = {one}"),
        },
    }
}

/// D07: one bit of the file of the database turned, anywhere: it is found, or it changed nothing that the journal answers for.
#[actix_web::test]
async fn a_bit_turned_in_the_file_of_the_database_is_found_or_changed_nothing() {
    let app = TestApp::new().await;
    if app.app.db.is_postgres() {
        return;
    }
    let filed = some_life(&app).await;
    powers_and_proofs(&app, &filed[2]);
    let folder = tempfile::tempdir().unwrap();
    let copy = folder.path().join("copie.db");
    // What one file has when nobody writes to it any more.
    SqliteConnection::establish(app.app.db.url())
        .unwrap()
        .batch_execute(&format!("VACUUM INTO '{}'", copy.display()))
        .unwrap();
    let whole = std::fs::read(&copy).unwrap();
    let wanted = covered(&copy).unwrap();
    let places = places_covered(&copy);
    assert!(wanted.len() > 10_000, "the journal and the tables are there");
    let seed = std::env::var("SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(20_261_129);
    let rounds: usize = std::env::var("FLIPS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(250);
    println!("SEED={seed} FLIPS={rounds}");
    let mut chance = Chance::new(seed);
    let (mut changed, mut found) = (0, 0);
    for round in 0..rounds {
        let mut bytes = whole.clone();
        // Anywhere, and every second time where the rows themselves are: most of a small file is empty.
        let at = match places[chance.below(places.len())] {
            (first, length) if round % 2 == 0 => first + chance.below(length),
            _ => chance.below(bytes.len()),
        };
        bytes[at] ^= 1 << chance.below(8);
        std::fs::write(&copy, &bytes).unwrap();
        let is = covered(&copy);
        let told = compared_in(&app, &copy);
        let is_same = is.as_ref() == Ok(&wanted);
        changed += usize::from(!is_same);
        found += usize::from(told);
        let other = || -> Vec<String> {
            let is = is.as_deref().unwrap_or_default();
            let lines = |text: &str| text.lines().map(str::to_owned).collect::<std::collections::BTreeSet<String>>();
            lines(is).symmetric_difference(&lines(&wanted)).cloned().collect()
        };
        assert!(told || is_same, "round {round}, byte {at}: nothing was found (SEED={seed}): {:#?}", other());
    }
    assert!(changed > rounds / 10 && found >= changed, "{changed} changed something, {found} were found, of {rounds}");
    std::fs::write(&copy, &whole).unwrap();
    assert!(!compared_in(&app, &copy), "no false alarm");
}

/// Whether anything is wrong with a copy.
fn compared_in(app: &TestApp, copy: &std::path::Path) -> bool {
    let Ok(conn) = SqliteConnection::establish(&copy.display().to_string()) else { return true };
    let mut conn = DbConn::Sqlite(conn);
    let mut tx = Tx::new(&mut conn, &app.app.book, app.clock.now());
    agreement::compare_within(&mut tx, &[]).map_or(true, |found| !found.agrees())
}

/// Where the file keeps the rows that the journal answers for: first byte and length of what is written on each page.
fn places_covered(copy: &std::path::Path) -> Vec<(usize, usize)> {
    #[derive(QueryableByName)]
    struct Place {
        #[diesel(sql_type = diesel::sql_types::BigInt)]
        first: i64,
        #[diesel(sql_type = diesel::sql_types::BigInt)]
        length: i64,
    }
    let mut conn = SqliteConnection::establish(&copy.display().to_string()).unwrap();
    let names: Vec<String> = COVERED.iter().map(|(table, _)| format!("'{table}'")).collect();
    // What a page holds is written from its end.
    let sql = format!(
        "SELECT pgoffset + pgsize - payload AS first, payload AS length FROM dbstat \
         WHERE payload > 0 AND pagetype <> 'internal' AND name IN ({})",
        names.join(", ")
    );
    let places: Vec<Place> = diesel::sql_query(sql).load(&mut conn).unwrap();
    assert!(places.len() > 5, "{} pages", places.len());
    places
        .into_iter()
        .map(|place| (usize::try_from(place.first).unwrap(), usize::try_from(place.length).unwrap()))
        .collect()
}

/// Everything that the journal answers for, as one text.
fn covered(copy: &std::path::Path) -> Result<String, String> {
    #[derive(QueryableByName)]
    struct Line {
        #[diesel(sql_type = diesel::sql_types::Nullable<diesel::sql_types::Text>)]
        line: Option<String>,
    }
    let mut conn = SqliteConnection::establish(&copy.display().to_string()).map_err(|error| error.to_string())?;
    let mut all = String::new();
    for (table, columns) in COVERED {
        let columns: Vec<String> = columns.iter().map(|column| format!("quote({column})")).collect();
        let sql = format!(
            "SELECT {} AS line FROM {table} {} ORDER BY 1",
            columns.join(" || '|' || "),
            if table == "declarations" { "WHERE first_filed_at IS NOT NULL" } else { "" }
        );
        let lines: Vec<Line> = diesel::sql_query(sql).load(&mut conn).map_err(|error| error.to_string())?;
        for line in lines {
            all.push_str(line.line.as_deref().unwrap_or("NULL"));
            all.push('\n');
        }
    }
    Ok(all)
}

/// What every file stood at, as the tables said it.
fn standings(app: &TestApp) -> BTreeMap<i64, Standing> {
    app.read(|tx| {
        let ids: Vec<i64> =
            declarations::table.filter(declarations::class.ne("C3")).select(declarations::id).load(tx.conn)?;
        let mut found = BTreeMap::new();
        for id in ids {
            if let Some(standing) = standing::now(tx, id)? {
                found.insert(id, standing);
            }
        }
        Ok(found)
    })
}

/// A16: the state at any instant, rebuilt from the journal, is what the tables said then.
#[actix_web::test]
async fn the_register_as_it_was_at_any_instant_is_rebuilt_from_the_journal() {
    let app = TestApp::new().await;
    let mut snapshots: Vec<(Instant, BTreeMap<i64, Standing>)> = Vec::new();
    let mut look = |app: &TestApp| {
        app.clock.advance(TimeDelta::seconds(1));
        snapshots.push((app.clock.now(), standings(app)));
        app.clock.advance(TimeDelta::hours(5));
    };
    look(&app);
    let gift = app.files_gift("camille");
    look(&app);
    let interest = app.files("theo", "interest_declaration", answers::interest());
    look(&app);
    app.decides("rosalie", &gift, "accept").unwrap();
    look(&app);
    app.asks("rosalie", &interest, "Quand?").unwrap();
    look(&app);
    app.corrects("theo", &interest, answers::interest()).unwrap();
    look(&app);
    app.refers("rosalie", &interest).unwrap();
    look(&app);
    let other = app.files_gift("camille");
    app.withdraws("camille", &other).unwrap();
    look(&app);
    app.decides("aline", &interest, "managed").unwrap();
    look(&app);
    for (at, wanted) in &snapshots {
        let ids: Vec<i64> = standings(&app).into_keys().collect();
        let found = app.read(|tx| known::known(tx, &ids, *at));
        let rebuilt: BTreeMap<i64, Standing> =
            found.into_iter().filter_map(|(id, known)| Some((id, known.standing?))).collect();
        assert_eq!(rebuilt, *wanted, "at {at}");
    }
    assert!(
        snapshots.iter().all(|(_, one)| snapshots.iter().filter(|(_, other)| one == other).count() == 1),
        "all differ"
    );
}

/// A16: the page for the ethics officer, on a day of before: what was known then, and what became of it.
#[actix_web::test]
async fn the_ethics_officer_reads_the_register_as_it_was_known_on_a_day() {
    let (app, _folder, _) = signing().await;
    let zone = app.app.book.calendar.default_zone();
    let gift = app.files_gift("camille");
    let first = app.clock.today();
    let signer = checkpoints::signer(&app.app.book.config).unwrap().unwrap();
    let head = checkpoints::sign(&app.app, &signer).unwrap().unwrap();
    app.clock.advance_business_days(2);
    app.decides("rosalie", &gift, "accept").unwrap();
    let later = app.files("theo", "interest_declaration", answers::interest());
    let aline = app.as_("aline");
    let page = aline.open(&format!("/registre/connu?le={first}")).await;
    assert!(page.says(&gift) && page.says("Transmise") && page.says("Rosalie Tremblay"), "{}", page.text());
    assert!(!page.says(&later));
    assert!(page.says(&head.root), "the head that covers that day");
    let events: i64 = app.read(|tx| Ok(known::reach(tx, start_of_day(first.succ_opt().unwrap(), zone))?.event));
    assert_eq!(events, head.size);
    assert!(page.says("Aujourd’hui"), "and where it stands now: {}", page.text());
    let today = local_date(app.clock.now(), zone);
    let page = aline.open(&format!("/registre/connu?le={today}")).await;
    assert!(page.says(&gift) && page.says(&later) && !page.says("Aujourd’hui"));
    // By kind, and nothing of before the register began.
    assert!(!aline.open(&format!("/registre/connu?le={today}&type=gift_declaration")).await.says(&later));
    assert!(aline.open("/registre/connu?le=2020-01-01").await.says("Aucun dossier"));
    // What cannot be a day is told beside it, and stays.
    for typed in ["bientot", "2031-01-01"] {
        let page = aline.open(&format!("/registre/connu?le={typed}")).await;
        assert_eq!(page.status, 422);
        assert!(page.says("Erreur") && page.html.contains(typed), "{}", page.text());
    }
    // One file, as it was that day and as it is.
    let then = aline.open(&aline.open(&format!("/registre/connu?le={first}")).await.link(&gift)).await;
    assert_eq!(then.path, format!("/registre/connu/{gift}?le={first}"));
    assert!(then.says("Transmise") && then.says("chocolats") && then.says(&say("as-known-same")), "{}", then.text());
    assert!(!then.says("Acceptée") && then.timeline().len() == 1, "nobody had decided: {:?}", then.timeline());
    let now = aline.open(&format!("/registre/connu/{gift}?le={today}")).await;
    assert!(now.timeline().len() > 1 && now.says(&say("as-known-same")), "{}", now.text());
    assert_eq!(aline.open(&format!("/registre/connu/{later}?le={first}")).await.status, 404, "not filed yet");
    assert_eq!(aline.open(&format!("/registre/connu/{gift}?le=2031-01-01")).await.status, 400);
    let masked = app.as_("audrey").open(&format!("/registre/connu/{gift}?le={today}")).await;
    assert!(masked.says("chocolats") && !masked.says("Rosalie") && !masked.says("Gagnon"), "{}", masked.text());
    assert!(app.access_log().contains(&("audrey", "read".to_owned(), true)), "{:?}", app.access_log());
    assert_eq!(app.as_("camille").open(&format!("/registre/connu/{gift}?le={today}")).await.status, 403);
    let advice = app.files("camille", "advice_request", answers::advice());
    assert_eq!(aline.open(&format!("/registre/connu/{advice}?le={today}")).await.status, 404, "told in confidence");
    // Auditors read it without names; staff do not read it.
    let masked = app.as_("audrey").open(&format!("/registre/connu?le={first}")).await;
    assert!(masked.says(&gift) && !masked.says("Rosalie") && !masked.says("Gagnon"), "{}", masked.text());
    assert_eq!(app.as_("camille").open("/registre/connu").await.status, 403);
}

/// The worker compares once a day; what it finds is an event, and the diagnosis says it.
#[actix_web::test]
async fn the_worker_compares_and_the_diagnosis_says_what_it_found() {
    let app = TestApp::new().await;
    let gift = app.files_gift("camille");
    let diagnosis = |app: &TestApp| {
        let checks = probite::doctor::run(&app.app);
        let check = checks.iter().find(|check| check.name == "concordance").unwrap();
        (check.health, check.detail.clone())
    };
    assert_eq!(diagnosis(&app).0, probite::doctor::Health::Warning, "never yet");
    let compare = || probite::journal::comparisons::run_if_due(&app.app).unwrap();
    compare();
    assert_eq!(diagnosis(&app).0, probite::doctor::Health::Ok, "{}", diagnosis(&app).1);
    app.write(move |tx| batch(tx, &format!("UPDATE declarations SET value_cents = 1 WHERE reference = '{gift}'")));
    compare();
    assert_eq!(diagnosis(&app).0, probite::doctor::Health::Ok, "not due yet");
    app.clock.advance(TimeDelta::hours(25));
    compare();
    let (health, detail) = diagnosis(&app);
    assert_eq!(health, probite::doctor::Health::Failed);
    assert!(detail.contains("une différence") && detail.contains("CAD-2026-000001"), "{detail}");
    let differing: i64 =
        app.read(|tx| Ok(events::table.filter(events::event.eq("register_differs")).count().get_result(tx.conn)?));
    assert_eq!(differing, 1);
    let rows: i64 = app.read(|tx| Ok(comparisons::table.count().get_result(tx.conn)?));
    assert_eq!(rows, 2);
    app.is_altered();
}

/// C10: times in the journal never go back, whatever the clock of a process says.
#[actix_web::test]
async fn times_in_the_journal_never_go_back() {
    let app = TestApp::new().await;
    app.files_gift("camille");
    app.clock.advance(-TimeDelta::hours(3));
    let late = app.files_gift("theo");
    app.clock.advance(TimeDelta::hours(9));
    app.decides("rosalie", &late, "accept").unwrap();
    let times: Vec<Instant> = app.read(|tx| Ok(events::table.order(events::seq).select(events::at).load(tx.conn)?));
    assert!(times.is_sorted(), "{times:?}");
    assert!(times.first() < times.last());
}

/// A03, P08: a reading taken out of the access log once it is sealed is told, as one that is added or given to somebody else; the
/// destruction of a file takes its readings away and the rest is sealed again.
#[actix_web::test]
async fn a_reading_that_was_sealed_is_not_taken_away_unseen() {
    let app = TestApp::new().await;
    let filed = some_life(&app).await;
    let interest = &filed[2];
    for (person, times) in [("rosalie", 2), ("aline", 3)] {
        for _ in 0..times {
            assert_eq!(app.as_(person).open(&format!("/d/{interest}")).await.status, 200);
        }
    }
    assert!(app.access_log().len() >= 3, "{:?}", app.access_log());
    assert!(!app.write(probite::readings::seals::seal), "too young to be sealed");
    assert!(app.journal_of("readings_sealed").is_empty());
    app.clock.advance(TimeDelta::minutes(10));
    app.write(probite::readings::seals::seal);
    app.write(probite::readings::seals::seal);
    assert_eq!(app.journal_of("readings_sealed").len(), 1, "nothing is sealed twice");
    app.as_("aline").open(&format!("/d/{interest}")).await;
    assert_eq!(compared(&app).differences, []);
    for sql in [
        "DELETE FROM access_log WHERE id = (SELECT min(id) FROM access_log)".to_owned(),
        format!("UPDATE access_log SET person_id = {} WHERE id = (SELECT min(id) FROM access_log)", app.id("theo")),
        "UPDATE access_log SET allowed = NOT allowed WHERE id = (SELECT min(id) FROM access_log)".to_owned(),
        "UPDATE access_log SET id = -1 WHERE id = (SELECT min(id) FROM access_log)".to_owned(),
        "UPDATE access_log SET files = 500 WHERE id = (SELECT min(id) FROM access_log)".to_owned(),
        "UPDATE access_log SET carried = '1-9' WHERE id = (SELECT min(id) FROM access_log)".to_owned(),
        "DELETE FROM reading_seals".to_owned(),
    ] {
        let found = altered(&app, &[], std::slice::from_ref(&sql)).unwrap();
        let told: Vec<String> =
            found.differences.iter().map(|difference| difference.told(probite::text::Language::Fr)).collect();
        assert!(told.iter().any(|line| line.starts_with("Registre des lectures")), "{sql}: {told:?}");
    }
    assert_eq!(compared(&app).differences, [], "all was taken back");
    // Sealing again after a destruction would hide it: nothing is destroyed before it is explained.
    let id = app.row(interest).id;
    assert!(app.write(move |tx| probite::readings::seals::of_file(tx, id).map(|found| !found.is_empty())));
    let refused = app.app.write_here(move |tx| {
        without_guards(tx)?;
        batch(tx, "UPDATE access_log SET allowed = NOT allowed WHERE id = (SELECT min(id) FROM access_log)")?;
        probite::readings::seals::of_file(tx, id)
    });
    assert!(matches!(refused, Err(probite::error::Error::NotPossible("not-possible-readings"))), "{refused:?}");
}
