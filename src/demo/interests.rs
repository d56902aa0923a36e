//! Declarations of interests: mostly nothing to declare, sometimes a tie.

use chrono::TimeDelta;
use serde_json::json;

use super::writing::{Pen, Sheet, company, contacts};
use crate::declarations::answers::Answers;
use crate::error::Result;

/// A declaration filed today; by somebody whose interests of before are not over, or not.
pub fn interest(pen: &mut Pen<'_>, open: bool) -> Result<Answers> {
    let mut sheet = Sheet::default();
    let arrived = (pen.today - pen.person()?.active_from).num_days() < 120;
    let kind = if arrived && pen.chance.percent(60) {
        "initial"
    } else {
        pen.chance.weighted(&[("nil", 44), ("annual", 26), ("update", 22), ("leaving", 4), ("initial", 4)], "nil")
    };
    // Few people forget what they declared.
    let kind = if kind == "nil" && open && pen.chance.percent(95) { "update" } else { kind };
    sheet.put("type", kind);
    if kind == "nil" {
        return Ok(sheet.done());
    }
    if kind == "initial" {
        let days = if pen.chance.percent(80) { pen.chance.between(3, 29) } else { pen.chance.between(31, 80) };
        sheet.put_date("duties_since", pen.today - TimeDelta::days(days));
    }
    tie(pen, &mut sheet);
    let partner = pen.partner()?;
    sheet.put("company", company(partner));
    let under =
        if partner.contracts.is_empty() { if pen.chance.percent(15) { "unknown" } else { "no" } } else { "yes" };
    sheet.put("under_contract", under);
    if under == "yes" {
        sheet.put_some("contract_number", pen.contract(partner));
    }
    let contact = pen.chance.weighted(&[("no", 66), ("yes", 24), ("unknown", 10)], "no");
    sheet.put("in_contact", contact);
    if contact != "no" {
        sheet.put("duties_details", pen.tell("interest.duties", partner, None));
        if contact == "yes" && pen.chance.percent(50) {
            sheet.put("contacts", contacts(pen, partner));
        }
        let client = pen.chance.weighted(&[("no", 78), ("unknown", 12), ("yes", 10)], "no");
        sheet.put("client_touched", client);
        if client == "yes" {
            sheet.put("client_name", pen.say("interest.client"));
            if pen.chance.percent(50) {
                sheet.put_date("client_informed_on", pen.today);
            }
        }
    }
    let conflict = match contact {
        "yes" => pen.chance.weighted(&[("potential", 45), ("apparent", 25), ("real", 15), ("unsure", 15)], "unsure"),
        _ => pen.chance.weighted(&[("none", 78), ("apparent", 12), ("unsure", 10)], "none"),
    };
    sheet.put("conflict_kind", conflict);
    sheet.put("measures_taken", pen.say("interest.measures"));
    sheet.put("names_supervisor", pen.chance.percent(4));
    Ok(sheet.done())
}

/// The nature of the tie and its dates.
fn tie(pen: &mut Pen<'_>, sheet: &mut Sheet) {
    let tie = pen.chance.weighted(
        &[
            ("family", 30),
            ("past_employment", 28),
            ("personal", 14),
            ("outside_activity", 12),
            ("shareholding", 8),
            ("business", 5),
            ("board", 3),
        ],
        "personal",
    );
    sheet.put("ties", json!([tie]));
    let past = tie == "past_employment" || pen.chance.percent(10);
    sheet.put("period", if past { "past" } else { "current" });
    let since = pen.today - TimeDelta::days(pen.chance.between(400, 4_500));
    sheet.put_date("since", since);
    if past {
        sheet.put_date("until", since + TimeDelta::days(pen.chance.between(60, 390)));
    }
    if tie == "family" {
        let who = pen
            .chance
            .weighted(&[("spouse", 32), ("sibling", 28), ("child", 16), ("in_law", 14), ("parent", 10)], "other");
        sheet.put("linked_person", who);
    }
    if tie == "outside_activity" {
        sheet.put("activity_details", pen.say("interest.activity"));
    }
}
