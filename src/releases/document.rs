//! What is given: each line of the file, or a black mark and its article.

use serde::Serialize;

use crate::access::{Actor, Role};
use crate::app::Tx;
use crate::attachments::joined;
use crate::attachments::scan::Scans;
use crate::clock::local_date;
use crate::declarations::detail::state_label;
use crate::declarations::filing;
use crate::declarations::kind::{Phase, Widget};
use crate::declarations::store::{Authorized, Declaration};
use crate::declarations::summary::sections;
use crate::declarations::timeline::decision;
use crate::declarations::workflow::State;
use crate::error::Result;
use crate::formats;
use crate::journal;
use crate::text::Language;
use crate::texts::say;

/// The reasons of the law for which a line is withheld: what is written in forms and in the journal.
pub const ARTICLES: [&str; 5] = ["53", "23", "37", "28", "14"];

/// A line of the file, before anybody chose what becomes of it.
#[derive(Debug, Clone, Serialize)]
pub struct Line {
    /// Names it in forms and in the journal.
    pub id: String,
    pub label: String,
    pub value: Vec<String>,
    /// Names somebody: withheld unless it is chosen to be given.
    pub names: bool,
    /// A file joined, given whole or not at all.
    pub file: Option<i64>,
}

/// May this reader give the file? The ethics officer, or the secretary general, for a file that is not theirs.
pub fn may_release(actor: &Actor, declaration: &Declaration) -> bool {
    declaration.declarant_id != actor.person
        && (actor.has(Role::EthicsOfficer) || actor.has(Role::SecretaryGeneral))
        && !actor.read_only
        && declaration.state() != State::Draft
        // What was told in confidence is not given line by line.
        && !declaration.is_sealed()
}

/// Every line of a file, in its order.
///
/// # Errors
/// The database does not answer.
pub fn lines(tx: &mut Tx<'_>, found: &Authorized, language: Language) -> Result<Vec<Line>> {
    let declaration = &found.declaration;
    let kind = tx.book.catalogue.version(declaration.kind_version_id)?;
    let zone = tx.zone();
    let day = |at| formats::format_date_long(local_date(at, zone), language);
    let line = |id: &str, value: String, names: bool| Line {
        id: id.to_owned(),
        label: say(language, &format!("release-line-{id}"), &[]),
        value: vec![value],
        names,
        file: None,
    };
    let mut lines = vec![
        line("declarant", found.declarant.name(), true),
        line("title", found.declarant.title.clone(), true),
        line("unit", found.unit.clone(), false),
    ];
    lines.extend(declaration.first_filed_at.map(|at| line("filed", day(at), false)));
    lines.push(line("state", state_label(declaration.state(), language), false));
    let filed_on = declaration.first_filed_at.map_or(tx.today(), |at| local_date(at, zone));
    let answers = declaration.answers()?;
    let scans = Scans::of(tx, declaration.id, &answers)?;
    let given = filing::given(&found.declarant, filed_on);
    let labels = |widget: Widget| -> Vec<&str> {
        kind.fields().filter(|field| field.widget == widget).map(|field| field.label.get(language)).collect()
    };
    // Files joined have lines of their own: what they are called may name somebody.
    let (people, files) = (labels(Widget::Persons), labels(Widget::Attachment));
    let told = sections(&kind, &answers, &scans, &[Phase::Filing, Phase::FollowUp], given, language, None);
    let rows = told
        .into_iter()
        .flat_map(|section| section.rows)
        .filter(|row| !row.value.is_empty() && !files.contains(&row.label.as_str()));
    lines.extend(rows.zip(1..).map(|(row, number)| Line {
        id: format!("answer-{number}"),
        names: people.contains(&row.label.as_str()),
        label: row.label,
        value: row.value,
        file: None,
    }));
    for file in joined::of(tx, declaration.id)?.into_iter().filter(|file| file.available) {
        let kilobytes = formats::format_number((file.size + 999) / 1000, language);
        lines.push(Line {
            id: format!("file-{}", file.id),
            label: say(language, "release-line-file", &[]),
            value: vec![
                say(language, "release-file", &[("name", file.file_name().into()), ("size", kilobytes.into())]),
                format!("SHA-256\u{a0}: {}", file.sha256),
            ],
            names: true,
            file: Some(file.id),
        });
    }
    let entries = journal::timeline(tx, declaration.id)?;
    if let Some(decided) = decision(declaration, &kind, &entries, tx, language)? {
        lines.push(line("outcome", decided.label, false));
        lines.push(line("decided-by", decided.by, true));
        if !decided.reason.is_empty() {
            lines.push(line("reason", decided.reason, false));
        }
    }
    Ok(lines)
}
