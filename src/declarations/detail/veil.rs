//! The page of a declaration for somebody who sees a part only (domain.md §11).

use super::views::DetailPage;
use crate::access::Depth;
use crate::app::Tx;
use crate::declarations::kind::{Fact, Field, Kind, Widget};
use crate::declarations::store::Authorized;
use crate::error::Result;
use crate::people::gathered::Gathered;
use crate::people::store::Person;
use crate::rectifications;
use crate::sealing::Keyring;
use crate::text::Language;
use crate::texts::say;

/// The unit of a file as it is told at this depth: a unit of a few people names them.
///
/// # Errors
/// The database does not answer.
pub fn unit_told(tx: &mut Tx<'_>, depth: Depth, found: &Authorized) -> Result<String> {
    Ok(match depth {
        Depth::Masked => Gathered::read(tx)?.name(found.declaration.unit_id),
        Depth::Whole | Depth::Summary => found.unit.clone(),
    })
}

/// What is left of the page for somebody who reads it masked, or in summary (domain.md §11).
pub fn veiled(
    mut page: DetailPage,
    depth: Depth,
    kind: &Kind,
    declarant: &Person,
    keyring: &Keyring,
    language: Language,
) -> DetailPage {
    let labels = |wanted: &dyn Fn(&Field) -> bool| -> Vec<String> {
        kind.fields().filter(|field| wanted(field)).map(|field| field.label.get(language).to_owned()).collect()
    };
    match depth {
        Depth::Whole => return page,
        Depth::Masked => {
            let subject = page.heading.split_once(" – ").map_or("", |(_, subject)| subject);
            page.declarant = keyring.pseudonym(&declarant.number);
            page.heading = format!("{} – {subject}", page.declarant);
            page.declarant_title = "–".to_owned();
            page.home_body = None;
            let named = labels(&|field| matches!(field.widget, Widget::Persons | Widget::Attachment));
            for row in page.sections.iter_mut().flat_map(|section| &mut section.rows) {
                if named.contains(&row.label) {
                    row.value = vec!["–".to_owned()];
                    row.links.clear();
                }
            }
            page.sections.retain(|section| section.title.is_some());
            page.whereabouts.clear();
            for event in &mut page.timeline {
                event.actor = None;
                event.changes = None;
            }
            if let Some(decision) = &mut page.decision {
                decision.mask();
            }
            for crosscheck in &mut page.crosschecks {
                crosscheck.mask();
            }
            page.slip = None;
            page.rectifications = rectifications::views::Panel::default();
            page.compare = false;
            page.corrected = None;
            for measure in &mut page.measures {
                // It names whoever must carry it out.
                measure.waits.clear();
            }
            page.veil = Some(say(language, "detail-masked", &[]));
        }
        Depth::Summary => {
            let kept = labels(&|field| matches!(field.fact, Some(Fact::Company | Fact::Contract)));
            for section in &mut page.sections {
                section.rows.retain(|row| kept.contains(&row.label));
            }
            page.sections.retain(|section| !section.rows.is_empty());
            page.heading = format!("{} – {}", page.declarant, page.kind);
            page.whereabouts.clear();
            page.in_summary = true;
            page.findings.clear();
            page.has_findings = false;
            page.contracts.clear();
            page.crosschecks.clear();
            page.automatic = None;
            page.rectifications = rectifications::views::Panel::default();
            page.timeline.clear();
            page.corrected = None;
            page.decision = None;
            page.contest = None;
            page.measures.clear();
            page.measures_said.clear();
            page.slip = None;
            page.passport = None;
            page.question = None;
            page.history.clear();
            page.veil = Some(say(language, "detail-summary", &[]));
        }
    }
    page
}
