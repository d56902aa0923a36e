//! Who went to an event, what it cost, whether it was useful, and the gifts that came with it.

use serde::Serialize;
use std::collections::BTreeMap;

use super::store::{self, Passport};
use crate::access::Actor;
use crate::app::Tx;
use crate::declarations::answers;
use crate::declarations::detail::state_label;
use crate::declarations::kind::Kind;
use crate::declarations::store::Declaration;
use crate::error::Result;
use crate::formats;
use crate::people;
use crate::programme::calendar::lets_go;
use crate::text::Language;
use crate::texts::{Arg, say};

/// One request of the passport.
#[derive(Debug, Serialize)]
pub struct LineView {
    pub href: String,
    pub reference: String,
    pub name: String,
    pub unit: String,
    pub tag: &'static str,
    pub state_label: String,
    /// The decision in words.
    pub outcome: Option<String>,
    pub costs: String,
    pub value: Option<String>,
    pub over_cap: bool,
    pub useful: Option<String>,
    pub report: Option<String>,
    pub gifts: Vec<GiftView>,
    pub unlink: String,
}

#[derive(Debug, Serialize)]
pub struct GiftView {
    pub href: String,
    pub label: String,
}

/// The lines and one sentence about them.
#[derive(Debug, Serialize)]
pub struct Attendance {
    pub lines: Vec<LineView>,
    pub finding: String,
}

pub fn read(tx: &mut Tx<'_>, actor: &Actor, passport: &Passport, language: Language) -> Result<Attendance> {
    let requests = store::linked(tx, actor, passport.id)?;
    let gifts = store::gifts(tx, actor, passport, &requests)?;
    let cap = store::in_force(tx, passport.id)?.cap_cents;
    let units: BTreeMap<i64, String> = people::store::units(tx)?.into_iter().map(|unit| (unit.id, unit.name)).collect();
    let (mut lines, mut authorised, mut went) = (Vec::new(), 0_i64, 0_i64);
    for request in &requests {
        let kind = tx.book.catalogue.version(request.kind_version_id)?;
        let answers = request.answers()?;
        authorised += i64::from(request.outcome.as_deref().is_some_and(|outcome| lets_go(&kind, outcome)));
        went += i64::from(["yes", "partly", "no"].contains(&answers.text("was_useful")));
        lines.push(line(tx, passport, request, &kind, &gifts, cap, &units, language)?);
    }
    let cents: i64 = gifts.iter().filter_map(|gift| gift.value_cents).sum();
    let number = |count: usize| Arg::from(i64::try_from(count).unwrap_or(i64::MAX));
    let finding = say(
        language,
        "passport-finding",
        &[
            ("requests", number(requests.len())),
            ("authorised", Arg::from(authorised)),
            ("went", Arg::from(went)),
            ("gifts", number(gifts.len())),
            ("value", Arg::from(formats::format_money(cents, language))),
        ],
    );
    Ok(Attendance { lines, finding })
}

#[expect(clippy::too_many_arguments, reason = "a line is made of what was read once for all lines")]
fn line(
    tx: &mut Tx<'_>,
    passport: &Passport,
    request: &Declaration,
    kind: &Kind,
    gifts: &[Declaration],
    cap: Option<i64>,
    units: &BTreeMap<i64, String>,
    language: Language,
) -> Result<LineView> {
    let answers = request.answers()?;
    let words = |field: &str| {
        let field = kind.field(field)?;
        let lines = answers::lines(field, answers.get(&field.id), language);
        (!lines.is_empty()).then(|| lines.join(" · "))
    };
    let state = request.state();
    let reference = request.reference.clone().unwrap_or_default();
    let of_this = |gift: &&Declaration| {
        gift.origin_id == Some(request.id) || (gift.origin_id.is_none() && gift.declarant_id == request.declarant_id)
    };
    Ok(LineView {
        href: format!("/d/{reference}"),
        name: people::store::find(tx, request.declarant_id)?.name(),
        unit: units.get(&request.unit_id).cloned().unwrap_or_default(),
        tag: state.as_str(),
        state_label: state_label(state, language),
        outcome: request
            .outcome
            .as_deref()
            .and_then(|outcome| kind.outcome(outcome))
            .map(|outcome| outcome.done.get(language).to_owned()),
        costs: words("costs").unwrap_or_default(),
        value: request.value_cents.map(|cents| formats::format_money(cents, language)),
        over_cap: request.value_cents.zip(cap).is_some_and(|(value, cap)| value > cap),
        useful: words("was_useful"),
        report: words("report"),
        gifts: gifts
            .iter()
            .filter(of_this)
            .map(|gift| {
                let reference = gift.reference.clone().unwrap_or_default();
                let value = gift.value_cents.map(|cents| formats::format_money(cents, language)).unwrap_or_default();
                GiftView { href: format!("/d/{reference}"), label: format!("{reference} {value}").trim().to_owned() }
            })
            .collect(),
        unlink: format!("{}/demandes/{reference}/retrait", passport.address()),
        reference,
    })
}
