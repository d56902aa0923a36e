//! One error forgiven in each word of four letters or more, its words in any order: what [`super::registry::search`] reads over a million
//! names, here over names few enough to be read one by one.

use super::registry::search::indexed;

/// Words of a query looked at.
const MOST_WORDS: usize = 6;

/// What somebody typed, in words; the last one may be unfinished.
#[derive(Debug)]
pub struct Typed(Vec<Vec<char>>);

impl Typed {
    pub fn new(typed: &str) -> Self {
        let folded = indexed(&typed.chars().take(100).collect::<String>());
        Self(folded.split(' ').filter(|word| !word.is_empty()).take(MOST_WORDS).map(letters).collect())
    }

    /// How many errors there are when a folded name is what was meant; nothing when it is not.
    pub fn errors_in(&self, name: &str) -> Option<usize> {
        let words: Vec<Vec<char>> = name.split(' ').map(letters).collect();
        let (last, before) = self.0.split_last()?;
        let best = |typed: &[char], unfinished| words.iter().filter_map(|word| errors(typed, word, unfinished)).min();
        let mut sum = best(last, true)?;
        for typed in before {
            sum += best(typed, false)?;
        }
        Some(sum)
    }
}

fn letters(word: &str) -> Vec<char> {
    word.chars().collect()
}

/// 0 when a word is what was typed or begins so, 1 with an error.
fn errors(typed: &[char], word: &[char], unfinished: bool) -> Option<usize> {
    let count = typed.len();
    if typed == word || (unfinished && word.starts_with(typed)) {
        return Some(0);
    }
    let whole = count >= 4 && within_one(typed, word);
    let begins = |length: usize| word.get(..length).is_some_and(|beginning| within_one(typed, beginning));
    let begun = || unfinished && count >= 5 && (count - 1..=count + 1).any(begins);
    (whole || begun()).then_some(1)
}

/// True when two words are the same, or a letter more, less, another, or two swapped away.
fn within_one(one: &[char], other: &[char]) -> bool {
    let same = one.iter().zip(other).take_while(|(a, b)| a == b).count();
    let (one, other) = (one.get(same..).unwrap_or_default(), other.get(same..).unwrap_or_default());
    match (one, other) {
        ([], []) | ([_], []) | ([], [_]) => true,
        ([a, b, one @ ..], [c, d, other @ ..]) if (a, b) == (d, c) && one == other => true,
        ([_, after @ ..], [_, rest @ ..]) => after == rest || after == other || one == rest,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::registry::search::near;
    use super::*;

    #[test]
    fn one_error_here_is_one_error_in_the_register() {
        for word in ["nordik", "abba", "erables", "aaaa"] {
            for text in near(word) {
                assert!(within_one(&letters(word), &letters(&text)), "{word} {text}");
            }
            // Two errors: an error in each of those is one too many, unless it leads back.
            for text in near(word).iter().step_by(7).flat_map(|text| near(text)).step_by(11) {
                let known = text == word || near(word).contains(&text);
                assert_eq!(within_one(&letters(word), &letters(&text)), known, "{word} {text}");
            }
        }
    }

    #[test]
    fn a_name_is_read_with_one_error_a_word_in_any_order() {
        let name = "nordik infonuagique inc";
        let errors = |typed: &str| Typed::new(typed).errors_in(name);
        for (typed, expected) in [
            ("nordik", Some(0)),
            ("Nordik info", Some(0)),
            ("infonuagique nordik inc.", Some(0)),
            ("nordk", Some(1)),
            ("nodrik", Some(1)),
            ("nordyk infonuagiqu", Some(1)),
            ("nordyk infonaug", Some(2)),
            ("infonugi", Some(1)),
            ("nrodk", None),
            ("nordik boreal", None),
            ("nxr", None),
            ("", None),
        ] {
            assert_eq!(errors(typed), expected, "{typed}");
        }
    }
}
