//! Rows of long lists. A page of fifty rows is mostly cells: they are filled straight into text, without becoming JSON
//! first, from the part of Handlebars they need: `{{cell}}`, `{{#if cell}}…{{else}}…{{/if}}`.

/// A row that gives its cells by name. An empty cell is false to `{{#if}}`.
pub trait Cells {
    /// The text of a cell, unescaped; `None` when there is no such cell.
    fn cell(&self, name: &str) -> Option<&str>;
}

/// The template of one row.
#[derive(Debug)]
pub struct RowTemplate {
    pieces: Vec<Piece>,
}

#[derive(Debug)]
enum Piece {
    Text(String),
    Cell(String),
    If { cell: String, then: Vec<Piece>, otherwise: Vec<Piece> },
}

impl RowTemplate {
    /// Reads a template.
    ///
    /// # Errors
    /// Says what is not understood: an unclosed tag, a helper, a partial.
    pub fn parse(source: &str) -> Result<Self, String> {
        let (pieces, end, rest) = pieces(source)?;
        if end.is_empty() && rest.is_empty() { Ok(Self { pieces }) } else { Err(format!("{end:?} without its start")) }
    }

    /// Appends one row.
    ///
    /// # Errors
    /// Names the cell that the row does not have.
    pub fn fill(&self, row: &impl Cells, out: &mut String) -> Result<(), String> {
        fill(&self.pieces, row, out)
    }
}

/// Pieces up to the end, `{{else}}` or `{{/if}}`: the pieces, which of the two it was, and what follows.
fn pieces(mut source: &str) -> Result<(Vec<Piece>, &str, &str), String> {
    let mut found = Vec::new();
    while let Some((text, after)) = source.split_once("{{") {
        if !text.is_empty() {
            found.push(Piece::Text(text.to_owned()));
        }
        let (tag, rest) = after.split_once("}}").ok_or("a tag is not closed")?;
        match tag.trim() {
            end @ ("else" | "/if") => return Ok((found, end, rest)),
            tag => match tag.strip_prefix("#if ") {
                Some(cell) => {
                    let (then, mut end, mut rest) = pieces(rest)?;
                    let mut otherwise = Vec::new();
                    if end == "else" {
                        (otherwise, end, rest) = pieces(rest)?;
                    }
                    if end != "/if" {
                        return Err(format!("{{{{#if {cell}}}}} is not closed"));
                    }
                    found.push(Piece::If { cell: cell.trim().to_owned(), then, otherwise });
                    source = rest;
                    continue;
                }
                None if is_name(tag) => found.push(Piece::Cell(tag.to_owned())),
                None => return Err(format!("{{{{{tag}}}}} is more than a row template understands")),
            },
        }
        source = rest;
    }
    if !source.is_empty() {
        found.push(Piece::Text(source.to_owned()));
    }
    Ok((found, "", ""))
}

fn is_name(tag: &str) -> bool {
    !tag.is_empty() && tag.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_')
}

fn fill(pieces: &[Piece], row: &impl Cells, out: &mut String) -> Result<(), String> {
    let cell = |name: &str| row.cell(name).ok_or_else(|| format!("a row has no cell {name:?}"));
    for piece in pieces {
        match piece {
            Piece::Text(text) => out.push_str(text),
            Piece::Cell(name) => escape(cell(name)?, out),
            Piece::If { cell: name, then, otherwise } => {
                fill(if cell(name)?.is_empty() { otherwise } else { then }, row, out)?;
            }
        }
    }
    Ok(())
}

/// Escapes as Handlebars does.
fn escape(text: &str, out: &mut String) {
    if text.bytes().any(|byte| matches!(byte, b'&' | b'<' | b'>' | b'"' | b'\'' | b'`' | b'=')) {
        out.push_str(&handlebars::html_escape(text));
    } else {
        out.push_str(text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Line(&'static str, &'static str);

    impl Cells for Line {
        fn cell(&self, name: &str) -> Option<&str> {
            match name {
                "subject" => Some(self.0),
                "due" => Some(self.1),
                _ => None,
            }
        }
    }

    fn filled(source: &str, line: &Line) -> Result<String, String> {
        let mut out = String::new();
        RowTemplate::parse(source)?.fill(line, &mut out)?;
        Ok(out)
    }

    /// O02
    #[test]
    fn cells_are_escaped_and_conditions_followed() {
        let source = "<td>{{subject}}</td><td>{{#if due}}{{due}}{{else}}–{{/if}}</td>";
        assert_eq!(filled(source, &Line("<b> & 'x'", "")).unwrap(), "<td>&lt;b&gt; &amp; &#x27;x&#x27;</td><td>–</td>");
        assert_eq!(filled(source, &Line("a", "demain")).unwrap(), "<td>a</td><td>demain</td>");
        assert_eq!(filled("{{#if due}}x{{/if}}y", &Line("a", "")).unwrap(), "y");
    }

    /// The same text as Handlebars itself makes.
    #[test]
    fn it_says_what_handlebars_says() {
        let source = "{{#if due}}{{#if subject}}{{subject}}{{else}}?{{/if}} {{due}}{{else}}{{subject}}{{/if}}.";
        for line in [Line("a=\"b\"", ""), Line("", "x`y"), Line("é < è", "1 & 2")] {
            let theirs = handlebars::Handlebars::new()
                .render_template(source, &serde_json::json!({ "subject": line.0, "due": line.1 }))
                .unwrap();
            assert_eq!(filled(source, &line).unwrap(), theirs);
        }
    }

    #[test]
    fn what_it_does_not_understand_is_an_error() {
        for source in
            ["{{subject", "{{#if due}}x", "x{{/if}}", "{{> partial}}", "{{t \"key\"}}", "{{#each x}}{{/each}}"]
        {
            assert!(RowTemplate::parse(source).is_err(), "{source}");
        }
        assert!(filled("{{other}}", &Line("", "")).is_err());
    }
}
