//! Where the objects of a file are, and reading one: the table of the last revision over those before it (ISO 32000-2,
//! 7.5), object streams, and, when the table is wrong, the objects found by looking for them.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;
use std::rc::Rc;

use super::super::bytes::{find, find_last, inflate};
use super::super::{Limits, Refusal};
use super::object::{Dict, Object, Reader, is_space};

/// Revisions of one file.
const MOST_REVISIONS: usize = 256;
/// Objects of one file: a book has a hundred thousand.
const MOST_OBJECTS: usize = 1_000_000;

#[derive(Debug, Clone, Copy)]
enum Place {
    At(usize),
    /// In an object stream.
    Within(u32),
    Free,
}

/// An object stream, unpacked, and where its objects begin.
struct Packed {
    data: Vec<u8>,
    starts: HashMap<u32, usize>,
}

pub struct File<'b> {
    data: &'b [u8],
    places: BTreeMap<u32, Place>,
    pub root: u32,
    packed: HashMap<u32, Option<Rc<Packed>>>,
    /// Bytes that may still be read or unpacked.
    left: usize,
    /// Streams whose length is being looked for in one another.
    depth: u32,
    rebuilt: bool,
}

/// An object, and its data when it is a stream.
pub struct Found {
    pub object: Object,
    pub stream: Option<Range<usize>>,
}

impl<'b> File<'b> {
    /// Reads the tables of a file, or looks for its objects when they cannot be read.
    pub fn open(data: &'b [u8], limits: &Limits) -> Result<Self, Refusal> {
        let mut file = Self::empty(data, limits);
        match file.tables() {
            Some(trailers) => match file.settle(&trailers) {
                Err(Refusal::Broken) => Self::rebuild(data, limits),
                settled => settled.map(|()| file),
            },
            None => Self::rebuild(data, limits),
        }
    }

    fn empty(data: &'b [u8], limits: &Limits) -> Self {
        // Each part of a sound file is read twice at most: to see what it is, and to write it.
        let left = data.len().saturating_mul(4).saturating_add(limits.unpacked);
        Self { data, places: BTreeMap::new(), root: 0, packed: HashMap::new(), left, depth: 0, rebuilt: false }
    }

    pub fn is_rebuilt(&self) -> bool {
        self.rebuilt
    }

    fn settle(&mut self, trailers: &[Dict]) -> Result<(), Refusal> {
        if trailers.iter().any(|trailer| trailer.get(b"Encrypt").is_some_and(|value| *value != Object::Null)) {
            return Err(Refusal::Encrypted);
        }
        let root = trailers.iter().find_map(|trailer| match trailer.get(b"Root") {
            Some(Object::Ref(number)) => Some(*number),
            _ => None,
        });
        self.root = root.ok_or(Refusal::Broken)?;
        let has_pages = |found: &Found| matches!(&found.object, Object::Dict(root) if root.get(b"Pages").is_some());
        self.find(self.root)?.filter(has_pages).map(drop).ok_or(Refusal::Broken)
    }

    /// Fills the places from the tables, newest first, and gives their trailers.
    fn tables(&mut self) -> Option<Vec<Dict>> {
        let start = find_last(self.data, b"startxref")?;
        let mut next = vec![Reader::new(self.data, start + 9).whole()?];
        let (mut seen, mut trailers) = (HashSet::new(), Vec::new());
        while let Some(at) = next.pop() {
            if !seen.insert(at) || seen.len() > MOST_REVISIONS {
                return None;
            }
            let trailer = self.table(at).or_else(|| self.table_stream(at))?;
            next.extend(trailer.number(b"Prev"));
            // The table of a file for old readers is completed by a stream, before what it revises.
            next.extend(trailer.number(b"XRefStm"));
            trailers.push(trailer);
        }
        Some(trailers)
    }

    fn put(&mut self, number: u32, place: Place) -> Option<()> {
        self.places.entry(number).or_insert(place);
        (self.places.len() <= MOST_OBJECTS).then_some(())
    }

    fn table(&mut self, at: usize) -> Option<Dict> {
        let mut reader = Reader::new(self.data, at);
        reader.skip();
        if !reader.word(b"xref") {
            return None;
        }
        loop {
            reader.skip();
            if reader.word(b"trailer") {
                let Object::Dict(trailer) = reader.object()? else { return None };
                self.left = self.left.checked_sub(reader.at - at)?;
                return Some(trailer);
            }
            let (first, count) = (u32::try_from(reader.whole()?).ok()?, reader.whole()?);
            for step in 0..count {
                let offset = reader.whole()?;
                reader.whole()?;
                reader.skip();
                let place = if reader.word(b"n") {
                    Place::At(offset)
                } else if reader.word(b"f") {
                    Place::Free
                } else {
                    return None;
                };
                self.put(first.checked_add(u32::try_from(step).ok()?)?, place)?;
            }
        }
    }

    fn table_stream(&mut self, at: usize) -> Option<Dict> {
        let mut reader = Reader::new(self.data, at);
        reader.head()?;
        let Object::Dict(dict) = reader.object()? else { return None };
        let range = self.stream(&mut reader, &dict)?;
        if dict.name(b"Type") != Some(b"XRef") {
            return None;
        }
        let data = self.unpacked(&dict, range)?;
        let Some(Object::Array(widths)) = dict.get(b"W") else { return None };
        let [kind, second, third] = widths.iter().map(Object::number).collect::<Option<Vec<_>>>()?.try_into().ok()?;
        if [kind, second, third].iter().any(|width| *width > 8) || kind + second + third == 0 {
            return None;
        }
        let index: Vec<usize> = match dict.get(b"Index") {
            Some(Object::Array(items)) => items.iter().map(Object::number).collect::<Option<_>>()?,
            _ => vec![0, dict.number(b"Size")?],
        };
        let mut rows = data.chunks_exact(kind + second + third);
        for pair in index.chunks_exact(2) {
            let [first, count] = pair else { return None };
            for step in 0..*count {
                let Some(row) = rows.next() else { break };
                let value = |from: usize, width: usize| {
                    let bytes = row.get(from..from + width)?;
                    Some(bytes.iter().fold(0_u64, |value, byte| (value << 8) | u64::from(*byte)))
                };
                let what = if kind == 0 { 1 } else { value(0, kind)? };
                let place = match what {
                    0 => Place::Free,
                    1 => Place::At(usize::try_from(value(kind, second)?).ok()?),
                    2 => Place::Within(u32::try_from(value(kind, second)?).ok()?),
                    _ => continue,
                };
                self.put(u32::try_from(first.checked_add(step)?).ok()?, place)?;
            }
        }
        Some(dict)
    }

    /// Looks for objects and trailers where they are: the last of each number counts, as in a file read to its end.
    pub fn rebuild(data: &'b [u8], limits: &Limits) -> Result<Self, Refusal> {
        let mut file = Self { rebuilt: true, ..Self::empty(data, limits) };
        let (mut trailers, mut streams, mut at) = (Vec::new(), Vec::new(), 0);
        while let Some(step) = find(data.get(at..).unwrap_or_default(), b"obj") {
            let word = at + step;
            at = word + 3;
            let Some(start) = head_before(data, word) else { continue };
            let mut reader = Reader::new(data, start);
            let Some(number) = reader.head() else { continue };
            file.places.insert(number, Place::At(start));
            if file.places.len() > MOST_OBJECTS {
                return Err(Refusal::Unpacked);
            }
            file.charge(1)?;
            let before = reader.at;
            let object = reader.object();
            file.charge(reader.at - before)?;
            if let Some(Object::Dict(dict)) = object {
                match dict.name(b"Type") {
                    Some(b"ObjStm") => streams.push(number),
                    Some(b"XRef") => trailers.push(dict),
                    Some(b"Catalog") => file.root = number,
                    _ => {}
                }
                at = at.max(reader.at);
            }
        }
        let mut at = 0;
        while let Some(step) = find(data.get(at..).unwrap_or_default(), b"trailer") {
            at += step + 7;
            if let Some(Object::Dict(trailer)) = Reader::new(data, at).object() {
                trailers.push(trailer);
            }
        }
        for stream in streams {
            let Some(packed) = file.packed(stream)? else { continue };
            for number in packed.starts.keys() {
                file.places.entry(*number).or_insert(Place::Within(stream));
            }
        }
        trailers.reverse();
        if file.root != 0 && trailers.iter().all(|trailer| trailer.get(b"Root").is_none()) {
            trailers.push(Dict(vec![(b"Root".to_vec(), Object::Ref(file.root))]));
        }
        file.settle(&trailers).map(|()| file)
    }

    fn charge(&mut self, bytes: usize) -> Result<(), Refusal> {
        self.left = self.left.checked_sub(bytes).ok_or(Refusal::Unpacked)?;
        Ok(())
    }

    /// An object by its number; nothing for one that is not there, which stands for null.
    pub fn find(&mut self, number: u32) -> Result<Option<Found>, Refusal> {
        match self.places.get(&number).copied() {
            None | Some(Place::Free) => Ok(None),
            Some(Place::At(at)) => {
                let mut reader = Reader::new(self.data, at);
                let head = reader.head();
                if head != Some(number) {
                    return Err(Refusal::Broken);
                }
                let object = reader.object().ok_or(Refusal::Broken)?;
                self.charge(reader.at - at)?;
                let stream = match &object {
                    Object::Dict(dict) => self.stream(&mut reader, dict),
                    _ => None,
                };
                Ok(Some(Found { object, stream }))
            }
            Some(Place::Within(stream)) => {
                let Some(packed) = self.packed(stream)? else { return Err(Refusal::Broken) };
                let Some(start) = packed.starts.get(&number) else { return Ok(None) };
                let mut reader = Reader::new(&packed.data, *start);
                let object = reader.object().ok_or(Refusal::Broken)?;
                self.charge(reader.at - start)?;
                Ok(Some(Found { object, stream: None }))
            }
        }
    }

    /// What a reference leads to, and where it was found; other objects as they are.
    pub fn resolve(&mut self, object: &Object) -> Result<Object, Refusal> {
        let mut object = object.clone();
        for _ in 0..8 {
            let Object::Ref(number) = object else { return Ok(object) };
            object = self.find(number)?.map_or(Object::Null, |found| found.object);
        }
        Ok(Object::Null)
    }

    pub fn data(&self, range: Range<usize>) -> &'b [u8] {
        self.data.get(range).unwrap_or_default()
    }

    /// The data of a stream after its dictionary: as long as it says, or up to its last word.
    fn stream(&mut self, reader: &mut Reader<'_>, dict: &Dict) -> Option<Range<usize>> {
        reader.skip();
        if !reader.word(b"stream") {
            return None;
        }
        let _ = reader.word(b"\r\n") || reader.word(b"\n") || reader.word(b"\r");
        let start = reader.at;
        let length = match dict.get(b"Length") {
            // The length of a length is not asked.
            Some(Object::Ref(number)) => match self.places.get(number) {
                Some(Place::At(at)) => {
                    let mut there = Reader::new(self.data, *at);
                    there.head().filter(|head| head == number).and_then(|_| there.whole())
                }
                Some(Place::Within(stream)) if self.depth < 4 => {
                    let (stream, number) = (*stream, *number);
                    self.depth += 1;
                    let packed = self.packed(stream).ok().flatten();
                    self.depth -= 1;
                    packed.and_then(|packed| {
                        let start = packed.starts.get(&number)?;
                        Reader::new(&packed.data, *start).whole()
                    })
                }
                _ => None,
            },
            Some(length) => length.number(),
            None => None,
        };
        let ends = |end: usize| {
            let after = self.data.get(end..).unwrap_or_default();
            let spaces = after.iter().take_while(|byte| is_space(**byte)).count();
            after.get(spaces..).is_some_and(|after| after.starts_with(b"endstream"))
        };
        if let Some(end) = length.and_then(|length| start.checked_add(length)).filter(|end| ends(*end)) {
            return Some(start..end);
        }
        let rest = self.data.get(start..)?;
        self.left = self.left.checked_sub(rest.len().min(1 << 20))?;
        let length = find(rest, b"endstream")?;
        let line = rest.get(..length)?;
        let line = line.strip_suffix(b"\n").unwrap_or(line);
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        Some(start..start + line.len())
    }

    /// An object stream, unpacked once.
    fn packed(&mut self, number: u32) -> Result<Option<Rc<Packed>>, Refusal> {
        if let Some(packed) = self.packed.get(&number) {
            return Ok(packed.clone());
        }
        // Until it is unpacked it holds nothing: it cannot be in itself.
        self.packed.insert(number, None);
        let packed = self.unpack(number)?.map(Rc::new);
        self.packed.insert(number, packed.clone());
        Ok(packed)
    }

    fn unpack(&mut self, number: u32) -> Result<Option<Packed>, Refusal> {
        if !matches!(self.places.get(&number), Some(Place::At(_))) {
            return Ok(None);
        }
        let Some(Found { object: Object::Dict(dict), stream: Some(range) }) = self.find(number)? else {
            return Ok(None);
        };
        let (Some(count), Some(first)) = (dict.number(b"N"), dict.number(b"First")) else { return Ok(None) };
        let Some(data) = self.unpacked(&dict, range) else {
            return if self.left == 0 { Err(Refusal::Unpacked) } else { Ok(None) };
        };
        let mut reader = Reader::new(&data, 0);
        let mut starts = HashMap::new();
        for _ in 0..count {
            let (Some(number), Some(offset)) = (reader.whole(), reader.whole()) else { break };
            let (Ok(number), Some(start)) = (u32::try_from(number), first.checked_add(offset)) else { break };
            starts.entry(number).or_insert(start);
        }
        Ok(Some(Packed { data, starts }))
    }

    /// The data of a table or of an object stream: those are packed in one way, or not at all.
    fn unpacked(&mut self, dict: &Dict, range: Range<usize>) -> Option<Vec<u8>> {
        let raw = self.data(range);
        let filter = match dict.get(b"Filter") {
            None | Some(Object::Null) => None,
            Some(Object::Name(name)) => Some(name.as_slice()),
            Some(Object::Array(names)) => match names.as_slice() {
                [] => None,
                [Object::Name(name)] => Some(name.as_slice()),
                _ => return None,
            },
            Some(_) => return None,
        };
        let data = match filter {
            None => raw.to_vec(),
            Some(b"FlateDecode" | b"Fl") => match inflate(raw, self.left) {
                Some((data, _)) => data,
                None => {
                    // Damaged, or too large: either way it is not read.
                    if inflates_beyond(raw, self.left) {
                        self.left = 0;
                    }
                    return None;
                }
            },
            Some(_) => return None,
        };
        self.left = self.left.checked_sub(data.len())?;
        let parameters = match dict.get(b"DecodeParms") {
            Some(Object::Dict(parameters)) => Some(parameters),
            Some(Object::Array(items)) => match items.as_slice() {
                [Object::Dict(parameters)] => Some(parameters),
                _ => None,
            },
            _ => None,
        };
        match parameters {
            Some(parameters) if parameters.number(b"Predictor").is_some_and(|kind| kind > 1) => {
                predicted(&data, parameters)
            }
            _ => Some(data),
        }
    }
}

fn inflates_beyond(raw: &[u8], limit: usize) -> bool {
    use std::io::Read;
    let mut out = std::io::sink();
    let most = u64::try_from(limit).unwrap_or(u64::MAX);
    let mut reader = flate2::read::ZlibDecoder::new(raw).take(most.saturating_add(1));
    std::io::copy(&mut reader, &mut out).is_ok_and(|made| made > most)
}

/// Where `12 0 obj` begins, from where its last word is.
fn head_before(data: &[u8], word: usize) -> Option<usize> {
    let mut at = word;
    let mut back = |is: fn(u8) -> bool| {
        let start = at;
        while at > 0 && data.get(at - 1).copied().is_some_and(is) {
            at -= 1;
        }
        start - at
    };
    let spaces = back(is_space);
    let generation = back(|byte| byte.is_ascii_digit());
    let between = back(is_space);
    let number = back(|byte| byte.is_ascii_digit());
    (spaces <= 16 && generation > 0 && between > 0 && number > 0 && number <= 10).then_some(at)
}

/// Undoes the predictors of PNG, the only ones that tables and object streams have.
fn predicted(data: &[u8], parameters: &Dict) -> Option<Vec<u8>> {
    if parameters.number(b"Predictor")? < 10 {
        return None;
    }
    let of = |key: &[u8], usual: usize| parameters.number(key).unwrap_or(usual);
    let (colors, bits, columns) = (of(b"Colors", 1), of(b"BitsPerComponent", 8), of(b"Columns", 1));
    let each = colors.checked_mul(bits)?;
    let (step, row) = (each.div_ceil(8).max(1), each.checked_mul(columns)?.div_ceil(8));
    if row == 0 || row > data.len() {
        return None;
    }
    let (mut out, mut above) = (Vec::with_capacity(data.len()), vec![0_u8; row]);
    for line in data.chunks(row + 1) {
        let (kind, coded) = line.split_first()?;
        let mut current = vec![0_u8; row];
        for (at, byte) in coded.iter().enumerate() {
            let left = at.checked_sub(step).and_then(|at| current.get(at).copied()).unwrap_or(0);
            let up = above.get(at).copied().unwrap_or(0);
            let corner = at.checked_sub(step).and_then(|at| above.get(at).copied()).unwrap_or(0);
            let guess = match kind {
                0 => 0,
                1 => left,
                2 => up,
                3 => u8::try_from((u16::from(left) + u16::from(up)) / 2).unwrap_or(0),
                4 => nearest(left, up, corner),
                _ => return None,
            };
            *current.get_mut(at)? = byte.wrapping_add(guess);
        }
        out.extend_from_slice(&current);
        above = current;
    }
    Some(out)
}

/// The predictor of Paeth.
fn nearest(left: u8, up: u8, corner: u8) -> u8 {
    let guess = i16::from(left) + i16::from(up) - i16::from(corner);
    let far = |value: u8| (guess - i16::from(value)).abs();
    if far(left) <= far(up) && far(left) <= far(corner) {
        left
    } else if far(up) <= far(corner) {
        up
    } else {
        corner
    }
}
