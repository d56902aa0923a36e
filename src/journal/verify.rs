//! The offline check of an archive of evidence: the manifest, each file, every leaf, the head of the tree. Memory does not grow with
//! the archive, but for the number and the root of each head of its history: members are read as they come, and whoever made it
//! decides how long no line and no note is.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Seek};

use zip::ZipArchive;

use super::evidence::{CHECKPOINT, FORMAT, HEADS, LEAVES, MANIFEST};
use super::note::{Verifier, head_of, split};
use super::receipt;
use super::tree::{Hash, leaf_hash, node_hash};
use crate::random::Hashing;
use crate::texts::Sentence;

/// Longest line of a member that is read line by line, in bytes: an event, or a signed head with what witnesses signed.
const LONGEST_LINE: u64 = 16 << 20;
/// Longest member that is read whole, in bytes: the signed list of the files, the head of the tree.
const LONGEST_NOTE: u64 = 4 << 20;

/// What was verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    pub events: u64,
    pub withheld: u64,
    pub files: usize,
    /// The signed head, with what witnesses signed below it.
    pub head: String,
}

/// Why an archive is refused.
#[derive(Debug)]
pub enum Refused {
    Unreadable(String),
    TooLong(String),
    ManifestNotSigned(String),
    Changed(String),
    Missing(String),
    Unlisted(String),
    HeadNotSigned(String),
    Count { found: u64, signed: u64 },
    Root,
    Forked(u64),
    NotTheOne(u64),
    Listed(u64),
    Line(u64),
    KeptNotSigned(String),
    KeptReceipt(receipt::Refused),
}

impl Refused {
    /// For whoever reads the verdict.
    pub fn sentence(&self) -> Sentence {
        let said = Sentence::new;
        match self {
            Self::Unreadable(why) => said("verify-unreadable").with("why", why),
            Self::TooLong(file) => said("verify-too-long").with("file", file),
            Self::ManifestNotSigned(name) => said("verify-manifest-not-signed").with("name", name),
            Self::Changed(file) => said("verify-changed").with("file", file),
            Self::Missing(file) => said("verify-missing").with("file", file),
            Self::Unlisted(file) => said("verify-unlisted").with("file", file),
            Self::HeadNotSigned(name) => said("verify-head-not-signed").with("name", name),
            Self::Count { found, signed } => said("verify-count").count("found", *found).count("signed", *signed),
            Self::Root => said("verify-root"),
            Self::Forked(size) => said("verify-forked").count("size", *size),
            Self::NotTheOne(event) => said("verify-not-the-one").count("event", *event),
            Self::Listed(size) => said("verify-listed").count("size", *size),
            Self::Line(line) => said("verify-line").count("line", *line),
            Self::KeptNotSigned(name) => said("verify-kept-not-signed").with("name", name),
            Self::KeptReceipt(why) => said("verify-kept-receipt").because("why", why.sentence()),
        }
    }
}

/// What somebody kept from elsewhere, and the journal must continue: a signed head, from a witness or from a receipt; and the
/// events that the receipt proves, which must be there at their place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    pub size: u64,
    pub root: Hash,
    /// By their place, from 0.
    pub leaves: BTreeMap<u64, Hash>,
}

impl Kept {
    /// Reads the note of a head, or a receipt.
    ///
    /// # Errors
    /// It is neither, or this key did not sign it.
    pub fn read(text: &str, verifier: &Verifier) -> Result<Self, Refused> {
        let mut leaves = BTreeMap::new();
        let mut note = text.to_owned();
        if text.trim_start().starts_with('{') {
            let (receipt, _) = receipt::verify(text, verifier).map_err(Refused::KeptReceipt)?;
            leaves.extend(receipt.entries.iter().map(|entry| (entry.index, leaf_hash(entry.leaf.as_bytes()))));
            note = receipt.checkpoint;
        }
        let head = verifier.checkpoint(&note);
        let (size, root) = head.ok_or_else(|| Refused::KeptNotSigned(verifier.name().to_owned()))?;
        Ok(Self { size, root, leaves })
    }
}

fn unreadable(error: impl std::fmt::Display) -> Refused {
    Refused::Unreadable(error.to_string())
}

/// Leaves as they come, without keeping them: one root per complete subtree, largest first. Memory does not grow with the
/// journal.
#[derive(Default)]
pub struct Frontier {
    roots: Vec<(u32, Hash)>,
    pub size: u64,
}

impl Frontier {
    pub fn push(&mut self, leaf: Hash) {
        let mut added = (0, leaf);
        while let Some((height, left)) = self.roots.pop_if(|(height, _)| *height == added.0) {
            added = (height + 1, node_hash(&left, &added.1));
        }
        self.roots.push(added);
        self.size += 1;
    }

    pub fn root(&self) -> Hash {
        let above = self.roots.iter().rev().map(|(_, hash)| *hash).reduce(|right, left| node_hash(&left, &right));
        above.unwrap_or_else(super::tree::empty_root)
    }
}

/// Checks an archive against a key, and against what somebody kept from elsewhere.
///
/// # Errors
/// Why it is refused.
pub fn archive(file: impl Read + Seek, verifier: &Verifier, other: Option<&Kept>) -> Result<Verified, Refused> {
    let mut zip = ZipArchive::new(file).map_err(unreadable)?;
    let manifest = text(&mut zip, MANIFEST)?;
    let listed = listed(&manifest, verifier)?;
    let names: Vec<String> =
        zip.file_names().map(|name| name.map(Into::into)).collect::<Result<_, _>>().map_err(unreadable)?;
    if let Some(name) = names.iter().find(|name| *name != MANIFEST && !listed.contains_key(*name)) {
        return Err(Refused::Unlisted(name.clone()));
    }
    // Two members of one name would be one for a reader and the other for another.
    if names.len() != listed.len() + 1 {
        return Err(Refused::Changed(MANIFEST.to_owned()));
    }
    for (name, sha256) in listed.iter().filter(|(name, _)| name.as_str() != LEAVES) {
        let mut content = Hashing::new(member(&mut zip, name)?);
        std::io::copy(&mut content, &mut std::io::sink()).map_err(unreadable)?;
        if content.hash() != *sha256 {
            return Err(Refused::Changed(name.clone()));
        }
    }
    let head = text(&mut zip, CHECKPOINT)?;
    let (signed, expected) =
        verifier.checkpoint(&head).ok_or_else(|| Refused::HeadNotSigned(verifier.name().to_owned()))?;
    let heads = listed_heads(&mut zip)?;
    let (frontier, withheld, sha256) = leaves(&mut zip, other, &heads)?;
    if listed.get(LEAVES) != Some(&sha256) {
        return Err(Refused::Changed(LEAVES.to_owned()));
    }
    if frontier.size != signed {
        return Err(Refused::Count { found: frontier.size, signed });
    }
    if frontier.root() != expected {
        return Err(Refused::Root);
    }
    if let Some(other) = other.filter(|other| other.size > signed) {
        return Err(Refused::Count { found: signed, signed: other.size });
    }
    Ok(Verified { events: signed, withheld, files: listed.len(), head })
}

/// Name and SHA-256 of each file, from the signed list.
fn listed(manifest: &str, verifier: &Verifier) -> Result<BTreeMap<String, String>, Refused> {
    let signed = verifier.open(manifest).ok_or_else(|| Refused::ManifestNotSigned(verifier.name().to_owned()))?;
    let mut lines = signed.lines();
    if lines.next() != Some(FORMAT) {
        return Err(Refused::Changed(MANIFEST.to_owned()));
    }
    let files: BTreeMap<String, String> =
        lines.skip(1).filter_map(|line| line.split_once("  ")).map(|(hash, name)| (name.into(), hash.into())).collect();
    for name in [LEAVES, CHECKPOINT] {
        if !files.contains_key(name) {
            return Err(Refused::Missing(name.to_owned()));
        }
    }
    Ok(files)
}

/// Size and root of every head of the history. Whoever signed them, the journal has only one tree of a size.
fn listed_heads(zip: &mut ZipArchive<impl Read + Seek>) -> Result<BTreeMap<u64, Hash>, Refused> {
    let head = |line: &[u8]| {
        let line: serde_json::Value = serde_json::from_slice(line).ok()?;
        let (_, size, root) = head_of(split(line.get("note")?.as_str()?)?.0)?;
        Some((size, root))
    };
    let (mut reader, mut line) = (BufReader::new(member(zip, HEADS)?), Vec::new());
    let mut heads = BTreeMap::new();
    while next_line(&mut reader, &mut line)? {
        let (size, root) = head(&line).ok_or_else(|| Refused::Changed(HEADS.to_owned()))?;
        heads.insert(size, root);
    }
    Ok(heads)
}

fn member<'a, R: Read + Seek>(zip: &'a mut ZipArchive<R>, name: &str) -> Result<impl Read + use<'a, R>, Refused> {
    zip.by_name(name).map_err(|_| Refused::Missing(name.to_owned()))
}

/// A short member.
fn text(zip: &mut ZipArchive<impl Read + Seek>, name: &str) -> Result<String, Refused> {
    let mut text = String::new();
    let mut member = member(zip, name)?.take(LONGEST_NOTE);
    member.read_to_string(&mut text).map_err(unreadable)?;
    if member.limit() == 0 { Err(Refused::TooLong(name.to_owned())) } else { Ok(text) }
}

/// The next line with what ends it, in place of the one before; false after the last. One that is too long comes in pieces without an
/// end, which are no line.
fn next_line(reader: &mut impl BufRead, line: &mut Vec<u8>) -> Result<bool, Refused> {
    line.clear();
    Ok(reader.take(LONGEST_LINE).read_until(b'\n', line).map_err(unreadable)? > 0)
}

fn leaves(
    zip: &mut ZipArchive<impl Read + Seek>,
    other: Option<&Kept>,
    heads: &BTreeMap<u64, Hash>,
) -> Result<(Frontier, u64, String), Refused> {
    let mut reader = BufReader::new(member(zip, LEAVES)?);
    let mut hash = aws_lc_rs::digest::Context::new(&aws_lc_rs::digest::SHA256);
    let (mut frontier, mut withheld, mut line) = (Frontier::default(), 0, Vec::new());
    while next_line(&mut reader, &mut line)? {
        hash.update(&line);
        let wrong = || Refused::Line(frontier.size + 1);
        let content = line.strip_suffix(b"\n").ok_or_else(wrong)?;
        let leaf = match content.strip_prefix(b"#") {
            Some(digits) => {
                withheld += 1;
                hex::decode(digits).ok().and_then(|bytes| bytes.try_into().ok()).ok_or_else(wrong)?
            }
            None if content.starts_with(b"{") => leaf_hash(content),
            None => return Err(wrong()),
        };
        // First the event itself: whoever holds a receipt reads which one is not there.
        if other.is_some_and(|other| other.leaves.get(&frontier.size).is_some_and(|proved| *proved != leaf)) {
            return Err(Refused::NotTheOne(frontier.size + 1));
        }
        frontier.push(leaf);
        if other.is_some_and(|other| frontier.size == other.size && frontier.root() != other.root) {
            return Err(Refused::Forked(frontier.size));
        }
        if heads.get(&frontier.size).is_some_and(|root| *root != frontier.root()) {
            return Err(Refused::Listed(frontier.size));
        }
    }
    Ok((frontier, withheld, hex::encode(hash.finish())))
}

/// The root of leaves at hand, the slow and plain way: what [`Frontier`] is compared with.
#[cfg(test)]
fn plain_root(leaves: &[Hash]) -> Hash {
    super::tree::root(&mut super::tree::Leaves(leaves), leaves.len() as u64).unwrap()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leaves_one_by_one_give_the_root_of_the_whole() {
        let all: Vec<Hash> = (0..700_u32).map(|number| leaf_hash(&number.to_be_bytes())).collect();
        let mut frontier = Frontier::default();
        for (count, leaf) in (1..).zip(&all) {
            frontier.push(*leaf);
            assert_eq!(frontier.root(), plain_root(&all[..count]), "{count} leaves");
        }
    }
}
