//! What only the whole file can tell: people listed twice, supervisors who are not there, chains that go round.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;

use super::{Draft, Problems, RowProblem};

pub(super) fn check_unique(drafts: &[Draft], problems: &mut Problems) {
    let (mut numbers, mut emails) = (HashSet::new(), HashSet::new());
    for draft in drafts {
        if !draft.number.is_empty() && !numbers.insert(&draft.number) {
            problems.push(RowProblem::new(draft.line, "numero", &draft.number, "directory-duplicate-number"));
        }
        if !draft.email.is_empty() && !emails.insert(&draft.email) {
            problems.push(RowProblem::new(draft.line, "courriel", &draft.email, "directory-duplicate-email"));
        }
    }
}

/// Supervisors exist, are there when their people are, and lead to the top.
pub(super) fn check_supervisors(drafts: &[Draft], today: NaiveDate, problems: &mut Problems) {
    let by_number: HashMap<&str, usize> =
        drafts.iter().enumerate().rev().map(|(place, draft)| (draft.number.as_str(), place)).collect();
    let mut above: Vec<Option<usize>> = Vec::with_capacity(drafts.len());
    for draft in drafts {
        let found = by_number.get(draft.supervisor.as_str()).copied().filter(|_| !draft.supervisor.is_empty());
        let code = if draft.supervisor.is_empty() {
            None
        } else if draft.supervisor == draft.number {
            Some("directory-self-supervisor")
        } else {
            match found.map(|place| drafts.get(place).and_then(|draft| draft.row.as_ref())) {
                None => Some("directory-unknown-supervisor"),
                // A line that was not understood has its own problems.
                Some(None) => None,
                Some(Some(supervisor)) => draft.row.as_ref().and_then(|person| {
                    let on = person.active_from.max(today);
                    let absent = person.is_active(on) && !supervisor.is_active(on);
                    absent.then_some("directory-supervisor-inactive")
                }),
            }
        };
        if let Some(code) = code {
            problems.push(RowProblem::new(draft.line, "superieur", &draft.supervisor, code));
        }
        above.push(found.filter(|_| draft.supervisor != draft.number));
    }
    for cycle in cycles(&above) {
        let members: Vec<&Draft> = cycle.iter().filter_map(|place| drafts.get(*place)).collect();
        let Some(first) = members.first() else { continue };
        let mut numbers: Vec<&str> = members.iter().take(12).map(|draft| draft.number.as_str()).collect();
        numbers.push(if members.len() > 12 { "…" } else { &first.number });
        problems.push(RowProblem::new(first.line, "superieur", numbers.join(" → "), "directory-supervisor-cycle"));
    }
}

/// Cycles of a chart where each place has at most one above it, each once, from its first place in the file.
pub(super) fn cycles(above: &[Option<usize>]) -> Vec<Vec<usize>> {
    // The walk that first came by each place: meeting one's own steps is a cycle, another's is not.
    let mut walked_by: Vec<Option<usize>> = vec![None; above.len()];
    let mut found = Vec::new();
    for start in 0..above.len() {
        let mut place = start;
        while let Some(seen @ None) = walked_by.get_mut(place) {
            *seen = Some(start);
            match above.get(place).copied().flatten() {
                Some(next) => place = next,
                None => break,
            }
        }
        let closes = walked_by.get(place).copied().flatten() == Some(start);
        let around = |from: usize| above.get(from).copied().flatten();
        if closes && around(place).is_some() {
            let mut members = vec![place];
            members.extend(std::iter::successors(around(place), |p| around(*p)).take_while(|p| *p != place));
            let first = members.iter().enumerate().min_by_key(|(_, p)| **p).map_or(0, |(at, _)| at);
            members.rotate_left(first);
            found.push(members);
        }
    }
    found
}
