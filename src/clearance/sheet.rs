//! A sheet as everybody who may read it sees it, and its fingerprint.
//!
//! The fingerprint is the SHA-256 of the canonical text of the sheet: JSON without spaces, its names in the order of the
//! alphabet as RFC 8785 (JCS) writes them, texts as they are on file, the instant in UTC to the microsecond. It is printed on
//! the sheet and kept in the journal, whose own chain tells when one of its leaves was changed. It proves that a sheet was
//! not changed, not who made it: a signature comes with the keys of the journal (step 4).

use chrono::SecondsFormat;
use serde::{Deserialize, Serialize};

use super::rules::Verdict;
use crate::clock::Instant;
use crate::error::Result;
use crate::random::sha256_hex;

/// A company that a sheet is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct About {
    pub name: String,
    pub neq: Option<String>,
}

/// A person and what the sheet says of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub number: String,
    pub name: String,
    pub verdict: Verdict,
}

/// A sheet, as on file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    pub number: String,
    pub asked_by: String,
    pub asked_at: Instant,
    pub purpose: String,
    pub contract: Option<String>,
    pub companies: Vec<About>,
    pub lines: Vec<Line>,
}

/// Fields in the order of the alphabet: that is what makes the text canonical.
#[derive(Serialize)]
struct Canonical<'s> {
    asked_at: String,
    asked_by: &'s str,
    companies: &'s [About],
    contract: Option<&'s str>,
    lines: Vec<CanonicalLine<'s>>,
    number: &'s str,
    purpose: &'s str,
}

#[derive(Serialize)]
struct CanonicalLine<'s> {
    name: &'s str,
    number: &'s str,
    verdict: &'static str,
}

impl Sheet {
    /// The text whose hash is the fingerprint.
    ///
    /// # Errors
    /// When it cannot be written: ours.
    pub fn canonical(&self) -> Result<String> {
        let lines = self.lines.iter();
        let canonical = Canonical {
            asked_at: self.asked_at.and_utc().to_rfc3339_opts(SecondsFormat::Micros, true),
            asked_by: &self.asked_by,
            companies: &self.companies,
            contract: self.contract.as_deref(),
            lines: lines
                .map(|line| CanonicalLine { name: &line.name, number: &line.number, verdict: line.verdict.as_str() })
                .collect(),
            number: &self.number,
            purpose: &self.purpose,
        };
        Ok(serde_json::to_string(&canonical)?)
    }

    /// SHA-256 of the canonical text, in hexadecimal.
    ///
    /// # Errors
    /// See [`Sheet::canonical`].
    pub fn fingerprint(&self) -> Result<String> {
        Ok(sha256_hex(self.canonical()?.as_bytes()))
    }

    /// How many people have each verdict.
    pub fn count(&self, verdict: Verdict) -> i64 {
        i64::try_from(self.lines.iter().filter(|line| line.verdict == verdict).count()).unwrap_or(i64::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet() -> Sheet {
        Sheet {
            number: "VER-2026-000001".into(),
            asked_by: "Rita Gauthier".into(),
            asked_at: "2026-11-23T15:00:00".parse().unwrap(),
            purpose: "Comité de sélection « lot 2 »".into(),
            contract: Some("C-100".into()),
            companies: vec![About { name: "Nordik inc.".into(), neq: Some("1171234567".into()) }],
            lines: vec![Line { number: "100009".into(), name: "Camille Gagnon".into(), verdict: Verdict::Clear }],
        }
    }

    #[test]
    fn the_canonical_text_is_the_same_for_ever() {
        assert_eq!(
            sheet().canonical().unwrap(),
            r#"{"asked_at":"2026-11-23T15:00:00.000000Z","asked_by":"Rita Gauthier","companies":[{"name":"Nordik inc.","neq":"1171234567"}],"contract":"C-100","lines":[{"name":"Camille Gagnon","number":"100009","verdict":"clear"}],"number":"VER-2026-000001","purpose":"Comité de sélection « lot 2 »"}"#
        );
    }

    #[test]
    fn any_change_of_a_sheet_changes_its_fingerprint() {
        let before = sheet().fingerprint().unwrap();
        assert_eq!(before, sheet().fingerprint().unwrap(), "the twin: nothing changed");
        let changes: [fn(&mut Sheet); 6] = [
            |sheet| sheet.purpose.push('.'),
            |sheet| sheet.contract = None,
            |sheet| sheet.companies.clear(),
            |sheet| sheet.asked_by.push('x'),
            |sheet| sheet.lines.iter_mut().for_each(|line| line.verdict = Verdict::Recuse),
            |sheet| sheet.lines.clear(),
        ];
        for change in changes {
            let mut changed = sheet();
            change(&mut changed);
            assert_ne!(changed.fingerprint().unwrap(), before);
        }
    }
}
