//! A file written from its objects: one revision, objects packed together, a table packed too (PDF 1.5).

use std::io::Write;

use super::super::Refusal;
use super::object::{Dict, Object, is_space};

/// Objects packed together.
const TOGETHER: usize = 200;

pub struct Writer {
    out: Vec<u8>,
    most: usize,
    /// Where each object is: in the file, or in which object stream and at which rank.
    places: Vec<(u32, Row)>,
    /// Objects that are no streams, packed at the end.
    waiting: Vec<(u32, Vec<u8>)>,
    waiting_bytes: usize,
    /// The next number that no object has.
    next: u32,
}

#[derive(Clone, Copy)]
enum Row {
    At(usize),
    Within(u32, usize),
}

impl Writer {
    /// Writes at most so many bytes.
    pub fn new(most: usize) -> Self {
        let out = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n".to_vec();
        Self { out, most, places: Vec::new(), waiting: Vec::new(), waiting_bytes: 0, next: 0 }
    }

    fn bounded(&self) -> Result<(), Refusal> {
        if self.out.len() + self.waiting_bytes > self.most { Err(Refusal::Unpacked) } else { Ok(()) }
    }

    pub fn object(&mut self, number: u32, object: &Object) -> Result<(), Refusal> {
        let mut text = Vec::new();
        write(object, &mut text);
        self.waiting_bytes += text.len();
        self.waiting.push((number, text));
        self.bounded()
    }

    pub fn stream(&mut self, number: u32, dict: &Dict, data: &[u8]) -> Result<(), Refusal> {
        let mut dict = dict.clone();
        dict.set(b"Length", number_object(data.len()));
        self.places.push((number, Row::At(self.out.len())));
        self.out.extend_from_slice(format!("{number} 0 obj\n").as_bytes());
        write(&Object::Dict(dict), &mut self.out);
        self.out.extend_from_slice(b"\nstream\n");
        self.out.extend_from_slice(data);
        self.out.extend_from_slice(b"\nendstream\nendobj\n");
        self.bounded()
    }

    fn pack(&mut self, some: &[(u32, Vec<u8>)]) -> Result<(), Refusal> {
        let number = self.number();
        let (mut index, mut body) = (String::new(), Vec::new());
        for (rank, (object, text)) in some.iter().enumerate() {
            index.push_str(&format!("{object} {} ", body.len()));
            body.extend_from_slice(text);
            body.push(b'\n');
            self.places.push((*object, Row::Within(number, rank)));
        }
        let mut dict = Dict::default();
        dict.set(b"Type", Object::Name(b"ObjStm".to_vec()));
        dict.set(b"N", number_object(some.len()));
        dict.set(b"First", number_object(index.len()));
        dict.set(b"Filter", Object::Name(b"FlateDecode".to_vec()));
        self.stream(number, &dict, &deflate(&[index.as_bytes(), &body].concat())?)
    }

    fn number(&mut self) -> u32 {
        let number = self.next;
        self.next += 1;
        number
    }

    /// The whole file, whose catalogue has this number; numbers from `next` on are free.
    pub fn finish(mut self, root: u32, next: u32) -> Result<Vec<u8>, Refusal> {
        self.next = next;
        self.waiting_bytes = 0;
        for some in std::mem::take(&mut self.waiting).chunks(TOGETHER) {
            self.pack(some)?;
        }
        let number = self.number();
        let start = self.out.len();
        self.places.push((number, Row::At(start)));
        self.places.sort_by_key(|(number, _)| *number);
        let mut rows = vec![0, 0, 0, 0, 0, 0xff, 0xff];
        let mut index = vec![number_object(0), number_object(1)];
        let mut runs: Vec<(u32, usize)> = Vec::new();
        for (number, row) in &self.places {
            let (kind, second, third) = match row {
                Row::At(at) => (1, u32::try_from(*at).map_err(|_| Refusal::Unpacked)?, 0),
                Row::Within(stream, rank) => (2, *stream, u16::try_from(*rank).unwrap_or_default()),
            };
            rows.push(kind);
            rows.extend_from_slice(&second.to_be_bytes());
            rows.extend_from_slice(&third.to_be_bytes());
            match runs.last_mut() {
                Some((first, count)) if usize::try_from(number - *first).ok() == Some(*count) => *count += 1,
                _ => runs.push((*number, 1)),
            }
        }
        for (first, count) in runs {
            index.extend([Object::Number(first.to_string().into_bytes()), number_object(count)]);
        }
        let mut dict = Dict::default();
        dict.set(b"Type", Object::Name(b"XRef".to_vec()));
        dict.set(b"Size", Object::Number(self.next.to_string().into_bytes()));
        dict.set(b"Root", Object::Ref(root));
        dict.set(b"W", Object::Array([1, 4, 2].map(number_object).to_vec()));
        dict.set(b"Index", Object::Array(index));
        dict.set(b"Filter", Object::Name(b"FlateDecode".to_vec()));
        self.stream(number, &dict, &deflate(&rows)?)?;
        self.out.extend_from_slice(format!("startxref\n{start}\n%%EOF\n").as_bytes());
        Ok(self.out)
    }
}

fn number_object(number: usize) -> Object {
    Object::Number(number.to_string().into_bytes())
}

fn deflate(data: &[u8]) -> Result<Vec<u8>, Refusal> {
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(data).and_then(|()| encoder.finish()).map_err(|_| Refusal::Broken)
}

fn write(object: &Object, out: &mut Vec<u8>) {
    match object {
        Object::Null => out.extend_from_slice(b"null"),
        Object::Bool(true) => out.extend_from_slice(b"true"),
        Object::Bool(false) => out.extend_from_slice(b"false"),
        Object::Number(text) => out.extend_from_slice(text),
        Object::Name(name) => write_name(name, out),
        Object::Text(text) => write_text(text, out),
        Object::Ref(number) => out.extend_from_slice(format!("{number} 0 R").as_bytes()),
        Object::Array(items) => {
            out.push(b'[');
            for item in items {
                write(item, out);
                out.push(b' ');
            }
            out.push(b']');
        }
        Object::Dict(dict) => {
            out.extend_from_slice(b"<<");
            for (name, value) in &dict.0 {
                write_name(name, out);
                out.push(b' ');
                write(value, out);
                out.push(b'\n');
            }
            out.extend_from_slice(b">>");
        }
    }
}

fn write_name(name: &[u8], out: &mut Vec<u8>) {
    out.push(b'/');
    for byte in name {
        let plain = byte.is_ascii_graphic() && !b"()<>[]{}/%#".contains(byte) && !is_space(*byte);
        if plain {
            out.push(*byte);
        } else {
            out.extend_from_slice(format!("#{byte:02X}").as_bytes());
        }
    }
}

fn write_text(text: &[u8], out: &mut Vec<u8>) {
    out.push(b'(');
    for byte in text {
        match byte {
            b'(' | b')' | b'\\' => out.extend_from_slice(&[b'\\', *byte]),
            b'\r' => out.extend_from_slice(b"\\r"),
            _ => out.push(*byte),
        }
    }
    out.push(b')');
}
