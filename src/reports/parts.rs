//! Parts of the register that have a report of their own (domain.md §11, column « Rapports »): a team, for whoever leads it; what is
//! linked to a contract, for the contract monitor. Both read these files one by one, so that their numbers are exact.

use super::document::Document;
use super::queries::Scope;
use super::rows::ReportContext;
use super::texts::Texts;
use super::{compose, pages};
use crate::access::{AccessTable, Action, Actor, Kinds, Role, Who};
use crate::app::Tx;
use crate::declarations::shown;
use crate::error::Result;
use crate::text::Language;
use crate::texts::say;

/// What a report counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Whatever the roles of its reader count.
    Register,
    /// The files of those who report to its reader, as the list of their team holds them.
    Team,
    /// What names a contract, or a company under contract.
    Contracts,
}

/// Sections whose sentence opens a report.
const OPENING: [&str; 6] = ["volume", "delays", "pending", "decisions", "gifts", "late"];

impl Part {
    /// Address of its page.
    pub fn address(self) -> &'static str {
        match self {
            Self::Register => "/rapports",
            Self::Team => "/rapports/equipe",
            Self::Contracts => "/rapports/contrats",
        }
    }

    /// Its name where files that leave are recorded.
    pub fn name(self) -> &'static str {
        match self {
            Self::Register => "audit",
            Self::Team => "team",
            Self::Contracts => "contracts",
        }
    }

    /// What the names of its files begin with.
    pub fn file(self) -> &'static str {
        match self {
            Self::Register => "rapport",
            Self::Team => "rapport-equipe",
            Self::Contracts => "rapport-contrats",
        }
    }

    /// Its name in the access log, read on its page.
    pub fn read_as(self) -> &'static str {
        match self {
            Self::Register => "report",
            Self::Team => "report_team",
            Self::Contracts => "report_contracts",
        }
    }

    /// The lines of the access table that say which kinds are counted. What is linked to a contract has a report of its own, and is
    /// in no other for being so.
    pub fn lines(self, actor: &Actor) -> Vec<Who> {
        let monitor = Who::Role(Role::ContractMonitor);
        match self {
            Self::Register => shown::by_role(actor).into_iter().filter(|who| *who != monitor).collect(),
            Self::Team => vec![Who::Supervisor],
            Self::Contracts => vec![monitor],
        }
    }

    /// The kinds that its reader reads whole; the others are counted in summary.
    pub fn read_whole(self, table: &AccessTable) -> Kinds {
        match self {
            Self::Register | Self::Team => Kinds::Every,
            Self::Contracts => table.kinds(&[Who::Role(Role::ContractMonitor)], Action::Read),
        }
    }

    /// Sections that would say nothing true of it: supervisors are those of the whole register, and what is read in summary has
    /// neither decision nor delay from the fact.
    fn leaves_out(self) -> &'static [&'static str] {
        match self {
            Self::Register => &[],
            Self::Team => &["supervisors"],
            Self::Contracts => &["decisions", "late", "supervisors"],
        }
    }
}

/// What a report is of, when it is not of the whole organisation.
pub fn label(scope: &Scope, actor: &Actor, language: Language) -> Option<String> {
    let key = match scope.part {
        Part::Team => "report-part-team",
        Part::Contracts => "report-part-contracts",
        Part::Register if scope.within.is_none() => return None,
        Part::Register if actor.has(Role::Executive) => "report-part-sector",
        Part::Register => "report-part-unit",
    };
    Some(say(language, key, &[]))
}

/// The report of a part over a period: what its page shows, and its files hold.
///
/// # Errors
/// The database does not answer.
pub fn made(
    tx: &mut Tx<'_>,
    actor: &Actor,
    part: Part,
    scope: Scope,
    language: Language,
) -> Result<(Document, ReportContext)> {
    // A team is in one unit, or few.
    let unit = scope.unit.filter(|_| part != Part::Team);
    let (figures, context) = pages::figures(tx, actor, &Scope { part, unit, ..scope }, language)?;
    let lookup = pages::lookup(language);
    let document = compose::document(&figures, &context, &Texts::new(&lookup, language));
    Ok((of_part(document, part, language), context))
}

/// The document of a part, for a reader who takes no rows away.
fn of_part(mut document: Document, part: Part, language: Language) -> Document {
    let words = |keys: &[&str]| -> Vec<String> { keys.iter().map(|key| say(language, key, &[])).collect() };
    document.sections.retain(|section| !part.leaves_out().contains(&section.id));
    for table in document.sections.iter_mut().flat_map(|section| &mut section.tables) {
        // They lead to a workbook of every row.
        let key = if table.id == "months" { "report-note-part-months" } else { "report-note-part" };
        table.note = table.note.take().map(|_| say(language, key, &[]));
    }
    document.highlights.clear();
    for section in document.sections.iter().filter(|section| OPENING.contains(&section.id)) {
        if !document.highlights.contains(&section.finding) {
            document.highlights.push(section.finding.clone());
        }
    }
    // Of the whole organisation.
    let population = words(&["report-meta-population"]);
    document.meta.retain(|pair| !population.contains(&pair.term));
    if part.leaves_out().contains(&"late") {
        let late = words(&["report-key-late"]);
        document.key_figures.retain(|figure| !late.contains(&figure.label));
    }
    let files = words(&["report-method-lists", "report-method-check"]);
    document.method.paragraphs.retain(|paragraph| !files.contains(paragraph));
    document
}
