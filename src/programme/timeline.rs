//! The story of a showcase, from the journal, as organisers and those who watch over fairness read it.

use std::collections::BTreeMap;

use diesel::prelude::*;
use serde::Serialize;

use super::store::Showcase;
use crate::app::Tx;
use crate::clock::Instant;
use crate::db::conn::each_engine;
use crate::db::schema::{companies, events, persons, showcase_events};
use crate::error::Result;
use crate::formats;
use crate::journal::Event;
use crate::text::Language;
use crate::texts::{Arg, say};

/// One line of the story.
#[derive(Debug, Clone, Serialize)]
pub struct Moment {
    pub at: String,
    pub who: String,
    pub what: String,
    pub note: Option<String>,
}

/// Oldest first.
pub fn story(tx: &mut Tx<'_>, showcase: &Showcase, language: Language) -> Result<Vec<Moment>> {
    type Row = (Instant, Option<String>, Option<String>, String);
    let rows: Vec<Row> = each_engine!(tx.conn, conn => showcase_events::table
        .inner_join(events::table.on(showcase_events::seq.eq(events::seq)))
        .left_join(persons::table.on(events::actor_id.eq(persons::id.nullable())))
        .filter(showcase_events::showcase_id.eq(showcase.id))
        .order(showcase_events::seq.asc())
        .select((events::at, persons::given_name.nullable(), persons::family_name.nullable(), events::leaf))
        .load(conn))?;
    let mut moments = Vec::new();
    let mut names = BTreeMap::new();
    for (at, given, family, leaf) in rows {
        let event: Event = serde_json::from_str(&leaf)?;
        if let Some((what, note)) = words(tx, &event, &mut names, language)? {
            moments.push(Moment {
                at: formats::format_datetime(at, tx.zone(), language),
                who: given.zip(family).map(|(given, family)| format!("{given} {family}")).unwrap_or_default(),
                what,
                note,
            });
        }
    }
    Ok(moments)
}

/// What an event says, and what somebody wrote with it. People who registered are in the list, not in the story.
fn words(
    tx: &mut Tx<'_>,
    event: &Event,
    names: &mut BTreeMap<i64, String>,
    language: Language,
) -> Result<Option<(String, Option<String>)>> {
    let say = |key: &str, args: &[(&str, Arg<'_>)]| say(language, key, args);
    Ok(match event {
        Event::ShowcasePlanned { .. } => Some((say("moment-planned", &[]), None)),
        Event::ShowcaseChanged { .. } => Some((say("moment-changed", &[]), None)),
        Event::ShowcaseHeld { attended, .. } => {
            let count = i64::try_from(attended.len()).unwrap_or(i64::MAX);
            Some((say("moment-held", &[("count", Arg::from(count))]), None))
        }
        Event::ShowcaseCancelled { reason, .. } => Some((say("moment-cancelled", &[]), Some(reason.clone()))),
        Event::FirmAdded { company, origin, .. } => {
            let name = company_name(tx, *company, names)?;
            Some((say(&format!("moment-firm-{origin}"), &[("company", Arg::from(name))]), None))
        }
        Event::FirmHeard { company, heard, minutes, reason, .. } => {
            let name = company_name(tx, *company, names)?;
            let minutes = i64::from(minutes.unwrap_or(0));
            let key = if *heard { "moment-heard" } else { "moment-not-heard" };
            let args = [("company", Arg::from(name)), ("minutes", Arg::from(minutes))];
            Some((say(key, &args), reason.clone()))
        }
        Event::AnswerPublished { question, .. } => Some((say("moment-published", &[]), Some(question.clone()))),
        Event::MonitorConsulted { .. } => Some((say("moment-consulted", &[]), None)),
        Event::MonitorAdvised { opinion, .. } => Some((say("moment-advised", &[]), Some(opinion.clone()))),
        _ => None,
    })
}

fn company_name(tx: &mut Tx<'_>, company: i64, names: &mut BTreeMap<i64, String>) -> Result<String> {
    if let Some(name) = names.get(&company) {
        return Ok(name.clone());
    }
    let name: String = companies::table.find(company).select(companies::name).first(tx.conn)?;
    names.insert(company, name.clone());
    Ok(name)
}
