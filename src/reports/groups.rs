//! Counters of one group: a kind, a unit, the gifts, a delay.

use std::collections::{BTreeMap, HashSet};

use chrono::NaiveDate;

use crate::reports::figures::*;
use crate::reports::rows::{ReportRow, Standing};
use crate::reports::tally::Histogram;

/// Delays from first filing to decision.
#[derive(Default)]
pub struct DelayTally {
    days: Histogram,
    on_time: Share,
}

impl DelayTally {
    fn add(&mut self, row: &ReportRow) {
        if let Some(days) = row.decision_days {
            self.days.add(days);
        }
        if let Some(on_time) = row.on_time {
            self.on_time.of += 1;
            self.on_time.count += u64::from(on_time);
        }
    }

    pub fn days(&self) -> Vec<DayCount> {
        self.days.counts().map(|(days, count)| DayCount { days, count }).collect()
    }

    pub fn finish(&self) -> Delay {
        Delay {
            measured: self.days.total(),
            p50: self.days.percentile(50),
            p90: self.days.percentile(90),
            max: self.days.max(),
            on_time: self.on_time,
        }
    }
}

/// What is counted for a kind, for a unit and for all.
pub struct GroupTally {
    name: String,
    pub declarations: u64,
    pub decided: u64,
    pub pending: u64,
    pub withdrawn: u64,
    pub overdue: u64,
    pub filed_late: u64,
    pub delay: DelayTally,
}

impl GroupTally {
    pub fn named(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            declarations: 0,
            decided: 0,
            pending: 0,
            withdrawn: 0,
            overdue: 0,
            filed_late: 0,
            delay: DelayTally::default(),
        }
    }

    pub fn add(&mut self, row: &ReportRow, as_of: NaiveDate) {
        self.declarations += 1;
        self.filed_late += u64::from(row.days_late > 0);
        match row.standing() {
            Standing::Decided => {
                self.decided += 1;
                self.delay.add(row);
            }
            Standing::Pending => {
                self.pending += 1;
                self.overdue += u64::from(row.is_overdue(as_of));
            }
            Standing::Withdrawn => self.withdrawn += 1,
            Standing::ClosedUndecided => {}
        }
    }

    pub fn kind(self, id: String) -> KindFigures {
        KindFigures {
            kind: id,
            title: self.name,
            declarations: self.declarations,
            decided: self.decided,
            pending: self.pending,
            withdrawn: self.withdrawn,
            overdue: self.overdue,
            filed_late: self.filed_late,
            delay: self.delay.finish(),
        }
    }

    pub fn unit(self, code: String) -> UnitFigures {
        UnitFigures {
            code,
            name: self.name,
            declarations: self.declarations,
            pending: self.pending,
            overdue: self.overdue,
            delay: self.delay.finish(),
        }
    }
}

/// Values and dispositions of gifts.
#[derive(Default)]
pub struct GiftTally {
    total: GiftSum,
    values: Histogram,
    bins: [u64; GIFT_BINS.len()],
    dispositions: BTreeMap<Option<String>, (Option<String>, GiftSum)>,
    categories: BTreeMap<Option<String>, (Option<String>, GiftSum)>,
}

#[derive(Default, Clone, Copy)]
struct GiftSum {
    count: u64,
    without_value: u64,
    cents: i64,
}

impl GiftSum {
    fn add(&mut self, cents: Option<i64>) {
        self.count += 1;
        match cents {
            Some(cents) => self.cents = self.cents.saturating_add(cents),
            None => self.without_value += 1,
        }
    }
}

impl GiftTally {
    pub fn add(&mut self, row: &ReportRow) {
        self.total.add(row.value_cents);
        if let Some(cents) = row.value_cents {
            self.values.add(cents);
            let bin = GIFT_BINS.iter().rposition(|from| *from <= cents).unwrap_or_default();
            if let Some(count) = self.bins.get_mut(bin) {
                *count += 1;
            }
        }
        let new = |label: &Option<String>| (label.clone(), GiftSum::default());
        let disposition =
            self.dispositions.entry(row.disposition.clone()).or_insert_with(|| new(&row.disposition_label));
        disposition.1.add(row.value_cents);
        let category = self.categories.entry(row.category.clone()).or_insert_with(|| new(&row.category_label));
        category.1.add(row.value_cents);
    }

    pub fn finish(self) -> Gifts {
        Gifts {
            count: self.total.count,
            without_value: self.total.without_value,
            value_cents: self.total.cents,
            median_cents: self.values.percentile(50),
            max_cents: self.values.max(),
            by_disposition: gift_groups(self.dispositions),
            by_category: gift_groups(self.categories),
            by_value: GIFT_BINS
                .iter()
                .zip(GIFT_BINS.iter().skip(1).map(|next| Some(*next)).chain([None]))
                .zip(self.bins)
                .map(|((from, below), count)| GiftBin { from_cents: *from, below_cents: below, count })
                .collect(),
        }
    }
}

/// Most frequent first, then by id; the unknown last of its count.
fn gift_groups(groups: BTreeMap<Option<String>, (Option<String>, GiftSum)>) -> Vec<GiftGroup> {
    let mut groups: Vec<GiftGroup> = groups
        .into_iter()
        .map(|(id, (label, sum))| GiftGroup {
            id,
            label,
            count: sum.count,
            without_value: sum.without_value,
            value_cents: sum.cents,
        })
        .collect();
    groups.sort_by(|a, b| {
        b.count.cmp(&a.count).then_with(|| a.id.is_none().cmp(&b.id.is_none())).then_with(|| a.id.cmp(&b.id))
    });
    groups
}

/// What is counted for a company.
#[derive(Default)]
pub struct CompanyTally {
    /// The first in byte order of the names written, trimmed.
    pub name: String,
    pub neq: Option<String>,
    pub declarations: u64,
    pub declarants: HashSet<String>,
    pub gifts: u64,
    pub gift_cents: i64,
}

/// One company, however it was typed: its NEQ, else its name trimmed and in lower case. None when there is neither.
pub fn company_key(row: &ReportRow) -> Option<String> {
    let neq = row.neq.as_deref().map(str::trim).filter(|neq| !neq.is_empty());
    let name = row.company_name.as_deref().map(str::trim).filter(|name| !name.is_empty());
    neq.map(str::to_owned).or_else(|| name.map(str::to_lowercase))
}
