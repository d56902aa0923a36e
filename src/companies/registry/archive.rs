//! The ZIP of the registrar: its CSV files found by name, columns found by header, rows read one by one.

use std::fs::File;
use std::path::Path;

use zip::ZipArchive;

use crate::error::Result;
use crate::formats::parse_neq;
use crate::sources::table::{Column, Table, needed, optional};
use crate::sources::{Problem, Problems, reading};

pub const ENTERPRISES: (&str, &[Column]) =
    ("Entreprise", &[needed(&["neq"]), needed(&["cod_stat_immat"]), needed(&["cod_forme_juri"])]);
pub const NAMES: (&str, &[Column]) =
    ("Nom", &[needed(&["neq"]), needed(&["nom_assuj"]), needed(&["stat_nom"]), needed(&["typ_nom_assuj"])]);
pub const MERGERS: (&str, &[Column]) = ("FusionScissions", &[needed(&["neq"]), needed(&["neq_assuj_rel"])]);
pub const LABELS: (&str, &[Column]) = (
    "DomaineValeur",
    &[
        needed(&["typ_dom_val", "type"]),
        needed(&["cod_dom_val", "code"]),
        optional(&["val_dom_fran", "libelle", "valeur"]),
    ],
);

/// The archive, open.
pub struct Archive {
    zip: ZipArchive<File>,
    names: Vec<String>,
    file: String,
}

impl Archive {
    /// Opens a ZIP; a problem when it is not one, or a broken one.
    pub fn open(path: &Path) -> Result<Result<Self, Problem>> {
        let file = reading::name(path);
        let zip = match ZipArchive::new(reading::open(path)?) {
            Ok(zip) => zip,
            Err(error) => return Ok(Err(Problem::new(&file, 0, "", error.to_string(), "import-broken-zip"))),
        };
        let names = zip.file_names().filter_map(|name| Some(name.ok()?.into_owned())).collect();
        Ok(Ok(Self { zip, names, file }))
    }

    /// Reads every row of one of its files; `each` says what is wrong with a row. False when the file is missing or cannot be
    /// read to its end, which `problems` tells.
    pub fn rows(
        &mut self,
        (name, columns): (&str, &'static [Column]),
        is_needed: bool,
        problems: &mut Problems,
        mut each: impl FnMut(&Row<'_>) -> Result<Option<Problem>>,
    ) -> Result<bool> {
        let wanted = format!("{name}.csv");
        let inside =
            |path: &&String| path.rsplit(['/', '\\']).next().is_some_and(|last| last.eq_ignore_ascii_case(&wanted));
        let Some(place) = self.names.iter().find(inside).cloned() else {
            if is_needed {
                problems.push(Problem::new(&self.file, 0, "", &wanted, "import-missing-file"));
            }
            return Ok(!is_needed);
        };
        let entry = match self.zip.by_name(&place) {
            Ok(entry) => entry,
            Err(error) => {
                problems.push(Problem::new(&wanted, 0, "", error.to_string(), "import-broken-zip"));
                return Ok(false);
            }
        };
        let mut table = match Table::open(entry, &wanted, columns) {
            Ok(table) => table,
            Err(found) => {
                found.into_iter().for_each(|problem| problems.push(problem));
                return Ok(false);
            }
        };
        loop {
            match table.advance() {
                Ok(true) => {}
                Ok(false) => return Ok(true),
                Err(problem) => {
                    problems.push(problem);
                    return Ok(false);
                }
            }
            let problem = match table.fault() {
                Some(problem) => Some(problem),
                None => each(&Row { table: &table })?,
            };
            if let Some(problem) = problem {
                problems.push(problem);
            }
        }
    }
}

/// A row of one of the files.
pub struct Row<'t> {
    table: &'t dyn Cells,
}

/// What a row is asked; the reader behind it is that of an entry of the archive.
trait Cells {
    fn cell(&self, column: usize) -> &str;
    fn problem(&self, column: usize, value: &str, code: &'static str) -> Problem;
}

impl<R: std::io::Read> Cells for Table<R> {
    fn cell(&self, column: usize) -> &str {
        Table::cell(self, column)
    }
    fn problem(&self, column: usize, value: &str, code: &'static str) -> Problem {
        Table::problem(self, column, value, code)
    }
}

impl Row<'_> {
    pub fn cell(&self, column: usize) -> &str {
        self.table.cell(column)
    }

    pub fn problem(&self, column: usize, code: &'static str) -> Problem {
        self.table.problem(column, self.cell(column), code)
    }

    /// A number of ten digits.
    pub fn neq(&self, column: usize) -> Option<u64> {
        let text = self.cell(column);
        // The common case without an allocation.
        let plain = text.len() == 10 && text.bytes().all(|b| b.is_ascii_digit());
        if plain { text.parse().ok() } else { parse_neq(text).ok()?.parse().ok() }
    }
}
