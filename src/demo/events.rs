//! Requests to take part in a company's event, and the short report after it.

use chrono::{Datelike, NaiveDate};
use serde_json::json;

use super::writing::{Pen, Sheet, company, contacts};
use crate::declarations::answers::Answers;
use crate::error::Result;

/// A request filed today.
pub fn event(pen: &mut Pen<'_>) -> Result<Answers> {
    let partner = pen.partner()?;
    let on = day(pen);
    let mut sheet = Sheet::default();
    let title = pen.tell("event.title", partner, None).replace("{year}", &on.year().to_string());
    sheet.put("title", title);
    sheet.put("company", company(partner));
    sheet.put_date("event_on", on);
    let role = pen.chance.weighted(&[("in_person", 62), ("online", 32), ("speaker", 6)], "online");
    sheet.put("role", role);
    if role != "online" {
        sheet.put("place", pen.say("event.place"));
    }
    if role == "speaker" {
        sheet.put("speech_topic", pen.say("event.topic"));
    }
    let open = pen.chance.weighted(&[("yes", 77), ("no", 13), ("unknown", 10)], "yes");
    sheet.put("open_to_public", open);
    if open == "no" {
        sheet.put("invitees", pen.say("event.invitees"));
    }
    sheet.put("relevance", pen.tell("event.relevance", partner, None));
    let costs: &[&str] = match (role, pen.chance.below(100)) {
        ("online", 0..90) => &["free"],
        ("online", _) => &["ministry"],
        (_, 0..40) => &["free"],
        (_, 40..64) => &["ministry"],
        (_, 64..70) => &["self"],
        (_, 70..82) => &["ministry", "hospitality"],
        (_, 82..88) => &["free", "hospitality"],
        (_, 88..95) => &["company"],
        (_, 95..98) => &["company", "hospitality"],
        _ => &["unknown"],
    };
    sheet.put("costs", json!(costs));
    if costs.iter().any(|cost| ["company", "hospitality"].contains(cost)) {
        let (benefit, cents) = pen.priced("event.benefit");
        sheet.put("benefit_details", benefit);
        if pen.chance.percent(85) {
            sheet.put("benefit_cents", cents);
        }
        sheet.put("under_contract", if partner.contracts.is_empty() { "no" } else { "yes" });
        if pen.chance.percent(50) {
            sheet.put("contacts", contacts(pen, partner));
        }
        if pen.chance.percent(20) {
            sheet.put_some("participants", pen.colleague()?);
        }
        sheet.put("names_supervisor", pen.chance.percent(6));
    } else {
        sheet.put("names_supervisor", false);
    }
    Ok(sheet.done())
}

/// The day of the event: asked for in time, a little late, or after it took place.
fn day(pen: &mut Pen<'_>) -> NaiveDate {
    let ahead = match pen.chance.below(100) {
        _ if pen.punctual => pen.chance.between(12, 20),
        0..4 => return super::times::business_days_before(pen.today, pen.chance.between(1, 6), pen.calendar),
        4..20 => pen.chance.between(2, 9),
        _ => pen.chance.between(11, 40),
    };
    pen.calendar.add_business_days(pen.today, u32::try_from(ahead).unwrap_or(15))
}

/// The report, added to the answers on file.
pub fn report(pen: &mut Pen<'_>, answers: &mut Answers, company: &str) {
    let useful = pen.chance.weighted(&[("yes", 62), ("partly", 22), ("no", 7), ("not_attended", 9)], "yes");
    answers.set("was_useful", useful.into());
    if useful == "not_attended" {
        return;
    }
    let received = pen.chance.percent(14);
    answers.set("received_anything", received.into());
    if received {
        answers.set("received_details", pen.say("event.received").into());
    }
    let report = pen.data.tell(&mut pen.chance, "event.report", company, None);
    answers.set("report", report.into());
}
