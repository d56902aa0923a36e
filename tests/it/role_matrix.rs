//! The role matrix of the requirements, written by hand in `tests/data/role_matrix.toml`, against what the table of the product and
//! its permission functions say. `access_matrix.rs` holds the product to its table; this holds the table to what was asked.

use std::collections::{BTreeMap, BTreeSet};

use probite::access::actor::Channel;
use probite::access::policy::{self, Depth};
use probite::access::{AccessTable, Action, Actor, PageAction, RegisterScope, Role, Target, Verdict, Who, may};
use probite::declarations::kind::Office;
use probite::declarations::workflow::State;
use probite::reports::statistics;
use toml::Value;

const MATRIX: &str = include_str!("../data/role_matrix.toml");
const TABLE: &str = include_str!("../../config/access.toml");

const KINDS: [&str; 8] = [
    "business_relation",
    "interest_declaration",
    "gift_declaration",
    "event_request",
    "advice_request",
    "voluntary_declaration",
    "concern_report",
    "rarc_notice",
];
const COLUMNS: usize = 11;
/// The rows of the requirements; two more are roles that they leave to the product.
const ROWS: usize = 10;

type Words = BTreeSet<String>;
/// What a role may do, by column.
type Row = BTreeMap<String, Words>;

/// Each row of the matrix, and whether whoever is in it leads people.
fn rows(matrix: &str) -> Vec<(String, bool, Row)> {
    let matrix: toml::Table = matrix.parse().unwrap();
    let words = |cell: &Value| cell.as_array().unwrap().iter().map(|word| word.as_str().unwrap().to_owned()).collect();
    let row = |row: &toml::Table| {
        let cells = row.iter().filter(|(_, cell)| cell.is_array());
        let cells: Row = cells.map(|(column, cell)| (column.clone(), words(cell))).collect();
        assert_eq!(cells.len(), COLUMNS, "{:?}", row["role"]);
        (row["role"].as_str().unwrap().to_owned(), row["leads"].as_bool().unwrap(), cells)
    };
    matrix["role"].as_array().unwrap().iter().map(|line| row(line.as_table().unwrap())).collect()
}

/// What somebody of a row may do: what it brings, what everybody may, and what those who lead people may.
fn expected(all: &[(String, bool, Row)], leads: bool, row: &Row) -> Row {
    let mut expected = row.clone();
    let besides = all.iter().filter(|(role, ..)| role == "staff" || (leads && role == "supervisor"));
    for (column, words) in besides.flat_map(|(.., cells)| cells) {
        expected.get_mut(column).unwrap().extend(words.iter().cloned());
    }
    expected
}

/// How the files of a kind find who decides them, read in its own file.
struct Routing {
    first: String,
    /// Whoever files it chooses who receives it.
    chosen: bool,
}

fn routing(kind: &str) -> Routing {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("config/kinds/{kind}.toml"));
    let text = std::fs::read_to_string(path).unwrap();
    let file: toml::Table = text.parse().unwrap();
    Routing {
        first: file["routing"]["first"].as_str().unwrap().to_owned(),
        chosen: text.lines().any(|line| line == "fact = \"recipient\""),
    }
}

const ME: i64 = 7;
const ANOTHER: i64 = 8;
const MY_UNIT: i64 = 1;

/// Somebody else's file, on the desk of somebody else, in another unit.
fn file(kind: &str) -> Target<'_> {
    Target {
        kind,
        state: State::UnderReview,
        declarant: ANOTHER,
        holder: Some(ANOTHER),
        holder_office: None,
        supervisor: None,
        decider: None,
        contract_linked: false,
        unit: MY_UNIT + 1,
        barred: false,
        emergency: false,
    }
}

fn actor(roles: Vec<Role>, leads: bool) -> Actor {
    Actor {
        person: ME,
        number: "1".into(),
        name: "Moi".into(),
        roles,
        language: probite::text::Language::Fr,
        site: String::new(),
        regime: String::new(),
        position: String::new(),
        leads,
        holds: false,
        unit: MY_UNIT,
        channel: Channel::Page,
        read_only: false,
        proved_at: None,
    }
}

/// What the table lets somebody do with files of a kind.
fn of_kind(table: &AccessTable, me: &Actor, kind: &str) -> Words {
    let does = |who: &Actor, action, target: &Target<'_>| may(table, who, action, target) == Verdict::Allowed;
    let i = |action, target: &Target<'_>| does(me, action, target);
    let Routing { first, chosen } = routing(kind);
    let (plain, linked) = (file(kind), Target { contract_linked: true, ..file(kind) });
    let here = Target { unit: MY_UNIT, ..file(kind) };
    let of_team = Target { supervisor: Some(ME), ..file(kind) };
    let on_desk = Target { holder: Some(ME), ..file(kind) };
    let at = |office| Target { holder: None, holder_office: Some(office), ..file(kind) };
    let own = Target { declarant: ME, ..file(kind) };

    let depth = policy::depth(table, me, &plain);
    let decides_here =
        |office: Office| Role::of_office(office).is_some_and(|role| me.has(role)) && i(Action::Decide, &at(office));
    let officer = actor(vec![Role::EthicsOfficer], false);
    let brought = does(&officer, Action::SeekDirection, &at(Office::EthicsOfficer));
    let partly = |action, part: &Target<'_>| i(action, part) && !i(action, &plain);
    // Figures count files that their reader may not open.
    let counts = |role| table.kinds(&[Who::Role(role)], Action::Count).hold(kind);
    let in_part = |role| matches!(role, Role::ContractMonitor | Role::Respondent);

    let said = [
        ("files", table.files(kind, me) && i(Action::Submit, &own) && i(Action::Read, &own)),
        (
            "decides for the team",
            me.leads && first == "supervisor" && i(Action::Decide, &on_desk) && i(Action::Read, &of_team),
        ),
        ("decides when chosen", me.leads && chosen && i(Action::Decide, &on_desk) && !i(Action::Summarise, &of_team)),
        ("decides", Office::parse(&first).is_some_and(decides_here)),
        ("directs", brought && decides_here(Office::DeputyMinister)),
        ("reads", i(Action::Read, &plain) && depth == Depth::Whole),
        ("reads without names", i(Action::Read, &plain) && depth == Depth::Masked),
        ("reads what is linked", partly(Action::Read, &linked)),
        ("reads in summary what is linked", partly(Action::Summarise, &linked) && !i(Action::Read, &linked)),
        ("reads in the unit", partly(Action::Read, &here)),
        ("advises", i(Action::Opine, &plain)),
        ("counts", me.roles.iter().any(|role| !in_part(*role) && counts(*role))),
        ("counts what is linked", me.has(Role::ContractMonitor) && counts(Role::ContractMonitor)),
        ("counts in the unit", me.has(Role::Respondent) && counts(Role::Respondent)),
        ("counts for the team", me.leads && may_as_supervisor(table, &of_team)),
    ];
    said.into_iter().filter(|(_, is)| *is).map(|(word, _)| word.to_owned()).collect()
}

/// A role may count it already: what matters is what leading a team gives by itself.
fn may_as_supervisor(table: &AccessTable, of_team: &Target<'_>) -> bool {
    may(table, &actor(Vec::new(), true), Action::Count, of_team) == Verdict::Allowed
}

fn of_showcases(table: &AccessTable, me: &Actor) -> Words {
    let opens = |action| table.opens(action, Some(me));
    let organises = opens(PageAction::Organise);
    let said = [
        ("reads", opens(PageAction::Programme)),
        ("organises all", organises && opens(PageAction::RunEveryShowcase)),
        ("organises their own", organises && !opens(PageAction::RunEveryShowcase)),
        ("advises", opens(PageAction::AdviseOnCalls)),
    ];
    said.into_iter().filter(|(_, is)| *is).map(|(word, _)| word.to_owned()).collect()
}

fn of_reports(table: &AccessTable, me: &Actor) -> Words {
    let opens = |action| table.opens(action, Some(me));
    let (whole, figures) = (opens(PageAction::AuditReport), opens(PageAction::Statistics));
    let (masked, all) = (RegisterScope::of(me).masked, statistics::counts_whole(me));
    let route = |path: &str| table.route("GET", path);
    let leads = me.leads && route("/rapports/equipe").is_some_and(opens);
    let said = [
        ("own", route("/mes-declarations").is_some_and(opens)),
        ("team", leads),
        ("all", whole && figures && !masked),
        ("all, without names", whole && figures && masked),
        ("all, in numbers", figures && !whole && all),
        ("sector", figures && !all && me.has(Role::Executive)),
        ("unit", figures && !all && !me.has(Role::Executive)),
        ("contracts", route("/rapports/contrats").is_some_and(opens)),
        ("showcases", route("/rapports/vitrines").is_some_and(opens)),
    ];
    said.into_iter().filter(|(_, is)| *is).map(|(word, _)| word.to_owned()).collect()
}

fn of_settings(table: &AccessTable, me: &Actor) -> Words {
    let both = |one, other| table.opens(one, Some(me)) && table.opens(other, Some(me));
    let said = [
        ("proposes", both(PageAction::ProposePolicy, PageAction::ProposeForms)),
        ("adopts", both(PageAction::AdoptPolicy, PageAction::AdoptForms)),
        ("administers", both(PageAction::ManagePeople, PageAction::Diagnostics)),
    ];
    said.into_iter().filter(|(_, is)| *is).map(|(word, _)| word.to_owned()).collect()
}

fn observed(table: &AccessTable, me: &Actor) -> Row {
    let mut row: Row = KINDS.iter().map(|kind| ((*kind).to_owned(), of_kind(table, me, kind))).collect();
    row.insert("showcases".into(), of_showcases(table, me));
    row.insert("reports".into(), of_reports(table, me));
    row.insert("settings".into(), of_settings(table, me));
    row
}

/// Cells in which the table says something else than the matrix, in words; and how many cells were held.
fn differences(matrix: &str, table: &str) -> (usize, Vec<String>) {
    let table = AccessTable::parse(table).unwrap();
    let all = rows(matrix);
    let (mut cells, mut wrong) = (0, Vec::new());
    for (role, leads, row) in &all {
        let roles = Role::parse(role).filter(|role| *role != Role::Staff).into_iter().collect();
        let found = observed(&table, &actor(roles, *leads));
        for (column, wanted) in expected(&all, *leads, row) {
            cells += 1;
            if found[&column] != wanted {
                wrong.push(format!("{role}, {column}: {:?} instead of {wanted:?}", found[&column]));
            }
        }
    }
    (cells, wrong)
}

/// Z01
#[test]
fn the_table_gives_each_role_what_the_requirements_ask() {
    let (cells, wrong) = differences(MATRIX, TABLE);
    assert!(wrong.is_empty(), "{wrong:#?}");
    println!("role matrix: {cells} cells, 0 differences");
    assert_eq!(cells, (ROWS + 2) * COLUMNS);
}

/// Z01: a role that is added asks for a row.
#[test]
fn every_role_has_a_row_and_no_row_is_of_nobody() {
    let mut written: Vec<String> = rows(MATRIX).into_iter().map(|(role, ..)| role).collect();
    let mut known: Vec<String> = Role::ALL.iter().map(|role| role.as_str().to_owned()).collect();
    known.push("supervisor".into());
    written.sort();
    known.sort();
    assert_eq!(written, known);
}

/// Z01: its twin, a cell changed in the table, or in the matrix, is named.
#[test]
fn a_cell_changed_on_either_side_is_found() {
    let found = |matrix: &str, table: &str| differences(matrix, table).1.join("\n");
    for (from, to, cell) in [
        (
            "[file]\n",
            "[[declaration]]\nwho = \"cio\"\nmay = [\"read\"]\nkinds = [\"gift_declaration\"]\n\n[file]\n",
            "cio, gift_declaration",
        ),
        ("rarc_notice = [\"contract_monitor\"]", "rarc_notice = [\"cio\"]", "contract_monitor, rarc_notice"),
        ("\"event_request\", \"rarc_notice\"]\n\n# Sector", "\"event_request\"]\n\n# Sector", "auditor, rarc_notice"),
        (
            "kinds = [\"interest_declaration\", \"gift_declaration\"]",
            "kinds = [\"interest_declaration\"]",
            "deputy_minister, gift_declaration",
        ),
        (
            "who = \"supervisor\"\nmay = [\"count\"]",
            "who = \"supervisor\"\nmay = [\"examine\"]",
            "supervisor, gift_declaration",
        ),
        ("contract_report = [\"contract_monitor\"]", "contract_report = [\"cio\"]", "cio, reports"),
        (
            "adopt_policy = [\"secretary_general\"]",
            "adopt_policy = [\"ethics_officer\"]",
            "secretary_general, settings",
        ),
        ("who = \"emergency\"", "who = \"secretary_general\"", "secretary_general, concern_report"),
    ] {
        assert!(TABLE.contains(from), "the table changed: {from}");
        let said = found(MATRIX, &TABLE.replacen(from, to, 1));
        assert!(said.contains(cell), "{from} → {to} went unseen: {said}");
    }
    let (from, to) = ("reports = [\"sector\"]", "reports = [\"all\"]");
    assert!(found(&MATRIX.replacen(from, to, 1), TABLE).contains("executive, reports"));
}
