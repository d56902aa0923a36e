//! What changed since a decision, in the words of a letter (ux.md §4.5, E11). A letter lies in mailboxes that others open: what
//! somebody wrote, whom they name and the files joined are read in the service alone, and so is every answer that is more confidential
//! than its kind.

use super::answers::{Answers, Given};
use super::compare::{Change, Line, Piece, Side, compare};
use super::kind::{Field, Kind, Widget};
use crate::text::Language;
use crate::texts::{Arg, say};

/// One line for each answer that is not what it was: from what, to what.
pub fn in_words(
    kind: &Kind,
    (before, after): (&Answers, &Answers),
    given: Given<'_>,
    language: Language,
) -> Vec<String> {
    compare(Side { kind, answers: before }, Side { kind, answers: after }, given, language)
        .iter()
        .filter(|line| line.change != Change::Same)
        .filter_map(|line| Some(told(kind.field(&line.field)?, line, language)))
        .collect()
}

fn told(field: &Field, line: &Line, language: Language) -> String {
    let key = match line.change {
        _ if !is_chosen(field) => "letter-change-unsaid",
        Change::Same | Change::Changed => "letter-change-from-to",
        Change::Added => "letter-change-added",
        Change::Removed => "letter-change-removed",
    };
    let text = |pieces: &[Piece]| {
        let whole: String = pieces.iter().map(|piece| piece.text.as_str()).collect();
        Arg::from(whole.replace('\n', ", "))
    };
    let args =
        [("label", Arg::from(line.label.as_str())), ("before", text(&line.before)), ("after", text(&line.after))];
    say(language, key, &args)
}

/// An answer that is chosen or counted, never written.
fn is_chosen(field: &Field) -> bool {
    let chosen = match field.widget {
        Widget::Choice | Widget::Choices | Widget::YesNo | Widget::Checkbox | Widget::Date | Widget::Money => true,
        Widget::Text
        | Widget::Longtext
        | Widget::Lines
        | Widget::Company
        | Widget::Contacts
        | Widget::Persons
        | Widget::Attachment => false,
    };
    chosen && field.class.is_none()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::declarations::catalogue::kinds_of;

    fn answers(text: &str) -> Answers {
        serde_json::from_str(text).unwrap()
    }

    #[test]
    fn what_was_chosen_is_told_from_and_to_and_what_was_written_is_named_alone() {
        let kinds = kinds_of(&Config::defaults().unwrap()).unwrap();
        let kind = kinds.iter().find(|kind| kind.id == "event_request").unwrap();
        let given = Given { today: "2026-12-15".parse().unwrap(), regime: "", position: "" };
        let before = answers(r#"{"was_useful":"yes","received_anything":false}"#);
        let after = answers(
            r#"{"was_useful":"partly","received_anything":true,"received_details":"Un sac","names_supervisor":true}"#,
        );
        let lines = in_words(kind, (&before, &after), given, Language::Fr);
        let says = |part: &str| lines.iter().any(|line| line.contains(part));
        assert!(says("Oui → En partie") && says("Non → Oui"), "{lines:?}");
        let label = |id: &str| kind.field(id).unwrap().label.get(Language::Fr);
        for id in ["received_details", "names_supervisor"] {
            let line = lines.iter().find(|line| line.contains(label(id))).unwrap();
            assert!(line.ends_with("à lire dans le dossier"), "{line}");
        }
        assert!(!says("Un sac"), "{lines:?}");
        assert!(in_words(kind, (&after, &after), given, Language::Fr).is_empty());
    }
}
