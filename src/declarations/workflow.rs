//! The life of a declaration, as one pure `match` over state and command.

use serde::{Deserialize, Serialize};

use super::kind::Then;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Being written; nobody else sees it.
    Draft,
    /// Filed, waiting for its decider.
    Submitted,
    /// Its decider has taken it up, or has it back from the ethics officer.
    UnderReview,
    /// A question waits for the declarant's answer.
    InfoRequested,
    /// With the ethics officer.
    WithEthics,
    /// Decided; the declarant still has something to tell.
    Decided,
    /// Decided, with measures in force.
    Monitoring,
    Closed,
    /// Taken back by the declarant before a decision. The trace stays.
    Withdrawn,
}

impl State {
    pub const ALL: [Self; 9] = [
        Self::Draft,
        Self::Submitted,
        Self::UnderReview,
        Self::InfoRequested,
        Self::WithEthics,
        Self::Decided,
        Self::Monitoring,
        Self::Closed,
        Self::Withdrawn,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Submitted => "submitted",
            Self::UnderReview => "under_review",
            Self::InfoRequested => "info_requested",
            Self::WithEthics => "with_ethics",
            Self::Decided => "decided",
            Self::Monitoring => "monitoring",
            Self::Closed => "closed",
            Self::Withdrawn => "withdrawn",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }

    /// Somebody still has to do something before the decision.
    pub fn is_pending(self) -> bool {
        matches!(self, Self::Submitted | Self::UnderReview | Self::InfoRequested | Self::WithEthics)
    }

    /// A decision was taken.
    pub fn is_decided(self) -> bool {
        matches!(self, Self::Decided | Self::Monitoring | Self::Closed)
    }
}

/// What an actor does to a declaration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// File it; `to_ethics` when a rule refers it.
    Submit {
        to_ethics: bool,
    },
    /// File a new version before the decision; `to_ethics` as above.
    Correct {
        to_ethics: bool,
    },
    Withdraw,
    /// The decider starts on it.
    TakeUp,
    /// The decider asks the declarant a question.
    Ask,
    /// The declarant answers; the file goes back to where it was.
    Answer {
        back_to: State,
    },
    /// Whoever asked goes on without the answer; the file goes back to where it was.
    GoOn {
        back_to: State,
    },
    /// The decider hands it to the ethics officer.
    Refer,
    /// The ethics officer gives an opinion and sends it back to the decider.
    SendBack,
    Decide {
        then: Then,
    },
    /// The declarant tells what was still expected; the file waits for its open measures, or for whoever must read it, if any.
    Complete {
        measures_open: bool,
    },
    /// The measures are done, or nothing more is expected. No file closes with an open measure.
    Close {
        measures_open: bool,
    },
    /// The ethics officer asks the deputy minister for a direction.
    SeekDirection,
    /// The declarant contests the decision: the deputy minister directs.
    Contest,
    /// What is told after the decision goes against it: it is taken again.
    Reexamine {
        to_ethics: bool,
    },
    /// A rule decided alone, and somebody asks that a person look (A-2.1, s. 65.2).
    Review {
        to_ethics: bool,
    },
}

/// The state after a command, or `None` when the command makes no sense in that state.
pub fn next(state: State, command: Command) -> Option<State> {
    use Command as C;
    use State as S;
    let filed = |to_ethics| if to_ethics { S::WithEthics } else { S::Submitted };
    match (state, command) {
        (S::Draft, C::Submit { to_ethics }) => Some(filed(to_ethics)),
        (S::Draft, _) => None,

        // Once the ethics officer has it, a correction stays with her, unless it concerns her (`filing.rs`).
        (S::Submitted | S::UnderReview | S::InfoRequested | S::WithEthics, C::Correct { to_ethics }) => {
            Some(filed(to_ethics))
        }
        (S::Submitted | S::UnderReview | S::InfoRequested | S::WithEthics, C::Withdraw) => Some(S::Withdrawn),

        (S::Submitted, C::TakeUp) => Some(S::UnderReview),
        (S::Submitted | S::UnderReview | S::WithEthics, C::Ask) => Some(S::InfoRequested),
        (S::InfoRequested, C::Answer { back_to: S::WithEthics } | C::GoOn { back_to: S::WithEthics }) => {
            Some(S::WithEthics)
        }
        (S::InfoRequested, C::Answer { .. } | C::GoOn { .. }) => Some(S::UnderReview),
        (S::Submitted | S::UnderReview, C::Refer) => Some(S::WithEthics),
        (S::WithEthics, C::SendBack) => Some(S::UnderReview),

        (S::Submitted | S::UnderReview | S::WithEthics, C::Decide { then }) => match then {
            Then::Closed => Some(S::Closed),
            Then::Decided => Some(S::Decided),
            Then::Monitoring => Some(S::Monitoring),
            Then::WithEthics if state != S::WithEthics => Some(S::WithEthics),
            Then::WithEthics => None,
        },
        (S::Decided | S::Monitoring, C::Reexamine { to_ethics }) => Some(filed(to_ethics)),
        // What a rule decided alone and nothing else: `automatic.rs` looks at the step.
        (S::Decided | S::Monitoring | S::Closed, C::Review { to_ethics }) => Some(filed(to_ethics)),
        (S::Decided, C::Complete { measures_open: false }) => Some(S::Closed),
        (S::Decided, C::Complete { measures_open: true }) | (S::Monitoring, C::Complete { .. }) => Some(S::Monitoring),
        (S::Decided | S::Monitoring, C::Close { measures_open: false }) => Some(S::Closed),
        (S::Decided | S::Monitoring, C::Close { measures_open: true }) => None,

        (S::WithEthics, C::SeekDirection) => Some(S::UnderReview),
        // Once only, and never a direction: `actions.rs` looks at the decision itself.
        (S::Decided | S::Monitoring | S::Closed, C::Contest) => Some(S::UnderReview),

        (S::Submitted | S::UnderReview | S::InfoRequested | S::WithEthics, _) => None,
        (S::Decided | S::Monitoring | S::Closed | S::Withdrawn, _) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const COMMANDS: [Command; 26] = [
        Command::Submit { to_ethics: false },
        Command::Submit { to_ethics: true },
        Command::Correct { to_ethics: false },
        Command::Correct { to_ethics: true },
        Command::Withdraw,
        Command::TakeUp,
        Command::Ask,
        Command::Answer { back_to: State::Submitted },
        Command::Answer { back_to: State::WithEthics },
        Command::GoOn { back_to: State::Submitted },
        Command::GoOn { back_to: State::WithEthics },
        Command::Refer,
        Command::SendBack,
        Command::Decide { then: Then::Closed },
        Command::Decide { then: Then::Decided },
        Command::Decide { then: Then::Monitoring },
        Command::Complete { measures_open: false },
        Command::Complete { measures_open: true },
        Command::Close { measures_open: false },
        Command::Close { measures_open: true },
        Command::SeekDirection,
        Command::Contest,
        Command::Reexamine { to_ethics: false },
        Command::Reexamine { to_ethics: true },
        Command::Review { to_ethics: false },
        Command::Review { to_ethics: true },
    ];

    /// The table an ethics officer can review.
    #[test]
    fn the_workflow_is_this_table() {
        let mut table = String::new();
        for state in State::ALL {
            for command in COMMANDS {
                if let Some(after) = next(state, command) {
                    table.push_str(&format!(
                        "{:<15} {:<35} {}\n",
                        state.as_str(),
                        format!("{command:?}"),
                        after.as_str()
                    ));
                }
            }
        }
        insta::assert_snapshot!(table);
    }

    #[test]
    fn a_contest_or_a_person_after_a_rule_moves_a_closed_file_and_nothing_a_withdrawn_one() {
        for command in COMMANDS {
            let reopened = match command {
                Command::Contest => Some(State::UnderReview),
                Command::Review { to_ethics: true } => Some(State::WithEthics),
                Command::Review { to_ethics: false } => Some(State::Submitted),
                _ => None,
            };
            assert_eq!(next(State::Closed, command), reopened);
            assert_eq!(next(State::Withdrawn, command), None);
        }
    }

    #[test]
    fn no_file_closes_with_an_open_measure() {
        for state in State::ALL {
            for command in [Command::Complete { measures_open: true }, Command::Close { measures_open: true }] {
                assert_ne!(next(state, command), Some(State::Closed), "{state:?} {command:?}");
            }
        }
    }

    #[test]
    fn a_draft_can_only_be_filed() {
        for command in COMMANDS {
            assert_eq!(next(State::Draft, command).is_some(), matches!(command, Command::Submit { .. }), "{command:?}");
        }
    }

    #[test]
    fn no_decision_is_taken_twice() {
        for state in State::ALL.into_iter().filter(|s| s.is_decided()) {
            for then in [Then::Closed, Then::Decided, Then::Monitoring, Then::WithEthics] {
                assert_eq!(next(state, Command::Decide { then }), None);
            }
        }
    }
}
