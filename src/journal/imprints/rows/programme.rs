//! Showcases, and events on which the ethics officer ruled.

use chrono::NaiveDate;
use diesel::prelude::*;
use serde_json::Value;

use super::{At, Day, Number, Text, rows, told};
use crate::app::Tx;
use crate::clock::Instant;
use crate::db::conn::each_engine;
use crate::db::schema::{
    consultations, passport_links, passport_rulings, passports, registrations, showcase_firms, showcase_questions,
    showcases,
};
use crate::error::Result;

pub(super) fn showcase(tx: &mut Tx<'_>, reference: &str) -> Result<Option<Value>> {
    let own = rows!(tx, showcases::table.filter(showcases::reference.eq(reference)), (
        showcases::id => i64,
        (showcases::kind, showcases::state, showcases::version, showcases::organiser_id) => (String, String, i32, i64),
        (showcases::title, showcases::held_on, showcases::begins, showcases::minutes)
            => (String, NaiveDate, Text, Option<i32>),
        (showcases::answers, showcases::call_planned, showcases::call_reference, showcases::call_on)
            => (String, bool, Text, Day),
        (showcases::stage, showcases::days_late) => (String, i32),
        (showcases::created_at, showcases::changed_at, showcases::closed_at, showcases::closing_note)
            => (Instant, Instant, At, Text),
    ));
    let id = own.first().map_or(0, |own| own.0);
    let firms = rows!(
        tx,
        showcase_firms::table.filter(showcase_firms::showcase_id.eq(id)).order(showcase_firms::id.asc()),
        (
            showcase_firms::company_id => i64,
            showcase_firms::origin => String,
            showcase_firms::heard => Option<bool>,
            showcase_firms::minutes => Option<i32>,
            showcase_firms::stage => Text,
            showcase_firms::reason => Text,
            showcase_firms::added_by => i64,
            showcase_firms::added_at => Instant,
            showcase_firms::noted_at => At,
        )
    );
    let questions = rows!(
        tx,
        showcase_questions::table.filter(showcase_questions::showcase_id.eq(id)).order(showcase_questions::id.asc()),
        (
            showcase_questions::question => String,
            showcase_questions::answer => String,
            showcase_questions::published_by => i64,
            showcase_questions::published_at => Instant,
        )
    );
    let people = rows!(
        tx,
        registrations::table.filter(registrations::showcase_id.eq(id)).order(registrations::person_id.asc()),
        (
            registrations::person_id => i64,
            registrations::registered_at => Instant,
            registrations::cancelled_at => At,
            registrations::attended => Option<bool>,
            registrations::noted_at => At,
        )
    );
    let asked = rows!(
        tx,
        consultations::table.filter(consultations::showcase_id.eq(id)).order(consultations::id.asc()),
        (
            consultations::call_reference => Text,
            consultations::call_on => Day,
            consultations::asked_at => Instant,
            consultations::opinion => Text,
            consultations::answered_by => Number,
            consultations::answered_at => At,
        )
    );
    told(own, (firms, questions, people, asked))
}

pub(super) fn passport(tx: &mut Tx<'_>, reference: &str) -> Result<Option<Value>> {
    let own = rows!(tx, passports::table.filter(passports::reference.eq(reference)), (
        passports::id => i64,
        passports::company_id => i64,
        passports::title => String,
        passports::event_on => NaiveDate,
        passports::ruling => i32,
        passports::created_by => i64,
        passports::created_at => Instant,
    ));
    let id = own.first().map_or(0, |own| own.0);
    let rulings = rows!(
        tx,
        passport_rulings::table.filter(passport_rulings::passport_id.eq(id)).order(passport_rulings::number.asc()),
        (
            passport_rulings::number => i32,
            passport_rulings::ruling => String,
            passport_rulings::cap_cents => Number,
            passport_rulings::conditions => String,
            passport_rulings::reason => String,
            passport_rulings::ruled_by => i64,
            passport_rulings::ruled_at => Instant,
        )
    );
    told(own, rulings)
}

pub(super) fn passport_link(tx: &mut Tx<'_>, declaration: i64) -> Result<Option<Value>> {
    let own = rows!(tx, passport_links::table.filter(passport_links::declaration_id.eq(declaration)), (
        passport_links::passport_id => i64,
        passport_links::confirmed_by => i64,
        passport_links::confirmed_at => Instant,
    ));
    told(own, ())
}
