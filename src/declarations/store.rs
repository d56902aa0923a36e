//! SQL of declarations.

use std::borrow::Cow;

use chrono::NaiveDate;
use diesel::prelude::*;

use super::answers::Answers;
use super::catalogue::KindVersion;
use super::kind::{Kind, Office, Phase};
use super::sealed;
use super::workflow::State;
use crate::access::table::Freshness;
use crate::access::{Action, Actor, Target, Verdict, policy};
use crate::acts;
use crate::app::Tx;
use crate::bench::off;
use crate::clock::Instant;
use crate::db::conn::each_engine;
use crate::db::kept::Keep;
use crate::db::schema::{barred, counters, decisions, declarations, persons, revisions, timers, units};
use crate::error::{Error, Result};
use crate::journal;
use crate::people::store::Person;
use crate::people::{PersonId, UnitId};
use crate::policy::rules::Finding;
use crate::random;
use crate::sealing::record::{self, Reach};
use crate::text::Language;

/// One declaration, as stored.
#[derive(Debug, Clone, Queryable, Selectable, Identifiable, AsChangeset, Insertable)]
#[diesel(table_name = declarations, treat_none_as_null = true, treat_none_as_default_value = false)]
pub struct Declaration {
    /// Given by the database; [`UNSAVED`] before.
    #[diesel(skip_insertion)]
    pub id: i64,
    pub key: String,
    pub reference: Option<String>,
    pub kind: String,
    pub kind_version_id: i64,
    pub class: String,
    #[diesel(column_name = state)]
    state_name: String,
    pub resume_state: Option<String>,
    pub version: i32,
    pub revision: i32,
    pub declarant_id: PersonId,
    pub unit_id: UnitId,
    pub supervisor_id: Option<PersonId>,
    pub holder_id: Option<PersonId>,
    pub holder_office: Option<String>,
    pub held_since: Option<Instant>,
    pub route_reason: Option<String>,
    pub created_at: Instant,
    pub changed_at: Instant,
    pub first_filed_at: Option<Instant>,
    pub filed_at: Option<Instant>,
    pub due_on: Option<NaiveDate>,
    pub decide_by: Option<NaiveDate>,
    pub decided_at: Option<Instant>,
    pub decider_id: Option<PersonId>,
    pub outcome: Option<String>,
    pub closed_at: Option<Instant>,
    pub days_late: i32,
    pub attention: i16,
    pub findings: String,
    pub policy_version_id: Option<i64>,
    pub subject: String,
    pub occurred_on: Option<NaiveDate>,
    pub occurred_until: Option<NaiveDate>,
    pub value_cents: Option<i64>,
    pub company_id: Option<i64>,
    pub company_name: Option<String>,
    pub contract: Option<String>,
    pub purpose: Option<String>,
    pub category: Option<String>,
    pub disposition: Option<String>,
    pub regime: String,
    pub origin_id: Option<i64>,
    pub answers: String,
    pub correction: Option<String>,
    pub measures: String,
    /// In whose place the holder has it.
    pub held_for_id: Option<PersonId>,
    /// In whose place it was decided.
    pub decided_for_id: Option<PersonId>,
    /// Who decided outside the organisation, in words.
    pub outside_authority: Option<String>,
    /// Step of the decision in force.
    pub decided_step: Option<String>,
    /// See [`super::filing::is_contract_linked`] and [`super::filing::opens_to_contract_monitor`].
    pub contract_linked: bool,
    /// Who has yet to read what was told after the decision: whoever decided, and an office (`acknowledging.rs`).
    pub reader_id: Option<PersonId>,
    pub reader_office: Option<String>,
    /// What a file of class C3 says, as the database has it; nothing once it is opened (`sealed.rs`).
    pub(super) sealed: Option<String>,
}

impl Declaration {
    pub fn state(&self) -> State {
        State::parse(&self.state_name).unwrap_or(State::Closed)
    }

    pub fn set_state(&mut self, state: State) {
        state.as_str().clone_into(&mut self.state_name);
    }

    pub fn office(&self) -> Option<Office> {
        self.holder_office.as_deref().and_then(Office::parse)
    }

    /// Somebody has yet to read what was told after the decision: the file does not close over their head.
    pub fn waits_for_a_reader(&self) -> bool {
        self.reader_id.is_some() || self.reader_office.is_some()
    }

    /// Nobody has to read it any more.
    pub fn is_read_by_all(&mut self) {
        self.reader_id = None;
        self.reader_office = None;
        self.held_since = None;
    }

    /// The answers on file, or those of the draft.
    pub fn answers(&self) -> Result<Answers> {
        Ok(serde_json::from_str(&self.answers)?)
    }

    /// The answers being written: the correction when one is open.
    pub fn working_answers(&self) -> Result<Answers> {
        Ok(serde_json::from_str(self.correction.as_deref().unwrap_or(&self.answers))?)
    }

    pub fn findings(&self) -> Result<Vec<Finding>> {
        Ok(serde_json::from_str(&self.findings)?)
    }

    pub fn measures(&self) -> Result<Vec<String>> {
        Ok(serde_json::from_str(&self.measures)?)
    }

    /// Reference, or the key of a draft: the last part of its address.
    pub fn slug(&self) -> &str {
        self.reference.as_deref().unwrap_or(&self.key)
    }

    pub fn target(&self, barred: bool) -> Target<'_> {
        Target {
            kind: &self.kind,
            state: self.state(),
            declarant: self.declarant_id,
            holder: self.holder_id,
            holder_office: self.office(),
            supervisor: self.supervisor_id,
            decider: self.decider_id,
            contract_linked: self.contract_linked,
            unit: self.unit_id,
            barred,
            emergency: false,
        }
    }

    /// Class C3 (`kind.rs`): in no list about others.
    /// Is its declarant still to tell something after the decision? Some kinds are followed by measures alone, and once all is
    /// told, only measures keep the file open.
    pub fn expects_more(&self, kind: &Kind) -> bool {
        let told = self.state() == State::Monitoring && self.due_on.is_none();
        !told && kind.steps.iter().any(|step| step.phase == Phase::FollowUp)
    }

    pub fn is_sealed(&self) -> bool {
        self.class == "C3" && !off::is_off()
    }

    /// Waits for a decision that nobody here may take.
    pub fn is_outside(&self) -> bool {
        self.state().is_pending() && self.holder_id.is_none() && self.holder_office.is_none()
    }

    pub fn is_confidential(&self) -> bool {
        self.class != "C1"
    }
}

/// A declaration that its reader may touch, loaded for one action with the people it speaks of. Handlers receive
/// nothing else.
#[derive(Debug, Clone)]
pub struct Authorized {
    pub declaration: Declaration,
    pub declarant: Person,
    /// Name of the unit it was filed in.
    pub unit: String,
    /// Name of the person who has it.
    pub holder: Option<String>,
    pub barred: bool,
    /// Two people opened it to this reader.
    emergency: bool,
}

impl Authorized {
    /// What the policy looks at, for this reader.
    pub fn target(&self) -> Target<'_> {
        Target { emergency: self.emergency, ..self.declaration.target(self.barred) }
    }
}

diesel::alias!(persons as holder: Holder);

/// Loads by reference or draft key in one query, and asks the policy. Whoever may not read it is told that it does not
/// exist.
pub fn authorized(tx: &mut Tx<'_>, actor: &Actor, slug: &str, action: Action) -> Result<Authorized> {
    type Row = (Declaration, Person, String, Option<(String, String)>, Option<PersonId>);
    /// The declaration that a column names, with the people it speaks of.
    macro_rules! named_by {
        ($column:ident) => {
            each_engine!(tx.conn, conn => declarations::table
                .inner_join(persons::table.on(declarations::declarant_id.eq(persons::id)))
                .inner_join(units::table.on(declarations::unit_id.eq(units::id)))
                .left_join(holder.on(declarations::holder_id.eq(holder.field(persons::id).nullable())))
                .left_join(
                    barred::table
                        .on(barred::declaration_id.eq(declarations::id).and(barred::person_id.eq(actor.person))),
                )
                .filter(declarations::$column.eq(slug))
                .select((
                    Declaration::as_select(),
                    Person::as_select(),
                    units::name,
                    (holder.field(persons::given_name), holder.field(persons::family_name)).nullable(),
                    barred::person_id.nullable(),
                ))
                .first::<Row>(conn))
        };
    }
    let found = if is_reference(slug) { named_by!(reference) } else { named_by!(key) };
    let row = found.optional()?;
    let (declaration, declarant, unit, held_by, barred) = row.ok_or(Error::NotFound)?;
    // Once filed, it has its reference for everybody but whoever wrote the draft: what the doors ask of a kind, they read there. A
    // letter names what was told in confidence by its key alone, since a reference says the kind; what asks for a proof there is below.
    if declaration.slug() != slug && declaration.declarant_id != actor.person && !declaration.is_sealed() {
        return Err(Error::NotFound);
    }
    let barred = barred.is_some() && declaration.declarant_id != actor.person;
    let emergency = declaration.is_sealed()
        && matches!(action, Action::Read | Action::Summarise)
        && declaration.declarant_id != actor.person
        && policy::may(&tx.book.access, actor, action, &declaration.target(barred)) == Verdict::Hidden
        && acts::actions::opens_in_emergency(tx, actor, declaration.reference.as_deref().unwrap_or_default())?;
    let target = Target { emergency, ..declaration.target(barred) };
    policy::require(&tx.book.access, actor, action, &target)?;
    // The draft of a question is open on the screen of whoever writes it; what was told in confidence is not, by whatever address.
    let opens = matches!(action, Action::Read | Action::Summarise | Action::Examine);
    if opens && declaration.is_sealed() && declaration.reference.is_some() {
        actor.require_proof(Freshness::Reading, &tx.book.config.confirmation, tx.now())?;
    }
    let declaration = sealed::opened(tx, declaration)?;
    let held_by = held_by.map(|(given, family)| format!("{given} {family}"));
    Ok(Authorized { declaration, declarant, unit, holder: held_by, barred, emergency })
}

/// `CAD` of `CAD-2026-000123`.
pub fn prefix_of(reference: &str) -> Option<&str> {
    Some(reference).filter(|slug| is_reference(slug)).and_then(|slug| slug.get(..3))
}

/// `CAD-2026-000123`; anything else is the key of a draft.
fn is_reference(slug: &str) -> bool {
    let mut parts = slug.split('-');
    let prefix = parts.next().is_some_and(|p| p.len() == 3 && p.bytes().all(|b| b.is_ascii_uppercase()));
    let digits = |part: Option<&str>| part.is_some_and(|p| p.len() >= 4 && p.bytes().all(|b| b.is_ascii_digit()));
    prefix && digits(parts.next()) && digits(parts.next()) && parts.next().is_none()
}

/// For the worker and routing, which act for nobody. A door asks [`authorized`]: a story reads the sources to see it (Z03).
pub fn find_unguarded(tx: &mut Tx<'_>, id: i64) -> Result<Declaration> {
    find_if_there_unguarded(tx, id)?.ok_or(Error::NotFound)
}

/// [`find_unguarded`], where a number may be that of nothing.
pub fn find_if_there_unguarded(tx: &mut Tx<'_>, id: i64) -> Result<Option<Declaration>> {
    let found = each_engine!(tx.conn, conn => declarations::table
        .find(id)
        .select(Declaration::as_select())
        .first(conn)
        .optional())?;
    found.map(|found| sealed::opened(tx, found)).transpose()
}

pub fn is_barred(tx: &mut Tx<'_>, declaration: i64, person: PersonId) -> Result<bool> {
    Ok(each_engine!(tx.conn, conn => diesel::select(diesel::dsl::exists(
        barred::table.filter(barred::declaration_id.eq(declaration)).filter(barred::person_id.eq(person)),
    ))
    .get_result(conn))?)
}

/// People barred from a declaration.
pub fn barred_from(tx: &mut Tx<'_>, declaration: i64) -> Result<Vec<PersonId>> {
    Ok(barred::table.filter(barred::declaration_id.eq(declaration)).select(barred::person_id).load(tx.conn)?)
}

/// The contract monitor is told of something about a declaration: they may read it.
pub fn open_to_contract_monitor(tx: &mut Tx<'_>, declaration: i64) -> Result<()> {
    journal::take_turn(tx)?;
    // A new version: whoever is saving what they read before must read again.
    diesel::update(declarations::table.find(declaration))
        .filter(declarations::contract_linked.eq(false))
        .set((declarations::contract_linked.eq(true), declarations::version.eq(declarations::version + 1)))
        .execute(tx.conn)?;
    Ok(())
}

/// The highest severity of what still asks for attention in a declaration.
pub fn set_attention(tx: &mut Tx<'_>, declaration: i64, severity: i16) -> Result<()> {
    journal::take_turn(tx)?;
    diesel::update(declarations::table.find(declaration))
        .filter(declarations::attention.ne(severity))
        .set((declarations::attention.eq(severity), declarations::version.eq(declarations::version + 1)))
        .execute(tx.conn)?;
    Ok(())
}

/// Bars people from a declaration; earlier ones stay barred.
pub fn bar(tx: &mut Tx<'_>, declaration: i64, people: &[PersonId]) -> Result<()> {
    for person in people {
        if !is_barred(tx, declaration, *person)? {
            diesel::insert_into(barred::table)
                .values((barred::declaration_id.eq(declaration), barred::person_id.eq(*person)))
                .execute(tx.conn)?;
        }
    }
    Ok(())
}

/// The id of a declaration that is not in the database yet.
const UNSAVED: i64 = 0;

impl Declaration {
    /// Another decision takes the place of this one, which stays on file: whoever took it still reads the file.
    pub(super) fn set_decision_aside(&mut self) {
        self.outcome = None;
        self.decided_at = None;
        self.decided_step = None;
        self.closed_at = None;
        self.decide_by = None;
        self.correction = None;
    }

    /// Forgets a decision that is taken back; its row and its event stay.
    pub(super) fn take_decision_back(&mut self) {
        self.disposition = None;
        self.outcome = None;
        self.decider_id = None;
        self.decided_for_id = None;
        self.decided_step = None;
        self.decided_at = None;
        self.decide_by = None;
        self.closed_at = None;
        self.revision += 1;
    }

    /// A draft of a person, not in the database yet.
    pub fn draft(key: String, kind: &KindVersion, declarant: &Person, answers: &Answers, now: Instant) -> Result<Self> {
        Ok(Self {
            id: UNSAVED,
            key,
            reference: None,
            kind: kind.kind.id.clone(),
            kind_version_id: kind.id,
            class: kind.kind.class.as_str().to_owned(),
            state_name: State::Draft.as_str().to_owned(),
            resume_state: None,
            version: 0,
            revision: 0,
            declarant_id: declarant.id,
            unit_id: declarant.unit_id,
            supervisor_id: declarant.supervisor_id,
            holder_id: None,
            holder_office: None,
            held_since: None,
            route_reason: None,
            created_at: now,
            changed_at: now,
            first_filed_at: None,
            filed_at: None,
            due_on: None,
            decide_by: None,
            decided_at: None,
            decider_id: None,
            outcome: None,
            closed_at: None,
            days_late: 0,
            attention: 0,
            findings: "[]".to_owned(),
            policy_version_id: None,
            subject: kind.kind.subject_of(answers, Language::Fr),
            occurred_on: None,
            occurred_until: None,
            value_cents: None,
            company_id: None,
            company_name: None,
            contract: None,
            purpose: None,
            category: None,
            disposition: None,
            regime: declarant.regime.clone(),
            origin_id: None,
            answers: serde_json::to_string(answers)?,
            correction: None,
            measures: "[]".to_owned(),
            held_for_id: None,
            decided_for_id: None,
            outside_authority: None,
            decided_step: None,
            contract_linked: false,
            reader_id: None,
            reader_office: None,
            sealed: None,
        })
    }
}

/// Saves every column: adds a declaration that is not in the database yet, replaces another unless somebody saved it
/// since it was read.
pub fn save(tx: &mut Tx<'_>, declaration: &mut Declaration) -> Result<()> {
    if declaration.state() != State::Draft {
        journal::take_turn(tx)?;
    }
    let read = declaration.version;
    declaration.version = read + 1;
    declaration.changed_at = tx.now();
    if declaration.id == UNSAVED {
        // What is sealed is sealed for a number, which the database gives.
        let kept = if declaration.is_sealed() {
            Cow::Owned(sealed::emptied(declaration))
        } else {
            Cow::Borrowed(&*declaration)
        };
        declaration.id = each_engine!(tx.conn, conn => diesel::insert_into(declarations::table)
            .values(&*kept)
            .returning(declarations::id)
            .get_result(conn))?;
        if !declaration.is_sealed() {
            return Ok(());
        }
        record::make(tx, declaration.id, Reach::Whole)?;
        // No column that an index has: the row is as it was written but for its words.
        let envelope = sealed::closed(tx, declaration)?.sealed.clone();
        each_engine!(tx.conn, conn => diesel::update(declarations::table.find(declaration.id))
            .set(declarations::sealed.eq(envelope))
            .kept()
            .execute(conn))?;
        return Ok(());
    }
    replace(tx, declaration, read)
}

/// Replaces every column, unless the version is another than the one that was read.
fn replace(tx: &mut Tx<'_>, declaration: &Declaration, read: i32) -> Result<()> {
    let kept = sealed::closed(tx, declaration)?;
    let changed = each_engine!(tx.conn, conn => diesel::update(
        declarations::table.filter(declarations::id.eq(declaration.id)).filter(declarations::version.eq(read)),
    )
    .set(&*kept)
    .kept()
    .execute(conn))?;
    if changed == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// Removes a draft for good. Nothing of it is in the journal: it was never filed.
pub fn delete_draft(tx: &mut Tx<'_>, declaration: &Declaration) -> Result<()> {
    use crate::db::schema::attachments;
    diesel::delete(attachments::table.filter(attachments::declaration_id.eq(declaration.id))).execute(tx.conn)?;
    diesel::delete(timers::table.filter(timers::declaration_id.eq(declaration.id))).execute(tx.conn)?;
    diesel::update(declarations::table.filter(declarations::origin_id.eq(declaration.id)))
        .set(declarations::origin_id.eq(None::<i64>))
        .execute(tx.conn)?;
    let deleted = diesel::delete(
        declarations::table
            .filter(declarations::id.eq(declaration.id))
            .filter(declarations::version.eq(declaration.version))
            .filter(declarations::first_filed_at.is_null()),
    )
    .execute(tx.conn)?;
    if deleted == 1 { Ok(()) } else { Err(Error::Stale) }
}

pub fn insert_revision(tx: &mut Tx<'_>, declaration: &Declaration, filed_by: PersonId) -> Result<()> {
    let now = tx.now();
    let answers = sealed::words(tx, declaration, "revision", declaration.revision, &declaration.answers)?;
    each_engine!(tx.conn, conn => diesel::insert_into(revisions::table)
        .values((
            revisions::declaration_id.eq(declaration.id),
            revisions::number.eq(declaration.revision),
            revisions::kind_version_id.eq(declaration.kind_version_id),
            revisions::answers.eq(&*answers),
            revisions::filed_at.eq(now),
            revisions::filed_by.eq(filed_by),
        ))
        .execute(conn))?;
    Ok(())
}

/// Records a decision. Two deciders at once meet the primary key: the second is told that it is decided.
pub fn insert_decision(
    tx: &mut Tx<'_>,
    declaration: &Declaration,
    step: &str,
    decider: PersonId,
    on_behalf_of: Option<PersonId>,
    outcome: &str,
    reason: &str,
) -> Result<()> {
    let now = tx.now();
    let place = format!("{}/{step}", declaration.revision);
    let reason = sealed::words(tx, declaration, "reason", &place, reason)?;
    let measures = sealed::words(tx, declaration, "decided-measures", &place, &declaration.measures)?;
    diesel::insert_into(decisions::table)
        .values((
            decisions::declaration_id.eq(declaration.id),
            decisions::revision.eq(declaration.revision),
            decisions::step.eq(step),
            decisions::decider_id.eq(decider),
            decisions::on_behalf_of.eq(on_behalf_of),
            decisions::outcome.eq(outcome),
            decisions::reason.eq(&*reason),
            decisions::measures.eq(&*measures),
            decisions::decided_at.eq(now),
        ))
        .execute(tx.conn)
        .map_err(|error| match error {
            diesel::result::Error::DatabaseError(diesel::result::DatabaseErrorKind::UniqueViolation, _) => {
                Error::NotPossible("not-possible-decided")
            }
            other => other.into(),
        })?;
    Ok(())
}

/// The next number of a series, without gaps: it is taken in the transaction that uses it.
pub fn next_number(tx: &mut Tx<'_>, series: &str) -> Result<i64> {
    let next = |tx: &mut Tx<'_>| {
        each_engine!(tx.conn, conn => diesel::update(counters::table.find(series))
            .set(counters::value.eq(counters::value + 1))
            .returning(counters::value)
            .kept()
            .get_result::<i64>(conn))
    };
    if let Some(number) = next(tx).optional()? {
        return Ok(number);
    }
    each_engine!(tx.conn, conn => diesel::insert_into(counters::table)
        .values((counters::name.eq(series), counters::value.eq(0_i64)))
        .on_conflict_do_nothing()
        .execute(conn))?;
    Ok(next(tx)?)
}

/// A number of a series that says nothing of how many there are, nor of one that its reader may not know of
/// (trust.md T16): drawn, not counted.
pub fn free_number(tx: &mut Tx<'_>, series: &str) -> Result<i64> {
    for _ in 0..64 {
        let number = i64::from(random::below(1_000_000)?);
        let taken: Option<i64> = declarations::table
            .filter(declarations::reference.eq(format!("{series}-{number:06}")))
            .select(declarations::id)
            .first(tx.conn)
            .optional()?;
        if taken.is_none() {
            return Ok(number);
        }
    }
    Err(Error::Internal(format!("no number left in {series}")))
}

/// Replaces what is planned for a declaration.
pub fn plan(tx: &mut Tx<'_>, declaration: i64, planned: &[(&str, Instant)]) -> Result<()> {
    // Those of its measures, and of the object that it hands to the State, have their own plan.
    each_engine!(tx.conn, conn => diesel::delete(
        timers::table
            .filter(timers::declaration_id.eq(declaration))
            .filter(timers::measure_id.is_null())
            .filter(timers::purpose.ne(super::reminders::OBJECT))
            .filter(timers::done_at.is_null()),
    )
    .execute(conn))?;
    add_timers(tx, declaration, planned)
}

/// Adds to what is planned. A row at a time: for several, diesel opens a savepoint on SQLite and reads its text again.
pub fn add_timers(tx: &mut Tx<'_>, declaration: i64, planned: &[(&str, Instant)]) -> Result<()> {
    for (purpose, due_at) in planned {
        each_engine!(tx.conn, conn => diesel::insert_into(timers::table)
            .values((timers::declaration_id.eq(declaration), timers::purpose.eq(*purpose), timers::due_at.eq(*due_at)))
            .execute(conn))?;
    }
    Ok(())
}
