//! A receipt: some events of the journal, the proof that they are in it, and the signed head of the tree. Whoever keeps it
//! can show that the register held them, even after somebody removed them (trust.md A17).

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use super::checkpoints::{self, Checkpoint, unsigned};
use super::nodes::Stored;
use super::note::Verifier;
use super::tree::{self, Hash, leaf_hash};
use crate::app::Tx;
use crate::db::schema::events;
use crate::error::{Error, Result};
use crate::texts::Sentence;

/// First member of the file.
pub const FORMAT: &str = "probite-receipt/1";

/// A receipt as its JSON file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    pub format: String,
    /// Reference of the file, or what it is about.
    pub about: String,
    /// The tree head, signed.
    pub checkpoint: String,
    pub entries: Vec<Proved>,
}

/// One event and its proof.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proved {
    /// Place in the journal, from 0.
    pub index: u64,
    /// The leaf, byte for byte.
    pub leaf: String,
    /// Hashes of the path to the root, nearest first, in base64.
    pub proof: Vec<String>,
}

/// The receipt of some events by number; `checkpoint` covers them.
///
/// # Errors
/// When the database fails, or an event is beyond the checkpoint.
pub fn of(tx: &mut Tx<'_>, about: &str, numbers: &[i64], checkpoint: &Checkpoint) -> Result<Receipt> {
    let rows: Vec<(i64, String)> = events::table
        .filter(events::seq.eq_any(numbers))
        .order(events::seq.asc())
        .select((events::seq, events::leaf))
        .load(tx.conn)?;
    let size = unsigned(checkpoint.size)?;
    let mut nodes = Stored::new(tx);
    let mut entries = Vec::with_capacity(rows.len());
    for (seq, leaf) in rows {
        let index = unsigned(seq - 1)?;
        if index >= size {
            return Err(Error::Internal(format!("event {seq} is not covered by the checkpoint of {size}")));
        }
        let proof = tree::inclusion(&mut nodes, index, size)?;
        entries.push(Proved { index, leaf, proof: proof.iter().map(|hash| STANDARD.encode(hash)).collect() });
    }
    let note = checkpoints::cosigned(tx, checkpoint)?;
    Ok(Receipt { format: FORMAT.to_owned(), about: about.to_owned(), checkpoint: note, entries })
}

/// Why a receipt proves nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refused {
    Unreadable(String),
    NotSigned(String),
    NotIncluded(u64),
    Empty,
}

impl Refused {
    /// For whoever reads the verdict.
    pub fn sentence(&self) -> Sentence {
        match self {
            Self::Unreadable(why) => Sentence::new("receipt-unreadable").with("why", why),
            Self::NotSigned(name) => Sentence::new("receipt-not-signed").with("name", name),
            Self::NotIncluded(event) => Sentence::new("receipt-not-included").count("event", *event),
            Self::Empty => Sentence::new("receipt-empty"),
        }
    }
}

/// Checks a receipt against a key alone; returns it and the number of events that the tree covers.
///
/// # Errors
/// Why it proves nothing.
pub fn verify(text: &str, verifier: &Verifier) -> std::result::Result<(Receipt, u64), Refused> {
    let receipt: Receipt = serde_json::from_str(text).map_err(|e| Refused::Unreadable(e.to_string()))?;
    if receipt.format != FORMAT {
        return Err(Refused::Unreadable(receipt.format));
    }
    let (size, root) =
        verifier.checkpoint(&receipt.checkpoint).ok_or_else(|| Refused::NotSigned(verifier.name().to_owned()))?;
    if receipt.entries.is_empty() {
        return Err(Refused::Empty);
    }
    for entry in &receipt.entries {
        let proof: Option<Vec<Hash>> =
            entry.proof.iter().map(|hash| STANDARD.decode(hash).ok()?.try_into().ok()).collect();
        let leaf = leaf_hash(entry.leaf.as_bytes());
        if !proof.is_some_and(|proof| tree::is_included(&leaf, entry.index, size, &proof, &root)) {
            return Err(Refused::NotIncluded(entry.index + 1));
        }
    }
    Ok((receipt, size))
}
