//! Words of names in either engine, and how many names hold each.

use std::collections::HashMap;

use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Text};

use super::store::GenerationId;
use crate::app::App;
use crate::db::DbConn;
use crate::error::Result;

diesel::table! {
    /// The FTS5 table of SQLite; PostgreSQL keeps a `tsvector` under the same name.
    registry_search (rowid) {
        rowid -> BigInt,
        words -> Text,
    }
}

/// How many names hold each word.
#[derive(Debug, Default)]
pub struct Words(HashMap<Box<str>, u32>);

impl Words {
    pub fn count(&mut self, folded: &str) {
        for word in folded.split(' ').filter(|word| !word.is_empty()) {
            match self.0.get_mut(word) {
                Some(count) => *count += 1,
                None => drop(self.0.insert(word.into(), 1)),
            }
        }
    }

    /// In the order of the index that they go to.
    pub fn sorted(self) -> Vec<(String, i64)> {
        let mut words: Vec<(String, i64)> = self.0.into_iter().map(|(word, n)| (word.into(), i64::from(n))).collect();
        words.sort_unstable();
        words
    }
}

/// Makes names findable by their words.
pub fn index(conn: &mut DbConn, names: &[(i64, String)]) -> Result<()> {
    for batch in names.chunks(500) {
        match conn {
            DbConn::Sqlite(conn) => {
                let rows: Vec<_> = batch
                    .iter()
                    .map(|(id, words)| (registry_search::rowid.eq(id), registry_search::words.eq(words)))
                    .collect();
                diesel::insert_into(registry_search::table).values(rows).execute(conn)?;
            }
            DbConn::Postgres(conn) => {
                let (ids, words): (Vec<i64>, Vec<&str>) = batch.iter().map(|(id, words)| (*id, words.as_str())).unzip();
                // No parser of the server between the words and the index.
                diesel::sql_query(
                    "INSERT INTO registry_search (rowid, words) \
                     SELECT id, array_to_tsvector(array_remove(string_to_array(name, ' '), '')) \
                     FROM unnest($1, $2) AS names (id, name)",
                )
                .bind::<Array<BigInt>, _>(ids)
                .bind::<Array<Text>, _>(words)
                .execute(conn)?;
            }
        }
    }
    Ok(())
}

/// Forgets the names of a range.
pub fn forget(conn: &mut DbConn, from: i64, to: i64) -> Result<()> {
    match conn {
        DbConn::Sqlite(conn) => diesel::sql_query("DELETE FROM registry_search WHERE rowid BETWEEN ? AND ?")
            .bind::<BigInt, _>(from)
            .bind::<BigInt, _>(to)
            .execute(conn)?,
        DbConn::Postgres(conn) => diesel::sql_query("DELETE FROM registry_search WHERE rowid BETWEEN $1 AND $2")
            .bind::<BigInt, _>(from)
            .bind::<BigInt, _>(to)
            .execute(conn)?,
    };
    Ok(())
}

/// Joins the parts of the index, a few pages at a time so that nobody waits: a search then reads one part, not ten.
pub fn settle(app: &App) -> Result<()> {
    for _ in 0..4_000 {
        let more = app.write_here(|tx| match &mut *tx.conn {
            DbConn::Sqlite(conn) => {
                let before: Changes = diesel::sql_query("SELECT total_changes() AS changes").get_result(conn)?;
                diesel::sql_query("INSERT INTO registry_search (registry_search, rank) VALUES ('merge', -500)")
                    .execute(conn)?;
                let after: Changes = diesel::sql_query("SELECT total_changes() AS changes").get_result(conn)?;
                // A merge that finds nothing to do changes less than two rows, says the documentation of FTS5.
                Ok(after.changes - before.changes >= 2)
            }
            DbConn::Postgres(_) => Ok(false),
        })?;
        if !more {
            break;
        }
    }
    Ok(())
}

#[derive(QueryableByName)]
struct Changes {
    #[diesel(sql_type = BigInt)]
    changes: i64,
}

/// A word of the register and how many names hold it.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
pub struct Held {
    #[diesel(sql_type = Text)]
    pub word: String,
    #[diesel(sql_type = BigInt)]
    pub names: i64,
}

/// The words that are one of some texts, or begin with one of them; those that most names hold first.
pub fn like(
    conn: &mut DbConn,
    generation: GenerationId,
    texts: &[String],
    begin: bool,
    most: i64,
) -> Result<Vec<Held>> {
    // '{' is the character after 'z'.
    let range = if begin { "w.word >= t.text AND w.word < t.text || '{'" } else { "w.word = t.text" };
    match conn {
        DbConn::Sqlite(conn) => Ok(diesel::sql_query(format!(
            "SELECT DISTINCT w.word AS word, w.names AS names \
             FROM (SELECT value AS text FROM json_each(?)) t CROSS JOIN registry_words w \
             WHERE w.generation = ? AND {range} ORDER BY w.names DESC, w.word LIMIT ?"
        ))
        .bind::<Text, _>(serde_json::to_string(texts)?)
        .bind::<BigInt, _>(generation)
        .bind::<BigInt, _>(most)
        .load(conn)?),
        DbConn::Postgres(conn) => Ok(diesel::sql_query(format!(
            "SELECT DISTINCT w.word AS word, w.names AS names \
             FROM unnest($1) AS t (text) JOIN registry_words w ON w.generation = $2 AND {range} \
             ORDER BY names DESC, word LIMIT $3"
        ))
        .bind::<Array<Text>, _>(texts)
        .bind::<BigInt, _>(generation)
        .bind::<BigInt, _>(most)
        .load(conn)?),
    }
}

#[derive(QueryableByName)]
struct Hit {
    #[diesel(sql_type = BigInt)]
    rowid: i64,
}

/// Names between two numbers that hold a word of each group, the first numbers first.
pub fn names(conn: &mut DbConn, groups: &[Vec<String>], from: i64, to: i64, most: i64) -> Result<Vec<i64>> {
    // Words are letters and digits only; quotes keep OR and NOT from being operators.
    let joined = |or: &str, and: &str, quote: char| {
        let group = |words: &Vec<String>| {
            let words: Vec<String> = words.iter().map(|word| format!("{quote}{word}{quote}")).collect();
            format!("({})", words.join(or))
        };
        groups.iter().map(group).collect::<Vec<_>>().join(and)
    };
    let hits: Vec<Hit> = match conn {
        DbConn::Sqlite(conn) => diesel::sql_query(
            "SELECT rowid FROM registry_search WHERE registry_search MATCH ? AND rowid BETWEEN ? AND ? \
             ORDER BY rowid LIMIT ?",
        )
        .bind::<Text, _>(joined(" OR ", " AND ", '"'))
        .bind::<BigInt, _>(from)
        .bind::<BigInt, _>(to)
        .bind::<BigInt, _>(most)
        .load(conn)?,
        DbConn::Postgres(conn) => diesel::sql_query(
            "SELECT rowid FROM registry_search WHERE words @@ $1::tsquery AND rowid BETWEEN $2 AND $3 \
             ORDER BY rowid LIMIT $4",
        )
        .bind::<Text, _>(joined(" | ", " & ", '\''))
        .bind::<BigInt, _>(from)
        .bind::<BigInt, _>(to)
        .bind::<BigInt, _>(most)
        .load(conn)?,
    };
    Ok(hits.into_iter().map(|hit| hit.rowid).collect())
}
