//! Before a meeting: what the rules would say of an exchange with a company that has not taken place yet. The same rules
//! that look at declarations look at it, over the company and the purpose alone, so that both never disagree.

use chrono::NaiveDate;
use serde_json::{Value, json};

use super::lobby::Last;
use super::store;
use super::suggest::{self, Suggestion};
use crate::access::Actor;
use crate::app::Tx;
use crate::contracts::panel;
use crate::contracts::store::{self as contracts, Procurement};
use crate::declarations::answers::{Answers, check_step};
use crate::declarations::kind::{Fact, Kind, Step};
use crate::declarations::store::Declaration;
use crate::declarations::{drafts, filing};
use crate::error::{Error, FieldError, Result};
use crate::formats;
use crate::people::store as people;
use crate::policy::gather::{self, Said};
use crate::policy::outside::Outside;
use crate::policy::rules::{Finding, Severity};
use crate::policy::versions;
use crate::sources::Source;
use crate::sources::age::{self, Age};
use crate::text::Language;
use crate::texts::{Arg, say};

/// The kind in which an exchange with a company is declared.
pub const KIND: &str = "business_relation";

/// Where the answers of a draft keep that its company was looked up before the meeting.
pub const NOTE: &str = "_meeting";

/// What to do, in one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    Go,
    /// Something to bear in mind.
    Caution,
    /// Somebody else must be asked first.
    Stop,
}

impl Verdict {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Go => "go",
            Self::Caution => "caution",
            Self::Stop => "stop",
        }
    }

    fn parse(text: &str) -> Option<Self> {
        [Self::Go, Self::Caution, Self::Stop].into_iter().find(|verdict| verdict.as_str() == text)
    }

    /// The worst of what was found: what stops a file or sends it to the ethics officer stops a meeting.
    pub fn of(findings: &[Finding]) -> Self {
        if findings.iter().any(|finding| finding.refer || finding.severity == Severity::Stop) {
            Self::Stop
        } else if findings.iter().any(|finding| finding.severity == Severity::Attention) {
            Self::Caution
        } else {
            Self::Go
        }
    }

    /// No « go » rests on what was looked for nowhere, or in files too old, or on what nobody can tell.
    fn resting_on(self, sure: bool) -> Self {
        match self {
            Self::Go if !sure => Self::Caution,
            verdict => verdict,
        }
    }
}

/// Sources that the page looks in.
const LOOKED_IN: [Source; 4] = [Source::Contracts, Source::SmallContracts, Source::Rena, Source::Registry];
/// Those without which nobody can say that nothing stands against a meeting.
const NEEDED: [Source; 2] = [Source::Contracts, Source::Rena];

/// What was found of a company, the worst first.
#[derive(Debug)]
pub struct Looked {
    pub name: String,
    pub verdict: Verdict,
    pub findings: Vec<Finding>,
    /// Its contracts and calls for tenders of the day, in words.
    pub contracts: Vec<String>,
    /// Nothing could be searched without its NEQ.
    pub unsearched: bool,
    /// How old what was searched is.
    pub ages: Vec<Age>,
    /// Public contracts or the RENA were never read, or are old.
    pub unread: bool,
    /// Calls for tenders that await bids, when the purpose is one that must not favour a bidder. Public files name winners only: nobody
    /// but the reader can say whether the company may bid.
    pub tenders: Vec<String>,
    /// There are more of them than are listed.
    pub more_tenders: bool,
    /// What the last look at the registry of lobbyists says.
    pub lobby: Last,
}

/// The two questions of the page, as the kind asks them.
pub fn questions(kind: &Kind) -> Result<Step> {
    let field = |fact| kind.field_of_fact(fact).cloned().ok_or(Error::NotFound);
    let first = kind.steps.first().ok_or(Error::NotFound)?;
    Ok(Step { fields: vec![field(Fact::Company)?, field(Fact::Purpose)?], ..first.clone() })
}

/// Takes the name typed without an NEQ for that of the only company which bears it: a question asked before a meeting ties nothing to
/// anybody, and « the meeting is possible » would be false of a company that was not looked up. The page says which was taken.
///
/// # Errors
/// The database does not answer.
pub fn take_the_only_one(tx: &mut Tx<'_>, answers: &mut Answers) -> Result<Option<Suggestion>> {
    let version = tx.book.catalogue.kind(KIND).ok_or(Error::NotFound)?.clone();
    let Some(field) = version.kind.field_of_fact(Fact::Company) else { return Ok(None) };
    let answer = answers.get(&field.id);
    // Who has no NEQ, as is said or as is known here, is not the enterprise which has that name and one.
    let says_why = answer.get("no_neq_reason").and_then(Value::as_str).is_some_and(|why| !why.trim().is_empty());
    let Some(name) = store::unnumbered_name(answer).filter(|_| !says_why) else { return Ok(None) };
    if store::bearing(tx, name)?.iter().any(|company| company.neq.is_none()) {
        return Ok(None);
    }
    let found = suggest::homonyms(tx, answer)?;
    let Ok([only]) = <[Suggestion; 1]>::try_from(found) else { return Ok(None) };
    answers.set(&field.id, json!({ "name": only.name, "neq": only.neq }));
    Ok(Some(only))
}

/// What the rules say today of an exchange of this person with a company for a purpose.
///
/// # Errors
/// [`Error::Invalid`] beside each question not answered.
pub fn look(tx: &mut Tx<'_>, actor: &Actor, answers: &Answers, language: Language) -> Result<Looked> {
    let version = tx.book.catalogue.kind(KIND).ok_or(Error::NotFound)?.clone();
    let kind = &version.kind;
    let person = people::find(tx, actor.person)?;
    let today = tx.today_at(&person.site);
    let mut answers = answers.clone();
    let errors: Vec<FieldError> = check_step(&questions(kind)?, &answers, filing::given(&person, today))
        .into_iter()
        // The reason for having no NEQ is asked when the exchange is declared.
        .filter(|error| error.message != "error-neq-or-reason")
        .collect();
    if !errors.is_empty() {
        return Err(Error::Invalid(errors));
    }
    let mut draft = Declaration::draft(String::new(), &version, &person, &answers, tx.now())?;
    let typed = kind.field_of_fact(Fact::Company).map(|field| answers.get(&field.id).clone()).unwrap_or_default();
    filing::preview_facts(tx, kind, &mut answers, &mut draft)?;
    let policy = versions::in_force(tx, today)?;
    let said = Said {
        kind,
        answers: &answers,
        declaration: &draft,
        regime: &person.regime,
        position: &person.position,
        days_late: 0,
        names_decider: false,
        today,
    };
    let mut history = gather::history(tx, &person, &draft, &policy.policy.gift_limits(), today)?;
    let part = |name: &str| typed.get(name).and_then(Value::as_str).unwrap_or("").to_owned();
    let neqs = match draft.company_id {
        Some(company) => contracts::neqs_of(tx, company)?,
        // Not yet a company of the ministry: the outside knows it all the same.
        None => vec![part("neq")].into_iter().filter(|neq| !neq.is_empty()).collect(),
    };
    if draft.company_id.is_none() {
        history.outside = Outside::of_enterprise(tx, &neqs)?.on(today, today, tx.now());
    }
    let mut findings = policy.policy.evaluate(&said.facts(history));
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    let name = match draft.company_id {
        Some(company) => store::root(tx, company)?.name,
        None => part("name"),
    };
    let lines = panel::lines(tx, &neqs, today, language)?;
    let unsearched = neqs.is_empty();
    let ages = age::of(tx, &LOOKED_IN)?;
    let unread = ages.iter().any(|age| age.old && NEEDED.contains(&age.source));
    let settings = &tx.book.config.meeting;
    let weighs = draft.purpose.as_ref().is_some_and(|purpose| settings.tender_purposes.contains(purpose));
    let most = if weighs { i64::from(settings.tenders) } else { 0 };
    let (tenders, more_tenders) = open_tenders(tx, today, most, language)?;
    let standing = match draft.company_id {
        Some(company) => store::standing_for(tx, company)?,
        None => Vec::new(),
    };
    let lobby = Last::of(tx, &standing, draft.purpose.as_deref(), today)?;
    let sure = !unsearched && !unread && tenders.is_empty() && !lobby.is_in_doubt();
    let verdict = Verdict::of(&findings).resting_on(sure);
    Ok(Looked { name, verdict, findings, contracts: lines, unsearched, ages, unread, tenders, more_tenders, lobby })
}

/// What awaits bids on a day, a line each, the first to close first; and whether there is more.
fn open_tenders(tx: &mut Tx<'_>, day: NaiveDate, most: i64, language: Language) -> Result<(Vec<String>, bool)> {
    if most == 0 {
        return Ok((Vec::new(), false));
    }
    let found = contracts::open_tenders_on(tx, day, most + 1)?;
    let whole = usize::try_from(most).unwrap_or(usize::MAX);
    let line = |tender: &Procurement| {
        let closes = tender.closes_on.map_or_else(String::new, |day| formats::format_date_long(day, language));
        let args = [
            ("number", Arg::from(tender.notice.as_str())),
            ("title", Arg::from(tender.title.as_str())),
            ("buyer", Arg::from(tender.buyer.as_str())),
            ("date", Arg::from(closes)),
        ];
        say(language, "meeting-tender", &args)
    };
    Ok((found.iter().take(whole).map(line).collect(), found.len() > whole))
}

/// Opens the declaration of the exchange, with what was looked at and what was found then.
pub fn declare(tx: &mut Tx<'_>, actor: &Actor, answers: &Answers, language: Language) -> Result<Declaration> {
    let looked = look(tx, actor, answers, language)?;
    let mut known = answers.clone();
    let rules: Vec<&str> = looked.findings.iter().map(|finding| finding.rule.as_str()).collect();
    known.set(NOTE, json!({ "on": tx.today(), "verdict": looked.verdict.as_str(), "rules": rules }));
    drafts::start(tx, actor, KIND, &known)
}

/// The day on which the company was looked up, and the verdict of that day.
pub fn noted(answers: &Answers) -> Option<(chrono::NaiveDate, Verdict)> {
    let note = answers.get(NOTE);
    let on = note.get("on").and_then(Value::as_str)?.parse().ok()?;
    Some((on, Verdict::parse(note.get("verdict").and_then(Value::as_str)?)?))
}
