//! The menu of the service: what somebody may open. Those with many offices find the pages of every day on its line, and the others
//! behind one button, by what one does there.

use serde::Serialize;

use super::Visit;
use crate::access::PageAction;

/// Links that fit on the line: with more, some go behind the button.
const LINE: usize = 10;

#[derive(Debug, Clone, Serialize)]
pub struct NavLink {
    pub href: &'static str,
    label: String,
    current: bool,
    pub count: Option<i64>,
}

/// Links behind the button, under what one does there.
#[derive(Debug, Clone, Serialize)]
pub struct NavGroup {
    id: &'static str,
    label: String,
    links: Vec<NavLink>,
}

/// Where a link is when there are too many for the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Line,
    Follow,
    Prove,
    Rules,
    Administer,
}

impl Place {
    const GROUPS: [(Self, &'static str); 4] = [
        (Self::Follow, "nav-group-follow"),
        (Self::Prove, "nav-group-prove"),
        (Self::Rules, "nav-group-rules"),
        (Self::Administer, "nav-group-administer"),
    ];
}

const REPORTS: &str = "nav-reports";

/// Pages that a door opens, in the order of the menu.
const PAGES: [(PageAction, &str, &str, Place); 24] = [
    (PageAction::Programme, "/evenements", "nav-events", Place::Line),
    (PageAction::Register, "/registre", "nav-register", Place::Line),
    (PageAction::Register, "/entreprises", "nav-companies", Place::Line),
    (PageAction::Crosschecks, "/recoupements", "nav-crosschecks", Place::Follow),
    (PageAction::Rectifications, "/rectifications", "nav-rectifications", Place::Follow),
    (PageAction::Clearances, "/verifications", "nav-clearance", Place::Follow),
    (PageAction::StateObjects, "/objets", "nav-custody", Place::Follow),
    // Whoever has several reports finds the others from the first.
    (PageAction::Statistics, "/rapports", REPORTS, Place::Line),
    (PageAction::ContractReport, "/rapports/contrats", REPORTS, Place::Line),
    (PageAction::ShowcaseReport, "/rapports/vitrines", REPORTS, Place::Line),
    // Opened to everybody, and of use to whoever leads a team.
    (PageAction::Own, "/rapports/equipe", REPORTS, Place::Line),
    (PageAction::Sealed, "/confidentiel", "nav-sealed", Place::Line),
    (PageAction::Campaigns, "/campagnes", "nav-campaigns", Place::Follow),
    (PageAction::Readings, "/lectures", "nav-readings", Place::Prove),
    (PageAction::Acts, "/actes", "nav-acts", Place::Prove),
    (PageAction::Retention, "/conservation", "nav-retention", Place::Prove),
    (PageAction::Incidents, "/incidents", "nav-incidents", Place::Prove),
    (PageAction::Precedents, "/precedents", "nav-precedents", Place::Rules),
    (PageAction::ReadPolicy, "/regles", "nav-policy", Place::Rules),
    (PageAction::ReadForms, "/formulaires", "nav-forms", Place::Rules),
    (PageAction::People, "/personnes", "nav-people", Place::Administer),
    (PageAction::Letters, "/courriels", "nav-letters", Place::Administer),
    (PageAction::Sources, "/sources", "nav-sources", Place::Administer),
    (PageAction::Diagnostics, "/diagnostic", "nav-diagnostics", Place::Administer),
];

/// The menu of a page.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Menu {
    pub line: Vec<NavLink>,
    /// Behind the button.
    groups: Vec<NavGroup>,
    /// Where one is, when it is behind the button, which says so: it stays in sight.
    here: Option<String>,
}

pub fn menu(visit: &Visit) -> Menu {
    let Some(actor) = visit.visitor() else { return Menu::default() };
    let access = &visit.app.book.access;
    let mut links = vec![
        ("/", "nav-home", Place::Line),
        ("/declarer", "nav-declare", Place::Line),
        ("/mes-declarations", "nav-mine", Place::Line),
    ];
    if actor.has_inbox() {
        links.push(("/a-traiter", "nav-inbox", Place::Line));
    }
    links.push(("/mesures", "nav-measures", Place::Line));
    let is_open = |action| access.opens(action, Some(actor)) && (action != PageAction::Own || actor.leads);
    let open = PAGES.into_iter().filter(|(action, ..)| is_open(*action));
    links.extend(open.map(|(_, href, key, place)| (href, key, place)));
    // One link for every report, on the first of them.
    let mut reports = 0;
    links.retain(|(_, key, _)| {
        reports += usize::from(*key == REPORTS);
        *key != REPORTS || reports == 1
    });

    let path = visit.address.split('?').next().unwrap_or("/");
    let is_current = |href: &str, key: &str| {
        let below = if key == REPORTS { "/rapports" } else { href };
        path == below || (below != "/" && path.starts_with(&format!("{below}/")))
    };
    let link = |href, key: &str| NavLink { href, label: visit.say(key), current: is_current(href, key), count: None };
    let fits = links.len() <= LINE;
    let on_line = |place: Place| fits || place == Place::Line;
    let line = links.iter().filter(|(.., place)| on_line(*place)).map(|(href, key, _)| link(*href, key)).collect();
    let groups: Vec<NavGroup> = Place::GROUPS
        .into_iter()
        .map(|(group, key)| NavGroup {
            id: key,
            label: visit.say(key),
            links: links
                .iter()
                .filter(|(.., place)| *place == group && !on_line(*place))
                .map(|(href, key, _)| link(*href, key))
                .collect(),
        })
        .filter(|group| !group.links.is_empty())
        .collect();
    let here = groups.iter().flat_map(|group| &group.links).find(|link| link.current).map(|link| link.label.clone());
    Menu { line, groups, here }
}
