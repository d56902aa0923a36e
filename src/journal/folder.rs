//! A folder where heads are kept, one file each and only ever added to: a share with write-once retention, or that of a witness.
//! Whoever may add to it may add anything, so a file proves what is signed in it and nothing by its name alone.

use std::io::Write;
use std::path::Path;

use super::note::Verifier;
use super::tree::Hash;

const NOTE: &str = "checkpoint-";
const END: &str = ".note";

fn name_of(size: u64) -> String {
    format!("{NOTE}{size:012}{END}")
}

/// The size that the name of a head says; nothing when a head is never named so.
fn size_in(name: &str) -> Option<u64> {
    let size: u64 = name.strip_prefix(NOTE)?.strip_suffix(END)?.parse().ok()?;
    (name_of(size) == name).then_some(size)
}

/// Keeps the note of a head in a folder; the same one twice is no error.
pub(super) fn keep_note(folder: &Path, size: u64, note: &str) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)?;
    let path = folder.join(name_of(size));
    match std::fs::OpenOptions::new().write(true).create_new(true).open(&path) {
        Ok(mut file) => {
            file.write_all(note.as_bytes()).and_then(|()| file.sync_all())?;
            std::fs::File::open(folder)?.sync_all()
        }
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
            let there = std::fs::read_to_string(&path)?;
            let same = there == note;
            if same { Ok(()) } else { Err(std::io::Error::other("another checkpoint of this size is there")) }
        }
        Err(error) => Err(error),
    }
}

/// The note of the largest head of a folder; nothing when it has none.
pub(super) fn newest_note(folder: &Path) -> std::io::Result<Option<String>> {
    let newest = names(folder)?.into_iter().filter(|name| name.starts_with(NOTE)).max();
    newest.map(|name| std::fs::read_to_string(folder.join(name))).transpose()
}

/// The largest head of a folder that a key signed, and those under names that no head has. A file that is no head, or of another
/// key, is passed over: it says nothing of this journal, and in a folder that forgets nothing it would hide the others for good.
///
/// # Errors
/// The folder, or a file named as a head, cannot be read.
pub(super) fn last_heads(folder: &Path, verifier: &Verifier) -> std::io::Result<Vec<(u64, Hash)>> {
    let (mut named, odd): (Vec<_>, Vec<_>) =
        names(folder)?.into_iter().map(|name| (size_in(&name), name)).partition(|(size, _)| size.is_some());
    let mut heads = Vec::new();
    for (_, name) in odd {
        // No head of ours is under this name: when it cannot be read, nothing is missing.
        heads.extend(std::fs::read(folder.join(name)).ok().and_then(|note| head(&note, verifier)));
    }
    named.sort();
    for (size, name) in named.into_iter().rev() {
        let found = head(&read(folder, &name)?, verifier);
        // An older head under the name of a larger one must not hide those between.
        let is_its = found.is_some_and(|(signed, _)| Some(signed) == size);
        heads.extend(found);
        if is_its {
            break;
        }
    }
    Ok(heads)
}

/// Every head of a folder that a key signed.
///
/// # Errors
/// The folder, or a file named as a head, cannot be read.
pub(super) fn all_heads(folder: &Path, verifier: &Verifier) -> std::io::Result<Vec<(u64, Hash)>> {
    let mut heads = Vec::new();
    for name in names(folder)? {
        match read(folder, &name) {
            Ok(note) => heads.extend(head(&note, verifier)),
            Err(error) if size_in(&name).is_some() => return Err(error),
            Err(_) => {}
        }
    }
    Ok(heads)
}

fn read(folder: &Path, name: &str) -> std::io::Result<Vec<u8>> {
    std::fs::read(folder.join(name)).map_err(|error| std::io::Error::new(error.kind(), format!("{name}: {error}")))
}

fn head(note: &[u8], verifier: &Verifier) -> Option<(u64, Hash)> {
    verifier.checkpoint(std::str::from_utf8(note).ok()?)
}

/// Names of the notes; none when the folder is not there.
fn names(folder: &Path) -> std::io::Result<Vec<String>> {
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let mut names = Vec::new();
    for entry in entries {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if name.ends_with(END) {
            names.push(name);
        }
    }
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::note::Signer;

    const ROOT: Hash = [7; 32];

    fn signer() -> Signer {
        Signer::parse(&Signer::generate("registre.example/journal").unwrap()).unwrap()
    }

    #[test]
    fn no_file_added_beside_a_head_hides_it() {
        let (place, mine, other) = (tempfile::tempdir().unwrap(), signer(), signer());
        let (folder, key) = (place.path(), mine.verifier());
        assert_eq!(last_heads(folder, &key).unwrap(), []);
        keep_note(folder, 5, &mine.checkpoint(5, &ROOT)).unwrap();
        keep_note(folder, 9, &mine.checkpoint(9, &ROOT)).unwrap();
        assert_eq!(last_heads(folder, &key).unwrap(), [(9, ROOT)]);
        std::fs::write(folder.join("checkpoint-zzz.note"), "rien").unwrap();
        std::fs::write(folder.join("checkpoint-000000000012.note"), [0xff, 0xfe]).unwrap();
        keep_note(folder, 14, &other.checkpoint(14, &ROOT)).unwrap();
        assert_eq!(last_heads(folder, &key).unwrap(), [(9, ROOT)]);
        // An older head under the name of a larger one.
        keep_note(folder, 99, &mine.checkpoint(5, &ROOT)).unwrap();
        assert_eq!(last_heads(folder, &key).unwrap(), [(5, ROOT), (9, ROOT)]);
        // A larger one under the name of none.
        std::fs::write(folder.join("copie.note"), mine.checkpoint(20, &ROOT)).unwrap();
        assert_eq!(last_heads(folder, &key).unwrap(), [(20, ROOT), (5, ROOT), (9, ROOT)]);
        assert_eq!(all_heads(folder, &key).unwrap().len(), 4);
        // What cannot be read is not taken for nothing.
        std::fs::create_dir(folder.join("checkpoint-000000000200.note")).unwrap();
        assert!(last_heads(folder, &key).is_err() && all_heads(folder, &key).is_err());
        assert!(last_heads(&folder.join("copie.note"), &key).is_err(), "a file in the place of a folder");
    }
}
