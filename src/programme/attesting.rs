//! Attendance becomes each participant's declaration of relations: prepared with what is known, filed when the person
//! attests, never without them (domain.md §10.5).

use serde_json::json;

use super::store::{self, Firm, Showcase};
use crate::access::Actor;
use crate::app::Tx;
use crate::companies;
use crate::declarations::answers::Answers;
use crate::declarations::{actions, drafts};
use crate::error::{Error, Result};
use crate::people::PersonId;
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
        prepared += 1;
    }
    Ok(prepared)
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
