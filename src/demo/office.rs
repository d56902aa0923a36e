//! What the ethics office has on its desk on the last day: an incident, a file that its person had corrected, a company looked up in
//! the registry of lobbyists.

use diesel::prelude::*;
use serde::Deserialize;

use super::continuity::{acting, holder_of};
use crate::access::{Actor, Role};
use crate::app::Tx;
use crate::companies::CompanyId;
use crate::companies::lobby::{self, Typed};
use crate::db::schema::declarations;
use crate::declarations::store;
use crate::declarations::workflow::State;
use crate::error::{Error, Result};
use crate::incidents::actions::{self as incidents, Given};
use crate::rectifications::actions as rectifications;

const OFFICE: &str = include_str!("../../config/demo/office.toml");

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Office {
    /// What a person says is wrong, and what is answered.
    rectification: String,
    answer: String,
    lobby: Lobby,
    incident: Incident,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Lobby {
    mandate: String,
    note: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Incident {
    information: String,
    circumstances: String,
    happened: String,
    people: String,
    assessment: String,
    measures: String,
    corrected_people: String,
    corrected_measures: String,
}

/// # Errors
/// The database does not answer, or the file of `config/demo` is not what it should be.
pub(super) fn last_day(tx: &mut Tx<'_>) -> Result<()> {
    let office: Office = toml::from_str(OFFICE).map_err(Error::internal)?;
    let Some(officer) = holder_of(tx, Role::EthicsOfficer)? else { return Ok(()) };
    let officer = acting(tx, officer)?;
    incident(tx, &officer, office.incident)?;
    rectified(tx, &officer, &office.rectification, &office.answer)?;
    looked_up(tx, &officer, office.lobby)
}

/// Recorded, then completed once more people were known.
fn incident(tx: &mut Tx<'_>, officer: &Actor, told: Incident) -> Result<()> {
    let given = |people: String, measures: String| Given {
        information: told.information.clone(),
        circumstances: told.circumstances.clone(),
        happened: told.happened.clone(),
        known_on: tx.today().pred_opt(),
        people,
        assessment: told.assessment.clone(),
        serious: Some(false),
        measures,
        ..Given::default()
    };
    let (first, corrected) =
        (given(told.people.clone(), told.measures.clone()), given(told.corrected_people, told.corrected_measures));
    let number = incidents::record(tx, officer, first)?;
    incidents::correct(tx, officer, &number, 1, corrected)
}

/// The last gift decided of somebody who is not a persona: they say what is wrong, and it is granted.
fn rectified(tx: &mut Tx<'_>, officer: &Actor, wrong: &str, answer: &str) -> Result<()> {
    let decided: Vec<i64> = declarations::table
        .filter(declarations::kind.eq("gift_declaration"))
        .filter(declarations::state.eq(State::Closed.as_str()))
        .filter(declarations::outcome.is_not_null())
        .filter(declarations::declarant_id.ne(officer.person))
        .order(declarations::id.desc())
        .select(declarations::id)
        .limit(40)
        .load(tx.conn)?;
    for file in decided {
        let file = store::find_unguarded(tx, file)?;
        // Whoever left, or is a persona who has it told in a scenario, does not.
        let Ok(person) = acting(tx, file.declarant_id) else { continue };
        if person.number.as_str() <= PERSONAS {
            continue;
        }
        rectifications::ask(tx, &person, file.slug(), "", wrong)?;
        rectifications::answer(tx, officer, file.slug(), "granted", answer)?;
        return Ok(());
    }
    Ok(())
}

/// The last number of the personas.
const PERSONAS: &str = "200099";

/// The company of the last exchange declared.
fn looked_up(tx: &mut Tx<'_>, officer: &Actor, found: Lobby) -> Result<()> {
    let company: Option<Option<CompanyId>> = declarations::table
        .filter(declarations::kind.eq("business_relation"))
        .filter(declarations::first_filed_at.is_not_null())
        .filter(declarations::company_id.is_not_null())
        .order(declarations::id.desc())
        .select(declarations::company_id)
        .first(tx.conn)
        .optional()?;
    let Some(company) = company.flatten() else { return Ok(()) };
    let typed = Typed {
        on: tx.today().to_string(),
        result: lobby::Outcome::Registered.as_str().to_owned(),
        mandate: found.mandate,
        note: found.note,
    };
    lobby::record(tx, officer, company, &typed)
}
