//! The life of a measure, as one pure `match` over state and command.

use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// A proof, or an attestation, is expected.
    Open,
    /// It is expected and late; the ethics officer knows.
    Overdue,
    /// The owner gave a proof that nobody verified yet.
    ProofGiven,
    /// Somebody else than its owner saw that it is done.
    Verified,
    /// No longer asked, with a reason.
    Lifted,
}

impl State {
    pub const ALL: [Self; 5] = [Self::Open, Self::Overdue, Self::ProofGiven, Self::Verified, Self::Lifted];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Overdue => "overdue",
            Self::ProofGiven => "proof_given",
            Self::Verified => "verified",
            Self::Lifted => "lifted",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }

    /// Somebody still has to do something: its file stays open.
    pub fn is_live(self) -> bool {
        match self {
            Self::Open | Self::Overdue | Self::ProofGiven => true,
            Self::Verified | Self::Lifted => false,
        }
    }
}

/// What is expected while a measure is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Expected {
    /// A proof, from its owner.
    Proof,
    /// The supervisor's word that it still holds.
    Attestation,
}

/// What happens to a measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// The owner shows that it is done.
    GiveProof,
    /// The proof does not show it; the owner has more time.
    SendBack,
    /// The proof shows it.
    Verify,
    /// Its day is past.
    FallDue,
    /// A lasting measure comes back to the supervisor.
    AskAttestation,
    /// The supervisor says that it still holds.
    Attest,
    /// The supervisor says that it does not hold any more: the owner must show it again.
    Deny,
    /// Somebody else must carry it out, with time of their own.
    HandOn,
    /// It is no longer asked.
    Lift,
}

impl Command {
    pub const ALL: [Self; 9] = [
        Self::GiveProof,
        Self::SendBack,
        Self::Verify,
        Self::FallDue,
        Self::AskAttestation,
        Self::Attest,
        Self::Deny,
        Self::HandOn,
        Self::Lift,
    ];
}

/// The state after a command and what is expected then, or `None` when the command makes no sense.
pub fn next(state: State, expected: Expected, command: Command) -> Option<(State, Expected)> {
    use Command as C;
    use Expected as E;
    use State as S;
    match (state, expected, command) {
        (S::Open | S::Overdue, E::Proof, C::GiveProof) => Some((S::ProofGiven, E::Proof)),
        (S::ProofGiven, E::Proof, C::SendBack) => Some((S::Open, E::Proof)),
        (S::ProofGiven, E::Proof, C::Verify) => Some((S::Verified, E::Proof)),

        (S::Verified, _, C::AskAttestation) => Some((S::Open, E::Attestation)),
        (S::Open | S::Overdue, E::Attestation, C::Attest) => Some((S::Verified, E::Attestation)),
        (S::Open | S::Overdue, E::Attestation, C::Deny) => Some((S::Open, E::Proof)),

        // What is shown, or only confirmed, has nothing left to hand on.
        (S::Open | S::Overdue, E::Proof, C::HandOn) => Some((S::Open, E::Proof)),

        (S::Open, _, C::FallDue) => Some((S::Overdue, expected)),
        (S::Open | S::Overdue | S::ProofGiven | S::Verified, _, C::Lift) => Some((S::Lifted, expected)),

        (S::Open | S::Overdue | S::ProofGiven | S::Verified | S::Lifted, E::Proof | E::Attestation, _) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EXPECTED: [Expected; 2] = [Expected::Proof, Expected::Attestation];

    /// The table an ethics officer can review.
    #[test]
    fn the_life_of_a_measure_is_this_table() {
        let mut table = String::new();
        for state in State::ALL {
            for expected in EXPECTED {
                for command in Command::ALL {
                    if let Some((after, then)) = next(state, expected, command) {
                        table.push_str(&format!(
                            "{:<12} {:<12} {:<16} {:<12} {then:?}\n",
                            state.as_str(),
                            format!("{expected:?}"),
                            format!("{command:?}"),
                            after.as_str()
                        ));
                    }
                }
            }
        }
        insta::assert_snapshot!(table);
    }

    #[test]
    fn nothing_moves_a_lifted_measure() {
        for expected in EXPECTED {
            for command in Command::ALL {
                assert_eq!(next(State::Lifted, expected, command), None);
            }
        }
    }

    #[test]
    fn only_a_proof_given_is_verified() {
        for state in State::ALL {
            for expected in EXPECTED {
                let verified = next(state, expected, Command::Verify).is_some();
                assert_eq!(verified, state == State::ProofGiven && expected == Expected::Proof, "{state:?}");
            }
        }
    }

    #[test]
    fn a_live_measure_can_always_be_settled() {
        for state in State::ALL.into_iter().filter(|state| state.is_live()) {
            for expected in EXPECTED {
                assert_eq!(next(state, expected, Command::Lift).map(|(after, _)| after.is_live()), Some(false));
            }
        }
    }
}
