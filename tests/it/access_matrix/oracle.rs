//! A second reading of `config/access.toml`, that shares nothing with the first.

use std::collections::HashMap;

use toml::Value;

use super::cases::Case;

pub const TABLE: &str = include_str!("../../../config/access.toml");

/// People of the ministry and the roles they hold on 23 November 2026 in these stories ([`super::name_readers`]); Baptiste stands
/// where others do.
pub const ROLES: &[(&str, &[&str])] = &[
    ("victor", &["deputy_minister"]),
    ("solange", &["secretary_general"]),
    ("aline", &["ethics_officer"]),
    ("marc", &["ethics_officer"]),
    ("rita", &["contract_monitor"]),
    ("denis", &[]),
    ("rosalie", &[]),
    ("camille", &[]),
    ("theo", &[]),
    ("serge", &["system_admin"]),
    ("nadia", &["showcase_organiser"]),
    ("olivier", &[]),
    ("audrey", &["auditor"]),
    ("cyril", &["cio"]),
    ("isabelle", &[]),
    ("helene", &["executive"]),
    ("emma", &["respondent"]),
];

/// Units of those who declare, and of those who read a unit.
fn unit_of(name: &str) -> &'static str {
    match name {
        "rosalie" | "camille" | "theo" | "emma" => "INFO",
        "solange" | "aline" | "marc" | "rita" => "SG",
        "nadia" | "olivier" | "baptiste" => "APPRO",
        "denis" | "serge" => "NUM",
        "helene" => "DG",
        _ => "MIN",
    }
}

pub fn roles_of(name: &str) -> &'static [&'static str] {
    ROLES.iter().find(|(person, _)| *person == name).map_or(&[], |(_, roles)| roles)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expected {
    Allowed,
    Refused,
    Hidden,
}

/// Where somebody stands toward a declaration.
pub struct Places<'p> {
    pub declarant: bool,
    pub holder: bool,
    pub supervisor: bool,
    pub past_decider: bool,
    pub office: Option<&'p str>,
    /// Waits for a decision, and neither a person nor an office has it.
    pub nobody_here: bool,
    pub roles: &'p [&'p str],
    /// It names a contract, or its company is under contract.
    pub contract_linked: bool,
    /// Filed in the unit of the reader.
    pub own_unit: bool,
    pub barred: bool,
    /// Two people opened it to the reader.
    pub emergency: bool,
    pub draft: bool,
    pub kind: &'p str,
}

pub struct Oracle {
    table: Value,
    /// Who may do what, and to which kinds: looked up more than a million times.
    granted: HashMap<String, HashMap<String, Vec<String>>>,
}

impl Oracle {
    pub fn read() -> Self {
        let table = Value::Table(TABLE.parse().expect("access.toml is TOML"));
        let words = |line: &Value, key: &str| -> Vec<String> {
            line[key].as_array().unwrap().iter().map(|value| value.as_str().unwrap().to_owned()).collect()
        };
        let mut granted: HashMap<String, HashMap<String, Vec<String>>> = HashMap::new();
        for line in table["declaration"].as_array().unwrap() {
            let actions = granted.entry(line["who"].as_str().unwrap().to_owned()).or_default();
            for action in words(line, "may") {
                actions.entry(action).or_default().extend(words(line, "kinds"));
            }
        }
        Self { table, granted }
    }

    fn grants(&self, who: &str, action: &str, kind: &str) -> bool {
        let kinds = self.granted.get(who).and_then(|actions| actions.get(action));
        kinds.is_some_and(|kinds| kinds.iter().any(|granted| granted == "*" || granted == kind))
    }

    pub fn judge(&self, places: &Places<'_>, action: &str, read_only: bool) -> Expected {
        // Rule 1: a draft is seen by its declarant only. Rule 2: somebody barred does not see that it exists.
        if places.barred || (places.draft && !places.declarant) {
            return Expected::Hidden;
        }
        let mut lines: Vec<&str> = Vec::new();
        if places.declarant {
            // Rule 3: to their own declaration, everybody is its declarant and nothing more.
            lines.push("declarant");
        } else {
            for (stands, line) in
                [(places.holder, "holder"), (places.supervisor, "supervisor"), (places.past_decider, "past_decider")]
            {
                if stands {
                    lines.push(line);
                }
            }
            if places.office.is_some_and(|office| places.roles.contains(&office)) {
                lines.push("office");
            }
            if places.emergency {
                lines.push("emergency");
            }
            if places.nobody_here && places.roles.contains(&"secretary_general") {
                lines.push("outside");
            }
            lines.extend(places.roles.iter().filter(|role| match **role {
                "contract_monitor" => places.contract_linked,
                "respondent" => places.own_unit,
                _ => true,
            }));
        }
        let may = |action: &str| lines.iter().any(|line| self.grants(line, action, places.kind));
        // Whoever reads may read the summary.
        let may = |action: &str| may(action) || (action == "summarise" && may("read"));
        let reads = ["read", "summarise", "examine"].contains(&action);
        match (may("summarise"), may(action) && (reads || !read_only)) {
            (false, _) => Expected::Hidden,
            (true, false) => Expected::Refused,
            (true, true) => Expected::Allowed,
        }
    }

    pub fn expected(&self, case: &Case, reader: &str, roles: &[&str], action: &str) -> Expected {
        let places = Places {
            declarant: case.declarant == reader,
            holder: case.holder == Some(reader),
            supervisor: case.supervisor == Some(reader),
            past_decider: case.past_decider == Some(reader),
            office: case.office,
            nobody_here: case.is_outside(),
            roles,
            contract_linked: case.contract_linked,
            own_unit: unit_of(case.declarant) == unit_of(reader),
            barred: case.barred.contains(&reader) && case.declarant != reader,
            emergency: false,
            draft: case.state == probite::declarations::workflow::State::Draft,
            kind: case.kind,
        };
        self.judge(&places, action, false)
    }

    pub fn routes(&self) -> Vec<String> {
        self.table["routes"].as_table().unwrap().keys().cloned().collect()
    }

    fn page_of(&self, route: &str) -> &str {
        self.table["routes"].get(route).unwrap_or_else(|| panic!("{route} is not in the table")).as_str().unwrap()
    }

    pub fn is_demo(&self, route: &str) -> bool {
        self.page_of(route) == "demo"
    }

    /// `None`: nobody is signed in.
    pub fn opens(&self, route: &str, roles: Option<&[&str]>) -> bool {
        let allowed = self.table["pages"][self.page_of(route)].as_array().unwrap();
        allowed.iter().map(|value| value.as_str().unwrap()).any(|who| match roles {
            _ if who == "everyone" => true,
            Some(roles) => who == "staff" || roles.contains(&who),
            None => false,
        })
    }
}
