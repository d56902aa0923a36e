//! The ZIP of the registrar: its CSV files found by name, columns found by header, rows read one by one.

use std::fs::File;
use std::path::Path;

use chrono::NaiveDate;
use serde::Serialize;
use zip::ZipArchive;

use crate::error::Result;
use crate::formats::parse_neq;
use crate::sources::table::{Column, Table, needed, optional};
use crate::sources::{Problem, Problems, reading};

pub const ENTERPRISES: (&str, &[Column]) =
    ("Entreprise", &[needed(&["neq"]), needed(&["cod_stat_immat"]), needed(&["cod_forme_juri"])]);
pub const NAMES: (&str, &[Column]) =
    ("Nom", &[needed(&["neq"]), needed(&["nom_assuj"]), needed(&["stat_nom"]), needed(&["typ_nom_assuj"])]);
pub const RELATIONS: (&str, &[Column]) = (
    "FusionScissions",
    &[
        needed(&["neq"]),
        needed(&["neq_assuj_rel"]),
        optional(&["cod_rela_assuj"]),
        optional(&["denomn_soc", "denom_soc"]),
        optional(&["dat_efctvt"]),
    ],
);
pub const CHANGES: (&str, &[Column]) = (
    "ContinuationsTransformations",
    &[
        needed(&["neq"]),
        optional(&["cod_typ_chang"]),
        optional(&["cod_regim_juri"]),
        optional(&["autr_regim_juri"]),
        optional(&["nom_loclt"]),
        optional(&["dat_efctvt"]),
    ],
);
pub const ESTABLISHMENTS: (&str, &[Column]) = ("Etablissements", &[needed(&["neq"]), optional(&["nom_etab"])]);
pub const LABELS: (&str, &[Column]) = (
    "DomaineValeur",
    &[
        needed(&["typ_dom_val", "type"]),
        needed(&["cod_dom_val", "code"]),
        optional(&["val_dom_fran", "libelle", "valeur"]),
    ],
);

/// What became of a row.
pub enum Taken {
    Kept,
    /// Nothing in it is of use here.
    Passed,
    Wrong(Problem),
}

/// What was read of one file of the archive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Part {
    pub file: String,
    /// False when the archive does not have it.
    pub there: bool,
    pub rows: i64,
    /// Rows from which something was kept.
    pub kept: i64,
}

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

    /// Reads every row of one of its files; `each` says what becomes of a row. Nothing comes back when the file cannot be read to
    /// its end, or is missing while `is_needed`, which `problems` tells.
    pub fn rows(
        &mut self,
        (name, columns): (&str, &'static [Column]),
        is_needed: bool,
        problems: &mut Problems,
        mut each: impl FnMut(&Row<'_>) -> Result<Taken>,
    ) -> Result<Option<Part>> {
        let wanted = format!("{name}.csv");
        let mut part = Part { file: wanted.clone(), there: true, rows: 0, kept: 0 };
        let inside =
            |path: &&String| path.rsplit(['/', '\\']).next().is_some_and(|last| last.eq_ignore_ascii_case(&wanted));
        let Some(place) = self.names.iter().find(inside).cloned() else {
            if is_needed {
                problems.push(Problem::new(&self.file, 0, "", &wanted, "import-missing-file"));
            }
            return Ok((!is_needed).then_some(Part { there: false, ..part }));
        };
        let entry = match self.zip.by_name(&place) {
            Ok(entry) => entry,
            Err(error) => {
                problems.push(Problem::new(&wanted, 0, "", error.to_string(), "import-broken-zip"));
                return Ok(None);
            }
        };
        let mut table = match Table::open(entry, &wanted, columns) {
            Ok(table) => table,
            Err(found) => {
                found.into_iter().for_each(|problem| problems.push(problem));
                return Ok(None);
            }
        };
        loop {
            match table.advance() {
                Ok(true) => {}
                Ok(false) => return Ok(Some(part)),
                Err(problem) => {
                    problems.push(problem);
                    return Ok(None);
                }
            }
            part.rows += 1;
            let taken = match table.fault() {
                Some(problem) => Taken::Wrong(problem),
                None => each(&Row { table: &table })?,
            };
            match taken {
                Taken::Kept => part.kept += 1,
                Taken::Passed => {}
                Taken::Wrong(problem) => problems.push(problem),
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

    /// The row is left out because of a cell.
    pub fn wrong(&self, column: usize, code: &'static str) -> Result<Taken> {
        Ok(Taken::Wrong(self.table.problem(column, self.cell(column), code)))
    }

    /// A day as the registrar writes it, the time that may follow left out.
    pub fn day(&self, column: usize) -> Option<NaiveDate> {
        self.cell(column).get(..10)?.parse().ok()
    }

    /// A number of ten digits.
    pub fn neq(&self, column: usize) -> Option<u64> {
        let text = self.cell(column);
        // The common case without an allocation.
        let plain = text.len() == 10 && text.bytes().all(|b| b.is_ascii_digit());
        if plain { text.parse().ok() } else { parse_neq(text).ok()?.parse().ok() }
    }
}
