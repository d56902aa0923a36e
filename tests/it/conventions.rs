//! Small guards of the house: what a reader may rely on.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn names(folder: &str) -> BTreeSet<String> {
    std::fs::read_dir(root().join(folder))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect()
}

/// Path and text of every file of a folder, in order, whose name ends so.
pub fn files(folder: &str, ends: &str) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.to_string_lossy().ends_with(ends) && (!ends.is_empty() || is_text(&path)) {
                let text = std::fs::read_to_string(&path).unwrap();
                found.push((path, text));
            }
        }
    }
    found.sort();
    found
}

#[test]
fn both_engines_have_the_same_migrations() {
    assert_eq!(names("migrations/sqlite"), names("migrations/postgres"));
    for name in names("migrations/sqlite") {
        for engine in ["sqlite", "postgres"] {
            for file in ["up.sql", "down.sql"] {
                let path = root().join("migrations").join(engine).join(&name).join(file);
                assert!(path.exists(), "{}", path.display());
            }
        }
    }
}

#[test]
fn the_architecture_page_names_every_folder_of_the_sources() {
    let page = root().join("docs/ARCHITECTURE.md");
    let Ok(text) = std::fs::read_to_string(&page) else { panic!("docs/ARCHITECTURE.md is missing") };
    let missing: Vec<String> = std::fs::read_dir(root().join("src"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir())
        .map(|path| path.file_name().unwrap().to_string_lossy().into_owned())
        .filter(|name| !text.contains(&format!("{name}/")) && !text.contains(&format!("src/{name}`")))
        .collect();
    assert!(missing.is_empty(), "not in docs/ARCHITECTURE.md: {missing:?}");
}

#[test]
fn nothing_in_the_sources_is_left_to_do() {
    for folder in ["src", "migrations", "templates", "config"] {
        for (path, text) in files(folder, "") {
            for word in ["TODO", "FIXME", "XXX"] {
                assert!(!text.contains(word), "{}: {word}", path.display());
            }
        }
    }
}

fn is_text(path: &Path) -> bool {
    path.extension().is_some_and(|e| ["rs", "sql", "hbs", "toml", "ftl", "css", "js"].iter().any(|known| e == *known))
}

#[test]
fn every_folder_of_the_sources_begins_with_what_it_is() {
    for (path, text) in files("src", ".rs") {
        assert!(
            text.starts_with("//!") || path.to_string_lossy().contains("tests"),
            "{} has no first line",
            path.display()
        );
    }
}

/// O02: nothing unescaped, nothing inside a script or a style, no attribute without quotes. `{{{lines}}}` and
/// `{{{options.…}}}` are the values that are HTML already: rows made by `Views::rows`, which escapes every cell.
fn unsafe_in_template(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut text = text.replace("{{{lines}}}", "");
    for list in ["kinds", "states", "units"] {
        text = text.replace(&format!("{{{{{{options.{list}}}}}}}"), "");
    }
    for mark in ["{{{", "{{&", "{{~{", "{{~&"] {
        if text.contains(mark) {
            found.push(format!("{mark} writes without escaping"));
        }
    }
    for element in ["script", "style"] {
        for part in text.split(&format!("<{element}")).skip(1) {
            let (head, rest) = part.split_once('>').unwrap_or((part, ""));
            let body = rest.split(&format!("</{element}>")).next().unwrap_or("");
            if body.contains("{{") {
                found.push(format!("an expression inside <{element}>"));
            }
            if element == "script" && !head.contains("nonce=\"{{page.nonce}}\"") {
                found.push("a script without nonce".to_owned());
            }
        }
    }
    for (at, _) in text.match_indices("={{") {
        // Arguments of helpers are not attributes.
        let inside_expression = text[..at].rfind("{{").is_some_and(|open| !text[open..at].contains("}}"));
        if !inside_expression {
            found.push(format!("an attribute without quotes near {:?}", text[at.saturating_sub(20)..at].trim()));
        }
    }
    for attribute in [" onclick=", " onload=", " onerror=", " onsubmit=", " onchange=", "javascript:", " srcdoc="] {
        if text.contains(attribute) {
            found.push(format!("{attribute} runs code"));
        }
    }
    found
}

/// O02
#[test]
fn templates_escape_everything_everywhere() {
    let mut seen = 0;
    for (path, text) in
        files("templates", ".html.hbs").into_iter().chain(files("templates", ".hbs").into_iter().filter(|(path, _)| {
            let name = path.to_string_lossy();
            !name.ends_with(".txt.hbs") && !name.ends_with(".html.hbs")
        }))
    {
        seen += 1;
        // The style of letters and of the report is fixed, and there is no other way to style a letter.
        let found = unsafe_in_template(&text);
        assert!(found.is_empty(), "{}: {found:?}", path.display());
    }
    assert!(seen > 30, "{seen}");
}

/// O02: The twin.
#[test]
fn a_template_that_does_not_escape_is_found() {
    for bad in [
        "<p>{{{name}}}</p>",
        "<p>{{{lines}}}{{{ lines }}}</p>",
        "<p>{{&name}}</p>",
        "<script nonce=\"{{page.nonce}}\">var a = \"{{name}}\";</script>",
        "<script>1</script>",
        "<style>p { color: {{colour}} }</style>",
        "<a href={{url}}>x</a>",
        "<a href=\"javascript:{{x}}\">x</a>",
        "<p onclick=\"go()\">x</p>",
    ] {
        assert_eq!(unsafe_in_template(bad).len(), 1, "{bad}");
    }
    assert_eq!(unsafe_in_template("<p class=\"{{c}}\">{{t \"a\" b=c}}</p>"), Vec::<String>::new());
}

#[test]
fn every_snapshot_belongs_to_a_test() {
    let sources: String =
        files("tests/it", ".rs").into_iter().chain(files("src", ".rs")).map(|(_, text)| text).collect();
    for folder in ["tests/it", "src"] {
        for (path, _) in files(folder, ".snap") {
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            let last = name.rsplit("__").next().unwrap().to_owned();
            let stem = last.trim_end_matches("-fr").trim_end_matches("-en").to_owned();
            assert!(
                sources.contains(&last) || sources.contains(&format!("\"{stem}\"")) || stem_is_letter(&stem),
                "{} belongs to no test",
                path.display()
            );
        }
    }
}

fn stem_is_letter(stem: &str) -> bool {
    probite::texts::exists(&format!("letter-{stem}-body"))
}

/// A colour of its own stays as it is when the page turns dark: text and paper then no longer go together.
#[test]
fn reports_take_every_colour_from_the_page() {
    let css = std::fs::read_to_string(root().join("templates/assets/report.css")).unwrap();
    for own in ["#", "rgb(", "hsl(", "prefers-color-scheme"] {
        assert!(!css.contains(own), "{own}");
    }
    assert!(css.contains("fill: var(--text)"), "the twin: there are colours");
}

/// Everybody gets the time from the clock or the transaction (clippy says so too; this says it of macros and tests). A story waits for
/// something, never for so long: `support::until` is the one place that does, beside the process that is killed at random moments.
#[test]
fn tests_never_sleep() {
    let naps = ["thread::sleep", "time::sleep", "park_timeout"];
    for (path, text) in files("tests/it", ".rs") {
        let found = naps.iter().map(|nap| text.matches(nap).count()).sum::<usize>();
        // The words above are not naps.
        let allowed = match path.to_string_lossy() {
            path if path.ends_with("it/conventions.rs") => naps.len(),
            path if path.ends_with("it/support/mod.rs") => 2,
            path if path.ends_with("it/crash.rs") => 1,
            _ => 0,
        };
        assert_eq!(found, allowed, "{}", path.display());
    }
}

/// The ledger of what is promised names the tests that are there.
#[test]
fn the_ledger_of_assurance_is_that_of_the_sources() {
    let program = std::env::var("TEST_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/tools/assurance.py");
    let done = std::process::Command::new(program).args([script, "--check"]).output().expect("Python runs");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stdout));
}

/// The twin: a file that carries a number at its head gives it to none of its tests, and is refused; a test that carries it does.
#[test]
fn a_promise_is_bound_to_the_test_that_shows_it_and_to_no_whole_file() {
    let program = std::env::var("TEST_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let folder = tempfile::tempdir().unwrap();
    for made in ["tests/tools", "tests/data", "tests/it", "tests/browser", "docs", "src"] {
        std::fs::create_dir_all(folder.path().join(made)).unwrap();
    }
    let script = folder.path().join("tests/tools/assurance.py");
    std::fs::copy(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/tools/assurance.py"), &script).unwrap();
    // Made up of two parts, so that this file carries no number itself.
    let (one, two) = (["A", "01"].concat(), ["A", "02"].concat());
    let promised = format!("{one} = \"The first.\"\n{two} = \"The second.\"\n");
    std::fs::write(folder.path().join("tests/data/assurance.toml"), promised).unwrap();
    let written = |text: &str| {
        std::fs::write(folder.path().join("tests/it/story.rs"), text).unwrap();
        let done = std::process::Command::new(&program).arg(&script).output().expect("Python runs");
        let ledger = std::fs::read_to_string(folder.path().join("docs/assurance.md")).unwrap_or_default();
        (done.status.success(), String::from_utf8_lossy(&done.stdout).into_owned(), ledger)
    };
    let tests = "#[test]\nfn shows_it() {}\n\n#[test]\nfn shows_nothing() {}\n";
    let (accepted, said, _) = written(&format!("//! All of it ({one}).\n\n{tests}"));
    assert!(!accepted && said.contains("tests/it/story.rs") && said.contains(&one), "{said}");
    let name = two.to_lowercase();
    let more = format!("//! All of it.\n\n/// {one}: here.\n{tests}\n#[test]\nfn {name}_is_in_a_name() {{}}\n");
    let (accepted, said, ledger) = written(&more);
    assert!(accepted, "{said}");
    assert!(
        ledger.contains("`story::shows_it`") && ledger.contains(&format!("`story::{name}_is_in_a_name`")),
        "{ledger}"
    );
    assert!(!ledger.contains("shows_nothing"), "{ledger}");
}

/// Files where somebody's request comes in: what they load of a declaration, they load by `authorized`.
fn is_door(text: &str) -> bool {
    ["visit: Visit", "visit: &Visit", "call: Call", "call: &Call", "Query<", "Path<"]
        .iter()
        .any(|sign| text.contains(sign))
}

/// Ways to a whole declaration that ask nobody's right: for the worker, routing, and lists whose own query says who may see.
fn loads_unguarded(text: &str) -> bool {
    ["_unguarded(tx", "Declaration::as_select()"].iter().any(|way| text.contains(way))
}

/// Doors that do, each with why it gives nothing away.
const KNOWN: [&str; 3] = [
    // What the person of the request filed, asked by their own number.
    "src/declarations/renewal.rs",
    // Names the file in the access log when somebody is refused; nothing of it is shown.
    "src/measures/page.rs",
    // What is live of somebody who leaves, once it is known that the reader is that person or follows departures.
    "src/people/departures.rs",
];

fn unguarded_doors<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Vec<&'a str> {
    let doors = files.into_iter().filter(|(_, text)| is_door(text) && loads_unguarded(text));
    doors.map(|(path, _)| path).filter(|path| !path.contains("tests") && !path.starts_with("src/demo/")).collect()
}

/// Z03: one guard, and no way around it.
#[test]
fn no_door_loads_a_declaration_but_by_the_one_guard() {
    let all = files("src", ".rs");
    let named: Vec<(String, &str)> = all
        .iter()
        .map(|(path, text)| (path.strip_prefix(root()).unwrap().to_string_lossy().into_owned(), text.as_str()))
        .collect();
    assert!(named.iter().filter(|(_, text)| is_door(text)).count() > 60, "doors are recognised");
    let around = named.iter().filter(|(_, text)| loads_unguarded(text)).count();
    assert!(around > 10, "ways around are recognised: {around}");
    assert_eq!(unguarded_doors(named.iter().map(|(path, text)| (path.as_str(), *text))), KNOWN);
    // The twin.
    let door = "pub async fn page(visit: Visit) { store::find_unguarded(tx, id) }";
    assert_eq!(
        unguarded_doors([("src/a/page.rs", door), ("src/a/work.rs", "find_unguarded(tx, id)")]),
        ["src/a/page.rs"]
    );
}

/// What the product is built with and the lock file of the fuzzers does not have.
fn unlocked(manifest: &str, lock: &str) -> Vec<String> {
    let (manifest, lock): (toml::Table, toml::Table) = (manifest.parse().unwrap(), lock.parse().unwrap());
    let product =
        lock["package"].as_array().unwrap().iter().find(|one| one["name"].as_str() == Some("probite")).unwrap();
    let locked: BTreeSet<&str> = product["dependencies"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|one| one.as_str().and_then(|one| one.split(' ').next()))
        .collect();
    let optional = |one: &toml::Value| one.get("optional").and_then(toml::Value::as_bool) == Some(true);
    let wanted = manifest["dependencies"].as_table().unwrap().iter().filter(|(_, one)| !optional(one));
    wanted.map(|(name, _)| name.clone()).filter(|name| !locked.contains(name.as_str())).collect()
}

/// The fuzzers are built with their own lock file, at night: one that was left behind is seen by day.
#[test]
fn the_fuzzers_are_locked_with_what_the_product_is_built_with() {
    let read = |path: &str| std::fs::read_to_string(root().join(path)).unwrap();
    let (manifest, lock) = (read("Cargo.toml"), read("tests/fuzz/Cargo.lock"));
    assert_eq!(unlocked(&manifest, &lock), Vec::<String>::new());
    // The twin: a crate that is new to the product.
    let more = manifest.replace("[dependencies]\n", "[dependencies]\nnew-to-us = \"1\"\n");
    assert_eq!(unlocked(&more, &lock), ["new-to-us"]);
}

/// The strings of a source, but for those of its own tests; what a backslash says is a space.
fn strings(source: &str) -> Vec<String> {
    let code = source.split("#[cfg(test)]\nmod tests {").next().unwrap_or(source);
    let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
    let code = lines.collect::<Vec<_>>().join("\n").replace("'\"'", "").replace("'\\\"'", "");
    let (mut found, mut open) = (Vec::new(), None::<String>);
    let mut letters = code.chars();
    while let Some(letter) = letters.next() {
        match (&mut open, letter) {
            (Some(_), '"') => found.extend(open.take()),
            (None, '"') => open = Some(String::new()),
            (Some(text), '\\') => {
                letters.next();
                text.push(' ');
            }
            (Some(text), letter) => text.push(letter),
            (None, _) => {}
        }
    }
    found
}

/// An accent, an elision, or two of the words without which there is no French sentence.
fn is_french(text: &str) -> bool {
    const SMALL: [&str; 20] = [
        "le", "la", "les", "des", "du", "une", "pour", "dans", "est", "et", "par", "sur", "ne", "pas", "aux", "avec",
        "sans", "que", "qui", "de",
    ];
    const ELIDED: [&str; 10] = ["l", "d", "n", "s", "c", "j", "m", "t", "qu", "jusqu"];
    let before = |part: &str| part.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default().to_lowercase();
    let mut parts: Vec<&str> = text.split('’').collect();
    parts.pop();
    text.chars().any(|c| "àâçéèêëîïôùûœÀÂÇÉÈÊÎÔŒ".contains(c))
        || parts.iter().any(|part| ELIDED.contains(&before(part).as_str()))
        || text.split_whitespace().filter(|word| SMALL.contains(word)).count() >= 2
}

/// Sources that may hold French, each with why it is no text of a page, a letter or a terminal.
const FRENCH: [&str; 5] = [
    // The fictional ministry, its people and what they write.
    "src/demo/",
    // Run by whoever measures the product, from its sources.
    "src/bench/",
    // The names of months, which dates are read and written with.
    "src/formats.rs",
    // The mark by which the answer of a witness, as its row keeps it, stops the signing.
    "src/journal/programs.rs",
    // What a story of letters puts in its own database.
    "src/outbox/store/desk.rs",
];

/// Texts for people are in `templates/text`, where both languages stand side by side.
#[test]
fn no_french_sentence_is_written_in_rust() {
    let named = |path: &Path| path.strip_prefix(root()).unwrap().to_string_lossy().into_owned();
    let mut speaking = BTreeSet::new();
    let mut wrong = Vec::new();
    for (path, text) in files("src", ".rs") {
        let path = named(&path);
        // Stories beside what they tell of.
        if path.ends_with("tests.rs") || path.contains("/tests/") {
            continue;
        }
        let known = FRENCH.iter().find(|known| path.starts_with(**known));
        for french in strings(&text).into_iter().filter(|text| is_french(text)) {
            match known {
                Some(known) => {
                    speaking.insert(*known);
                }
                None => wrong.push(format!("{path}: {french}")),
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert_eq!(speaking, BTreeSet::from(FRENCH), "a reason that is no longer one");
}

/// The twin.
#[test]
fn a_french_sentence_in_rust_is_found() {
    for french in [
        r#"println!("Le compte est rouvert, par la personne qui en a le droit.");"#,
        r#"let why = format!("{size} événements");"#,
        r#"say("jusqu’au {day}")"#,
        "told(\"une phrase \\\n    sur deux lignes\")",
        r#"if mark == '"' { told("la clé manque") }"#,
    ] {
        assert_eq!(strings(french).iter().filter(|text| is_french(text)).count(), 1, "{french}");
    }
    for other in [
        r#"println!("{}", invocation.say("cli-account-restored", &[]));"#,
        "/// Le compte, tel qu’il est.\nlet address = \"/d/{reference}?du={from}&au={to}\";",
        r#"about: "The deputy minister’s own file.""#,
        "#[cfg(test)]\nmod tests {\n    \"Une déclaration vous attend.\"",
    ] {
        assert_eq!(strings(other).into_iter().filter(|text| is_french(text)).collect::<Vec<_>>(), [""; 0], "{other}");
    }
}
