//! SQL of passports.

use chrono::NaiveDate;
use diesel::dsl::{exists, not};
use diesel::prelude::*;

use crate::access::{Action, Actor, Verdict, may};
use crate::app::Tx;
use crate::clock::Instant;
use crate::companies::{self as register, CompanyId};
use crate::db::conn::each_engine;
use crate::db::schema::{companies, declarations, passport_links, passport_rulings, passports};
use crate::declarations::shown::not_sealed;
use crate::declarations::store::{Declaration, is_barred};
use crate::declarations::workflow::State;
use crate::error::{Error, Result};
use crate::people::PersonId;

/// A company's event on which the ethics officer ruled.
#[derive(Debug, Clone, Queryable)]
pub struct Passport {
    pub id: i64,
    pub reference: String,
    pub company_id: CompanyId,
    pub company: String,
    pub title: String,
    pub event_on: NaiveDate,
    /// Number of the ruling in force.
    pub ruling: i32,
}

impl Passport {
    pub fn address(&self) -> String {
        format!("/passeports/{}", self.reference)
    }
}

/// What was ruled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verb {
    Acceptable,
    /// Acceptable on conditions.
    Conditions,
    NotAcceptable,
}

impl Verb {
    pub const ALL: [Self; 3] = [Self::Acceptable, Self::Conditions, Self::NotAcceptable];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Acceptable => "acceptable",
            Self::Conditions => "conditions",
            Self::NotAcceptable => "not_acceptable",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|verb| verb.as_str() == text)
    }
}

/// One ruling, never changed: a new one takes its place.
#[derive(Debug, Clone, Queryable)]
pub struct Ruling {
    pub number: i32,
    verb: String,
    /// Most that an invitee may accept, in cents.
    pub cap_cents: Option<i64>,
    conditions: String,
    pub reason: String,
    pub ruled_by: PersonId,
    pub ruled_at: Instant,
}

impl Ruling {
    pub fn verb(&self) -> Verb {
        Verb::parse(&self.verb).unwrap_or(Verb::NotAcceptable)
    }

    pub fn conditions(&self) -> Result<Vec<String>> {
        Ok(serde_json::from_str(&self.conditions)?)
    }
}

macro_rules! passports {
    () => {
        passports::table.inner_join(companies::table.on(passports::company_id.eq(companies::id))).select((
            passports::id,
            passports::reference,
            passports::company_id,
            companies::name,
            passports::title,
            passports::event_on,
            passports::ruling,
        ))
    };
}

pub fn find(tx: &mut Tx<'_>, reference: &str) -> Result<Passport> {
    Ok(each_engine!(tx.conn, conn => passports!().filter(passports::reference.eq(reference)).first(conn))?)
}

/// Newest first, below a row.
pub fn list(tx: &mut Tx<'_>, before: Option<i64>, most: i64) -> Result<Vec<Passport>> {
    Ok(each_engine!(tx.conn, conn => passports!()
        .filter(passports::id.lt(before.unwrap_or(i64::MAX)))
        .order(passports::id.desc())
        .limit(most)
        .load(conn))?)
}

pub fn between(tx: &mut Tx<'_>, from: NaiveDate, to: NaiveDate) -> Result<Vec<Passport>> {
    Ok(each_engine!(tx.conn, conn => passports!()
        .filter(passports::event_on.ge(from))
        .filter(passports::event_on.le(to))
        .order((passports::event_on.asc(), passports::id.asc()))
        .load(conn))?)
}

/// Passports of a company around a day.
pub fn near(tx: &mut Tx<'_>, company: CompanyId, from: NaiveDate, to: NaiveDate) -> Result<Vec<Passport>> {
    let same = register::store::standing_for(tx, company)?;
    Ok(each_engine!(tx.conn, conn => passports!()
        .filter(passports::company_id.eq_any(&same))
        .filter(passports::event_on.ge(from))
        .filter(passports::event_on.le(to))
        .order(passports::id.asc())
        .load(conn))?)
}

pub fn insert(
    tx: &mut Tx<'_>,
    reference: &str,
    company: CompanyId,
    title: &str,
    event_on: NaiveDate,
    by: PersonId,
) -> Result<Passport> {
    let now = tx.now();
    diesel::insert_into(passports::table)
        .values((
            passports::reference.eq(reference),
            passports::company_id.eq(company),
            passports::title.eq(title),
            passports::event_on.eq(event_on),
            passports::ruling.eq(0),
            passports::created_by.eq(by),
            passports::created_at.eq(now),
        ))
        .execute(tx.conn)?;
    find(tx, reference)
}

/// What a ruling says.
#[derive(Debug, Clone)]
pub struct NewRuling {
    pub verb: Verb,
    pub cap_cents: Option<i64>,
    pub conditions: Vec<String>,
    pub reason: String,
}

/// Puts a ruling in force in the place of the one that was read.
pub fn rule(tx: &mut Tx<'_>, passport: &mut Passport, by: PersonId, ruling: &NewRuling) -> Result<()> {
    let (now, read) = (tx.now(), passport.ruling);
    passport.ruling = read + 1;
    let changed = diesel::update(passports::table.find(passport.id).filter(passports::ruling.eq(read)))
        .set(passports::ruling.eq(passport.ruling))
        .execute(tx.conn)?;
    if changed != 1 {
        return Err(Error::Stale);
    }
    diesel::insert_into(passport_rulings::table)
        .values((
            passport_rulings::passport_id.eq(passport.id),
            passport_rulings::number.eq(passport.ruling),
            passport_rulings::ruling.eq(ruling.verb.as_str()),
            passport_rulings::cap_cents.eq(ruling.cap_cents),
            passport_rulings::conditions.eq(serde_json::to_string(&ruling.conditions)?),
            passport_rulings::reason.eq(&ruling.reason),
            passport_rulings::ruled_by.eq(by),
            passport_rulings::ruled_at.eq(now),
        ))
        .execute(tx.conn)?;
    Ok(())
}

/// Rulings of a passport, the one in force first.
pub fn rulings(tx: &mut Tx<'_>, passport: i64) -> Result<Vec<Ruling>> {
    Ok(passport_rulings::table
        .filter(passport_rulings::passport_id.eq(passport))
        .order(passport_rulings::number.desc())
        .select((
            passport_rulings::number,
            passport_rulings::ruling,
            passport_rulings::cap_cents,
            passport_rulings::conditions,
            passport_rulings::reason,
            passport_rulings::ruled_by,
            passport_rulings::ruled_at,
        ))
        .load(tx.conn)?)
}

/// The ruling in force.
pub fn in_force(tx: &mut Tx<'_>, passport: i64) -> Result<Ruling> {
    rulings(tx, passport)?.into_iter().next().ok_or_else(|| Error::Internal("a passport without a ruling".into()))
}

// Requests -----------------------------------------------------------------------------------------------------------

/// The passport of a request.
pub fn of_declaration(tx: &mut Tx<'_>, declaration: i64) -> Result<Option<Passport>> {
    let found: Option<i64> =
        passport_links::table.find(declaration).select(passport_links::passport_id).first(tx.conn).optional()?;
    let Some(id) = found else { return Ok(None) };
    Ok(Some(each_engine!(tx.conn, conn => passports!().filter(passports::id.eq(id)).first(conn))?))
}

/// Links a request. It has one passport at most.
pub fn link(tx: &mut Tx<'_>, passport: i64, declaration: i64, by: PersonId) -> Result<()> {
    let now = tx.now();
    if of_declaration(tx, declaration)?.is_some() {
        return Err(Error::NotPossible("not-possible-passport-linked"));
    }
    diesel::insert_into(passport_links::table)
        .values((
            passport_links::declaration_id.eq(declaration),
            passport_links::passport_id.eq(passport),
            passport_links::confirmed_by.eq(by),
            passport_links::confirmed_at.eq(now),
        ))
        .execute(tx.conn)?;
    Ok(())
}

pub fn unlink(tx: &mut Tx<'_>, passport: i64, declaration: i64) -> Result<bool> {
    let removed =
        diesel::delete(passport_links::table.find(declaration).filter(passport_links::passport_id.eq(passport)))
            .execute(tx.conn)?;
    Ok(removed == 1)
}

/// Requests linked to a passport, those that a reader may not read left out.
pub fn linked(tx: &mut Tx<'_>, actor: &Actor, passport: i64) -> Result<Vec<Declaration>> {
    let all = every_linked(tx, passport)?;
    readable(tx, actor, all)
}

/// For letters, which go to whoever has each request.
pub fn every_linked(tx: &mut Tx<'_>, passport: i64) -> Result<Vec<Declaration>> {
    Ok(each_engine!(tx.conn, conn => passport_links::table
        .inner_join(declarations::table.on(passport_links::declaration_id.eq(declarations::id)))
        .filter(passport_links::passport_id.eq(passport))
        .order(declarations::id.asc())
        .select(Declaration::as_select())
        .load(conn))?)
}

/// Filed requests to a company around a day that no passport has yet, those that a reader may not read left out.
pub fn unlinked(
    tx: &mut Tx<'_>,
    actor: &Actor,
    company: CompanyId,
    from: NaiveDate,
    to: NaiveDate,
) -> Result<Vec<Declaration>> {
    let kinds = prior_kinds(tx);
    let same = register::store::standing_for(tx, company)?;
    let all: Vec<Declaration> = each_engine!(tx.conn, conn => declarations::table
        .filter(declarations::company_id.eq_any(&same))
        .filter(declarations::kind.eq_any(&kinds))
        .filter(declarations::first_filed_at.is_not_null())
        .filter(not_sealed())
        .filter(declarations::state.ne(State::Withdrawn.as_str()))
        .filter(declarations::occurred_on.ge(from))
        .filter(declarations::occurred_on.le(to))
        .filter(not(exists(passport_links::table.filter(passport_links::declaration_id.eq(declarations::id)))))
        .order(declarations::id.asc())
        .select(Declaration::as_select())
        .load(conn))?;
    readable(tx, actor, all)
}

/// Gifts of a company to some people: those opened by their requests, and those of the day itself.
pub fn gifts(
    tx: &mut Tx<'_>,
    actor: &Actor,
    passport: &Passport,
    requests: &[Declaration],
) -> Result<Vec<Declaration>> {
    let ids: Vec<i64> = requests.iter().map(|request| request.id).collect();
    let people: Vec<PersonId> = requests.iter().map(|request| request.declarant_id).collect();
    let same = register::store::standing_for(tx, passport.company_id)?;
    let all: Vec<Declaration> = each_engine!(tx.conn, conn => declarations::table
        .filter(declarations::company_id.eq_any(&same))
        .filter(declarations::kind.eq("gift_declaration"))
        .filter(declarations::first_filed_at.is_not_null())
        .filter(not_sealed())
        .filter(declarations::state.ne(State::Withdrawn.as_str()))
        .filter(declarations::declarant_id.eq_any(&people))
        .order(declarations::id.asc())
        .select(Declaration::as_select())
        .load(conn))?;
    let of_the_event = |gift: &Declaration| {
        gift.origin_id.is_some_and(|origin| ids.contains(&origin))
            || (gift.origin_id.is_none() && gift.occurred_on == Some(passport.event_on))
    };
    readable(tx, actor, all.into_iter().filter(of_the_event).collect())
}

/// Kinds that ask for an authorisation before the fact.
fn prior_kinds(tx: &Tx<'_>) -> Vec<String> {
    let kinds = tx.book.catalogue.kinds();
    kinds
        .iter()
        .filter(|version| crate::programme::calendar::is_prior(&version.kind))
        .map(|version| version.kind.id.clone())
        .collect()
}

fn readable(tx: &mut Tx<'_>, actor: &Actor, all: Vec<Declaration>) -> Result<Vec<Declaration>> {
    let mut kept = Vec::new();
    for declaration in all {
        let barred = declaration.declarant_id != actor.person && is_barred(tx, declaration.id, actor.person)?;
        if may(&tx.book.access, actor, Action::Read, &declaration.target(barred)) == Verdict::Allowed {
            kept.push(declaration);
        }
    }
    Ok(kept)
}
