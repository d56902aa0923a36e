//! Files good and broken, and files nobody would send.

use super::checks::cycles;
use super::*;
use crate::people::directory_diff::without_the_gone;
use proptest::prelude::*;

const GOOD: &[u8] = include_bytes!("../../../tests/data/directory/good.csv");
const ENGLISH: &[u8] = include_bytes!("../../../tests/data/directory/good-english.csv");
const BROKEN: &[u8] = include_bytes!("../../../tests/data/directory/broken.csv");
const WINDOWS: &[u8] = include_bytes!("../../../tests/data/directory/windows-1252.csv");
const HEADER: &str = "numero;prenom;nom;courriel;titre;unite;site;superieur;regime;fonction_cadre;langue;debut;fin";

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn today() -> NaiveDate {
    day("2026-11-23")
}

fn good() -> Directory {
    parse(GOOD, today()).unwrap()
}

/// A file of one line per person: number, supervisor, last day.
fn chart(people: &[(&str, &str, &str)]) -> String {
    let rows = people.iter().map(|(number, supervisor, until)| {
        format!("{number};Ana;Fictive;p{number}@exemple.test;;M;;{supervisor};fonctionnaire;;;2020-01-06;{until}\n")
    });
    format!("{HEADER}\n{}", rows.collect::<String>())
}

/// (line, column, value, code) of each problem.
fn problems(bytes: &[u8]) -> Vec<(u64, &'static str, String, &'static str)> {
    let problems = parse(bytes, today()).unwrap_err();
    problems.into_iter().map(|p| (p.line, p.column, p.value, p.code)).collect()
}

fn codes(bytes: &[u8]) -> Vec<&'static str> {
    problems(bytes).into_iter().map(|(_, _, _, code)| code).collect()
}

#[test]
fn a_good_file_gives_people_and_units_from_the_top() {
    let directory = good();
    assert_eq!(directory.people.len(), 8);
    let top = &directory.people[0];
    assert_eq!((top.given_name.as_str(), top.position), ("Aurélie", Position::DeputyMinister));
    assert_eq!(top.supervisor, None);
    assert_eq!(top.regime, Regime::StateAdministrator);
    let clerk = directory.people.iter().find(|row| row.number == "100007").unwrap();
    assert_eq!(clerk.title, "Agente; de \"secrétariat\"", "quotes and separators within a cell");
    assert_eq!(clerk.email, "zoe.inventee@exemple.test");
    assert_eq!(clerk.language, Language::En);
    let units: Vec<String> = directory.units.iter().map(UnitPath::to_string).collect();
    assert_eq!(units[0], "Ministère fictif");
    for unit in &directory.units {
        let above = unit.parent();
        let seen = directory.units.iter().take_while(|other| *other != unit).any(|other| Some(other) == above.as_ref());
        assert!(seen || above.is_none(), "{unit} comes after its parent");
    }
}

#[test]
fn the_body_that_a_person_on_loan_comes_from_is_a_column_that_a_file_may_leave_out() {
    let with = format!(
        "{HEADER};organisme_attache\n1;Ana;Fictive;a@exemple.test;;M;;;pret;;;2020-01-06;;Agence des rivages\n\
         2;Léo;Fictif;l@exemple.test;;M;;1;fonctionnaire;;;2020-01-06;;\n"
    );
    let bodies = |file: &str| -> Vec<String> {
        parse(file.as_bytes(), today()).unwrap().people.into_iter().map(|row| row.home_body).collect()
    };
    assert_eq!(bodies(&with), ["Agence des rivages", ""]);
    assert_eq!(bodies(&chart(&[("1", "", "")])), [""], "the twin");
    let twice = with.replacen("organisme_attache", "organisme_attache;home_body", 1).replace("rivages", "rivages;");
    assert!(codes(twice.as_bytes()).contains(&"directory-duplicate-column"));
}

#[test]
fn the_same_file_in_english_with_commas_is_the_same_directory() {
    assert_eq!(parse(ENGLISH, today()).unwrap(), good());
}

#[test]
fn a_mark_line_ends_and_blank_lines_do_not_matter() {
    let text = std::str::from_utf8(GOOD).unwrap().trim_start_matches('\u{feff}').replace("\r\n", "\n");
    assert_eq!(parse(text.as_bytes(), today()).unwrap(), good());
    let marked = format!("\u{feff}{}\r\n;;;;;;;;;;;;\r\n\r\n", text.replace('\n', "\r\n\r\n"));
    assert_eq!(parse(marked.as_bytes(), today()).unwrap(), good());
}

#[test]
fn every_problem_of_a_broken_file_is_listed_with_its_line() {
    let expected: Vec<(u64, &str, &str, &str)> = vec![
        (3, "numero", "200001", "directory-duplicate-number"),
        (3, "courriel", "alix.fictif@exemple.test", "directory-duplicate-email"),
        (4, "courriel", "pas-une-adresse", "directory-malformed-email"),
        (4, "regime", "mousquetaire", "directory-unknown-regime"),
        (5, "superieur", "999999", "directory-unknown-supervisor"),
        (6, "superieur", "200005", "directory-self-supervisor"),
        (7, "superieur", "200006 → 200007 → 200006", "directory-supervisor-cycle"),
        (9, "superieur", "200009", "directory-supervisor-inactive"),
        (11, "debut", "2026-02-31", "directory-bad-date"),
        (11, "fin", "hier", "directory-bad-date"),
        (12, "fin", "2019-12-31", "directory-end-before-start"),
        (13, "unite", "", "directory-missing-unit"),
        (14, "unite", "Ministère fictif >  > Direction X", "directory-unnamed-unit"),
        (15, "prenom", "", "directory-missing-value"),
        (15, "fonction_cadre", "capitaine", "directory-unknown-position"),
        (15, "langue", "latin", "directory-unknown-language"),
        (16, "titre", "Titre sur\ndeux lignes", "directory-control-character"),
        (18, "", "5 / 13", "directory-wrong-number-of-cells"),
        (19, "numero", "=1+1", "directory-malformed-number"),
    ];
    let found = problems(BROKEN);
    let found: Vec<_> = found.iter().map(|(l, c, v, code)| (*l, *c, v.as_str(), *code)).collect();
    assert_eq!(found, expected);
}

#[test]
fn a_windows_file_is_named_as_such_with_a_sample() {
    assert_eq!(problems(WINDOWS), [(2, "", "Aurélie".to_owned(), "directory-windows-1252")]);
    assert_eq!(codes(b"\xff\xfen\0u\0"), ["directory-utf-16"]);
    assert_eq!(codes(b"numero\n\x81\x81"), ["directory-not-utf-8"]);
}

#[test]
fn a_misspelt_column_is_missing_and_guessed() {
    let text = chart(&[("1", "", "")]).replace("superieur", "Supérieure").replace("numero", "Numéro");
    assert_eq!(problems(text.as_bytes()), [(1, "superieur", "superieure".into(), "directory-missing-column")]);
    let twice = chart(&[("1", "", "")]).replace("titre", "nom");
    assert_eq!(codes(twice.as_bytes()), ["directory-duplicate-column", "directory-missing-column"]);
}

#[test]
fn an_empty_file_never_empties_the_directory() {
    for text in ["", "\u{feff}", "\n\n", HEADER] {
        assert_eq!(codes(text.as_bytes()), ["directory-empty"], "{text:?}");
    }
}

#[test]
fn cycles_are_told_once_each_even_with_branches() {
    let people = [("1", "", ""), ("2", "1", ""), ("5", "4", ""), ("3", "4", ""), ("4", "3", ""), ("6", "5", "")];
    let found = problems(chart(&people).as_bytes());
    assert_eq!(found, [(5, "superieur", "3 → 4 → 3".into(), "directory-supervisor-cycle")]);
}

#[test]
fn a_supervisor_must_be_there_when_their_people_are() {
    let left = [("1", "", "2026-11-20"), ("2", "1", "")];
    assert_eq!(codes(chart(&left).as_bytes()), ["directory-supervisor-inactive"]);
    let leaving = [("1", "", "2026-12-18"), ("2", "1", "")];
    assert!(parse(chart(&leaving).as_bytes(), today()).is_ok());
    let both_left = [("1", "", "2026-11-20"), ("2", "1", "2026-11-20")];
    assert!(parse(chart(&both_left).as_bytes(), today()).is_ok());
}

#[test]
fn the_end_of_time_of_pay_systems_is_no_end() {
    let directory = parse(chart(&[("1", "", "9999-12-31")]).as_bytes(), today()).unwrap();
    assert_eq!(directory.people[0].active_until, None);
}

#[test]
fn long_cells_and_large_files_are_refused() {
    let text = chart(&[("1", "", "")]).replace("Fictive", &"é".repeat(101));
    assert_eq!(codes(text.as_bytes()), ["directory-too-long"]);
    assert_eq!(codes(&vec![b'a'; MOST_BYTES + 1]), ["directory-too-large"]);
    assert_eq!(codes(&vec![b';'; MOST_CELLS + 1]), ["directory-too-large"]);
    assert_eq!(codes(format!("a{}", ";".repeat(MOST_COLUMNS)).as_bytes()), ["directory-too-many-columns"]);
    let numbers: Vec<String> = (0..=MOST_ROWS).map(|n| n.to_string()).collect();
    let people: Vec<_> = numbers.iter().map(|n| (n.as_str(), "", "")).collect();
    assert_eq!(codes(chart(&people).as_bytes()), ["directory-too-many-rows"]);
    let cycle: Vec<_> = (0..50_000).map(|n| (numbers[n].as_str(), numbers[(n + 1) % 50_000].as_str(), "")).collect();
    assert_eq!(codes(chart(&cycle).as_bytes()), ["directory-supervisor-cycle"]);
    let strangers: Vec<_> = numbers[..9_000].iter().map(|n| (n.as_str(), "x", "")).collect();
    let found = problems(chart(&strangers).as_bytes());
    assert_eq!(found.len(), MOST_PROBLEMS + 1);
    assert_eq!(found[MOST_PROBLEMS], (0, "", "4000".to_owned(), "directory-more-problems"));
}

#[test]
fn a_difference_names_who_comes_changes_and_goes() {
    let before = good().people;
    let mut after = good();
    assert_eq!(diff(&before, &after, today()).unchanged, 8);
    let gone = after.people.pop().unwrap();
    after.people[1].title = "Sous-ministre associée".into();
    after.people[2].number = "100042".into();
    let result = diff(&before, &after, today());
    assert_eq!(result.added, [&after.people[2]]);
    assert_eq!(result.departed, [&before[2], &gone]);
    assert_eq!(result.unchanged, 5);
    assert_eq!(result.changed.len(), 1);
    let change = &result.changed[0].columns;
    assert_eq!((change.len(), change[0].column, change[0].after.as_str()), (1, "titre", "Sous-ministre associée"));
}

#[test]
fn somebody_who_had_already_left_does_not_depart_again() {
    let mut before = good().people;
    let after = Directory { people: before.split_off(1), units: Vec::new() };
    before[0].active_until = Some(day("2026-11-22"));
    assert!(diff(&before, &after, today()).departed.is_empty());
    before[0].active_until = Some(day("2027-03-31"));
    assert_eq!(diff(&before, &after, today()).departed.len(), 1, "leaving early is leaving");
}

#[test]
fn whoever_left_and_is_not_in_the_register_is_not_read_from_the_file() {
    let lines = [("1", "", ""), ("2", "1", "2026-11-22"), ("3", "2", "2026-11-22"), ("4", "1", "2026-11-23")];
    let file = || parse(chart(&lines).as_bytes(), today()).unwrap();
    let numbers = |read: &Directory| read.people.iter().map(|row| row.number.clone()).collect::<Vec<_>>();
    assert_eq!(numbers(&without_the_gone(file(), &[], today())), ["1", "4"], "4 is here for the day");
    // 2 is a bare number: 3, who is kept, stays under it.
    let mut held = file().people;
    held[1].number = "PER-2".into();
    held[2].supervisor = Some("PER-2".into());
    let read = without_the_gone(file(), &held, today());
    assert_eq!(numbers(&read), ["1", "3", "4"]);
    let found = diff(&held, &read, today());
    assert_eq!((found.added.len(), found.changed.len(), found.departed.len(), found.unchanged), (0, 0, 0, 3));
    // The twin: those whom the register holds are read, in service or not.
    assert_eq!(without_the_gone(file(), &file().people, today()), file());
}

/// The slow way: does the chain above this place come back to it?
fn is_in_a_cycle(above: &[Option<usize>], place: usize) -> bool {
    std::iter::successors(above[place], |p| above[*p]).take(above.len()).any(|p| p == place)
}

proptest! {
    #[test]
    fn no_bytes_break_the_reading(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = parse(&bytes, today());
    }

    #[test]
    fn no_damage_to_a_good_file_breaks_the_reading(at in 0..GOOD.len(), with in prop::collection::vec(any::<u8>(), 0..4)) {
        let mut bytes = GOOD.to_vec();
        bytes.splice(at..(at + 2).min(GOOD.len()), with);
        if let Err(problems) = parse(&bytes, today()) {
            prop_assert!(!problems.is_empty());
            let lines = u64::try_from(bytes.iter().filter(|b| **b == b'\n').count()).unwrap() + 1;
            prop_assert!(problems.iter().all(|problem| problem.line <= lines));
        }
    }

    #[test]
    fn cycles_are_those_found_by_walking(chart in prop::collection::vec(prop::option::of(0usize..12), 12)) {
        let found = cycles(&chart);
        let mut members: Vec<usize> = found.iter().flatten().copied().collect();
        members.sort_unstable();
        let expected: Vec<usize> = (0..chart.len()).filter(|place| is_in_a_cycle(&chart, *place)).collect();
        prop_assert_eq!(members, expected);
        prop_assert!(found.iter().all(|cycle| cycle.iter().min() == cycle.first()));
    }
}
