use super::super::cosignature::{Scheme, WitnessKey};
use super::super::note::Signer;
use super::super::tree::{Leaves, consistency, leaf_hash, root};
use super::*;

const NOW: u64 = 1_795_000_000;

struct Lab {
    service: WitnessService,
    key: WitnessKey,
    journal: Signer,
    leaves: Vec<Hash>,
    folder: tempfile::TempDir,
}

fn lab() -> Lab {
    let folder = tempfile::tempdir().unwrap();
    let journal = Signer::parse(&Signer::generate("registre.example/journal").unwrap()).unwrap();
    let cosigner = Cosigner::parse(&Cosigner::generate("temoin.example", Scheme::Ed25519).unwrap()).unwrap();
    let key = cosigner.key();
    let service = WitnessService::new(cosigner, vec![journal.verifier()], folder.path().to_owned());
    let leaves = (0..40_u8).map(|number| leaf_hash(&[number])).collect();
    Lab { service, key, journal, leaves, folder }
}

impl Lab {
    fn note(&self, size: u64) -> String {
        self.journal.checkpoint(size, &root(&mut Leaves(&self.leaves), size).unwrap())
    }

    fn offer(&self, old: u64, size: u64) -> String {
        let proof = consistency(&mut Leaves(&self.leaves), old, size).unwrap();
        let lines: String = proof.iter().map(|hash| format!("{}\n", STANDARD.encode(hash))).collect();
        format!("old {old}\n{lines}\n{}", self.note(size))
    }

    fn signs(&self, old: u64, size: u64) {
        let Answer::Signed(line) = self.service.add(&self.offer(old, size), NOW) else { panic!("{old} to {size}") };
        assert_eq!(self.key.time(&format!("{}{line}", self.note(size))), Some(NOW));
    }
}

#[test]
fn a_witness_follows_a_journal_and_signs_each_head_once_it_is_kept() {
    let lab = lab();
    lab.signs(0, 5);
    lab.signs(5, 5);
    lab.signs(5, 12);
    // Another process over the same folder goes on from there.
    let text = Cosigner::generate("temoin.example", Scheme::Ed25519).unwrap();
    let again = WitnessService::new(
        Cosigner::parse(&text).unwrap(),
        vec![lab.journal.verifier()],
        lab.folder.path().to_owned(),
    );
    assert_eq!(again.add(&lab.offer(5, 20), NOW), Answer::Conflict(12));
    assert!(matches!(again.add(&lab.offer(12, 20), NOW), Answer::Signed(_)));
    let kept: Vec<_> =
        std::fs::read_dir(lab.folder.path().join(hex::encode("registre.example/journal"))).unwrap().collect();
    assert_eq!(kept.len(), 3, "one file for each head");
}

/// A05: an old copy put back, and two histories shown to two people.
#[test]
fn a_witness_signs_no_fork_no_smaller_journal_and_nothing_that_is_not_proved() {
    let lab = lab();
    lab.signs(0, 12);
    assert_eq!(lab.service.add(&lab.offer(0, 5), NOW), Answer::Conflict(12), "an old copy was put back");
    assert_eq!(lab.service.add(&lab.offer(5, 20), NOW), Answer::Conflict(12));
    let mut forked = lab.leaves.clone();
    forked[3] = leaf_hash(b"another history");
    let proof = consistency(&mut Leaves(&forked), 12, 20).unwrap();
    let lines: String = proof.iter().map(|hash| format!("{}\n", STANDARD.encode(hash))).collect();
    let note = |size: u64| lab.journal.checkpoint(size, &root(&mut Leaves(&forked), size).unwrap());
    assert_eq!(lab.service.add(&format!("old 12\n{lines}\n{}", note(20)), NOW), Answer::NotAContinuation);
    assert_eq!(lab.service.add(&format!("old 12\n\n{}", note(12)), NOW), Answer::Conflict(12), "of the same size");
    assert_eq!(lab.service.add(&format!("old 12\n\n{}", lab.note(20)), NOW), Answer::NotAContinuation, "no proof");
    lab.signs(12, 20);
}

#[test]
fn a_witness_signs_for_journals_that_it_knows_and_reads_nothing_else() {
    let lab = lab();
    let other = Signer::parse(&Signer::generate("ailleurs.example/journal").unwrap()).unwrap();
    let unknown = format!("old 0\n\n{}", other.checkpoint(5, &[1; 32]));
    assert_eq!(lab.service.add(&unknown, NOW), Answer::UnknownJournal);
    let thief = Signer::parse(&Signer::generate("registre.example/journal").unwrap()).unwrap();
    let forged = format!("old 0\n\n{}", thief.checkpoint(5, &[1; 32]));
    assert_eq!(lab.service.add(&forged, NOW), Answer::NotSigned);
    let good = lab.offer(0, 5);
    let long: String = (0..64).map(|_| format!("{}\n", STANDARD.encode([0; 32]))).collect();
    for (body, what) in [
        (String::new(), "nothing"),
        (good.replacen("old 0", "old -1", 1), "a negative size"),
        (good.replacen("old 0", "old 00", 1), "a size written in another way"),
        (good.replacen("old 0", "old 6", 1), "a size beyond the head"),
        (good.replacen("old", "new", 1), "no old size"),
        (good.replacen("\n\n", "\nAAAA\n\n", 1), "a hash of three bytes"),
        (good.replacen("\n\n", &format!("\n{long}\n"), 1), "a proof that is too long"),
    ] {
        assert_eq!(lab.service.add(&body, NOW), Answer::Unreadable, "{what}");
    }
    lab.signs(0, 5);
}

/// What is signed is kept: when it cannot be, nothing is signed.
#[test]
fn a_witness_that_cannot_keep_a_head_does_not_sign_it() {
    let lab = lab();
    lab.signs(0, 5);
    let folder = lab.folder.path().join(hex::encode("registre.example/journal"));
    // Somebody put another note in its place beforehand.
    std::fs::write(folder.join("checkpoint-000000000012.note"), lab.note(5)).unwrap();
    assert!(!matches!(lab.service.add(&lab.offer(5, 12), NOW), Answer::Signed(_)));
}
