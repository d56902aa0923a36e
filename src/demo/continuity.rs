//! The last day of the history: somebody is away, somebody leaves, the deputy minister's own file is decided outside,
//! and a conflict of interest waits for a direction.

use chrono::Datelike;
use diesel::dsl::{exists, not};
use diesel::prelude::*;
use serde_json::json;

use super::office;
use crate::access::actor::Channel;
use crate::access::{Action, Actor, Role};
use crate::app::Tx;
use crate::campaigns::{self, actions::Plan};
use crate::db::conn::each_engine;
use crate::db::schema::{companies, declarations, persons, roles as offices};
use crate::declarations::access_log;
use crate::declarations::actions::{self, Choice};
use crate::declarations::answers::Answers;
use crate::declarations::outside::{self, OutsideDecision};
use crate::declarations::renewal::{self, Said};
use crate::declarations::store::authorized;
use crate::declarations::workflow::State;
use crate::declarations::{direction, drafts};
use crate::error::{Error, Result};
use crate::people::absences::{self, EVERYTHING, NewAbsence};
use crate::people::store;
use crate::people::{PersonId, departures, roles, sessions};

/// Lives the last day of people whose procedures begin with the calendar rather than with a file.
pub fn last_day(tx: &mut Tx<'_>, supervisor: &str) -> Result<()> {
    campaign(tx, supervisor)?;
    readings(tx)?;
    somebody_is_away(tx, supervisor)?;
    somebody_leaves(tx)?;
    decided_outside(tx)?;
    directions(tx)?;
    interests_renewed(tx)?;
    office::last_day(tx)
}

pub(super) fn acting(tx: &mut Tx<'_>, person: PersonId) -> Result<Actor> {
    let person = store::find(tx, person)?;
    sessions::actor(tx, &person, Channel::Command, false)?
        .ok_or_else(|| Error::Internal(format!("demonstration: {} is not in service", person.number)))
}

pub(super) fn holder_of(tx: &mut Tx<'_>, role: Role) -> Result<Option<PersonId>> {
    Ok(roles::holders(tx, role)?.first().copied())
}

/// The campaign of the year opened today. In the history one team has its letters: six hundred would hide the others.
fn campaign(tx: &mut Tx<'_>, supervisor: &str) -> Result<()> {
    let (Some(officer), Some(supervisor)) =
        (holder_of(tx, Role::EthicsOfficer)?, store::find_by_number(tx, supervisor)?)
    else {
        return Ok(());
    };
    let officer = acting(tx, officer)?;
    let year = tx.today().year() - i32::from(tx.today().month() < 4);
    let due_on = tx.book.calendar.add_business_days(tx.today(), 15);
    let campaign = {
        let label = format!("{year}-{}", year + 1);
        campaigns::actions::open(tx, &officer, &Plan { label: &label, due_on, exceptions: "" })?
    };
    for one in campaigns::store::population(tx)? {
        let (person, above) = (one.person, one.supervisor);
        let is_told = campaigns::store::told(tx, campaign.id, person)?;
        if is_told && (person == supervisor.id || above == Some(supervisor.id)) {
            campaigns::mail::ask(tx, &campaign, person, false)?;
        }
    }
    Ok(())
}

/// The ethics officer opened the last confidential files; somebody tried several times what they may not read.
fn readings(tx: &mut Tx<'_>) -> Result<()> {
    let Some(officer) = holder_of(tx, Role::EthicsOfficer)? else { return Ok(()) };
    let officer = acting(tx, officer)?;
    let files: Vec<(i64, PersonId)> = declarations::table
        .filter(declarations::class.eq("C2"))
        .filter(declarations::first_filed_at.is_not_null())
        .filter(declarations::declarant_id.ne(officer.person))
        .order(declarations::id.desc())
        .select((declarations::id, declarations::declarant_id))
        .limit(40)
        .load(tx.conn)?;
    for (file, _) in &files {
        access_log::read(tx, &officer, *file, "read")?;
    }
    let curious: Option<PersonId> = persons::table
        .filter(persons::active_until.is_null())
        .filter(persons::position.eq("none"))
        .filter(persons::id.ne_all(files.iter().map(|(_, declarant)| *declarant)))
        .filter(persons::supervisor_id.is_not_null())
        .order(persons::id.desc())
        .select(persons::id)
        .first(tx.conn)
        .optional()?;
    let (Some(curious), Some((file, _))) = (curious, files.first()) else { return Ok(()) };
    let (curious, slug) =
        (acting(tx, curious)?, crate::declarations::store::find_unguarded(tx, *file)?.slug().to_owned());
    for _ in 0..6 {
        access_log::refused(tx, &curious, &slug)?;
    }
    Ok(())
}

/// A colleague who has files to decide is away for a week: the supervisor of the demonstration acts in their place.
fn somebody_is_away(tx: &mut Tx<'_>, delegate: &str) -> Result<()> {
    let Some(delegate) = store::find_by_number(tx, delegate)? else { return Ok(()) };
    let mut in_office = Vec::new();
    for role in [Role::EthicsOfficer, Role::SecretaryGeneral, Role::DeputyMinister, Role::ContractMonitor] {
        in_office.extend(roles::holders(tx, role)?);
    }
    let busy: Vec<Option<PersonId>> = each_engine!(tx.conn, conn => declarations::table
        .filter(declarations::holder_id.is_not_null())
        .filter(declarations::holder_id.ne(delegate.id))
        .filter(declarations::declarant_id.ne(delegate.id))
        .filter(declarations::state.eq(State::Submitted.as_str()))
        .order(declarations::id.desc())
        .select(declarations::holder_id)
        .limit(50)
        .load(conn))?;
    let Some(away) = busy.into_iter().flatten().find(|person| !in_office.contains(person)) else { return Ok(()) };
    let new = NewAbsence {
        first_day: tx.today(),
        last_day: Some(tx.today() + chrono::TimeDelta::days(7)),
        delegate: delegate.number,
        scope: EVERYTHING.into(),
    };
    absences::set(tx, Some(away), away, &new).map(drop)
}

/// Somebody who declared things has a last day in three weeks.
fn somebody_leaves(tx: &mut Tx<'_>) -> Result<()> {
    let leaving: Option<PersonId> = each_engine!(tx.conn, conn => declarations::table
        .inner_join(persons::table.on(declarations::declarant_id.eq(persons::id)))
        .filter(declarations::state.eq(State::Monitoring.as_str()))
        .filter(persons::active_until.is_null())
        .filter(persons::position.eq("none"))
        .order(declarations::id.desc())
        .select(persons::id)
        .first(conn))
    .optional()?;
    let Some(person) = leaving else { return Ok(()) };
    let last = tx.today() + chrono::TimeDelta::days(21);
    diesel::update(persons::table.find(person)).set(persons::active_until.eq(last)).execute(tx.conn)?;
    departures::follow(tx).map(drop)
}

/// The deputy minister declares a gift; what was decided outside is recorded. A second one still waits.
fn decided_outside(tx: &mut Tx<'_>) -> Result<()> {
    let (Some(deputy), Some(general)) = (holder_of(tx, Role::DeputyMinister)?, holder_of(tx, Role::SecretaryGeneral)?)
    else {
        return Ok(());
    };
    let (deputy, general) = (acting(tx, deputy)?, acting(tx, general)?);
    for (description, decided) in
        [("Gravure remise à la fin d’une visite officielle", true), ("Livre d’art, dédicacé", false)]
    {
        let today = tx.today().to_string();
        let given = json!({
            "type": "gift",
            "description": description,
            "company": { "name": "Institut des estuaires (fictif)", "no_neq_reason": "Organisme de l’extérieur du Québec" },
            "contract_process": "no",
            "offered_on": today,
            "direction": "received",
            "received_on": today,
            "value_method": "estimate",
            "value_cents": 18_000,
            "names_supervisor": false,
            "wish": "hand_to_state",
        });
        let serde_json::Value::Object(answers) = given else { continue };
        let draft = drafts::start(tx, &deputy, "gift_declaration", &Answers(answers))?;
        let filed = actions::submit(tx, &deputy, &draft.key, true)?;
        if decided {
            let decision = OutsideDecision {
                choice: Choice {
                    outcome: "hand_to_state".into(),
                    reason: "La valeur dépasse ce qui est d’usage.".into(),
                    measures: Vec::new(),
                    version: filed.version,
                },
                authority: "Secrétariat général du Conseil exécutif (fictif)".into(),
                decided_on: Some(tx.today()),
                document: "SGCE-DEMO-118".into(),
            };
            outside::record(tx, &general, filed.slug(), &decision)?;
        }
    }
    Ok(())
}

/// Two people declare a real conflict, and the ethics officer asks for a direction on both: one is given, the other waits.
fn directions(tx: &mut Tx<'_>) -> Result<()> {
    let people: Vec<PersonId> = each_engine!(tx.conn, conn => persons::table
        .filter(persons::active_until.is_null())
        .filter(persons::position.eq("none"))
        .filter(persons::supervisor_id.is_not_null())
        .filter(not(exists(declarations::table
            .filter(declarations::declarant_id.eq(persons::id))
            .filter(declarations::kind.eq(renewal::KIND)))))
        // Those who run the demonstration's offices have other things to show.
        .filter(not(exists(offices::table.filter(offices::person_id.eq(persons::id)))))
        .order(persons::id.asc())
        .select(persons::id)
        .limit(2)
        .load(conn))?;
    let firms: Vec<(String, Option<String>)> = each_engine!(tx.conn, conn => companies::table
        .filter(companies::neq.is_not_null())
        .filter(companies::merged_into.is_null())
        .order(companies::id.asc())
        .select((companies::name, companies::neq))
        .limit(2)
        .load(conn))?;
    let (Some(officer), Some(deputy)) = (holder_of(tx, Role::EthicsOfficer)?, holder_of(tx, Role::DeputyMinister)?)
    else {
        return Ok(());
    };
    for ((person, (name, neq)), directed) in people.into_iter().zip(firms).zip([true, false]) {
        let given = json!({
            "type": "update",
            "ties": ["family"],
            "linked_person": "sibling",
            "period": "current",
            "since": "2022-02-01",
            "company": { "name": name, "neq": neq },
            "under_contract": "yes",
            "in_contact": "yes",
            "duties_details": "Vérification des factures de l’entreprise",
            "client_touched": "no",
            "conflict_kind": "real",
            "measures_taken": "Je ne traite plus ces factures.",
            "names_supervisor": false,
        });
        let serde_json::Value::Object(answers) = given else { continue };
        let declarant = acting(tx, person)?;
        let draft = drafts::start(tx, &declarant, renewal::KIND, &Answers(answers))?;
        let filed = actions::submit(tx, &declarant, &draft.key, true)?;
        let officer = acting(tx, officer)?;
        let reason = "Le conflit est réel et la personne traite le dossier de l’entreprise.";
        let asked = direction::seek(tx, &officer, filed.slug(), filed.version, reason)?;
        if directed {
            let deputy = acting(tx, deputy)?;
            let choice = Choice {
                outcome: "recusal".into(),
                reason: "Le retrait du dossier suffit, avec un suivi.".into(),
                measures: vec!["Transmettre les dossiers de l’entreprise à une autre personne".into()],
                version: asked.version,
            };
            actions::decide(tx, &deputy, asked.slug(), &choice)?;
        }
    }
    Ok(())
}

/// Days after which an interest is one of last year.
const LAST_YEAR: i64 = 200;

/// Two people renew what they declared last year: one says that nothing changed, the other that something did. Whoever
/// decides compares the two declarations.
fn interests_renewed(tx: &mut Tx<'_>) -> Result<()> {
    let before = tx.now() - chrono::TimeDelta::days(LAST_YEAR);
    let declared: Vec<PersonId> = each_engine!(tx.conn, conn => declarations::table
        .inner_join(persons::table.on(declarations::declarant_id.eq(persons::id)))
        .filter(declarations::kind.eq(renewal::KIND))
        .filter(declarations::state.eq(State::Closed.as_str()))
        .filter(declarations::first_filed_at.lt(before))
        .filter(declarations::outcome.is_not_null())
        .filter(persons::active_until.is_null())
        .order(declarations::id.desc())
        .select(declarations::declarant_id)
        .limit(60)
        .load(conn))?;
    let mut wanted = vec![Said::Changed, Said::Unchanged];
    let mut seen = std::collections::BTreeSet::new();
    for person in declared.into_iter().filter(|person| seen.insert(*person)) {
        let Some(said) = wanted.last().copied() else { break };
        let items = renewal::items(tx, person)?;
        // One card to answer, as most people have.
        let [item] = items.as_slice() else { continue };
        let actor = acting(tx, person)?;
        let done = renewal::renew(tx, &actor, &[(item.slug().to_owned(), Some(said))], true)?;
        for key in &done.drafts {
            let draft = authorized(tx, &actor, key, Action::Edit)?.declaration;
            let mut answers = draft.working_answers()?;
            answers
                .set("measures_taken", "Depuis avril, une collègue signe seule les factures de l’entreprise.".into());
            let draft = drafts::save_answers(tx, &actor, key, draft.version, &answers)?;
            match actions::submit(tx, &actor, draft.slug(), true) {
                // The form asks for more than last year: the draft stays, as it would.
                Ok(_) | Err(Error::Invalid(_)) => {}
                Err(error) => return Err(error),
            }
        }
        wanted.pop();
    }
    Ok(())
}

/// Who acts for the demonstration's absent colleague, by persona.
pub fn delegate_of(posts: &[super::data::Post]) -> Option<String> {
    posts.iter().find(|post| post.persona.as_deref() == Some("supervisor")).map(|post| post.number.clone())
}
