//! What can happen, in the past tense.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use strum::{IntoStaticStr, VariantNames};

use crate::acts::Act;
use crate::comments::Audience;
use crate::companies::CompanyId;
use crate::declarations::answers::Answers;
use crate::people::{PersonId, UnitId};
use crate::policy::rules::Finding;
use crate::retention::things::ThingKind;

/// One event and its facts. The names are those of the journal, for ever: add, never rename.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, IntoStaticStr, VariantNames)]
#[serde(tag = "event", content = "data", rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Event {
    // declarations
    Submitted(Filed),
    Corrected(Filed),
    Withdrawn {
        reason: String,
    },
    TakenUp,
    InformationRequested {
        question: String,
        due_on: NaiveDate,
    },
    InformationProvided {
        answer: String,
    },
    /// Whoever asked goes on without the answer.
    QuestionSetAside {
        reason: String,
    },
    /// To the ethics officer.
    Referred {
        reason: String,
        due_on: NaiveDate,
    },
    OpinionGiven {
        opinion: String,
    },
    SentBack {
        opinion: String,
        holder: Option<PersonId>,
        due_on: NaiveDate,
    },
    Decided {
        outcome: String,
        reason: String,
        measures: Vec<String>,
        revision: i32,
        /// In whose place the actor decided.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        on_behalf_of: Option<PersonId>,
    },
    /// A rule decided alone, in the place of the supervisor.
    DecidedAutomatically {
        outcome: String,
        rule: String,
        policy: NaiveDate,
        inputs: BTreeMap<String, serde_json::Value>,
        reason: String,
        revision: i32,
    },
    /// The person or the supervisor wants somebody to look at it.
    HumanReviewAsked {
        note: String,
    },
    Completed {
        answers: Answers,
        /// What the rules see in what was told, and did not see before.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        findings: Vec<Finding>,
    },
    Closed {
        note: String,
    },
    /// « J’ai lu »: what was told after the decision, or, from whom it is asked, what the decision asks.
    Acknowledged,
    Reassigned {
        from: Option<PersonId>,
        to: PersonId,
        reason: String,
    },
    Escalated {
        days_late: i64,
    },
    Reminded {
        step: String,
        to: PersonId,
    },
    AttachmentAdded {
        name: String,
        sha256: String,
        size: i64,
    },
    AttachmentRemoved {
        name: String,
        sha256: String,
    },
    /// The antivirus, asked again, found nothing.
    AttachmentCleared {
        name: String,
        sha256: String,
    },
    /// The antivirus found something after the file was received: its content is deleted.
    AttachmentInfected {
        name: String,
        sha256: String,
    },
    /// The structured opinion on a request for advice.
    AdviceGiven {
        facts: String,
        norms: String,
        analysis: String,
        recommendation: String,
    },
    /// An opinion departs from a precedent that was proposed; the reason stays with the file, for the ethics office.
    PrecedentDeparted {
        precedent: i64,
        reason: String,
    },
    // people
    DirectoryImported {
        file: String,
        sha256: String,
        added: usize,
        changed: usize,
        departed: usize,
    },
    RoleGranted {
        person: PersonId,
        role: String,
        since: NaiveDate,
        until: Option<NaiveDate>,
    },
    RoleEnded {
        person: PersonId,
        role: String,
        until: NaiveDate,
    },
    AccountOpened {
        person: PersonId,
    },
    AccountSuspended {
        person: PersonId,
        reason: String,
    },
    AccountRestored {
        person: PersonId,
    },
    SignedIn {
        person: PersonId,
    },
    SignInRefused {
        reason: String,
    },
    SignedOut {
        person: PersonId,
    },
    /// The clock of the machine went back, or ahead of what the processor counted: by how much when it was seen.
    ClockMoved {
        seconds: i64,
    },
    /// The tables were held against the journal and do not say the same.
    RegisterDiffers {
        differences: i64,
    },
    /// A copy of the whole register was made.
    BackupTaken {
        file: String,
        size: i64,
    },
    /// The register was put back from a copy of `size` events; a witness had seen `lost` more.
    Restored {
        size: i64,
        lost: i64,
    },
    /// A confidentiality incident, or a correction of one; its words are in its register.
    IncidentRecorded {
        number: String,
        version: i32,
        serious: bool,
    },
    /// Files are kept whatever the schedule says. Of a file, the event is about it.
    HoldPlaced {
        hold: i64,
        person: Option<PersonId>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        company: Option<CompanyId>,
        /// Reference of what is no file.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        thing: Option<String>,
        reason: String,
    },
    HoldLifted {
        hold: i64,
    },
    /// What the retention schedule gives up, to be looked at.
    RetentionListed {
        list: i64,
        files: usize,
    },
    RetentionDropped {
        list: i64,
    },
    /// The certificate of one file, or of one thing that is no file: which, under which rule, and what of the journal lost its words.
    /// Nothing of a person.
    FileDestroyed {
        list: i64,
        reference: String,
        kind: String,
        rule: String,
        /// Of the rule in the schedule of the organisation.
        number: String,
        ended_on: NaiveDate,
        due_on: NaiveDate,
        /// Numbers of its events, whose hashes stay in the tree.
        events: Vec<i64>,
        /// Over the number of each, its hash in the tree and in the chain (`store.rs`).
        hashes: String,
    },
    RetentionCarriedOut {
        list: i64,
        files: usize,
        /// Of the schedule, by the archives.
        approval: String,
        asked_by: PersonId,
        approved_by: PersonId,
    },
    /// One person asks for an act that another must approve.
    ActAsked {
        request: i64,
        act: Act,
        reason: String,
    },
    ActApproved {
        request: i64,
        asked_by: PersonId,
    },
    ActRefused {
        request: i64,
        asked_by: PersonId,
        reason: String,
    },
    ActWithdrawn {
        request: i64,
    },
    /// The words of a request to read a file in an emergency went with that file.
    ActWordsDestroyed {
        request: i64,
    },
    /// Codes of a telephone are asked of this person from now on.
    SecondFactorSet {
        person: PersonId,
    },
    SecondFactorRemoved {
        person: PersonId,
    },
    /// The rows of the access log from one number to another, and their hash with a nonce; `again` once some were destroyed with
    /// their file.
    ReadingsSealed {
        first: i64,
        last: i64,
        rows: i64,
        hash: String,
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        again: bool,
    },
    RecoveryCodesMade {
        person: PersonId,
    },
    /// A code on paper was taken in place of one of the telephone.
    RecoveryCodeUsed {
        person: PersonId,
        left: i64,
    },
    PasskeyAdded {
        person: PersonId,
    },
    PasskeyRemoved {
        person: PersonId,
    },
    /// A person ended sessions of theirs from another.
    SessionsClosed {
        person: PersonId,
        count: usize,
    },
    TokenCreated {
        person: PersonId,
        name: String,
        scope: String,
        /// Of a token of 256 bits drawn at random: it gives nothing of it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        hash: Option<String>,
        /// For how many days it opens something.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        days: Option<i64>,
    },
    TokenRevoked {
        person: PersonId,
        name: String,
    },
    // library
    PrecedentPublished {
        precedent: i64,
        title: String,
    },
    PrecedentWithdrawn {
        precedent: i64,
    },
    // the policy
    PolicyProposed {
        proposal: i64,
        note: String,
    },
    PolicyAdopted {
        proposal: i64,
        policy_version: i64,
        effective: NaiveDate,
    },
    PolicyRefused {
        proposal: i64,
        reason: String,
    },
    PolicyWithdrawn {
        proposal: i64,
    },
    /// Nobody answered in time: its author changes it again, as a draft.
    PolicyReopened {
        proposal: i64,
    },
    // the forms
    FormProposed {
        proposal: i64,
        kind: String,
        note: String,
    },
    FormAdopted {
        proposal: i64,
        kind: String,
        kind_version: i64,
        effective: NaiveDate,
    },
    FormRefused {
        proposal: i64,
        reason: String,
    },
    FormWithdrawn {
        proposal: i64,
    },
    /// As of the policy.
    FormReopened {
        proposal: i64,
    },
    // reading out
    Exported {
        what: String,
        rows: i64,
        filter: String,
    },
    Reported {
        from: NaiveDate,
        to: NaiveDate,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        unit: Option<UnitId>,
        rows: i64,
        sha256: String,
        /// The file that was taken away, when it was one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        file: Option<ReportFile>,
    },
    // letters
    LetterResent {
        letter: i64,
    },
    // campaigns
    CampaignOpened {
        campaign: i64,
        label: String,
        people: usize,
        due_on: NaiveDate,
    },
    /// People whom a campaign does not ask; why is in its table, and goes with it.
    CampaignExcepted {
        campaign: i64,
        people: Vec<PersonId>,
    },
    /// Asked after all.
    CampaignAskedAgain {
        campaign: i64,
        person: PersonId,
    },
    CampaignClosed {
        campaign: i64,
        done: i64,
        people: i64,
    },
    // readings
    UnusualReadings {
        person: PersonId,
        files: i32,
        refused: i32,
        /// Files carried by exports.
        #[serde(default, skip_serializing_if = "is_zero")]
        exported: i64,
    },
    UnusualReadingsExplained {
        person: PersonId,
        day: NaiveDate,
        note: String,
    },
    // sealing
    /// Keys of files are wrapped by another master key from now on.
    DataKeysRewrapped {
        /// Id of the master key.
        key: String,
        files: usize,
        /// The act of two people that allowed it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        request: Option<i64>,
    },
    // in force
    KindLoaded {
        kind: String,
        hash: String,
    },
    PolicyLoaded {
        effective: NaiveDate,
        hash: String,
    },
    SettingsLoaded {
        hash: String,
    },
    // people and declarations
    // measures
    MeasureOrdered {
        measure: i64,
        number: i32,
        text: String,
        owner: PersonId,
        evidence: String,
        due_on: NaiveDate,
        every_months: Option<i32>,
    },
    MeasureProved {
        measure: i64,
        number: i32,
        proof: String,
        /// SHA-256 of the files joined.
        files: Vec<String>,
    },
    MeasureSentBack {
        measure: i64,
        number: i32,
        reason: String,
        due_on: NaiveDate,
    },
    MeasureVerified {
        measure: i64,
        number: i32,
        note: String,
        /// Day of the next attestation.
        next_on: Option<NaiveDate>,
    },
    MeasureAttestationAsked {
        measure: i64,
        number: i32,
        due_on: NaiveDate,
    },
    MeasureAttested {
        measure: i64,
        number: i32,
        note: String,
        next_on: Option<NaiveDate>,
    },
    /// A lasting measure does not hold any more.
    MeasureDenied {
        measure: i64,
        number: i32,
        reason: String,
        due_on: NaiveDate,
    },
    MeasureOverdue {
        measure: i64,
        number: i32,
        days_late: i64,
    },
    /// Somebody else carries it out from now on.
    MeasureHandedOn {
        measure: i64,
        number: i32,
        from: PersonId,
        to: PersonId,
        reason: String,
        due_on: NaiveDate,
    },
    MeasureLifted {
        measure: i64,
        number: i32,
        reason: String,
    },
    /// Taken back by whoever took it with others, before anybody was told.
    DecisionUndone {
        outcome: String,
    },
    // objects handed to the State
    ObjectExpected {
        number: String,
    },
    ObjectCancelled {
        number: String,
    },
    /// One step of the custody trail.
    ObjectMoved {
        number: String,
        step: String,
        on: NaiveDate,
        place: String,
        person: String,
        note: String,
    },
    // people and declarations, later
    /// The chart changed while the file was open: it went to whoever decides from now on. `why` is a Fluent key.
    Rerouted {
        from: Option<PersonId>,
        to: Option<PersonId>,
        office: Option<String>,
        why: String,
    },
    /// Decided outside the organisation; the actor is who recorded it.
    DecidedOutside {
        authority: String,
        decided_on: NaiveDate,
        document: String,
        outcome: String,
        reason: String,
        measures: Vec<String>,
        revision: i32,
    },
    /// The deputy minister is asked for a direction.
    DirectionSought {
        reason: String,
        due_on: Option<NaiveDate>,
    },
    /// The declarant contests the decision before the deputy minister.
    Contested {
        reason: String,
        due_on: Option<NaiveDate>,
    },
    /// Somebody wrote about the file; the words are with whoever may read them.
    Commented {
        comment: i64,
        audience: Audience,
        field: Option<String>,
        mentions: Vec<PersonId>,
        /// Of the text as it is kept, encrypted.
        sha256: String,
    },
    /// A file from outside, or a look at the registry of lobbyists, brought something about the company.
    CrossChecked {
        crosscheck: i64,
        rule: String,
        /// `tender`, `contract`, `amended`, `listed` or `look`.
        what: String,
    },
    /// A look at the registry of lobbyists answered what a rule had found.
    CrossCheckLifted {
        crosscheck: i64,
        rule: String,
    },
    /// The person it is about says that something in the file is wrong; the words are with whoever may read the file.
    RectificationAsked {
        rectification: i64,
        field: Option<String>,
        /// Of the text as it is kept, encrypted.
        sha256: String,
    },
    /// More time is taken to answer, with a reason that the person reads.
    RectificationExtended {
        rectification: i64,
        request: i64,
        /// The last day to answer.
        due: NaiveDate,
        sha256: String,
    },
    RectificationAnswered {
        rectification: i64,
        request: i64,
        /// `granted` or `refused`.
        verdict: String,
        sha256: String,
    },
    /// The file was given to somebody who asked for it, but for what is withheld.
    Released {
        recipient: String,
        withheld: Vec<Withheld>,
        /// Of the document.
        sha256: String,
    },
    CrossCheckAnswered {
        crosscheck: i64,
        answer: String,
        note: String,
    },
    // absences
    AbsenceSet {
        person: PersonId,
        first_day: NaiveDate,
        last_day: Option<NaiveDate>,
        delegate: Option<PersonId>,
        scope: String,
    },
    AbsenceEnded {
        person: PersonId,
        last_day: NaiveDate,
    },
    /// Asked to confirm their interests; `cause` is `duties`, `supervisor` or `departure`.
    ConfirmationAsked {
        person: PersonId,
        cause: String,
        due_on: NaiveDate,
    },
    ConfirmationGiven {
        person: PersonId,
        cause: String,
    },
    // programme
    ShowcasePlanned {
        reference: String,
        answers: Answers,
    },
    ShowcaseChanged {
        reference: String,
        answers: Answers,
    },
    ShowcaseHeld {
        reference: String,
        attended: Vec<PersonId>,
    },
    ShowcaseCancelled {
        reference: String,
        reason: String,
    },
    FirmAdded {
        reference: String,
        company: i64,
        origin: String,
    },
    FirmHeard {
        reference: String,
        company: i64,
        heard: bool,
        minutes: Option<i32>,
        stage: String,
        reason: Option<String>,
    },
    AnswerPublished {
        reference: String,
        question: String,
        answer: String,
    },
    Registered {
        reference: String,
        person: PersonId,
    },
    RegistrationCancelled {
        reference: String,
        person: PersonId,
    },
    MonitorConsulted {
        reference: String,
        call_reference: Option<String>,
        call_on: Option<NaiveDate>,
    },
    MonitorAdvised {
        reference: String,
        opinion: String,
    },
    CalendarFeedOpened {
        person: PersonId,
    },
    CalendarFeedClosed {
        person: PersonId,
    },
    PassportRuled {
        reference: String,
        number: i32,
        ruling: String,
        cap_cents: Option<i64>,
        conditions: Vec<String>,
        reason: String,
    },
    /// A request is for the event of a passport; recorded with the request.
    PassportLinked {
        reference: String,
    },
    PassportUnlinked {
        reference: String,
    },
    LettersChosen {
        person: PersonId,
        digest: bool,
    },
    // companies
    /// One that the register did not know.
    CompanyAdded {
        company: i64,
    },
    /// From now on the files of `company` are read with those of `into`; they keep the company they name.
    CompaniesMerged {
        company: i64,
        into: i64,
    },
    CompanyGrouped {
        company: i64,
        head: i64,
    },
    CompanyUngrouped {
        company: i64,
        head: i64,
    },
    CompaniesSeparated {
        company: i64,
        from: i64,
    },
    // what comes from outside
    /// A file taken in whole.
    Imported {
        source: String,
        file: String,
        sha256: String,
        rows: i64,
        errors: i64,
        changes: i64,
    },
    /// Somebody looked a company up in the registry of lobbyists.
    LobbyChecked {
        company: i64,
        checked_on: NaiveDate,
        result: String,
        mandate: String,
    },
    // contract committees
    /// A sheet was made about people. The fingerprint is that of the whole sheet; why it says what it says is not here.
    ClearanceGiven {
        number: String,
        purpose: String,
        contract: Option<String>,
        people: Vec<PersonId>,
        fingerprint: String,
    },
}

/// A report as a file, byte for byte.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportFile {
    /// `pdf`, `xlsx`, `json` or `csv`.
    pub format: String,
    pub sha256: String,
}

/// A line of a file that was not given, and the article of the law that says why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withheld {
    pub line: String,
    pub article: String,
}

/// A version put on file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Filed {
    pub reference: String,
    pub revision: i32,
    pub answers: Answers,
    pub findings: Vec<Finding>,
    pub holder: Option<PersonId>,
    pub office: Option<String>,
    /// Fluent key of the reason of the route.
    pub why: String,
    pub due_on: Option<NaiveDate>,
    pub days_late: i64,
}

impl Event {
    /// Name in the journal: `submitted`.
    /// About no file by its column, and destroyed all the same: acts of two people may open a file in an emergency, and what is no
    /// file follows the schedule too (`retention/things.rs`).
    pub fn goes_with_a_file(&self) -> bool {
        matches!(
            self,
            Self::ActAsked { .. } | Self::ActApproved { .. } | Self::ActRefused { .. } | Self::ActWithdrawn { .. }
        ) || ThingKind::ALL.iter().any(|kind| kind.events().contains(&self.name()))
    }

    pub fn name(&self) -> &'static str {
        self.into()
    }
}

fn is_zero(count: &i64) -> bool {
    *count == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_event_has_the_name_that_its_leaf_has() {
        for name in Event::VARIANTS {
            let leaf = serde_json::json!({ "event": name, "data": false });
            let refused =
                serde_json::from_value::<Event>(leaf).err().map(|error| error.to_string()).unwrap_or_default();
            assert!(!refused.contains("unknown variant"), "{refused}");
        }
        let refused = serde_json::from_str::<Event>(r#"{ "event": "unheard_of", "data": false }"#).err();
        assert!(refused.is_some_and(|error| error.to_string().contains("unknown variant")));
    }
}
