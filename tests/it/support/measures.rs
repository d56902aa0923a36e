//! Measures taken to where a story begins, through the use cases themselves.

use probite::access::Action;
use probite::declarations::actions::{self, Choice};
use probite::declarations::store as declarations;
use probite::error::Result;
use probite::measures::wishes::Wish;
use probite::measures::{Measure, actions as measures, store};

use serde_json::json;

use super::TestApp;

impl TestApp {
    /// The report on an event, sent.
    pub fn completes_event(&self, name: &str, slug: &str) {
        self.writes_report(name, slug);
        let slug = slug.to_owned();
        self.does(name, move |tx, actor| actions::complete(tx, actor, &slug)).expect("the report is filed");
    }

    /// The report on an event, written and not sent.
    pub fn writes_report(&self, name: &str, slug: &str) {
        let slug = slug.to_owned();
        self.does(name, move |tx, actor| {
            let mut row = declarations::authorized(tx, actor, &slug, Action::Complete)?.declaration;
            let mut answers = row.working_answers()?;
            for (field, value) in
                [("was_useful", json!("yes")), ("received_anything", json!(false)), ("report", json!("Utile."))]
            {
                answers.set(field, value);
            }
            row.correction = Some(serde_json::to_string(&answers)?);
            declarations::save(tx, &mut row)
        })
        .expect("the report is written");
    }

    /// The measures of a declaration, in order.
    pub fn measures(&self, slug: &str) -> Vec<Measure> {
        let id = self.row(slug).id;
        self.read(|tx| store::of_declaration(tx, id))
    }

    pub fn measure(&self, id: i64) -> Measure {
        self.read(|tx| store::find(tx, id))
    }

    /// A decision that asks for measures.
    pub fn asks_for(&self, name: &str, slug: &str, outcome: &str, wishes: Vec<Wish>) -> Vec<Measure> {
        let (reference, outcome) = (slug.to_owned(), outcome.to_owned());
        let version = self.row(slug).version;
        let choice = Choice { outcome, reason: "Selon la politique.".into(), measures: wishes, version };
        self.does(name, move |tx, actor| actions::decide(tx, actor, &reference, &choice)).expect("a decision");
        self.measures(slug)
    }

    pub fn proves(&self, name: &str, id: i64) -> Result<Measure> {
        self.does(name, move |tx, actor| measures::prove(tx, actor, id, "C’est fait : voir la note du 24.", &[]))
    }

    pub fn verifies(&self, name: &str, id: i64) -> Result<Measure> {
        let version = self.measure(id).version;
        self.does(name, move |tx, actor| measures::verify(tx, actor, id, version, ""))
    }

    pub fn sends_proof_back(&self, name: &str, id: i64) -> Result<Measure> {
        let version = self.measure(id).version;
        self.does(name, move |tx, actor| measures::send_back(tx, actor, id, version, "Il manque la date."))
    }

    pub fn attests(&self, name: &str, id: i64) -> Result<Measure> {
        let version = self.measure(id).version;
        self.does(name, move |tx, actor| measures::attest(tx, actor, id, version, ""))
    }

    pub fn denies(&self, name: &str, id: i64) -> Result<Measure> {
        let version = self.measure(id).version;
        self.does(name, move |tx, actor| measures::deny(tx, actor, id, version, "L’accès est revenu."))
    }

    pub fn lifts(&self, name: &str, id: i64) -> Result<Measure> {
        let version = self.measure(id).version;
        self.does(name, move |tx, actor| measures::lift(tx, actor, id, version, "Le contrat est terminé."))
    }
}

/// A measure of which only the text is said.
pub fn wish(text: &str) -> Wish {
    Wish::from(text)
}
