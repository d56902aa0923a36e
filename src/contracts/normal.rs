//! What a release says, in the words of the register: pure, so that each convention of the publishers is tested alone
//! (`docs`: domain §7). A release that makes no sense in one place is set aside whole.

#[cfg(test)]
mod tests;

use chrono::{DateTime, NaiveDate};
use serde::{Deserialize, Serialize};

use super::ocds::{Amount, Award, Contract, Party, Period, Release};
use crate::clock::Instant;
use crate::config::Config;
use crate::db::search::fold;
use crate::formats::parse_neq;
use crate::people::UnitId;
use crate::sources::Problem;

/// Largest amount believed: a hundred billion dollars.
const MOST: f64 = 1e11;

/// A firm named in a process.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Firm {
    pub neq: Option<String>,
    pub name: String,
}

/// What a release says of its tender.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TenderSaid {
    pub title: String,
    pub status: String,
    pub method: String,
    pub opens_on: Option<NaiveDate>,
    pub closes_on: Option<NaiveDate>,
    pub tenderers: Vec<Firm>,
}

/// An award or a contract.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContractSaid {
    pub key: String,
    /// `award` or `contract`.
    pub stage: String,
    pub award_key: Option<String>,
    pub number: String,
    pub title: String,
    pub amount_cents: Option<i64>,
    pub currency: String,
    pub signed_on: Option<NaiveDate>,
    /// Its own days: those that it does not say are asked of its award when it is written down ([`lasting`]).
    pub starts_on: Option<NaiveDate>,
    pub ends_on: Option<NaiveDate>,
    /// `pending`, `active`, `cancelled` or `terminated`.
    pub status: String,
    pub terminated_on: Option<NaiveDate>,
    pub amendments: i32,
    /// Empty when the release does not say.
    pub suppliers: Vec<Firm>,
    /// The unit that follows it; only the ministry's own books say it.
    #[serde(default)]
    pub unit_id: Option<UnitId>,
}

/// A release as it is written down.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    pub ocid: String,
    pub notice: String,
    pub dated: Instant,
    pub buyer: String,
    pub tender: Option<TenderSaid>,
    pub contracts: Vec<ContractSaid>,
}

/// Whose purchases are kept: names, NEQ or identifiers, folded; empty for everybody's.
#[derive(Debug, Clone, Default)]
pub struct Buyers {
    words: Vec<String>,
    /// The name of this body.
    own: String,
}

impl Buyers {
    pub fn new(names: &[String]) -> Self {
        let words = names.iter().map(|name| fold(name)).filter(|name| !name.is_empty()).collect();
        Self { words, own: String::new() }
    }

    /// Those of the settings. This body buys under its own name too, whatever else is written there.
    pub fn of(config: &Config) -> Self {
        let own = config.organisation.name.clone();
        let Self { mut words, .. } = Self::new(&config.contracts.buyers);
        if !words.is_empty() && !own.is_empty() {
            words.push(fold(&own));
        }
        Self { words, own }
    }

    /// The name under which a purchase is written down: as published, or that of this body when the settings know it by an
    /// identifier or a NEQ, which are not kept.
    pub fn name(&self, published: String) -> String {
        let is_known = self.words.is_empty() || self.words.contains(&fold(&published));
        if is_known || self.own.is_empty() { published } else { self.own.clone() }
    }

    /// True for a release of one of them, under any of the ways in which releases name who buys.
    pub fn keep(&self, release: &Release) -> bool {
        if self.words.is_empty() {
            return true;
        }
        let buys = |party: &&Party| party.roles.iter().any(|role| matches!(&**role, "buyer" | "procuringEntity"));
        let named = release.buyer.iter().chain(release.tender.iter().map(|tender| &tender.procuring_entity));
        let by_name = named.flat_map(|named| [&named.name, &named.id]);
        let by_party = release
            .parties
            .iter()
            .filter(buys)
            .flat_map(|party| [&party.name, &party.id, &party.details.neq, &party.identifier.id]);
        by_name.chain(by_party).any(|word| !word.is_empty() && self.words.contains(&fold(word)))
    }
}

/// Reads one release. `at` names it in the file: « 3 (ocds-…) ». What is doubtful and harmless is told beside what was kept;
/// what is wrong sets the release aside.
pub fn normal(file: &str, number: u64, release: &Release) -> (Option<Said>, Vec<Problem>) {
    let mut reader = Reader { file, number, ocid: &release.ocid, problems: Vec::new(), sound: true };
    let said = reader.read(release);
    let sound = reader.sound;
    (said.filter(|_| sound), reader.problems)
}

struct Reader<'r> {
    file: &'r str,
    number: u64,
    ocid: &'r str,
    problems: Vec<Problem>,
    sound: bool,
}

impl Reader<'_> {
    fn note(&mut self, path: &str, value: &str, code: &'static str) {
        let column = format!("release {} ({}) {path}", self.number, self.ocid.chars().take(60).collect::<String>());
        self.problems.push(Problem::new(self.file, 0, column.trim_end(), value, code));
    }

    fn wrong(&mut self, path: &str, value: &str, code: &'static str) {
        self.sound = false;
        self.note(path, value, code);
    }

    fn read(&mut self, release: &Release) -> Option<Said> {
        if release.ocid.is_empty() || release.ocid.len() > 200 {
            self.wrong("ocid", &release.ocid, "import-no-ocid");
        }
        let dated = instant(&release.date);
        if dated.is_none() {
            self.wrong("date", &release.date, "import-bad-date");
        }
        let dated = dated?;
        self.counts(release);
        if !self.sound {
            return None;
        }
        let tagged = |tag: &str| release.tag.iter().any(|found| **found == *tag);
        let tender = release.tender.as_ref().map(|tender| {
            let (opens_on, closes_on) = self.period(&tender.tender_period, "tender.tenderPeriod");
            let details = fold(&tender.procurement_method_details);
            let direct = &*tender.procurement_method == "direct" || details.contains("gre a gre");
            let bidders = release.parties.iter().filter(|party| party.roles.iter().any(|role| &**role == "tenderer"));
            let mut tenderers: Vec<Firm> = bidders.map(|party| self.party(party)).collect();
            for named in tender.tenderers.iter() {
                let firm = self.firm(release, &named.id, &named.name);
                if !tenderers.contains(&firm) {
                    tenderers.push(firm);
                }
            }
            TenderSaid {
                title: line(&tender.title),
                status: if tagged("tenderCancellation") { "cancelled".into() } else { line(&tender.status) },
                method: if direct { "direct".into() } else { line(&tender.procurement_method) },
                opens_on,
                closes_on,
                tenderers,
            }
        });
        let mut contracts = Vec::new();
        for (place, award) in release.awards.iter().enumerate() {
            contracts.push(self.award(release, place, award));
        }
        let ended = tagged("contractTermination");
        for (place, contract) in release.contracts.iter().enumerate() {
            contracts.push(self.contract(release, place, contract, dated, ended));
        }
        let buyer = release.buyer.as_ref().map(|buyer| line(&buyer.name)).filter(|name| !name.is_empty());
        let entity = || release.tender.as_ref().map(|tender| line(&tender.procuring_entity.name));
        Some(Said {
            ocid: release.ocid.clone(),
            notice: notice(&release.ocid).to_owned(),
            dated,
            buyer: buyer.or_else(entity).unwrap_or_default(),
            tender,
            contracts,
        })
    }

    /// Sets aside a release of which not everything was kept: half of what it says could mean something else. One list is
    /// enough to say.
    fn counts(&mut self, release: &Release) {
        let bidders = release.tender.as_ref().is_some_and(|tender| tender.tenderers.more);
        let whole = [
            ("tag", release.tag.more),
            ("parties", release.parties.more),
            ("tender.tenderers", bidders),
            ("awards", release.awards.more),
            ("contracts", release.contracts.more),
        ];
        let of_release = whole.iter().find(|(_, more)| *more).map(|(path, _)| (*path).to_owned());
        let in_a_party = || {
            release.parties.iter().enumerate().find_map(|(place, party)| match () {
                () if party.roles.more => Some(format!("parties[{place}].roles")),
                () if party.additional_identifiers.more => Some(format!("parties[{place}].additionalIdentifiers")),
                () => None,
            })
        };
        let in_an_award = || {
            let place = release.awards.iter().position(|award| award.suppliers.more)?;
            Some(format!("awards[{place}].suppliers"))
        };
        if let Some(path) = of_release.or_else(in_a_party).or_else(in_an_award) {
            self.wrong(&path, "", "import-too-many-parts");
        }
    }

    fn award(&mut self, release: &Release, place: usize, award: &Award) -> ContractSaid {
        let path = format!("awards[{place}]");
        let (starts_on, ends_on) = self.period(&award.contract_period, &format!("{path}.contractPeriod"));
        let signed_on = self.date(&award.date, &format!("{path}.date"));
        ContractSaid {
            key: key(&release.ocid, 'a', &award.id, place),
            stage: "award".into(),
            award_key: None,
            number: String::new(),
            title: line(&award.title),
            amount_cents: self.amount(award.value.amount, &format!("{path}.value.amount")),
            currency: line(&award.value.currency),
            signed_on,
            starts_on,
            ends_on,
            status: match &*award.status {
                "" | "active" => "active",
                "pending" => "pending",
                _ => "cancelled",
            }
            .into(),
            terminated_on: None,
            amendments: 0,
            suppliers: award.suppliers.iter().map(|named| self.firm(release, &named.id, &named.name)).collect(),
            unit_id: None,
        }
    }

    fn contract(
        &mut self,
        release: &Release,
        place: usize,
        contract: &Contract,
        dated: Instant,
        ended: bool,
    ) -> ContractSaid {
        let path = format!("contracts[{place}]");
        let (starts_on, ends_on) = self.period(&contract.period, &format!("{path}.period"));
        let signed_on = self.date(&contract.date_signed, &format!("{path}.dateSigned"));
        let amount = self.amount(contract.value.amount, &format!("{path}.value.amount"));
        // Most publishers name the award; one contract of one award is that award's anyway.
        let only = release.awards.len() == 1 && contract.award_id.is_empty();
        let award = release.awards.iter().enumerate().find(|(_, award)| only || award.id == contract.award_id);
        let award_key = match award {
            Some((place, award)) => Some(key(&release.ocid, 'a', &award.id, place)),
            None => (!contract.award_id.is_empty()).then(|| key(&release.ocid, 'a', &contract.award_id, 0)),
        };
        let awarded = award.map(|(_, award)| award);
        let status = match &*contract.status {
            "cancelled" => "cancelled",
            "terminated" => "terminated",
            "" | "active" | "pending" if ended => "terminated",
            "pending" => "pending",
            _ => "active",
        };
        // A contract that ran its course is called terminated too: it ended on its day, not on that of the file.
        let day = dated.date();
        let (_, end) = lasting((starts_on, ends_on), signed_on, awarded.map(Planned::by).unwrap_or_default());
        let terminated_on = (status == "terminated").then(|| end.filter(|end| *end <= day).unwrap_or(day));
        let title = line(&contract.title);
        ContractSaid {
            key: key(&release.ocid, 'c', &contract.id, place),
            stage: "contract".into(),
            award_key,
            number: line(&contract.id),
            title: if title.is_empty() { awarded.map(|award| line(&award.title)).unwrap_or_default() } else { title },
            amount_cents: amount.or_else(|| awarded.and_then(|award| cents(award.value.amount))),
            currency: match line(&contract.value.currency) {
                none if none.is_empty() => awarded.map(|award| line(&award.value.currency)).unwrap_or_default(),
                currency => currency,
            },
            signed_on,
            starts_on,
            ends_on,
            status: status.into(),
            terminated_on,
            amendments: i32::try_from(contract.amendments.len()).unwrap_or(i32::MAX),
            suppliers: awarded.map_or_else(Vec::new, |award| {
                award.suppliers.iter().map(|named| self.firm(release, &named.id, &named.name)).collect()
            }),
            unit_id: None,
        }
    }

    fn firm(&mut self, release: &Release, id: &str, name: &str) -> Firm {
        match release.parties.iter().find(|party| !id.is_empty() && &*party.id == id) {
            Some(party) => {
                let firm = self.party(party);
                if firm.name.is_empty() { Firm { name: line(name), ..firm } } else { firm }
            }
            None => Firm { neq: parse_neq(id).ok(), name: line(name) },
        }
    }

    /// A firm by its NEQ: in `details.neq` for SEAO, in an identifier of ten digits elsewhere.
    fn party(&mut self, party: &Party) -> Firm {
        let neq = &party.details.neq;
        if !neq.is_empty() && parse_neq(neq).is_err() {
            let code = Problem::new("", 0, "", "", "import-bad-neq").code;
            let told = self.problems.iter().any(|problem| problem.code == code && problem.value == **neq);
            if !told {
                self.note("parties[].details.neq", neq, "import-bad-neq");
            }
        }
        let identifiers = party.additional_identifiers.iter().chain([&party.identifier]).map(|found| &*found.id);
        let neq = [&**neq].into_iter().chain(identifiers).chain([&*party.id]).find_map(|text| parse_neq(text).ok());
        Firm { neq, name: line(&party.name) }
    }

    fn amount(&mut self, amount: Amount, path: &str) -> Option<i64> {
        match amount {
            Amount::None => None,
            Amount::Unreadable => {
                self.wrong(path, "", "import-bad-amount");
                None
            }
            Amount::Some(value) if value < 0.0 => {
                self.wrong(path, &value.to_string(), "import-negative-amount");
                None
            }
            Amount::Some(value) if value.is_nan() || value > MOST => {
                self.wrong(path, &value.to_string(), "import-absurd-amount");
                None
            }
            Amount::Some(_) => cents(amount),
        }
    }

    fn date(&mut self, text: &str, path: &str) -> Option<NaiveDate> {
        if text.is_empty() {
            return None;
        }
        let found = day(text);
        if found.is_none() {
            self.wrong(path, text, "import-bad-date");
        }
        found
    }

    fn period(&mut self, period: &Period, path: &str) -> (Option<NaiveDate>, Option<NaiveDate>) {
        let start = self.date(&period.start_date, &format!("{path}.startDate"));
        let end = self.date(&period.end_date, &format!("{path}.endDate"));
        if start.zip(end).is_some_and(|(start, end)| end < start) {
            self.wrong(path, &format!("{} > {}", &*period.start_date, &*period.end_date), "import-reversed-dates");
        }
        (start, end)
    }
}

/// A first and a last day, each when somebody said it.
pub type Days = (Option<NaiveDate>, Option<NaiveDate>);

/// What an award says of the days of its contract.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Planned {
    pub awarded_on: Option<NaiveDate>,
    pub days: Days,
}

impl Planned {
    /// What is wrong there is told with the award.
    fn by(award: &Award) -> Self {
        let period = &award.contract_period;
        Self { awarded_on: day(&award.date), days: (day(&period.start_date), day(&period.end_date)) }
    }
}

/// How long a contract lasts: what it does not say, its award may, `contractPeriod` first. An award planned for other days than
/// those of the contract says nothing of it; and nobody is under a contract, of which nothing else is said, before it is awarded.
pub fn lasting((starts, ends): Days, signed: Option<NaiveDate>, award: Planned) -> Days {
    let (first, last) = award.days;
    let in_time = |day: &NaiveDate| ends.is_none_or(|ends| *day <= ends);
    let awarded_on = award.awarded_on.filter(|_| signed.is_none());
    let starts = starts.or_else(|| first.filter(in_time)).or_else(|| awarded_on.filter(in_time));
    let begins = starts.or(signed);
    let ends = ends.or_else(|| last.filter(|last| begins.is_none_or(|begins| begins <= *last)));
    (starts, ends)
}

/// What follows the prefix of the publisher: `ocds-ec9k95-1234567` is notice 1234567.
pub fn notice(ocid: &str) -> &str {
    let mut parts = ocid.splitn(3, '-');
    match (parts.next(), parts.next(), parts.next()) {
        (Some("ocds"), Some(_), Some(notice)) if !notice.is_empty() => notice,
        _ => ocid,
    }
}

fn key(ocid: &str, stage: char, id: &str, place: usize) -> String {
    if id.is_empty() { format!("{ocid}|{stage}|#{place}") } else { format!("{ocid}|{stage}|{id}") }
}

#[expect(clippy::cast_possible_truncation, clippy::as_conversions, reason = "within MOST, cents fit")]
fn cents(amount: Amount) -> Option<i64> {
    match amount {
        Amount::Some(value) if (0.0..=MOST).contains(&value) => Some((value * 100.0).round() as i64),
        _ => None,
    }
}

/// One line, without what could not be printed.
fn line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(500).collect::<String>().trim().to_owned()
}

/// The instant of a release; a date alone is its first minute.
fn instant(text: &str) -> Option<Instant> {
    let with_zone = DateTime::parse_from_rfc3339(text).map(|at| at.naive_utc());
    let without = || chrono::NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f").ok();
    let instant = with_zone.ok().or_else(without).or_else(|| day(text)?.and_hms_opt(0, 0, 0))?;
    believable(instant.date()).then_some(instant)
}

/// The civil date that a text begins with.
fn day(text: &str) -> Option<NaiveDate> {
    let date = NaiveDate::parse_from_str(text.get(..10)?, "%Y-%m-%d").ok()?;
    let rest = text.get(10..)?;
    (believable(date) && (rest.is_empty() || rest.starts_with(['T', ' ']))).then_some(date)
}

fn believable(date: NaiveDate) -> bool {
    use chrono::Datelike;
    (1900..=2200).contains(&date.year())
}
