//! Declarations taken to where a story begins, through the use cases themselves.

use chrono::{NaiveDate, TimeDelta};
use diesel::prelude::*;
use probite::app::Tx;
use probite::clock::Instant;
use probite::comments::actions as comments;
use probite::db::schema::{access_log, decisions, declarations, events};
use probite::declarations::actions::{self, Choice};
use probite::declarations::answers::Answers;
use probite::declarations::direction;
use probite::declarations::drafts;
use probite::declarations::handing;
use probite::declarations::kind::Need;
use probite::declarations::outside::{self, OutsideDecision};
use probite::declarations::sealed;
use probite::declarations::store::Declaration;
use probite::declarations::workflow::State;
use probite::error::Result;
use probite::measures::wishes::Wish;
use probite::people::absences::{self, NewAbsence};
use serde_json::Value;

use super::{TestApp, answers};

impl TestApp {
    /// A draft; its key.
    pub fn drafts(&self, name: &str, kind: &'static str, given: Value) -> String {
        self.does(name, move |tx, actor| drafts::start(tx, actor, kind, &answers_of(given))).expect("a draft opens").key
    }

    /// A declaration on file; its reference.
    pub fn files(&self, name: &str, kind: &'static str, given: Value) -> String {
        let key = self.drafts(name, kind, given);
        self.sends(name, &key).expect("the declaration is filed").reference.expect("it has a reference")
    }

    pub fn sends(&self, name: &str, key: &str) -> Result<Declaration> {
        let key = key.to_owned();
        self.does(name, move |tx, actor| actions::submit(tx, actor, &key, true))
    }

    pub fn files_gift(&self, name: &str) -> String {
        self.files(name, "gift_declaration", answers::gift())
    }

    /// Changes answers before the decision.
    pub fn corrects(&self, name: &str, slug: &str, given: Value) -> Result<Declaration> {
        let slug = slug.to_owned();
        self.does(name, move |tx, actor| {
            let version = declaration(tx, &slug)?.version;
            drafts::save_answers(tx, actor, &slug, version, &answers_of(given))?;
            actions::correct(tx, actor, &slug, true)
        })
    }

    /// « J’ai lu ».
    pub fn acknowledges(&self, name: &str, slug: &str) -> Result<Declaration> {
        let slug = slug.to_owned();
        self.does(name, move |tx, actor| probite::declarations::acknowledging::acknowledge(tx, actor, &slug))
    }

    pub fn decides(&self, name: &str, slug: &str, outcome: &str) -> Result<Declaration> {
        let (slug, outcome) = (slug.to_owned(), outcome.to_owned());
        self.does(name, move |tx, actor| {
            let row = declaration(tx, &slug)?;
            let choice = Choice {
                measures: asked_by(tx, &row, &outcome, "Deux personnes signent.")?,
                outcome,
                reason: "Selon la politique.".into(),
                version: row.version,
            };
            actions::decide(tx, actor, &slug, &choice)
        })
    }

    /// What was still expected after the decision, told.
    pub fn completes(&self, name: &str, slug: &str, told: Value) -> Result<Declaration> {
        let slug = slug.to_owned();
        self.does(name, move |tx, actor| {
            let row = declaration(tx, &slug)?;
            let mut answers = row.working_answers()?;
            for (field, value) in answers_of(told).0 {
                answers.set(&field, value);
            }
            drafts::save_answers(tx, actor, &slug, row.version, &answers)?;
            actions::complete(tx, actor, &slug)
        })
    }

    pub fn asks(&self, name: &str, slug: &str, question: &str) -> Result<Declaration> {
        let (slug, question) = (slug.to_owned(), question.to_owned());
        self.does(name, move |tx, actor| {
            let version = declaration(tx, &slug)?.version;
            actions::ask(tx, actor, &slug, version, &question)
        })
    }

    pub fn answers(&self, name: &str, slug: &str, text: &str) -> Result<Declaration> {
        let (slug, text) = (slug.to_owned(), text.to_owned());
        self.does(name, move |tx, actor| actions::answer(tx, actor, &slug, &text))
    }

    pub fn goes_on(&self, name: &str, slug: &str, reason: &str) -> Result<Declaration> {
        let (slug, reason) = (slug.to_owned(), reason.to_owned());
        self.does(name, move |tx, actor| {
            let version = declaration(tx, &slug)?.version;
            actions::go_on(tx, actor, &slug, version, &reason)
        })
    }

    pub fn takes_up(&self, name: &str, slug: &str) -> Result<Declaration> {
        let slug = slug.to_owned();
        self.does(name, move |tx, actor| actions::take_up(tx, actor, &slug))
    }

    pub fn refers(&self, name: &str, slug: &str) -> Result<Declaration> {
        let slug = slug.to_owned();
        self.does(name, move |tx, actor| {
            let version = declaration(tx, &slug)?.version;
            handing::refer(tx, actor, &slug, version, "J’hésite.")
        })
    }

    pub fn sends_back(&self, name: &str, slug: &str) -> Result<Declaration> {
        let slug = slug.to_owned();
        self.does(name, move |tx, actor| {
            let version = declaration(tx, &slug)?.version;
            handing::send_back(tx, actor, &slug, version, "Mon avis.")
        })
    }

    pub fn gives_to(&self, name: &str, slug: &str, to: &str) -> Result<Declaration> {
        let slug = slug.to_owned();
        let number = self.number(to);
        self.does(name, move |tx, actor| handing::reassign(tx, actor, &slug, &number, "Absence."))
    }

    /// Somebody is away from today, for so many days more; by first name of who sets it and who acts.
    pub fn is_away(&self, name: &str, days: i64, delegate: Option<&str>, set_by: &str) -> Result<i64> {
        self.will_be_away(name, self.clock.today(), days, delegate, set_by)
    }

    pub fn will_be_away(
        &self,
        name: &str,
        first_day: NaiveDate,
        days: i64,
        delegate: Option<&str>,
        set_by: &str,
    ) -> Result<i64> {
        let (person, by) = (self.id(name), self.id(set_by));
        let new = NewAbsence {
            first_day,
            last_day: Some(first_day + TimeDelta::days(days)),
            delegate: delegate.map(|name| self.number(name)).unwrap_or_default(),
            scope: absences::EVERYTHING.into(),
        };
        self.app.write_here(move |tx| absences::set(tx, Some(by), person, &new)).map(|absence| absence.id)
    }

    pub fn records_outside(&self, name: &str, slug: &str, outcome: &str) -> Result<Declaration> {
        let (slug, outcome) = (slug.to_owned(), outcome.to_owned());
        let today = self.clock.today();
        self.does(name, move |tx, actor| {
            let row = declaration(tx, &slug)?;
            let given = OutsideDecision {
                choice: Choice {
                    measures: asked_by(tx, &row, &outcome, "Remettre l’objet à l’État.")?,
                    outcome,
                    reason: "Selon la lettre reçue.".into(),
                    version: row.version,
                },
                authority: "Secrétariat général du Conseil exécutif".into(),
                decided_on: Some(today),
                document: "SGCE-2026-118".into(),
            };
            outside::record(tx, actor, &slug, &given)
        })
    }

    pub fn seeks_direction(&self, name: &str, slug: &str) -> Result<Declaration> {
        let slug = slug.to_owned();
        self.does(name, move |tx, actor| {
            let version = declaration(tx, &slug)?.version;
            direction::seek(tx, actor, &slug, version, "Le conflit est réel.")
        })
    }

    pub fn contests(&self, name: &str, slug: &str) -> Result<Declaration> {
        let slug = slug.to_owned();
        self.does(name, move |tx, actor| direction::contest(tx, actor, &slug, "Le lien est terminé."))
    }

    pub fn comments(&self, name: &str, slug: &str, audience: &str, text: &str) -> Result<Declaration> {
        let slug = slug.to_owned();
        let typed = comments::Typed { text: text.to_owned(), audience: audience.to_owned(), about: String::new() };
        self.does(name, move |tx, actor| comments::write(tx, actor, &slug, &typed))
    }

    /// What the worker does every hour: absences begin and end, files follow.
    pub fn follows_the_calendar(&self) -> usize {
        self.write(probite::declarations::handover::follow_the_calendar)
    }

    pub fn withdraws(&self, name: &str, slug: &str) -> Result<Declaration> {
        let slug = slug.to_owned();
        self.does(name, move |tx, actor| actions::withdraw(tx, actor, &slug, "Erreur de ma part."))
    }

    pub fn number(&self, name: &str) -> String {
        let id = self.id(name);
        self.read(|tx| Ok(probite::people::store::find(tx, id)?.number))
    }

    /// The row of a declaration, by reference or key.
    pub fn row(&self, slug: &str) -> Declaration {
        self.read(|tx| declaration(tx, slug))
    }

    pub fn state(&self, slug: &str) -> State {
        self.row(slug).state()
    }

    /// Who has it, by first name or office.
    pub fn holder(&self, slug: &str) -> String {
        let row = self.row(slug);
        match (row.holder_id, &row.holder_office) {
            (Some(person), _) => self.name(person).to_owned(),
            (None, Some(office)) => office.clone(),
            (None, None) => "nobody".to_owned(),
        }
    }

    /// Names of the events of a declaration, in order.
    pub fn journal(&self, slug: &str) -> Vec<String> {
        let id = self.row(slug).id;
        self.read(|tx| {
            Ok(events::table
                .filter(events::declaration_id.eq(id))
                .order(events::seq.asc())
                .select(events::event)
                .load(tx.conn)?)
        })
    }

    /// What the journal keeps of a file, as it is hashed.
    pub fn journal_text(&self, slug: &str) -> String {
        let id = self.row(slug).id;
        let leaves: Vec<String> = self.read(|tx| {
            Ok(events::table
                .filter(events::declaration_id.eq(id))
                .order(events::seq.asc())
                .select(events::leaf)
                .load(tx.conn)?)
        });
        leaves.join("\n")
    }

    /// Events whose name begins so, oldest first.
    pub fn journal_of(&self, beginning: &str) -> Vec<String> {
        let names: Vec<String> =
            self.read(|tx| Ok(events::table.order(events::seq.asc()).select(events::event).load(tx.conn)?));
        names.into_iter().filter(|name| name.starts_with(beginning)).collect()
    }

    pub fn declarations(&self) -> i64 {
        self.read(|tx| Ok(declarations::table.count().get_result(tx.conn)?))
    }

    pub fn decisions(&self, slug: &str) -> i64 {
        let id = self.row(slug).id;
        self.read(|tx| Ok(decisions::table.filter(decisions::declaration_id.eq(id)).count().get_result(tx.conn)?))
    }

    /// Person, action and whether it was allowed, for each line of the access log.
    pub fn access_log(&self) -> Vec<(&'static str, String, bool)> {
        let rows: Vec<(i64, String, bool)> = self.read(|tx| {
            Ok(access_log::table
                .order(access_log::id.asc())
                .select((access_log::person_id, access_log::action, access_log::allowed))
                .load(tx.conn)?)
        });
        rows.into_iter().map(|(person, action, allowed)| (self.name(person), action, allowed)).collect()
    }

    /// The number of events and of letters, and the versions of declarations: what any change would change.
    pub fn pulse(&self) -> (i64, i64, Vec<(i64, i32, String)>) {
        self.read(|tx| {
            let seen: Vec<(i64, i32, Instant)> = declarations::table
                .order(declarations::id.asc())
                .select((declarations::id, declarations::version, declarations::changed_at))
                .load(tx.conn)?;
            Ok((
                events::table.count().get_result(tx.conn)?,
                probite::db::schema::letters::table.count().get_result(tx.conn)?,
                seen.into_iter().map(|(id, version, at)| (id, version, at.to_string())).collect(),
            ))
        })
    }
}

/// One measure, for the outcomes that take some.
fn asked_by(tx: &Tx<'_>, row: &Declaration, outcome: &str, text: &str) -> Result<Vec<Wish>> {
    let kind = tx.book.catalogue.version(row.kind_version_id)?;
    let takes = kind.outcome(outcome).is_some_and(|outcome| outcome.measures != Need::None);
    Ok(takes.then(|| text.into()).into_iter().collect())
}

fn declaration(tx: &mut probite::app::Tx<'_>, slug: &str) -> Result<Declaration> {
    let found = declarations::table
        .filter(declarations::reference.eq(slug).or(declarations::key.eq(slug)))
        .select(Declaration::as_select())
        .first(tx.conn)?;
    sealed::opened(tx, found)
}

pub fn answers_of(given: Value) -> Answers {
    match given {
        Value::Object(map) => Answers(map),
        other => panic!("answers are an object, not {other}"),
    }
}
