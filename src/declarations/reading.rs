//! Opening a declaration: loaded, logged when it must be, and only then shown. Pages and API come through here.

use std::sync::Arc;

use super::lists::ListRow;
use super::store::{Authorized, Declaration};
use super::{access_log, actions};
use crate::access::{Actor, Role};
use crate::app::{App, Tx};
use crate::error::{Error, Result};

/// Loads a declaration and what is shown of it.
///
/// A confidential one read by somebody else than its declarant leaves a row in the access log, so does any read by an
/// auditor, and so does a refused attempt, committed before any byte leaves (trust.md P08).
///
/// # Errors
/// [`Error::NotFound`] when it does not exist or this reader may not know that it does.
pub async fn open<T, F>(app: &App, actor: &Arc<Actor>, slug: &str, show: F) -> Result<(Declaration, T)>
where
    T: Send + 'static,
    F: FnOnce(&mut Tx<'_>, &Actor, &Authorized) -> Result<T> + Send + 'static,
{
    let (by, wanted) = (Arc::clone(actor), slug.to_owned());
    let loaded = app
        .read(move |tx| {
            let found = actions::read(tx, &by, &wanted)?;
            let shown = show(tx, &by, &found)?;
            Ok((found.declaration, shown))
        })
        .await;
    let (declaration, shown) = match loaded {
        Err(Error::NotFound) => {
            refused(app, actor, slug).await?;
            return Err(Error::NotFound);
        }
        other => other?,
    };
    log(app, actor, &declaration).await?;
    Ok((declaration, shown))
}

/// Leaves a row in the access log when this reading must. For what is shown beside the declaration that was opened.
pub async fn log(app: &App, actor: &Arc<Actor>, declaration: &Declaration) -> Result<()> {
    let logged = declaration.is_confidential() || actor.has(Role::Auditor);
    if logged && declaration.declarant_id != actor.person {
        let (by, id) = (Arc::clone(actor), declaration.id);
        app.write(move |tx| access_log::read(tx, &by, id, "read")).await?;
    }
    Ok(())
}

/// A page of a list of files is about to leave: it leaves the row that it owes ([`access_log::owed`]), and the sealed files on it
/// leave theirs, in one transaction.
pub async fn listed(app: &App, actor: &Arc<Actor>, owed: Option<&'static str>, rows: &[ListRow]) -> Result<()> {
    let sealed: Vec<i64> = rows.iter().filter(|row| row.is_reading_of(actor.person)).map(|row| row.id).collect();
    if owed.is_none() && sealed.is_empty() {
        return Ok(());
    }
    let by = Arc::clone(actor);
    app.write(move |tx| {
        if let Some(what) = owed {
            access_log::list_opened(tx, &by, what)?;
        }
        access_log::listed(tx, &by, &sealed)
    })
    .await
}

/// Any other list that names people is about to leave: it leaves the row that it owes.
pub async fn opened(app: &App, actor: &Arc<Actor>, owed: Option<&'static str>) -> Result<()> {
    listed(app, actor, owed, &[]).await
}

/// Somebody tried what they may not know of: that leaves a row too, when there was something.
pub async fn refused(app: &App, actor: &Arc<Actor>, slug: &str) -> Result<()> {
    let (by, slug) = (Arc::clone(actor), slug.to_owned());
    app.write(move |tx| access_log::refused(tx, &by, &slug)).await
}
