//! What is no file, each thing against the last event that left its rows (`imprints.rs`): companies, objects, showcases, precedents,
//! campaigns, the directory and the rest.

use std::collections::BTreeMap;

use super::Difference;
use crate::app::Tx;
use crate::error::Result;
use crate::journal::imprints::{self, Imprint, Register, Thing};

/// What the leaves say of things, as they are read one after the other.
#[derive(Debug, Default)]
pub(super) struct Told {
    /// The last event that left each, and what its rows were.
    last: BTreeMap<Thing, (i64, String)>,
    /// Some events are of before events said what they left: a thing that none tells may be of then.
    has_older: bool,
}

impl Told {
    /// The next event; nothing in a leaf of before leaves said it.
    pub(super) fn add(&mut self, event: i64, left: Option<Vec<Imprint>>) {
        self.has_older |= left.is_none();
        for Imprint { thing, rows } in left.into_iter().flatten() {
            self.last.insert(thing, (event, rows));
        }
    }

    /// What differs, and how many things are compared, and with nothing.
    pub(super) fn compare(self, tx: &mut Tx<'_>) -> Result<Compared> {
        let mut compared = Compared::default();
        let mut last = self.last;
        for register in Register::ALL {
            for thing in imprints::every(tx, register)? {
                compared.things += 1;
                let is = imprints::now(tx, &thing)?.unwrap_or_default();
                match last.remove(&thing) {
                    Some((_, rows)) if rows == is => {}
                    Some((event, _)) => compared.differences.push(Difference::Thing { thing, event }),
                    // Nobody imported a directory yet: its first people came with the installation.
                    None if self.has_older || register == Register::Directory => compared.unsaid += 1,
                    None => compared.differences.push(Difference::ThingUntold { thing }),
                }
            }
        }
        // Told, and not there any more. What an event took away itself left nothing.
        for (thing, (event, rows)) in last {
            if imprints::now(tx, &thing)?.unwrap_or_default() != rows {
                compared.differences.push(Difference::ThingGone { thing, event });
            }
        }
        Ok(compared)
    }
}

#[derive(Debug, Default)]
pub(super) struct Compared {
    pub(super) things: u64,
    pub(super) unsaid: u64,
    pub(super) differences: Vec<Difference>,
}
