//! What deciders choose, and what everybody writes along the way.

use super::chance::Chance;
use super::data::Data;
use crate::declarations::actions::{Choice, deciding_office};
use crate::declarations::answers::Answers;
use crate::declarations::kind::Office;
use crate::declarations::store::Declaration;

/// A plausible decision on a declaration, as its decider reads it.
pub fn choice(data: &Data, chance: &mut Chance, declaration: &Declaration, answers: &Answers) -> Choice {
    let outcome = match declaration.kind.as_str() {
        "gift_declaration" => gift(chance, declaration, answers),
        "event_request" => event(chance, declaration),
        "interest_declaration" => interest(chance, declaration, answers),
        _ => relation(chance, declaration),
    };
    with_outcome(data, chance, declaration, outcome)
}

/// The same with the outcome already known.
pub fn with_outcome(data: &Data, chance: &mut Chance, declaration: &Declaration, outcome: &str) -> Choice {
    let kind = declaration.kind.as_str();
    let reasons = data.list(&format!("reason.{kind}.{outcome}"));
    // Against a flag that says stop, and for whatever asks for a reason, nobody stays silent.
    let spoken: Vec<&String> = reasons.iter().filter(|text| !text.is_empty()).collect();
    let silent = reasons.len() > spoken.len() && declaration.attention < 2 && chance.percent(60);
    let reason = if silent { String::new() } else { chance.one(&spoken).map(ToString::to_string).unwrap_or_default() };
    let measures = data.list(&format!("measures.{kind}"));
    let mut chosen: Vec<String> = Vec::new();
    for _ in 0..chance.between(1, 2) {
        if let Some(measure) = chance.one(measures).filter(|measure| !chosen.contains(measure)) {
            chosen.push(measure.clone());
        }
    }
    Choice {
        outcome: outcome.to_owned(),
        reason,
        measures: chosen.into_iter().map(Into::into).collect(),
        version: declaration.version,
    }
}

fn relation(chance: &mut Chance, declaration: &Declaration) -> &'static str {
    if declaration.attention >= 2 {
        chance.weighted(&[("noted_with_advice", 52), ("measures", 28), ("noted", 20)], "noted")
    } else {
        chance.weighted(&[("noted", 82), ("noted_with_advice", 16), ("measures", 2)], "noted")
    }
}

fn gift(chance: &mut Chance, declaration: &Declaration, answers: &Answers) -> &'static str {
    if answers.text("direction") == "offered" {
        return "refusal_noted";
    }
    // Nobody hands over a meal that was: neither does the kind let them.
    let lasts = !["meal", "travel", "lodging", "training"].contains(&answers.text("type"));
    let pending = answers.text("direction") == "pending";
    if declaration.attention >= 3 {
        let kept = if lasts { chance.weighted(&[("return", 70), ("hand_to_state", 30)], "return") } else { "return" };
        return if pending { "refuse" } else { kept };
    }
    let costly = declaration.value_cents.is_some_and(|cents| cents > 10_000);
    match (answers.text("direction"), costly) {
        ("pending", true) => chance.weighted(&[("refuse", 75), ("accept", 25)], "refuse"),
        ("pending", false) => chance.weighted(&[("accept", 60), ("refuse", 25), ("share", 15)], "accept"),
        (_, true) if lasts => {
            chance.weighted(&[("return", 40), ("hand_to_state", 25), ("share", 20), ("accept", 15)], "return")
        }
        (_, true) => chance.weighted(&[("return", 60), ("share", 20), ("accept", 20)], "return"),
        _ => chance.weighted(&[("accept", 66), ("share", 26), ("return", 8)], "accept"),
    }
}

fn event(chance: &mut Chance, declaration: &Declaration) -> &'static str {
    match declaration.attention {
        0 | 1 => {
            chance.weighted(&[("authorised", 88), ("authorised_with_conditions", 9), ("refused", 3)], "authorised")
        }
        2 => chance.weighted(&[("authorised_with_conditions", 55), ("authorised", 28), ("refused", 17)], "refused"),
        _ => chance.weighted(&[("refused", 58), ("authorised_with_conditions", 42)], "refused"),
    }
}

fn interest(chance: &mut Chance, declaration: &Declaration, answers: &Answers) -> &'static str {
    let is = |field: &str, value: &str| answers.text(field) == value;
    if is("type", "nil") {
        return "no_conflict";
    }
    let ethics = deciding_office(declaration) == Office::EthicsOfficer;
    let activity = answers.get("ties").as_array().is_some_and(|ties| ties.iter().any(|tie| tie == "outside_activity"));
    if activity {
        return chance.weighted(&[("managed", 50), ("no_conflict", 35), ("activity_refused", 15)], "managed");
    }
    if is("conflict_kind", "real") {
        let divest = if ethics { 12 } else { 0 };
        return chance.weighted(&[("recusal", 58), ("reassign", 30), ("divest", divest)], "recusal");
    }
    if is("in_contact", "yes") {
        return chance.weighted(&[("managed", 62), ("recusal", 22), ("no_conflict", 16)], "managed");
    }
    chance.weighted(&[("no_conflict", 84), ("managed", 16)], "no_conflict")
}
