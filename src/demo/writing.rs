//! What the four kinds of declarations share when somebody fills one in.

use chrono::{NaiveDate, TimeDelta};
use serde_json::{Value, json};

use super::chance::Chance;
use super::data::Data;
use super::times::business_days_before;
use super::world::{Partner, World};
use crate::db::search::fold;
use crate::declarations::answers::Answers;
use crate::declarations::calendar::Calendar;
use crate::error::Result;
use crate::people::store::Person;

/// Somebody filling in a form on a day.
pub struct Pen<'p> {
    pub data: &'p Data,
    pub world: &'p World,
    pub calendar: &'p Calendar,
    pub chance: Chance,
    pub declarant: usize,
    /// The day of filing.
    pub today: NaiveDate,
    /// Never late: what a scene is about is not the delay.
    pub punctual: bool,
}

impl<'p> Pen<'p> {
    pub fn person(&self) -> Result<&'p Person> {
        self.world.person(self.declarant)
    }

    /// State administrators and directors general: they may prospect, and must document lobbying.
    pub fn leads_the_ministry(&self) -> Result<bool> {
        let person = self.person()?;
        Ok(["deputy_minister", "assistant_deputy_minister", "director_general"].contains(&person.position.as_str()))
    }

    pub fn partner(&mut self) -> Result<&'p Partner> {
        let unit = self.person()?.unit_id;
        self.world.partner(&mut self.chance, unit)
    }

    pub fn supplier(&mut self) -> Result<&'p Partner> {
        let unit = self.person()?.unit_id;
        self.world.supplier(&mut self.chance, unit)
    }

    /// The day of a fact declared today: within the delay of `on_time` business days, or before it.
    pub fn fact(&mut self, on_time: i64, late_percent: u32) -> NaiveDate {
        let days = if self.chance.percent(late_percent) && !self.punctual {
            on_time + self.chance.between(1, 9) + if self.chance.percent(20) { self.chance.between(5, 25) } else { 0 }
        } else {
            self.chance.between(0, on_time)
        };
        business_days_before(self.today, days, self.calendar)
    }

    /// The same fact outside office days, when the weekend before it is near.
    pub fn evening_before(&mut self, day: NaiveDate) -> NaiveDate {
        if self.chance.percent(50) { day - TimeDelta::days(self.chance.between(0, 1)) } else { day }
    }

    pub fn say(&mut self, name: &str) -> String {
        self.data.say(&mut self.chance, name)
    }

    pub fn tell(&mut self, name: &str, partner: &Partner, contract: Option<&str>) -> String {
        self.data.tell(&mut self.chance, name, &partner.name, contract)
    }

    /// « Text|least|most » as the text and an amount in cents between both, rounded as people round.
    pub fn priced(&mut self, name: &str) -> (String, i64) {
        let line = self.say(name);
        let mut parts = line.split('|');
        let text = parts.next().unwrap_or_default().to_owned();
        let mut number = || parts.next().and_then(|part| part.parse::<i64>().ok()).unwrap_or(20);
        let (least, most) = (number(), number());
        let dollars = self.chance.between(least, most);
        let step = if dollars > 40 && self.chance.percent(70) { 5 } else { 1 };
        (text, dollars / step * step * 100)
    }

    pub fn contract(&mut self, partner: &Partner) -> Option<String> {
        self.chance.one(&partner.contracts).cloned()
    }

    /// A colleague of the declarant, by name as people type it.
    pub fn colleague(&mut self) -> Result<Option<Value>> {
        let unit = self.person()?.unit_id;
        let today = self.today;
        let near: Vec<&Person> = self
            .world
            .people
            .iter()
            .filter(|person| person.unit_id == unit && person.is_active(today) && person.position == "none")
            .collect();
        let me = self.person()?.id;
        Ok(self.chance.one(&near).filter(|person| person.id != me).map(|person| json!([{ "name": person.name() }])))
    }
}

/// Answers in the order they are given.
#[derive(Default)]
pub struct Sheet(Answers);

impl Sheet {
    pub fn put(&mut self, field: &str, value: impl Into<Value>) {
        self.0.set(field, value.into());
    }

    pub fn put_some(&mut self, field: &str, value: Option<impl Into<Value>>) {
        if let Some(value) = value {
            self.put(field, value);
        }
    }

    pub fn put_date(&mut self, field: &str, day: NaiveDate) {
        self.put(field, day.to_string());
    }

    pub fn done(self) -> Answers {
        self.0
    }
}

/// A company as the field keeps it.
pub fn company(partner: &Partner) -> Value {
    let mut value = json!({ "company_id": partner.id, "name": partner.name });
    if let Some(object) = value.as_object_mut() {
        if let Some(neq) = &partner.neq {
            object.insert("neq".into(), neq.as_str().into());
        }
        if let Some(reason) = &partner.no_neq_reason {
            object.insert("no_neq_reason".into(), reason.as_str().into());
        }
    }
    value
}

/// One or two people of a company.
pub fn contacts(pen: &mut Pen<'_>, partner: &Partner) -> Value {
    let names = &pen.data.ministry.names;
    let host: String = fold(&partner.name).split(' ').take(2).collect::<Vec<_>>().join("-");
    let count = if pen.chance.percent(25) { 2 } else { 1 };
    let mut people = Vec::new();
    for _ in 0..count {
        let is_woman = pen.chance.percent(50);
        let given = pen.chance.one(if is_woman { &names.female } else { &names.male });
        let (given, family) = (given.cloned().unwrap_or_default(), pen.chance.one(&names.family).cloned());
        let family = family.unwrap_or_default();
        let title = pen.data.say(&mut pen.chance, "contact.titles");
        let address = format!("{}@{host}.example", fold(&family).replace(' ', "-"));
        people.push(json!({
            "name": format!("{given} {family}"),
            "title": if pen.chance.percent(80) { title } else { String::new() },
            "email": if pen.chance.percent(60) { address } else { String::new() },
        }));
    }
    Value::Array(people)
}
