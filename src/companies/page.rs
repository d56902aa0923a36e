//! The page of one company: who it is, and what its reader may read of it in the register, counted, drawn and listed.

use std::sync::Arc;

use actix_web::{HttpResponse, web};
use serde::{Deserialize, Serialize};

use super::files::{self, Link as FileLink, MOST};
use super::graph::{self, MOST_PEOPLE, Place};
use super::store::{self, Company};
use super::{CompanyId, address, groups, known, unnumbered};
use crate::access::{Actor, PageAction, RegisterScope, Role};
use crate::clock::local_date;
use crate::contracts;
use crate::declarations::inbox::{LineView, Tab, line_views, veil};
use crate::declarations::kind::{Fact, Kind};
use crate::declarations::lists::{self, Cursor, Filter, ListPage, ListRow};
use crate::declarations::{access_log, reading};
use crate::error::Result;
use crate::formats;
use crate::text::Language;
use crate::texts::{self, Arg, say};
use crate::web::Visit;
use crate::web::page::{Page, percent, see_other};
use crate::web::rows::Cells;

/// Lines of a page: fewer than of the register, the picture is above them.
const LINES: i64 = 25;
/// Under it a count says little more than a name (`reports/statistics.rs` says the same).
const SMALLEST: usize = 5;

#[derive(Debug, Default, Deserialize)]
pub struct CompanyQuery {
    /// Kind of declaration.
    #[serde(default, rename = "type")]
    kind: String,
    #[serde(default)]
    apres: String,
}

#[derive(Serialize)]
struct CompanyPage {
    name: String,
    neq: Option<String>,
    no_neq: String,
    /// Former names and aliases, with what they are.
    names: Vec<NameView>,
    duplicates: Vec<DuplicateView>,
    masked: bool,
    figures: Vec<Figure>,
    known: known::Panel,
    contracts: contracts::panel::Panel,
    /// Lines without an NEQ that bear its name.
    unnumbered: Option<unnumbered::Panel>,
    graph: Option<GraphView>,
    tabs: Vec<Tab>,
    /// HTML.
    lines: String,
    empty: bool,
    previous_href: Option<String>,
    next_href: Option<String>,
    register_href: String,
    csv_href: Option<String>,
    /// What the ethics officer merges.
    may_merge: bool,
    likely: Vec<LikelyView>,
    merge_action: String,
    separate_action: String,
    /// The other companies of its group, the head first.
    group: Vec<MemberView>,
    group_action: String,
    /// It joined the group of another, and may leave it.
    in_group: bool,
}

#[derive(Serialize)]
struct MemberView {
    href: String,
    name: String,
    head: bool,
}

#[derive(Serialize)]
struct NameView {
    name: String,
    nature: String,
}

#[derive(Serialize)]
struct DuplicateView {
    id: CompanyId,
    name: String,
    neq: Option<String>,
}

#[derive(Serialize)]
struct LikelyView {
    href: String,
    name: String,
    neq: Option<String>,
}

#[derive(Serialize)]
struct Figure {
    label: String,
    value: String,
    /// The value is more than a number.
    words: bool,
}

impl Figure {
    fn new(label: String, value: String) -> Self {
        Self { words: value.chars().any(char::is_alphabetic), label, value }
    }
}

#[derive(Serialize)]
struct GraphView {
    title: String,
    description: String,
    width: i64,
    height: i64,
    company: NodeView,
    people: Vec<NodeView>,
    edges: Vec<EdgeView>,
    legend: Vec<LegendView>,
    others: Option<String>,
    told: Vec<ToldView>,
}

#[derive(Serialize)]
struct NodeView {
    href: String,
    /// Whole; the picture may cut it.
    name: String,
    label: String,
    ties: String,
    x: i64,
    y: i64,
    width: i64,
    height: i64,
    text_x: i64,
    name_y: i64,
    ties_y: i64,
}

#[derive(Serialize)]
struct EdgeView {
    x1: i64,
    y1: i64,
    x2: i64,
    y2: i64,
    tone: usize,
}

#[derive(Serialize)]
struct LegendView {
    tone: usize,
    label: String,
}

/// One person in the list beneath.
#[derive(Serialize)]
struct ToldView {
    name: String,
    ties: Vec<TieView>,
}

#[derive(Serialize)]
struct TieView {
    label: String,
    href: String,
    reference: String,
    filed_on: String,
}

/// A line of the list.
struct CompanyLine {
    line: LineView,
    value: String,
}

impl Cells for CompanyLine {
    fn cell(&self, name: &str) -> Option<&str> {
        if name == "value" { Some(&self.value) } else { self.line.cell(name) }
    }
}

/// What was read for the page.
struct Found {
    company: Company,
    duplicates: Vec<Company>,
    names: Vec<(String, String)>,
    links: Vec<FileLink>,
    known: known::Found,
    contracts: contracts::panel::Found,
    unnumbered: unnumbered::Found,
    listed: ListPage,
    likely: Vec<Company>,
    group: Vec<Company>,
    /// The row that showing it leaves.
    owed: Option<&'static str>,
}

/// A kind of declaration that names a company, as the page shows it.
struct Sort {
    kind: Arc<Kind>,
    /// In a few letters: « cadeau ».
    word: String,
    /// Number of its line in the picture.
    tone: usize,
}

/// `GET /entreprises/{id}?type=&apres=`
pub async fn show(visit: Visit, id: web::Path<CompanyId>, query: web::Query<CompanyQuery>) -> Result<HttpResponse> {
    render(visit, id.into_inner(), query.into_inner(), None).await
}

/// The page; with a check of the registry of lobbyists that has to be put right, when there is one.
pub(super) async fn render(
    visit: Visit,
    id: CompanyId,
    query: CompanyQuery,
    refused: Option<known::Attempt>,
) -> Result<HttpResponse> {
    let actor = visit.actor()?;
    let opens = |action| visit.app.book.access.opens(action, Some(&actor));
    let may_merge = opens(PageAction::MergeCompanies);
    let failed = refused.is_some();
    let attempt = opens(PageAction::LobbyChecks).then(|| refused.unwrap_or_default());
    let sorts = sorts(&visit, &actor);
    let chosen = sorts.iter().map(|sort| &sort.kind.id).find(|kind| **kind == query.kind).cloned();
    let (by, kind, after) = (Arc::clone(&actor), chosen.clone(), Cursor::parse(&query.apres));
    let found = visit
        .app
        .read(move |tx| {
            let company = store::root(tx, id)?;
            if company.id != id {
                return Ok(Err(company.id));
            }
            let standing = store::standing_for(tx, id)?;
            let neqs = contracts::store::neqs_of(tx, id)?;
            let filter = Filter { company: Some(standing.clone()), kind, ..Filter::default() };
            let known = known::read(tx, &neqs, &standing)?;
            let (names, duplicates) = (store::other_names(tx, &standing)?, store::duplicates(tx, id)?);
            let unnumbered = if may_merge {
                let written = names.iter().map(|(name, _)| name.as_str());
                let duplicates = duplicates.iter().map(|company| company.name.as_str());
                let all = written.chain(duplicates).chain(known.names()).chain([company.name.as_str()]);
                unnumbered::of(tx, &all.map(str::to_owned).collect::<Vec<_>>())?
            } else {
                unnumbered::Found::default()
            };
            Ok(Ok(Found {
                owed: access_log::owed(tx, &by, "company")?,
                links: files::newest(tx, &by, &standing)?,
                known,
                unnumbered,
                contracts: contracts::panel::read(tx, &neqs)?,
                listed: lists::register(tx, &by, &filter, after.as_ref(), LINES)?,
                names,
                duplicates,
                group: groups::of(tx, &company)?,
                likely: if may_merge { store::likely(tx, &company)? } else { Vec::new() },
                company,
            }))
        })
        .await?;
    let found = match found {
        Ok(found) => found,
        Err(kept) => return Ok(see_other(&address(kept), None)),
    };
    let scope = RegisterScope::of(&actor);
    reading::opened(&visit.app, &actor, found.owed).await?;
    let here = address(id);
    let of_kind = |kind: &str| format!("{here}?type={}", percent(kind));
    let mut tabs = vec![Tab { href: here.clone(), label: visit.say("companies-all"), current: chosen.is_none() }];
    tabs.extend(sorts.iter().map(|sort| Tab {
        href: of_kind(&sort.kind.id),
        label: sort.kind.title.get(visit.language).to_owned(),
        current: Some(&sort.kind.id) == chosen.as_ref(),
    }));
    let base = chosen.as_ref().map_or_else(|| here.clone(), |kind| of_kind(kind));
    let next = |cursor: Cursor| {
        let joint = if base.contains('?') { '&' } else { '?' };
        format!("{base}{joint}apres={}", percent(&cursor.to_string()))
    };
    let today = local_date(visit.app.clock.now(), visit.app.book.calendar.default_zone());
    let lines = lines(&visit, &actor, &found.listed.rows);
    let mut register = format!("fiche={id}");
    if let Some(kind) = &chosen {
        register.push_str(&format!("&type={}", percent(kind)));
    }
    let content = CompanyPage {
        no_neq: found.company.no_neq_reason.clone().unwrap_or_else(|| visit.say("companies-no-neq")),
        figures: figures(&visit, &actor, &found.links, &sorts),
        graph: graph_view(&visit, &actor, &found, &sorts),
        known: known::panel(found.known, id, today, attempt, opens(PageAction::Sources), visit.language),
        contracts: contracts::panel::panel(found.contracts, today, visit.language),
        unnumbered: unnumbered::panel(&found.unnumbered, today, visit.language),
        tabs,
        lines: visit.app.book.views.rows(visit.language, "company", &lines)?,
        empty: lines.is_empty(),
        previous_href: (!query.apres.is_empty()).then(|| base.clone()),
        next_href: found.listed.next.map(next),
        csv_href: (visit.app.book.access.opens(PageAction::ExportRegister, Some(&actor)))
            .then(|| format!("/registre/export.csv?{register}")),
        register_href: format!("/registre?{register}"),
        masked: scope.masked,
        names: found
            .names
            .into_iter()
            .map(|(name, nature)| NameView { name, nature: visit.say(&format!("companies-is-{nature}")) })
            .collect(),
        duplicates: found
            .duplicates
            .into_iter()
            .map(|company| DuplicateView { id: company.id, name: company.name, neq: company.neq })
            .collect(),
        likely: found
            .likely
            .into_iter()
            .map(|other| LikelyView {
                href: format!("{here}/fusion?doublon={}", other.id),
                name: other.name,
                neq: other.neq,
            })
            .collect(),
        group: found
            .group
            .iter()
            .zip(0..)
            .filter(|(member, _)| member.id != found.company.id)
            .map(|(member, place)| MemberView { href: address(member.id), name: member.name.clone(), head: place == 0 })
            .collect(),
        group_action: format!("{here}/groupe"),
        in_group: found.group.first().is_some_and(|head| head.id != found.company.id),
        may_merge,
        merge_action: format!("{here}/fusion"),
        separate_action: format!("{here}/separation"),
        neq: found.company.neq,
        name: found.company.name.clone(),
    };
    Page::new(&visit, found.company.name)
        .wide()
        .with_errors(failed)
        .back("/entreprises", "back-companies")
        .render("pages/companies/company", &content)
}

/// The kinds that name a company and that this reader reads, in the order of the catalogue.
fn sorts(visit: &Visit, actor: &Actor) -> Vec<Sort> {
    let (book, scope) = (&visit.app.book, RegisterScope::of(actor));
    let kinds = book.catalogue.kinds();
    kinds
        .iter()
        .map(|version| &version.kind)
        .filter(|kind| !kind.is_sealed() && scope.holds(&book.access, &kind.id))
        .filter(|kind| kind.field_of_fact(Fact::Company).is_some())
        .zip(1..)
        .map(|(kind, tone)| {
            let key = format!("companies-sort-{}", kind.id.replace('_', "-"));
            let word = texts::find(visit.language, &key, &[]);
            Sort {
                kind: Arc::clone(kind),
                word: word.unwrap_or_else(|| kind.title.get(visit.language).to_owned()),
                tone,
            }
        })
        .collect()
}

/// Lines as this reader reads them: masked, in summary, or whole.
fn lines(visit: &Visit, actor: &Actor, rows: &[ListRow]) -> Vec<CompanyLine> {
    let scope = RegisterScope::of(actor);
    let table = &visit.app.book.access;
    let mut lines = line_views(visit, rows);
    veil(&mut lines, rows, &scope, &visit.app.book);
    lines
        .into_iter()
        .zip(rows)
        .map(|(line, row)| {
            // Nor what it is worth.
            let value = row.value_cents.filter(|_| !scope.summarises(table, &row.kind));
            CompanyLine {
                line,
                value: value.map_or_else(String::new, |cents| formats::format_money(cents, visit.language)),
            }
        })
        .collect()
}

/// Counts of what was read: all, each kind, and people.
fn figures(visit: &Visit, actor: &Actor, links: &[FileLink], sorts: &[Sort]) -> Vec<Figure> {
    let language = visit.language;
    let whole = actor.has(Role::EthicsOfficer);
    let cut = i64::try_from(links.len()).is_ok_and(|read| read >= MOST);
    let said = |count: usize| counted(count, cut, whole, language);
    let total =
        if cut { say(language, "companies-more", &[("count", Arg::from(MOST - 1))]) } else { said(links.len()) };
    let mut figures = vec![Figure::new(visit.say("companies-count-all"), total)];
    figures.extend(sorts.iter().map(|sort| {
        let count = links.iter().filter(|link| link.kind == sort.kind.id).count();
        Figure::new(sort.kind.title.get(language).to_owned(), said(count))
    }));
    figures.push(Figure::new(visit.say("companies-count-people"), said(graph::people(links).len())));
    figures
}

/// A count in words: small ones are for the ethics officer, and what was not read to the end is a least.
fn counted(count: usize, cut: bool, whole: bool, language: Language) -> String {
    if !whole && (1..SMALLEST).contains(&count) {
        return say(language, "companies-few", &[]);
    }
    let number = formats::format_number(i64::try_from(count).unwrap_or(i64::MAX), language);
    if cut { say(language, "companies-at-least", &[("count", Arg::from(number))]) } else { number }
}

/// The picture, and the same facts in words; nothing when nobody declared anything.
fn graph_view(visit: &Visit, actor: &Actor, found: &Found, sorts: &[Sort]) -> Option<GraphView> {
    let (language, zone) = (visit.language, visit.app.book.calendar.default_zone());
    let scope = RegisterScope::of(actor);
    let tied = graph::people(&found.links);
    let newest = tied.first()?;
    let sort_of = |link: &FileLink| sorts.iter().find(|sort| sort.kind.id == link.kind);
    let word = |link: &FileLink| sort_of(link).map_or_else(|| link.kind.clone(), |sort| sort.word.clone());
    let name = |link: &FileLink| {
        if scope.masked {
            visit.app.book.keyring.pseudonym(&link.number)
        } else {
            format!("{} {}", link.given_name, link.family_name)
        }
    };
    let layout = graph::layout(tied.len());
    let mut people = Vec::new();
    let mut edges = Vec::new();
    let mut told = Vec::new();
    for (tied, place) in tied.iter().zip(&layout.people) {
        let words: Vec<String> = tied.ties.iter().map(|tie| word(tie)).collect();
        people.push(node(*place, format!("/d/{}", tied.newest.slug()), name(tied.newest), &words.join(", ")));
        for (index, tie) in tied.ties.iter().enumerate() {
            let line = graph::line(layout.company, *place, index, tied.ties.len());
            let tone = sort_of(tie).map_or(0, |sort| sort.tone);
            edges.push(EdgeView { x1: line.x1, y1: line.y1, x2: line.x2, y2: line.y2, tone });
        }
        told.push(ToldView {
            name: name(tied.newest),
            ties: tied
                .ties
                .iter()
                .map(|tie| TieView {
                    label: formats::capitalised(&word(tie)),
                    href: format!("/d/{}", tie.slug()),
                    reference: tie.slug().to_owned(),
                    filed_on: tie
                        .filed_at
                        .map(|at| formats::format_date_medium(local_date(at, zone), language))
                        .unwrap_or_default(),
                })
                .collect(),
        });
    }
    let left_out = tied.len().saturating_sub(MOST_PEOPLE);
    let drawn = |sort: &&Sort| edges.iter().any(|edge| edge.tone == sort.tone);
    let legend = sorts
        .iter()
        .filter(drawn)
        .map(|sort| LegendView { tone: sort.tone, label: formats::capitalised(&sort.word) })
        .collect();
    let said = counted(tied.len(), false, actor.has(Role::EthicsOfficer), language);
    let args = [("company", Arg::from(found.company.name.as_str())), ("people", Arg::from(said))];
    Some(GraphView {
        title: say(language, "companies-graph-title", &args),
        description: say(language, "companies-graph-description", &args),
        width: layout.width,
        height: layout.height,
        company: node(
            layout.company,
            format!("/registre?fiche={}", found.company.id),
            found.company.name.clone(),
            &newest.newest.filed_at.map_or_else(String::new, |at| {
                let on = formats::format_date_medium(local_date(at, zone), language);
                say(language, "companies-last", &[("date", Arg::from(on))])
            }),
        ),
        people,
        edges,
        legend,
        others: (left_out > 0).then(|| {
            let count = counted(left_out, false, actor.has(Role::EthicsOfficer), language);
            say(language, "companies-others", &[("count", Arg::from(count))])
        }),
        told,
    })
}

fn node(place: Place, href: String, name: String, ties: &str) -> NodeView {
    NodeView {
        href,
        label: graph::fitted(&name, 30),
        name,
        ties: graph::fitted(ties, 38),
        x: place.x,
        y: place.y,
        width: place.width,
        height: place.height,
        text_x: place.x + place.width / 2,
        name_y: place.y + place.height / 2 - 4,
        ties_y: place.y + place.height / 2 + 14,
    }
}
