//! A fictional ministry, imported again and again.

use chrono::{NaiveDate, TimeDelta};
use diesel::prelude::*;
use serde_json::json;

use super::*;
use crate::access::actor::Channel;
use crate::access::{Actor, Role};
use crate::app::App;
use crate::clock::{Clock, Instant};
use crate::config::Config;
use crate::db::schema::{events, letters, persons, sessions as sessions_table, supervisions};
use crate::declarations::actions::{self, Choice};
use crate::declarations::answers::Answers;
use crate::declarations::drafts;
use crate::declarations::handing;
use crate::declarations::kind::Office;
use crate::declarations::store as files;
use crate::declarations::workflow::State;
use crate::people::{sessions, store};

const HEADER: &str = "numero;prenom;nom;courriel;titre;unite;site;superieur;regime;fonction_cadre;langue;debut;fin";
const GOOD: &[u8] = include_bytes!("../../../tests/data/directory/good.csv");

struct Ministry {
    app: App,
    clock: Clock,
    _folder: tempfile::TempDir,
    /// Address of the server, and name of the database made there.
    made: Option<(String, String)>,
}

impl Drop for Ministry {
    fn drop(&mut self) {
        if let Some((server, name)) = &self.made {
            on_server(server, &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"));
        }
    }
}

fn on_server(server: &str, sql: &str) {
    use diesel::connection::SimpleConnection;
    diesel::PgConnection::establish(server).unwrap().batch_execute(sql).unwrap();
}

/// A database on the PostgreSQL of `TEST_DATABASE_URL`, when there is one.
fn on_postgres() -> Option<(String, (String, String))> {
    let server = std::env::var("TEST_DATABASE_URL").ok().filter(|url| url.starts_with("postgres"))?;
    let unique = crate::random::sha256_hex(crate::random::token::<9>().unwrap().as_bytes());
    let name = format!("directory_{}", &unique[..12]);
    on_server(&server, &format!("CREATE DATABASE {name}"));
    let (base, _) = server.rsplit_once('/').unwrap();
    Some((format!("{base}/{name}"), (server, name)))
}

/// Number, supervisor.
type Line<'l> = (&'l str, &'l str);

/// The deputy minister, two directors, one clerk, and the ethics officer.
const CHART: [Line<'static>; 5] = [("1", ""), ("2", "1"), ("3", "1"), ("4", "2"), ("9", "1")];

fn csv(people: &[Line<'_>]) -> Vec<u8> {
    let rows = people.iter().map(|(number, supervisor)| {
        format!(
            "{number};Ana;Fictive{number};p{number}@exemple.test;;M > D;;{supervisor};fonctionnaire;;;2020-01-06;\n"
        )
    });
    format!("{HEADER}\n{}", rows.collect::<String>()).into_bytes()
}

/// A person as the register keeps it: id, number, title, supervisor, last day.
type Whole = (i64, String, String, Option<i64>, Option<NaiveDate>);

impl Ministry {
    fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (url, made) = match on_postgres() {
            Some((url, made)) => (url, Some(made)),
            None => (folder.path().join("test.db").display().to_string(), None),
        };
        let settings = [("database.url", url.into()), ("database.allow_unsafe_settings", true.into())];
        // A Monday morning.
        let clock = Clock::at("2026-11-23T14:00:00".parse::<Instant>().unwrap());
        let app = App::build(Config::load(None, &[], &settings).unwrap(), clock.clone()).unwrap();
        Self { app, clock, _folder: folder, made }
    }

    /// With [`CHART`] imported and 9 responsible for ethics.
    fn staffed() -> Self {
        let ministry = Self::open();
        ministry.import(&csv(&CHART)).unwrap();
        let officer = ministry.person("9").id;
        ministry.write(move |tx| roles::grant(tx, None, officer, Role::EthicsOfficer, tx.today(), None));
        ministry
    }

    fn write<T: Send + 'static>(&self, work: impl FnOnce(&mut Tx<'_>) -> Result<T> + Send + 'static) -> T {
        self.app.write_here(work).unwrap()
    }

    fn read<T>(&self, work: impl FnOnce(&mut Tx<'_>) -> Result<T>) -> T {
        self.app.read_here(work).unwrap()
    }

    fn import(&self, bytes: &[u8]) -> Result<Summary> {
        let bytes = bytes.to_vec();
        self.app.write_here(move |tx| {
            let seen = preview(tx, None, &bytes)?;
            import(tx, None, "rh.csv", &bytes, &seen.seal)
        })
    }

    fn tomorrow(&self) {
        self.clock.advance(TimeDelta::days(1));
    }

    fn person(&self, number: &str) -> store::Person {
        self.read(|tx| Ok(store::find_by_number(tx, number)?.unwrap()))
    }

    fn actor(&self, number: &str) -> Option<Actor> {
        let person = self.person(number);
        self.read(|tx| sessions::actor(tx, &person, Channel::Page, false))
    }

    /// Files a relation with a company; returns its reference.
    fn declares(&self, number: &str) -> String {
        let answers = json!({
            "nature": "video", "occurred_on": "2026-11-20", "initiated_by": "ministry", "off_duty": false,
            "company": {"name": "Nordik Infonuagique inc.", "neq": "1171234567"}, "under_contract": "yes",
            "purpose": "contract", "contract_stage": "follow_up", "contract_number": "C-2025-118",
            "subject": "Avancement du lot 2.", "info_shared": false, "advantage_offered": false,
            "names_supervisor": false,
        });
        let serde_json::Value::Object(answers) = answers else { unreachable!() };
        let actor = self.actor(number).unwrap();
        self.write(move |tx| {
            let draft = drafts::start(tx, &actor, "business_relation", &Answers(answers))?;
            Ok(actions::submit(tx, &actor, &draft.key, true)?.reference.unwrap())
        })
    }

    fn file(&self, reference: &str) -> files::Declaration {
        use crate::db::schema::declarations;
        let id: i64 = self.read(|tx| {
            Ok(declarations::table
                .filter(declarations::reference.eq(reference))
                .select(declarations::id)
                .first(tx.conn)?)
        });
        self.read(|tx| files::find_unguarded(tx, id))
    }

    fn can_read(&self, number: &str, reference: &str) -> bool {
        let Some(actor) = self.actor(number) else { return false };
        let found = self.app.read_here(|tx| actions::read(tx, &actor, reference));
        assert!(matches!(found, Ok(_) | Err(Error::NotFound)), "{found:?}");
        found.is_ok()
    }

    fn events(&self) -> Vec<String> {
        self.read(|tx| Ok(events::table.order(events::seq.asc()).select(events::event).load(tx.conn)?))
    }

    fn everything(&self) -> Vec<Whole> {
        self.read(|tx| {
            Ok(persons::table
                .order(persons::id.asc())
                .select((persons::id, persons::number, persons::email, persons::supervisor_id, persons::active_until))
                .load(tx.conn)?)
        })
    }

    fn stretches(&self, number: &str) -> Vec<(Option<i64>, NaiveDate, Option<NaiveDate>)> {
        let person = self.person(number).id;
        self.read(|tx| {
            Ok(supervisions::table
                .filter(supervisions::person_id.eq(person))
                .order(supervisions::id.asc())
                .select((supervisions::supervisor_id, supervisions::since, supervisions::until))
                .load(tx.conn)?)
        })
    }
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[test]
fn a_first_import_brings_everybody_in() {
    let ministry = Ministry::open();
    let summary = ministry.import(GOOD).unwrap();
    assert_eq!((summary.added, summary.changed, summary.departed, summary.moved), (8, 0, 0, 0));
    let elise = ministry.person("100005");
    assert_eq!((elise.name().as_str(), elise.email.as_str()), ("Élise Prétexte", "elise.pretexte@exemple.test"));
    assert_eq!(elise.supervisor_id, Some(ministry.person("100004").id));
    let folded: String =
        ministry.read(|tx| Ok(persons::table.find(elise.id).select(persons::folded).first(tx.conn)?));
    assert_eq!(folded, "elise pretexte");
    let today = day("2026-11-23");
    assert_eq!(ministry.stretches("100005"), [(elise.supervisor_id, today, None)]);
    assert_eq!(ministry.stretches("100001"), []);
    let units = ministry.read(store::units);
    assert_eq!(units.len(), 5);
    let team = units.iter().find(|unit| unit.id == elise.unit_id).unwrap();
    let above = units.iter().find(|unit| Some(unit.id) == team.parent_id).unwrap();
    assert_eq!((team.name.as_str(), above.name.as_str()), ("Direction des maquettes", "Direction générale des essais"));
    assert_eq!(team.path, format!("{}{}/", above.path, team.code));
    assert_eq!(ministry.events(), ["directory_imported"]);
}

#[test]
fn the_same_file_again_changes_nothing() {
    let ministry = Ministry::open();
    ministry.import(GOOD).unwrap();
    let before = (ministry.everything(), ministry.read(store::units).len(), ministry.stretches("100005"));
    ministry.tomorrow();
    let summary = ministry.import(GOOD).unwrap();
    assert_eq!((summary.added, summary.changed, summary.departed, summary.unchanged), (0, 0, 0, 8));
    assert_eq!((ministry.everything(), ministry.read(store::units).len(), ministry.stretches("100005")), before);
    assert_eq!(ministry.events(), ["directory_imported", "directory_imported"]);
}

#[test]
fn another_spelling_of_a_unit_renames_it() {
    let ministry = Ministry::open();
    ministry.import(GOOD).unwrap();
    let before: Vec<i64> = ministry.read(store::units).iter().map(|unit| unit.id).collect();
    let text = std::str::from_utf8(GOOD).unwrap().replace("Direction des maquettes", "Direction des Maquettes");
    // One line keeps the former spelling: the first of the file names the unit.
    let text = text.replacen("Direction des Maquettes;Blanc", "Direction des maquettes;Blanc", 1);
    assert_eq!(ministry.import(text.as_bytes()).unwrap().changed, 3);
    let units = ministry.read(store::units);
    assert_eq!(units.iter().map(|unit| unit.id).collect::<Vec<_>>(), before);
    assert!(units.iter().any(|unit| unit.name == "Direction des Maquettes"));
    assert_eq!(ministry.import(text.as_bytes()).unwrap().changed, 0);
}

#[test]
fn an_open_file_follows_the_supervisor_and_the_former_one_loses_it() {
    let ministry = Ministry::staffed();
    let (open, decided) = (ministry.declares("4"), ministry.declares("4"));
    let boss = ministry.actor("2").unwrap();
    let (version, reference) = (ministry.file(&decided).version, decided.clone());
    let choice = Choice { outcome: "noted".into(), version, ..Choice::default() };
    ministry.write(move |tx| actions::decide(tx, &boss, &reference, &choice));
    let before = ministry.file(&open);
    assert_eq!((before.holder_id, before.supervisor_id), (Some(ministry.person("2").id), before.holder_id));
    assert!(ministry.can_read("2", &open) && !ministry.can_read("3", &open));

    ministry.tomorrow();
    let summary = ministry.import(&csv(&[("1", ""), ("2", "1"), ("3", "1"), ("4", "3"), ("9", "1")])).unwrap();
    assert_eq!((summary.changed, summary.moved), (1, 1));
    let after = ministry.file(&open);
    let new = ministry.person("3").id;
    assert_eq!((after.holder_id, after.supervisor_id, after.due_on), (Some(new), Some(new), before.due_on));
    assert!(!ministry.can_read("2", &open), "the former supervisor did not decide this one");
    assert!(ministry.can_read("3", &open));
    assert!(ministry.can_read("2", &decided), "they decided this one");
    assert_eq!(ministry.file(&decided).holder_id, None);
    let told: i64 = ministry.read(|tx| {
        Ok(letters::table
            .filter(letters::recipient_id.eq(new))
            .filter(letters::letter.eq("decide"))
            .count()
            .get_result(tx.conn)?)
    });
    assert_eq!(told, 1);
    let old = ministry.person("2").id;
    let stretches = ministry.stretches("4");
    let (first, second) = (day("2026-11-23"), day("2026-11-24"));
    assert_eq!(stretches, [(Some(old), first, Some(first)), (Some(new), second, None)]);
    let timeline = ministry.read(|tx| journal::timeline(tx, after.id));
    let expected = Event::Rerouted { from: Some(old), to: Some(new), office: None, why: "rerouted-chart".into() };
    assert_eq!(timeline.last().unwrap().event, expected);
    assert!(say(Language::Fr, "rerouted-chart", &[]).ends_with('.'));
}

#[test]
fn a_supervisor_who_leaves_leaves_no_file_behind() {
    let ministry = Ministry::staffed();
    let open = ministry.declares("4");
    let session = ministry.person("2");
    ministry.write(move |tx| sessions::open(tx, &session, sessions::Factor::Password));
    ministry.tomorrow();
    let summary = ministry.import(&csv(&[("1", ""), ("3", "1"), ("4", "3"), ("9", "1")])).unwrap();
    assert_eq!((summary.departed, summary.moved), (1, 1));
    assert_eq!(ministry.person("2").active_until, Some(day("2026-11-23")));
    assert!(ministry.actor("2").is_none());
    let sessions: i64 = ministry.read(|tx| Ok(sessions_table::table.count().get_result(tx.conn)?));
    assert_eq!(sessions, 0);
    assert_eq!(ministry.file(&open).holder_id, Some(ministry.person("3").id));
    assert_eq!(ministry.stretches("2").last().unwrap().2, Some(day("2026-11-23")));
    // Coming back starts a new stretch, and moves nothing.
    ministry.tomorrow();
    assert_eq!(ministry.import(&csv(&[("1", ""), ("2", "1"), ("3", "1"), ("4", "3"), ("9", "1")])).unwrap().moved, 0);
    assert_eq!(ministry.stretches("2").len(), 2);
}

#[test]
fn the_last_ethics_officer_leaves_her_role_and_her_files() {
    let ministry = Ministry::staffed();
    let mut people = CHART.to_vec();
    people.push(("7", ""));
    ministry.import(&csv(&people)).unwrap();
    let open = ministry.declares("7");
    assert_eq!(ministry.file(&open).office(), Some(Office::EthicsOfficer), "nobody is above 7");
    ministry.tomorrow();
    let without = csv(&[("1", ""), ("2", "1"), ("3", "1"), ("4", "2"), ("7", "")]);
    let seen = ministry.read(|tx| preview(tx, None, &without));
    assert_eq!(seen.departed[0].roles, ["ethics_officer"]);
    assert_eq!(ministry.import(&without).unwrap().moved, 1);
    let after = ministry.file(&open);
    assert_eq!((after.holder_id, after.office(), after.due_on), (None, None, None), "nobody here may decide");
    let officer = ministry.person("9").id;
    assert_eq!(ministry.read(|tx| roles::of(tx, officer)), []);
    ministry.tomorrow();
    ministry.import(&csv(&people)).unwrap();
    assert_eq!(ministry.read(|tx| roles::of(tx, officer)), [], "a role does not come back by accident");
}

#[test]
fn an_open_question_stays_open_and_its_answer_goes_to_the_new_holder() {
    let ministry = Ministry::staffed();
    let open = ministry.declares("4");
    let (boss, clerk) = (ministry.actor("2").unwrap(), ministry.actor("4").unwrap());
    let (version, reference) = (ministry.file(&open).version, open.clone());
    ministry.write(move |tx| actions::ask(tx, &boss, &reference, version, "Avec qui?"));
    ministry.tomorrow();
    ministry.import(&csv(&[("1", ""), ("2", "1"), ("3", "1"), ("4", "3"), ("9", "1")])).unwrap();
    assert_eq!(ministry.file(&open).state(), State::InfoRequested);
    let reference = open.clone();
    ministry.write(move |tx| actions::answer(tx, &clerk, &reference, "Avec Dominique Roy."));
    let after = ministry.file(&open);
    assert_eq!((after.state(), after.holder_id), (State::UnderReview, Some(ministry.person("3").id)));
}

#[test]
fn a_file_given_by_the_ethics_officer_stays_with_whoever_she_chose() {
    let ministry = Ministry::staffed();
    let open = ministry.declares("4");
    let officer = ministry.actor("9").unwrap();
    let reference = open.clone();
    ministry.write(move |tx| handing::reassign(tx, &officer, &reference, "1", "Lien familial."));
    ministry.tomorrow();
    ministry.import(&csv(&[("1", ""), ("2", "1"), ("3", "1"), ("4", "3"), ("9", "1")])).unwrap();
    let after = ministry.file(&open);
    assert_eq!((after.holder_id, after.supervisor_id), (Some(ministry.person("1").id), Some(ministry.person("3").id)));
}

#[test]
fn a_broken_line_or_a_cycle_changes_nothing() {
    let ministry = Ministry::staffed();
    let before = ministry.everything();
    let cycle = csv(&[("1", ""), ("2", "3"), ("3", "2"), ("4", "2"), ("9", "1")]);
    let mut broken = csv(&CHART);
    broken.extend_from_slice(b"5;;Sans prenom;p5@exemple.test;;M;;1;fonctionnaire;;;2020-01-06;\n");
    for bytes in [cycle, broken, b"".to_vec()] {
        let seen = ministry.read(|tx| preview(tx, None, &bytes));
        assert!(!seen.problems.is_empty());
        assert!(matches!(ministry.import(&bytes), Err(Error::Invalid(_))));
        assert_eq!(ministry.everything(), before);
    }
    assert_eq!(ministry.events(), ["directory_imported", "role_granted"]);
}

#[test]
fn what_is_imported_is_what_was_shown() {
    let ministry = Ministry::staffed();
    let file = csv(&[("1", ""), ("2", "1"), ("3", "1"), ("4", "3"), ("9", "1")]);
    let seen = ministry.read(|tx| preview(tx, None, &file));
    ministry.import(&csv(&[("1", ""), ("2", "1"), ("3", "1"), ("4", "1"), ("9", "1")])).unwrap();
    let again = file.clone();
    let late = ministry.app.write_here(move |tx| import(tx, None, "rh.csv", &again, &seen.seal));
    assert!(matches!(late, Err(Error::Stale)), "somebody imported another file in between");
    let other = ministry.app.write_here(move |tx| import(tx, None, "rh.csv", &file, "another"));
    assert!(matches!(other, Err(Error::Stale)));
}

#[test]
fn whoever_imports_must_be_in_the_file() {
    let ministry = Ministry::staffed();
    let me = ministry.person("3").id;
    let without = csv(&[("1", ""), ("2", "1"), ("4", "2"), ("9", "1")]);
    let seen = ministry.read(|tx| preview(tx, Some(me), &without));
    assert_eq!(seen.problems[0].code, "directory-importer-absent");
    assert!(ministry.read(|tx| preview(tx, Some(me), &csv(&CHART))).problems.is_empty());
}

#[test]
fn addresses_can_be_swapped_and_taken_over() {
    let ministry = Ministry::staffed();
    let swapped = String::from_utf8(csv(&CHART)).unwrap();
    let swapped = swapped.replace("p2@", "x@").replace("p3@", "p2@").replace("x@", "p3@");
    assert_eq!(ministry.import(swapped.as_bytes()).unwrap().changed, 2);
    assert_eq!(ministry.person("2").email, "p3@exemple.test");
    // Rehired under another number, with the same address.
    let rehired = swapped.replace("\n4;", "\n44;");
    let summary = ministry.import(rehired.as_bytes()).unwrap();
    assert_eq!((summary.added, summary.departed), (1, 1));
    assert_eq!(ministry.person("44").email, "p4@exemple.test");
    assert!(ministry.person("4").email.ends_with(".invalid"));
}

#[test]
fn a_second_import_of_the_day_replaces_the_stretch_of_the_first() {
    let ministry = Ministry::staffed();
    ministry.import(&csv(&[("1", ""), ("2", "1"), ("3", "1"), ("4", "3"), ("9", "1")])).unwrap();
    let stretches = ministry.stretches("4");
    assert_eq!(stretches, [(Some(ministry.person("3").id), day("2026-11-23"), None)]);
}

#[test]
fn two_thousand_people_come_in_and_all_move() {
    let ministry = Ministry::open();
    let numbers: Vec<String> = (0..2_000).map(|n| format!("{n:05}")).collect();
    let above = |n: usize| if n == 0 { "" } else { numbers[(n - 1) / 8].as_str() };
    let people: Vec<Line<'_>> = (0..2_000).map(|n| (numbers[n].as_str(), above(n))).collect();
    assert_eq!(ministry.import(&csv(&people)).unwrap().added, 2_000);
    ministry.tomorrow();
    let moved: Vec<Line<'_>> = people.iter().map(|(n, s)| (*n, if s.is_empty() { "" } else { "00000" })).collect();
    assert_eq!(ministry.import(&csv(&moved)).unwrap().changed, 2_000 - 9);
}

#[test]
fn the_preview_reads_well_on_a_console() {
    let ministry = Ministry::staffed();
    let mut file = String::from_utf8(csv(&[("1", ""), ("2", "1"), ("4", "2"), ("9", "2")])).unwrap();
    file.push_str("5;Zoé;Inventée;p5@exemple.test;;M > D;;1;fonctionnaire;;;2020-01-06;\n");
    let lines = ministry.read(|tx| preview(tx, None, file.as_bytes())).lines(Language::Fr, 10);
    assert_eq!(
        lines.join("\n").replace('\u{a0}', " "),
        "1 personne à ajouter :\n  + 5 Zoé Inventée\n1 personne à modifier :\n  ~ 9 Ana Fictive9 (superieur: 1 Ana Fictive1 → 2 Ana Fictive2)\n1 départ :\n  - 3 Ana Fictive3\n3 personnes sans changement."
    );
    let lines = ministry.read(|tx| preview(tx, None, file.replace("p5@", "p5").as_bytes())).lines(Language::Fr, 10);
    assert_eq!(lines[1].replace('\u{a0}', " "), "  Ligne 6 : Cette adresse courriel n’est pas reconnue.");
}
