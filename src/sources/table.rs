//! A CSV file read row by row: columns found by name, one row in memory, what is wrong named with its line.

use std::io::{self, Read};

use super::Problem;
use super::reading::{Incoming, Meter};
use crate::db::search::fold;

/// Longest row: above, a quote was opened and never closed.
const LONGEST_ROW: u64 = 1024 * 1024;

/// A column wanted: its names, the first being the one told to people.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    pub names: &'static [&'static str],
    pub required: bool,
}

/// A column that must be there.
pub const fn needed(names: &'static [&'static str]) -> Column {
    Column { names, required: true }
}

/// A column that may be there.
pub const fn optional(names: &'static [&'static str]) -> Column {
    Column { names, required: false }
}

/// A file being read.
pub struct Table<R: Read> {
    reader: csv::Reader<Incoming<io::Chain<io::Cursor<Vec<u8>>, R>>>,
    meter: Meter,
    file: String,
    places: Vec<Option<usize>>,
    columns: &'static [Column],
    width: usize,
    record: csv::ByteRecord,
    line: u64,
    /// Lines end in CR LF: the reader has not seen the second when it says where the next row begins.
    behind: u64,
}

impl<R: Read> Table<R> {
    /// Reads the header.
    ///
    /// # Errors
    /// The columns that are missing or twice there, or what makes the file unreadable.
    pub fn open(mut source: R, file: &str, columns: &'static [Column]) -> Result<Self, Vec<Problem>> {
        let whole = |code| vec![Problem::new(file, 0, "", "", code)];
        let mut start = vec![0_u8; 4096];
        let mut filled = 0;
        while let Some(rest) = start.get_mut(filled..).filter(|rest| !rest.is_empty()) {
            match source.read(rest) {
                Ok(0) => break,
                Ok(read) => filled += read,
                Err(error) => return Err(vec![Problem::new(file, 0, "", error.to_string(), "import-unreadable")]),
            }
        }
        start.truncate(filled);
        if start.starts_with(&[0xff, 0xfe]) || start.starts_with(&[0xfe, 0xff]) {
            return Err(whole("import-utf-16"));
        }
        if start.starts_with(b"\xef\xbb\xbf") {
            start.drain(..3);
        }
        let separator = separator(&start);
        let end = start.iter().position(|byte| *byte == b'\n').unwrap_or(0);
        let is_crlf = end > 0 && start.get(end - 1) == Some(&b'\r');
        let meter = Meter::new(LONGEST_ROW);
        let incoming = Incoming::new(io::Cursor::new(start).chain(source), meter.clone());
        let reader =
            csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(separator).from_reader(incoming);
        let mut table = Self {
            reader,
            meter,
            file: file.to_owned(),
            places: Vec::new(),
            columns,
            width: 0,
            record: csv::ByteRecord::new(),
            line: 0,
            behind: 0,
        };
        if !table.advance().map_err(|problem| vec![problem])? {
            return Err(whole("import-empty"));
        }
        let Ok(header) = csv::StringRecord::from_byte_record(table.record.clone()) else {
            return Err(vec![Problem::new(file, 1, "", "", "import-not-utf-8")]);
        };
        table.behind = u64::from(is_crlf);
        let names: Vec<String> = header.iter().map(|cell| fold(cell).replace(' ', "_")).collect();
        let mut problems = Vec::new();
        for column in columns {
            let mut found = names.iter().enumerate().filter(|(_, name)| column.names.contains(&name.as_str()));
            let shown = column.names.first().map_or(String::new(), |name| name.to_uppercase());
            match (found.next(), found.next()) {
                (Some(_), Some(_)) => problems.push(Problem::new(file, 1, shown, "", "import-duplicate-column")),
                (None, _) if column.required => {
                    problems.push(Problem::new(file, 1, shown, "", "import-missing-column"))
                }
                (found, None) => table.places.push(found.map(|(at, _)| at)),
                (None, Some(_)) => {}
            }
        }
        table.width = names.len();
        if problems.is_empty() { Ok(table) } else { Err(problems) }
    }

    /// Goes to the next row; false at the end.
    ///
    /// # Errors
    /// What stops the reading: the rows after it cannot be trusted.
    pub fn advance(&mut self) -> Result<bool, Problem> {
        loop {
            let more = match self.reader.read_byte_record(&mut self.record) {
                Ok(more) => more,
                Err(_) if self.meter.is_over() => {
                    return Err(Problem::new(&self.file, self.line + 1, "", "", "import-open-quote"));
                }
                Err(error) => {
                    return Err(Problem::new(&self.file, self.line, "", error.to_string(), "import-unreadable"));
                }
            };
            self.meter.whole();
            self.line = self.record.position().map_or(self.line, |place| place.line() + self.behind);
            if !more || self.record.iter().any(|cell| !cell.trim_ascii().is_empty()) {
                return Ok(more);
            }
        }
    }

    /// Line of the row.
    pub fn line(&self) -> u64 {
        self.line
    }

    /// What is wrong with the shape of the row: not as many cells as the header, or not in UTF-8.
    pub fn fault(&self) -> Option<Problem> {
        if self.record.len() != self.width {
            let widths = format!("{} / {}", self.record.len(), self.width);
            return Some(Problem::new(&self.file, self.line, "", widths, "import-wrong-cells"));
        }
        let broken = self.places.iter().enumerate().find(|(_, place)| {
            place.and_then(|place| self.record.get(place)).is_some_and(|cell| std::str::from_utf8(cell).is_err())
        })?;
        Some(self.problem(broken.0, "", "import-not-utf-8"))
    }

    /// A cell of the row, by the place of its column among those wanted.
    pub fn cell(&self, column: usize) -> &str {
        let place = self.places.get(column).copied().flatten();
        place
            .and_then(|place| self.record.get(place))
            .and_then(|cell| std::str::from_utf8(cell).ok())
            .unwrap_or("")
            .trim()
    }

    /// Something wrong in a cell of the row.
    pub fn problem(&self, column: usize, value: &str, code: &'static str) -> Problem {
        let name = self.columns.get(column).and_then(|column| column.names.first()).copied().unwrap_or_default();
        Problem::new(&self.file, self.line, name.to_uppercase(), value, code)
    }
}

/// `;` or `,`: whichever the header holds most, outside quotes.
fn separator(start: &[u8]) -> u8 {
    let (mut semicolons, mut commas, mut quoted) = (0, 0, false);
    for byte in start.trim_ascii_start() {
        match byte {
            b'"' => quoted = !quoted,
            b';' if !quoted => semicolons += 1,
            b',' if !quoted => commas += 1,
            b'\r' | b'\n' if !quoted => break,
            _ => {}
        }
    }
    if semicolons > commas { b';' } else { b',' }
}

#[cfg(test)]
mod tests {
    use super::*;

    const COLUMNS: &[Column] = &[needed(&["neq"]), optional(&["nom", "name"])];

    fn read(text: &[u8]) -> Result<Vec<(u64, String, String)>, Vec<Problem>> {
        let mut table = Table::open(text, "essai.csv", COLUMNS)?;
        let mut rows = Vec::new();
        while table.advance().map_err(|problem| vec![problem])? {
            rows.push((table.line(), table.cell(0).to_owned(), table.cell(1).to_owned()));
        }
        Ok(rows)
    }

    #[test]
    fn columns_are_found_by_name_whatever_their_order_separator_and_mark() {
        let expected = vec![(2, "1".to_owned(), "Côté, fils".to_owned())];
        for text in ["\u{feff}NEQ,Nom\n1,\"Côté, fils\"\n", "NOM;autre;Neq\r\nCôté, fils;x;1\r\n\r\n"] {
            assert_eq!(read(text.as_bytes()).unwrap(), expected, "{text}");
        }
        assert_eq!(read(b"neq\n1\n").unwrap(), [(2, "1".to_owned(), String::new())]);
    }

    #[test]
    fn a_column_missing_or_twice_there_and_an_empty_file_are_told() {
        let codes = |text: &[u8]| read(text).unwrap_err().into_iter().map(|p| p.code).collect::<Vec<_>>();
        assert_eq!(codes(b"nom\nx\n"), ["import-missing-column"]);
        assert_eq!(codes(b"neq,neq\n1,2\n"), ["import-duplicate-column"]);
        assert_eq!(codes(b""), ["import-empty"]);
        assert_eq!(codes(b"\xff\xfen\0e\0"), ["import-utf-16"]);
    }

    #[test]
    fn a_quote_never_closed_is_stopped_before_it_swallows_the_file() {
        let text = format!("neq,nom\n1,\"ouvert\n{}", "2,x\n".repeat(1_000_000));
        let problems = read(text.as_bytes()).unwrap_err();
        assert_eq!((problems[0].code.as_str(), problems[0].line), ("import-open-quote", 2));
    }
}
