//! The ruling as whoever decides a request sees it: in words, with its article, and what it means for this request.

use serde::Serialize;

use super::actions;
use super::store::{self, Passport, Ruling, Verb};
use crate::access::{Actor, PageAction};
use crate::app::Tx;
use crate::declarations::kind::{Outcome, Tone};
use crate::declarations::store::Declaration;
use crate::error::Result;
use crate::formats;
use crate::text::Language;
use crate::texts::{Arg, say};

/// What the page of a request shows.
#[derive(Debug, Clone, Serialize)]
pub struct PanelView {
    /// `None` when no passport is linked yet.
    pub ruling: Option<RulingView>,
    /// Passports that may be for this event.
    pub proposals: Vec<ProposalView>,
    /// Where to confirm one.
    pub action: String,
    /// Where the ethics officer opens one.
    pub create_href: Option<String>,
}

#[derive(Debug, Clone, Serialize)]
pub struct RulingView {
    pub reference: String,
    /// The page of the passport, for whoever may open it.
    pub href: Option<String>,
    pub severity: &'static str,
    pub severity_label: String,
    pub sentence: String,
    pub article: String,
    pub now: String,
    pub cap: Option<String>,
    /// This request plans more than the cap.
    pub over_cap: Option<String>,
    pub conditions: Vec<String>,
    pub reason: String,
}

#[derive(Debug, Clone, Serialize)]
pub struct ProposalView {
    pub reference: String,
    pub title: String,
    pub on: String,
}

/// The panel of a request; nothing when it has no passport and none may be for it.
pub fn panel(
    tx: &mut Tx<'_>,
    actor: &Actor,
    request: &Declaration,
    linked: Option<&Passport>,
    decides: bool,
    language: Language,
) -> Result<Option<PanelView>> {
    let kind = tx.book.catalogue.version(request.kind_version_id)?;
    if !crate::programme::calendar::is_prior(&kind) {
        return Ok(None);
    }
    let manages = tx.book.access.opens(PageAction::Passports, Some(actor)) && request.declarant_id != actor.person;
    let ruling = match linked {
        Some(passport) => Some(view(tx, actor, passport, request, manages, language)?),
        None => None,
    };
    let proposals = if linked.is_none() && decides {
        actions::proposed_for(tx, request)?
            .into_iter()
            .map(|passport| ProposalView {
                on: formats::format_date_long(passport.event_on, language),
                title: passport.title,
                reference: passport.reference,
            })
            .collect()
    } else {
        Vec::new()
    };
    let slug = request.slug().to_owned();
    let create_href = (manages && linked.is_none()).then(|| format!("/passeports/nouveau?de={slug}"));
    if ruling.is_none() && proposals.is_empty() && create_href.is_none() {
        return Ok(None);
    }
    Ok(Some(PanelView { ruling, proposals, action: format!("/d/{slug}/passeport"), create_href }))
}

fn view(
    tx: &mut Tx<'_>,
    actor: &Actor,
    passport: &Passport,
    request: &Declaration,
    manages: bool,
    language: Language,
) -> Result<RulingView> {
    let ruling = store::in_force(tx, passport.id)?;
    let key = ruling.verb().as_str().replace('_', "-");
    let severity = match ruling.verb() {
        Verb::Acceptable => "information",
        Verb::Conditions => "attention",
        Verb::NotAcceptable => "stop",
    };
    let money = |cents| formats::format_money(cents, language);
    let over = ruling.cap_cents.zip(request.value_cents).filter(|(cap, value)| value > cap);
    Ok(RulingView {
        reference: passport.reference.clone(),
        href: manages.then(|| passport.address()),
        severity,
        severity_label: say(language, &format!("severity-{severity}"), &[]),
        sentence: say(language, &format!("passport-says-{key}"), &[("title", Arg::from(passport.title.as_str()))]),
        article: say(language, "passport-article", &[]),
        now: if request.declarant_id == actor.person {
            String::new()
        } else {
            say(language, &format!("passport-now-{key}"), &[])
        },
        cap: ruling.cap_cents.map(|cap| say(language, "passport-cap-is", &[("cap", Arg::from(money(cap)))])),
        over_cap: over.map(|(cap, value)| {
            say(language, "passport-over-cap", &[("cap", Arg::from(money(cap))), ("value", Arg::from(money(value)))])
        }),
        conditions: ruling.conditions()?,
        reason: ruling.reason,
    })
}

/// The conditions of a passport that a decision on a request starts from, one a line.
pub fn inherited(tx: &mut Tx<'_>, passport: &Passport, language: Language) -> Result<String> {
    let ruling = store::in_force(tx, passport.id)?;
    if ruling.verb() != Verb::Conditions {
        return Ok(String::new());
    }
    let mut lines = ruling.conditions()?;
    if let Some(cap) = ruling.cap_cents {
        let cap = formats::format_money(cap, language);
        lines.push(say(language, "passport-cap-condition", &[("cap", Arg::from(cap))]));
    }
    Ok(lines.join("\n"))
}

/// Does an outcome go against the ruling? Whoever decides so writes why.
pub fn contradicts(tx: &mut Tx<'_>, request: &Declaration, outcome: &Outcome) -> Result<bool> {
    let Some(passport) = store::of_declaration(tx, request.id)? else { return Ok(false) };
    Ok(goes_against(&store::in_force(tx, passport.id)?, outcome.tone))
}

/// A ruling that limits what may be decided: whoever decides reads it first.
pub fn limits(tx: &mut Tx<'_>, request: &Declaration) -> Result<bool> {
    let Some(passport) = store::of_declaration(tx, request.id)? else { return Ok(false) };
    Ok(store::in_force(tx, passport.id)?.verb() != Verb::Acceptable)
}

fn goes_against(ruling: &Ruling, tone: Tone) -> bool {
    match (ruling.verb(), tone) {
        (Verb::NotAcceptable, Tone::Positive | Tone::Conditional) | (Verb::Conditions, Tone::Positive) => true,
        (Verb::Acceptable | Verb::Conditions | Verb::NotAcceptable, _) => false,
    }
}
