//! The data keys of files, one each, kept wrapped.

use std::collections::HashMap;
use std::sync::Arc;

use diesel::prelude::*;

use super::envelope::DataKey;
use super::keyring::{Of, Wrapped};
use crate::app::Tx;
use crate::db::conn::each_engine;
use crate::db::schema::data_keys;
use crate::error::{Error, Result};

/// How much of a file is sealed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// All its words, what happens to it included: a file of class C3.
    Whole,
    /// What people write to each other about it.
    Comments,
}

type Row = (bool, String, String);

fn row(tx: &mut Tx<'_>, declaration: i64) -> Result<Option<Row>> {
    Ok(each_engine!(tx.conn, conn => data_keys::table
        .find(declaration)
        .select((data_keys::whole, data_keys::master_key, data_keys::wrapped))
        .first::<Row>(conn)
        .optional())?)
}

/// Keys that a transaction has opened: a filing asks for that of its file ten times.
#[derive(Default)]
pub struct Opened(HashMap<i64, (Reach, Arc<DataKey>)>);

/// Keys kept by one transaction, which may read every sealed file of the register.
const MOST_OPENED: usize = 16;

impl Opened {
    fn keep(&mut self, declaration: i64, reach: Reach, key: &Arc<DataKey>) {
        if self.0.len() >= MOST_OPENED {
            self.0.clear();
        }
        self.0.insert(declaration, (reach, Arc::clone(key)));
    }

    /// The key of a file is destroyed with it.
    pub fn forget(&mut self, declaration: i64) {
        self.0.remove(&declaration);
    }
}

fn known(tx: &mut Tx<'_>, declaration: i64) -> Result<Option<(Reach, Arc<DataKey>)>> {
    if let Some((reach, key)) = tx.keys.0.get(&declaration) {
        return Ok(Some((*reach, Arc::clone(key))));
    }
    let Some((whole, master, key)) = row(tx, declaration)? else { return Ok(None) };
    let reach = if whole { Reach::Whole } else { Reach::Comments };
    let key = Arc::new(tx.book.keyring.unwrap(Of::File(declaration), &Wrapped { master, key })?);
    tx.keys.keep(declaration, reach, &key);
    Ok(Some((reach, key)))
}

/// The key of a file, when something of it is sealed.
///
/// # Errors
/// When no master key here opens it.
pub fn find(tx: &mut Tx<'_>, declaration: i64) -> Result<Option<Arc<DataKey>>> {
    Ok(known(tx, declaration)?.map(|(_, key)| key))
}

/// The key of a file of which all is sealed.
///
/// # Errors
/// As for [`find`].
pub fn whole(tx: &mut Tx<'_>, declaration: i64) -> Result<Option<Arc<DataKey>>> {
    Ok(known(tx, declaration)?.filter(|(reach, _)| *reach == Reach::Whole).map(|(_, key)| key))
}

/// The key of a file that is known to be sealed.
///
/// # Errors
/// [`Error::NotFound`] when its key was destroyed: nobody will read it again.
pub fn required(tx: &mut Tx<'_>, declaration: i64) -> Result<Arc<DataKey>> {
    find(tx, declaration)?.ok_or(Error::NotFound)
}

/// Makes the key of a file.
///
/// # Errors
/// [`Error::NotPossible`] when the service has no master key: nothing is kept in clear instead.
pub fn make(tx: &mut Tx<'_>, declaration: i64, reach: Reach) -> Result<Arc<DataKey>> {
    let now = tx.now();
    let key = Arc::new(DataKey::generate()?);
    let wrapped = tx.book.keyring.wrap(Of::File(declaration), &key)?;
    each_engine!(tx.conn, conn => diesel::insert_into(data_keys::table)
        .values((
            data_keys::declaration_id.eq(declaration),
            data_keys::whole.eq(reach == Reach::Whole),
            data_keys::master_key.eq(&wrapped.master),
            data_keys::wrapped.eq(&wrapped.key),
            data_keys::made_at.eq(now),
        ))
        .execute(conn))?;
    tx.keys.keep(declaration, reach, &key);
    Ok(key)
}

/// The key of a file, made the first time something of it is sealed.
///
/// # Errors
/// As for [`find`] and [`make`].
pub fn find_or_make(tx: &mut Tx<'_>, declaration: i64) -> Result<Arc<DataKey>> {
    match find(tx, declaration)? {
        Some(key) => Ok(key),
        None => make(tx, declaration, Reach::Comments),
    }
}
