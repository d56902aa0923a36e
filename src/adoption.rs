//! A change that one person writes and another adopts: the rules (`policy`) and the forms (`forms`) are changed so. Who may
//! do what with a proposal, the words of its author and of whoever decides, and its moves in its table.

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use crate::access::Actor;
use crate::app::Tx;
use crate::clock::{Instant, local_date};
use crate::declarations::actions::clean;
use crate::error::{Error, FieldError, Result};
use crate::formats;
use crate::people::{PersonId, store};
use crate::text::Language;
use crate::texts::{Arg, say};

/// Longest note or reason, in characters.
pub const LONGEST_NOTE: usize = 2000;

/// Where a proposal stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    Draft,
    Submitted,
    Adopted,
    Refused,
    Withdrawn,
}

impl State {
    pub const ALL: [Self; 5] = [Self::Draft, Self::Submitted, Self::Adopted, Self::Refused, Self::Withdrawn];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Submitted => "submitted",
            Self::Adopted => "adopted",
            Self::Refused => "refused",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// A word of the database; what it does not know waits for nobody.
    pub fn parse(text: &str) -> Self {
        Self::ALL.into_iter().find(|state| state.as_str() == text).unwrap_or(Self::Withdrawn)
    }

    pub fn is_open(self) -> bool {
        matches!(self, Self::Draft | Self::Submitted)
    }

    /// As people read it.
    pub fn label(self, language: Language) -> String {
        say(language, &format!("policy-state-{}", self.as_str()), &[])
    }
}

/// What every proposal has, whatever it changes.
#[derive(Debug, Clone, Copy)]
pub struct Standing<'p> {
    pub state: State,
    /// Of what was read: two people at once do not write over each other.
    pub version: i32,
    pub note: &'p str,
    pub proposed_by: PersonId,
    pub proposed_at: Instant,
    /// While it waits for somebody else, when it was submitted.
    pub changed_at: Instant,
    pub decided_by: Option<PersonId>,
    pub decided_at: Option<Instant>,
}

impl Standing<'_> {
    /// Until when somebody else can adopt or refuse it: longer than any act of two people waits, as there is more to read
    /// (`acts.adoption_hours`).
    pub fn expires_at(&self, tx: &Tx<'_>) -> Option<Instant> {
        let term = TimeDelta::hours(tx.book.config.acts.adoption_hours);
        (self.state == State::Submitted).then(|| self.changed_at + term)
    }

    /// Nobody answered in time: it is its author's again, to change, submit or take back.
    pub fn is_over(&self, tx: &Tx<'_>) -> bool {
        self.expires_at(tx).is_some_and(|until| tx.now() >= until)
    }

    /// Its author may change it now.
    pub fn is_writable(&self, tx: &Tx<'_>) -> bool {
        self.state == State::Draft || self.is_over(tx)
    }

    /// Somebody else may adopt or refuse it now.
    pub fn waits(&self, tx: &Tx<'_>) -> bool {
        self.state == State::Submitted && !self.is_over(tx)
    }

    /// Its state in one word, and as people read it.
    pub fn shown(&self, tx: &Tx<'_>, language: Language) -> (&'static str, String) {
        if self.is_over(tx) {
            return (State::Withdrawn.as_str(), say(language, "policy-state-over", &[]));
        }
        (self.state.as_str(), self.state.label(language))
    }

    /// Until when it can be adopted, or that this time is over, as a sentence.
    pub fn deadline(&self, tx: &Tx<'_>, language: Language) -> Option<String> {
        let until = self.expires_at(tx)?;
        let key = if self.is_over(tx) { "policy-over-since" } else { "policy-until" };
        let date = formats::format_datetime(until, tx.zone(), language);
        Some(say(language, key, &[("date", Arg::from(date))]))
    }

    /// A draft, or what nobody answered in time, for its author who changes what they read.
    ///
    /// # Errors
    /// Somebody else's, not theirs to change, or changed since.
    pub fn is_written_by(&self, tx: &Tx<'_>, actor: &Actor, version: i32) -> Result<()> {
        match () {
            () if self.proposed_by != actor.person => Err(Error::NotAllowed),
            () if !self.is_writable(tx) => Err(Error::NotPossible("not-possible-policy-decided")),
            () if self.version != version => Err(Error::Stale),
            () => Ok(()),
        }
    }

    /// Submitted not too long ago, for somebody who adopts and did not write it.
    ///
    /// # Errors
    /// One's own, not submitted, waited too long, or changed since.
    pub fn is_decided_by(&self, tx: &Tx<'_>, actor: &Actor, version: i32) -> Result<()> {
        match () {
            () if self.proposed_by == actor.person => Err(Error::NotPossible("not-possible-policy-own")),
            () if self.state != State::Submitted => Err(Error::NotPossible("not-possible-policy-decided")),
            () if self.is_over(tx) => Err(Error::NotPossible("not-possible-policy-over")),
            () if self.version != version => Err(Error::Stale),
            () => Ok(()),
        }
    }

    /// Still open, for its author who takes it back.
    ///
    /// # Errors
    /// Somebody else's, decided, or changed since.
    pub fn is_taken_back_by(&self, actor: &Actor, version: i32) -> Result<()> {
        match () {
            () if self.proposed_by != actor.person => Err(Error::NotAllowed),
            () if !self.state.is_open() => Err(Error::NotPossible("not-possible-policy-decided")),
            () if self.version != version => Err(Error::Stale),
            () => Ok(()),
        }
    }

    /// Who decided and when, as a sentence.
    ///
    /// # Errors
    /// The database does not answer.
    pub fn decided(&self, tx: &mut Tx<'_>, language: Language) -> Result<Option<String>> {
        let (Some(by), Some(at)) = (self.decided_by, self.decided_at) else { return Ok(None) };
        let on = formats::format_date_long(local_date(at, tx.zone()), language);
        let who = store::find(tx, by)?.name();
        let args = [("who", Arg::from(who.as_str())), ("date", Arg::from(on.as_str()))];
        Ok(Some(say(language, "policy-decided-by", &args)))
    }

    /// Its line in a list.
    ///
    /// # Errors
    /// The database does not answer.
    pub fn line(&self, tx: &mut Tx<'_>, href: String, language: Language) -> Result<ProposalLine> {
        let (state, state_label) = self.shown(tx, language);
        Ok(ProposalLine {
            href,
            who: store::find(tx, self.proposed_by)?.name(),
            on: formats::format_date_long(local_date(self.proposed_at, tx.zone()), language),
            state,
            state_label,
            note: self.note.to_owned(),
        })
    }
}

/// A proposal in a list.
#[derive(Debug, Serialize)]
pub struct ProposalLine {
    href: String,
    who: String,
    on: String,
    state: &'static str,
    state_label: String,
    note: String,
}

/// Why a change is proposed, as it is kept.
///
/// # Errors
/// It is too long.
pub fn note(text: &str) -> Result<String> {
    let note = clean(text);
    if note.chars().count() > LONGEST_NOTE {
        return Err(Error::Invalid(vec![FieldError::with("note", "error-too-long", LONGEST_NOTE)]));
    }
    Ok(note)
}

/// Why a change is refused, as it is kept.
///
/// # Errors
/// It is empty or too long.
pub fn reason(text: &str) -> Result<String> {
    let reason = clean(text);
    if reason.is_empty() {
        return Err(Error::field("reason", "error-reason"));
    }
    if reason.chars().count() > LONGEST_NOTE {
        return Err(Error::Invalid(vec![FieldError::with("reason", "error-too-long", LONGEST_NOTE)]));
    }
    Ok(reason)
}

/// What a button of a proposal sends.
#[derive(Debug, Deserialize)]
pub struct Act {
    pub version: i32,
    #[serde(default)]
    pub reason: String,
}

/// What the proposals of rules and those of forms do in the same way, each over its own table: they are found, opened to whoever may write
/// or decide, refused, taken back and moved. `became` is the column of what an adopted one becomes; then come who may propose and who
/// adopts, the events of a refusal and of a withdrawal, and the letter of a refusal.
macro_rules! moves {
    (
        $table:ident, became $became:ident, by $propose:ident and $adopt:ident,
        $refused:ident ($letter:literal), $withdrawn:ident
    ) => {
        impl Proposal {
            pub fn state(&self) -> State {
                State::parse(&self.state_name)
            }

            pub fn standing(&self) -> Standing<'_> {
                Standing {
                    state: self.state(),
                    version: self.version,
                    note: &self.note,
                    proposed_by: self.proposed_by,
                    proposed_at: self.proposed_at,
                    changed_at: self.changed_at,
                    decided_by: self.decided_by,
                    decided_at: self.decided_at,
                }
            }
        }

        pub fn find(tx: &mut Tx<'_>, id: i64) -> Result<Proposal> {
            let found = $table::table.find(id).select(Proposal::as_select()).first(tx.conn).optional()?;
            found.ok_or(Error::NotFound)
        }

        /// A draft, or what nobody answered in time, for its author who changes what they read.
        pub fn of_author(tx: &mut Tx<'_>, actor: &Actor, id: i64, version: i32) -> Result<Proposal> {
            require_page(&tx.book.access, actor, PageAction::$propose)?;
            let proposal = find(tx, id)?;
            proposal.standing().is_written_by(tx, actor, version)?;
            Ok(proposal)
        }

        /// A proposal submitted, for somebody who adopts and did not write it.
        fn to_decide(tx: &mut Tx<'_>, actor: &Actor, id: i64, version: i32) -> Result<Proposal> {
            require_page(&tx.book.access, actor, PageAction::$adopt)?;
            let proposal = find(tx, id)?;
            proposal.standing().is_decided_by(tx, actor, version)?;
            Ok(proposal)
        }

        /// Somebody else than its author says no, and why.
        pub fn refuse(tx: &mut Tx<'_>, actor: &Actor, id: i64, version: i32, reason: &str) -> Result<Proposal> {
            let proposal = to_decide(tx, actor, id, version)?;
            let reason = adoption::reason(reason)?;
            decide(tx, &proposal, actor.person, State::Refused, Some(&reason), None)?;
            journal::record(tx, Some(actor.person), None, &Event::$refused { proposal: id, reason })?;
            mail::decided(tx, &proposal, $letter, None)?;
            find(tx, id)
        }

        /// Its author takes it back.
        pub fn withdraw(tx: &mut Tx<'_>, actor: &Actor, id: i64, version: i32) -> Result<Proposal> {
            require_page(&tx.book.access, actor, PageAction::$propose)?;
            let proposal = find(tx, id)?;
            proposal.standing().is_taken_back_by(actor, version)?;
            move_to(tx, &proposal, State::Withdrawn)?;
            journal::record(tx, Some(actor.person), None, &Event::$withdrawn { proposal: id })?;
            find(tx, id)
        }

        fn move_to(tx: &mut Tx<'_>, proposal: &Proposal, state: State) -> Result<()> {
            let now = tx.now();
            let row = $table::table.find(proposal.id).filter($table::version.eq(proposal.version));
            let moved = diesel::update(row)
                .set((
                    $table::state.eq(state.as_str()),
                    $table::version.eq(proposal.version + 1),
                    $table::changed_at.eq(now),
                ))
                .execute(tx.conn)?;
            if moved == 1 { Ok(()) } else { Err(Error::Stale) }
        }

        fn decide(
            tx: &mut Tx<'_>,
            proposal: &Proposal,
            by: PersonId,
            state: State,
            reason: Option<&str>,
            became: Option<i64>,
        ) -> Result<()> {
            move_to(tx, proposal, state)?;
            let now = tx.now();
            diesel::update($table::table.find(proposal.id))
                .set((
                    $table::decided_by.eq(by),
                    $table::decided_at.eq(now),
                    $table::reason.eq(reason),
                    $table::$became.eq(became),
                ))
                .execute(tx.conn)?;
            Ok(())
        }
    };
}
pub(crate) use moves;
