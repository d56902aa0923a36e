//! Words: both languages say everything, and every word asked for exists.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use probite::text::Language;
use probite::texts::{Arg, keys, say};
use probite::web::openapi::OPERATIONS;

use crate::support::TestApp;

fn files(folder: &str, ends: &str) -> Vec<(PathBuf, String)> {
    fn walk(folder: &Path, ends: &str, into: &mut Vec<(PathBuf, String)>) {
        let mut entries: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
        entries.sort();
        for path in entries {
            if path.is_dir() {
                walk(&path, ends, into);
            } else if path.to_string_lossy().ends_with(ends) {
                let text = std::fs::read_to_string(&path).unwrap();
                into.push((path, text));
            }
        }
    }
    let mut found = Vec::new();
    walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), ends, &mut found);
    found
}

#[test]
fn both_languages_have_the_same_messages() {
    let (fr, en) = (keys(Language::Fr), keys(Language::En));
    let missing: Vec<_> = fr.difference(&en).collect();
    let extra: Vec<_> = en.difference(&fr).collect();
    assert!(fr.len() > 300, "{}", fr.len());
    assert!(missing.is_empty(), "not in English: {missing:?}");
    assert!(extra.is_empty(), "not in French: {extra:?}");
}

/// `$name` of each message, by key.
fn arguments(language: &str) -> Vec<(String, BTreeSet<String>)> {
    let mut all = Vec::new();
    for (_, text) in files(&format!("templates/text/{language}"), ".ftl") {
        let mut key = String::new();
        let mut names = BTreeSet::new();
        for line in text.lines().chain(["end = "]) {
            if line.starts_with('#') {
                continue;
            }
            if let Some((next, _)) = line.split_once(" =").filter(|(next, _)| !next.starts_with([' ', '#'])) {
                all.push((std::mem::replace(&mut key, next.to_owned()), std::mem::take(&mut names)));
            }
            for part in line.split('$').skip(1) {
                names.insert(part.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '-').collect());
            }
        }
    }
    all.sort();
    all
}

#[test]
fn both_languages_ask_for_the_same_arguments() {
    let (fr, en) = (arguments("fr"), arguments("en"));
    let differ: Vec<_> = fr
        .iter()
        .filter_map(|(key, names)| {
            let (_, other) = en.iter().find(|(k, _)| k == key)?;
            (names != other).then_some((key, names, other))
        })
        .collect();
    assert!(differ.is_empty(), "{differ:?}");
}

/// The texts that look like keys and stand alone in a string of Rust: `"flash-decided"`.
fn keys_in_rust(text: &str) -> BTreeSet<String> {
    let code = text.split("#[cfg(test)]").next().unwrap_or(text);
    code.lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .flat_map(|line| line.split('"').skip(1).step_by(2))
        .filter(|word| {
            word.len() > 4
                && word.contains('-')
                && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
                && !word.starts_with('-')
                && !word.ends_with('-')
        })
        .map(str::to_owned)
        .collect()
}

#[test]
fn every_message_asked_for_by_rust_exists() {
    let known = keys(Language::Fr);
    // Words whose first part is that of messages: flash-…, error-…, not headers, files or HTML attributes.
    let first = |key: &str| key.split('-').next().unwrap_or(key).to_owned();
    let families: BTreeSet<String> = known.iter().map(|key| first(key)).collect();
    // Markers that are never shown.
    let not_messages = ["a-decider", "en-retard", "attend-reponse", "flash-filed"];
    let mut missing = Vec::new();
    let mut asked = 0;
    for (path, text) in files("src", ".rs") {
        for key in keys_in_rust(&text) {
            if !families.contains(&first(&key)) || not_messages.contains(&key.as_str()) || known.contains(&key) {
                asked += usize::from(known.contains(&key));
                continue;
            }
            // The stem of a group of messages: `help` for `help-title` and `help-body`.
            let is_stem = known.iter().any(|k| k.starts_with(&format!("{key}-")));
            if !is_stem {
                missing.push(format!("{}: {key}", path.display()));
            }
        }
    }
    assert!(asked > 150, "only {asked} found: the reading is broken");
    assert!(missing.is_empty(), "{missing:#?}");
}

/// The stem of a group passes the test above: what is said of a field must be a whole message.
#[test]
fn every_error_beside_a_field_has_its_words() {
    let known = keys(Language::Fr);
    let mut asked = 0;
    for (path, text) in files("src", ".rs") {
        let keys = keys_in_rust(&text);
        for key in keys.iter().filter(|key| key.starts_with("error-") && text.contains(&format!("\", \"{key}\""))) {
            asked += 1;
            assert!(known.contains(key), "{}: {key}", path.display());
        }
    }
    assert!(asked > 60, "{asked}");
}

#[test]
fn every_message_asked_for_by_a_template_exists() {
    let known = keys(Language::Fr);
    let mut asked = 0;
    for (path, text) in files("templates", ".hbs") {
        for key in text.split("(t \"").skip(1).chain(text.split("{{t \"").skip(1)) {
            let key = key.split('"').next().unwrap_or_default();
            asked += 1;
            assert!(known.contains(key), "{}: {key}", path.display());
        }
    }
    assert!(asked > 150, "{asked}");
}

#[test]
fn every_message_made_of_parts_exists() {
    use probite::access::Role;
    use probite::declarations::kind::Office;
    use probite::declarations::lists::InboxView;
    use probite::declarations::workflow::State;
    let known = keys(Language::Fr);
    let mut wanted: Vec<String> = State::ALL.iter().map(|s| format!("state-{}", s.as_str())).collect();
    wanted.extend(Role::ALL.iter().map(|r| format!("role-{}", r.as_str())));
    wanted.extend(
        [Office::EthicsOfficer, Office::SecretaryGeneral, Office::DeputyMinister, Office::ContractMonitor]
            .iter()
            .map(|o| format!("office-{}", o.as_str())),
    );
    wanted.extend(["information", "attention", "stop"].iter().map(|s| format!("severity-{s}")));
    wanted.extend(OPERATIONS.iter().map(probite::web::openapi::Operation::key));
    wanted.extend(InboxView::ALL.iter().map(|v| format!("inbox-view-{}", v.as_str())));
    // Events of a declaration, from the journal's own list.
    let event = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/journal/event.rs")).unwrap();
    let declared = event.split("// declarations").nth(1).unwrap().split("// people").next().unwrap();
    for line in declared.lines().map(str::trim) {
        let name: String = line.chars().take_while(char::is_ascii_alphanumeric).collect();
        if name.starts_with(|c: char| c.is_ascii_uppercase()) {
            let mut key = String::from("event");
            for c in name.chars() {
                if c.is_ascii_uppercase() {
                    key.push('-');
                }
                key.push(c.to_ascii_lowercase());
            }
            wanted.push(key);
        }
    }
    for key in wanted {
        let key = key.replace('_', "-");
        assert!(known.contains(&key), "{key}");
    }
}

/// Typography of the OQLF, as far as a program sees it.
#[test]
fn french_texts_use_curved_apostrophes_and_unbreakable_spaces() {
    let mut wrong = Vec::new();
    for (path, text) in files("templates/text/fr", ".ftl") {
        for (number, line) in text.lines().enumerate() {
            let Some((_, words)) = line.split_once(" = ").or(Some(("", line))) else { continue };
            if line.starts_with('#') || words.is_empty() {
                continue;
            }
            let bad = words.contains('\'')
                || words.contains("« ")
                || words.contains(" »")
                || words.contains(" ?")
                || words.contains(" !")
                || words.contains(" ;");
            // A colon stands beside an argument as often as not.
            if words.contains(" :") || bad && !words.contains("{ $") {
                wrong.push(format!("{}:{}: {words}", path.display(), number + 1));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// What the product says when it is started by a command: its output, then its errors.
fn said(app: &TestApp, environment: Option<&str>, arguments: &[&str]) -> (String, String) {
    let folder = tempfile::tempdir().unwrap();
    let settings = folder.path().join("probite.toml");
    std::fs::write(&settings, app.app.book.config.print().unwrap()).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_probite"));
    command.env_remove("PROBITE_LANG").envs(environment.map(|language| ("PROBITE_LANG", language)));
    let done = command.arg("--config").arg(&settings).args(arguments).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (text(done.stdout), text(done.stderr))
}

/// French when nobody asks, English by an option or by the environment, and the option wins.
#[actix_web::test]
async fn a_terminal_answers_in_the_language_that_is_asked() {
    let app = TestApp::alone().await;
    let french = said(&app, None, &["doctor"]).0;
    assert!(french.contains("base de données\u{a0}: ") && french.contains("chaîne intacte"), "{french}");
    assert!(french.contains("en attente\u{a0}: ") && !french.contains("queued"), "{french}");
    for english in [said(&app, None, &["--lang", "en", "doctor"]).0, said(&app, Some("en"), &["doctor"]).0] {
        assert!(english.contains("database: ") && english.contains("chain whole"), "{english}");
        assert!(!english.contains("intacte") && !english.contains("sauvegarde"), "{english}");
        assert_eq!(english.lines().count(), french.lines().count());
    }
    assert!(said(&app, Some("en"), &["doctor", "--lang", "fr"]).0.contains("chaîne intacte"));
    // So is a refusal; a language that the product does not have is no language.
    let unknown = ["token", "revoke", "--person", "0", "--name", "x"];
    assert!(said(&app, None, &unknown).1.contains("probite\u{a0}: number\u{a0}: "));
    assert!(said(&app, Some("en"), &unknown).1.contains("probite: number: "));
    assert!(said(&app, None, &["--lang", "de", "doctor"]).0.is_empty());
}

/// What counts things, among the arguments of texts.
const COUNTS: [&str; 18] = [
    "count", "days", "done", "events", "fields", "files", "found", "heard", "hours", "lines", "minutes", "months",
    "people", "problems", "rows", "seconds", "times", "years",
];

/// Whoever reads may stop before the end, as `head` does.
#[actix_web::test]
async fn a_command_whose_reader_went_away_says_nothing_more() {
    let app = TestApp::alone().await;
    let folder = tempfile::tempdir().unwrap();
    let settings = folder.path().join("probite.toml");
    std::fs::write(&settings, app.app.book.config.print().unwrap()).unwrap();
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let done = Command::new(env!("CARGO_BIN_EXE_probite"))
        .arg("--config")
        .arg(&settings)
        .arg("doctor")
        .stdout(writer)
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap()
        .wait_with_output()
        .unwrap();
    let said = String::from_utf8(done.stderr).unwrap();
    assert_eq!((done.status.code(), said.contains("panicked")), (Some(141), false), "{said}");
}

/// Places of a count that a word in the plural follows outside any variant of it.
fn plurals_of_one(text: &str) -> Vec<String> {
    let is_variant = |line: &str| line.trim_start().starts_with('[') || line.trim_start().starts_with("*[");
    let is_plural = |after: &str| {
        let word: String =
            after.trim_start_matches([' ', '\u{a0}']).chars().take_while(|c| c.is_alphabetic()).collect();
        word.len() > 2 && word.ends_with('s') && !["fois", "sans"].contains(&word.as_str())
    };
    let lines = text.lines().filter(|line| !line.starts_with('#') && !is_variant(line));
    let found = lines.filter(|line| {
        let mut places = line.split("{ $").skip(1).filter_map(|part| part.split_once(" }"));
        places.any(|(name, after)| COUNTS.contains(&name) && is_plural(after))
    });
    found.map(str::to_owned).collect()
}

/// « 1 événement », « 2 événements »: each count says its word in its own number.
#[test]
fn every_count_is_said_in_the_singular_and_in_the_plural() {
    let of = |language: Language, key: &str, counts: &[(&'static str, i64)]| {
        let args: Vec<(&str, Arg<'_>)> = counts.iter().map(|(name, count)| (*name, Arg::from(*count))).collect();
        say(language, key, &args)
    };
    let directory = |each: i64| ["added", "changed", "departed", "unchanged", "moved"].map(|name| (name, each));
    let fr = |each| of(Language::Fr, "cli-directory-imported", &directory(each));
    assert_eq!(fr(1), "1 ajout, 1 changement, 1 départ, 1 inchangé; 1 dossier confié à quelqu’un d’autre.");
    assert_eq!(fr(2), "2 ajouts, 2 changements, 2 départs, 2 inchangés; 2 dossiers confiés à quelqu’un d’autre.");
    let en = |each| of(Language::En, "cli-directory-imported", &directory(each));
    assert!(
        en(1).ends_with("; 1 file given to somebody else.") && en(2).ends_with("; 2 files given to somebody else.")
    );
    let told = of(Language::Fr, "cli-verify-archive", &[("events", 1), ("withheld", 0), ("files", 3), ("name", 0)]);
    assert!(told.contains("1 événement (0 tu), 3 fichiers, "), "{told}");
    let told = of(Language::Fr, "copy-older", &[("held", 4), ("seen", 5), ("lost", 1)]);
    assert!(told.contains("4 événements") && told.ends_with("1 serait perdu"), "{told}");

    // Never one: a setting, what is above a limit, what is said of several only.
    let several = [
        "acts-lead = ",
        "act-export = ",
        "act-export-lead = ",
        "companies-will-files-more = ",
        "equality-even = ",
        "equality-uneven = ",
        "letter-rescored-many-subject = ",
        "preview-confirm-text = ",
        "readings-lead = ",
        "timeline-reminders = ",
    ];
    let body = ["du registre des lobbyistes apporte du nouveau", "the registry of lobbyists brings news"];
    for language in ["fr", "en"] {
        for (path, text) in files(&format!("templates/text/{language}"), ".ftl") {
            let mut found = plurals_of_one(&text);
            found.retain(|line| !several.iter().any(|key| line.starts_with(key)));
            found.retain(|line| !body.iter().any(|words| line.contains(words)));
            assert!(found.is_empty(), "{}: {found:#?}", path.display());
        }
    }
    // The twin.
    assert_eq!(
        plurals_of_one("a = { $count } files: { $path }\nb = { $count ->\n    [one] { $count } file\n   *[other] { $count } files\n")
            .len(),
        1
    );
}

/// D06: whoever starts the service reads what to correct, in their language, with the nearest name that exists.
#[actix_web::test]
async fn a_setting_that_is_wrong_is_told_to_whoever_starts_the_service() {
    let folder = tempfile::tempdir().unwrap();
    let settings = folder.path().join("site.toml");
    let started = |text: &str, language: &str, arguments: &[&str]| {
        std::fs::write(&settings, text).unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_probite"));
        command.env_remove("PROBITE_LANG").arg("--lang").arg(language).arg("--config").arg(&settings).args(arguments);
        let done = command.output().unwrap();
        assert_eq!(done.status.code(), Some(1), "{text}");
        String::from_utf8(done.stderr).unwrap()
    };
    let database = folder.path().join("x.db").display().to_string();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    let busy = format!("[database]\nurl = \"{database}\"\nallow_unsafe_settings = true\n[server]\nport = {port}\n");
    let cases: [(&str, &str, &str); 9] = [
        (
            "[letters]\nform = \"x\"\n",
            "ligne 2\u{a0}: le réglage «\u{a0}form\u{a0}» n’existe pas. Vouliez-vous dire «\u{a0}from\u{a0}»?",
            "line 2: there is no setting “form”. Did you mean “from”?",
        ),
        (
            "[letters]\nfrom = \"personne\"\n",
            "letters.from\u{a0}: n’est pas une adresse",
            "letters.from: is not an address",
        ),
        ("[letters]\nfrom_hour = \"huit\"\n", "n’est pas de la sorte attendue", "is not of the sort expected"),
        ("[letters\n", "n’est pas un fichier de réglages lisible", "is not a file of settings that can be read"),
        (
            "[acts]\nhours = 0\n",
            "acts.hours\u{a0}: doit être entre 1 et 8760.",
            "acts.hours: must be between 1 and 8760.",
        ),
        (
            "[journal]\nkey_file = \"/nulle/part\"\n",
            "/nulle/part\u{a0}: ce fichier ou ce dossier n’existe pas",
            "/nulle/part: there is no such file or folder",
        ),
        (
            "[files]\naccess = \"/nulle/part\"\n",
            "/nulle/part\u{a0}: ce fichier ou ce dossier n’existe pas",
            "/nulle/part: there is no such file or folder",
        ),
        (
            "[database]\nurl = \"/nulle/part/x.db\"\n",
            "La base /nulle/part/x.db ne s’ouvre pas",
            "The database /nulle/part/x.db does not open",
        ),
        (&busy, "l’adresse est déjà prise par un autre programme.", "another program has this address."),
    ];
    for (text, french, english) in cases {
        let (fr, en) = (started(text, "fr", &["serve"]), started(text, "en", &["serve"]));
        assert!(fr.contains(french), "{text}: {fr}");
        assert!(en.contains(english), "{text}: {en}");
    }
    // The twin: with nothing wrong, the same command gets as far as the database.
    let good = format!("[database]\nurl = \"{database}\"\nallow_unsafe_settings = true\n");
    std::fs::write(&settings, good).unwrap();
    let done =
        Command::new(env!("CARGO_BIN_EXE_probite")).arg("--config").arg(&settings).arg("migrate").output().unwrap();
    assert!(done.status.success(), "{done:?}");
}

/// What programs read is the same in both languages.
#[actix_web::test]
async fn what_a_command_answers_to_a_program_does_not_change_with_the_language() {
    let app = TestApp::alone().await;
    let checks = |language: &str| {
        let said = said(&app, Some(language), &["--json", "doctor"]).0;
        let mut checks: Vec<serde_json::Value> = serde_json::from_str(&said).unwrap();
        // What may change between one look and the next.
        checks.retain(|check| check["name"] != "disque" && check["name"] != "horloge");
        checks
    };
    let french = checks("fr");
    assert!(french.len() > 10 && french.iter().any(|check| check["name"] == "sauvegarde"), "{french:?}");
    assert_eq!(french, checks("en"));
}

/// The page of the diagnosis follows its reader.
#[actix_web::test]
async fn the_diagnosis_is_told_in_the_language_of_its_reader() {
    let app = TestApp::new().await;
    let serge = app.as_("serge");
    let page = serge.open("/diagnostic").await;
    assert!(page.says("chaîne intacte"), "{}", page.text());
    let page = serge.open(&page.link("English")).await;
    assert!(page.says("chain whole") && !page.says("chaîne intacte"), "{}", page.text());
}
