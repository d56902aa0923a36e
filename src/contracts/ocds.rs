//! OCDS documents of any size, one release in memory at a time: release packages, record packages, single releases, lists of
//! any of these, and one document a line.

mod shape;

use std::fmt;
use std::io::{self, Read};

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use self::shape::Word;
pub use self::shape::{Amount, Award, Contract, Few, Named, Party, Period, Release, Tender};

use crate::error::{Error, Result};
use crate::sources::reading::{Incoming, Meter};
use crate::sources::{Problem, Problems};

/// Longest release, or longest stretch without one: above, the file is not what it says.
const LONGEST_RELEASE: u64 = 32 * 1024 * 1024;

/// Members of any OCDS object that lead to a release, or are part of one.
#[derive(Deserialize)]
#[serde(field_identifier, rename_all = "camelCase")]
enum Key {
    Ocid,
    Date,
    Tag,
    Parties,
    Buyer,
    Tender,
    Awards,
    Contracts,
    Releases,
    Records,
    CompiledRelease,
    #[serde(other)]
    Other,
}

/// Receives each release with its number in the file, from 1.
type Sink<'s> = &'s mut dyn FnMut(u64, Release) -> Result<()>;

struct Document<'a, 's> {
    sink: &'a mut Sink<'s>,
    seen: &'a mut u64,
    meter: &'a Meter,
    /// Why the sink stopped, which is not the fault of the file.
    stopped: &'a mut Option<Error>,
}

impl<'s> Document<'_, 's> {
    /// The same reading, one level deeper.
    fn again(&mut self) -> Document<'_, 's> {
        Document { sink: &mut *self.sink, seen: &mut *self.seen, meter: self.meter, stopped: &mut *self.stopped }
    }
}

impl<'de> DeserializeSeed<'de> for Document<'_, '_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Document<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an OCDS release, package or record")
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut list: A) -> Result<(), A::Error> {
        while list.next_element_seed(self.again())?.is_some() {}
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<(), A::Error> {
        let mut release = Release::default();
        while let Some(key) = map.next_key::<Key>()? {
            match key {
                Key::Releases | Key::Records | Key::CompiledRelease => map.next_value_seed(self.again())?,
                Key::Ocid => release.ocid = map.next_value::<Word>()?.0,
                Key::Date => release.date = map.next_value::<Word>()?.0,
                Key::Tag => release.tag = map.next_value()?,
                Key::Parties => release.parties = map.next_value()?,
                Key::Buyer => release.buyer = map.next_value()?,
                Key::Tender => release.tender = map.next_value()?,
                Key::Awards => release.awards = map.next_value()?,
                Key::Contracts => release.contracts = map.next_value()?,
                Key::Other => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        if release.is_one() {
            *self.seen += 1;
            if let Err(error) = (self.sink)(*self.seen, release) {
                *self.stopped = Some(error);
                return Err(serde::de::Error::custom("stopped"));
            }
        }
        self.meter.whole();
        Ok(())
    }
}

/// What was read of a file.
#[derive(Debug)]
pub struct Reading {
    pub sha256: String,
    pub releases: u64,
}

/// Reads a file to its end and hands over each release. A problem of the file as a whole (truncated, not JSON, not OCDS) is
/// pushed on `problems`, and there is no reading.
pub fn read<R: Read>(
    source: R,
    file: &str,
    problems: &mut Problems,
    mut sink: impl FnMut(u64, Release) -> Result<()>,
) -> Result<Option<Reading>> {
    let meter = Meter::new(LONGEST_RELEASE);
    let mut incoming = Incoming::new(source, meter.clone());
    let mut first = [0_u8; 3];
    let filled = fill(&mut incoming, &mut first)?;
    let start = first.get(..filled).unwrap_or_default();
    let start = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start);
    let (mut seen, mut stopped) = (0, None);
    {
        let bytes = io::BufReader::with_capacity(64 * 1024, start.chain(&mut incoming));
        let mut json = serde_json::Deserializer::from_reader(bytes);
        let mut sink: Sink<'_> = &mut sink;
        // Documents one after the other, on one line each or not.
        while json.end().is_err() {
            let document = Document { sink: &mut sink, seen: &mut seen, meter: &meter, stopped: &mut stopped };
            if let Err(error) = document.deserialize(&mut json) {
                if let Some(cause) = stopped {
                    return Err(cause);
                }
                let place = format!("{}", error.column());
                let line = u64::try_from(error.line()).unwrap_or(u64::MAX);
                let problem = match () {
                    () if meter.is_over() => Problem::new(file, 0, "", "", "import-endless-release"),
                    () if error.is_eof() => Problem::new(file, line, place, "", "import-truncated"),
                    () if error.is_io() => Problem::new(file, 0, "", error.to_string(), "import-unreadable"),
                    () => Problem::new(file, line, place, error.to_string(), "import-not-ocds"),
                };
                problems.push(problem);
                return Ok(None);
            }
        }
    }
    if seen == 0 {
        problems.push(Problem::new(file, 0, "", "", "import-no-release"));
        return Ok(None);
    }
    Ok(Some(Reading { sha256: incoming.finish().map_err(Error::internal)?, releases: seen }))
}

fn fill(source: &mut impl Read, buffer: &mut [u8]) -> Result<usize> {
    let mut filled = 0;
    while let Some(rest) = buffer.get_mut(filled..).filter(|rest| !rest.is_empty()) {
        match source.read(rest).map_err(Error::internal)? {
            0 => break,
            read => filled += read,
        }
    }
    Ok(filled)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ocids(text: &str) -> Result<Vec<String>, Problems> {
        let (mut found, mut problems) = (Vec::new(), Problems::default());
        let sink = |_, release: Release| {
            found.push(release.ocid);
            Ok(())
        };
        let reading = read(text.as_bytes(), "essai.json", &mut problems, sink).unwrap();
        if reading.is_some() { Ok(found) } else { Err(problems) }
    }

    #[test]
    fn packages_records_lists_single_releases_and_lines_are_all_read() {
        let one = r#"{"ocid":"a","date":"2026-01-01T00:00:00Z","parties":null,"tag":["tender"],"extra":{"deep":[1]}}"#;
        for text in [
            one.to_owned(),
            format!("\u{feff}{{\"version\":\"1.1\",\"releases\":[{one}]}}"),
            format!("{{\"records\":[{{\"ocid\":\"a\",\"releases\":[{{\"url\":\"x\"}}],\"compiledRelease\":{one}}}]}}"),
            format!("[{{\"releases\":[{one}]}}]"),
        ] {
            assert_eq!(ocids(&text).unwrap(), ["a"], "{text}");
        }
        assert_eq!(ocids(&format!("{one}\n{one}\n\n")).unwrap(), ["a", "a"]);
    }

    #[test]
    fn a_file_cut_short_or_not_json_is_told_with_its_place() {
        let problem = |text: &str| {
            let problem = ocids(text).unwrap_err().shown[0].clone();
            (problem.code, problem.line)
        };
        assert_eq!(problem("{\"releases\":[\n{\"ocid\":\"a\",\"date\":\"2026"), ("import-truncated".to_owned(), 2));
        assert_eq!(problem("{\"releases\":[\n{\"ocid\" \"a\"}]}"), ("import-not-ocds".to_owned(), 2));
        assert_eq!(problem("{\"awards\":{\"id\":1}}").0, "import-not-ocds");
        assert_eq!(problem("{\"version\":\"1.1\"}").0, "import-no-release");
        assert_eq!(problem(" \n").0, "import-no-release");
    }

    #[test]
    fn what_a_release_lists_without_end_is_counted_and_not_kept() {
        let parties =
            |many: usize| format!("{{\"ocid\":\"a\",\"tender\":{{}},\"parties\":[{}]}}", vec!["{}"; many].join(","));
        for (many, kept, more) in
            [(shape::MOST_PARTIES, shape::MOST_PARTIES, false), (100_000, shape::MOST_PARTIES, true)]
        {
            let (mut found, mut problems) = (None, Problems::default());
            let sink = |_, release: Release| {
                found = Some((release.parties.len(), release.parties.more));
                Ok(())
            };
            read(parties(many).as_bytes(), "essai.json", &mut problems, sink).unwrap().unwrap();
            assert_eq!(found, Some((kept, more)), "{many}");
        }
    }

    #[test]
    fn a_release_that_never_ends_is_stopped() {
        let endless = io::Read::chain(&b"{\"releases\":[{\"ocid\":\""[..], io::repeat(b'x'));
        let mut problems = Problems::default();
        assert!(read(endless, "essai.json", &mut problems, |_, _| Ok(())).unwrap().is_none());
        assert_eq!(problems.shown[0].code, "import-endless-release");
    }
}
