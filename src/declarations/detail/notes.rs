//! The forms of the page whose box has the same name, `note`: each comes back with its own words and its own error, and no other.

use serde::Serialize;

use crate::declarations::answers::Form;
use crate::error::FieldError;
use crate::text::Language;
use crate::web::problems::field_message;

/// What was typed in the box of one form, and what is wrong with it.
#[derive(Debug, Clone, Default, Serialize)]
pub struct NoteView {
    pub text: String,
    pub error: Option<String>,
}

/// One of each. The names are the ids of the boxes, but for `go_on` (`go-on`).
#[derive(Debug, Clone, Default, Serialize)]
pub struct Notes {
    pub go_on: NoteView,
    pub examen: NoteView,
    pub note: NoteView,
    pub seek: NoteView,
    pub contest: NoteView,
    pub why: NoteView,
    pub closing: NoteView,
    pub withdrawal: NoteView,
}

/// The id of the box of the form that is sent to an address.
pub fn box_of(address: &str) -> Option<&'static str> {
    let path = address.split('?').next().unwrap_or_default();
    Some(match path.rsplit('/').next()? {
        "suite" => "go-on",
        "examen" => "examen",
        "avis" => "note",
        "direction" => "seek",
        "contestation" => "contest",
        "reaffectation" => "why",
        "fermeture" => "closing",
        "retrait" => "withdrawal",
        _ => return None,
    })
}

/// Errors of the form that was sent, on its own box: the summary leads there.
pub fn on_its_box(errors: &[FieldError], sent: Option<&'static str>) -> Vec<FieldError> {
    let Some(id) = sent else { return errors.to_vec() };
    let is_of_the_box = |error: &FieldError| matches!(error.field.as_str(), "note" | "reason" | "outcome");
    let placed = |error: &FieldError| if is_of_the_box(error) { id.to_owned() } else { error.field.clone() };
    errors.iter().map(|error| FieldError { field: placed(error), ..error.clone() }).collect()
}

impl Notes {
    /// From the form that was sent, and its errors where [`on_its_box`] put them.
    pub fn of(sent: Option<&'static str>, form: &Form, errors: &[FieldError], language: Language) -> Self {
        let mut notes = Self::default();
        let Some(id) = sent else { return notes };
        let text = form.iter().find(|(name, _)| name == "note").map(|(_, value)| value.clone()).unwrap_or_default();
        let error = errors.iter().find(|error| error.field == id).map(|error| field_message(error, language));
        let view = NoteView { text, error };
        match id {
            "go-on" => notes.go_on = view,
            "examen" => notes.examen = view,
            "note" => notes.note = view,
            "seek" => notes.seek = view,
            "contest" => notes.contest = view,
            "why" => notes.why = view,
            "closing" => notes.closing = view,
            _ => notes.withdrawal = view,
        }
        notes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_form_has_its_own_words_and_its_own_error() {
        let form: Form = vec![("note".into(), "Absence".into()), ("to".into(), "Personne".into())];
        let sent = box_of("/d/CAD-2026-000001/reaffectation?x=1");
        let errors =
            on_its_box(&[FieldError::new("note", "error-reason"), FieldError::new("to", "error-person-unknown")], sent);
        assert_eq!(errors.iter().map(|error| error.field.as_str()).collect::<Vec<_>>(), ["why", "to"]);
        let notes = Notes::of(sent, &form, &errors, Language::Fr);
        assert_eq!((notes.why.text.as_str(), notes.why.error.is_some()), ("Absence", true));
        // What was typed there is no opinion that the declarant would read.
        assert_eq!((notes.note.text.as_str(), notes.note.error.is_none()), ("", true));
        assert_eq!(box_of("/d/CAD-2026-000001/decision"), None);
    }
}
