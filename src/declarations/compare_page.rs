//! Two versions side by side: those of one file, and the declaration that this one follows.

use actix_web::{HttpResponse, web};
use serde::Serialize;

use super::compare::{Change, Line, Piece, Side, compare};
use super::store::{Authorized, Declaration};
use super::versions::{self, Version};
use super::{filing, reading};
use crate::access::{Action, Actor, require};
use crate::app::Tx;
use crate::clock::local_date;
use crate::error::{Error, Result};
use crate::formats::format_date_long;
use crate::text::Language;
use crate::texts::{Arg, say};
use crate::web::Visit;
use crate::web::page::Page;

#[derive(Serialize)]
struct ComparePage {
    action: String,
    heading: String,
    befores: Vec<Pick>,
    afters: Vec<Pick>,
    lead: String,
    lines: Vec<LineView>,
    before: String,
    after: String,
    /// Shows every answer, or only what changed.
    whole: bool,
    switch_href: Option<String>,
    /// What changed in the file that this one follows is read there.
    origin_href: Option<String>,
    state: &'static str,
}

#[derive(Serialize)]
struct Pick {
    value: String,
    label: String,
    selected: bool,
}

#[derive(Serialize)]
struct LineView {
    label: String,
    change: &'static str,
    change_label: String,
    before: Vec<Piece>,
    after: Vec<Piece>,
}

/// What the address asks.
#[derive(Debug, Clone, Default, serde::Deserialize)]
pub struct Asked {
    #[serde(default)]
    avant: String,
    #[serde(default)]
    apres: String,
    #[serde(default)]
    tout: String,
}

/// `GET /d/{slug}/comparaison`
pub async fn show(visit: Visit, slug: web::Path<String>, asked: web::Query<Asked>) -> Result<HttpResponse> {
    let (actor, language, asked) = (visit.actor()?, visit.language, asked.into_inner());
    let (declaration, (page, other)) =
        reading::open(&visit.app, &actor, &slug, move |tx, actor, found| content(tx, actor, found, &asked, language))
            .await?;
    if let Some(other) = other {
        reading::log(&visit.app, &actor, &other).await?;
    }
    let back = format!("/d/{}", declaration.slug());
    Page::new(&visit, page.heading.clone()).wide().back(&back, "back-file").render("pages/declarations/compare", &page)
}

fn content(
    tx: &mut Tx<'_>,
    actor: &Actor,
    found: &Authorized,
    asked: &Asked,
    language: Language,
) -> Result<(ComparePage, Option<Declaration>)> {
    let declaration = &found.declaration;
    require(&tx.book.access, actor, Action::Examine, &found.target())?;
    let followed = versions::followed(tx, actor, declaration)?;
    let versions = versions::of(tx, declaration, followed.as_ref())?;
    if versions.len() < 2 {
        return Err(Error::NotPossible("not-possible-compare"));
    }
    let place = |key: &str| versions.iter().position(|version| version.key == key);
    let last = versions.len() - 1;
    let after = place(&asked.apres).unwrap_or(last);
    let before = place(&asked.avant).unwrap_or(after.saturating_sub(1));
    let (Some(left), Some(right)) = (versions.get(before), versions.get(after)) else { return Err(Error::NotFound) };
    let kinds = (tx.book.catalogue.version(left.kind_version)?, tx.book.catalogue.version(right.kind_version)?);
    let zone = tx.zone();
    let given = filing::given(&found.declarant, local_date(right.filed_at, zone));
    let before_side = Side { kind: &kinds.0, answers: &left.answers };
    let lines = compare(before_side, Side { kind: &kinds.1, answers: &right.answers }, given, language);
    let changed = lines.iter().filter(|line| line.change != Change::Same).count();
    let same = lines.len() - changed;
    let whole = asked.tout == "1";
    let label = |version: &Version| {
        let date = format_date_long(local_date(version.filed_at, zone), language);
        let key = if version.is_followed { "compare-side-followed" } else { "compare-side" };
        say(language, key, &[("name", Arg::from(version.key.clone())), ("date", Arg::from(date))])
    };
    let picks = |selected: usize| {
        let pick = |(at, version): (usize, &Version)| Pick {
            value: version.key.clone(),
            label: label(version),
            selected: at == selected,
        };
        versions.iter().enumerate().map(pick).collect::<Vec<_>>()
    };
    let count = |n: usize| Arg::from(i64::try_from(n).unwrap_or(i64::MAX));
    let action = format!("/d/{}/comparaison", declaration.slug());
    let switch = if whole { "" } else { "&tout=1" };
    let page = ComparePage {
        switch_href: (same > 0).then(|| format!("{action}?avant={}&apres={}{switch}", left.key, right.key)),
        heading: say(language, "compare-title", &[("ref", Arg::from(declaration.slug().to_owned()))]),
        befores: picks(before),
        afters: picks(after),
        lead: say(language, "compare-lead", &[("changed", count(changed)), ("same", count(same))]),
        lines: lines
            .into_iter()
            .filter(|l| whole || l.change != Change::Same)
            .map(|l| line_view(l, language))
            .collect(),
        before: label(left),
        after: label(right),
        whole,
        origin_href: followed.as_ref().map(|other| format!("/d/{}", other.slug())),
        action,
        state: if changed == 0 { "same" } else { "changed" },
    };
    let shown = left.is_followed || right.is_followed;
    Ok((page, followed.filter(|_| shown)))
}

fn line_view(line: Line, language: Language) -> LineView {
    let change = line.change.as_str();
    LineView {
        label: line.label,
        change,
        change_label: say(language, &format!("compare-{change}"), &[]),
        before: line.before,
        after: line.after,
    }
}
