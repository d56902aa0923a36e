//! Relations with companies, as people declare them.

use serde_json::json;

use super::writing::{Pen, Sheet, company, contacts};
use crate::declarations::answers::Answers;
use crate::error::Result;

/// Purposes that the lobbying step asks about.
const LOBBYING: [&str; 6] = ["prospecting", "needs", "contract_preparation", "event", "unsolicited", "other"];

/// A relation declared today.
pub fn relation(pen: &mut Pen<'_>) -> Result<Answers> {
    let leads = pen.leads_the_ministry()?;
    let purpose = pen.chance.weighted(
        &[
            ("contract", 50),
            ("unsolicited", 17),
            ("needs", 9),
            ("contract_preparation", 7),
            ("event", 6),
            ("prospecting", if leads { 40 } else { 2 }),
            ("showcase", 4),
            ("other", 4),
        ],
        "contract",
    );
    let nature = pen.chance.weighted(natures(purpose), "meeting");
    let under_way = ["contract", "contract_preparation"].contains(&purpose);
    let partner = if under_way { pen.supplier()? } else { pen.partner()? };
    let number_known = pen.chance.percent(92);
    let contract = if under_way && number_known { pen.contract(partner) } else { None };
    let chance_met = nature == "chance";
    let mut sheet = Sheet::default();
    sheet.put("nature", nature);
    let mut on = pen.fact(5, 14);
    if nature == "series" {
        on = super::times::business_days_before(on, 8, pen.calendar);
        sheet.put_date("occurred_until", pen.fact(3, 0));
    } else if chance_met {
        on = pen.evening_before(on);
    }
    sheet.put_date("occurred_on", on);
    if !chance_met {
        let by = if purpose == "unsolicited" || nature == "attempt" {
            "company"
        } else {
            pen.chance.weighted(&[("ministry", 55), ("company", 38), ("third_party", 7)], "ministry")
        };
        sheet.put("initiated_by", by);
    }
    sheet.put("off_duty", if chance_met { pen.chance.percent(80) } else { pen.chance.percent(3) });
    sheet.put("company", company(partner));
    if pen.chance.percent(55) {
        sheet.put("contacts", contacts(pen, partner));
    }
    let known = if pen.chance.percent(12) { "unknown" } else { "no" };
    sheet.put("under_contract", if under_way || !partner.contracts.is_empty() { "yes" } else { known });
    sheet.put("purpose", purpose);
    match purpose {
        "contract" => {
            let stage =
                pen.chance.weighted(&[("follow_up", 80), ("complaint", 8), ("evaluation", 8), ("legal", 4)], "legal");
            sheet.put("contract_stage", stage);
            sheet.put_some("contract_number", contract.clone());
            let text =
                if stage == "complaint" { "relation.subject.contract_complaint" } else { "relation.subject.contract" };
            sheet.put("subject", pen.tell(text, partner, contract.as_deref()));
        }
        "contract_preparation" => {
            sheet.put("preparation_stage", if pen.chance.percent(50) { "preliminary" } else { "drafting" });
            sheet.put_some("contract_number", contract.clone());
            if pen.chance.percent(65) {
                sheet.put_date("rena_checked_on", on);
            }
        }
        "needs" => {
            sheet.put("needs_reason", pen.say("relation.needs_reason"));
            let others = pen.chance.percent(64);
            sheet.put("consulted_others", others);
            if others {
                let (one, two) = (pen.partner()?.name.clone(), pen.partner()?.name.clone());
                sheet.put("consulted", json!([one, two]));
            } else {
                sheet.put("single_reason", pen.say("relation.single_reason"));
            }
        }
        "other" => sheet.put("purpose_details", pen.say("relation.purpose_details")),
        _ => {}
    }
    if purpose != "contract" {
        let text =
            if chance_met { "relation.subject.chance".to_owned() } else { format!("relation.subject.{purpose}") };
        sheet.put("subject", pen.tell(&text, partner, contract.as_deref()));
    }
    said(pen, &mut sheet, nature, purpose)?;
    if LOBBYING.contains(&purpose) && (leads || pen.chance.percent(8)) {
        lobbying(pen, &mut sheet, on);
    }
    Ok(sheet.done())
}

fn natures(purpose: &str) -> &'static [(&'static str, u32)] {
    match purpose {
        "contract" => &[("video", 38), ("meeting", 26), ("call", 18), ("message", 10), ("series", 8)],
        "unsolicited" => &[("attempt", 45), ("message", 25), ("call", 15), ("chance", 12), ("meeting", 3)],
        "event" => &[("meeting", 50), ("chance", 35), ("video", 15)],
        "showcase" => &[("video", 80), ("meeting", 20)],
        "other" => &[("meeting", 40), ("chance", 25), ("call", 20), ("message", 15)],
        _ => &[("meeting", 55), ("video", 40), ("call", 5)],
    }
}

/// What was said, offered, and who was there.
fn said(pen: &mut Pen<'_>, sheet: &mut Sheet, nature: &str, purpose: &str) -> Result<()> {
    if nature != "attempt" {
        if pen.chance.percent(7)
            && let Some(colleague) = pen.colleague()?
        {
            sheet.put("participants", colleague);
        }
        let shared = pen.chance.percent(if purpose == "contract" { 6 } else { 2 });
        sheet.put("info_shared", shared);
        if shared {
            let needed = purpose == "contract" && pen.chance.percent(85);
            sheet.put("info_needed_for_contract", needed);
            sheet.put(
                "info_shared_details",
                pen.say(if needed { "relation.info_contract" } else { "relation.info_other" }),
            );
        }
    }
    let offered = pen.chance.percent(4);
    sheet.put("advantage_offered", offered);
    if offered {
        sheet.put("advantage_details", pen.say("relation.advantage"));
    }
    sheet.put("names_supervisor", pen.chance.percent(3));
    Ok(())
}

/// The lobbying step; the questions are required of those whom the policy binds expressly.
fn lobbying(pen: &mut Pen<'_>, sheet: &mut Sheet, on: chrono::NaiveDate) {
    let decision = pen
        .chance
        .weighted(&[("none", 60), ("contract_or_grant", 20), ("rules", 8), ("permit", 2), ("unknown", 10)], "none");
    sheet.put("lobby_decision", decision);
    if decision == "none" {
        return;
    }
    let exclusion =
        pen.chance.weighted(&[("no", 45), ("public_tender", 25), ("presentation", 20), ("unknown", 10)], "no");
    sheet.put("lobby_exclusion", exclusion);
    if !["no", "unknown"].contains(&exclusion) {
        return;
    }
    sheet.put(
        "lobbyist_type",
        pen.chance.weighted(&[("enterprise", 60), ("consultant", 25), ("organization", 10), ("unknown", 5)], "unknown"),
    );
    let registered = pen.chance.weighted(&[("yes", 62), ("no", 20), ("unknown", 18)], "unknown");
    sheet.put("lobby_registered", registered);
    if registered != "unknown" {
        sheet.put_date("lobby_checked_on", on);
    }
    if registered == "yes" {
        sheet.put("lobby_reference", format!("Mandat {}", pen.chance.between(2_000, 9_999)));
    } else if pen.chance.percent(60) {
        sheet.put_date("lobby_reminder_on", pen.today);
    }
}
