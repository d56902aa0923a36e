//! Letters about acts of two people. None says what is in a sealed file, nor which one it is.

use super::act::Act;
use super::actions;
use super::store::Request;
use crate::access::{Actor, Role};
use crate::app::Tx;
use crate::error::Result;
use crate::formats::format_datetime;
use crate::outbox::{Letter, enqueue};
use crate::people::{self, PersonId, roles, store};
use crate::text::Language;
use crate::texts::say;

/// What a letter says of the act: of a sealed file, only that one is concerned.
fn words(tx: &mut Tx<'_>, act: &Act, language: Language) -> Result<String> {
    match act {
        Act::EmergencyReading { .. } => Ok(say(language, "act-emergency-reading-letter", &[])),
        act => act.words(tx, language),
    }
}

fn write(
    tx: &mut Tx<'_>,
    to: PersonId,
    name: &'static str,
    request: &Request,
    people: &[(&'static str, PersonId)],
    until: bool,
) -> Result<()> {
    let to = store::find(tx, to)?;
    let language = Language::parse(&to.language);
    let mut letter = Letter::plain(name, format!("/actes/{}", request.id));
    letter.facts = vec![("letter-fact-act", words(tx, &request.act, language)?)];
    for (label, person) in people {
        letter.facts.push((label, store::find(tx, *person)?.name()));
    }
    if until {
        letter.facts.push(("letter-fact-act-until", format_datetime(request.expires_at, tx.zone(), language)));
    }
    enqueue(tx, &to, &letter)
}

/// To those who may approve.
pub fn asked(tx: &mut Tx<'_>, request: &Request, actor: &Actor) -> Result<()> {
    let mut but = vec![actor.person];
    if let Act::RoleGrant { number, .. } | Act::AccountRestoration { number } = &request.act {
        but.extend(store::find_by_number(tx, number)?.map(|person| person.id));
    }
    for approver in actions::approvers(tx, request.act.kind(), &but)? {
        write(tx, approver, "second-asked", request, &[("letter-fact-asked-by", actor.person)], true)?;
    }
    Ok(())
}

/// To whoever asked.
pub fn decided(tx: &mut Tx<'_>, request: &Request, approved: bool) -> Result<()> {
    let Some(by) = request.decided_by else { return Ok(()) };
    let name = if approved { "second-approved" } else { "second-refused" };
    let opens = approved && !request.act.kind().is_done_by_approval();
    write(tx, request.asked_by, name, request, &[("letter-fact-decided-by", by)], opens)
}

/// To the ethics office, whatever two people did without it.
pub fn notice(tx: &mut Tx<'_>, request: &Request, approver: &Actor) -> Result<()> {
    let people = [("letter-fact-asked-by", request.asked_by), ("letter-fact-decided-by", approver.person)];
    for officer in roles::holders(tx, Role::EthicsOfficer)? {
        if officer != request.asked_by && officer != approver.person {
            write(tx, officer, "second-notice", request, &people, false)?;
        }
    }
    Ok(())
}

/// To the person whose sealed file two people opened.
pub fn opened(tx: &mut Tx<'_>, declarant: PersonId, asked_by: PersonId, approved_by: PersonId) -> Result<()> {
    let to = people::store::find(tx, declarant)?;
    let mut letter = Letter::plain("emergency-opened", "/mes-declarations/lectures");
    letter.facts = vec![
        ("letter-fact-asked-by", store::find(tx, asked_by)?.name()),
        ("letter-fact-decided-by", store::find(tx, approved_by)?.name()),
    ];
    enqueue(tx, &to, &letter)
}
