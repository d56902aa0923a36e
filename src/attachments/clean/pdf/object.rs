//! Objects of a PDF file and how they are read (ISO 32000-2, 7.2 and 7.3). Nesting is bounded; numbers stay as written.

/// Objects may hold objects this deep.
const DEEPEST: u32 = 64;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Object {
    Null,
    Bool(bool),
    /// As it was written.
    Number(Vec<u8>),
    Name(Vec<u8>),
    Text(Vec<u8>),
    Array(Vec<Object>),
    Dict(Dict),
    /// The number of another object; only its last generation is read.
    Ref(u32),
}

/// Entries in the order of the file; of two with the same name the last counts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Dict(pub Vec<(Vec<u8>, Object)>);

impl Dict {
    pub fn get(&self, key: &[u8]) -> Option<&Object> {
        self.0.iter().rev().find(|(name, _)| name == key).map(|(_, value)| value)
    }

    pub fn name(&self, key: &[u8]) -> Option<&[u8]> {
        match self.get(key)? {
            Object::Name(name) => Some(name),
            _ => None,
        }
    }

    pub fn number(&self, key: &[u8]) -> Option<usize> {
        self.get(key)?.number()
    }

    pub fn set(&mut self, key: &[u8], value: Object) {
        self.0.retain(|(name, _)| name != key);
        self.0.push((key.to_vec(), value));
    }

    pub fn remove(&mut self, key: &[u8]) {
        self.0.retain(|(name, _)| name != key);
    }
}

impl Object {
    pub fn number(&self) -> Option<usize> {
        match self {
            Self::Number(text) => std::str::from_utf8(text).ok()?.parse().ok(),
            _ => None,
        }
    }
}

pub fn is_space(byte: u8) -> bool {
    matches!(byte, 0 | 9 | 10 | 12 | 13 | 32)
}

fn is_delimiter(byte: u8) -> bool {
    matches!(byte, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}

/// Reads objects out of bytes.
pub struct Reader<'b> {
    pub data: &'b [u8],
    pub at: usize,
}

impl<'b> Reader<'b> {
    pub fn new(data: &'b [u8], at: usize) -> Self {
        Self { data, at }
    }

    pub fn peek(&self) -> Option<u8> {
        self.data.get(self.at).copied()
    }

    pub fn rest(&self) -> &'b [u8] {
        self.data.get(self.at..).unwrap_or_default()
    }

    /// Past spaces and comments.
    pub fn skip(&mut self) {
        while let Some(byte) = self.peek() {
            if byte == b'%' {
                while self.peek().is_some_and(|byte| byte != b'\r' && byte != b'\n') {
                    self.at += 1;
                }
            } else if is_space(byte) {
                self.at += 1;
            } else {
                return;
            }
        }
    }

    /// Past a word, when it is there.
    pub fn word(&mut self, word: &[u8]) -> bool {
        let there = self.rest().starts_with(word);
        self.at += if there { word.len() } else { 0 };
        there
    }

    fn regular(&mut self) -> &'b [u8] {
        let rest = self.rest();
        let end = rest.iter().position(|byte| is_space(*byte) || is_delimiter(*byte)).unwrap_or(rest.len());
        self.at += end;
        rest.get(..end).unwrap_or_default()
    }

    /// A whole number without sign.
    pub fn whole(&mut self) -> Option<usize> {
        self.skip();
        let start = self.at;
        let digits = self.regular();
        let number = std::str::from_utf8(digits).ok().filter(|text| text.bytes().all(|b| b.is_ascii_digit()))?.parse();
        if number.is_err() {
            self.at = start;
        }
        number.ok()
    }

    /// `12 0 obj`: the number of the object that begins here.
    pub fn head(&mut self) -> Option<u32> {
        let number = u32::try_from(self.whole()?).ok()?;
        self.whole()?;
        self.skip();
        self.word(b"obj").then_some(number)
    }

    pub fn object(&mut self) -> Option<Object> {
        self.nested(0)
    }

    fn nested(&mut self, depth: u32) -> Option<Object> {
        if depth > DEEPEST {
            return None;
        }
        self.skip();
        match self.peek()? {
            b'/' => self.name().map(Object::Name),
            b'(' => self.literal().map(Object::Text),
            b'[' => {
                self.at += 1;
                let mut items = Vec::new();
                loop {
                    self.skip();
                    if self.word(b"]") {
                        return Some(Object::Array(items));
                    }
                    items.push(self.nested(depth + 1)?);
                }
            }
            b'<' if self.rest().starts_with(b"<<") => {
                self.at += 2;
                let mut entries = Vec::new();
                loop {
                    self.skip();
                    if self.word(b">>") {
                        return Some(Object::Dict(Dict(entries)));
                    }
                    entries.push((self.name()?, self.nested(depth + 1)?));
                }
            }
            b'<' => self.hexadecimal().map(Object::Text),
            b'0'..=b'9' | b'+' | b'-' | b'.' => self.number_or_reference(),
            _ => match self.regular() {
                b"true" => Some(Object::Bool(true)),
                b"false" => Some(Object::Bool(false)),
                b"null" => Some(Object::Null),
                _ => None,
            },
        }
    }

    fn number_or_reference(&mut self) -> Option<Object> {
        let text = self.regular();
        let is_number = text.iter().all(|byte| byte.is_ascii_digit() || matches!(byte, b'+' | b'-' | b'.'));
        if !is_number {
            return None;
        }
        let after = self.at;
        if let Some(number) = std::str::from_utf8(text).ok().and_then(|text| text.parse::<u32>().ok())
            && self.whole().is_some()
        {
            self.skip();
            if self.regular() == b"R" {
                return Some(Object::Ref(number));
            }
        }
        self.at = after;
        Some(Object::Number(text.to_vec()))
    }

    fn name(&mut self) -> Option<Vec<u8>> {
        if !self.word(b"/") {
            return None;
        }
        let raw = self.regular();
        let (mut name, mut at) = (Vec::with_capacity(raw.len()), 0);
        while let Some(byte) = raw.get(at) {
            let pair = raw.get(at + 1..at + 3).filter(|pair| *byte == b'#' && pair.iter().all(u8::is_ascii_hexdigit));
            let escaped =
                pair.and_then(|pair| std::str::from_utf8(pair).ok()).and_then(|pair| u8::from_str_radix(pair, 16).ok());
            name.push(escaped.unwrap_or(*byte));
            at += if escaped.is_some() { 3 } else { 1 };
        }
        Some(name)
    }

    fn literal(&mut self) -> Option<Vec<u8>> {
        self.at += 1;
        let (mut text, mut open) = (Vec::new(), 1_u32);
        loop {
            let byte = self.peek()?;
            self.at += 1;
            match byte {
                b'(' => open += 1,
                b')' if open == 1 => return Some(text),
                b')' => open -= 1,
                b'\\' => {
                    let escaped = self.peek()?;
                    self.at += 1;
                    match escaped {
                        b'n' => text.push(b'\n'),
                        b'r' => text.push(b'\r'),
                        b't' => text.push(b'\t'),
                        b'b' => text.push(8),
                        b'f' => text.push(12),
                        b'0'..=b'7' => {
                            let mut value = u32::from(escaped - b'0');
                            for _ in 0..2 {
                                if let Some(digit @ b'0'..=b'7') = self.peek() {
                                    value = value * 8 + u32::from(digit - b'0');
                                    self.at += 1;
                                }
                            }
                            text.push(u8::try_from(value & 0xff).unwrap_or_default());
                        }
                        // The line goes on.
                        b'\r' => drop(self.word(b"\n")),
                        b'\n' => {}
                        other => text.push(other),
                    }
                    continue;
                }
                _ => {}
            }
            text.push(byte);
        }
    }

    fn hexadecimal(&mut self) -> Option<Vec<u8>> {
        self.at += 1;
        let (mut text, mut half) = (Vec::new(), None);
        loop {
            let byte = self.peek()?;
            self.at += 1;
            if byte == b'>' {
                text.extend(half.map(|high: u8| high << 4));
                return Some(text);
            }
            if is_space(byte) {
                continue;
            }
            let digit = u8::try_from(char::from(byte).to_digit(16)?).ok()?;
            match half.take() {
                Some(high) => text.push((high << 4) | digit),
                None => half = Some(digit),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<Object> {
        Reader::new(text.as_bytes(), 0).object()
    }

    #[test]
    fn objects_are_read_as_the_standard_says() {
        let name = |text: &str| Object::Name(text.into());
        let number = |text: &str| Object::Number(text.into());
        assert_eq!(read(" % rien\n /A#20B"), Some(name("A B")));
        assert_eq!(read("(a\\(b(c)\\051\\\n)"), Some(Object::Text(b"a(b(c))".to_vec())));
        assert_eq!(read("<48 6>"), Some(Object::Text(b"H`".to_vec())));
        assert_eq!(read("12 0 R"), Some(Object::Ref(12)));
        assert_eq!(read("[12 0 -.5 R"), None);
        assert_eq!(read("[1 2 R 3 4]"), Some(Object::Array(vec![Object::Ref(1), number("3"), number("4")])));
        let Some(Object::Dict(dict)) = read("<</A/B/C<</D[true null]>>>>") else { panic!("a dictionary") };
        assert_eq!(dict.name(b"A"), Some(&b"B"[..]));
    }

    /// I06
    #[test]
    fn nesting_has_an_end() {
        assert_eq!(read(&"[".repeat(100_000)), None);
        assert_eq!(read(&"<</A".repeat(100_000)), None);
        assert!(read(&format!("{}{}", "[".repeat(60), "]".repeat(60))).is_some());
    }
}
