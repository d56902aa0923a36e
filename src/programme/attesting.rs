//! Attendance becomes each participant's declaration of relations: prepared with what is known, filed when the person
//! attests, never without them (domain.md §10.5).

use chrono::{NaiveDate, TimeDelta};
use serde_json::json;

use super::mail;
use super::store::{self, Firm, Showcase};
use crate::access::Actor;
use crate::app::Tx;
use crate::companies;
use crate::declarations::answers::Answers;
use crate::declarations::deadlines::{self, ReminderKind};
use crate::declarations::store::Declaration;
use crate::declarations::workflow::State;
use crate::declarations::{actions, drafts, reminders};
use crate::error::{Error, Result};
use crate::people::{self, PersonId};
use crate::text::Language;

/// The kind that a relation with a company is declared under.
const RELATION: &str = "business_relation";

/// What only the participant knows; the sentence they attest answers these with « no ».
pub const PERSONAL: [&str; 3] = ["info_shared", "advantage_offered", "names_supervisor"];

/// Prepares a draft for each company heard that has none yet. Returns how many.
pub fn prepare(tx: &mut Tx<'_>, showcase: &Showcase, person: PersonId, firms: &[Firm]) -> Result<usize> {
    let known = store::drafted(tx, showcase.id, person)?;
    let mut prepared = 0;
    for firm in firms.iter().filter(|firm| firm.heard == Some(true) && !known.contains(&firm.company_id)) {
        let answers = known_answers(tx, showcase, firm)?;
        let draft = drafts::open_for(tx, person, RELATION, &answers)?;
        store::keep_draft(tx, showcase.id, person, firm.company_id, &draft.key)?;
        plan(tx, showcase, &draft)?;
        prepared += 1;
    }
    Ok(prepared)
}

/// Most days of weekly reminders after the showcase.
const REMINDED_FOR: i64 = 56;

/// Reminds once in the middle of the time that the kind gives to file, and on its last day; then each week.
fn plan(tx: &mut Tx<'_>, showcase: &Showcase, draft: &Declaration) -> Result<()> {
    if !tx.book.config.deadlines.reminders {
        return Ok(());
    }
    let kind = tx.book.catalogue.version(draft.kind_version_id)?;
    let Some(delay) = &kind.deadlines.file else { return Ok(()) };
    let (today, calendar) = (tx.today(), &tx.book.calendar);
    let due = deadlines::file_by(delay, showcase.held_on, calendar).max(calendar.add_business_days(today, 1));
    let planned: Vec<NaiveDate> = deadlines::reminders(today, due, 1, calendar)
        .into_iter()
        .filter(|(kind, _)| matches!(kind, ReminderKind::Half | ReminderKind::Due))
        .map(|(_, on)| on)
        .collect();
    for on in planned {
        reminders::add(tx, draft.id, reminders::ATTENDANCE, on)?;
    }
    Ok(())
}

/// The hour of a reminder of a prepared draft has come. One letter for all the drafts of a showcase: the first that is left
/// speaks for the others. Returns how many letters were written.
pub fn remind(tx: &mut Tx<'_>, draft: &Declaration) -> Result<usize> {
    if draft.state() != State::Draft {
        return Ok(0);
    }
    let Some(showcase) = store::of_draft(tx, &draft.key)? else { return Ok(0) };
    let (person, today) = (draft.declarant_id, tx.today());
    if !people::store::find(tx, person)?.is_active(today) {
        return Ok(0);
    }
    let due = planned_until(tx, &showcase, draft)?;
    if today >= due && (today - due).num_days() < REMINDED_FOR {
        let next = tx.book.calendar.next_business_day(today + TimeDelta::days(7));
        reminders::add(tx, draft.id, reminders::ATTENDANCE, next)?;
    }
    let first = store::declared(tx, showcase.id, person)?.into_iter().find(|(_, _, state, _)| state == "draft");
    if first.is_none_or(|(key, ..)| key != draft.key) {
        return Ok(0);
    }
    mail::attest(tx, &showcase, person)?;
    Ok(1)
}

/// The last day to declare a relation at a showcase.
fn planned_until(tx: &Tx<'_>, showcase: &Showcase, draft: &Declaration) -> Result<NaiveDate> {
    let kind = tx.book.catalogue.version(draft.kind_version_id)?;
    let by = kind.deadlines.file.as_ref().map(|delay| deadlines::file_by(delay, showcase.held_on, &tx.book.calendar));
    Ok(by.unwrap_or(showcase.held_on))
}

/// What the showcase and the register of companies say of a relation.
fn known_answers(tx: &mut Tx<'_>, showcase: &Showcase, firm: &Firm) -> Result<Answers> {
    let kind = super::kind::find(&tx.book.showcases, &showcase.kind)?.clone();
    let company = companies::store::root(tx, firm.company_id)?;
    let mut answer = json!({ "company_id": company.id, "name": company.name });
    if let Some(object) = answer.as_object_mut() {
        let facts = [("neq", company.neq), ("no_neq_reason", company.no_neq_reason)];
        object.extend(facts.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?.into()))));
    }
    let subject = format!("{} « {} » ({})", kind.title.get(Language::Fr), showcase.title, showcase.reference)
        .replace("« ", "«\u{a0}")
        .replace(" »", "\u{a0}»");
    let mut answers = Answers::default();
    for (field, value) in [
        ("nature", json!("video")),
        ("occurred_on", json!(showcase.held_on.to_string())),
        ("initiated_by", json!("ministry")),
        ("off_duty", json!(false)),
        ("company", answer),
        ("under_contract", json!("unknown")),
        ("purpose", json!("showcase")),
        ("subject", json!(subject)),
    ] {
        answers.set(field, value);
    }
    Ok(answers)
}

/// Files what is still a draft, in one click: the person attests that nothing was offered to them, that they shared
/// nothing that is not public, and that their supervisor is not concerned. Whoever cannot say so opens the draft.
pub fn attest(tx: &mut Tx<'_>, actor: &Actor, reference: &str, attested: bool) -> Result<usize> {
    let showcase = store::find(tx, reference)?;
    let drafts_left: Vec<String> = store::declared(tx, showcase.id, actor.person)?
        .into_iter()
        .filter(|(_, _, state, _)| state == "draft")
        .map(|(key, ..)| key)
        .collect();
    if drafts_left.is_empty() {
        return Err(Error::NotPossible("not-possible-attest"));
    }
    if !attested {
        return Err(Error::field("attestation", "error-attestation"));
    }
    for key in &drafts_left {
        let found = crate::declarations::store::authorized(tx, actor, key, crate::access::Action::Edit)?.declaration;
        let mut answers = found.answers()?;
        for field in PERSONAL {
            // What somebody wrote on the draft's own pages stands.
            if answers.get(field).is_null() {
                answers.set(field, json!(false));
            }
        }
        drafts::save_working(tx, found, &answers)?;
        actions::submit(tx, actor, key, true)?;
    }
    Ok(drafts_left.len())
}
