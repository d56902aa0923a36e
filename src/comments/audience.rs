//! Who reads a comment, and who may be mentioned in it.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::access::actor::Channel;
use crate::access::{Action, Role, Verdict, may};
use crate::app::Tx;
use crate::db::search::fold;
use crate::declarations::store::{self, Declaration};
use crate::error::Result;
use crate::people::sessions;
use crate::people::{self, PersonId, roles};

/// For whom a comment is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    /// Its author alone.
    Private,
    /// Whoever handles the file; not its declarant.
    Readers,
    /// Whoever handles the file, and its declarant.
    Person,
}

impl Audience {
    pub const ALL: [Self; 3] = [Self::Private, Self::Readers, Self::Person];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Private => "private",
            Self::Readers => "readers",
            Self::Person => "person",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|audience| audience.as_str() == text)
    }

    /// Those that somebody may choose: the declarant writes to whoever handles the file, in the open.
    pub fn offered(is_declarant: bool) -> &'static [Self] {
        if is_declarant { &[Self::Person] } else { &Self::ALL }
    }
}

/// Somebody who would read a comment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    pub person: PersonId,
    pub number: String,
    pub name: String,
}

/// The members of an audience today, without `author`: the declarant first, then by name.
pub fn members(
    tx: &mut Tx<'_>,
    declaration: &Declaration,
    audience: Audience,
    author: PersonId,
) -> Result<Vec<Member>> {
    if audience == Audience::Private {
        return Ok(Vec::new());
    }
    let mut handlers = Vec::new();
    for person in candidates(tx, declaration)? {
        if person != author && person != declaration.declarant_id && handles(tx, declaration, person)? {
            handlers.push(member(tx, person)?);
        }
    }
    handlers.sort_by(|a, b| a.name.cmp(&b.name));
    if audience == Audience::Person && author != declaration.declarant_id {
        handlers.insert(0, member(tx, declaration.declarant_id)?);
    }
    Ok(handlers)
}

fn member(tx: &mut Tx<'_>, person: PersonId) -> Result<Member> {
    let person = people::store::find(tx, person)?;
    Ok(Member { person: person.id, name: person.name(), number: person.number })
}

/// Everybody whom a place or an office could make a reader; the policy decides.
fn candidates(tx: &mut Tx<'_>, declaration: &Declaration) -> Result<BTreeSet<PersonId>> {
    let places = [declaration.holder_id, declaration.supervisor_id, declaration.decider_id];
    let mut people: BTreeSet<PersonId> = places.into_iter().flatten().collect();
    for role in [Role::EthicsOfficer, Role::SecretaryGeneral, Role::DeputyMinister] {
        people.extend(roles::holders(tx, role)?);
    }
    Ok(people)
}

fn handles(tx: &mut Tx<'_>, declaration: &Declaration, person: PersonId) -> Result<bool> {
    let barred = store::is_barred(tx, declaration.id, person)?;
    let person = people::store::find(tx, person)?;
    // Gone, or without an account: nobody to read it.
    let Some(actor) = sessions::actor(tx, &person, Channel::Page, false)? else { return Ok(false) };
    Ok(may(&tx.book.access, &actor, Action::Comment, &declaration.target(barred)) == Verdict::Allowed)
}

/// Whom a text mentions, `@Name` or `@number`, among the members of its audience; otherwise the mention that names
/// nobody who would read it.
pub fn mentioned(text: &str, members: &[Member]) -> std::result::Result<Vec<PersonId>, String> {
    let mut found = Vec::new();
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        // An address has something before its sign.
        let begins = c == '@' && !before.is_alphanumeric() && !matches!(before, '.' | '_' | '-' | '+');
        before = c;
        let after = text.get(at + c.len_utf8()..).unwrap_or_default();
        if !begins || !after.starts_with(char::is_alphanumeric) {
            continue;
        }
        let folded = fold(after);
        let named = |name: &str| {
            folded.strip_prefix(&fold(name)).is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric()))
        };
        // The longest name first: « Anne Roy-Gagnon » is not « Anne Roy ».
        let known = members
            .iter()
            .filter(|member| named(&member.name) || named(&member.number))
            .max_by_key(|member| member.name.chars().count());
        match known {
            Some(member) if found.contains(&member.person) => {}
            Some(member) => found.push(member.person),
            None => return Err(after.split_whitespace().take(2).collect::<Vec<_>>().join(" ")),
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn members_named(names: &[&str]) -> Vec<Member> {
        let numbered = names.iter().zip(1..);
        numbered
            .map(|(name, id)| Member { person: id, number: format!("20000{id}"), name: (*name).to_owned() })
            .collect()
    }

    #[test]
    fn a_mention_names_a_member_whatever_the_accents_and_the_case() {
        let members = members_named(&["Aline Côté", "Rosalie Tremblay"]);
        assert_eq!(mentioned("@aline cote, à voir avec @Rosalie Tremblay.", &members), Ok(vec![1, 2]));
        assert_eq!(mentioned("(@200002) merci @Rosalie Tremblay", &members), Ok(vec![2]), "once each");
    }

    #[test]
    fn the_longest_name_is_the_one_meant() {
        let members = members_named(&["Anne Roy", "Anne Roy-Gagnon"]);
        assert_eq!(mentioned("@Anne Roy-Gagnon", &members), Ok(vec![2]));
        assert_eq!(mentioned("@Anne Roy, bonjour", &members), Ok(vec![1]));
    }

    #[test]
    fn an_address_or_a_lonely_sign_mentions_nobody() {
        let members = members_named(&["Aline Côté"]);
        assert_eq!(mentioned("Écrire à aline@exemple.test, rendez-vous @ 14 h", &members), Ok(vec![]));
    }

    #[test]
    fn whoever_would_not_read_it_is_not_mentioned() {
        let members = members_named(&["Aline Côté"]);
        assert_eq!(mentioned("Voir @Denis Roy demain", &members), Err("Denis Roy".to_owned()));
        assert_eq!(mentioned("@Alineco", &members), Err("Alineco".to_owned()));
    }
}
