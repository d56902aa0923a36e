//! What a change of a form may not take away. The file is read as at the start; then it is held against the form in force
//! and against the rules that read it: a question that a rule, a column or the service itself uses never goes in silence.

use std::collections::BTreeSet;

use diesel::prelude::*;

use crate::app::Tx;
use crate::db::schema::policy_versions;
use crate::declarations::kind::{Field, Kind};
use crate::declarations::kind_check::{self, At, Found};
use crate::declarations::kind_file;
use crate::error::Result;
use crate::policy::file::{self, Problem, Problems};
use crate::policy::versions as policies;

/// Questions that the service itself knows by name, beside those that fill a column: what renews a declaration, fills the
/// relation of a showcase, counts the delay of the lobbyists’ registry or says what became of a gift.
const KNOWN: [(&str, &[&str]); 4] = [
    ("gift_declaration", &["under_contract", "direction", "final_disposition"]),
    (
        "business_relation",
        &[
            "nature",
            "initiated_by",
            "off_duty",
            "subject",
            "under_contract",
            "lobby_first_on",
            "lobbyist_type",
            "lobby_decision",
            "lobby_exclusion",
            "info_shared",
            "advantage_offered",
            "names_supervisor",
        ],
    ),
    ("event_request", &["under_contract", "was_useful"]),
    ("interest_declaration", &["under_contract", "type", "period", "until", "duties_since"]),
];

/// Reads a changed file against the form in force, the other kinds and the rules.
///
/// # Errors
/// The database does not answer; inside, every problem of the file with its line and its column.
pub fn read(tx: &mut Tx<'_>, in_force: &Kind, text: &str) -> Result<std::result::Result<Kind, Problems>> {
    const NAME: &str = "proposition.toml";
    let kind = match kind_file::parse(NAME, text) {
        Ok(kind) => kind,
        Err(problems) => return Ok(Err(problems)),
    };
    let versions = tx.book.catalogue.kinds();
    let now: Vec<&Kind> = versions.iter().map(|version| version.kind.as_ref()).collect();
    let then: Vec<&Kind> = now.iter().map(|other| if other.id == in_force.id { &kind } else { *other }).collect();
    let mut found = kind_check::problems(&kind, &then);
    // Drafts that other kinds open fill questions of this one.
    let others = then.iter().filter(|other| other.id != in_force.id);
    let broken = others
        .flat_map(|other| kind_check::problems(other, &then))
        .filter(|problem| matches!(problem.wrong.key, "form-link-target" | "form-link-widget" | "form-unknown-kind"));
    found.extend(broken.map(|problem| Found { at: At::Key("id"), ..problem }));
    found.extend(kept(in_force, &kind));
    for document in rules_to_come(tx)? {
        let before = file::read(NAME, &document, &now).err().map(|problems| problems.list).unwrap_or_default();
        let after = file::read(NAME, &document, &then).err().map(|problems| problems.list).unwrap_or_default();
        for problem in after.into_iter().filter(|problem| !before.contains(problem)) {
            let broken = of_rule(in_force, &kind, problem);
            if !found.contains(&broken) {
                found.push(broken);
            }
        }
    }
    let list = kind_file::located(text, found);
    Ok(if list.is_empty() { Ok(kind) } else { Err(Problems { file: NAME.to_owned(), list }) })
}

/// The rules in force, and those already adopted for a later day.
fn rules_to_come(tx: &mut Tx<'_>) -> Result<Vec<String>> {
    let today = tx.today();
    let in_force = policies::in_force(tx, today)?.id;
    let mut documents = vec![policies::document(tx, in_force)?];
    let later: Vec<String> = policy_versions::table
        .filter(policy_versions::effective.gt(today))
        .order(policy_versions::id)
        .select(policy_versions::document)
        .load(tx.conn)?;
    documents.extend(later);
    Ok(documents)
}

/// What a rule would say, where the change was made: in the page that lost the question, or at the top of the file.
fn of_rule(in_force: &Kind, changed: &Kind, problem: Problem) -> Found {
    let named = problem.wrong.args.iter().find(|(name, _)| *name == "name").map(|(_, value)| value.as_str());
    let lost = named.and_then(|name| at_loss(in_force, changed, name));
    Found { at: lost.unwrap_or(At::Key("id")), rule: problem.rule, wrong: problem.wrong }
}

/// Where a question, or the choice of a question, was lost.
fn at_loss(in_force: &Kind, changed: &Kind, name: &str) -> Option<At> {
    let name = name.strip_prefix("answers.").unwrap_or(name);
    let step = in_force.steps.iter().find(|step| step.fields.iter().any(|field| field.id == name));
    if let Some(step) = step.filter(|_| changed.field(name).is_none()) {
        return changed.steps.iter().any(|other| other.id == step.id).then(|| At::Step(step.id.clone()));
    }
    let offered = |kind: &Kind, id: &str| kind.field(id).is_some_and(|f| f.options.iter().any(|o| o.id == name));
    let of = in_force.fields().find(|field| offered(in_force, &field.id) && !offered(changed, &field.id))?;
    changed.field(&of.id).map(|field| At::Field(field.id.clone()))
}

/// What stays what it is: the name, the references and the confidentiality of the kind, the nature of a question, and the
/// questions that something beside the rules uses.
fn kept(before: &Kind, after: &Kind) -> Vec<Found> {
    let mut found = Vec::new();
    if before.id != after.id {
        found.push(Found::new(At::Key("id"), "form-fixed", &[("name", "id"), ("value", &before.id)]));
    }
    if before.prefix != after.prefix {
        found.push(Found::new(At::Key("prefix"), "form-fixed", &[("name", "prefix"), ("value", &before.prefix)]));
    }
    if before.class != after.class {
        found.push(Found::new(At::Key("class"), "form-fixed", &[("name", "class"), ("value", before.class.as_str())]));
    }
    for step in &before.steps {
        for field in &step.fields {
            let gone = after.steps.iter().find(|other| other.id == step.id);
            let at = gone.map_or(At::Key("id"), |step| At::Step(step.id.clone()));
            found.extend(kept_field(before, after, field, at));
        }
    }
    found
}

fn kept_field(before: &Kind, after: &Kind, field: &Field, at_step: At) -> Vec<Found> {
    let known = KNOWN.iter().any(|(kind, names)| *kind == before.id && names.contains(&field.id.as_str()));
    let name = ("name", field.id.as_str());
    let Some(now) = after.field(&field.id) else {
        let filled = field.fact.is_some_and(|fact| after.fields().any(|other| other.fact == Some(fact)));
        return match field.fact {
            Some(fact) if !filled => {
                let word = serde_json::to_value(fact).ok().and_then(|word| word.as_str().map(str::to_owned));
                vec![Found::new(at_step, "form-fact-gone", &[name, ("fact", &word.unwrap_or_default())])]
            }
            _ if known => vec![Found::new(at_step, "form-known-gone", &[name])],
            _ => Vec::new(),
        };
    };
    let at = || At::Field(field.id.clone());
    let mut found = Vec::new();
    if now.widget != field.widget {
        found.push(Found::new(at(), "form-widget", &[name]));
    }
    if now.fact != field.fact && field.fact.is_some() {
        found.push(Found::new(at(), "form-fact-moved", &[name]));
    }
    if now.class < field.class {
        found.push(Found::new(at(), "form-class-lowered", &[name]));
    }
    let offered: BTreeSet<&str> = now.options.iter().map(|choice| choice.id.as_str()).collect();
    if known {
        for lost in field.options.iter().filter(|choice| !offered.contains(choice.id.as_str())) {
            found.push(Found::new(at(), "form-known-choice-gone", &[name, ("value", &lost.id)]));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::KNOWN;
    use crate::config::Config;
    use crate::declarations::catalogue::kinds_of;

    #[test]
    fn every_question_that_the_service_knows_by_name_is_in_its_kind() {
        let kinds = kinds_of(&Config::load(None, &[], &[]).unwrap()).unwrap();
        for (kind, names) in KNOWN {
            let kind = kinds.iter().find(|found| found.id == kind).unwrap();
            for name in names {
                assert!(kind.field(name).is_some(), "{}: {name}", kind.id);
            }
        }
    }
}
