//! Which letters follow what happens to a showcase. A showcase is public to staff; its letters say its reference, its
//! date and a link.

use super::invitations;
use super::store::{self, Showcase};
use crate::access::Role;
use crate::app::Tx;
use crate::error::Result;
use crate::formats;
use crate::outbox::letter::enqueue_with_calendar;
use crate::outbox::{Letter, enqueue};
use crate::people::store::Person;
use crate::people::{self, PersonId, roles};
use crate::text::Language;
use crate::texts::Arg;

/// The letter `name` about a showcase.
fn letter<'l>(showcase: &'l Showcase, name: &'static str, to: &Person) -> Letter<'l> {
    let language = Language::parse(&to.language);
    let date = formats::format_date_long(showcase.held_on, language);
    let short = formats::format_date_short(showcase.held_on, language);
    let mut facts = vec![
        ("letter-fact-reference", showcase.reference.clone()),
        ("letter-fact-title", showcase.title.clone()),
        ("letter-fact-date", date.clone()),
    ];
    if let Some(begins) = &showcase.begins {
        facts.push(("letter-fact-time", begins.replace(':', "\u{a0}h\u{a0}")));
    }
    Letter {
        name,
        declaration: None,
        reference: Some(&showcase.reference),
        args: vec![
            ("ref", Arg::from(showcase.reference.as_str())),
            ("date", Arg::from(date)),
            ("dateshort", Arg::from(short)),
        ],
        facts,
        quote: None,
        link: showcase.address(),
        in_thread_of: None,
        receipt: false,
    }
}

fn to_holders(tx: &mut Tx<'_>, showcase: &Showcase, name: &'static str, role: Role) -> Result<()> {
    for id in roles::holders(tx, role)? {
        let to = people::store::find(tx, id)?;
        enqueue(tx, &to, &letter(showcase, name, &to))?;
    }
    Ok(())
}

/// To people who have a place, with the entry of their calendar.
fn to_participants(tx: &mut Tx<'_>, showcase: &Showcase, name: &'static str) -> Result<()> {
    for place in store::participants(tx, showcase.id)? {
        if place.cancelled_at.is_none() {
            send_with_entry(tx, showcase, name, &place.person, false)?;
        }
    }
    Ok(())
}

fn send_with_entry(tx: &mut Tx<'_>, showcase: &Showcase, name: &'static str, to: &Person, receipt: bool) -> Result<()> {
    let language = Language::parse(&to.language);
    let entry = invitations::of_showcase(tx, showcase, language)?;
    let calendar = invitations::calendar(tx, &[entry], language);
    let letter = Letter { receipt, ..letter(showcase, name, to) };
    enqueue_with_calendar(tx, to, &letter, Some(&calendar))
}

/// The ethics officer knows of every showcase (domain.md §10, summary table).
pub fn planned(tx: &mut Tx<'_>, showcase: &Showcase) -> Result<()> {
    to_holders(tx, showcase, "planned", Role::EthicsOfficer)
}

/// The contract monitor is asked about a linked call.
pub fn consulted(tx: &mut Tx<'_>, showcase: &Showcase) -> Result<()> {
    to_holders(tx, showcase, "consulted", Role::ContractMonitor)
}

/// The opinion is there: for whoever organises, and for the ethics officer.
pub fn advised(tx: &mut Tx<'_>, showcase: &Showcase) -> Result<()> {
    let organiser = people::store::find(tx, showcase.organiser_id)?;
    let mut told = letter(showcase, "advised", &organiser);
    told.link.push_str("/registre");
    enqueue(tx, &organiser, &told)?;
    to_holders(tx, showcase, "monitor-opinion", Role::EthicsOfficer)
}

pub fn registered(tx: &mut Tx<'_>, showcase: &Showcase, person: PersonId) -> Result<()> {
    let to = people::store::find(tx, person)?;
    send_with_entry(tx, showcase, "registered", &to, true)
}

pub fn changed(tx: &mut Tx<'_>, showcase: &Showcase) -> Result<()> {
    to_participants(tx, showcase, "moved")
}

pub fn cancelled(tx: &mut Tx<'_>, showcase: &Showcase) -> Result<()> {
    to_participants(tx, showcase, "cancelled")
}

/// The declarations of somebody who came are ready to attest.
pub fn attest(tx: &mut Tx<'_>, showcase: &Showcase, person: PersonId) -> Result<()> {
    let to = people::store::find(tx, person)?;
    let mut letter = letter(showcase, "attest", &to);
    letter.link.push_str("/attestation");
    enqueue(tx, &to, &letter)
}

/// Somebody may organise showcases from now on.
pub fn named(tx: &mut Tx<'_>, to: &Person) -> Result<()> {
    let letter = Letter {
        name: "named",
        declaration: None,
        reference: None,
        args: Vec::new(),
        facts: Vec::new(),
        quote: None,
        link: "/evenements".into(),
        in_thread_of: None,
        receipt: false,
    };
    enqueue(tx, to, &letter)
}
