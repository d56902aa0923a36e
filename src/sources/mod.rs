//! What comes from outside: the business register, public contracts, lists of firms. Files are handed over by somebody, never
//! fetched; each leaves a line that says what it was, when it came, what it changed and what was wrong in it. A source that is
//! old or missing is seen here and blocks nothing.

pub mod age;
pub mod page;
pub mod problem;
pub mod reading;
pub mod store;
pub mod table;

pub use problem::{Problem, Problems};
pub use reading::Incoming;

use std::sync::{Arc, Mutex};

use crate::app::{App, Tx};
use crate::error::{Error, Result};

/// Where a file comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Source {
    /// Business register of Québec (REQ).
    Registry,
    /// Public contracts published by the tendering system (SEAO).
    Contracts,
    /// Contracts below the thresholds of publication, from the ministry's own books.
    SmallContracts,
    /// Firms that may not contract (RENA).
    Rena,
    /// Firms authorised to contract (REA).
    Rea,
}

impl Source {
    pub const ALL: [Self; 5] = [Self::Registry, Self::Contracts, Self::SmallContracts, Self::Rena, Self::Rea];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Registry => "registry",
            Self::Contracts => "contracts",
            Self::SmallContracts => "small_contracts",
            Self::Rena => "rena",
            Self::Rea => "rea",
        }
    }

    /// Fluent key of its name.
    pub fn title(self) -> &'static str {
        match self {
            Self::Registry => "source-registry",
            Self::Contracts => "source-contracts",
            Self::SmallContracts => "source-small-contracts",
            Self::Rena => "source-rena",
            Self::Rea => "source-rea",
        }
    }
}

/// Runs an import in one transaction; a preview does it whole, then takes it back. So does an import that says (`false`) that
/// it is not worth keeping.
pub fn attempt<T: Send + 'static>(
    app: &App,
    preview: bool,
    work: impl FnOnce(&mut Tx<'_>) -> Result<(T, bool)> + Send + 'static,
) -> Result<T> {
    let kept = Arc::new(Mutex::new(None));
    let place = Arc::clone(&kept);
    let done = app.write_here(move |tx| {
        let (done, keep) = work(tx)?;
        if let Ok(mut place) = place.lock() {
            *place = Some(done);
        }
        // An error is how a use case is rolled back.
        if keep && !preview { Ok(()) } else { Err(Error::Stale) }
    });
    let found = kept.lock().ok().and_then(|mut kept| kept.take());
    match (done, found) {
        (Ok(()), Some(found)) => Ok(found),
        (Err(Error::Stale), Some(found)) => Ok(found),
        (Err(error), _) => Err(error),
        (Ok(()), None) => Err(Error::Internal("an import said nothing".into())),
    }
}
