//! What a decider asks for, as typed, and the obligations it makes. A line of text is enough: the kind fills the rest.

use chrono::NaiveDate;

use crate::app::Tx;
use crate::declarations::answers::Form;
use crate::declarations::deadlines;
use crate::declarations::kind::{Kind, Need};
use crate::declarations::store::{self, Declaration};
use crate::error::{Error, FieldError, Result};
use crate::formats;
use crate::people::{self, PersonId};
use crate::text::Language;

/// Most measures of one decision, and longest one in characters.
pub const MOST: usize = 20;
pub const LONGEST: usize = 500;
/// Most rows of the detailed form.
pub const MOST_ROWS: usize = 10;
/// Longest time between two attestations.
const MOST_MONTHS: u16 = 60;

/// A measure as somebody asks for it. Everything but the text may be left empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wish {
    pub text: String,
    /// Number, address or name of a member of staff; the declarant when empty.
    pub owner: String,
    /// A day; that of the kind when empty.
    pub due: String,
    /// Id of a proof of the kind; the first when empty.
    pub evidence: String,
    /// Months between two attestations, `0` for none; as the kind says when empty.
    pub every: String,
    /// Row of the detailed form it comes from, from 1; none for a line of the quick list.
    pub row: Option<usize>,
}

impl From<&str> for Wish {
    fn from(text: &str) -> Self {
        Self::from(text.to_owned())
    }
}

impl From<String> for Wish {
    fn from(text: String) -> Self {
        Self { text, ..Self::default() }
    }
}

impl Wish {
    pub fn says_nothing(&self) -> bool {
        [&self.text, &self.owner, &self.due, &self.evidence, &self.every].iter().all(|part| part.trim().is_empty())
    }

    /// Name of one of its fields: that of its row, or the quick list.
    fn field(&self, part: &str) -> String {
        self.row.map_or_else(|| "measures".to_owned(), |row| row_field(row, part))
    }
}

/// `m2-owner`
pub fn row_field(row: usize, part: &str) -> String {
    format!("m{row}-{part}")
}

/// The quick list, one per line, then the rows of the detailed form.
pub fn typed(form: &Form) -> Vec<Wish> {
    let named = |name: &str| form.iter().find(|(n, _)| n == name).map_or("", |(_, value)| value.as_str());
    let lines = named("measures").lines().filter(|line| !line.trim().is_empty()).map(Wish::from);
    let rows = (1..=MOST_ROWS).map(|row| {
        let part = |part: &str| named(&row_field(row, part)).trim().to_owned();
        Wish {
            text: part("text"),
            owner: part("owner"),
            due: part("due"),
            evidence: part("evidence"),
            every: part("every"),
            row: Some(row),
        }
    });
    lines.chain(rows.filter(|wish| !wish.says_nothing())).collect()
}

/// An obligation ready to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    pub text: String,
    pub owner: PersonId,
    pub due_on: NaiveDate,
    pub evidence: String,
    pub every_months: Option<i32>,
}

/// The words of obligations, as a decision and its event keep them.
pub fn texts(orders: &[Order]) -> Vec<String> {
    orders.iter().map(|order| order.text.clone()).collect()
}

/// Turns wishes into obligations, or says beside each field what to put right.
pub fn read(
    tx: &mut Tx<'_>,
    kind: &Kind,
    declaration: &Declaration,
    need: Need,
    wishes: &[Wish],
    language: Language,
) -> Result<(Vec<Order>, Vec<FieldError>)> {
    let (mut orders, mut errors) = (Vec::new(), Vec::new());
    if need == Need::None {
        return Ok((orders, errors));
    }
    let asked: Vec<&Wish> = wishes.iter().filter(|wish| !wish.says_nothing()).collect();
    if asked.is_empty() && need == Need::Required {
        errors.push(FieldError::new("measures", "error-measures"));
    }
    if asked.len() > MOST {
        errors.push(FieldError::with("measures", "error-measures-many", MOST));
    }
    for wish in asked {
        let text = clean(&wish.text);
        if text.is_empty() {
            errors.push(FieldError::new(wish.field("text"), "error-measure-text"));
        } else if text.chars().count() > LONGEST {
            errors.push(FieldError::with(wish.field("text"), "error-too-long", LONGEST));
        }
        let owner = owner(tx, declaration, wish, &mut errors)?;
        let due_on = due_on(tx, kind, declaration, wish, language, &mut errors);
        let evidence = evidence(kind, wish, &mut errors);
        let every_months = every_months(kind, wish, &mut errors);
        orders.push(Order { text, owner, due_on, evidence, every_months });
    }
    Ok((orders, errors))
}

/// Who carries on with a measure, and by when: the day typed, or the delay of the kind from today.
///
/// # Errors
/// What to put right, beside `to` and `due`.
pub fn read_heir(
    tx: &mut Tx<'_>,
    kind: &Kind,
    declaration: &Declaration,
    (to, due): (&str, &str),
    language: Language,
) -> Result<(PersonId, NaiveDate)> {
    if clean(to).is_empty() {
        return Err(Error::field("to", "error-measure-to"));
    }
    let wish = Wish { owner: to.to_owned(), due: due.to_owned(), ..Wish::default() };
    let (mut of_person, mut of_day) = (Vec::new(), Vec::new());
    let person = owner(tx, declaration, &wish, &mut of_person)?;
    let day = due_on(tx, kind, declaration, &wish, language, &mut of_day);
    let beside = |field: &'static str| move |error: FieldError| FieldError { field: field.to_owned(), ..error };
    let mut errors: Vec<FieldError> = of_person.into_iter().map(beside("to")).collect();
    errors.extend(of_day.into_iter().map(beside("due")));
    if errors.is_empty() { Ok((person, day)) } else { Err(Error::Invalid(errors)) }
}

/// Conditions typed for a decision that takes none: nothing that somebody wrote is lost without a word. Those that the page
/// `proposed`, each as one text, and that nobody changed, were not typed.
pub fn unused(kind: &Kind, wishes: &[Wish], proposed: &[String], language: Language) -> Option<FieldError> {
    let quick = |wish: &&Wish| wish.row.is_none() && !wish.says_nothing();
    let listed: Vec<String> = wishes.iter().filter(quick).map(|wish| clean(&wish.text)).collect();
    let lines = |text: &String| -> Vec<String> { text.lines().map(clean).filter(|line| !line.is_empty()).collect() };
    let untouched = proposed.iter().any(|text| lines(text) == listed);
    let left_alone = |wish: &Wish| wish.says_nothing() || (untouched && wish.row.is_none());
    let typed = wishes.iter().find(|wish| !left_alone(wish))?;
    let mut takers = kind.outcomes.iter().filter(|outcome| outcome.measures != Need::None);
    let field = typed.field("text");
    Some(match (takers.next(), takers.next()) {
        (Some(only), None) => FieldError::with(field, "error-measures-unused", only.label.get(language)),
        _ => FieldError::new(field, "error-measures-unused-any"),
    })
}

fn clean(text: &str) -> String {
    text.trim().replace('\0', "")
}

fn owner(tx: &mut Tx<'_>, declaration: &Declaration, wish: &Wish, errors: &mut Vec<FieldError>) -> Result<PersonId> {
    let typed = clean(&wish.owner);
    if typed.is_empty() {
        return Ok(declaration.declarant_id);
    }
    let today = tx.today();
    let found = people::store::recognise(tx, &typed)?;
    let problem = match found.as_slice() {
        [person] if !person.is_active(today) => "error-measure-owner-left",
        [person] if person.id != declaration.declarant_id && store::is_barred(tx, declaration.id, person.id)? => {
            "error-measure-owner-concerned"
        }
        [person] => return Ok(person.id),
        [] => {
            errors.push(FieldError::with(wish.field("owner"), "error-person-unknown", &typed));
            return Ok(declaration.declarant_id);
        }
        _ => "error-measure-owner-several",
    };
    errors.push(FieldError::new(wish.field("owner"), problem));
    Ok(declaration.declarant_id)
}

/// The day typed, or the delay of the kind, counted from the fact when it is still to come.
fn due_on(
    tx: &Tx<'_>,
    kind: &Kind,
    declaration: &Declaration,
    wish: &Wish,
    language: Language,
    errors: &mut Vec<FieldError>,
) -> NaiveDate {
    let today = tx.today();
    let fact = declaration.occurred_until.or(declaration.occurred_on).unwrap_or(today);
    let usual = deadlines::due_on(kind.measures.due, fact.max(today), &tx.book.calendar);
    let typed = clean(&wish.due);
    if typed.is_empty() {
        return usual;
    }
    match formats::parse_date(&typed, today, language) {
        Ok(day) if day < today => errors.push(FieldError::new(wish.field("due"), "error-measure-due-past")),
        Ok(day) if (day - today).num_days() > 3653 => {
            errors.push(FieldError::new(wish.field("due"), "error-measure-due-far"));
        }
        Ok(day) => return day,
        Err(problem) => errors.push(FieldError::new(wish.field("due"), problem.message_key())),
    }
    usual
}

/// Proof of any kind, when the kind file names none.
const ANY_EVIDENCE: &str = "other";

fn evidence(kind: &Kind, wish: &Wish, errors: &mut Vec<FieldError>) -> String {
    let known = &kind.measures.evidence;
    let typed = clean(&wish.evidence);
    if typed.is_empty() {
        return known.first().map_or(ANY_EVIDENCE, |first| first.id.as_str()).to_owned();
    }
    if !known.iter().any(|evidence| evidence.id == typed) {
        errors.push(FieldError::new(wish.field("evidence"), "error-unknown-choice"));
    }
    typed
}

fn every_months(kind: &Kind, wish: &Wish, errors: &mut Vec<FieldError>) -> Option<i32> {
    let typed = clean(&wish.every);
    if typed.is_empty() {
        return kind.measures.every_months.map(i32::from);
    }
    match typed.parse::<u16>() {
        Ok(months) if months <= MOST_MONTHS => Some(i32::from(months)).filter(|months| *months > 0),
        _ => {
            errors.push(FieldError::with(wish.field("every"), "error-measure-every", MOST_MONTHS));
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(pairs: &[(&str, &str)]) -> Form {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn one_per_line_is_the_quick_way() {
        let wishes = typed(&form(&[("measures", "Décliner le repas\r\n\r\n  \nPayer l’entrée")]));
        let texts: Vec<&str> = wishes.iter().map(|wish| wish.text.trim()).collect();
        assert_eq!(texts, ["Décliner le repas", "Payer l’entrée"]);
        assert!(wishes.iter().all(|wish| wish.row.is_none()));
    }

    #[test]
    fn rows_come_after_the_lines_and_empty_ones_are_nothing() {
        let wishes = typed(&form(&[
            ("measures", "Un"),
            ("m1-text", " "),
            ("m2-text", "Deux"),
            ("m2-owner", "100009"),
            ("m3-due", "2026-12-01"),
        ]));
        assert_eq!(wishes.len(), 3);
        assert_eq!((wishes[1].row, wishes[1].owner.as_str()), (Some(2), "100009"));
        assert_eq!((wishes[2].text.as_str(), wishes[2].field("text").as_str()), ("", "m3-text"));
    }
}
