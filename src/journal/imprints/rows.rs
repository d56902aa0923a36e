//! The rows of each thing that change with an event only. Left out of them: what only the worker notes (who was told, how far an
//! absence went), and reasons that are confidential while the leaf that has the imprint is not.

use chrono::NaiveDate;
use diesel::prelude::*;
use serde::Serialize;
use serde_json::Value;

use super::{Register, Thing};
use crate::app::Tx;
use crate::clock::Instant;
use crate::db::conn::each_engine;
use crate::db::schema::{
    absences, accounts, acts, calendar_feeds, campaign_exceptions, campaigns, comments, companies, company_names,
    confirmations, consultations, crosschecks, custody_moves, incident_versions, kind_adoptions, kind_proposals,
    kind_versions, legal_holds, lobby_checks, opinions, outside_decisions, passkeys, passport_links, passport_rulings,
    passports, persons, policy_proposals, policy_versions, precedents, recovery_codes, rectifications, registrations,
    retention_files, retention_lists, second_factors, showcase_firms, showcase_questions, showcases, state_objects,
    supervisions, units,
};
use crate::error::Result;

/// Columns of a table, as JSON: an array of rows, each an array.
macro_rules! rows {
    ($tx:ident, $query:expr, ($($column:expr => $type:ty),+ $(,)?)) => {{
        let found: Vec<($($type,)+)> = each_engine!($tx.conn, conn => $query.select(($($column,)+)).load(conn))?;
        found
    }};
}

/// The key of the one directory.
pub(super) const DIRECTORY: &str = "all";

type Text = Option<String>;
type Number = Option<i64>;
type At = Option<Instant>;
type Day = Option<NaiveDate>;

/// The rows of a thing; nothing when its own is not there.
pub(super) fn of(tx: &mut Tx<'_>, thing: &Thing) -> Result<Option<Value>> {
    let (id, key) = (thing.id(), thing.key.as_str());
    match thing.register {
        Register::Directory => directory(tx),
        Register::Company => company(tx, id),
        Register::LobbyChecks => lobby_checks(tx, id),
        Register::Object => object(tx, key),
        Register::Showcase => showcase(tx, key),
        Register::Passport => passport(tx, key),
        Register::PassportLink => passport_link(tx, id),
        Register::Precedent => precedent(tx, id),
        Register::Absences => absences(tx, id),
        Register::Confirmations => confirmations(tx, id),
        Register::Hold => hold(tx, id),
        Register::Incident => incident(tx, key),
        Register::Campaign => campaign(tx, id),
        Register::Act => act(tx, id),
        Register::RetentionList => retention_list(tx, id),
        Register::PolicyProposal => policy_proposal(tx, id),
        Register::PolicyVersion => policy_version(tx, id),
        Register::FormProposal => form_proposal(tx, id),
        Register::FormVersion => form_version(tx, id),
        Register::Comment => comment(tx, id),
        Register::Rectification => rectification(tx, id),
        Register::CrossCheck => crosscheck(tx, id),
        Register::Opinion => opinion(tx, id),
        Register::OutsideDecisions => outside_decisions(tx, id),
        Register::Credentials => credentials(tx, id),
        Register::CalendarFeeds => calendar_feeds(tx, id),
    }
}

/// Nothing when the first rows, those of the thing itself, are not there.
fn told(own: impl Serialize, others: impl Serialize) -> Result<Option<Value>> {
    let own = serde_json::to_value(own)?;
    if own.as_array().is_none_or(Vec::is_empty) {
        return Ok(None);
    }
    Ok(Some(serde_json::to_value((own, others))?))
}

fn directory(tx: &mut Tx<'_>) -> Result<Option<Value>> {
    let people = rows!(tx, persons::table.order(persons::id.asc()), (
        (persons::id, persons::number, persons::given_name, persons::family_name, persons::email)
            => (i64, String, String, String, String),
        (persons::title, persons::unit_id, persons::site, persons::supervisor_id) => (String, i64, String, Number),
        (persons::regime, persons::position, persons::language) => (String, String, String),
        (persons::active_from, persons::active_until, persons::home_body) => (NaiveDate, Day, String),
    ));
    let chart = rows!(tx, supervisions::table.order(supervisions::id.asc()), (
        supervisions::person_id => i64,
        supervisions::supervisor_id => Number,
        supervisions::since => NaiveDate,
        supervisions::until => Day,
    ));
    let units = rows!(tx, units::table.order(units::id.asc()), (
        units::id => i64,
        units::code => String,
        units::name => String,
        units::parent_id => Number,
        units::path => String,
    ));
    told(people, (chart, units))
}

fn company(tx: &mut Tx<'_>, id: i64) -> Result<Option<Value>> {
    let own = rows!(tx, companies::table.filter(companies::id.eq(id)), (
        companies::neq => Text,
        companies::no_neq_reason => Text,
        companies::name => String,
        companies::merged_into => Number,
        companies::group_id => Number,
        companies::created_by => Number,
        companies::created_at => Instant,
    ));
    let names = rows!(
        tx,
        company_names::table.filter(company_names::company_id.eq(id)).order(company_names::id.asc()),
        (company_names::name => String, company_names::nature => String)
    );
    told(own, names)
}

fn lobby_checks(tx: &mut Tx<'_>, company: i64) -> Result<Option<Value>> {
    let own = rows!(
        tx,
        lobby_checks::table.filter(lobby_checks::company_id.eq(company)).order(lobby_checks::id.asc()),
        (
            lobby_checks::checked_on => NaiveDate,
            lobby_checks::checked_by => i64,
            lobby_checks::result => String,
            lobby_checks::mandate => String,
            lobby_checks::note => String,
            lobby_checks::recorded_at => Instant,
        )
    );
    told(own, ())
}

fn object(tx: &mut Tx<'_>, number: &str) -> Result<Option<Value>> {
    let own = rows!(tx, state_objects::table.filter(state_objects::number.eq(number)), (
        state_objects::id => i64,
        state_objects::declaration_id => i64,
        state_objects::description => String,
        state_objects::donor => Text,
        state_objects::value_cents => Number,
        state_objects::state => String,
        state_objects::place => Text,
        state_objects::version => i32,
        state_objects::opened_at => Instant,
    ));
    let object = own.first().map_or(0, |own| own.0);
    let trail = rows!(
        tx,
        custody_moves::table.filter(custody_moves::object_id.eq(object)).order(custody_moves::id.asc()),
        (
            custody_moves::step => String,
            custody_moves::moved_on => NaiveDate,
            custody_moves::place => String,
            custody_moves::person => String,
            custody_moves::note => String,
            custody_moves::recorded_at => Instant,
            custody_moves::recorded_by => i64,
        )
    );
    told(own, trail)
}

fn showcase(tx: &mut Tx<'_>, reference: &str) -> Result<Option<Value>> {
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

fn passport(tx: &mut Tx<'_>, reference: &str) -> Result<Option<Value>> {
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

fn passport_link(tx: &mut Tx<'_>, declaration: i64) -> Result<Option<Value>> {
    let own = rows!(tx, passport_links::table.filter(passport_links::declaration_id.eq(declaration)), (
        passport_links::passport_id => i64,
        passport_links::confirmed_by => i64,
        passport_links::confirmed_at => Instant,
    ));
    told(own, ())
}

fn precedent(tx: &mut Tx<'_>, id: i64) -> Result<Option<Value>> {
    let own = rows!(tx, precedents::table.filter(precedents::id.eq(id)), (
        precedents::title => String,
        precedents::situation => String,
        precedents::norms => String,
        precedents::recommendation => String,
        precedents::words => String,
        precedents::written_by => i64,
        precedents::published_at => Instant,
        precedents::withdrawn_at => At,
    ));
    told(own, ())
}

fn absences(tx: &mut Tx<'_>, person: i64) -> Result<Option<Value>> {
    let own = rows!(tx, absences::table.filter(absences::person_id.eq(person)).order(absences::id.asc()), (
        absences::first_day => NaiveDate,
        absences::last_day => Day,
        absences::delegate_id => Number,
        absences::scope => String,
        absences::set_by => Number,
        absences::set_at => Instant,
    ));
    told(own, ())
}

fn confirmations(tx: &mut Tx<'_>, person: i64) -> Result<Option<Value>> {
    // The event is of when the person is told.
    let of = confirmations::table
        .filter(confirmations::person_id.eq(person))
        .filter(confirmations::told_at.is_not_null())
        .order(confirmations::id.asc());
    let own = rows!(tx, of, (
        confirmations::cause => String,
        confirmations::asked_at => Instant,
        confirmations::due_on => NaiveDate,
        confirmations::about => Day,
        confirmations::confirmed_at => At,
    ));
    told(own, ())
}

fn hold(tx: &mut Tx<'_>, id: i64) -> Result<Option<Value>> {
    let own = rows!(tx, legal_holds::table.filter(legal_holds::id.eq(id)), (
        legal_holds::declaration_id => Number,
        legal_holds::person_id => Number,
        legal_holds::placed_by => i64,
        legal_holds::placed_at => Instant,
        legal_holds::lifted_by => Number,
        legal_holds::lifted_at => At,
    ));
    told(own, ())
}

fn incident(tx: &mut Tx<'_>, number: &str) -> Result<Option<Value>> {
    use incident_versions as versions;
    let own = rows!(tx, versions::table.filter(versions::number.eq(number)).order(versions::version.asc()), (
        (versions::version, versions::information, versions::circumstances, versions::happened)
            => (i32, String, String, String),
        (versions::known_on, versions::people, versions::assessment, versions::serious)
            => (NaiveDate, String, String, bool),
        (versions::commission_told_on, versions::people_told_on) => (Day, Day),
        (versions::public_notice, versions::measures) => (String, String),
        (versions::recorded_by, versions::recorded_at) => (i64, Instant),
    ));
    told(own, ())
}

fn campaign(tx: &mut Tx<'_>, id: i64) -> Result<Option<Value>> {
    let own = rows!(tx, campaigns::table.filter(campaigns::id.eq(id)), (
        campaigns::label => String,
        campaigns::due_on => NaiveDate,
        campaigns::opened_at => Instant,
        campaigns::opened_by => i64,
        campaigns::closed_at => At,
        campaigns::closed_by => Number,
    ));
    let left_out = rows!(
        tx,
        campaign_exceptions::table
            .filter(campaign_exceptions::campaign_id.eq(id))
            .order(campaign_exceptions::person_id.asc()),
        (
            campaign_exceptions::person_id => i64,
            campaign_exceptions::added_by => i64,
            campaign_exceptions::added_at => Instant,
        )
    );
    told(own, left_out)
}

fn act(tx: &mut Tx<'_>, id: i64) -> Result<Option<Value>> {
    let own = rows!(tx, acts::table.filter(acts::id.eq(id)), (
        acts::kind => String,
        acts::subject => String,
        acts::act => String,
        acts::reason => String,
        acts::asked_by => i64,
        acts::asked_at => Instant,
        acts::expires_at => Instant,
        acts::state => String,
        acts::decided_by => Number,
        acts::decided_at => At,
        acts::words => Text,
    ));
    told(own, ())
}

fn retention_list(tx: &mut Tx<'_>, id: i64) -> Result<Option<Value>> {
    let own = rows!(tx, retention_lists::table.filter(retention_lists::id.eq(id)), (
        retention_lists::prepared_at => Instant,
        retention_lists::prepared_by => Number,
        retention_lists::state => String,
        retention_lists::ended_at => At,
    ));
    let files = rows!(
        tx,
        retention_files::table.filter(retention_files::list_id.eq(id)).order(retention_files::position.asc()),
        (
            retention_files::declaration_id => i64,
            retention_files::reference => String,
            retention_files::kind => String,
            retention_files::rule => String,
            retention_files::ended_on => NaiveDate,
            retention_files::due_on => NaiveDate,
            retention_files::destroyed_at => At,
        )
    );
    told(own, files)
}

fn policy_proposal(tx: &mut Tx<'_>, id: i64) -> Result<Option<Value>> {
    use policy_proposals as proposals;
    let own = rows!(tx, proposals::table.filter(proposals::id.eq(id)).filter(proposals::state.ne(DRAFT)), (
        proposals::based_on_id => i64,
        (proposals::document, proposals::note, proposals::state, proposals::version) => (String, String, String, i32),
        (proposals::proposed_by, proposals::proposed_at, proposals::changed_at) => (i64, Instant, Instant),
        (proposals::decided_by, proposals::decided_at, proposals::reason) => (Number, At, Text),
        proposals::policy_version_id => Number,
    ));
    told(own, ())
}

/// State of a proposal that only its author has.
const DRAFT: &str = "draft";

fn policy_version(tx: &mut Tx<'_>, id: i64) -> Result<Option<Value>> {
    let own = rows!(tx, policy_versions::table.filter(policy_versions::id.eq(id)), (
        policy_versions::effective => NaiveDate,
        policy_versions::document => String,
        policy_versions::hash => String,
        policy_versions::adopted_at => At,
    ));
    told(own, ())
}

fn form_proposal(tx: &mut Tx<'_>, id: i64) -> Result<Option<Value>> {
    use kind_proposals as proposals;
    let own = rows!(tx, proposals::table.filter(proposals::id.eq(id)).filter(proposals::state.ne(DRAFT)), (
        (proposals::kind, proposals::based_on_id, proposals::effective) => (String, i64, NaiveDate),
        (proposals::document, proposals::note, proposals::state, proposals::version) => (String, String, String, i32),
        (proposals::proposed_by, proposals::proposed_at, proposals::changed_at) => (i64, Instant, Instant),
        (proposals::decided_by, proposals::decided_at, proposals::reason) => (Number, At, Text),
        proposals::kind_version_id => Number,
    ));
    told(own, ())
}

fn form_version(tx: &mut Tx<'_>, id: i64) -> Result<Option<Value>> {
    let own = rows!(tx, kind_versions::table.filter(kind_versions::id.eq(id)), (
        kind_versions::kind => String,
        kind_versions::document => String,
        kind_versions::hash => String,
    ));
    let adoptions = rows!(
        tx,
        kind_adoptions::table.filter(kind_adoptions::kind_version_id.eq(id)).order(kind_adoptions::id.asc()),
        (
            kind_adoptions::kind => String,
            kind_adoptions::effective => NaiveDate,
            kind_adoptions::adopted_at => Instant,
        )
    );
    told(own, adoptions)
}

fn comment(tx: &mut Tx<'_>, id: i64) -> Result<Option<Value>> {
    let own = rows!(tx, comments::table.filter(comments::id.eq(id)), (
        comments::declaration_id => i64,
        comments::field => Text,
        comments::audience => String,
        comments::text => String,
        comments::author_id => i64,
        comments::written_at => Instant,
    ));
    told(own, ())
}

fn rectification(tx: &mut Tx<'_>, id: i64) -> Result<Option<Value>> {
    let own = rows!(tx, rectifications::table.filter(rectifications::id.eq(id)), (
        rectifications::declaration_id => i64,
        rectifications::request_id => Number,
        rectifications::verdict => Text,
        rectifications::field => Text,
        rectifications::text => String,
        rectifications::author_id => i64,
        rectifications::written_at => Instant,
    ));
    told(own, ())
}

fn crosscheck(tx: &mut Tx<'_>, id: i64) -> Result<Option<Value>> {
    let own = rows!(tx, crosschecks::table.filter(crosschecks::id.eq(id)), (
        crosschecks::declaration_id => i64,
        (crosschecks::company_id, crosschecks::import_id) => (i64, i64),
        (crosschecks::rule, crosschecks::what, crosschecks::subject, crosschecks::finding)
            => (String, String, String, String),
        crosschecks::found_at => Instant,
        (crosschecks::answer, crosschecks::note, crosschecks::answered_by, crosschecks::answered_at)
            => (Text, Text, Number, At),
    ));
    told(own, ())
}

fn opinion(tx: &mut Tx<'_>, declaration: i64) -> Result<Option<Value>> {
    let own = rows!(tx, opinions::table.filter(opinions::declaration_id.eq(declaration)), (
        opinions::asker_id => i64,
        (opinions::facts, opinions::norms, opinions::analysis, opinions::recommendation)
            => (String, String, String, String),
        opinions::given_by => i64,
        opinions::given_at => Instant,
    ));
    told(own, ())
}

fn outside_decisions(tx: &mut Tx<'_>, declaration: i64) -> Result<Option<Value>> {
    let of = outside_decisions::table
        .filter(outside_decisions::declaration_id.eq(declaration))
        .order(outside_decisions::revision.asc());
    let own = rows!(tx, of, (
        outside_decisions::revision => i32,
        outside_decisions::authority => String,
        outside_decisions::decided_on => NaiveDate,
        outside_decisions::document => String,
        outside_decisions::recorded_by => i64,
        outside_decisions::recorded_at => Instant,
    ));
    told(own, ())
}

/// Left out: when each served last, and how the secret of a telephone is wrapped, which a rotation of keys changes; none is forged
/// without the master key.
fn credentials(tx: &mut Tx<'_>, person: i64) -> Result<Option<Value>> {
    let own = rows!(tx, accounts::table.filter(accounts::person_id.eq(person)), (
        accounts::password_hash => String,
        accounts::disabled => bool,
        accounts::changed_at => Instant,
    ));
    let telephone = rows!(
        tx,
        second_factors::table
            .filter(second_factors::person_id.eq(person))
            .filter(second_factors::confirmed_at.is_not_null()),
        (second_factors::begun_at => Instant, second_factors::confirmed_at => At)
    );
    let keys: Vec<_> = rows!(
        tx,
        passkeys::table.filter(passkeys::person_id.eq(person)).order(passkeys::id.asc()),
        (
            passkeys::name => String,
            passkeys::credential_id => String,
            passkeys::credential => String,
            passkeys::made_at => Instant,
        )
    )
    .into_iter()
    .map(|(name, id, credential, made_at)| (name, id, public_key(&credential), made_at))
    .collect();
    let on_paper = rows!(
        tx,
        recovery_codes::table.filter(recovery_codes::person_id.eq(person)).order(recovery_codes::hash.asc()),
        (recovery_codes::hash => String, recovery_codes::made_at => Instant, recovery_codes::used_at => At)
    );
    told(own, (telephone, keys, on_paper))
}

/// Of a passkey as kept: the rest of it counts how many times it served.
fn public_key(credential: &str) -> Option<Value> {
    serde_json::from_str::<Value>(credential).ok()?.pointer("/cred/cred").cloned()
}

fn calendar_feeds(tx: &mut Tx<'_>, person: i64) -> Result<Option<Value>> {
    let of = calendar_feeds::table.filter(calendar_feeds::person_id.eq(person)).order(calendar_feeds::id.asc());
    let own = rows!(tx, of, (
        calendar_feeds::token_hash => String,
        calendar_feeds::created_at => Instant,
        calendar_feeds::revoked_at => At,
    ));
    told(own, ())
}

/// The keys of every thing that an event must have told. What came with the files of the service is told by none.
pub(super) fn keys(tx: &mut Tx<'_>, register: Register) -> Result<Vec<String>> {
    macro_rules! numbers {
        ($query:expr) => {{
            let found: Vec<i64> = each_engine!(tx.conn, conn => $query.load(conn))?;
            found.into_iter().map(|number| number.to_string()).collect()
        }};
    }
    macro_rules! names {
        ($query:expr) => {{
            let found: Vec<String> = each_engine!(tx.conn, conn => $query.load(conn))?;
            found
        }};
    }
    Ok(match register {
        // There is one as soon as there is somebody.
        Register::Directory => names!(persons::table.select(persons::number).limit(1))
            .into_iter()
            .map(|_: String| DIRECTORY.to_owned())
            .collect(),
        Register::Company => numbers!(companies::table.select(companies::id)),
        Register::LobbyChecks => numbers!(lobby_checks::table.select(lobby_checks::company_id).distinct()),
        Register::Object => names!(state_objects::table.select(state_objects::number)),
        Register::Showcase => names!(showcases::table.select(showcases::reference)),
        Register::Passport => names!(passports::table.select(passports::reference)),
        Register::PassportLink => numbers!(passport_links::table.select(passport_links::declaration_id)),
        Register::Precedent => numbers!(precedents::table.select(precedents::id)),
        Register::Absences => numbers!(absences::table.select(absences::person_id).distinct()),
        Register::Confirmations => numbers!(
            confirmations::table
                .filter(confirmations::told_at.is_not_null())
                .select(confirmations::person_id)
                .distinct()
        ),
        Register::Hold => numbers!(legal_holds::table.select(legal_holds::id)),
        Register::Incident => names!(incident_versions::table.select(incident_versions::number).distinct()),
        Register::Campaign => numbers!(campaigns::table.select(campaigns::id)),
        Register::Act => numbers!(acts::table.select(acts::id)),
        Register::RetentionList => numbers!(retention_lists::table.select(retention_lists::id)),
        Register::PolicyProposal => {
            numbers!(policy_proposals::table.filter(policy_proposals::state.ne(DRAFT)).select(policy_proposals::id))
        }
        Register::PolicyVersion => numbers!(
            policy_versions::table.filter(policy_versions::adopted_at.is_not_null()).select(policy_versions::id)
        ),
        Register::FormProposal => {
            numbers!(kind_proposals::table.filter(kind_proposals::state.ne(DRAFT)).select(kind_proposals::id))
        }
        Register::FormVersion => numbers!(kind_adoptions::table.select(kind_adoptions::kind_version_id).distinct()),
        Register::Comment => numbers!(comments::table.select(comments::id)),
        Register::Rectification => numbers!(rectifications::table.select(rectifications::id)),
        Register::CrossCheck => numbers!(crosschecks::table.select(crosschecks::id)),
        Register::Opinion => numbers!(opinions::table.select(opinions::declaration_id)),
        Register::OutsideDecisions => {
            numbers!(outside_decisions::table.select(outside_decisions::declaration_id).distinct())
        }
        Register::Credentials => numbers!(accounts::table.select(accounts::person_id)),
        Register::CalendarFeeds => numbers!(calendar_feeds::table.select(calendar_feeds::person_id).distinct()),
    })
}
