//! A showcase taken to where a story begins.

use probite::programme::hearings::{self, Note};
use probite::programme::state::State;
use probite::programme::store::{self, Showcase};
use probite::programme::{actions, taking_part};
use serde_json::json;

use crate::support::TestApp;
use crate::support::browser::Fields;
use crate::support::ministry::{BOREAL, NORDIK};

/// What an organiser types; the showcase is on Thursday 17 December 2026.
pub const PLAN: Fields<'static> = &[
    ("title", "Relève après sinistre"),
    ("theme", "La relève dans les petites équipes."),
    ("held_on", "2026-12-17"),
    ("begins", "13 h 30"),
    ("minutes", "90"),
    ("platform", "Salle virtuelle 3"),
    ("criteria", "Avoir une solution en service au Québec."),
    ("open_to_others", "yes"),
    ("stage", "needs"),
    ("call_planned", "no"),
    ("documents", "Ordre du jour"),
];

/// The same with a call for tenders behind it.
pub fn with_call() -> Vec<(&'static str, &'static str)> {
    let mut fields: Vec<_> = PLAN.iter().copied().filter(|(name, _)| *name != "call_planned").collect();
    fields.extend([("call_planned", "yes"), ("call_on", "2027-02-15"), ("call_reference", "AO-2027-04")]);
    fields
}

fn owned(fields: Fields<'_>) -> Vec<(String, String)> {
    fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

impl TestApp {
    /// A showcase in the calendar; its reference.
    pub fn plans(&self, name: &str, fields: Fields<'_>) -> String {
        let form = owned(fields);
        let planned = self.does(name, move |tx, actor| actions::plan(tx, actor, "tech_showcase", &form));
        planned.expect("the showcase is planned").reference
    }

    pub fn showcase(&self, reference: &str) -> Showcase {
        self.read(|tx| store::find(tx, reference))
    }

    pub fn showcase_state(&self, reference: &str) -> State {
        self.showcase(reference).state()
    }

    /// A company of the ministry's register joins the ledger; its row.
    pub fn invites(
        &self,
        name: &str,
        reference: &str,
        company: (&'static str, &'static str),
        origin: &'static str,
    ) -> i64 {
        let at = reference.to_owned();
        self.does(name, move |tx, actor| {
            hearings::add(tx, actor, &at, &json!({ "name": company.0, "neq": company.1 }), origin)
        })
        .expect("the company is entered");
        let showcase = self.showcase(reference).id;
        let firms = self.read(|tx| store::firms(tx, showcase));
        firms.into_iter().find(|firm| firm.name == company.0).expect("the company is in the ledger").id
    }

    pub fn hears(&self, name: &str, reference: &str, firm: i64, minutes: &str) {
        // On the day itself, at the earliest.
        let day = self.showcase(reference).held_on;
        if self.clock.today() < day {
            self.clock.set(day, 15, 0);
        }
        let (at, minutes) = (reference.to_owned(), minutes.to_owned());
        let note = Note { heard: "yes".into(), minutes, ..Note::default() };
        self.does(name, move |tx, actor| hearings::note(tx, actor, &at, firm, &note)).expect("the hearing is noted");
    }

    pub fn leaves_out(&self, name: &str, reference: &str, firm: i64, reason: &str) {
        let (at, reason) = (reference.to_owned(), reason.to_owned());
        let note = Note { heard: "no".into(), reason, ..Note::default() };
        self.does(name, move |tx, actor| hearings::note(tx, actor, &at, firm, &note)).expect("it is noted");
    }

    pub fn registers(&self, name: &str, reference: &str) {
        let at = reference.to_owned();
        self.does(name, move |tx, actor| taking_part::register(tx, actor, &at)).expect("a place is given");
    }

    /// A showcase held on its day: Nordik heard 20 minutes, Boréal 18; these people came.
    pub fn holds(&self, organiser: &str, present: &[&str]) -> String {
        let reference = self.plans(organiser, PLAN);
        for name in present {
            self.registers(name, &reference);
        }
        for (company, minutes) in [(NORDIK, "20"), (BOREAL, "18")] {
            let firm = self.invites(organiser, &reference, company, "invited");
            self.hears(organiser, &reference, firm, minutes);
        }
        self.clock.set("2026-12-17".parse().unwrap(), 16, 0);
        let numbers: Vec<String> = present.iter().map(|name| self.number(name)).collect();
        let (at, version) = (reference.clone(), self.showcase(&reference).version);
        self.does(organiser, move |tx, actor| taking_part::hold(tx, actor, &at, version, &numbers, ""))
            .expect("the showcase is held");
        reference
    }
}
