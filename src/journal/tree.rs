//! The Merkle tree of RFC 6962 over the leaves of the journal: hashes, roots, proofs, and their verification. Pure: whoever
//! verifies offline and whoever holds the database read the same lines.

use aws_lc_rs::digest::{Context, SHA256};

/// SHA-256 of a node.
pub type Hash = [u8; 32];

/// Heights of the subtrees that are kept ready: 256 and 65,536 leaves.
pub const KEPT: [u32; 2] = [8, 16];

fn sha256(parts: &[&[u8]]) -> Hash {
    let mut context = Context::new(&SHA256);
    for part in parts {
        context.update(part);
    }
    let mut hash = [0; 32];
    for (to, from) in hash.iter_mut().zip(context.finish().as_ref()) {
        *to = *from;
    }
    hash
}

/// Hash of a leaf (RFC 6962, section 2.1): a leaf can never pass for a node.
pub fn leaf_hash(leaf: &[u8]) -> Hash {
    sha256(&[&[0], leaf])
}

/// Hash of a node above two others.
pub fn node_hash(left: &Hash, right: &Hash) -> Hash {
    sha256(&[&[1], left, right])
}

/// Root of the tree without leaves.
pub fn empty_root() -> Hash {
    sha256(&[])
}

/// Where hashes come from: a database, or the leaves of an archive.
pub trait Nodes {
    /// What may go wrong while reading.
    type Error;

    /// Hash of the complete subtree of `2^height` leaves that is the `position`th of its height; `height` is 0 or one of
    /// [`KEPT`].
    fn node(&mut self, height: u32, position: u64) -> Result<Hash, Self::Error>;
}

/// Hash over the leaves from `start`, `count` of them; `start` is a multiple of the largest power of two within `count`, as
/// it is wherever the tree splits.
fn range<N: Nodes>(nodes: &mut N, start: u64, count: u64) -> Result<Hash, N::Error> {
    if count == 0 {
        return Ok(empty_root());
    }
    let kept = KEPT.into_iter().chain([0]).find(|height| count == 1 << height && start.is_multiple_of(count));
    if let Some(height) = kept {
        return nodes.node(height, start >> height);
    }
    let left = split(count);
    Ok(node_hash(&range(nodes, start, left)?, &range(nodes, start + left, count - left)?))
}

/// Largest power of two below `count`, which is at least 2.
fn split(count: u64) -> u64 {
    1 << (count - 1).ilog2()
}

/// Root of the tree of the first `size` leaves.
///
/// # Errors
/// Those of reading nodes.
pub fn root<N: Nodes>(nodes: &mut N, size: u64) -> Result<Hash, N::Error> {
    range(nodes, 0, size)
}

/// Hash of a complete subtree from those of its halves, down to what is known.
///
/// # Errors
/// Those of reading nodes.
pub fn complete<N: Nodes>(nodes: &mut N, height: u32, position: u64) -> Result<Hash, N::Error> {
    let half = 1 << (height - 1);
    let start = position << height;
    Ok(node_hash(&range(nodes, start, half)?, &range(nodes, start + half, half)?))
}

/// That the leaf at `index` is in the tree of `size` leaves (RFC 6962, section 2.1.1), nearest first.
///
/// # Errors
/// Those of reading nodes.
pub fn inclusion<N: Nodes>(nodes: &mut N, index: u64, size: u64) -> Result<Vec<Hash>, N::Error> {
    let (mut start, mut count, mut path) = (0, size, Vec::new());
    while count > 1 {
        let left = split(count);
        if index - start < left {
            path.push(range(nodes, start + left, count - left)?);
            count = left;
        } else {
            path.push(range(nodes, start, left)?);
            (start, count) = (start + left, count - left);
        }
    }
    path.reverse();
    Ok(path)
}

/// Is the leaf at `index` in the tree of `size` leaves with this root (RFC 9162, section 2.1.3.2)?
pub fn is_included(leaf: &Hash, index: u64, size: u64, proof: &[Hash], root: &Hash) -> bool {
    if index >= size {
        return false;
    }
    let (mut at, mut last, mut hash) = (index, size - 1, *leaf);
    for sibling in proof {
        if last == 0 {
            return false;
        }
        if at & 1 == 1 || at == last {
            hash = node_hash(sibling, &hash);
            if at & 1 == 0 {
                let shift = at.trailing_zeros().min(63);
                // `at` is not 0: then it would be `last`, which is not 0.
                (at, last) = (at >> shift, last >> shift);
            }
        } else {
            hash = node_hash(&hash, sibling);
        }
        (at, last) = (at >> 1, last >> 1);
    }
    last == 0 && hash == *root
}

/// That the tree of `size` leaves continues the one of its first `from` leaves (RFC 6962, section 2.1.2). `from` is at most
/// `size`; nothing has to be proved of the empty tree.
///
/// # Errors
/// Those of reading nodes.
pub fn consistency<N: Nodes>(nodes: &mut N, from: u64, size: u64) -> Result<Vec<Hash>, N::Error> {
    let (mut start, mut count, mut kept, mut path, mut whole) = (0, size, from, Vec::new(), true);
    if from == 0 {
        return Ok(path);
    }
    while kept < count {
        let left = split(count);
        if kept <= left {
            path.push(range(nodes, start + left, count - left)?);
            count = left;
        } else {
            path.push(range(nodes, start, left)?);
            (start, count, kept, whole) = (start + left, count - left, kept - left, false);
        }
    }
    if !whole {
        path.push(range(nodes, start, count)?);
    }
    path.reverse();
    Ok(path)
}

/// Does the tree of `size` leaves with `root` continue the one of `from` leaves with `from_root` (RFC 9162, section 2.1.4.2)?
pub fn is_consistent(from: u64, from_root: &Hash, size: u64, root: &Hash, proof: &[Hash]) -> bool {
    if from == 0 {
        return proof.is_empty() && *from_root == empty_root();
    }
    if from >= size {
        return from == size && proof.is_empty() && from_root == root;
    }
    let (mut at, mut last) = (from - 1, size - 1);
    let shift = at.trailing_ones();
    (at, last) = (at >> shift, last >> shift);
    let mut steps = proof.iter();
    // A tree of a power of two leaves is a node of the larger one: its hash is known.
    let Some(first) = (if from.is_power_of_two() { Some(from_root) } else { steps.next() }) else { return false };
    let (mut before, mut after) = (*first, *first);
    for sibling in steps {
        if last == 0 {
            return false;
        }
        if at & 1 == 1 || at == last {
            (before, after) = (node_hash(sibling, &before), node_hash(sibling, &after));
            if at & 1 == 0 {
                let shift = at.trailing_zeros().min(63);
                (at, last) = (at >> shift, last >> shift);
            }
        } else {
            after = node_hash(&after, sibling);
        }
        (at, last) = (at >> 1, last >> 1);
    }
    last == 0 && before == *from_root && after == *root
}

/// Leaves at hand: an archive, or a test.
pub struct Leaves<'l>(pub &'l [Hash]);

/// A leaf that is not there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Missing(pub u64);

impl Nodes for Leaves<'_> {
    type Error = Missing;

    fn node(&mut self, height: u32, position: u64) -> Result<Hash, Missing> {
        let start = position << height;
        let leaves = usize::try_from(start).ok().zip(usize::try_from(start + (1 << height)).ok());
        let leaves = leaves.and_then(|(from, to)| self.0.get(from..to)).ok_or(Missing(start))?;
        let mut level = leaves.to_vec();
        while level.len() > 1 {
            level = level.chunks(2).filter_map(|pair| Some(node_hash(pair.first()?, pair.get(1)?))).collect();
        }
        level.first().copied().ok_or(Missing(start))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Leaves of the well-known test vectors of Certificate Transparency, and the roots of the first trees of them.
    fn vectors() -> (Vec<Hash>, [&'static str; 8]) {
        let leaves: [&[u8]; 8] = [
            &[],
            &[0x00],
            &[0x10],
            &[0x20, 0x21],
            &[0x30, 0x31],
            &[0x40, 0x41, 0x42, 0x43],
            &[0x50, 0x51, 0x52, 0x53, 0x54, 0x55, 0x56, 0x57],
            &[0x60, 0x61, 0x62, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68, 0x69, 0x6a, 0x6b, 0x6c, 0x6d, 0x6e, 0x6f],
        ];
        let roots = [
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
        ];
        (leaves.iter().map(|leaf| leaf_hash(leaf)).collect(), roots)
    }

    #[test]
    fn roots_are_those_of_the_published_vectors() {
        let (leaves, roots) = vectors();
        for (size, expected) in (1..).zip(roots) {
            assert_eq!(hex::encode(root(&mut Leaves(&leaves), size).unwrap()), expected, "{size} leaves");
        }
        assert_eq!(hex::encode(empty_root()), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }

    fn made(count: u64) -> Vec<Hash> {
        (0..count).map(|number| leaf_hash(&number.to_be_bytes())).collect()
    }

    #[test]
    fn every_leaf_of_every_small_tree_is_proved_and_nothing_else_is() {
        for size in 1..70 {
            let leaves = made(size);
            let whole = root(&mut Leaves(&leaves), size).unwrap();
            for (index, leaf) in (0..).zip(&leaves) {
                let proof = inclusion(&mut Leaves(&leaves), index, size).unwrap();
                assert!(is_included(leaf, index, size, &proof, &whole), "{index} of {size}");
                for other in 0..size + 2 {
                    assert!(other == index || !is_included(leaf, other, size, &proof, &whole), "{index} as {other}");
                }
                assert!(!is_included(&leaf_hash(b"forged"), index, size, &proof, &whole));
                assert!(!is_included(leaf, index, size, &[&proof[..], &[whole]].concat(), &whole), "one too many");
                if let Some((_, fewer)) = proof.split_last() {
                    assert!(!is_included(leaf, index, size, fewer, &whole), "one too few");
                }
            }
        }
    }

    #[test]
    fn every_small_tree_continues_each_of_its_beginnings_and_no_other() {
        for size in 1..50 {
            let leaves = made(size);
            let whole = root(&mut Leaves(&leaves), size).unwrap();
            for from in 0..=size {
                let before = root(&mut Leaves(&leaves), from).unwrap();
                let proof = consistency(&mut Leaves(&leaves), from, size).unwrap();
                assert!(is_consistent(from, &before, size, &whole, &proof), "{from} of {size}");
                assert!(!is_consistent(from, &before, size, &whole, &[&proof[..], &[whole]].concat()), "one too many");
                for other in (0..size + 2).filter(|other| *other != from) {
                    assert!(!is_consistent(other, &before, size, &whole, &proof), "{from} as {other} of {size}");
                }
                if from > 0 {
                    let forged = leaf_hash(b"forged");
                    assert!(!is_consistent(from, &forged, size, &whole, &proof), "another beginning");
                    assert!(!is_consistent(from, &before, size, &forged, &proof), "another end");
                }
                if let Some((_, fewer)) = proof.split_last() {
                    assert!(!is_consistent(from, &before, size, &whole, fewer), "one too few");
                }
            }
        }
    }

    proptest! {
        #[test]
        fn a_consistency_proof_with_one_bit_changed_proves_nothing(size in 2_u64..900, at in any::<u64>(), bit in 0_usize..256, step in any::<usize>()) {
            let leaves = made(size);
            let from = 1 + at % (size - 1);
            let (before, whole) = (root(&mut Leaves(&leaves), from).unwrap(), root(&mut Leaves(&leaves), size).unwrap());
            let mut proof = consistency(&mut Leaves(&leaves), from, size).unwrap();
            prop_assert!(is_consistent(from, &before, size, &whole, &proof));
            let step = step % proof.len();
            proof[step][bit / 8] ^= 1 << (bit % 8);
            prop_assert!(!is_consistent(from, &before, size, &whole, &proof));
        }

        #[test]
        fn large_trees_through_kept_nodes_are_those_of_the_plain_definition(size in 1_u64..1500, at in any::<u64>()) {
            fn plain(leaves: &[Hash]) -> Hash {
                match leaves {
                    [] => empty_root(),
                    [one] => *one,
                    many => {
                        let (left, right) = many.split_at(usize::try_from(split(many.len() as u64)).unwrap());
                        node_hash(&plain(left), &plain(right))
                    }
                }
            }
            let leaves = made(size);
            let whole = plain(&leaves);
            prop_assert_eq!(root(&mut Leaves(&leaves), size).unwrap(), whole);
            let index = at % size;
            let proof = inclusion(&mut Leaves(&leaves), index, size).unwrap();
            let leaf = leaves[usize::try_from(index).unwrap()];
            prop_assert!(is_included(&leaf, index, size, &proof, &whole));
        }

        #[test]
        fn one_bit_of_a_proof_changed_proves_nothing(size in 2_u64..600, at in any::<u64>(), bit in 0_usize..256, step in any::<usize>()) {
            let leaves = made(size);
            let index = at % size;
            let mut proof = inclusion(&mut Leaves(&leaves), index, size).unwrap();
            let step = step % proof.len();
            proof[step][bit / 8] ^= 1 << (bit % 8);
            let whole = root(&mut Leaves(&leaves), size).unwrap();
            prop_assert!(!is_included(&leaves[usize::try_from(index).unwrap()], index, size, &proof, &whole));
        }
    }
}
