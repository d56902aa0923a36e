//! E25: what the schedule gives up this year, to the ethics office.

use crate::access::Role;
use crate::app::Tx;
use crate::error::Result;
use crate::outbox::{Letter, enqueue};
use crate::people::{roles, store};
use crate::texts::Arg;

pub fn due(tx: &mut Tx<'_>, list: i64, files: usize) -> Result<()> {
    let files = i64::try_from(files).unwrap_or(i64::MAX);
    for officer in roles::holders(tx, Role::EthicsOfficer)? {
        let to = store::find(tx, officer)?;
        let mut letter = Letter::plain("retention-due", format!("/conservation/{list}"));
        letter.args = vec![("files", Arg::from(files))];
        letter.facts = vec![("letter-fact-files", files.to_string())];
        enqueue(tx, &to, &letter)?;
    }
    Ok(())
}
