//! The facts that rules may name: what each is, what it can be worth, and where it comes from. People read what a fact
//! means in the rule studio and in `docs/POLICY.md`; the sentences are in Fluent, under `fact-…`.

use serde::Serialize;

use super::shape::Shape;

/// What the rules look at, for one version of one declaration. Totals of gifts count this one, and leave out those that
/// were taken back.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Facts {
    pub kind: String,
    /// Answers by field id: text, number, boolean or list; absent fields are `null`.
    pub answers: serde_json::Map<String, serde_json::Value>,
    pub regime: String,
    pub may_prospect: bool,
    pub lobbying_duty: bool,
    pub purpose: String,
    pub category: String,
    pub value_known: bool,
    pub value_cents: i64,
    pub days_late: i64,
    pub has_company: bool,
    pub has_neq: bool,
    pub names_decider: bool,
    pub under_contract: String,
    #[serde(flatten)]
    pub gifts: GiftFacts,
    pub declared_interest: bool,
    /// Interests of the person that are not over, counted when they declare that there is none.
    pub open_interests: i64,
    /// What came of the declaration of interests that this one takes up; nothing when it takes up none.
    pub renews: String,
    pub companies_consulted: i64,
    pub lobbying_case: bool,
    pub lobbying_days_left: i64,
    /// Last day to enter the activity in the registry, as `2026-12-31`; empty when nothing has to be.
    pub lobbying_due_on: String,
    #[serde(flatten)]
    pub outside: OutsideFacts,
}

/// Totals of the gifts of a donor, a company with those merged into it, on the day of the gift declared.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct GiftFacts {
    pub donor_12_months_cents: i64,
    pub donor_12_months_count: i64,
    pub donor_fiscal_year_cents: i64,
    pub donor_unit_12_months_cents: i64,
    pub donor_unit_12_months_count: i64,
    pub donor_unit_fiscal_year_cents: i64,
    pub donor_body_12_months_cents: i64,
    pub donor_body_12_months_count: i64,
    pub donor_body_fiscal_year_cents: i64,
    pub near_limit_count: i64,
    pub split_cents: i64,
    pub split_count: i64,
}

/// What is known from outside of the company: what files said held on the day of what is declared, nothing when they were
/// never read; and what somebody saw in the registry of lobbyists.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct OutsideFacts {
    pub active_contracts: i64,
    /// Of the other companies of its group.
    pub group_active_contracts: i64,
    /// Processes that await bids, in which the company is known to bid.
    pub open_tenders: i64,
    /// Those in which only other companies of its group are.
    pub group_open_tenders: i64,
    /// On the list of those that may not contract (RENA).
    pub ineligible: bool,
    /// Struck off the business register (REQ).
    pub struck_off: bool,
    /// Its NEQ is not in the business register that was read: a slip, or an enterprise more recent than the file.
    pub neq_unknown: bool,
    #[serde(flatten)]
    pub look: LookFacts,
}

/// The last look at the registry of lobbyists about the company, among those written down when the declaration is looked at:
/// somebody may have looked after the exchange, before declaring it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct LookFacts {
    /// What was found: `registered`, `absent` or `unclear`; empty when nobody looked.
    pub lobby_look: String,
    /// Its day, as `2026-12-31`; empty when nobody looked.
    pub lobby_look_on: String,
    /// Its age in calendar days; 0 when nobody looked.
    pub lobby_look_days: i64,
}

/// One fact: its name in expressions and what it can be.
#[derive(Debug, Clone)]
pub struct Fact {
    pub name: &'static str,
    pub shape: Shape,
}

impl Fact {
    /// Key of the sentence that says what it is.
    pub fn text_key(&self) -> String {
        format!("fact-{}", self.name.replace('_', "-"))
    }
}

/// Most days that a deadline of a lobbying registration runs (T-11.011: 60 calendar days).
pub const LONGEST_LOBBYING_DELAY: i64 = 60;

/// Every fact, in the order in which people read them; checked against [`Facts`] by a test.
pub fn all() -> Vec<Fact> {
    let fact = |name, shape| Fact { name, shape };
    let (text, yes_no, count) = (Shape::text, Shape::yes_no, || Shape::at_least(0));
    vec![
        fact("kind", text()),
        fact("answers", Shape::answers()),
        fact(
            "regime",
            Shape::one_of([
                "public_servant",
                "state_administrator",
                "contract_state_administrator",
                "on_loan",
                "other",
            ]),
        ),
        fact("may_prospect", yes_no()),
        fact("lobbying_duty", yes_no()),
        fact("purpose", text()),
        fact("category", text()),
        fact("value_known", yes_no()),
        fact("value_cents", count()),
        fact("days_late", count()),
        fact("has_company", yes_no()),
        fact("has_neq", yes_no()),
        fact("names_decider", yes_no()),
        fact("under_contract", Shape::one_of(["", "yes", "no", "unknown"])),
        fact("donor_12_months_cents", count()),
        fact("donor_12_months_count", count()),
        fact("donor_fiscal_year_cents", count()),
        fact("donor_unit_12_months_cents", count()),
        fact("donor_unit_12_months_count", count()),
        fact("donor_unit_fiscal_year_cents", count()),
        fact("donor_body_12_months_cents", count()),
        fact("donor_body_12_months_count", count()),
        fact("donor_body_fiscal_year_cents", count()),
        fact("near_limit_count", count()),
        fact("split_cents", count()),
        fact("split_count", count()),
        fact("declared_interest", yes_no()),
        fact("open_interests", count()),
        fact("renews", Shape::one_of(["", "pending", "decided", "directed"])),
        fact("companies_consulted", count()),
        fact("lobbying_case", yes_no()),
        fact("lobbying_days_left", Shape::between(i64::MIN, LONGEST_LOBBYING_DELAY)),
        fact("lobbying_due_on", text()),
        fact("active_contracts", count()),
        fact("group_active_contracts", count()),
        fact("open_tenders", count()),
        fact("group_open_tenders", count()),
        fact("ineligible", yes_no()),
        fact("struck_off", yes_no()),
        fact("neq_unknown", yes_no()),
        fact("lobby_look", Shape::one_of(["", "registered", "absent", "unclear"])),
        fact("lobby_look_on", text()),
        fact("lobby_look_days", count()),
    ]
}
