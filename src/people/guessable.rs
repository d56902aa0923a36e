//! How much there is to guess in a password: what everybody tries first weighs little, however long it is (NIST SP 800-63B-4,
//! 3.1.1.2). A passphrase of some words passes; a word with a year, a run of the keyboard or one's own name does not.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// One word a line; a line that begins by `#` says what follows.
const COMMON: &str = include_str!("../../config/passwords/common.txt");

/// Weight from which a password is enough: four things that everybody tries, or eight characters beside them.
const ENOUGH: usize = 8;
/// Of something that is tried as a whole; any other character weighs one.
const TRIED: usize = 2;
/// Shorter ones are in everything.
const SHORTEST_WORD: usize = 4;
const SHORTEST_RUN: usize = 4;

/// What fingers follow, both ways.
const ROWS: [&str; 9] = [
    "azertyuiop",
    "qsdfghjklm",
    "wxcvbn",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "1234567890",
    "0123456789",
    "abcdefghijklmnopqrstuvwxyz",
];

/// Is all that there is to guess in a password less than enough? `own` are words that whoever knows the person, or the
/// organisation, tries too.
pub fn is_guessable<S: AsRef<str>>(password: &str, own: &[S]) -> bool {
    let own: Vec<Vec<char>> =
        own.iter().flat_map(|text| words_of(text.as_ref())).filter(|word| word.len() >= SHORTEST_WORD).collect();
    weight(&letters(password), &own) < ENOUGH
}

/// The words of a name, an address or a title, and all of them in one.
fn words_of(text: &str) -> Vec<Vec<char>> {
    let mut words: Vec<Vec<char>> =
        text.split(|c: char| !c.is_alphanumeric()).map(letters).filter(|word| !word.is_empty()).collect();
    words.push(letters(text));
    words
}

/// Without accents, capitals, nor what only parts words.
fn letters(text: &str) -> Vec<char> {
    let parts = |c: char| c.is_whitespace() || "-_.,;:!?/()'’\"«»".contains(c);
    text.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).filter(|c| !parts(*c)).collect()
}

fn common() -> &'static [Vec<char>] {
    static WORDS: OnceLock<Vec<Vec<char>>> = OnceLock::new();
    WORDS.get_or_init(|| {
        let words = COMMON.lines().map(str::trim).filter(|line| !line.starts_with('#'));
        words.map(letters).filter(|word| word.len() >= SHORTEST_WORD).collect()
    })
}

/// The least that a password weighs, cut in what is tried and what is not; the same thing again weighs nothing.
fn weight(password: &[char], own: &[Vec<char>]) -> usize {
    // Of each end of the password: its weight, and how long its first piece is.
    let mut best: Vec<(usize, usize)> = vec![(0, 0)];
    for start in (0..password.len()).rev() {
        let rest = password.get(start..).unwrap_or_default();
        // `best` is in order of ends: the last one is the shortest piece away.
        let after = |length: usize| best.len().checked_sub(length).and_then(|at| best.get(at)).map_or(0, |end| end.0);
        let mut least = (after(1) + 1, 1);
        for length in tried(rest, own) {
            least = least.min((after(length) + TRIED, length));
        }
        best.push(least);
    }
    let (mut left, mut seen, mut weight) = (password, BTreeSet::new(), 0);
    while let Some((_, length)) = best.get(left.len()).filter(|_| !left.is_empty()) {
        let (piece, rest) = left.split_at((*length).clamp(1, left.len()));
        let is_new = seen.insert(piece);
        weight += match piece.len() {
            // A sign that comes back only parts words.
            1 if is_new || piece.first().is_some_and(|c| c.is_alphanumeric()) => 1,
            1 => 0,
            _ if is_new => TRIED,
            _ => 0,
        };
        left = rest;
    }
    weight
}

/// How long is each thing that is tried as a whole, with which this begins.
fn tried(text: &[char], own: &[Vec<char>]) -> Vec<usize> {
    let words = common().iter().chain(own).filter(|word| begins(text, word)).map(Vec::len);
    words.chain(run(text)).chain(again(text)).chain(date(text)).collect()
}

/// Does it begin by a word, or by one whose letters are disguised in figures and signs?
fn begins(text: &[char], word: &[char]) -> bool {
    text.len() >= word.len()
        && text.iter().zip(word).all(|(typed, letter)| typed == letter || stands_for(*typed, *letter))
}

fn stands_for(typed: char, letter: char) -> bool {
    matches!(
        (typed, letter),
        ('0', 'o')
            | ('1' | '|', 'i' | 'l')
            | ('3' | '€', 'e')
            | ('4' | '@', 'a')
            | ('5' | '$', 's')
            | ('7' | '+', 't')
            | ('8', 'b')
            | ('9', 'g')
    )
}

/// Neighbours of a keyboard, of the alphabet or of the figures, one after the other.
fn run(text: &[char]) -> Option<usize> {
    let along = |row: &mut dyn Iterator<Item = char>| {
        let row: Vec<char> = row.collect();
        let starts = (0..row.len()).filter_map(|start| row.get(start..));
        starts.map(|row| row.iter().zip(text).take_while(|(a, b)| a == b).count()).max().unwrap_or(0)
    };
    let longest = ROWS.iter().map(|row| along(&mut row.chars()).max(along(&mut row.chars().rev()))).max();
    longest.filter(|length| *length >= SHORTEST_RUN)
}

/// One character, again and again.
fn again(text: &[char]) -> Option<usize> {
    let first = text.first()?;
    Some(text.iter().take_while(|c| *c == first).count()).filter(|length| *length >= 3)
}

/// A year, or a day in eight figures.
fn date(text: &[char]) -> Option<usize> {
    let figures: String = text.iter().take(8).take_while(|c| c.is_ascii_digit()).collect();
    let part = |from: usize, to: usize| figures.get(from..to).and_then(|part| part.parse::<u32>().ok());
    let is_year = |year: Option<u32>| year.is_some_and(|year| (1900..2100).contains(&year));
    let is_day = |month: Option<u32>, day: Option<u32>| {
        month.is_some_and(|month| (1..=12).contains(&month)) && day.is_some_and(|day| (1..=31).contains(&day))
    };
    let year_first = is_year(part(0, 4)) && is_day(part(4, 6), part(6, 8));
    let year_last = is_year(part(4, 8)) && (is_day(part(2, 4), part(0, 2)) || is_day(part(0, 2), part(2, 4)));
    if year_first || year_last { Some(8) } else { is_year(part(0, 4)).then_some(4) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OWN: [&str; 5] =
        ["Rosalie", "Vaillancourt", "100042", "rosalie.vaillancourt@mcn.example", "Ministère du Numérique inventé"];

    fn is_common(password: &str) -> bool {
        is_guessable::<&str>(password, &[])
    }

    #[test]
    fn the_list_is_long_and_written_as_passwords_are_read() {
        assert!(common().len() >= 1000, "{}", common().len());
        let lines: Vec<&str> = COMMON.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
        let once: BTreeSet<&&str> = lines.iter().collect();
        assert_eq!(once.len(), lines.len(), "a word is there twice");
        for line in lines {
            assert_eq!(letters(line).into_iter().collect::<String>(), line);
            assert!(line.chars().count() >= SHORTEST_WORD, "{line}");
        }
    }

    #[test]
    fn each_class_of_what_everybody_tries_is_refused() {
        for (class, password) in [
            ("a French word", "Bienvenue-Bienvenue"),
            ("two French words", "soleil-vacances"),
            ("an English word and figures", "Password123456!"),
            ("words with accents", "québecmontréal2026"),
            ("a disguised word", "M0td3p@$$3-2026"),
            ("several words in one", "mot de passe 1234"),
            ("a keyboard", "azertyuiopqwertyuiop"),
            ("a keyboard backwards", "poiuytrezamlkjhgfdsq"),
            ("columns of a keyboard", "1qaz2wsx3edc4rfv"),
            ("the alphabet", "abcdefghijklmnop"),
            ("figures", "1234567890987654321"),
            ("years", "2024-2025-2026-2026"),
            ("a day", "Noël 24071985 Noël"),
            ("given names", "Camille+Rosalie1985"),
            ("words between signs", "Soleil*Chocolat*2026*"),
            ("a hockey team", "GoHabsGo2026!!!!"),
            ("one character", "aaaaaaaaaaaaaaaaaaaa"),
            ("the same word numbered", "soleil1soleil2soleil3"),
            ("the service", "Probité-Éthique-2026"),
            ("a password", "motdepasse123456"),
            ("a greeting", "bienvenueministère"),
        ] {
            assert!(is_common(password), "{class}: {password}");
        }
    }

    #[test]
    fn what_is_one_s_own_or_of_the_organisation_is_refused_to_whoever_it_is_of() {
        for password in [
            "rosalie vaillancourt 2026",
            "Vaillancourt100042",
            "rosalie.vaillancourt.mcn",
            "R0s4l13-V41ll4nc0urt",
            "ministere-du-numerique-invente",
        ] {
            assert!(is_guessable(password, &OWN), "{password}");
        }
        // The twin: to somebody else it is no name.
        assert!(!is_common("Vaillancourt100042") && !is_common("ministere-du-numerique-invente"));
    }

    #[test]
    fn a_good_passphrase_is_accepted() {
        for password in [
            "une phrase facile à retenir",
            "phrase-de-passe-longue-et-connue",
            "quatre mots pris au hasard",
            "trois-petits-phares",
            "correct horse battery staple",
            "soleil bonjour chocolat vacances",
            "h7#kqz0v!mwp2xs",
            "k#9$x!q@z%w^v&d",
        ] {
            assert!(!is_guessable(password, &OWN), "{password}");
        }
    }
}
