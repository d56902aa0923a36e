//! A page of a form changed without writing its file: its words, what must be answered, the order of its questions,
//! choices added and retired, a question added. The rest of the file, its comments and its order stay.

use toml_edit::{Array, ArrayOfTables, DocumentMut, InlineTable, Item, Table, Value, value};

use crate::db::search::fold;
use crate::declarations::answers::Form;
use crate::declarations::kind::{Kind, Requirement, Step};
use crate::error::{Error, FieldError, Result};

/// The natures of a question that can be added without writing the file: nothing else is needed to ask them.
pub const ADDED: [&str; 4] = ["text", "longtext", "yes_no", "date"];

/// Longest text of a form, in characters.
const LONGEST: usize = 1000;

/// The file with one of its pages changed as a form says. `kind` is what the file is now.
///
/// # Errors
/// [`Error::Invalid`] beside each field to put right.
pub fn apply(document: &str, kind: &Kind, step: &Step, form: &Form) -> Result<String> {
    let errors = wrong(step, form);
    if !errors.is_empty() {
        return Err(Error::Invalid(errors));
    }
    let broken = || Error::NotPossible("not-possible-policy-problems");
    let mut file: DocumentMut = document.parse().map_err(|_| broken())?;
    let steps = file.get_mut("step").and_then(Item::as_array_of_tables_mut).ok_or_else(broken)?;
    let table = steps.iter_mut().find(|table| is_called(table, &step.id)).ok_or_else(broken)?;
    for key in ["title", "hint", "why"] {
        set_text(table, key, typed(form, &format!("{key}-fr")), typed(form, &format!("{key}-en")));
    }
    let fields = table.get_mut("field").and_then(Item::as_array_of_tables_mut).ok_or_else(broken)?;
    for field in &step.fields {
        let Some(table) = fields.iter_mut().find(|table| is_called(table, &field.id)) else { continue };
        let of = |part: &str| typed(form, &format!("q-{}-{part}", field.id));
        set_text(table, "label", of("label-fr"), of("label-en"));
        set_text(table, "hint", of("hint-fr"), of("hint-en"));
        if let (Requirement::Always(was), Some(now)) = (&field.required, of("required")) {
            let now = now == "yes";
            if *was != now {
                table.insert("required", value(now));
            }
        }
        if let Some(choices) = table.get_mut("options").and_then(Item::as_array_mut) {
            set_choices(choices, &field.id, form);
        }
    }
    reorder(fields, form);
    let label = typed(form, "new-label-fr").unwrap_or_default();
    if !label.is_empty() {
        let known: Vec<&str> = kind.fields().map(|field| field.id.as_str()).collect();
        fields.push(question(&label, &known, form));
    }
    Ok(file.to_string())
}

/// What was typed in a field; nothing when the form does not have it.
fn typed(form: &Form, name: &str) -> Option<String> {
    let found = form.iter().find(|(field, _)| field == name)?;
    Some(found.1.replace("\r\n", "\n").replace('\0', "").trim().to_owned())
}

/// Texts that must be there are, and none is too long.
fn wrong(step: &Step, form: &Form) -> Vec<FieldError> {
    let mut needed = vec!["title-fr".to_owned()];
    for field in &step.fields {
        needed.push(format!("q-{}-label-fr", field.id));
        needed.extend(field.options.iter().map(|choice| format!("o-{}-{}-fr", field.id, choice.id)));
    }
    let empty = |name: &String| typed(form, name).is_some_and(|text| text.is_empty());
    let mut errors: Vec<FieldError> =
        needed.iter().filter(|name| empty(name)).map(|name| FieldError::new(name, "form-needs-french")).collect();
    let long = form.iter().filter(|(name, text)| name != "document" && text.chars().count() > LONGEST);
    errors.extend(long.map(|(name, _)| FieldError::with(name, "error-too-long", LONGEST)));
    errors
}

fn is_called(table: &Table, id: &str) -> bool {
    table.get("id").and_then(Item::as_str) == Some(id)
}

fn both_languages(french: &str, english: Option<&str>) -> InlineTable {
    let mut text = InlineTable::new();
    text.insert("fr", french.into());
    if let Some(english) = english.filter(|text| !text.is_empty()) {
        text.insert("en", english.into());
    }
    text
}

/// Writes a text where it changed; one without French is taken away.
fn set_text(table: &mut Table, key: &str, french: Option<String>, english: Option<String>) {
    let Some(french) = french else { return };
    let read = |language: &str| {
        let item = table.get(key)?;
        let plain = item.as_str().filter(|_| language == "fr");
        plain.or_else(|| item.get(language)?.as_str()).map(str::to_owned)
    };
    let (was, english_was) = (read("fr").unwrap_or_default(), read("en").unwrap_or_default());
    let english = english.unwrap_or_else(|| english_was.clone());
    if was == french && english_was == english {
        return;
    }
    if french.is_empty() {
        table.remove(key);
        return;
    }
    table.insert(key, value(both_languages(&french, Some(&english))));
}

/// Choices renamed, retired and added, in the inline list of a question.
fn set_choices(choices: &mut Array, field: &str, form: &Form) {
    let id = |choice: &Value| {
        choice.as_inline_table().and_then(|table| table.get("id")).and_then(Value::as_str).unwrap_or("").to_owned()
    };
    choices
        .retain(|choice| typed(form, &format!("o-{field}-{}-retire", id(choice))).is_none_or(|tick| tick.is_empty()));
    for choice in choices.iter_mut() {
        let name = id(choice);
        let Some(french) = typed(form, &format!("o-{field}-{name}-fr")) else { continue };
        let english = typed(form, &format!("o-{field}-{name}-en"));
        let Some(table) = choice.as_inline_table_mut() else { continue };
        let label = table.get("label");
        let said = |language: &str| {
            let label = label?;
            let plain = label.as_str().filter(|_| language == "fr");
            plain.or_else(|| label.as_inline_table()?.get(language)?.as_str()).map(str::to_owned)
        };
        if said("fr").as_deref() != Some(&french)
            || said("en").unwrap_or_default() != english.clone().unwrap_or_default()
        {
            table.insert("label", Value::InlineTable(both_languages(&french, english.as_deref())));
        }
    }
    let french = typed(form, &format!("q-{field}-new-fr")).unwrap_or_default();
    if french.is_empty() {
        return;
    }
    let known: Vec<String> = choices.iter().map(id).collect();
    let known: Vec<&str> = known.iter().map(String::as_str).collect();
    let mut choice = InlineTable::new();
    choice.insert("id", name_of(&french, &known).into());
    let english = typed(form, &format!("q-{field}-new-en"));
    choice.insert("label", Value::InlineTable(both_languages(&french, english.as_deref())));
    let mut choice = Value::InlineTable(choice);
    // Under the others, as somebody would have written it.
    choice.decor_mut().set_prefix("\n    ");
    choices.push_formatted(choice);
    choices.set_trailing_comma(true);
    choices.set_trailing("\n");
}

/// Puts the questions in the order of the numbers typed beside them.
fn reorder(fields: &mut ArrayOfTables, form: &Form) {
    let mut placed: Vec<(usize, usize, Table)> = fields
        .iter()
        .enumerate()
        .map(|(place, table)| {
            let id = table.get("id").and_then(Item::as_str).unwrap_or("");
            let wanted = typed(form, &format!("q-{id}-place")).and_then(|text| text.parse().ok()).unwrap_or(place + 1);
            (wanted, place, table.clone())
        })
        .collect();
    placed.sort_by_key(|(wanted, place, _)| (*wanted, *place));
    if placed.iter().enumerate().all(|(now, (_, place, _))| now == *place) {
        return;
    }
    // A table is written where its place in the file says: the places stay, the tables move.
    let places: Vec<_> = fields.iter().map(Table::position).collect();
    fields.clear();
    for ((_, _, mut table), place) in placed.into_iter().zip(places) {
        table.set_position(place);
        fields.push(table);
    }
}

fn question(label: &str, known: &[&str], form: &Form) -> Table {
    let mut table = Table::new();
    table.insert("id", value(name_of(label, known)));
    let widget = typed(form, "new-widget").filter(|widget| ADDED.contains(&widget.as_str()));
    table.insert("widget", value(widget.unwrap_or_else(|| "text".to_owned())));
    let english = typed(form, "new-label-en");
    table.insert("label", value(both_languages(label, english.as_deref())));
    if typed(form, "new-required").is_some_and(|tick| !tick.is_empty()) {
        table.insert("required", value(true));
    }
    table
}

/// A name for something added, from its label, that nothing has yet.
fn name_of(label: &str, known: &[&str]) -> String {
    const LONGEST_NAME: usize = 40;
    let folded = fold(label);
    let words = folded.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let mut name = String::new();
    for word in words {
        if name.len() + word.len() >= LONGEST_NAME {
            break;
        }
        if !name.is_empty() {
            name.push('_');
        }
        name.push_str(word);
    }
    if !name.starts_with(|c: char| c.is_ascii_lowercase()) {
        name.insert_str(0, "x_");
    }
    let mut free = name.clone();
    let mut number = 2;
    while known.contains(&free.as_str()) {
        free = format!("{name}_{number}");
        number += 1;
    }
    free
}
