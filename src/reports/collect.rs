//! One pass over the rows. Memory grows with the number of units, companies and people, not with that of rows.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap, HashSet};

use aws_lc_rs::digest;
use chrono::{Datelike, NaiveDate};

use crate::reports::figures::*;
use crate::reports::format::clip;
use crate::reports::groups::{CompanyTally, GiftTally, GroupTally, company_key};
use crate::reports::order::{ages, bounded, companies, outcomes, states, units};
use crate::reports::rows::{ReportContext, ReportRow, STATES, Standing};
use crate::reports::tally::{Histogram, Top};

/// Most recent decision first, then by reference.
type ByDecision = Top<(Reverse<NaiveDate>, String), DecisionItem>;

/// Adds rows one at a time, in the order of their references, then gives the figures.
pub struct Collector {
    from: NaiveDate,
    to: NaiveDate,
    as_of: NaiveDate,
    population: u64,
    gift_kinds: Vec<String>,
    kinds: Vec<(String, GroupTally)>,
    months: BTreeMap<(i32, u32), (u64, BTreeMap<String, u64>)>,
    units: HashMap<String, GroupTally>,
    companies: HashMap<String, CompanyTally>,
    declarants: HashSet<String>,
    states: BTreeMap<String, u64>,
    all: GroupTally,
    closed_undecided: u64,
    attention: [u64; 4],
    ages: [(u64, u64); AGE_BANDS.len() + 1],
    pending: Top<(NaiveDate, String), PendingItem>,
    outcomes: BTreeMap<String, OutcomeFigures>,
    decisions_with_reason: u64,
    measures: MeasureFigures,
    strict: ByDecision,
    reasoned: ByDecision,
    gifts: GiftTally,
    late_days: Histogram,
    late: Top<(Reverse<i64>, String), LateItem>,
    unsupervised: BTreeMap<(String, String), MissingSupervisor>,
    unsupervised_rows: u64,
    last_reference: String,
    hash: digest::Context,
    line: Vec<u8>,
}

impl Collector {
    pub fn new(context: &ReportContext) -> Self {
        let mut months = BTreeMap::new();
        let mut month = (context.from.year(), context.from.month());
        // A month without any declaration is a figure too.
        while month <= (context.to.year(), context.to.month()) {
            months.insert(month, (0, BTreeMap::new()));
            month = if month.1 == 12 { (month.0 + 1, 1) } else { (month.0, month.1 + 1) };
        }
        Self {
            from: context.from,
            to: context.to,
            as_of: context.as_of,
            population: context.population,
            gift_kinds: context.gift_kinds.clone(),
            kinds: context.kinds.iter().map(|(id, title)| (id.clone(), GroupTally::named(title))).collect(),
            months,
            units: HashMap::new(),
            companies: HashMap::new(),
            declarants: HashSet::new(),
            states: STATES.iter().map(|state| ((*state).to_owned(), 0)).collect(),
            all: GroupTally::named(""),
            closed_undecided: 0,
            attention: [0; 4],
            ages: Default::default(),
            pending: Top::new(LIST_LIMIT),
            outcomes: BTreeMap::new(),
            decisions_with_reason: 0,
            measures: MeasureFigures::default(),
            strict: Top::new(LIST_LIMIT),
            reasoned: Top::new(LIST_LIMIT),
            gifts: GiftTally::default(),
            late_days: Histogram::default(),
            late: Top::new(LIST_LIMIT),
            unsupervised: BTreeMap::new(),
            unsupervised_rows: 0,
            last_reference: String::new(),
            hash: digest::Context::new(&digest::SHA256),
            line: Vec::with_capacity(1024),
        }
    }

    /// Counts one row, or says what is wrong with the query that gave it.
    pub fn add(&mut self, row: &ReportRow) -> Result<(), RowError> {
        if self.all.declarations > 0 && row.reference <= self.last_reference {
            return Err(RowError::OutOfOrder(row.reference.clone()));
        }
        if row.first_filed_on < self.from || row.first_filed_on > self.to {
            return Err(RowError::OutsidePeriod(row.reference.clone()));
        }
        self.line.clear();
        row.canonical_line(&mut self.line).map_err(|_| RowError::NotJson(row.reference.clone()))?;
        self.hash.update(&self.line);
        self.last_reference.clone_from(&row.reference);

        self.all.add(row, self.as_of);
        self.add_measures(row);
        match self.kinds.iter_mut().find(|(id, _)| *id == row.kind) {
            Some((_, tally)) => tally.add(row, self.as_of),
            None => {
                let mut tally = GroupTally::named(&row.kind_title);
                tally.add(row, self.as_of);
                self.kinds.push((row.kind.clone(), tally));
            }
        }
        let (count, kinds) = self.months.entry((row.first_filed_on.year(), row.first_filed_on.month())).or_default();
        *count += 1;
        bump(kinds, &row.kind);
        if !self.units.contains_key(&row.unit_code) {
            self.units.insert(row.unit_code.clone(), GroupTally::named(&row.unit_name));
        }
        if let Some(unit) = self.units.get_mut(&row.unit_code) {
            unit.add(row, self.as_of);
        }
        bump(&mut self.states, &row.state);
        if !self.declarants.contains(&row.declarant_number) {
            self.declarants.insert(row.declarant_number.clone());
        }
        if let Some(level) = self.attention.get_mut(usize::from(row.attention.clamp(0, 3).unsigned_abs())) {
            *level += 1;
        }
        match row.standing() {
            Standing::Pending => self.add_pending(row),
            Standing::Decided => self.add_decision(row),
            Standing::ClosedUndecided => self.closed_undecided += 1,
            Standing::Withdrawn => {}
        }
        let is_gift = row.standing() != Standing::Withdrawn && self.gift_kinds.contains(&row.kind);
        if is_gift {
            self.gifts.add(row);
        }
        self.add_company(row, is_gift);
        self.add_irregularities(row);
        Ok(())
    }

    fn add_pending(&mut self, row: &ReportRow) {
        let overdue = row.is_overdue(self.as_of);
        let band = row
            .held_days
            .map_or(AGE_BANDS.len(), |days| AGE_BANDS.iter().rposition(|from| *from <= days).unwrap_or_default());
        if let Some((count, late)) = self.ages.get_mut(band) {
            *count += 1;
            *late += u64::from(overdue);
        }
        let due = row.due_on.unwrap_or(NaiveDate::MAX);
        self.pending.offer((due, row.reference.clone()), || PendingItem {
            reference: row.reference.clone(),
            kind_title: row.kind_title.clone(),
            unit_code: row.unit_code.clone(),
            state: row.state.clone(),
            holder_name: row.holder_name.clone(),
            held_days: row.held_days,
            due_on: row.due_on,
            overdue_days: row.overdue_days.filter(|_| overdue).unwrap_or(0),
        });
    }

    fn add_decision(&mut self, row: &ReportRow) {
        let id = row.outcome.clone().unwrap_or_default();
        let label = row.outcome_label.clone().unwrap_or_else(|| id.clone());
        let reasoned = row.reason.as_deref().is_some_and(|reason| !reason.trim().is_empty());
        let outcome = self.outcomes.entry(id.clone()).or_insert_with(|| OutcomeFigures {
            outcome: id,
            label: label.clone(),
            tone: row.tone.clone(),
            count: 0,
            with_reason: 0,
            with_measures: 0,
        });
        outcome.count += 1;
        outcome.with_reason += u64::from(reasoned);
        outcome.with_measures += u64::from(!row.measures.is_empty());
        self.decisions_with_reason += u64::from(reasoned);
        let Some(decided_on) = row.decided_on else { return };
        let list = match row.tone.as_deref() {
            Some("negative" | "conditional") => &mut self.strict,
            _ if reasoned => &mut self.reasoned,
            _ => return,
        };
        list.offer((Reverse(decided_on), row.reference.clone()), || DecisionItem {
            reference: row.reference.clone(),
            kind_title: row.kind_title.clone(),
            unit_code: row.unit_code.clone(),
            outcome_label: label,
            tone: row.tone.clone(),
            decided_on,
            decider_name: row.decider_name.clone(),
            reason: row.reason.as_deref().map(|reason| clip(reason.trim(), REASON_LIMIT)),
            measures: row.measures.iter().take(8).map(|measure| clip(measure.trim(), REASON_LIMIT)).collect(),
        });
    }

    fn add_measures(&mut self, row: &ReportRow) {
        let of = &mut self.measures;
        for state in &row.measure_states {
            of.asked += 1;
            match state.as_str() {
                "verified" => of.verified += 1,
                "proof_given" => of.proof_given += 1,
                "overdue" => of.overdue += 1,
                "lifted" => of.lifted += 1,
                _ => of.open += 1,
            }
        }
    }

    fn add_company(&mut self, row: &ReportRow, is_gift: bool) {
        let Some(key) = company_key(row) else { return };
        let neq = row.neq.as_deref().map(str::trim).filter(|neq| !neq.is_empty());
        let name = row.company_name.as_deref().map(str::trim).filter(|name| !name.is_empty()).or(neq).unwrap_or("");
        let company = self.companies.entry(key).or_insert_with(|| CompanyTally {
            name: name.to_owned(),
            neq: neq.map(str::to_owned),
            ..CompanyTally::default()
        });
        // Capitals sort before small letters: « Ateliers Rive-Nord » wins over « ateliers rive-nord ».
        if name < company.name.as_str() {
            name.clone_into(&mut company.name);
        }
        company.declarations += 1;
        if !company.declarants.contains(&row.declarant_number) {
            company.declarants.insert(row.declarant_number.clone());
        }
        if is_gift {
            company.gifts += 1;
            company.gift_cents = company.gift_cents.saturating_add(row.value_cents.unwrap_or(0));
        }
    }

    fn add_irregularities(&mut self, row: &ReportRow) {
        if row.days_late > 0 {
            self.late_days.add(row.days_late);
            self.late.offer((Reverse(row.days_late), row.reference.clone()), || LateItem {
                reference: row.reference.clone(),
                kind_title: row.kind_title.clone(),
                unit_code: row.unit_code.clone(),
                declarant_name: row.declarant_name.clone(),
                occurred_on: row.occurred_on,
                first_filed_on: row.first_filed_on,
                days_late: row.days_late,
            });
        }
        if row.supervisor_missing {
            self.unsupervised_rows += 1;
            let key = (row.unit_code.clone(), row.declarant_number.clone());
            let person = self.unsupervised.entry(key).or_insert_with(|| MissingSupervisor {
                declarant_number: row.declarant_number.clone(),
                declarant_name: row.declarant_name.clone(),
                unit_code: row.unit_code.clone(),
                unit_name: row.unit_name.clone(),
                declarations: 0,
            });
            person.declarations += 1;
        }
    }

    /// The figures of all rows added.
    pub fn finish(self) -> AuditFigures {
        let all = self.all;
        let filed_late = Share { count: all.filed_late, of: all.declarations };
        AuditFigures {
            data: DataSeal { rows: all.declarations, sha256: hex::encode(self.hash.finish()) },
            totals: Totals {
                declarations: all.declarations,
                decided: all.decided,
                pending: all.pending,
                withdrawn: all.withdrawn,
                closed_undecided: self.closed_undecided,
                overdue: all.overdue,
                declarants: Share { count: self.declarants.len() as u64, of: self.population },
                attention: self.attention,
            },
            by_month: self
                .months
                .into_iter()
                .map(|((year, month), (declarations, by_kind))| MonthFigures {
                    month: format!("{year}-{month:02}"),
                    declarations,
                    by_kind,
                })
                .collect(),
            by_kind: self.kinds.into_iter().map(|(id, tally)| tally.kind(id)).collect(),
            by_unit: units(self.units),
            by_state: states(self.states),
            delay_days: all.delay.days(),
            delay: all.delay.finish(),
            pending_ages: ages(self.ages),
            pending: bounded(self.pending),
            outcomes: outcomes(self.outcomes),
            decisions_with_reason: self.decisions_with_reason,
            measures: self.measures,
            refusals_and_conditions: bounded(self.strict),
            other_reasoned_decisions: bounded(self.reasoned),
            gifts: self.gifts.finish(),
            companies: companies(self.companies),
            filed_late: FiledLate {
                share: filed_late,
                p50: self.late_days.percentile(50),
                p90: self.late_days.percentile(90),
                max: self.late_days.max(),
                list: bounded(self.late),
            },
            missing_supervisors: MissingSupervisors {
                declarations: self.unsupervised_rows,
                people: Bounded {
                    total: self.unsupervised.len() as u64,
                    items: self.unsupervised.into_values().take(LIST_LIMIT).collect(),
                },
            },
        }
    }
}

/// One more of a key, without copying a key that is already there.
fn bump(counts: &mut BTreeMap<String, u64>, key: &str) {
    match counts.get_mut(key) {
        Some(count) => *count += 1,
        None => {
            counts.insert(key.to_owned(), 1);
        }
    }
}
