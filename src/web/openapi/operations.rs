//! The operations of the API, one entry each. `routes.rs` serves the same ones; a test compares.

use super::parameters::Param::{self, *};

/// One operation, for the description and the page.
#[derive(Debug)]
pub struct Operation {
    pub method: &'static str,
    pub path: &'static str,
    pub id: &'static str,
    pub tag: Tag,
    pub summary: &'static str,
    /// The same in French.
    pub resume: &'static str,
    pub about: &'static str,
    pub params: &'static [Param],
    /// Name of the schema of the body, and an example of it.
    pub body: Option<(&'static str, &'static str)>,
    pub answer: Answer,
    /// Statuses beyond 400, 401 and 429, which every operation has.
    pub errors: &'static [u16],
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

#[expect(clippy::too_many_arguments, reason = "one line of the table below")]
const fn read(
    path: &'static str,
    id: &'static str,
    tag: Tag,
    (summary, resume): (&'static str, &'static str),
    about: &'static str,
    params: &'static [Param],
    answer: Answer,
    errors: &'static [u16],
) -> Operation {
    Operation { method: "GET", path, id, tag, summary, resume, about, params, body: None, answer, errors }
}

/// A change of one declaration, without and with a version to say.
const fn change(
    path: &'static str,
    id: &'static str,
    (summary, resume): (&'static str, &'static str),
    about: &'static str,
    body: Option<(&'static str, &'static str)>,
) -> Operation {
    let (params, tag): (&[Param], Tag) = (&[Id, Version, Key, Language], Tag::Declarant);
    Operation {
        method: "POST",
        path,
        id,
        tag,
        summary,
        resume,
        about,
        params,
        body,
        answer: Answer::Receipt,
        errors: CHANGE,
    }
}

const fn guarded(
    path: &'static str,
    id: &'static str,
    (summary, resume): (&'static str, &'static str),
    about: &'static str,
    body: Option<(&'static str, &'static str)>,
) -> Operation {
    let (params, tag): (&[Param], Tag) = (&[Id, VersionNeeded, Key, Language], Tag::Decider);
    Operation {
        method: "POST",
        path,
        id,
        tag,
        summary,
        resume,
        about,
        params,
        body,
        answer: Answer::Receipt,
        errors: GUARDED,
    }
}

/// A change of one measure, at the version that was read.
const fn follow(
    path: &'static str,
    id: &'static str,
    (summary, resume): (&'static str, &'static str),
    about: &'static str,
    body: (&'static str, &'static str),
) -> Operation {
    let (params, tag): (&[Param], Tag) = (&[MeasureId, VersionNeeded, Key, Language], Tag::Decider);
    Operation {
        method: "POST",
        path,
        id,
        tag,
        summary,
        resume,
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
    (summary, resume): (&'static str, &'static str),
    about: &'static str,
    params: &'static [Param],
    body: Option<(&'static str, &'static str)>,
) -> Operation {
    let answer = Answer::Is("ListOfAbsences");
    let errors = &[404, 409, 413, 415, 422];
    Operation { method: "POST", path, id, tag: Tag::Person, summary, resume, about, params, body, answer, errors }
}

/// Every operation, in the order of the page.
pub const OPERATIONS: [Operation; 52] = [
    read(
        "/api/v1/me",
        "getMe",
        Tag::Person,
        ("Who acts through this token", "Qui agit par ce jeton"),
        "Name, roles in force, offices and scope of the token.",
        &[Language],
        Answer::Is("Me"),
        &[],
    ),
    read(
        "/api/v1/absences",
        "listAbsences",
        Tag::Person,
        ("List my absences", "Lister mes absences"),
        "When the person is away and who acts, the last begun first, twenty at most.",
        &[Language],
        Answer::Is("ListOfAbsences"),
        &[],
    ),
    away(
        "/api/v1/absences",
        "setAbsence",
        ("Say when I am away", "Dire quand je m’absente"),
        "The person and their delegate are told by email; what waits moves on the first day.",
        &[Key, Language],
        Some(("AbsenceToSet", r#"{"first_day": "2026-12-21", "last_day": "2027-01-04", "delegate": "100234"}"#)),
    ),
    away(
        "/api/v1/absences/{id}/end",
        "endAbsence",
        ("End an absence", "Mettre fin à une absence"),
        "Today is the first day back, or the absence never begins.",
        &[AbsenceId, Key, Language],
        None,
    ),
    read(
        "/api/v1/kinds",
        "listKinds",
        Tag::Kinds,
        ("List the kinds of declaration", "Lister les types de déclaration"),
        "The kinds people can declare today.",
        &[Language],
        Answer::Is("ListOfKinds"),
        &[],
    ),
    read(
        "/api/v1/kinds/{id}",
        "getKind",
        Tag::Kinds,
        ("Read a kind: its form and its JSON Schema", "Lire un type : son formulaire et son schéma JSON"),
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
        ("List my declarations", "Lister mes déclarations"),
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
        summary: "Open a draft, or file at once",
        resume: "Ouvrir un brouillon, ou transmettre d’un coup",
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
        ("Read a declaration", "Lire une déclaration"),
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
        summary: "Delete a draft",
        resume: "Supprimer un brouillon",
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
        summary: "Replace the answers being written",
        resume: "Remplacer les réponses en cours de rédaction",
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
        ("File a draft", "Transmettre un brouillon"),
        "The declaration gets its reference, its decider and its due date. Answers to put right come back as `answers.…`.",
        ATTESTED,
    ),
    change(
        "/api/v1/declarations/{id}/correction",
        "correctDeclaration",
        ("File a correction", "Transmettre une correction"),
        "Files the answers being corrected as a new version; the decider sees the difference.",
        ATTESTED,
    ),
    change(
        "/api/v1/declarations/{id}/withdrawal",
        "withdrawDeclaration",
        ("Withdraw before the decision", "Retirer avant la décision"),
        "The trace stays.",
        Some(("Withdrawal", r#"{"reason": "Filed twice by mistake."}"#)),
    ),
    change(
        "/api/v1/declarations/{id}/answer",
        "answerQuestion",
        ("Answer the question asked", "Répondre à la question posée"),
        "The file goes back to whoever asked.",
        Some(("Reply", r#"{"text": "The invoice is dated 3 November."}"#)),
    ),
    change(
        "/api/v1/declarations/{id}/completion",
        "completeDeclaration",
        ("Tell what was still expected", "Dire ce qui était encore attendu"),
        "After the decision: what became of the gift, how the event went. Write it first with `PUT …/answers`.",
        ATTESTED,
    ),
    guarded(
        "/api/v1/declarations/{id}/review",
        "reviewDeclaration",
        ("Take up for review", "Prendre en charge"),
        "The declarant sees that somebody started.",
        Some(("Nothing", "{}")),
    ),
    guarded(
        "/api/v1/declarations/{id}/question",
        "askQuestion",
        ("Ask the declarant a question", "Poser une question à la personne"),
        "The file waits for the answer.",
        Some(("Question", r#"{"question": "What is the date of the invoice?"}"#)),
    ),
    guarded(
        "/api/v1/declarations/{id}/continuation",
        "continueWithoutAnswer",
        ("Go on without the answer", "Poursuivre sans la réponse"),
        "Whoever asked stops waiting; the file goes back to the step at which the question was asked.",
        Some(("Continuation", r#"{"reason": "The person left the Ministry."}"#)),
    ),
    guarded(
        "/api/v1/declarations/{id}/referral",
        "referDeclaration",
        ("Refer to the ethics officer", "Transmettre à la personne responsable de l’éthique"),
        "The file leaves the decider, undecided.",
        Some(("Referral", r#"{"reason": "The donor bids on a contract."}"#)),
    ),
    guarded(
        "/api/v1/declarations/{id}/decision",
        "decideDeclaration",
        ("Decide", "Décider"),
        "One of `outcomes` of the declaration, at the version that was read. A second decision is refused.",
        Some(("Decision", r#"{"outcome": "return", "reason": "Not of modest value."}"#)),
    ),
    guarded(
        "/api/v1/declarations/{id}/opinion",
        "giveOpinion",
        ("Give an opinion", "Donner un avis"),
        "The ethics officer's, while somebody else decides; with `send_back`, hands the file back with it.",
        Some(("Opinion", r#"{"opinion": "Usual and modest.", "send_back": true}"#)),
    ),
    guarded(
        "/api/v1/declarations/{id}/advice",
        "giveAdvice",
        ("Answer a request for advice", "Répondre à une demande d’avis"),
        "A structured opinion, once. Precedents that look like the question are named until each has a stance.",
        Some((
            "Advice",
            r#"{"facts": "A talk.", "norms": "Policy, section 5.", "analysis": "The supplier pays.", "recommendation": "Decline."}"#,
        )),
    ),
    guarded(
        "/api/v1/declarations/{id}/closing",
        "closeDeclaration",
        ("Close a decided file", "Fermer un dossier décidé"),
        "Its measures are done, or nothing more is expected.",
        Some(("Closing", r#"{"note": "Measures verified."}"#)),
    ),
    change(
        "/api/v1/declarations/{id}/acknowledgement",
        "acknowledgeDeclaration",
        ("Say that it was read", "Dire que c’est lu"),
        "What was told after the decision, by whoever must read it; or what the decision asks, by the declarant.",
        Some(("Nothing", "{}")),
    ),
    guarded(
        "/api/v1/declarations/{id}/reassignment",
        "reassignDeclaration",
        ("Give a file to another decider", "Confier un dossier à une autre personne"),
        "Never to somebody with an interest in it.",
        Some(("Reassignment", r#"{"to": "1042", "reason": "Long absence."}"#)),
    ),
    guarded(
        "/api/v1/declarations/{id}/outside-decision",
        "recordOutsideDecision",
        ("Record a decision taken outside", "Inscrire une décision prise à l’extérieur"),
        "The deputy minister’s own file, or one that nobody here may decide; the secretary general records it.",
        Some((
            "OutsideDecision",
            r#"{"outcome": "return", "reason": "As decided.", "authority": "Secrétariat général du Conseil exécutif", "decided_on": "2026-11-20", "document": "SG-2026-118"}"#,
        )),
    ),
    guarded(
        "/api/v1/declarations/{id}/direction",
        "askForDirection",
        ("Ask the deputy minister for a direction", "Demander une direction à la ou au sous-ministre"),
        "On a real or disputed conflict of interest, by the ethics officer.",
        Some(("DirectionRequest", r#"{"reason": "The conflict is real and the person disagrees."}"#)),
    ),
    change(
        "/api/v1/declarations/{id}/contestation",
        "contestDecision",
        ("Contest a decision", "Contester une décision"),
        "Before the deputy minister, once, within the time set. What was decided stays on file.",
        Some(("Contestation", r#"{"reason": "The tie ended last year."}"#)),
    ),
    change(
        "/api/v1/declarations/{id}/crosscheck-answer",
        "answerCrosscheck",
        ("Say what a cross-check means", "Dire ce qu’un recoupement signifie"),
        "Something new about the company: its person says what changed, the ethics officer that it has no effect. Once.",
        Some(("CrosscheckAnswer", r#"{"crosscheck": 12, "answer": "unchanged"}"#)),
    ),
    change(
        "/api/v1/declarations/{id}/rectification",
        "askRectification",
        ("Ask for a rectification", "Demander une rectification"),
        "Of one's own file once it is decided, one request at a time. What was filed stays; the request is read with it.",
        Some(("RectificationRequest", r#"{"text": "The value is 8 dollars.", "about": "value_cents"}"#)),
    ),
    change(
        "/api/v1/declarations/{id}/rectification-answer",
        "answerRectification",
        ("Answer a request for rectification", "Répondre à une demande de rectification"),
        "Granted, or refused with a reason, by the ethics officer; the person is told.",
        Some(("RectificationAnswer", r#"{"verdict": "granted", "text": "As on the invoice."}"#)),
    ),
    change(
        "/api/v1/declarations/{id}/rectification-extension",
        "extendRectification",
        ("Take more time to answer a rectification", "Prolonger le délai d’une rectification"),
        "Once, before the first time is over; the person is told why.",
        Some(("RectificationExtension", r#"{"reason": "The file is with another office."}"#)),
    ),
    read(
        "/api/v1/declarations/{id}/comments",
        "listComments",
        Tag::Declarations,
        ("List what people wrote about a declaration", "Lister ce qui est écrit au sujet d’une déclaration"),
        "What this reader may read of it, oldest first.",
        &[Id, Language],
        Answer::Is("ListOfComments"),
        &[403, 404],
    ),
    change(
        "/api/v1/declarations/{id}/comments",
        "writeComment",
        ("Write about a declaration", "Écrire au sujet d’une déclaration"),
        "For the readers chosen; `@Name` lets one of them know. Never rewritten.",
        Some(("NewComment", r#"{"text": "Was there an invoice?", "audience": "person"}"#)),
    ),
    read(
        "/api/v1/inbox",
        "listInbox",
        Tag::Lists,
        ("List what waits for a decision", "Lister ce qui attend une décision"),
        "For the person, or for an office they hold.",
        &[View, Office, Kind, Limit, Cursor, Language],
        Answer::Is("ListOfDeclarations"),
        &[403],
    ),
    read(
        "/api/v1/register",
        "listRegister",
        Tag::Lists,
        ("List the register", "Lister le registre"),
        "What the reader's role shows, newest first; never their own declarations nor those they are barred from.",
        &[Words, Kind, RegisterState, Unit, Company, Flagged, Late, From, To, Limit, Cursor, Language],
        Answer::Is("ListOfDeclarations"),
        &[403],
    ),
    read(
        "/api/v1/measures",
        "listMeasures",
        Tag::Lists,
        ("List measures", "Lister les mesures"),
        "What decisions ask, first due first. Somebody else's than one's own, as the role shows.",
        &[Whose, MeasureState, Kind, Limit, Cursor, Language],
        Answer::Is("ListOfMeasures"),
        &[403],
    ),
    read(
        "/api/v1/measures/{id}",
        "getMeasure",
        Tag::Lists,
        ("Read a measure", "Lire une mesure"),
        "Its owner reads the measure without reading the declaration.",
        &[MeasureId, KnownVersion, Language],
        Answer::Tagged("MeasureItem"),
        &[404],
    ),
    follow(
        "/api/v1/measures/{id}/proof",
        "proveMeasure",
        ("Give the proof of a measure", "Donner la preuve d’une mesure"),
        "The owner shows that it is carried out.",
        ("MeasureProof", r#"{"text": "A colleague took over on 24 November."}"#),
    ),
    follow(
        "/api/v1/measures/{id}/verification",
        "verifyMeasure",
        ("Verify a proof, or send it back", "Vérifier une preuve, ou la renvoyer"),
        "Never by its owner. Sent back, it needs a reason and gives more time.",
        ("MeasureVerification", r#"{"verified": true}"#),
    ),
    follow(
        "/api/v1/measures/{id}/attestation",
        "attestMeasure",
        ("Confirm that a measure still holds", "Confirmer qu’une mesure tient toujours"),
        "Asked of the supervisor at the pace of the measure. When it does not hold, its owner shows it again.",
        ("MeasureAttestation", r#"{"holds": true}"#),
    ),
    follow(
        "/api/v1/measures/{id}/owner",
        "handMeasureOn",
        ("Give a measure to somebody else", "Confier une mesure à une autre personne"),
        "Its owner leaves, or cannot carry it out: somebody else does, with time of their own. Never by its owner.",
        ("MeasureHandOn", r#"{"to": "100011", "reason": "Left the ministry."}"#),
    ),
    follow(
        "/api/v1/measures/{id}/lifting",
        "liftMeasure",
        ("Lift a measure", "Lever une mesure"),
        "It is no longer asked; the reason stays on file.",
        ("MeasureLifting", r#"{"reason": "The contract ended."}"#),
    ),
    read(
        "/api/v1/clearance",
        "checkPerson",
        Tag::Lists,
        ("Check one person for a contract committee", "Vérifier une personne pour un comité de contrat"),
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
        summary: "Check the people of a contract committee",
        resume: "Vérifier les personnes d’un comité de contrat",
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
        ("Find a company", "Trouver une entreprise"),
        "By the beginning of a name or of an enterprise number (NEQ, at least four digits). Eight at most.",
        &[Typed, Language],
        Answer::Is("ListOfCompanies"),
        &[],
    ),
    read(
        "/api/v1/precedents",
        "listPrecedents",
        Tag::Lists,
        ("Read the library of precedents", "Lire la bibliothèque des précédents"),
        "Anonymised texts, the newest first, 500 at most; with `q`, those that hold every word.",
        &[Words, Language],
        Answer::Is("ListOfPrecedents"),
        &[403],
    ),
    read(
        "/api/v1/units",
        "listUnits",
        Tag::Lists,
        ("List the administrative units", "Lister les unités administratives"),
        "Ids for the `unit` filter of the register.",
        &[Language],
        Answer::Is("ListOfUnits"),
        &[403],
    ),
    read(
        "/api/v1/rectifications",
        "listRectifications",
        Tag::Lists,
        ("List the rectifications to answer", "Lister les rectifications à répondre"),
        "Those that wait for whoever answers, the oldest first, 50 at most; their words are with each declaration.",
        &[Language],
        Answer::Is("ListOfRectifications"),
        &[403],
    ),
    read(
        "/api/v1/campaigns",
        "listCampaigns",
        Tag::Lists,
        ("List the yearly campaigns", "Lister les campagnes annuelles"),
        "The last first, 50 at most, with how many have answered. Names nobody.",
        &[Language],
        Answer::Is("ListOfCampaigns"),
        &[403],
    ),
    read(
        "/api/v1/campaigns/{id}",
        "readCampaign",
        Tag::Lists,
        ("Follow a campaign", "Suivre une campagne"),
        "How many have answered in each unit.",
        &[CampaignId, Language],
        Answer::Is("CampaignDetail"),
        &[403, 404],
    ),
];
