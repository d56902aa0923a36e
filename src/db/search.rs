//! Full text. Words are folded (case and accents) and stemmed in French before they reach the engine, so that both
//! engines find the same declarations.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use rust_stemmers::{Algorithm, Stemmer};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::DbConn;
use super::kept::Keep;
use crate::error::Result;

diesel::table! {
    /// The FTS5 table of SQLite; PostgreSQL keeps a `tsvector` under the same name.
    declaration_words (rowid) {
        rowid -> BigInt,
        words -> Text,
    }
}

/// Lower case, without accents; ligatures opened. Punctuation becomes a space.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase) {
        match c {
            'œ' => folded.push_str("oe"),
            'æ' => folded.push_str("ae"),
            c if c.is_alphanumeric() => folded.push(c),
            _ => {
                if !folded.is_empty() && !folded.ends_with(' ') {
                    folded.push(' ');
                }
            }
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

/// Words of a text, stemmed then folded. Stemming comes first because the French stemmer reads accents.
pub fn words(text: &str) -> Vec<String> {
    let stemmer = Stemmer::create(Algorithm::French);
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| {
            let lower: String = word.nfc().flat_map(char::to_lowercase).collect();
            fold(&stemmer.stem(&lower))
        })
        .filter(|word| !word.is_empty())
        .collect()
}

/// Replaces the words by which a declaration is found.
pub fn index(conn: &mut DbConn, declaration_id: i64, text: &str) -> Result<()> {
    // Both the stem and the plain folded word are kept, so that an unaccented query stems to one of them.
    let mut all = words(text);
    all.extend(fold(text).split(' ').map(str::to_owned));
    all.sort_unstable();
    all.dedup();
    let joined = all.join(" ");
    match conn {
        DbConn::Sqlite(conn) => {
            diesel::replace_into(declaration_words::table)
                .values((declaration_words::rowid.eq(declaration_id), declaration_words::words.eq(joined)))
                .execute(conn)?;
        }
        DbConn::Postgres(conn) => {
            diesel::sql_query(
                "INSERT INTO declaration_words (rowid, words) VALUES ($1, to_tsvector('simple', $2)) \
                 ON CONFLICT (rowid) DO UPDATE SET words = excluded.words",
            )
            .bind::<BigInt, _>(declaration_id)
            .bind::<Text, _>(joined)
            .execute(conn)?;
        }
    }
    Ok(())
}

#[derive(QueryableByName)]
struct Hit {
    #[diesel(sql_type = BigInt)]
    rowid: i64,
}

/// Removes the words of a declaration.
pub fn forget(conn: &mut DbConn, declaration_id: i64) -> Result<()> {
    diesel::delete(declaration_words::table.filter(declaration_words::rowid.eq(declaration_id))).execute(conn)?;
    Ok(())
}

/// Ids below `before` of the declarations whose text holds every word of the query, each as a beginning; last opened
/// first.
pub fn find(conn: &mut DbConn, query: &str, before: i64, most: i64) -> Result<Vec<i64>> {
    let plain: Vec<String> = fold(query).split(' ').filter(|w| !w.is_empty()).map(str::to_owned).take(12).collect();
    if plain.is_empty() {
        return Ok(Vec::new());
    }
    let stems: Vec<String> = words(query).into_iter().take(12).collect();
    let hits: Vec<Hit> = match conn {
        DbConn::Sqlite(conn) => {
            // Only letters and digits remain, so nothing of the query can be read as FTS5 syntax; quotes keep OR, NOT…
            let each: Vec<String> = plain
                .iter()
                .zip(stems.iter().map(Some).chain(std::iter::repeat(None)))
                .map(|(word, stem)| match stem {
                    Some(stem) if stem != word => format!("(\"{word}\"* OR \"{stem}\")"),
                    _ => format!("\"{word}\"*"),
                })
                .collect();
            diesel::sql_query(
                "SELECT rowid FROM declaration_words WHERE declaration_words MATCH ? AND rowid < ? \
                 ORDER BY rowid DESC LIMIT ?",
            )
            .bind::<Text, _>(each.join(" AND "))
            .bind::<BigInt, _>(before)
            .bind::<BigInt, _>(most)
            .kept()
            .load(conn)?
        }
        DbConn::Postgres(conn) => {
            let each: Vec<String> = plain
                .iter()
                .zip(stems.iter().map(Some).chain(std::iter::repeat(None)))
                .map(|(word, stem)| match stem {
                    Some(stem) if stem != word => format!("({word}:* | {stem})"),
                    _ => format!("{word}:*"),
                })
                .collect();
            diesel::sql_query(
                "SELECT rowid FROM declaration_words WHERE words @@ to_tsquery('simple', $1) AND rowid < $2 \
                 ORDER BY rowid DESC LIMIT $3",
            )
            .bind::<Text, _>(each.join(" & "))
            .bind::<BigInt, _>(before)
            .bind::<BigInt, _>(most)
            .kept()
            .load(conn)?
        }
    };
    Ok(hits.into_iter().map(|hit| hit.rowid).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_case_and_ligatures_are_ignored() {
        assert_eq!(fold("Hôtellerie « Élan » — Œuvre d’été"), "hotellerie elan oeuvre d ete");
    }

    #[test]
    fn french_plurals_and_verbs_share_a_stem() {
        assert_eq!(words("déclarations"), words("déclaration"));
        assert_eq!(words("invitées"), words("invité"));
    }
}
