//! « J’ai suivi l’avis AVI-… »: what somebody chooses to say, on a later declaration, of an opinion they received.
//!
//! It is kept beside the answers of that declaration, in the person's own words; nothing of the opinion follows it.

use serde_json::{Value, json};

use super::store;
use crate::access::{Action, Actor};
use crate::app::Tx;
use crate::declarations::actions::clean;
use crate::declarations::answers::Answers;
use crate::declarations::drafts;
use crate::declarations::store::authorized;
use crate::error::{Error, FieldError, Result};

/// Where the answers keep it.
pub const FOLLOWED: &str = "_advice";

/// Opinions offered on the check page, the last ones received.
pub const MOST_OFFERED: i64 = 20;

/// The opinion somebody says they followed, and what they share of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Followed {
    pub reference: String,
    pub text: String,
}

/// What the answers say of it.
pub fn followed(answers: &Answers) -> Option<Followed> {
    let kept = answers.get(FOLLOWED);
    let part = |name: &str| kept.get(name).and_then(Value::as_str).unwrap_or("").to_owned();
    kept.is_object().then(|| Followed { reference: part("reference"), text: part("text") })
}

/// Says it, or takes it back when no opinion is named. Only an opinion that this very person received can be named;
/// any other reference is told apart from none by nothing.
pub fn say_followed(tx: &mut Tx<'_>, actor: &Actor, slug: &str, reference: &str, text: &str) -> Result<()> {
    let declaration = authorized(tx, actor, slug, Action::Edit)?.declaration;
    let mut answers = declaration.working_answers()?;
    let (reference, text) = (clean(reference), clean(text));
    if reference.is_empty() {
        if followed(&answers).is_none() {
            return Ok(());
        }
        answers.set(FOLLOWED, Value::Null);
    } else {
        let own = store::received_by(tx, declaration.declarant_id, MOST_OFFERED)?;
        if declaration.is_sealed() || own.iter().all(|(known, _)| *known != reference) {
            return Err(Error::field("advice", "error-advice-not-yours"));
        }
        if text.chars().count() > 2000 {
            return Err(Error::Invalid(vec![FieldError::with("advice_text", "error-too-long", 2000)]));
        }
        answers.set(FOLLOWED, json!({ "reference": reference, "text": text }));
    }
    drafts::save_working(tx, declaration, &answers)?;
    Ok(())
}
