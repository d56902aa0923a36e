//! Which precedents look like a text: pure counting of words, the rare ones counting more.

use std::collections::{HashMap, HashSet};

use crate::db::search;

/// Most precedents proposed for one opinion.
pub const MOST_PROPOSED: usize = 3;

/// Least share of a text's weight that a precedent must hold to be proposed.
const LEAST: f64 = 0.12;

/// Words that say nothing of a subject: four letters or fewer, or in most texts of any office.
fn says_something(word: &str) -> bool {
    const COMMON: [&str; 18] = [
        "avec",
        "dans",
        "pour",
        "mais",
        "comm",
        "plus",
        "tout",
        "fair",
        "etre",
        "avoir",
        "peut",
        "doit",
        "entrepris",
        "personn",
        "travail",
        "minister",
        "question",
        "demand",
    ];
    word.chars().count() > 3 && !COMMON.contains(&word)
}

/// The words of a text by which it is compared, stemmed and folded.
pub fn words(text: &str) -> HashSet<String> {
    search::words(text).into_iter().filter(|word| says_something(word)).collect()
}

/// Ids of the texts that share the most with `text`, the closest first.
pub fn closest<'t>(text: &str, library: impl Iterator<Item = (i64, &'t str)>) -> Vec<i64> {
    let wanted = words(text);
    let library: Vec<(i64, HashSet<&str>)> =
        library.map(|(id, known)| (id, known.split(' ').filter(|word| says_something(word)).collect())).collect();
    let mut known_in: HashMap<&str, u32> = HashMap::new();
    for word in library.iter().flat_map(|(_, known)| known.iter()) {
        *known_in.entry(word).or_default() += 1;
    }
    // A word of every text tells little, a word of one text tells much.
    let weight = |word: &str| 1.0 / f64::from(known_in.get(word).copied().unwrap_or(1));
    let whole: f64 = wanted.iter().map(|word| weight(word)).sum();
    if whole <= 0.0 {
        return Vec::new();
    }
    let mut scored: Vec<(f64, i64)> = library
        .iter()
        .map(|(id, known)| {
            let shared: f64 = wanted.iter().filter(|w| known.contains(w.as_str())).map(|w| weight(w)).sum();
            (shared / whole, *id)
        })
        .filter(|(share, _)| *share >= LEAST)
        .collect();
    scored.sort_by(|(one, a), (two, b)| two.total_cmp(one).then(b.cmp(a)));
    scored.into_iter().take(MOST_PROPOSED).map(|(_, id)| id).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn library() -> Vec<(i64, String)> {
        [
            (1, "Une conférence payée par un fournisseur, transport et hôtel compris"),
            (2, "Un ancien employeur devenu fournisseur du ministère"),
            (3, "Un panier de produits reçu aux Fêtes"),
        ]
        .map(|(id, text)| (id, search::words(text).join(" ")))
        .to_vec()
    }

    fn found(text: &str) -> Vec<i64> {
        let library = library();
        closest(text, library.iter().map(|(id, words)| (*id, words.as_str())))
    }

    #[test]
    fn the_text_that_shares_rare_words_comes_first() {
        assert_eq!(found("Puis-je donner des conférences si le fournisseur paie l’hôtel?").first(), Some(&1));
        assert_eq!(found("Mon ancien employeur soumissionne").first(), Some(&2));
    }

    #[test]
    fn nothing_is_proposed_for_a_text_about_something_else() {
        assert_eq!(found("Puis-je siéger au conseil d’une coopérative d’habitation?"), Vec::<i64>::new());
        assert_eq!(found(""), Vec::<i64>::new());
    }

    #[test]
    fn accents_and_plurals_do_not_matter() {
        assert_eq!(found("paniers reçus aux fetes"), [3]);
    }
}
