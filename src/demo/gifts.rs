//! Gifts, hospitality and other benefits, as people declare them.

use chrono::NaiveDate;
use serde_json::Value;

use super::writing::{Pen, Sheet, company, contacts};
use crate::declarations::answers::Answers;
use crate::error::Result;

/// Fields that must be asked when the thing is more than a plain object.
const HOSPITALITY: [&str; 9] =
    ["meal", "ticket", "travel", "lodging", "training", "prize", "discount", "cash", "other"];
/// Those for which a wish is asked.
const RARE: [&str; 7] = ["ticket", "travel", "lodging", "prize", "discount", "cash", "other"];

/// A gift declared today.
pub fn gift(pen: &mut Pen<'_>) -> Result<Answers> {
    let on = pen.fact(5, 13);
    let partner = if pen.chance.percent(40) { pen.supplier()? } else { pen.partner()? };
    let mut sheet = Sheet::default();
    let kind = pen.chance.weighted(
        &[
            ("gift", 36),
            ("meal", 28),
            ("ticket", 9),
            ("training", 8),
            ("other", 4),
            ("prize", 4),
            ("discount", 4),
            ("cash", 3),
            ("travel", 2),
            ("lodging", 2),
        ],
        "gift",
    );
    sheet.put("type", kind);
    let (description, cents) = pen.priced(&format!("gift.description.{kind}"));
    sheet.put("description", description);
    sheet.put("company", company(partner));
    let weights: &[(&str, u32)] = if partner.contracts.is_empty() {
        &[("no", 80), ("unknown", 15), ("yes", 5)]
    } else {
        &[("contract", 70), ("yes", 10), ("no", 8), ("unknown", 12)]
    };
    let process = pen.chance.weighted(weights, "no");
    sheet.put("contract_process", process);
    if ["yes", "unknown"].contains(&process) {
        let known = if pen.chance.percent(40) { "unknown" } else { "no" };
        sheet.put("under_contract", if partner.contracts.is_empty() { known } else { "yes" });
        if pen.chance.percent(50) {
            sheet.put("contacts", contacts(pen, partner));
        }
    }
    if ["yes", "contract"].contains(&process) {
        sheet.put_some("contract_number", pen.contract(partner));
    }
    moment(pen, &mut sheet, kind, on)?;
    value(pen, &mut sheet, kind, cents);
    Ok(sheet.done())
}

/// When, what was answered, who benefits.
fn moment(pen: &mut Pen<'_>, sheet: &mut Sheet, kind: &str, on: NaiveDate) -> Result<()> {
    sheet.put_date("offered_on", on);
    let direction =
        pen.chance.weighted(&[("received", 46), ("offered", 30), ("pending", 15), ("received_other", 9)], "received");
    sheet.put("direction", direction);
    if direction == "received_other" {
        sheet.put_date("received_on", on.max(pen.fact(1, 0)));
        let who = pen.chance.weighted(&[("self", 45), ("team", 40), ("relative", 15)], "self");
        sheet.put("beneficiary", who);
        if who == "team" && pen.chance.percent(50) {
            sheet.put_some("team_members", pen.colleague()?);
        }
    } else if direction == "pending" {
        sheet.put("beneficiary", "self");
    }
    if direction != "offered" {
        if HOSPITALITY.contains(&kind) {
            sheet.put("names_supervisor", pen.chance.percent(8));
        }
        if RARE.contains(&kind) {
            let wish = pen.chance.weighted(
                &[("refuse", 25), ("return", 12), ("share", 20), ("keep", 25), ("unknown", 15), ("hand_to_state", 3)],
                "unknown",
            );
            sheet.put("wish", wish);
        }
    }
    Ok(())
}

fn value(pen: &mut Pen<'_>, sheet: &mut Sheet, kind: &str, cents: i64) {
    let unknown = if ["ticket", "meal", "other"].contains(&kind) { 12 } else { 5 };
    let method =
        pen.chance.weighted(&[("estimate", 62), ("price", 24), ("invoice", 6), ("unknown", unknown)], "estimate");
    sheet.put("value_method", method);
    if method == "unknown" {
        sheet.put("value_reason", pen.say("gift.value_reason"));
    } else {
        sheet.put("value_cents", cents);
    }
}

/// A draft that another declaration opened: what it knows stays, the rest is filled in.
pub fn complete(pen: &mut Pen<'_>, known: &Answers) -> Result<Answers> {
    let mut all = gift(pen)?;
    for (field, value) in &known.0 {
        all.set(field, value.clone());
    }
    // What the draft knows may be a kind of offer that the drawn type does not ask about.
    let kind = if all.text("description").to_lowercase().contains("billet") { "ticket" } else { "meal" };
    all.set("type", kind.into());
    all.set("direction", if pen.chance.percent(30) { "offered".into() } else { Value::from("received") });
    if all.get("names_supervisor").is_null() {
        all.set("names_supervisor", false.into());
    }
    if all.get("wish").is_null() {
        all.set("wish", "share".into());
    }
    if all.get("under_contract").is_null() {
        all.set("under_contract", "unknown".into());
    }
    if all.get("value_cents").is_null() && all.text("value_method") != "unknown" {
        all.set("value_cents", 2_500.into());
    }
    if all.text("value_method") == "unknown" && all.get("value_reason").is_null() {
        all.set("value_reason", pen.say("gift.value_reason").into());
    }
    Ok(all)
}
