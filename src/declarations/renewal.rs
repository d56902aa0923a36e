//! Yearly renewal of interests, and confirmation after a change of duties or of supervisor: what was declared comes back
//! as cards, each « inchangé », « modifié » or « terminé », none preset (ux.md W4).

use actix_web::{HttpResponse, web};
use diesel::dsl::{exists, not};
use diesel::prelude::*;
use serde::Serialize;
use serde_json::{Value, json};

use super::answers::{Answers, Form};
use super::form::{ErrorView, named_error_views};
use super::kind::{Fact, Kind, Widget};
use super::posts::one;
use super::store::Declaration;
use super::workflow::State;
use super::{actions, drafts};
use crate::access::Actor;
use crate::app::Tx;
use crate::clock::local_date;
use crate::db::conn::each_engine;
use crate::db::schema::declarations;
use crate::error::{Error, FieldError, Result};
use crate::formats::format_date_long;
use crate::people::{PersonId, confirmations};
use crate::text::Language;
use crate::texts::{Arg, say};
use crate::web::Visit;
use crate::web::page::{Page, see_other};
use crate::web::problems::field_message;

/// The kind that is renewed.
pub const KIND: &str = "interest_declaration";
/// Where the answers keep that an interest ended with this declaration: it comes back no more.
const ENDED: &str = "_ended";
/// Most interests that one person keeps alive.
const MOST: i64 = 100;

diesel::alias!(declarations as later: Later);

/// What the person says of one interest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said {
    Unchanged,
    Changed,
    Ended,
}

impl Said {
    fn parse(text: &str) -> Option<Self> {
        match text {
            "unchanged" => Some(Self::Unchanged),
            "changed" => Some(Self::Changed),
            "ended" => Some(Self::Ended),
            _ => None,
        }
    }
}

/// Interests that a person declared and that no later declaration renewed or ended, last filed first.
pub fn items(tx: &mut Tx<'_>, person: PersonId) -> Result<Vec<Declaration>> {
    let found: Vec<Declaration> = each_engine!(tx.conn, conn => declarations::table
        .filter(declarations::declarant_id.eq(person))
        .filter(declarations::first_filed_at.is_not_null())
        .filter(declarations::kind.eq(KIND))
        .filter(declarations::state.ne(State::Withdrawn.as_str()))
        .filter(not(exists(
            later
                .filter(later.field(declarations::origin_id).eq(declarations::id.nullable()))
                .filter(later.field(declarations::first_filed_at).is_not_null())
                .filter(later.field(declarations::state).ne(State::Withdrawn.as_str())),
        )))
        .order((declarations::first_filed_at.desc(), declarations::id.desc()))
        .limit(MOST)
        .select(Declaration::as_select())
        .load(conn))?;
    let mut kept = Vec::new();
    for declaration in found {
        if !is_over(&declaration.answers()?) {
            kept.push(declaration);
        }
    }
    Ok(kept)
}

/// A later declaration says what became of this interest.
pub fn is_renewed(tx: &mut Tx<'_>, declaration: i64) -> Result<bool> {
    let filed: i64 = declarations::table
        .filter(declarations::origin_id.eq(declaration))
        .filter(declarations::kind.eq(KIND))
        .filter(declarations::first_filed_at.is_not_null())
        .filter(declarations::state.ne(State::Withdrawn.as_str()))
        .count()
        .get_result(tx.conn)?;
    Ok(filed > 0)
}

/// Nothing declared, or an interest that ended with the declaration.
pub fn is_over(answers: &Answers) -> bool {
    answers.text("type") == "nil" || !answers.get(ENDED).is_null()
}

/// What a renewal did.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Renewed {
    /// References filed.
    pub filed: Vec<String>,
    /// Keys of drafts left to complete.
    pub drafts: Vec<String>,
}

/// Confirms, changes or ends each interest. What is unchanged is filed again at once; what changed or ended opens a
/// draft with what is known.
///
/// # Errors
/// An item without an answer, or no attestation: nothing is done.
pub fn renew(tx: &mut Tx<'_>, actor: &Actor, said: &[(String, Option<Said>)], attested: bool) -> Result<Renewed> {
    let items = items(tx, actor.person)?;
    let of = |item: &Declaration| said.iter().find(|(slug, _)| slug == item.slug()).and_then(|(_, said)| *said);
    let mut errors: Vec<FieldError> = items
        .iter()
        .filter(|item| of(item).is_none())
        .map(|item| FieldError::new(format!("item-{}", item.slug()), "error-renewal-item"))
        .collect();
    if !attested {
        errors.push(FieldError::new("attestation", "error-attestation"));
    }
    if !errors.is_empty() {
        return Err(Error::Invalid(errors));
    }
    let mut done = Renewed::default();
    for item in items {
        let Some(said) = of(&item) else { continue };
        let kind = tx.book.catalogue.version(item.kind_version_id)?;
        let known = carried(&kind, item.answers()?, said);
        let draft = drafts::renew(tx, actor, KIND, &known, item.id)?;
        let filed = match said {
            Said::Unchanged => match actions::submit(tx, actor, &draft.key, true) {
                // The form asks for something more than last year: the person completes it.
                Err(Error::Invalid(_)) => None,
                other => Some(other?),
            },
            Said::Changed | Said::Ended => None,
        };
        match filed.and_then(|filed| filed.reference) {
            Some(reference) => done.filed.push(reference),
            None => done.drafts.push(draft.key),
        }
    }
    settle(tx, actor.person)?;
    Ok(done)
}

/// Somebody filed an interest, or that they have none: when nothing older is left to say again, what they were asked to
/// confirm is confirmed. A draft is not filed: it confirms nothing.
pub fn settle(tx: &mut Tx<'_>, person: PersonId) -> Result<()> {
    if confirmations::open(tx, person)?.iter().all(|asked| asked.cause == confirmations::Cause::Departure.as_str()) {
        return Ok(());
    }
    let oldest = items(tx, person)?.iter().filter_map(|item| item.first_filed_at).min();
    confirmations::settle(tx, person, oldest)
}

/// The answers that come back; files stay with the declaration they were joined to.
fn carried(kind: &Kind, mut answers: Answers, said: Said) -> Answers {
    for field in kind.fields().filter(|field| field.widget == Widget::Attachment) {
        answers.set(&field.id, Value::Null);
    }
    answers.set(super::filing::SUPERVISOR_NOTE, Value::Null);
    answers.set("duties_since", Value::Null);
    match said {
        Said::Unchanged | Said::Changed => answers.set("type", "annual".into()),
        Said::Ended => {
            answers.set("type", "update".into());
            answers.set("period", "past".into());
            answers.set("until", Value::Null);
            answers.set(ENDED, json!(true));
        }
    }
    answers
}

#[derive(Serialize)]
struct RenewalPage {
    asked: Vec<String>,
    cards: Vec<Card>,
    nothing_action: String,
    errors: Vec<ErrorView>,
    attestation_error: Option<String>,
    attested: bool,
}

#[derive(Serialize)]
struct Card {
    name: String,
    href: String,
    title: String,
    facts: Vec<Pair>,
    choices: Vec<Choice>,
    error: Option<String>,
}

#[derive(Serialize)]
struct Pair {
    label: String,
    value: String,
}

#[derive(Serialize)]
struct Choice {
    id: String,
    value: &'static str,
    label: String,
    checked: bool,
}

/// `GET /annuelle`
pub async fn show(visit: Visit) -> Result<HttpResponse> {
    render(&visit, &Vec::new(), &[]).await
}

async fn render(visit: &Visit, form: &Form, errors: &[FieldError]) -> Result<HttpResponse> {
    let (actor, language) = (visit.actor()?, visit.language);
    let (form, errors) = (form.clone(), errors.to_vec());
    let failed = !errors.is_empty();
    let content = visit.app.read(move |tx| content(tx, &actor, &form, &errors, language)).await?;
    Page::titled(visit, "renewal-title").with_errors(failed).render("pages/declarations/renewal", &content)
}

fn content(
    tx: &mut Tx<'_>,
    actor: &Actor,
    form: &Form,
    errors: &[FieldError],
    language: Language,
) -> Result<RenewalPage> {
    let message = |field: &str| errors.iter().find(|e| e.field == field).map(|e| field_message(e, language));
    let mut cards = Vec::new();
    for item in items(tx, actor.person)? {
        let kind = tx.book.catalogue.version(item.kind_version_id)?;
        let answers = item.answers()?;
        let name = format!("item-{}", item.slug());
        let said = one(form, &name);
        let filed_on = item.first_filed_at.map_or(tx.today(), |at| local_date(at, tx.zone()));
        let mut facts: Vec<Pair> = kind
            .fields()
            .filter(|field| {
                matches!(field.fact, Some(Fact::Category | Fact::OccurredOn | Fact::OccurredUntil | Fact::Company))
            })
            .map(|field| Pair {
                label: field.label.get(language).to_owned(),
                value: super::answers::lines(field, answers.get(&field.id), language).join(", "),
            })
            .filter(|pair| !pair.value.is_empty())
            .collect();
        facts.push(Pair { label: say(language, "renewal-filed", &[]), value: format_date_long(filed_on, language) });
        let choices = [("unchanged", "renewal-unchanged"), ("changed", "renewal-changed"), ("ended", "renewal-ended")]
            .into_iter()
            .map(|(value, key)| Choice {
                id: format!("{name}-{value}"),
                value,
                label: say(language, key, &[]),
                checked: said == value,
            })
            .collect();
        cards.push(Card {
            href: format!("/d/{}", item.slug()),
            title: item.company_name.clone().unwrap_or_else(|| kind.title.get(language).to_owned()),
            facts,
            choices,
            error: message(&name),
            name,
        });
    }
    let asked = confirmations::open(tx, actor.person)?
        .into_iter()
        .filter(|asked| asked.cause != confirmations::Cause::Departure.as_str())
        .map(|asked| {
            let date = format_date_long(asked.due_on, language);
            say(language, &format!("confirm-asked-{}", asked.cause), &[("date", Arg::from(date))])
        })
        .collect();
    let named = |field: &str| cards.iter().find(|card| card.name == field).map(|card| card.title.clone());
    let errors = named_error_views(errors, language, named);
    Ok(RenewalPage {
        asked,
        cards,
        nothing_action: format!("/declarer/{KIND}/rien"),
        errors,
        attestation_error: message("attestation"),
        attested: !one(form, "attestation").is_empty(),
    })
}

/// `POST /annuelle`
pub async fn post(visit: Visit, form: web::Form<Form>) -> Result<HttpResponse> {
    let form = form.into_inner();
    let said: Vec<(String, Option<Said>)> = form
        .iter()
        .filter_map(|(name, value)| Some((name.strip_prefix("item-")?.to_owned(), Said::parse(value))))
        .collect();
    let attested = !one(&form, "attestation").is_empty();
    let actor = visit.actor()?;
    let done = visit.app.write(move |tx| renew(tx, &actor, &said, attested)).await;
    match done {
        Ok(done) => Ok(match done.drafts.first() {
            Some(draft) => see_other(&format!("/brouillons/{draft}"), Some("flash-renewed-in-part")),
            None => see_other("/mes-declarations", Some("flash-renewed")),
        }),
        Err(Error::Invalid(errors)) => render(&visit, &form, &errors).await,
        Err(error) => Err(error),
    }
}
