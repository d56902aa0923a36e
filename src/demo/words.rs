//! What people write with an act: a question, an answer, reasons, a correction, a report.

use super::chance::Chance;
use super::story::{Act, Script, Story};
use super::writing::Pen;
use super::{deciding, followups};
use crate::app::Rulebook;
use crate::clock::Instant;
use crate::declarations::actions::Choice;
use crate::declarations::answers::Answers;
use crate::declarations::store::Declaration;
use crate::error::Result;

/// Fields in which a correction adds a precision, by kind: the first one answered.
const PRECISIONS: [&str; 4] = ["subject", "description", "relevance", "measures_taken"];

/// What is written with an act.
#[derive(Default)]
pub(super) struct Words {
    pub text: String,
    pub answers: Answers,
    pub choice: Choice,
}

impl Story {
    /// What is written with an act.
    pub(super) fn words(
        &self,
        book: &Rulebook,
        place: usize,
        act: Act,
        at: Instant,
        now: &Declaration,
        chance: &mut Chance,
    ) -> Result<Words> {
        let data = &self.data;
        let kind = now.kind.as_str();
        let mut words = Words::default();
        match act {
            Act::Correct => {
                let mut answers = now.working_answers()?;
                if let Some(field) = PRECISIONS.into_iter().find(|field| !answers.text(field).is_empty()) {
                    let text = format!("{}{}", answers.text(field), data.say(chance, "note.correct"));
                    answers.set(field, text.into());
                }
                words.answers = answers;
            }
            Act::Withdraw => words.text = data.say(chance, "note.withdraw"),
            Act::Ask => words.text = data.say(chance, &format!("question.{kind}")),
            Act::Answer => words.text = data.say(chance, &format!("answer.{kind}")),
            Act::Refer => words.text = data.say(chance, &format!("reason.{kind}.referred")),
            Act::Opine | Act::SendBack => words.text = data.say(chance, &format!("opinion.{kind}")),
            Act::Decide => {
                let script = self.cases.get(place).map(|case| case.script);
                words.choice = match script {
                    Some(Script::Outcome(_, outcome)) => deciding::with_outcome(data, chance, now, outcome),
                    _ => deciding::choice(data, chance, now, &now.answers()?),
                };
            }
            Act::Complete => {
                let mut answers = now.working_answers()?;
                let mut pen = Pen { chance: chance.clone(), ..self.pen(book, place, at)? };
                followups::follow_up(&mut pen, now, &mut answers);
                *chance = pen.chance;
                words.answers = answers;
            }
            Act::Close if now.outcome.as_deref() == Some("managed") || !now.measures()?.is_empty() => {
                words.text = data.say(chance, "note.close");
            }
            Act::Close => words.text = data.say(chance, "note.close_without_report"),
            Act::Prove => words.text = data.say(chance, "note.proof"),
            Act::ProofBack => words.text = data.say(chance, "note.proof_back"),
            Act::Lift => words.text = data.say(chance, "note.lift"),
            Act::Receive => words.text = data.say(chance, "note.custody"),
            Act::Discuss => words.text = data.say(chance, "note.discuss"),
            Act::Remark => words.text = data.say(chance, "note.remark"),
            Act::Reply => words.text = data.say(chance, "note.reply"),
            Act::TakeUp | Act::Advise | Act::Verify | Act::Attest => {}
        }
        Ok(words)
    }
}
