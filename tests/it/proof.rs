//! What shows that the register is the one it was: signed heads, receipts, archives, and what becomes of those who rewrite.

mod large;

use std::io::{Cursor, Read, Write};
use std::process::Command;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use probite::acts::{self, Act};
use probite::db::DbConn;
use probite::db::schema::{checkpoints as heads, events};
use probite::journal::Event;
use probite::journal::note::{Signer, Verifier};
use probite::journal::verify::Kept;
use probite::journal::{checkpoints, evidence, receipt, verify};
use probite::random::sha256_hex;
use probite::reports::proof::told_of;

use crate::support::{TestApp, answers};

const NAME: &str = "registre.example/journal";

/// The product with a key, and a witness's folder.
pub async fn signing() -> (TestApp, tempfile::TempDir, Verifier) {
    let folder = tempfile::tempdir().unwrap();
    let key = folder.path().join("journal.key");
    std::fs::write(&key, Signer::generate(NAME).unwrap()).unwrap();
    let witness = folder.path().join("temoin").display().to_string();
    let path = key.display().to_string();
    let app = TestApp::with(|config| {
        config.journal.key_file = path;
        config.journal.witness_folder = witness;
    })
    .await;
    let verifier = checkpoints::signer(&app.app.book.config).unwrap().unwrap().verifier();
    (app, folder, verifier)
}

pub fn execute(app: &TestApp, sql: &str) {
    let sql = sql.to_owned();
    app.write(move |tx| {
        match tx.conn {
            DbConn::Sqlite(conn) => conn.batch_execute(&sql)?,
            DbConn::Postgres(conn) => conn.batch_execute(&sql)?,
        }
        Ok(())
    });
}

/// What somebody with the whole database begins with.
pub fn disarm(app: &TestApp) {
    app.is_altered();
    let off = if app.app.db.is_postgres() {
        "DROP TRIGGER events_append_only ON events; DROP TRIGGER events_no_update ON events; \
         DROP TRIGGER journal_nodes_append_only ON journal_nodes;"
    } else {
        "DROP TRIGGER events_no_update; DROP TRIGGER events_no_delete; DROP TRIGGER journal_nodes_no_update; \
         DROP TRIGGER journal_nodes_no_delete;"
    };
    execute(app, off);
}

/// The whole chain made again over changed leaves, as a careful forger would.
pub fn relink(app: &TestApp) {
    app.write(|tx| {
        let rows: Vec<(i64, String)> =
            events::table.order(events::seq.asc()).select((events::seq, events::leaf)).load(tx.conn)?;
        let mut previous = String::new();
        for (seq, leaf) in &rows {
            previous = probite::journal::store::chain(&previous, leaf);
            diesel::update(events::table.find(seq)).set(events::hash.eq(&previous)).execute(tx.conn)?;
        }
        use probite::db::schema::journal_head as head;
        let last = rows.last().map_or(0, |(seq, _)| *seq);
        diesel::update(head::table).set((head::seq.eq(last), head::hash.eq(&previous))).execute(tx.conn)?;
        Ok(())
    });
    assert_eq!(app.read(probite::journal::store::first_break), None, "the chain alone sees nothing");
}

pub async fn receipt_of(app: &TestApp, who: &str, reference: &str) -> String {
    let page = app.as_(who).open(&format!("/d/{reference}")).await;
    let file = app.as_(who).open(&page.link("Télécharger la preuve signée")).await;
    assert_eq!(file.status, 200);
    file.html
}

/// The second verifier; `None` where there is no Python.
pub fn python(arguments: &[&str]) -> (bool, String) {
    let program = std::env::var("TEST_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/src/journal/verify.py");
    let done = Command::new(program).arg(script).args(arguments).output().expect("Python runs");
    (done.status.success(), String::from_utf8_lossy(&done.stdout).into_owned())
}

/// A17: the letter that tells somebody what is on file leads to the proof of it; it leads nobody else there.
#[actix_web::test]
async fn letters_to_whoever_declared_lead_to_the_proof_of_what_they_tell() {
    let (app, _folder, verifier) = signing().await;
    let reference = app.files_gift("camille");
    app.decides("rosalie", &reference, "accept").unwrap();
    let address = format!("{}/d/{reference}/recu", app.app.book.config.server.public_url);
    let mine = app.letters_to("camille");
    let told: Vec<&str> =
        mine.iter().filter(|letter| letter.text.contains(&address)).map(|letter| letter.letter.as_str()).collect();
    assert_eq!(told, ["received", "approved"]);
    assert!(mine.iter().filter(|letter| letter.text.contains(&address)).all(|letter| letter.html.contains(&address)));
    assert!(app.letters_to("rosalie").iter().all(|letter| !letter.text.contains("/recu")));
    let file = app.as_("camille").open(&format!("/d/{reference}/recu")).await;
    assert_eq!(receipt::verify(&file.html, &verifier).unwrap().0.about, reference);
    // Of what is sealed, a letter does not even say which file it is.
    app.files("camille", "advice_request", answers::ordinary("advice_request"));
    let sealed = app.letters_to("camille");
    assert!(sealed.iter().skip(mine.len()).all(|letter| !letter.text.contains("/recu")));
    // The twin: nothing is signed here.
    let unsigned = TestApp::new().await;
    unsigned.files_gift("camille");
    assert!(unsigned.letters_to("camille").iter().all(|letter| !letter.text.contains("/recu")));
}

/// A17
#[actix_web::test]
async fn a_receipt_is_verified_offline_and_convicts_whoever_removed_the_event() {
    let (app, folder, verifier) = signing().await;
    app.is_altered();
    let reference = app.files_gift("camille");
    app.decides("rosalie", &reference, "accept").unwrap();
    let text = receipt_of(&app, "camille", &reference).await;
    let (read, size) = receipt::verify(&text, &verifier).unwrap();
    let event = |leaf: &str| evidence::told(leaf).to_string().split(',').next().unwrap_or_default().to_owned();
    let told: Vec<String> = read.entries.iter().map(|entry| event(&entry.leaf)).collect();
    assert_eq!(
        (read.about.as_str(), told.as_slice()),
        (reference.as_str(), &["submitted".to_owned(), "decided".into()][..])
    );
    assert!(size >= 2);
    let path = folder.path().join("recu.json");
    std::fs::write(&path, &text).unwrap();
    let path = path.display().to_string();
    let (valid, said) = python(&[&path, &verifier.to_string()]);
    assert!(valid && said.starts_with("VALIDE") && said.contains(&reference), "{said}");

    // Somebody with the database changes the decision, and the whole chain after it.
    disarm(&app);
    execute(&app, "UPDATE events SET leaf = replace(leaf, '\"accept\"', '\"return\"') WHERE event = 'decided'");
    relink(&app);
    execute(&app, "DELETE FROM journal_nodes");
    let there: i64 =
        app.read(|tx| Ok(events::table.filter(events::leaf.eq(&read.entries[1].leaf)).count().get_result(tx.conn)?));
    assert_eq!(there, 0, "the register does not hold what the receipt proves");
    assert!(receipt::verify(&text, &verifier).is_ok(), "the receipt is as good as before");
    app.files_gift("camille");
    let signer = checkpoints::signer(&app.app.book.config).unwrap().unwrap();
    let refused = checkpoints::sign(&app.app, &signer).unwrap_err().to_string();
    assert!(refused.contains("n’est plus celui qui a été signé"), "{refused}");
    assert!(app.read(|tx| checkpoints::problem(tx, &verifier)).is_some());
}

/// A17: the tables of heads wiped, history written again and signed by the same key: whoever kept a receipt shows it with the archive
/// and either program, without us.
#[actix_web::test]
async fn a_receipt_convicts_a_register_that_was_wiped_and_signed_again_by_the_same_key() {
    let (app, folder, verifier) = signing().await;
    let reference = app.files_gift("camille");
    app.decides("rosalie", &reference, "accept").unwrap();
    let text = receipt_of(&app, "camille", &reference).await;
    let decided = receipt::verify(&text, &verifier).unwrap().0.entries[1].index + 1;
    app.files_gift("theo");
    let (ours, theirs, said) = verdicts(&folder, &archive(&app), &verifier, Some(&text));
    assert!(ours && theirs, "the twin: {said}");

    disarm(&app);
    wipe_heads(&app);
    execute(&app, "UPDATE events SET leaf = replace(leaf, '\"accept\"', '\"return\"') WHERE event = 'decided'");
    relink(&app);
    let forged = archive(&app);
    let (ours, theirs, said) = verdicts(&folder, &forged, &verifier, None);
    assert!(ours && theirs, "alone, it looks right: {said}");
    let (ours, theirs, said) = verdicts(&folder, &forged, &verifier, Some(&text));
    assert!(!ours && !theirs, "{said}");
    assert!(said.contains(&format!("NotTheOne({decided})")), "{said}");
    assert!(said.contains(&format!("l'événement {decided} n'est pas celui du reçu")), "{said}");
    // By the command as well, on the files that a person holds.
    let at = |name: &str| folder.path().join(name).display().to_string();
    std::fs::write(at("dossier.zip"), &forged).unwrap();
    std::fs::write(at("recu.json"), &text).unwrap();
    let (valid, said) = verify_command(&[&at("dossier.zip"), "--key", &verifier.to_string()]);
    assert!(valid && said.starts_with("VALIDE"), "{said}");
    let receipt_file = at("recu.json");
    let kept = ["--checkpoint", receipt_file.as_str()];
    let (valid, said) = verify_command(&[&at("dossier.zip"), "--key", &verifier.to_string(), kept[0], kept[1]]);
    assert!(!valid && said.contains(&format!("l’événement {decided} n’est pas celui du reçu")), "{said}");
    // A receipt alone has not the journal between two heads: the option is refused rather than passed over.
    let (valid, said) = verify_command(&[&at("recu.json"), "--key", &verifier.to_string(), kept[0], kept[1]]);
    assert!(!valid && !said.contains("VALIDE"), "{said}");
    assert!(!python(&[&at("recu.json"), &verifier.to_string(), &at("recu.json")]).0);
    // A receipt of somebody's own making is no head.
    let other = Signer::parse(&Signer::generate(NAME).unwrap()).unwrap().verifier();
    assert!(Kept::read(&text, &other).is_err());
    assert!(Kept::read(&text.replace("accept", "return"), &verifier).is_err());
}

/// `probite verify`: is it valid, and what it said.
fn verify_command(arguments: &[&str]) -> (bool, String) {
    let done = Command::new(env!("CARGO_BIN_EXE_probite")).arg("verify").args(arguments).output().expect("it runs");
    (done.status.success(), String::from_utf8_lossy(&done.stdout).into_owned())
}

/// A09: the hash that a report prints is in the signed journal, and a later change of the register does not change that.
#[actix_web::test]
async fn a_report_comes_with_the_proof_of_the_hash_that_it_prints() {
    let (app, folder, verifier) = signing().await;
    app.files_gift("camille");
    let aline = app.as_("aline");
    let period = "du=2026-04-01&au=2026-11-30";
    let printed = |report: &str| -> String {
        let at = report.find("\"sha256\"").unwrap();
        report[at..].split('"').nth(3).unwrap().to_owned()
    };
    let taken_away = printed(&aline.open(&format!("/rapports/audit.json?{period}")).await.html);
    // The register goes on; what was taken away stays proved beside what the report says now.
    app.files_gift("theo");
    let page = aline.open(&format!("/rapports?{period}")).await;
    let proof = aline.open(&page.link("Télécharger la preuve signée")).await;
    assert_eq!(proof.status, 200, "{}", proof.text());
    let now = printed(&aline.open(&format!("/rapports/audit.json?{period}")).await.html);
    let (read, _) = receipt::verify(&proof.html, &verifier).unwrap();
    let told: Vec<String> = read.entries.iter().map(|entry| evidence::told(&entry.leaf).to_string()).collect();
    assert_eq!((read.about.as_str(), told.len()), ("rapport-2026-04-01-2026-11-30", 2));
    assert!(told[0].ends_with(&format!("1 lignes, empreinte {taken_away}")), "{told:?}");
    assert!(told[1].ends_with(&format!("2 lignes, empreinte {now}")), "{told:?}");
    assert_ne!(taken_away, now);
    let path = folder.path().join("preuve.json");
    std::fs::write(&path, &proof.html).unwrap();
    let (valid, said) = python(&[&path.display().to_string(), &verifier.to_string()]);
    assert!(valid && said.contains(&taken_away) && said.contains(&now), "{said}");
    // A hash of somebody's own making is refused by both.
    let forged = proof.html.replace(&taken_away, &"0".repeat(64));
    assert!(receipt::verify(&forged, &verifier).is_err());
    std::fs::write(&path, &forged).unwrap();
    assert!(!python(&[&path.display().to_string(), &verifier.to_string()]).0);
    // What somebody else took away, or of another period, is not in it; whoever reads no report has no proof of one.
    let other = aline.open("/rapports/audit.preuve.json?du=2026-04-01&au=2026-11-29").await;
    assert_eq!(receipt::verify(&other.html, &verifier).unwrap().0.entries.len(), 1);
    assert_eq!(app.as_("camille").open(&format!("/rapports/audit.preuve.json?{period}")).await.status, 403);
    let unsigned = TestApp::new().await;
    let page = unsigned.as_("aline").open(&format!("/rapports?{period}")).await;
    assert!(!page.html.contains("audit.preuve.json"));
}

/// A09: a report is proved as the file that was taken away, whatever its format: one byte changed anywhere is refused.
#[actix_web::test]
async fn one_byte_changed_in_a_report_of_any_format_is_refused_by_both_programs() {
    let (app, folder, verifier) = signing().await;
    app.files_gift("camille");
    let aline = app.as_("aline");
    let period = "du=2026-04-01&au=2026-11-30";
    let mut formats = vec!["xlsx", "json", "csv"];
    if cfg!(feature = "pdf") {
        formats.push("pdf");
    }
    let mut files = Vec::new();
    for format in formats {
        let taken = aline.open(&format!("/rapports/audit.{format}?{period}")).await;
        assert_eq!(taken.status, 200, "{format}");
        files.push((format, taken.bytes));
    }
    let proof = aline.open(&format!("/rapports/audit.preuve.json?{period}")).await.html;
    let (read, _) = receipt::verify(&proof, &verifier).unwrap();
    let at = |name: &str| folder.path().join(name).display().to_string();
    let (key, kept) = (verifier.to_string(), at("preuve.json"));
    std::fs::write(&kept, &proof).unwrap();
    for (format, bytes) in files {
        let told = told_of(&read, &sha256_hex(&bytes)).unwrap_or_else(|| panic!("{format} is not in the proof"));
        assert_eq!((told.format.as_str(), told.rows), (format, 1));
        for step in 0..1_000 {
            let mut doctored = bytes.clone();
            doctored[step * bytes.len() / 1_000] ^= 1;
            assert_eq!(told_of(&read, &sha256_hex(&doctored)), None, "{format}, {step}");
        }
        let file = at(&format!("rapport.{format}"));
        std::fs::write(&file, &bytes).unwrap();
        let (valid, said) = verify_command(&[&file, "--key", &key, "--manifest", &kept]);
        assert!(valid && said.contains(&told.printed) && said.contains("événements signé par"), "{said}");
        let (valid, said) = python(&[&file, &key, &kept]);
        assert!(valid && said.contains(&told.printed), "{said}");
        let mut doctored = bytes.clone();
        doctored[bytes.len() / 2] ^= 1;
        std::fs::write(&file, &doctored).unwrap();
        let (valid, said) = verify_command(&[&file, "--key", &key, "--manifest", &kept]);
        assert!(!valid && said.contains("octet pour octet"), "{format}: {said}");
        assert!(!python(&[&file, &key, &kept]).0, "{format}");
    }
}

/// A09: from a terminal too, a report leaves its trace, and its proof beside it.
#[actix_web::test]
async fn a_report_made_from_a_terminal_comes_with_its_proof() {
    let (app, folder, verifier) = signing().await;
    app.files_gift("camille");
    let at = |name: &str| folder.path().join(name).display().to_string();
    let settings = at("probite.toml");
    std::fs::write(&settings, app.app.book.config.print().unwrap()).unwrap();
    let (report, kept, number) = (at("rapport.csv"), at("preuve.json"), app.number("aline"));
    let done = Command::new(env!("CARGO_BIN_EXE_probite"))
        .args(["--config", &settings, "report", "audit", "--from", "2026-11-01", "--to", "2026-11-30"])
        .args(["--by", &number, "--format", "csv", "--output", &report, "--proof", &kept])
        .output()
        .unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let key = verifier.to_string();
    let (valid, said) = verify_command(&[&report, "--key", &key, "--manifest", &kept]);
    assert!(valid && said.starts_with("VALIDE\u{a0}: rapport (csv) du 2026-11-01 au 2026-11-30, 1 ligne,"), "{said}");
    let (valid, said) = verify_command(&[&report, "--key", &key, "--manifest", &kept, "--lang", "en"]);
    assert!(valid && said.starts_with("VALID: report (csv) from 2026-11-01 to 2026-11-30, 1 row,"), "{said}");
    let text = std::fs::read_to_string(&report).unwrap();
    std::fs::write(&report, text.replace("CAD-2026-000001", "CAD-2026-000002")).unwrap();
    let (valid, said) = verify_command(&[&report, "--key", &key, "--manifest", &kept, "--lang", "en"]);
    assert!(!valid && said.starts_with("REFUSED: this file is not, byte for byte"), "the twin: {said}");
}

/// A13
#[actix_web::test]
async fn a_receipt_changed_anywhere_or_signed_by_another_proves_nothing() {
    let (app, folder, verifier) = signing().await;
    let reference = app.files_gift("camille");
    let text = receipt_of(&app, "camille", &reference).await;
    let other = Signer::parse(&Signer::generate(NAME).unwrap()).unwrap();
    assert!(receipt::verify(&text, &other.verifier()).is_err());
    let good: receipt::Receipt = serde_json::from_str(&text).unwrap();
    type Forgery = (&'static str, fn(&mut receipt::Receipt));
    let forgeries: [Forgery; 6] = [
        ("leaf", |receipt| receipt.entries[0].leaf = receipt.entries[0].leaf.replace("80", "81") + " "),
        ("place", |receipt| receipt.entries[0].index += 1),
        ("shorter path", |receipt| drop(receipt.entries[0].proof.pop())),
        ("longer path", |receipt| {
            let step = receipt.entries[0].proof[0].clone();
            receipt.entries[0].proof.push(step);
        }),
        ("size", |receipt| receipt.checkpoint = receipt.checkpoint.replacen('\n', "\n1", 1)),
        ("nothing in it", |receipt| receipt.entries.clear()),
    ];
    for (what, forge) in forgeries {
        let mut forged = good.clone();
        forge(&mut forged);
        let text = serde_json::to_string(&forged).unwrap();
        assert!(receipt::verify(&text, &verifier).is_err(), "{what}");
        let path = folder.path().join("faux.json");
        std::fs::write(&path, &text).unwrap();
        let (valid, said) = python(&[&path.display().to_string(), &verifier.to_string()]);
        assert!(!valid && said.starts_with("REFUSÉ"), "{what}: {said}");
    }
    assert!(receipt::verify(&text, &verifier).is_ok(), "the twin");
}

#[actix_web::test]
async fn receipts_are_for_those_who_read_the_whole_file_and_only_where_the_journal_is_signed() {
    let (app, _folder, _) = signing().await;
    let reference = app.files_gift("camille");
    let address = format!("/d/{reference}/recu");
    assert_eq!(app.as_("rosalie").open(&address).await.status, 200);
    assert_eq!(app.as_("theo").open(&address).await.status, 404);
    assert_eq!(app.as_("emma").open(&address).await.status, 404);
    let plain = TestApp::new().await;
    let reference = plain.files_gift("camille");
    assert!(!plain.as_("camille").open(&format!("/d/{reference}")).await.says("preuve signée"));
    assert_eq!(plain.as_("camille").open(&format!("/d/{reference}/recu")).await.status, 409);
}

#[actix_web::test]
async fn whoever_takes_a_proof_away_reads_how_anybody_verifies_it() {
    let (app, _folder, _) = signing().await;
    let gift = app.files_gift("camille");
    let camille = app.as_("camille");
    let page = camille.open(&format!("/d/{gift}")).await;
    let help = camille.open(page.link("Vérifier une preuve").split('#').next().unwrap()).await;
    let section = help.select_text("#preuve").join(" ");
    for told in ["probite verify preuve.json --key", "python3 verify.py preuve.json", "clé publique du journal"] {
        assert!(section.contains(told), "{told}: {}", help.text());
    }
    // The twin: a register that signs nothing gives nothing to verify.
    let unsigned = TestApp::new().await;
    assert!(unsigned.as_("camille").open("/aide").await.select_text("#preuve").is_empty());
}

#[actix_web::test]
async fn signed_heads_are_left_with_the_witness_once_and_never_written_over() {
    let (app, folder, verifier) = signing().await;
    app.files_gift("camille");
    checkpoints::publish(&app.app).unwrap();
    let copies = || {
        let mut names: Vec<_> =
            std::fs::read_dir(folder.path().join("temoin")).unwrap().map(|file| file.unwrap().path()).collect();
        names.sort();
        names
    };
    let first = copies();
    assert_eq!(first.len(), 1);
    let note = std::fs::read_to_string(&first[0]).unwrap();
    let (size, _) = verifier.checkpoint(&note).unwrap();
    assert_eq!(app.read(checkpoints::exposure).uncovered, 0);
    checkpoints::publish(&app.app).unwrap();
    assert_eq!(copies(), first, "nothing happened since");
    app.files_gift("theo");
    assert!(app.read(checkpoints::exposure).uncovered > 0, "the twin");
    checkpoints::publish(&app.app).unwrap();
    assert_eq!(copies().len(), 2);
    assert_eq!(std::fs::read_to_string(&first[0]).unwrap(), note);
    let stored: Vec<i64> =
        app.read(|tx| Ok(heads::table.order(heads::size.asc()).select(heads::size).load(tx.conn)?));
    assert_eq!(stored.first(), Some(&i64::try_from(size).unwrap()));

    // A folder that cannot be read must not pass for one that saw nothing: nothing is signed until it is back.
    app.files_gift("camille");
    let (witness, elsewhere) = (folder.path().join("temoin"), folder.path().join("ailleurs"));
    std::fs::rename(&witness, &elsewhere).unwrap();
    let refused = checkpoints::publish(&app.app).unwrap_err().to_string();
    assert!(refused.contains("n’a pas la tête de"), "a share that is not mounted: {refused}");
    std::fs::write(&witness, "not a folder").unwrap();
    let refused = checkpoints::publish(&app.app).unwrap_err().to_string();
    assert!(refused.contains("ne se lit pas"), "{refused}");
    assert!(app.read(checkpoints::exposure).uncovered > 0);
    assert!(checkpoints::require_known(&app.app).is_ok(), "people declare meanwhile");
    std::fs::remove_file(&witness).unwrap();
    std::fs::rename(&elsewhere, &witness).unwrap();
    checkpoints::publish(&app.app).unwrap();
    assert_eq!(app.read(checkpoints::exposure).uncovered, 0);
}

/// A05
#[actix_web::test]
async fn an_old_copy_put_back_is_never_signed() {
    let (app, _folder, verifier) = signing().await;
    app.is_altered();
    app.files_gift("camille");
    let signer = checkpoints::signer(&app.app.book.config).unwrap().unwrap();
    let signed = checkpoints::sign(&app.app, &signer).unwrap().unwrap();
    assert_eq!(app.read(|tx| checkpoints::problem(tx, &verifier)), None, "the twin");
    disarm(&app);
    execute(&app, &format!("DELETE FROM events WHERE seq = {}", signed.size));
    relink(&app);
    let said = app.read(|tx| checkpoints::problem(tx, &verifier)).unwrap().to_string();
    assert!(said.contains("moins d’événements"), "{said}");
}

fn archive(app: &TestApp) -> Vec<u8> {
    let signer = checkpoints::signer(&app.app.book.config).unwrap().unwrap();
    let head = checkpoints::sign(&app.app, &signer).unwrap().unwrap();
    let mut out = Cursor::new(Vec::new());
    evidence::write(&app.app, Some(&app.actor("aline")), &signer, &head, &mut out).unwrap();
    out.into_inner()
}

/// The same archive with one member changed.
fn with_member(archive: &[u8], name: &str, change: impl Fn(Vec<u8>) -> Vec<u8>) -> Vec<u8> {
    let mut from = zip::ZipArchive::new(Cursor::new(archive)).unwrap();
    let mut to = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..from.len() {
        let mut member = from.by_index(at).unwrap();
        let mut content = Vec::new();
        member.read_to_end(&mut content).unwrap();
        let its = member.name().unwrap().into_owned();
        if its == name {
            content = change(content);
        }
        to.start_file(its, zip::write::SimpleFileOptions::default()).unwrap();
        to.write_all(&content).unwrap();
    }
    to.finish().unwrap().into_inner()
}

/// A08: two verifiers, one verdict.
fn verdicts(
    folder: &tempfile::TempDir,
    archive: &[u8],
    verifier: &Verifier,
    head: Option<&str>,
) -> (bool, bool, String) {
    let path = folder.path().join("dossier.zip");
    std::fs::write(&path, archive).unwrap();
    let other = head.map(|kept| Kept::read(kept, verifier).unwrap());
    let ours = verify::archive(Cursor::new(archive), verifier, other.as_ref());
    let note = folder.path().join("tete.note");
    let (path, key) = (path.display().to_string(), verifier.to_string());
    let mut arguments = vec![path.as_str(), key.as_str()];
    let note_path = note.display().to_string();
    if let Some(text) = head {
        std::fs::write(&note, text).unwrap();
        arguments.push(&note_path);
    }
    let (theirs, said) = python(&arguments);
    (ours.is_ok(), theirs, format!("{ours:?} / {said}"))
}

/// A08
#[actix_web::test]
async fn an_archive_is_verified_by_two_programs_and_names_nobody() {
    let (app, folder, verifier) = signing().await;
    let reference = app.files("camille", "interest_declaration", answers::interest());
    let signer = checkpoints::signer(&app.app.book.config).unwrap().unwrap();
    let earlier = checkpoints::sign(&app.app, &signer).unwrap().unwrap();
    app.decides("rosalie", &reference, "managed").unwrap();
    // What is about the organisation alone is given whole.
    app.write(|tx| {
        let event = Event::Exported { what: "register".into(), rows: 3, filter: String::new() };
        probite::journal::record(tx, None, None, &event)
    });
    let advice = app.files("camille", "advice_request", answers::advice());
    let emergency = Act::EmergencyReading { reference: advice.clone() };
    app.does("solange", move |tx, actor| acts::actions::ask(tx, actor, &emergency, "Une urgence.")).unwrap();
    let whole = archive(&app);
    let (ours, theirs, said) = verdicts(&folder, &whole, &verifier, Some(&earlier.note));
    assert!(ours && theirs, "{said}");
    let mut zip = zip::ZipArchive::new(Cursor::new(&whole)).unwrap();
    let mut member = |name: &str| {
        let mut text = String::new();
        zip.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        text
    };
    let (leaves, register) = (member(evidence::LEAVES), member("register.csv"));
    let emergencies = member("emergency-readings.jsonl");
    assert!(member("assurance.md").contains("| Z01 |"), "what the matrix of access showed");
    let mask = |name: &str| app.app.book.keyring.pseudonym(&app.number(name));
    assert!(register.contains(&reference) && register.contains(&mask("camille")), "{register}");
    assert!(emergencies.contains(&mask("solange")) && emergencies.contains("\"state\":\"asked\""), "{emergencies}");
    for name in ["Camille", "Gagnon", "Rosalie", "Solange", &app.number("camille"), &advice] {
        assert!(!register.contains(name) && !emergencies.contains(name), "{name}: {register} {emergencies}");
    }
    assert!(leaves.contains(r#""event":"exported""#) && leaves.lines().any(|line| line.starts_with('#')));
    assert!(!leaves.contains("Camille") && !leaves.contains("submitted") && !leaves.contains(&reference));

    let one_more = |mut content: Vec<u8>| {
        content.push(b' ');
        content
    };
    let sealed =
        [evidence::CHECKPOINT, evidence::LEAVES, evidence::MANIFEST, "register.csv", "emergency-readings.jsonl"];
    for name in ["key.txt", "access.toml", "settings.toml", "assurance.md"].into_iter().chain(sealed) {
        let (ours, theirs, said) = verdicts(&folder, &with_member(&whole, name, one_more), &verifier, None);
        assert!(!ours && !theirs, "{name}: {said}");
    }
    let other = Signer::parse(&Signer::generate(NAME).unwrap()).unwrap().verifier();
    let (ours, theirs, said) = verdicts(&folder, &whole, &other, None);
    assert!(!ours && !theirs, "another key: {said}");
}

/// Every trace of what was signed, taken out of the database.
fn wipe_heads(app: &TestApp) {
    let off = if app.app.db.is_postgres() {
        "DROP TRIGGER checkpoints_append_only ON checkpoints; DELETE FROM checkpoints; DELETE FROM journal_nodes"
    } else {
        "DROP TRIGGER checkpoints_no_delete; DELETE FROM checkpoints; DELETE FROM journal_nodes"
    };
    execute(app, off);
}

/// A08: a head of the history that is not that of the events is seen by both verifiers, though the list of files is signed.
#[actix_web::test]
async fn an_archive_whose_list_of_heads_contradicts_its_events_is_refused_by_both_programs() {
    let (app, folder, verifier) = signing().await;
    app.files_gift("camille");
    let signer = checkpoints::signer(&app.app.book.config).unwrap().unwrap();
    let earlier = checkpoints::sign(&app.app, &signer).unwrap().unwrap();
    app.files_gift("theo");
    let (ours, theirs, said) = verdicts(&folder, &archive(&app), &verifier, None);
    assert!(ours && theirs, "the twin: {said}");
    app.is_altered();
    let off = if app.app.db.is_postgres() {
        "DROP TRIGGER checkpoints_append_only ON checkpoints"
    } else {
        "DROP TRIGGER checkpoints_no_update"
    };
    execute(&app, off);
    let another = signer.checkpoint(u64::try_from(earlier.size).unwrap(), &[5; 32]);
    app.write(move |tx| {
        diesel::update(heads::table.find(earlier.size)).set(heads::note.eq(another)).execute(tx.conn)?;
        Ok(())
    });
    let (ours, theirs, said) = verdicts(&folder, &archive(&app), &verifier, None);
    assert!(!ours && !theirs, "{said}");
    assert!(said.contains(&format!("Listed({})", earlier.size)) && said.contains("qui est dans la liste"), "{said}");
}

/// A04: the operator who holds the signing key too signs another history; a head kept elsewhere tells.
#[actix_web::test]
async fn a_history_written_again_and_signed_again_is_told_by_a_head_kept_elsewhere() {
    let (app, folder, verifier) = signing().await;
    let reference = app.files_gift("camille");
    let signer = checkpoints::signer(&app.app.book.config).unwrap().unwrap();
    let kept = checkpoints::sign(&app.app, &signer).unwrap().unwrap();
    disarm(&app);
    wipe_heads(&app);
    execute(&app, &format!("UPDATE events SET leaf = replace(leaf, '{reference}', 'CAD-2020-000001')"));
    relink(&app);
    app.decides("rosalie", &reference, "accept").unwrap();
    let forged = archive(&app);
    let (ours, theirs, said) = verdicts(&folder, &forged, &verifier, None);
    assert!(ours && theirs, "alone, it looks right: {said}");
    let (ours, theirs, said) = verdicts(&folder, &forged, &verifier, Some(&kept.note));
    assert!(!ours && !theirs && said.contains("autre tête"), "{said}");
}

/// A04, a battery: any change of any event since the last head kept elsewhere is detected.
#[actix_web::test]
async fn every_kind_of_tampering_with_the_rows_is_detected() {
    let (app, _folder, verifier) = signing().await;
    for _ in 0..3 {
        let reference = app.files_gift("camille");
        app.decides("rosalie", &reference, "accept").unwrap();
    }
    let signer = checkpoints::signer(&app.app.book.config).unwrap().unwrap();
    let head = checkpoints::sign(&app.app, &signer).unwrap().unwrap();
    let (size, root) = verifier.checkpoint(&head.note).unwrap();
    let leaves: Vec<String> = app.read(|tx| {
        Ok(events::table
            .filter(events::seq.le(head.size))
            .order(events::seq.asc())
            .select(events::leaf)
            .load(tx.conn)?)
    });
    let root_of = |leaves: &[String]| {
        let hashes: Vec<_> = leaves.iter().map(|leaf| probite::journal::tree::leaf_hash(leaf.as_bytes())).collect();
        probite::journal::tree::root(&mut probite::journal::tree::Leaves(&hashes), hashes.len() as u64).unwrap()
    };
    assert_eq!((leaves.len() as u64, root_of(&leaves)), (size, root), "no false alarm");
    let seed: u64 = std::env::var("SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(20_261_129);
    println!("SEED={seed}");
    let mut chance = probite::demo::chance::Chance::new(seed);
    for round in 0..10_000 {
        let mut changed = leaves.clone();
        let at = chance.below(changed.len());
        let what = chance.below(6);
        match what {
            0 => {
                let mut bytes = changed[at].clone().into_bytes();
                let place = chance.below(bytes.len());
                bytes[place] ^= 1 << chance.below(7);
                changed[at] = String::from_utf8_lossy(&bytes).into_owned();
            }
            1 => drop(changed.remove(at)),
            2 => changed.insert(at, leaves[chance.below(leaves.len())].clone()),
            3 => changed.swap(at, (at + 1) % leaves.len()),
            4 => changed.truncate(at),
            _ => changed[at] = leaves[(at + 1) % leaves.len()].clone(),
        }
        if changed == leaves {
            continue;
        }
        let found = changed.len() as u64 != size || root_of(&changed) != root;
        assert!(found, "round {round}, change {what} at {at}, SEED={seed}");
    }
}
