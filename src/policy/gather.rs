//! The facts of a version of a declaration: what its answers say, and what the register knows around them.

use chrono::{NaiveDate, TimeDelta};
use diesel::prelude::*;

use super::facts::{Facts, GiftFacts, LONGEST_LOBBYING_DELAY, OutsideFacts};
use super::gifts::{self, Gift, GiftLimits};
use super::outside::Outside;
use crate::app::Tx;
use crate::clock::Instant;
use crate::companies::{self, groups};
use crate::db::conn::each_engine;
use crate::db::schema::declarations;
use crate::declarations::answers::Answers;
use crate::declarations::filing;
use crate::declarations::kind::{Fact, Kind, Office};
use crate::declarations::outside::STEP as OUTSIDE;
use crate::declarations::renewal;
use crate::declarations::shown::not_sealed;
use crate::declarations::store::Declaration;
use crate::declarations::workflow::State;
use crate::error::Result;
use crate::formats::parse_neq;
use crate::people::PersonId;
use crate::people::store::Person;

/// Positions that may prospect (policy, section 5, « Innovation et prospection »).
const MAY_PROSPECT: [&str; 3] = ["deputy_minister", "assistant_deputy_minister", "director_general"];

/// The kind whose totals are kept.
pub const GIFT: &str = "gift_declaration";

/// Decisions that a lobbyist may aim at (T-11.011, s. 2).
const LOBBIED_DECISIONS: [&str; 4] = ["rules", "permit", "contract_or_grant", "appointment"];

/// Calendar days to enter an activity in the registry from its first day (domain.md §3): a consultant, and the others.
const CONSULTANT_DAYS: i64 = 30;

/// What the register knows around a declaration.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct History {
    pub gifts: GiftFacts,
    pub declared_interest: bool,
    pub open_interests: i64,
    pub renews: Renews,
    pub outside: OutsideFacts,
}

/// What came of the declaration of interests that another one takes up.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Renews {
    /// It takes up none.
    #[default]
    Nothing,
    /// Nothing yet.
    Pending,
    Decided,
    /// The deputy minister, or an authority outside, said how to act: nobody here decides otherwise.
    Directed,
}

impl Renews {
    /// From the step at which the other one was decided, when it was.
    pub fn of(decided: bool, step: Option<&str>) -> Self {
        match step {
            _ if !decided => Self::Pending,
            Some(step) if step == Office::DeputyMinister.as_str() || step == OUTSIDE => Self::Directed,
            _ => Self::Decided,
        }
    }

    fn as_str(self) -> &'static str {
        match self {
            Self::Nothing => "",
            Self::Pending => "pending",
            Self::Decided => "decided",
            Self::Directed => "directed",
        }
    }
}

/// The facts that other declarations give: gathering them is what costs.
pub const AROUND: [&str; 15] = [
    "donor_12_months_cents",
    "donor_12_months_count",
    "donor_fiscal_year_cents",
    "donor_unit_12_months_cents",
    "donor_unit_12_months_count",
    "donor_unit_fiscal_year_cents",
    "donor_body_12_months_cents",
    "donor_body_12_months_count",
    "donor_body_fiscal_year_cents",
    "near_limit_count",
    "split_cents",
    "split_count",
    "declared_interest",
    "open_interests",
    "renews",
];

/// What a declaration says of itself, before what is known around it.
pub struct Said<'d> {
    pub kind: &'d Kind,
    pub answers: &'d Answers,
    pub declaration: &'d Declaration,
    pub regime: &'d str,
    pub position: &'d str,
    pub days_late: i64,
    pub names_decider: bool,
    /// The day on which it is looked at.
    pub today: NaiveDate,
}

impl<'d> Said<'d> {
    /// What a declaration on file says, looked at on a day.
    pub fn of(
        kind: &'d Kind,
        answers: &'d Answers,
        declaration: &'d Declaration,
        (regime, position): (&'d str, &'d str),
        today: NaiveDate,
    ) -> Self {
        let case = filing::case(kind, answers, declaration.declarant_id, None);
        let names_decider = case.names_supervisor || !case.named.is_empty();
        let days_late = i64::from(declaration.days_late);
        Self { kind, answers, declaration, regime, position, days_late, names_decider, today }
    }

    /// The facts, with what is known around. Pure: the studio replays years with it.
    pub fn facts(&self, history: History) -> Facts {
        let Self { kind, answers, declaration, .. } = *self;
        let may_prospect = self.regime.ends_with("state_administrator") || MAY_PROSPECT.contains(&self.position);
        let neq = kind.field_of_fact(Fact::Company).is_some_and(|field| answers.get(&field.id).get("neq").is_some());
        let lobbying_case = is_lobbying(answers);
        let lobbying_due = if lobbying_case { self.lobbying_due() } else { None };
        Facts {
            kind: kind.id.clone(),
            // Every field is present, null when not answered, so that an expression can name it.
            answers: kind.fields().map(|field| (field.id.clone(), answers.get(&field.id).clone())).collect(),
            regime: self.regime.to_owned(),
            may_prospect,
            lobbying_duty: may_prospect,
            purpose: declaration.purpose.clone().unwrap_or_default(),
            category: declaration.category.clone().unwrap_or_default(),
            value_known: declaration.value_cents.is_some(),
            value_cents: declaration.value_cents.unwrap_or(0),
            days_late: self.days_late,
            has_company: declaration.company_id.is_some(),
            has_neq: neq,
            names_decider: self.names_decider,
            under_contract: answers.text("under_contract").to_owned(),
            gifts: history.gifts,
            declared_interest: history.declared_interest,
            open_interests: history.open_interests,
            renews: history.renews.as_str().to_owned(),
            companies_consulted: companies_consulted(answers),
            lobbying_case,
            lobbying_days_left: lobbying_due
                .map_or(LONGEST_LOBBYING_DELAY, |due| (due - self.today).num_days().min(LONGEST_LOBBYING_DELAY)),
            lobbying_due_on: lobbying_due.map(|due| due.to_string()).unwrap_or_default(),
            outside: history.outside,
        }
    }

    /// The person says that there is nothing to declare.
    pub fn is_nil(&self) -> bool {
        self.kind.id == renewal::KIND && self.answers.text("type") == "nil"
    }

    /// The number of the company as its declarant wrote it.
    fn typed_neq(&self) -> Option<String> {
        let field = self.kind.field_of_fact(Fact::Company)?;
        parse_neq(self.answers.get(&field.id).get("neq")?.as_str()?).ok()
    }

    /// Last day to enter the activity in the registry.
    fn lobbying_due(&self) -> Option<NaiveDate> {
        let first = self.answers.date("lobby_first_on").or(self.declaration.occurred_on)?;
        let delay = match self.answers.text("lobbyist_type") {
            "consultant" => CONSULTANT_DAYS,
            _ => LONGEST_LOBBYING_DELAY,
        };
        first.checked_add_signed(TimeDelta::days(delay))
    }
}

/// A decision was aimed at, and no exclusion of the law applies.
fn is_lobbying(answers: &Answers) -> bool {
    let excluded = ["public_tender", "presentation", "rights_request", "other"];
    LOBBIED_DECISIONS.contains(&answers.text("lobby_decision")) && !excluded.contains(&answers.text("lobby_exclusion"))
}

/// The company declared and the others that were consulted on the same need.
fn companies_consulted(answers: &Answers) -> i64 {
    let others = answers.get("consulted").as_array().map_or(0, Vec::len);
    i64::from(!answers.get("company").is_null()) + i64::try_from(others).unwrap_or(i64::MAX - 1)
}

/// The day on which the outside is asked about a company: that of what happened. An interest lasts, so what counts is
/// the day on which it is looked at.
pub fn day_outside(declaration: &Declaration, today: NaiveDate) -> NaiveDate {
    declaration.occurred_on.filter(|_| declaration.kind != renewal::KIND).unwrap_or(today)
}

/// Reads around a declaration: a few indexed ranges, over one company.
pub fn history(
    tx: &mut Tx<'_>,
    declarant: &Person,
    declaration: &Declaration,
    limits: &GiftLimits,
    today: NaiveDate,
) -> Result<History> {
    let Some(company) = declaration.company_id else {
        return Ok(History { renews: renews(tx, declaration)?, ..History::default() });
    };
    let outside = Outside::read(tx, company)?.on(day_outside(declaration, today), today, tx.now());
    history_with(tx, declarant, declaration, limits, outside)
}

/// The same, with what is known from outside already read: many declarations are looked at for one company.
pub fn history_with(
    tx: &mut Tx<'_>,
    declarant: &Person,
    declaration: &Declaration,
    limits: &GiftLimits,
    outside: OutsideFacts,
) -> Result<History> {
    let renews = renews(tx, declaration)?;
    let Some(company) = declaration.company_id else { return Ok(History { renews, ..History::default() }) };
    let companies = companies::store::standing_for(tx, company)?;
    let gifts = match declaration.occurred_on {
        Some(on) if declaration.kind == GIFT => {
            let person = declarant.id;
            let gift = Gift { on, cents: declaration.value_cents, person, unit: declaration.unit_id, of_group: false };
            let mut around = gifts_around(tx, &companies, on, declaration.id)?;
            let mut sisters = Vec::new();
            for sister in groups::others(tx, company)? {
                sisters.extend(companies::store::standing_for(tx, sister)?);
            }
            let of_group = |gift| Gift { of_group: true, ..gift };
            around.extend(gifts_around(tx, &sisters, on, declaration.id)?.into_iter().map(of_group));
            gifts::totals(&gift, &around, limits)
        }
        _ => GiftFacts::default(),
    };
    let declared_interest =
        declaration.kind != renewal::KIND && has_interest(tx, declarant.id, &companies, declaration.id)?;
    Ok(History { gifts, declared_interest, open_interests: 0, renews, outside })
}

/// What came of the declaration of interests that this one takes up, as it stands.
fn renews(tx: &mut Tx<'_>, declaration: &Declaration) -> Result<Renews> {
    let Some(earlier) = declaration.origin_id.filter(|_| declaration.kind == renewal::KIND) else {
        return Ok(Renews::Nothing);
    };
    type Row = (String, Option<Instant>, Option<String>);
    let (kind, decided_at, step): Row = declarations::table
        .find(earlier)
        .select((declarations::kind, declarations::decided_at, declarations::decided_step))
        .first(tx.conn)?;
    // A gift may lead to an interest: it is not taken up.
    Ok(if kind == renewal::KIND { Renews::of(decided_at.is_some(), step.as_deref()) } else { Renews::Nothing })
}

/// The gifts of a donor in the periods that may hold a day, one declaration aside.
fn gifts_around(tx: &mut Tx<'_>, companies: &[i64], on: NaiveDate, except: i64) -> Result<Vec<Gift>> {
    type Row = (Option<NaiveDate>, Option<i64>, PersonId, i64);
    if companies.is_empty() {
        return Ok(Vec::new());
    }
    let (first, last) = gifts::reach(on);
    let rows: Vec<Row> = each_engine!(tx.conn, conn => declarations::table
        .filter(declarations::company_id.eq_any(companies))
        .filter(not_sealed())
        .filter(declarations::kind.eq(GIFT))
        .filter(declarations::first_filed_at.is_not_null())
        .filter(declarations::state.ne(State::Withdrawn.as_str()))
        .filter(declarations::occurred_on.ge(first))
        .filter(declarations::occurred_on.le(last))
        .filter(declarations::id.ne(except))
        .select((
            declarations::occurred_on,
            declarations::value_cents,
            declarations::declarant_id,
            declarations::unit_id,
        ))
        .load(conn))?;
    let gift = |(on, cents, person, unit): Row| Some(Gift { on: on?, cents, person, unit, of_group: false });
    Ok(rows.into_iter().filter_map(gift).collect())
}

/// The person declared an interest in the company that they did not say is over.
fn has_interest(tx: &mut Tx<'_>, person: PersonId, companies: &[i64], except: i64) -> Result<bool> {
    let found: Option<String> = each_engine!(tx.conn, conn => declarations::table
        .filter(declarations::declarant_id.eq(person))
        .filter(declarations::company_id.eq_any(companies))
        .filter(declarations::kind.eq(renewal::KIND))
        .filter(declarations::first_filed_at.is_not_null())
        .filter(declarations::state.ne(State::Withdrawn.as_str()))
        .filter(declarations::id.ne(except))
        .order(declarations::id.desc())
        .select(declarations::answers)
        .first(conn))
    .optional()?;
    Ok(match found {
        Some(answers) => !renewal::is_over(&serde_json::from_str(&answers)?),
        None => false,
    })
}

/// In how many companies a person has an interest that they did not say is over.
fn open_interests(tx: &mut Tx<'_>, person: PersonId, except: i64) -> Result<i64> {
    let declared: Vec<(i64, String)> = each_engine!(tx.conn, conn => declarations::table
        .filter(declarations::declarant_id.eq(person))
        .filter(declarations::company_id.is_not_null())
        .filter(declarations::kind.eq(renewal::KIND))
        .filter(declarations::first_filed_at.is_not_null())
        .filter(declarations::state.ne(State::Withdrawn.as_str()))
        .filter(declarations::id.ne(except))
        .order(declarations::id.desc())
        .select((declarations::company_id.assume_not_null(), declarations::answers))
        .load(conn))?;
    let (mut seen, mut open) = (Vec::new(), 0);
    for (company, answers) in declared {
        // The last one about a company says what it is now.
        if seen.contains(&company) {
            continue;
        }
        seen.extend(companies::store::standing_for(tx, company)?);
        open += i64::from(!renewal::is_over(&serde_json::from_str(&answers)?));
    }
    Ok(open)
}

/// What rules look at, for a version put on file today.
pub fn facts(tx: &mut Tx<'_>, said: &Said<'_>, declarant: &Person, limits: &GiftLimits) -> Result<Facts> {
    let mut history = history(tx, declarant, said.declaration, limits, said.today)?;
    if said.declaration.company_id.is_none()
        && let Some(neq) = said.typed_neq()
    {
        // A company that joins the register when this is filed: the page before says what filing will.
        let day = day_outside(said.declaration, said.today);
        history.outside = Outside::of_enterprise(tx, &[neq])?.on(day, said.today, tx.now());
    }
    if said.is_nil() {
        history.open_interests = open_interests(tx, declarant.id, said.declaration.id)?;
    }
    Ok(said.facts(history))
}
