//! E23: something new about companies, to the declarants, to whoever has the files, and to the ethics officer. What is found at once is
//! told each person in one letter, whatever number of files it concerns; what is new is in the product.

use std::collections::BTreeMap;

use crate::access::actor::Channel;
use crate::access::{PageAction, Role};
use crate::app::Tx;
use crate::config::Detail;
use crate::declarations::mail::{Matter, ethics_officers, holders};
use crate::declarations::store::{self, Declaration};
use crate::error::Result;
use crate::outbox::letter::{Item, enqueue_with_items};
use crate::outbox::{Letter, enqueue};
use crate::people::store::Person;
use crate::people::{self, PersonId, roles, sessions};
use crate::text::Language;
use crate::texts::{Arg, say};

/// Files named in one letter at most; how many more there are is said.
const MOST_NAMED: usize = 10;

/// A file of which there is news, as a letter names it.
#[derive(Debug, Clone)]
struct File {
    slug: String,
    declarant: PersonId,
}

/// What is to tell once everything that came together was looked at.
#[derive(Debug, Default)]
pub(super) struct News {
    /// Whoever is told, in the order of the files.
    people: Vec<PersonId>,
    /// Of each, the files that concern them, by number: oldest first.
    files: BTreeMap<PersonId, BTreeMap<i64, File>>,
}

impl News {
    /// There is something new about a declaration. Whoever is barred from it learns nothing of it.
    pub fn add(&mut self, tx: &mut Tx<'_>, declaration: &Declaration, tell_contract_monitor: bool) -> Result<()> {
        let file = File { slug: declaration.slug().to_owned(), declarant: declaration.declarant_id };
        for person in told(tx, declaration, tell_contract_monitor)? {
            if !self.files.contains_key(&person) {
                self.people.push(person);
            }
            self.files.entry(person).or_default().insert(declaration.id, file.clone());
        }
        Ok(())
    }

    /// Writes to each of them.
    pub fn tell(self, tx: &mut Tx<'_>) -> Result<()> {
        for id in self.people {
            let person = people::store::find(tx, id)?;
            let Some(files) = self.files.get(&id) else { continue };
            match files.first_key_value() {
                Some((file, _)) if files.len() == 1 => of_one(tx, &person, *file)?,
                _ => of_many(tx, &person, &files.values().collect::<Vec<_>>())?,
            }
        }
        Ok(())
    }
}

/// The declarant, whoever has the file, their supervisor, the ethics officers, and the contract monitors where a rule says so.
fn told(tx: &mut Tx<'_>, declaration: &Declaration, tell_contract_monitor: bool) -> Result<Vec<PersonId>> {
    let mut others: Vec<PersonId> = holders(tx, declaration)?.into_iter().map(|holder| holder.id).collect();
    others.extend(declaration.supervisor_id);
    others.extend(ethics_officers(tx, declaration)?.into_iter().map(|officer| officer.id));
    if tell_contract_monitor {
        others.extend(roles::holders(tx, Role::ContractMonitor)?);
    }
    let barred = store::barred_from(tx, declaration.id)?;
    others.retain(|person| *person != declaration.declarant_id && !barred.contains(person));
    others.insert(0, declaration.declarant_id);
    Ok(others)
}

fn of_one(tx: &mut Tx<'_>, person: &Person, file: i64) -> Result<()> {
    let declaration = store::find_unguarded(tx, file)?;
    let matter = Matter::of(tx, &declaration)?;
    let mut letter = matter.letter(tx, "rescored", person);
    // Nothing is due because of it.
    letter.facts.retain(|(label, _)| *label != "letter-fact-due");
    if let Some(company) = declaration.company_name.clone().filter(|_| matter.detail == Detail::Standard) {
        letter.facts.push(("letter-fact-company", company));
    }
    enqueue(tx, person, &letter)
}

/// References alone, each with its page: neither whose files they are, nor about which companies.
fn of_many(tx: &mut Tx<'_>, person: &Person, files: &[&File]) -> Result<()> {
    let language = Language::parse(&person.language);
    let link = list_of(tx, person, files)?;
    let mut letter = Letter::plain("rescored-many", link);
    letter.args = vec![("count", count(files.len()))];
    let named = files.iter().take(MOST_NAMED);
    let mut items: Vec<Item> =
        named.map(|file| Item::new(tx, file.slug.clone(), &format!("/d/{}", file.slug))).collect();
    let more = files.len().saturating_sub(MOST_NAMED);
    if more > 0 {
        items.push(Item::new(tx, say(language, "letter-files-more", &[("count", count(more))]), link));
    }
    enqueue_with_items(tx, person, &letter, items)
}

fn count(files: usize) -> Arg<'static> {
    Arg::from(i64::try_from(files).unwrap_or(i64::MAX))
}

/// Address of the list where a person finds such files: every cross-check, their own files, the register, or what they handle.
fn list_of(tx: &mut Tx<'_>, person: &Person, files: &[&File]) -> Result<&'static str> {
    let actor = sessions::actor(tx, person, Channel::Page, false)?;
    let opens = |page| tx.book.access.opens(page, actor.as_ref());
    Ok(match () {
        () if opens(PageAction::Crosschecks) => "/recoupements",
        () if files.iter().all(|file| file.declarant == person.id) => "/mes-declarations",
        () if opens(PageAction::Register) => "/registre",
        () => "/a-traiter",
    })
}
