//! Events on which the ethics officer rules once, for every invitee: one to come, and one that took place, whose invitees say how
//! it went.

use chrono::NaiveDate;
use serde::Deserialize;
use serde_json::json;

use super::programme::{by_number, by_row};
use crate::app::Tx;
use crate::companies;
use crate::declarations::actions::{self as declarations, Choice};
use crate::declarations::answers::Answers;
use crate::declarations::drafts;
use crate::declarations::store::{Declaration, find_unguarded};
use crate::error::{Error, Result};
use crate::people::PersonId;
use crate::programme::passports::actions::{self as passports, About, Typed};

/// An event, and the passport of its requests. Days are business days from the last of the history.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Event {
    filed: i64,
    ruled: i64,
    pub(super) event: i64,
    company: String,
    titles: Vec<String>,
    place: String,
    relevance: String,
    benefit: String,
    benefit_cents: Vec<i64>,
    cap: String,
    conditions: Vec<String>,
    reason: String,
    /// When supervisors decide and invitees say how it went; nothing of an event to come.
    decided: Option<i64>,
    told: Option<i64>,
    #[serde(default)]
    reports: Vec<Report>,
}

/// How it went for one of those who decided to go.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Report {
    useful: String,
    #[serde(default)]
    received: String,
    #[serde(default)]
    text: String,
}

/// What happens to the requests of a passport, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Moment {
    Filed,
    Ruled,
    Decided,
    Told,
}

impl Event {
    /// Days and hours.
    pub(super) fn moments(&self) -> impl Iterator<Item = (i64, (u32, u32), Moment)> + use<> {
        [
            Some((self.filed, (10, 30), Moment::Filed)),
            Some((self.ruled, (11, 15), Moment::Ruled)),
            self.decided.map(|days| (days, (9, 50), Moment::Decided)),
            self.told.map(|days| (days, (13, 25), Moment::Told)),
        ]
        .into_iter()
        .flatten()
    }

    fn company(&self, tx: &mut Tx<'_>) -> Result<companies::store::Company> {
        companies::store::bearing(tx, &self.company)?.into_iter().next().ok_or(Error::NotFound)
    }

    /// Each invitee asks, under the title they remember. Gives the numbers of the requests.
    pub(super) fn file(&self, tx: &mut Tx<'_>, on: NaiveDate, invitees: &[PersonId]) -> Result<Vec<i64>> {
        let company = self.company(tx)?;
        let mut requests = Vec::new();
        for ((title, cents), person) in self.titles.iter().zip(&self.benefit_cents).zip(invitees) {
            let actor = by_row(tx, *person)?;
            let mut answers = Answers::default();
            for (field, value) in [
                ("title", json!(title)),
                ("company", json!({ "company_id": company.id, "name": company.name, "neq": company.neq })),
                ("event_on", json!(on.to_string())),
                ("role", json!("in_person")),
                ("place", json!(self.place)),
                ("open_to_public", json!("yes")),
                ("relevance", json!(self.relevance)),
                ("costs", json!(["free", "hospitality"])),
                ("benefit_details", json!(self.benefit)),
                ("benefit_cents", json!(cents)),
                ("under_contract", json!("yes")),
                ("names_supervisor", json!(false)),
            ] {
                answers.set(field, value);
            }
            let draft = drafts::start(tx, &actor, "event_request", &answers)?;
            requests.push(declarations::submit(tx, &actor, &draft.key, true)?.id);
        }
        Ok(requests)
    }

    /// Opened from the first request; the second and the third are confirmed, the last is left to look at.
    pub(super) fn rule(&self, tx: &mut Tx<'_>, on: NaiveDate, officer: &str, requests: &[i64]) -> Result<()> {
        let ethics = by_number(tx, officer)?;
        let filed: Result<Vec<Declaration>> = requests.iter().map(|id| find_unguarded(tx, *id)).collect();
        let mut references = filed?.into_iter().filter_map(|request| request.reference);
        let about = About {
            title: self.titles.first().cloned().unwrap_or_default(),
            event_on: on.to_string(),
            company: json!({ "company_id": self.company(tx)?.id }),
            from: references.next().unwrap_or_default(),
        };
        let typed = Typed {
            ruling: "conditions".into(),
            cap: self.cap.clone(),
            conditions: self.conditions.join("\n"),
            reason: self.reason.clone(),
        };
        let passport = passports::create(tx, &ethics, &about, &typed)?;
        let alike: Vec<String> = references.take(2).collect();
        passports::confirm(tx, &ethics, &passport.reference, &alike)?;
        Ok(())
    }

    /// Supervisors decide as the ethics officer ruled.
    pub(super) fn decide(&self, tx: &mut Tx<'_>, requests: &[i64]) -> Result<()> {
        for id in requests {
            let request = find_unguarded(tx, *id)?;
            let Some(holder) = request.holder_id.filter(|_| request.state().is_pending()) else { continue };
            let choice = Choice {
                outcome: "authorised_with_conditions".into(),
                reason: self.reason.clone(),
                measures: self.conditions.iter().cloned().map(Into::into).collect(),
                version: request.version,
            };
            let actor = by_row(tx, holder)?;
            declarations::decide(tx, &actor, request.slug(), &choice)?;
        }
        Ok(())
    }

    /// Those who were let say how it went.
    pub(super) fn tell(&self, tx: &mut Tx<'_>, requests: &[i64]) -> Result<()> {
        for (id, report) in requests.iter().zip(&self.reports) {
            let request = find_unguarded(tx, *id)?;
            if request.outcome.is_none() {
                continue;
            }
            let actor = by_row(tx, request.declarant_id)?;
            let mut answers = request.answers()?;
            answers.set("was_useful", json!(report.useful));
            if report.useful != "not_attended" {
                answers.set("received_anything", json!(!report.received.is_empty()));
                if !report.received.is_empty() {
                    answers.set("received_details", json!(report.received));
                }
                answers.set("report", json!(report.text));
            }
            drafts::save_answers(tx, &actor, request.slug(), request.version, &answers)?;
            declarations::complete(tx, &actor, request.slug())?;
        }
        Ok(())
    }
}
