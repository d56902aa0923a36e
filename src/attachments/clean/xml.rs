//! XML written again tag by tag: each opening tag is shown to a rule, that keeps it, changes its attributes, or drops it
//! with all it holds. Comments and processing instructions go; a document type is refused, since it can make text out of
//! other files, or a lot out of little.

/// An attribute as it was written: its value keeps its quotes and its references.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribute<'x> {
    pub name: &'x str,
    pub value: std::borrow::Cow<'x, str>,
}

/// An opening tag.
#[derive(Debug)]
pub struct Tag<'x> {
    pub name: &'x str,
    pub attributes: Vec<Attribute<'x>>,
    empty: bool,
}

impl<'x> Tag<'x> {
    /// The name without its prefix.
    pub fn local(&self) -> &'x str {
        local(self.name)
    }

    pub fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|attribute| attribute.name == name).map(|attribute| attribute.value.as_ref())
    }

    pub fn set(&mut self, name: &str, value: &str) {
        if let Some(attribute) = self.attributes.iter_mut().find(|attribute| attribute.name == name) {
            attribute.value = value.to_owned().into();
        }
    }
}

/// A name without its prefix.
pub fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

/// The document without what the rule drops: it answers false for a tag that goes. Nothing when it is not XML.
pub fn rewrite(text: &str, rule: &mut dyn FnMut(&mut Tag<'_>) -> bool) -> Option<String> {
    let mut rest = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut out = String::with_capacity(rest.len());
    let mut open: Vec<&str> = Vec::new();
    let mut roots = 0;
    // How many tags were open when the one being dropped began.
    let mut dropped: Option<usize> = None;
    while let Some(at) = rest.find('<') {
        let (before, tag) = rest.split_at(at);
        if open.is_empty() && !before.trim().is_empty() {
            return None;
        }
        if dropped.is_none() {
            out.push_str(before);
        }
        if let Some(comment) = tag.strip_prefix("<!--") {
            rest = after(comment, "-->")?;
        } else if let Some(raw) = tag.strip_prefix("<![CDATA[") {
            let (raw, next) = raw.split_once("]]>")?;
            if dropped.is_none() {
                out.push_str(&format!("<![CDATA[{raw}]]>"));
            }
            rest = next;
        } else if let Some(instruction) = tag.strip_prefix("<?") {
            let (instruction, next) = instruction.split_once("?>")?;
            if instruction.starts_with("xml ") && out.is_empty() {
                out.push_str(&format!("<?{instruction}?>"));
            }
            rest = next;
        } else if tag.starts_with("<!") {
            return None;
        } else if let Some(closing) = tag.strip_prefix("</") {
            let (name, next) = closing.split_once('>')?;
            if open.pop()? != name.trim_end() {
                return None;
            }
            match dropped {
                Some(depth) if depth == open.len() => dropped = None,
                Some(_) => {}
                None => out.push_str(&format!("</{name}>")),
            }
            rest = next;
        } else {
            let (mut opening, next) = read(tag.strip_prefix('<')?)?;
            roots += usize::from(open.is_empty());
            let keep = dropped.is_none() && rule(&mut opening);
            if keep {
                write(&opening, &mut out);
            }
            if !opening.empty {
                if !keep && dropped.is_none() {
                    dropped = Some(open.len());
                }
                open.push(opening.name);
            }
            rest = next;
        }
    }
    (open.is_empty() && roots == 1 && rest.trim().is_empty()).then_some(out)
}

fn after<'x>(text: &'x str, end: &str) -> Option<&'x str> {
    text.split_once(end).map(|(_, rest)| rest)
}

/// A tag after its `<`, and what follows it.
fn read(text: &str) -> Option<(Tag<'_>, &str)> {
    let end = text.find(|c: char| c.is_ascii_whitespace() || c == '>' || c == '/')?;
    let (name, mut rest) = text.split_at(end);
    if name.is_empty() {
        return None;
    }
    let mut attributes = Vec::new();
    loop {
        rest = rest.trim_start();
        if let Some(next) = rest.strip_prefix("/>") {
            return Some((Tag { name, attributes, empty: true }, next));
        }
        if let Some(next) = rest.strip_prefix('>') {
            return Some((Tag { name, attributes, empty: false }, next));
        }
        let (name, value) = rest.split_once('=')?;
        let value = value.trim_start();
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let (value, next) = value.get(1..)?.split_once(quote)?;
        let name = name.trim_end();
        if name.is_empty() || name.contains(|c: char| c.is_ascii_whitespace() || matches!(c, '<' | '>')) {
            return None;
        }
        // Written back between double quotes.
        attributes.push(Attribute { name, value: value.replace('"', "&quot;").into() });
        rest = next;
    }
}

fn write(tag: &Tag<'_>, out: &mut String) {
    out.push('<');
    out.push_str(tag.name);
    for attribute in &tag.attributes {
        out.push_str(&format!(" {}=\"{}\"", attribute.name, attribute.value));
    }
    out.push_str(if tag.empty { "/>" } else { ">" });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_rule_keeps_comes_back_as_it_was() {
        let text = "<?xml version=\"1.0\"?><a b=\"1 &lt; 2\"><c/>un <d e=\"é\">deux</d><![CDATA[<x>]]></a>";
        assert_eq!(rewrite(text, &mut |_| true).as_deref(), Some(text));
    }

    #[test]
    fn a_tag_goes_with_all_it_holds_and_comments_too() {
        let text = "<a><!-- qui --><b><b>x</b>y</b><?mso z?>z<c d=\"e\"/></a>";
        let cleaned = rewrite(text, &mut |tag| {
            tag.attributes.clear();
            tag.name != "b"
        });
        assert_eq!(cleaned.as_deref(), Some("<a>z<c/></a>"));
    }

    #[test]
    fn what_is_not_well_formed_or_defines_entities_is_refused() {
        for text in [
            "<a>",
            "<a></b>",
            "</a>",
            "<a b=c/>",
            "<!DOCTYPE a [<!ENTITY x \"y\">]><a>&x;</a>",
            "<a",
            "<a b='",
            "",
            "a",
            "<a/>b",
            "<a/><b/>",
        ] {
            assert_eq!(rewrite(text, &mut |_| true), None, "{text}");
        }
    }
}
