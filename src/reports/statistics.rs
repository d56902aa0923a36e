//! What those count who see figures alone (domain.md §11): an executive their sector, a respondent their unit; of sealed files, their
//! number, for whole years.

use chrono::NaiveDate;
use diesel::prelude::*;
use serde::Serialize;

use super::queries::{self, Scope};
use super::reduced;
use crate::access::{Actor, PageAction, Role};
use crate::app::Tx;
use crate::clock::fiscal_year;
use crate::db::schema::units;
use crate::error::Result;
use crate::formats::format_number;
use crate::people::UnitId;
use crate::text::Language;
use crate::texts::say;

/// How many sealed files of a kind were filed: the number for whoever reads them; for the others, of the fiscal years of the period
/// that are over, never under five, none included. Free dates would tell, by what one more day adds, on which one somebody reported
/// a concern; and « moins de cinq » must not mean that there is one.
pub fn sealed_counts(tx: &mut Tx<'_>, actor: &Actor, scope: &Scope, language: Language) -> Result<Vec<SealedCount>> {
    let reads = tx.book.access.opens(PageAction::Sealed, Some(actor));
    let scope = if reads { Some(scope.clone()) } else { years_over(scope, tx.today()) };
    let Some(scope) = scope else { return Ok(Vec::new()) };
    let counts = queries::sealed_counts(tx, actor, &scope)?;
    let words = |count: i64| match reduced::told(count) {
        _ if reads => format_number(count, language),
        Some(count) => format_number(count, language),
        None => say(language, "statistics-few", &[]),
    };
    Ok(counts
        .into_iter()
        .map(|(version, count)| SealedCount { title: version.kind.title.get(language).to_owned(), count: words(count) })
        .collect())
}

/// The fiscal years of a period that are over, when there is one.
fn years_over(scope: &Scope, today: NaiveDate) -> Option<Scope> {
    let first = |year: i32| NaiveDate::from_ymd_opt(year, 4, 1);
    let year = fiscal_year(scope.from);
    let from = first(year).filter(|first| *first == scope.from).or_else(|| first(year + 1))?;
    let next = scope.to.succ_opt()?.min(today);
    let to = first(fiscal_year(next))?.pred_opt()?;
    (from < to).then(|| Scope { from, to, ..scope.clone() })
}

/// A kind of sealed files, and how many there were.
#[derive(Debug, Serialize)]
pub struct SealedCount {
    title: String,
    count: String,
}

/// Does a role of theirs count the whole register?
pub fn counts_whole(actor: &Actor) -> bool {
    let whole = [Role::EthicsOfficer, Role::Auditor, Role::SecretaryGeneral, Role::DeputyMinister];
    whole.into_iter().any(|role| actor.has(role))
}

/// The units whose declarations a reader may have counted; all of them when their role reads the whole.
pub fn within(tx: &mut Tx<'_>, actor: &Actor) -> Result<Option<Vec<UnitId>>> {
    if counts_whole(actor) {
        return Ok(None);
    }
    if !actor.has(Role::Executive) {
        return Ok(Some(vec![actor.unit]));
    }
    let path: String = units::table.find(actor.unit).select(units::path).first(tx.conn)?;
    let below = units::table.filter(units::path.like(format!("{path}%"))).select(units::id).load(tx.conn)?;
    Ok(Some(below))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sealed_files_are_counted_for_years_that_are_over() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let over = |from: &str, to: &str, today: &str| {
            let scope = Scope::whole(day(from), day(to));
            years_over(&scope, day(today)).map(|scope| (scope.from, scope.to))
        };
        let year = Some((day("2026-04-01"), day("2027-03-31")));
        assert_eq!(over("2026-04-01", "2027-03-31", "2027-04-01"), year);
        assert_eq!(over("2026-03-15", "2027-05-10", "2027-06-01"), year, "whole years only");
        assert_eq!(over("2026-04-01", "2027-03-31", "2027-03-31"), None, "its last day is not over");
        assert_eq!(over("2026-04-02", "2027-03-31", "2027-06-01"), None, "a day less is no year");
        assert_eq!(over("2026-04-01", "2026-11-30", "2026-12-01"), None);
        assert_eq!(over("2025-04-01", "2027-03-31", "2028-01-01"), Some((day("2025-04-01"), day("2027-03-31"))));
    }
}
