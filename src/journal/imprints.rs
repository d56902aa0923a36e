//! What an event leaves in the tables, for what is no file: the things that it touched, each with SHA-256 over its rows. A file
//! has where it stands beside each of its events (`declarations/standing.rs`); this is the same for the rest, and the tables are
//! held against the last imprint of each thing (`agreement/things.rs`).
//!
//! An event is recorded once its rows are written: what it leaves is read from them.

mod rows;

use serde::{Deserialize, Serialize};

use super::Event;
use crate::app::Tx;
use crate::error::Result;
use crate::random::sha256_hex;
use crate::retention;
use crate::retention::things::{self, ThingKind};

/// A kind of thing that has rows of its own. The names are those of the journal, for ever: add, never rename.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Register {
    /// People, units and who supervised whom, all at once: an import changes them together.
    Directory,
    Company,
    /// Handed to the State, with its trail.
    Object,
    Showcase,
    Passport,
    Precedent,
    /// The absences of a person.
    Absences,
    Hold,
    Incident,
    Campaign,
    Act,
    RetentionList,
    PolicyProposal,
    PolicyVersion,
    FormProposal,
    /// A version that was adopted, and the days it was put in force from.
    FormVersion,
    Comment,
    Rectification,
    /// What people found of a company in the registry of lobbyists.
    LobbyChecks,
    /// What an imported file brought about a declaration, and what was answered.
    CrossCheck,
    /// The opinion on a request for advice.
    Opinion,
    /// Who decided a file outside of the organisation.
    OutsideDecisions,
    PassportLink,
    /// Of their interests, asked of a person.
    Confirmations,
    /// What a person proves who they are with.
    Credentials,
    /// Addresses of the calendar of a person.
    CalendarFeeds,
}

impl Register {
    pub const ALL: [Self; 26] = [
        Self::Directory,
        Self::Company,
        Self::Object,
        Self::Showcase,
        Self::Passport,
        Self::Precedent,
        Self::Absences,
        Self::Hold,
        Self::Incident,
        Self::Campaign,
        Self::Act,
        Self::RetentionList,
        Self::PolicyProposal,
        Self::PolicyVersion,
        Self::FormProposal,
        Self::FormVersion,
        Self::Comment,
        Self::Rectification,
        Self::LobbyChecks,
        Self::CrossCheck,
        Self::Opinion,
        Self::OutsideDecisions,
        Self::PassportLink,
        Self::Confirmations,
        Self::Credentials,
        Self::CalendarFeeds,
    ];

    /// Fluent key of its name.
    pub fn name_key(self) -> &'static str {
        match self {
            Self::Directory => "imprint-directory",
            Self::Company => "imprint-company",
            Self::Object => "imprint-object",
            Self::Showcase => "imprint-showcase",
            Self::Passport => "imprint-passport",
            Self::Precedent => "imprint-precedent",
            Self::Absences => "imprint-absences",
            Self::Hold => "imprint-hold",
            Self::Incident => "imprint-incident",
            Self::Campaign => "imprint-campaign",
            Self::Act => "imprint-act",
            Self::RetentionList => "imprint-retention-list",
            Self::PolicyProposal => "imprint-policy-proposal",
            Self::PolicyVersion => "imprint-policy-version",
            Self::FormProposal => "imprint-form-proposal",
            Self::FormVersion => "imprint-form-version",
            Self::Comment => "imprint-comment",
            Self::Rectification => "imprint-rectification",
            Self::LobbyChecks => "imprint-lobby-checks",
            Self::CrossCheck => "imprint-cross-check",
            Self::Opinion => "imprint-opinion",
            Self::OutsideDecisions => "imprint-outside-decisions",
            Self::PassportLink => "imprint-passport-link",
            Self::Confirmations => "imprint-confirmations",
            Self::Credentials => "imprint-credentials",
            Self::CalendarFeeds => "imprint-calendar-feeds",
        }
    }
}

/// One thing of a register.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Thing {
    pub register: Register,
    /// Its number or reference.
    pub key: String,
}

impl Thing {
    fn new(register: Register, key: impl ToString) -> Self {
        Self { register, key: key.to_string() }
    }

    /// Key of a row, for things that have no other.
    fn id(&self) -> i64 {
        self.key.parse().unwrap_or_default()
    }
}

/// A thing as an event left it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Imprint {
    #[serde(flatten)]
    pub thing: Thing,
    /// SHA-256 of its rows; nothing when the event took them away.
    pub rows: String,
}

/// Every imprint that an event leaves, about a file or not.
///
/// # Errors
/// The database does not answer.
pub fn of(tx: &mut Tx<'_>, declaration: Option<i64>, event: &Event) -> Result<Vec<Imprint>> {
    let mut left = Vec::new();
    let mut things = touched(declaration, event);
    // Of all the people of a list, once: the directory is one thing, read whole.
    if let Event::RetentionCarriedOut { list, .. } = event
        && retention::store::has_people(tx, *list)?
    {
        things.push(Thing::new(Register::Directory, rows::DIRECTORY));
    }
    for thing in things {
        let rows = now(tx, &thing)?.unwrap_or_default();
        left.push(Imprint { thing, rows });
    }
    Ok(left)
}

/// Of the rows of a thing as they are; nothing when it has none.
///
/// # Errors
/// As for [`of`].
pub fn now(tx: &mut Tx<'_>, thing: &Thing) -> Result<Option<String>> {
    Ok(rows::of(tx, thing)?.map(|rows| sha256_hex(rows.to_string().as_bytes())))
}

/// Every thing of a register that an event must have told.
///
/// # Errors
/// As for [`of`].
pub fn every(tx: &mut Tx<'_>, register: Register) -> Result<Vec<Thing>> {
    Ok(rows::keys(tx, register)?.into_iter().map(|key| Thing { register, key }).collect())
}

/// What an event changes besides the row of its file. Exhaustive: whoever adds an event says here what it leaves.
fn touched(declaration: Option<i64>, event: &Event) -> Vec<Thing> {
    use Register as R;
    let of_file = |register| declaration.map(|id| Thing::new(register, id)).into_iter().collect();
    let thing = match event {
        Event::DirectoryImported { .. } => Thing::new(R::Directory, rows::DIRECTORY),
        Event::CompanyAdded { company }
        | Event::CompaniesMerged { company, .. }
        | Event::CompaniesSeparated { company, .. }
        | Event::CompanyGrouped { company, .. }
        | Event::CompanyUngrouped { company, .. } => Thing::new(R::Company, company),
        Event::LobbyChecked { company, .. } => Thing::new(R::LobbyChecks, company),
        Event::ObjectExpected { number } | Event::ObjectCancelled { number } | Event::ObjectMoved { number, .. } => {
            Thing::new(R::Object, number)
        }
        Event::ShowcasePlanned { reference, .. }
        | Event::ShowcaseChanged { reference, .. }
        | Event::ShowcaseHeld { reference, .. }
        | Event::ShowcaseCancelled { reference, .. }
        | Event::FirmAdded { reference, .. }
        | Event::FirmHeard { reference, .. }
        | Event::AnswerPublished { reference, .. }
        | Event::Registered { reference, .. }
        | Event::RegistrationCancelled { reference, .. }
        | Event::MonitorConsulted { reference, .. }
        | Event::MonitorAdvised { reference, .. } => Thing::new(R::Showcase, reference),
        Event::PassportRuled { reference, .. } => Thing::new(R::Passport, reference),
        Event::PassportLinked { .. } | Event::PassportUnlinked { .. } => return of_file(R::PassportLink),
        Event::PrecedentPublished { precedent, .. } | Event::PrecedentWithdrawn { precedent } => {
            Thing::new(R::Precedent, precedent)
        }
        Event::AbsenceSet { person, .. } | Event::AbsenceEnded { person, .. } => Thing::new(R::Absences, person),
        Event::ConfirmationAsked { person, .. } | Event::ConfirmationGiven { person, .. } => {
            Thing::new(R::Confirmations, person)
        }
        Event::AccountOpened { person }
        | Event::AccountSuspended { person, .. }
        | Event::AccountRestored { person }
        | Event::SecondFactorSet { person }
        | Event::SecondFactorRemoved { person }
        | Event::PasskeyAdded { person }
        | Event::PasskeyRemoved { person }
        | Event::RecoveryCodesMade { person }
        | Event::RecoveryCodeUsed { person, .. } => Thing::new(R::Credentials, person),
        Event::CalendarFeedOpened { person } | Event::CalendarFeedClosed { person } => {
            Thing::new(R::CalendarFeeds, person)
        }
        Event::HoldPlaced { hold, .. } | Event::HoldLifted { hold } => Thing::new(R::Hold, hold),
        Event::IncidentRecorded { number, .. } => Thing::new(R::Incident, number),
        Event::CampaignOpened { campaign, .. }
        | Event::CampaignExcepted { campaign, .. }
        | Event::CampaignAskedAgain { campaign, .. }
        | Event::CampaignClosed { campaign, .. } => Thing::new(R::Campaign, campaign),
        Event::ActAsked { request, .. }
        | Event::ActApproved { request, .. }
        | Event::ActRefused { request, .. }
        | Event::ActWithdrawn { request }
        | Event::ActWordsDestroyed { request } => Thing::new(R::Act, request),
        Event::RetentionListed { list, .. }
        | Event::RetentionDropped { list }
        | Event::RetentionCarriedOut { list, .. } => Thing::new(R::RetentionList, list),
        Event::FileDestroyed { list, reference, kind, .. } => {
            let mut left = vec![Thing::new(R::RetentionList, list)];
            left.extend(gone(kind, reference));
            return left;
        }
        Event::PolicyProposed { proposal, .. }
        | Event::PolicyRefused { proposal, .. }
        | Event::PolicyWithdrawn { proposal }
        | Event::PolicyReopened { proposal } => Thing::new(R::PolicyProposal, proposal),
        Event::PolicyAdopted { proposal, policy_version, .. } => {
            return vec![Thing::new(R::PolicyProposal, proposal), Thing::new(R::PolicyVersion, policy_version)];
        }
        Event::FormProposed { proposal, .. }
        | Event::FormRefused { proposal, .. }
        | Event::FormWithdrawn { proposal }
        | Event::FormReopened { proposal } => Thing::new(R::FormProposal, proposal),
        Event::FormAdopted { proposal, kind_version, .. } => {
            return vec![Thing::new(R::FormProposal, proposal), Thing::new(R::FormVersion, kind_version)];
        }
        Event::Commented { comment, .. } => Thing::new(R::Comment, comment),
        Event::RectificationAsked { rectification, .. }
        | Event::RectificationExtended { rectification, .. }
        | Event::RectificationAnswered { rectification, .. } => Thing::new(R::Rectification, rectification),
        Event::CrossChecked { crosscheck, .. }
        | Event::CrossCheckLifted { crosscheck, .. }
        | Event::CrossCheckAnswered { crosscheck, .. } => Thing::new(R::CrossCheck, crosscheck),
        Event::AdviceGiven { .. } => return of_file(R::Opinion),
        Event::DecidedOutside { .. } => return of_file(R::OutsideDecisions),
        // Where the file stands says the rest; roles and tokens are told one by one (`agreement/powers.rs`); what was only read
        // or sent leaves nothing.
        Event::Submitted(_)
        | Event::Corrected(_)
        | Event::Withdrawn { .. }
        | Event::TakenUp
        | Event::InformationRequested { .. }
        | Event::InformationProvided { .. }
        | Event::QuestionSetAside { .. }
        | Event::Referred { .. }
        | Event::OpinionGiven { .. }
        | Event::SentBack { .. }
        | Event::Decided { .. }
        | Event::DecidedAutomatically { .. }
        | Event::HumanReviewAsked { .. }
        | Event::Completed { .. }
        | Event::Closed { .. }
        | Event::Acknowledged
        | Event::Reassigned { .. }
        | Event::Escalated { .. }
        | Event::Reminded { .. }
        | Event::AttachmentAdded { .. }
        | Event::AttachmentRemoved { .. }
        | Event::AttachmentCleared { .. }
        | Event::AttachmentInfected { .. }
        | Event::PrecedentDeparted { .. }
        | Event::RoleGranted { .. }
        | Event::RoleEnded { .. }
        | Event::SignedIn { .. }
        | Event::SignInRefused { .. }
        | Event::SignedOut { .. }
        | Event::ClockMoved { .. }
        | Event::RegisterDiffers { .. }
        | Event::BackupTaken { .. }
        | Event::Restored { .. }
        | Event::ReadingsSealed { .. }
        | Event::SessionsClosed { .. }
        | Event::TokenCreated { .. }
        | Event::TokenRevoked { .. }
        | Event::Exported { .. }
        | Event::Reported { .. }
        | Event::LetterResent { .. }
        | Event::UnusualReadings { .. }
        | Event::UnusualReadingsExplained { .. }
        | Event::DataKeysRewrapped { .. }
        | Event::KindLoaded { .. }
        | Event::PolicyLoaded { .. }
        | Event::SettingsLoaded { .. }
        | Event::MeasureOrdered { .. }
        | Event::MeasureProved { .. }
        | Event::MeasureSentBack { .. }
        | Event::MeasureVerified { .. }
        | Event::MeasureAttestationAsked { .. }
        | Event::MeasureAttested { .. }
        | Event::MeasureDenied { .. }
        | Event::MeasureOverdue { .. }
        | Event::MeasureHandedOn { .. }
        | Event::MeasureLifted { .. }
        | Event::DecisionUndone { .. }
        | Event::Rerouted { .. }
        | Event::DirectionSought { .. }
        | Event::Contested { .. }
        | Event::Released { .. }
        | Event::LettersChosen { .. }
        | Event::Imported { .. }
        | Event::ClearanceGiven { .. } => return Vec::new(),
    };
    vec![thing]
}

/// What is left of a thing once it is destroyed: of most nothing, of a person a number in the directory, which the end of the list
/// tells. A file has imprints of its own, and their events go with it.
fn gone(kind: &str, reference: &str) -> Vec<Thing> {
    match ThingKind::parse(kind) {
        None | Some(ThingKind::Clearance) => Vec::new(),
        Some(ThingKind::Showcase) => vec![Thing::new(Register::Showcase, reference)],
        Some(ThingKind::Passport) => vec![Thing::new(Register::Passport, reference)],
        Some(ThingKind::Incident) => vec![Thing::new(Register::Incident, reference)],
        Some(ThingKind::Person) => {
            let id = things::person_of(reference).unwrap_or_default();
            let own = [Register::Absences, Register::Confirmations, Register::Credentials, Register::CalendarFeeds];
            own.map(|register| Thing::new(register, id)).into()
        }
    }
}
