//! The operations of the API, one entry each. `routes.rs` serves the same ones; a test compares.

use super::parameters::Param::{self, *};

/// One operation, for the description and the page.
#[derive(Debug)]
pub struct Operation {
    pub method: &'static str,
    pub path: &'static str,
    pub id: &'static str,
    pub tag: Tag,
    pub about: &'static str,
    pub params: &'static [Param],
    /// Name of the schema of the body, and an example of it.
    pub body: Option<(&'static str, &'static str)>,
    pub answer: Answer,
    /// Statuses beyond 400, 401 and 429, which every operation has.
    pub errors: &'static [u16],
}

impl Operation {
    /// Key of the message that says what it does: `operation-get-me`.
    pub fn key(&self) -> String {
        self.id.chars().fold("operation-".to_owned(), |mut key, letter| {
            if letter.is_ascii_uppercase() {
                key.push('-');
            }
            key.push(letter.to_ascii_lowercase());
            key
        })
    }

    /// What it does, in a few words.
    pub fn summary(&self, language: crate::text::Language) -> String {
        crate::texts::say(language, &self.key(), &[])
    }
}

/// Chapters of the page, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tag {
    Person,
    Kinds,
    Declarations,
    Declarant,
    Decider,
    Lists,
}

impl Tag {
    pub const ALL: [Self; 6] =
        [Self::Person, Self::Kinds, Self::Declarations, Self::Declarant, Self::Decider, Self::Lists];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Kinds => "kinds",
            Self::Declarations => "declarations",
            Self::Declarant => "declarant",
            Self::Decider => "decider",
            Self::Lists => "lists",
        }
    }
}

/// What a successful operation answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// 200 with a schema.
    Is(&'static str),
    /// 200 with a schema and a tag, or 304.
    Tagged(&'static str),
    /// 200 with a receipt, where it is and its tag.
    Receipt,
    /// 201 with the same.
    Created,
    /// 204.
    Nothing,
}

const ATTESTED: Option<(&str, &str)> = Some(("Attestation", r#"{"attested": true}"#));
/// A change that may lose a race.
const CHANGE: &[u16] = &[403, 404, 409, 412, 413, 415, 422];
/// The same, where the version read must be said.
const GUARDED: &[u16] = &[403, 404, 409, 412, 413, 415, 422, 428];

const fn read(
    path: &'static str,
    id: &'static str,
    tag: Tag,
    about: &'static str,
    params: &'static [Param],
    answer: Answer,
    errors: &'static [u16],
) -> Operation {
    Operation { method: "GET", path, id, tag, about, params, body: None, answer, errors }
}

/// A change of one declaration, without and with a version to say.
const fn change(
    path: &'static str,
    id: &'static str,
    about: &'static str,
    body: Option<(&'static str, &'static str)>,
) -> Operation {
    let (params, tag): (&[Param], Tag) = (&[Id, Version, Key, Language], Tag::Declarant);
    Operation { method: "POST", path, id, tag, about, params, body, answer: Answer::Receipt, errors: CHANGE }
}

const fn guarded(
    path: &'static str,
    id: &'static str,
    about: &'static str,
    body: Option<(&'static str, &'static str)>,
) -> Operation {
    let (params, tag): (&[Param], Tag) = (&[Id, VersionNeeded, Key, Language], Tag::Decider);
    Operation { method: "POST", path, id, tag, about, params, body, answer: Answer::Receipt, errors: GUARDED }
}

/// A change of one measure, at the version that was read.
const fn follow(
    path: &'static str,
    id: &'static str,
    about: &'static str,
    body: (&'static str, &'static str),
) -> Operation {
    let (params, tag): (&[Param], Tag) = (&[MeasureId, VersionNeeded, Key, Language], Tag::Decider);
    Operation {
        method: "POST",
        path,
        id,
        tag,
        about,
        params,
        body: Some(body),
        answer: Answer::Is("MeasureItem"),
        errors: GUARDED,
    }
}

/// A change of one's own absences.
const fn away(
    path: &'static str,
    id: &'static str,
    about: &'static str,
    params: &'static [Param],
    body: Option<(&'static str, &'static str)>,
) -> Operation {
    let answer = Answer::Is("ListOfAbsences");
    let errors = &[404, 409, 413, 415, 422];
    Operation { method: "POST", path, id, tag: Tag::Person, about, params, body, answer, errors }
}

/// Every operation, in the order of the page.
pub const OPERATIONS: [Operation; 52] = [
    read(
        "/api/v1/me",
        "getMe",
        Tag::Person,
        "Name, roles in force, offices and scope of the token.",
        &[Language],
        Answer::Is("Me"),
        &[],
    ),
    read(
        "/api/v1/absences",
        "listAbsences",
        Tag::Person,
        "When the person is away and who acts, the last begun first, twenty at most.",
        &[Language],
        Answer::Is("ListOfAbsences"),
        &[],
    ),
    away(
        "/api/v1/absences",
        "setAbsence",
        "The person and their delegate are told by email; what waits moves on the first day.",
        &[Key, Language],
        Some(("AbsenceToSet", r#"{"first_day": "2026-12-21", "last_day": "2027-01-04", "delegate": "100234"}"#)),
    ),
    away(
        "/api/v1/absences/{id}/end",
        "endAbsence",
        "Today is the first day back, or the absence never begins.",
        &[AbsenceId, Key, Language],
        None,
    ),
    read(
        "/api/v1/kinds",
        "listKinds",
        Tag::Kinds,
        "The kinds people can declare today.",
        &[Language],
        Answer::Is("ListOfKinds"),
        &[],
    ),
    read(
        "/api/v1/kinds/{id}",
        "getKind",
        Tag::Kinds,
        "Steps and fields with their labels, and the JSON Schema (2020-12) of the answers. `x-shown-when` and \
         `x-required-when` give the conditions: every named field holds one of its values (`yes` or `no` for a boolean).",
        &[KindId, Language],
        Answer::Is("KindDetail"),
        &[404],
    ),
    read(
        "/api/v1/declarations",
        "listMyDeclarations",
        Tag::Declarations,
        "Everything the person declared, drafts included, last changed first.",
        &[State, Limit, Cursor, Language],
        Answer::Is("ListOfDeclarations"),
        &[],
    ),
    Operation {
        method: "POST",
        path: "/api/v1/declarations",
        id: "createDeclaration",
        tag: Tag::Declarations,
        about: "With `submit`, all answers are checked as on the page and `attested` is needed; when one is wrong nothing \
                is kept. Without, whatever has the right shape is kept as a draft.",
        params: &[Key, Language],
        body: Some(("NewDeclaration", "")),
        answer: Answer::Created,
        errors: &[403, 404, 409, 413, 415, 422],
    },
    read(
        "/api/v1/declarations/{id}",
        "getDeclaration",
        Tag::Declarations,
        "By reference or by the key of a draft. Each reading of a confidential declaration by somebody else than its \
         declarant is recorded; what a person may not see does not exist for them (404).",
        &[Id, KnownVersion, Language],
        Answer::Tagged("DeclarationDetail"),
        &[403, 404],
    ),
    Operation {
        method: "DELETE",
        path: "/api/v1/declarations/{id}",
        id: "deleteDraft",
        tag: Tag::Declarations,
        about: "For good. What was filed is withdrawn, not deleted.",
        params: &[Id, Version, Language],
        body: None,
        answer: Answer::Nothing,
        errors: &[403, 404, 409, 412],
    },
    Operation {
        method: "PUT",
        path: "/api/v1/declarations/{id}/answers",
        id: "putAnswers",
        tag: Tag::Declarations,
        about: "Of a draft; of a correction while no decision is taken (file it with `correction`); of what is told after \
                the decision (file it with `completion`). Files stay.",
        params: &[Id, VersionNeeded, Language],
        body: Some(("AnswersToKeep", "{}")),
        answer: Answer::Receipt,
        errors: GUARDED,
    },
    change(
        "/api/v1/declarations/{id}/submission",
        "submitDeclaration",
        "The declaration gets its reference, its decider and its due date. Answers to put right come back as `answers.…`.",
        ATTESTED,
    ),
    change(
        "/api/v1/declarations/{id}/correction",
        "correctDeclaration",
        "Files the answers being corrected as a new version; the decider sees the difference.",
        ATTESTED,
    ),
    change(
        "/api/v1/declarations/{id}/withdrawal",
        "withdrawDeclaration",
        "The trace stays.",
        Some(("Withdrawal", r#"{"reason": "Filed twice by mistake."}"#)),
    ),
    change(
        "/api/v1/declarations/{id}/answer",
        "answerQuestion",
        "The file goes back to whoever asked.",
        Some(("Reply", r#"{"text": "The invoice is dated 3 November."}"#)),
    ),
    change(
        "/api/v1/declarations/{id}/completion",
        "completeDeclaration",
        "After the decision: what became of the gift, how the event went. Write it first with `PUT …/answers`.",
        ATTESTED,
    ),
    guarded(
        "/api/v1/declarations/{id}/review",
        "reviewDeclaration",
        "The declarant sees that somebody started.",
        Some(("Nothing", "{}")),
    ),
    guarded(
        "/api/v1/declarations/{id}/question",
        "askQuestion",
        "The file waits for the answer.",
        Some(("Question", r#"{"question": "What is the date of the invoice?"}"#)),
    ),
    guarded(
        "/api/v1/declarations/{id}/continuation",
        "continueWithoutAnswer",
        "Whoever asked stops waiting; the file goes back to the step at which the question was asked.",
        Some(("Continuation", r#"{"reason": "The person left the Ministry."}"#)),
    ),
    guarded(
        "/api/v1/declarations/{id}/referral",
        "referDeclaration",
        "The file leaves the decider, undecided.",
        Some(("Referral", r#"{"reason": "The donor bids on a contract."}"#)),
    ),
    guarded(
        "/api/v1/declarations/{id}/decision",
        "decideDeclaration",
        "One of `outcomes` of the declaration, at the version that was read. A second decision is refused.",
        Some(("Decision", r#"{"outcome": "return", "reason": "Not of modest value."}"#)),
    ),
    guarded(
        "/api/v1/declarations/{id}/opinion",
        "giveOpinion",
        "The ethics officer's, while somebody else decides; with `send_back`, hands the file back with it.",
        Some(("Opinion", r#"{"opinion": "Usual and modest.", "send_back": true}"#)),
    ),
    guarded(
        "/api/v1/declarations/{id}/advice",
        "giveAdvice",
        "A structured opinion, once. Precedents that look like the question are named until each has a stance.",
        Some((
            "Advice",
            r#"{"facts": "A talk.", "norms": "Policy, section 5.", "analysis": "The supplier pays.", "recommendation": "Decline."}"#,
        )),
    ),
    guarded(
        "/api/v1/declarations/{id}/closing",
        "closeDeclaration",
        "Its measures are done, or nothing more is expected.",
        Some(("Closing", r#"{"note": "Measures verified."}"#)),
    ),
    change(
        "/api/v1/declarations/{id}/acknowledgement",
        "acknowledgeDeclaration",
        "What was told after the decision, by whoever must read it; or what the decision asks, by the declarant.",
        Some(("Nothing", "{}")),
    ),
    guarded(
        "/api/v1/declarations/{id}/reassignment",
        "reassignDeclaration",
        "Never to somebody with an interest in it.",
        Some(("Reassignment", r#"{"to": "1042", "reason": "Long absence."}"#)),
    ),
    guarded(
        "/api/v1/declarations/{id}/outside-decision",
        "recordOutsideDecision",
        "The deputy minister’s own file, or one that nobody here may decide; the secretary general records it.",
        Some((
            "OutsideDecision",
            r#"{"outcome": "return", "reason": "As decided.", "authority": "Secrétariat général du Conseil exécutif", "decided_on": "2026-11-20", "document": "SG-2026-118"}"#,
        )),
    ),
    guarded(
        "/api/v1/declarations/{id}/direction",
        "askForDirection",
        "On a real or disputed conflict of interest, by the ethics officer.",
        Some(("DirectionRequest", r#"{"reason": "The conflict is real and the person disagrees."}"#)),
    ),
    change(
        "/api/v1/declarations/{id}/contestation",
        "contestDecision",
        "Before the deputy minister, once, within the time set. What was decided stays on file.",
        Some(("Contestation", r#"{"reason": "The tie ended last year."}"#)),
    ),
    change(
        "/api/v1/declarations/{id}/crosscheck-answer",
        "answerCrosscheck",
        "Something new about the company: its person says what changed, the ethics officer that it has no effect. Once.",
        Some(("CrosscheckAnswer", r#"{"crosscheck": 12, "answer": "unchanged"}"#)),
    ),
    change(
        "/api/v1/declarations/{id}/rectification",
        "askRectification",
        "Of one's own file once it is decided, one request at a time. What was filed stays; the request is read with it.",
        Some(("RectificationRequest", r#"{"text": "The value is 8 dollars.", "about": "value_cents"}"#)),
    ),
    change(
        "/api/v1/declarations/{id}/rectification-answer",
        "answerRectification",
        "Granted, or refused with a reason, by the ethics officer; the person is told.",
        Some(("RectificationAnswer", r#"{"verdict": "granted", "text": "As on the invoice."}"#)),
    ),
    change(
        "/api/v1/declarations/{id}/rectification-extension",
        "extendRectification",
        "Once, before the first time is over; the person is told why.",
        Some(("RectificationExtension", r#"{"reason": "The file is with another office."}"#)),
    ),
    read(
        "/api/v1/declarations/{id}/comments",
        "listComments",
        Tag::Declarations,
        "What this reader may read of it, oldest first.",
        &[Id, Language],
        Answer::Is("ListOfComments"),
        &[403, 404],
    ),
    change(
        "/api/v1/declarations/{id}/comments",
        "writeComment",
        "For the readers chosen; `@Name` lets one of them know. Never rewritten.",
        Some(("NewComment", r#"{"text": "Was there an invoice?", "audience": "person"}"#)),
    ),
    read(
        "/api/v1/inbox",
        "listInbox",
        Tag::Lists,
        "For the person, or for an office they hold.",
        &[View, Office, Kind, Limit, Cursor, Language],
        Answer::Is("ListOfDeclarations"),
        &[403],
    ),
    read(
        "/api/v1/register",
        "listRegister",
        Tag::Lists,
        "What the reader's role shows, newest first; never their own declarations nor those they are barred from.",
        &[Words, Kind, RegisterState, Unit, Company, Flagged, Late, From, To, Limit, Cursor, Language],
        Answer::Is("ListOfDeclarations"),
        &[403],
    ),
    read(
        "/api/v1/measures",
        "listMeasures",
        Tag::Lists,
        "What decisions ask, first due first. Somebody else's than one's own, as the role shows.",
        &[Whose, MeasureState, Kind, Limit, Cursor, Language],
        Answer::Is("ListOfMeasures"),
        &[403],
    ),
    read(
        "/api/v1/measures/{id}",
        "getMeasure",
        Tag::Lists,
        "Its owner reads the measure without reading the declaration.",
        &[MeasureId, KnownVersion, Language],
        Answer::Tagged("MeasureItem"),
        &[404],
    ),
    follow(
        "/api/v1/measures/{id}/proof",
        "proveMeasure",
        "The owner shows that it is carried out.",
        ("MeasureProof", r#"{"text": "A colleague took over on 24 November."}"#),
    ),
    follow(
        "/api/v1/measures/{id}/verification",
        "verifyMeasure",
        "Never by its owner. Sent back, it needs a reason and gives more time.",
        ("MeasureVerification", r#"{"verified": true}"#),
    ),
    follow(
        "/api/v1/measures/{id}/attestation",
        "attestMeasure",
        "Asked of the supervisor at the pace of the measure. When it does not hold, its owner shows it again.",
        ("MeasureAttestation", r#"{"holds": true}"#),
    ),
    follow(
        "/api/v1/measures/{id}/owner",
        "handMeasureOn",
        "Its owner leaves, or cannot carry it out: somebody else does, with time of their own. Never by its owner.",
        ("MeasureHandOn", r#"{"to": "100011", "reason": "Left the ministry."}"#),
    ),
    follow(
        "/api/v1/measures/{id}/lifting",
        "liftMeasure",
        "It is no longer asked; the reason stays on file.",
        ("MeasureLifting", r#"{"reason": "The contract ended."}"#),
    ),
    read(
        "/api/v1/clearance",
        "checkPerson",
        Tag::Lists,
        "A verdict over all the companies named, never why. Kept as a numbered sheet, recorded in the journal and shown to \
         the person. One of `neq` and `contract` is needed. More checks in a day than the settings allow are refused (429).",
        &[Person, Neq, Contract, Purpose, Language],
        Answer::Is("ClearanceSheet"),
        &[403, 422],
    ),
    Operation {
        method: "POST",
        path: "/api/v1/clearance",
        id: "checkRoster",
        tag: Tag::Lists,
        about: "One sheet for several people. Lines that name nobody, or several, come back as errors and nothing is kept. \
                More checks in a day than the settings allow are refused (429).",
        params: &[Key, Language],
        body: Some((
            "ClearanceRequest",
            r#"{"purpose": "Selection committee, cloud services", "people": ["100009"], "companies": ["1171234567"]}"#,
        )),
        answer: Answer::Is("ClearanceSheet"),
        errors: &[403, 413, 415, 422],
    },
    read(
        "/api/v1/companies",
        "findCompanies",
        Tag::Lists,
        "By the beginning of a name or of an enterprise number (NEQ, at least four digits). Eight at most.",
        &[Typed, Language],
        Answer::Is("ListOfCompanies"),
        &[],
    ),
    read(
        "/api/v1/precedents",
        "listPrecedents",
        Tag::Lists,
        "Anonymised texts, the newest first, 500 at most; with `q`, those that hold every word.",
        &[Words, Language],
        Answer::Is("ListOfPrecedents"),
        &[403],
    ),
    read(
        "/api/v1/units",
        "listUnits",
        Tag::Lists,
        "Ids for the `unit` filter of the register.",
        &[Language],
        Answer::Is("ListOfUnits"),
        &[403],
    ),
    read(
        "/api/v1/rectifications",
        "listRectifications",
        Tag::Lists,
        "Those that wait for whoever answers, the oldest first, 50 at most; their words are with each declaration.",
        &[Language],
        Answer::Is("ListOfRectifications"),
        &[403],
    ),
    read(
        "/api/v1/campaigns",
        "listCampaigns",
        Tag::Lists,
        "The last first, 50 at most, with how many have answered. Names nobody.",
        &[Language],
        Answer::Is("ListOfCampaigns"),
        &[403],
    ),
    read(
        "/api/v1/campaigns/{id}",
        "readCampaign",
        Tag::Lists,
        "How many have answered in each unit.",
        &[CampaignId, Language],
        Answer::Is("CampaignDetail"),
        &[403, 404],
    ),
];
