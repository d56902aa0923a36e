//! What declarants tell after the decision: what became of the gift, how the event went.

use serde_json::Value;

use super::events;
use super::writing::Pen;
use crate::declarations::answers::Answers;
use crate::declarations::store::Declaration;

/// Adds the follow-up to the answers on file.
pub fn follow_up(pen: &mut Pen<'_>, declaration: &Declaration, answers: &mut Answers) {
    if declaration.kind == "event_request" {
        let company = declaration.company_name.clone().unwrap_or_default();
        events::report(pen, answers, &company);
        return;
    }
    let disposition = match declaration.outcome.as_deref().unwrap_or_default() {
        "share" => "shared",
        "return" => "returned",
        "hand_to_state" => "handed_to_state",
        "refuse" => "refused",
        _ if pen.chance.percent(15) => "shared",
        _ => "kept",
    };
    answers.set("final_disposition", disposition.into());
    let decided = declaration.decided_at.map_or(pen.today, |at| at.date());
    let earliest = answers.date("offered_on").unwrap_or(decided).max(decided);
    answers.set("final_on", earliest.min(pen.today).to_string().into());
    if disposition == "kept" {
        answers.set("customary", Value::Bool(true));
        answers.set("modest", Value::Bool(true));
    }
}
