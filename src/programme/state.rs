//! The life of a showcase, as one pure `match` over state and command.

use serde::{Deserialize, Serialize};

/// Where a showcase is (domain.md §10.5: planned, held, cancelled).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// In the calendar; people register.
    Planned,
    /// It took place; hearings and attendance are noted.
    Held,
    /// It will not take place.
    Cancelled,
}

impl State {
    pub const ALL: [Self; 3] = [Self::Planned, Self::Held, Self::Cancelled];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Held => "held",
            Self::Cancelled => "cancelled",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }
}

/// What somebody does to a showcase.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Command {
    /// Change what was planned.
    Change,
    /// A member of staff registers, or gives up a place.
    Register,
    /// Invite a company, or note that one asked to be heard.
    AddFirm,
    /// Note whether a company was heard, how long, or why not.
    Hear,
    /// Publish a question and its answer.
    Publish,
    /// It took place.
    Hold,
    /// It will not take place.
    Cancel,
    /// The contract monitor answers.
    Advise,
}

impl Command {
    pub const ALL: [Self; 8] = [
        Self::Change,
        Self::Register,
        Self::AddFirm,
        Self::Hear,
        Self::Publish,
        Self::Hold,
        Self::Cancel,
        Self::Advise,
    ];
}

/// The state after a command, or `None` when the command makes no sense in that state.
pub fn next(state: State, command: Command) -> Option<State> {
    use Command as C;
    use State as S;
    match (state, command) {
        (S::Planned, C::Change | C::Register | C::AddFirm | C::Hear | C::Publish | C::Advise) => Some(S::Planned),
        (S::Planned, C::Hold) => Some(S::Held),
        (S::Planned, C::Cancel) => Some(S::Cancelled),
        // A company may ask after the fact, an answer may come late, and so may an opinion: the ledger stays open.
        (S::Held, C::AddFirm | C::Hear | C::Publish | C::Advise) => Some(S::Held),
        (S::Held, C::Change | C::Register | C::Hold | C::Cancel) => None,
        (S::Cancelled, _) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The table an organiser can review.
    #[test]
    fn the_life_of_a_showcase_is_this_table() {
        let mut table = String::new();
        for state in State::ALL {
            for command in Command::ALL {
                if let Some(after) = next(state, command) {
                    table.push_str(&format!(
                        "{:<10} {:<10} {}\n",
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
    fn nothing_moves_a_cancelled_showcase() {
        assert!(Command::ALL.into_iter().all(|command| next(State::Cancelled, command).is_none()));
    }
}
