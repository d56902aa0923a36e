//! Archives larger than what a verifier may hold: what each of the two takes does not grow with them.

use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::process::Command;

use probite::journal::evidence::{CHECKPOINT, FORMAT, HEADS, LEAVES, MANIFEST};
use probite::journal::note::Signer;
use probite::journal::tree::leaf_hash;
use probite::journal::verify::{self, Frontier, Refused};
use probite::random::Hashing;
use serde_json::json;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// Members being written, and the list of them that will be signed.
struct Archive {
    zip: ZipWriter<File>,
    listed: String,
}

impl Archive {
    fn add(&mut self, name: &str, write: impl FnOnce(&mut dyn Write)) {
        // Not packed: it is as long on the disk as it is to be read.
        let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored).large_file(true);
        self.zip.start_file(name, stored).unwrap();
        let mut out = Hashing::new(&mut self.zip);
        write(&mut out);
        let hash = out.hash();
        self.listed.push_str(&format!("{hash}  {name}\n"));
    }
}

/// An archive of so many events that are withheld, with a head that witnesses signed at length for each hundred of them, an export of so
/// many bytes, and a last line of the journal that is longer than a line when `too_long` says how much.
fn made(path: &Path, signer: &Signer, events: u64, register: usize, too_long: usize) {
    let mut archive = Archive { zip: ZipWriter::new(File::create(path).unwrap()), listed: String::new() };
    let (mut frontier, mut heads) = (Frontier::default(), Vec::new());
    archive.add(LEAVES, |out| {
        for number in 0..events {
            let leaf = leaf_hash(&number.to_be_bytes());
            writeln!(out, "#{}", hex::encode(leaf)).unwrap();
            frontier.push(leaf);
            if frontier.size % 100 == 0 {
                heads.push((frontier.size, frontier.root()));
            }
        }
        if too_long > 0 {
            writeln!(out, "#{}", "0".repeat(too_long)).unwrap();
        }
    });
    let head = signer.checkpoint(frontier.size, &frontier.root());
    archive.add(CHECKPOINT, |out| out.write_all(head.as_bytes()).unwrap());
    archive.add(HEADS, |out| {
        for (size, root) in heads {
            let note = format!("{}— temoin.example {}\n", signer.checkpoint(size, &root), "A".repeat(4_000));
            writeln!(out, "{}", json!({ "note": note })).unwrap();
        }
    });
    archive.add("register.csv", |out| {
        let piece = [b';'; 64 << 10];
        (0..register / piece.len()).for_each(|_| out.write_all(&piece).unwrap());
    });
    let list = signer.sign(&format!("{FORMAT}\nsize {}\n{}", frontier.size, archive.listed));
    archive.add(MANIFEST, |out| out.write_all(list.as_bytes()).unwrap());
    archive.zip.finish().unwrap();
}

fn interpreter() -> String {
    std::env::var("TEST_PYTHON").unwrap_or_else(|_| "python3".to_owned())
}

/// The most memory that a program had, in KiB, once it ended well.
fn most_memory(arguments: &[&str]) -> u64 {
    let watch = "import resource, subprocess, sys\n\
                 done = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL)\n\
                 print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)\n\
                 sys.exit(done.returncode)";
    let done = Command::new(interpreter()).args(["-c", watch]).args(arguments).output().expect("Python runs");
    assert!(done.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8_lossy(&done.stdout).trim().parse().expect("a number of KiB")
}

/// A08: sixty-four megabytes of export, two hundred thousand events and two thousand heads take no more memory than nothing of them.
#[test]
fn what_a_verifier_holds_does_not_grow_with_the_archive() {
    let folder = tempfile::tempdir().unwrap();
    let signer = Signer::parse(&Signer::generate(super::NAME).unwrap()).unwrap();
    let (small, large) = (folder.path().join("petit.zip"), folder.path().join("grand.zip"));
    made(&small, &signer, 100, 64 << 10, 0);
    made(&large, &signer, 200_000, 64 << 20, 0);
    let key = signer.verifier().to_string();
    let (small, large) = (small.display().to_string(), large.display().to_string());
    let (python, script) = (interpreter(), concat!(env!("CARGO_MANIFEST_DIR"), "/src/journal/verify.py"));
    let ours = |path: &str| most_memory(&[env!("CARGO_BIN_EXE_probite"), "verify", path, "--key", &key]);
    let theirs = |path: &str| most_memory(&[&python, script, path, &key]);
    for (name, little, much) in [("ours", ours(&small), ours(&large)), ("theirs", theirs(&small), theirs(&large))] {
        println!("{name}: {little} KiB, then {much} KiB");
        assert!(much < little + (16 << 10), "{name}: {little} KiB, then {much} KiB");
    }
    // The twin: a program that reads the file whole is seen to.
    let whole = most_memory(&[&python, "-c", "import sys; open(sys.argv[1], 'rb').read()", &large]);
    assert!(whole > (64 << 10), "{whole} KiB");
}

/// A08: whoever makes an archive does not choose how long a line is held: it is refused, and nothing of it is kept.
#[test]
fn a_line_without_end_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let signer = Signer::parse(&Signer::generate(super::NAME).unwrap()).unwrap();
    let path = folder.path().join("dossier.zip");
    made(&path, &signer, 10, 0, 17 << 20);
    let found = verify::archive(File::open(&path).unwrap(), &signer.verifier(), None);
    assert!(matches!(found, Err(Refused::Line(11))), "{found:?}");
    // The twin.
    made(&path, &signer, 10, 0, 0);
    let found = verify::archive(File::open(&path).unwrap(), &signer.verifier(), None).unwrap();
    assert_eq!((found.events, found.withheld), (10, 10));
}
