//! `config/access.toml`, read and checked.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::actor::{Actor, Role};
use super::measures::{MeasureAction, MeasureWho};
use super::policy::{Action, Who};
use crate::acts::ActKind;

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    declaration: Vec<Line>,
    #[serde(default)]
    file: BTreeMap<String, Vec<PageRole>>,
    #[serde(default)]
    measure: Vec<MeasureLine>,
    pages: BTreeMap<PageAction, Vec<PageRole>>,
    routes: BTreeMap<String, PageAction>,
    #[serde(default)]
    confirmed: Vec<ConfirmedLine>,
    acts: BTreeMap<ActKind, ActLine>,
}

/// Who may ask for an act of two people, and who may approve it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct ActLine {
    ask: Vec<Role>,
    approve: Vec<Role>,
}

/// How lately somebody must have proved who they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Freshness {
    /// Before an act that cannot be taken back, or that gives power.
    Act,
    /// Before opening what is sealed.
    Reading,
}

/// Addresses before which it is asked, on any file or on those of some kinds.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct ConfirmedLine {
    within: Freshness,
    routes: BTreeSet<String>,
    #[serde(default)]
    kinds: BTreeSet<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    who: Who,
    may: Vec<Action>,
    kinds: Vec<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct MeasureLine {
    who: MeasureWho,
    may: Vec<MeasureAction>,
    kinds: Vec<String>,
}

/// What an address does, for the first of the two doors (the second looks at the declaration itself).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PageAction {
    Open,
    Own,
    Inbox,
    Measures,
    StateObjects,
    Companies,
    /// Saying that two companies are one, and taking it back.
    MergeCompanies,
    /// Recording a look at the registry of lobbyists.
    LobbyChecks,
    /// Files from outside: what came, how old it is.
    Sources,
    /// What files from outside mean for declarations that were there before.
    Crosschecks,
    /// Requests of people whose file is wrong.
    Rectifications,
    Register,
    ExportRegister,
    AuditReport,
    /// Figures without names, small numbers left out.
    Statistics,
    /// Figures of the files that are linked to a contract.
    ContractReport,
    /// Figures of showcases.
    ShowcaseReport,
    People,
    ManagePeople,
    Letters,
    Diagnostics,
    /// The library of precedents, and writing in it.
    Precedents,
    WritePrecedents,
    /// The sealed files of an office.
    Sealed,
    /// Who reads more than usual.
    Readings,
    /// The yearly campaign: opened, followed and closed.
    Campaigns,
    Demo,
    /// The calendar and the page of a showcase.
    Programme,
    /// Planning showcases and running one's own.
    Organise,
    RunEveryShowcase,
    NameOrganisers,
    /// The fairness ledger of one's own showcases, and of all.
    Ledger,
    ReadEveryLedger,
    AdviseOnCalls,
    /// The rules in force, their history, and what is proposed.
    ReadPolicy,
    /// Writing a change of the policy; somebody else adopts it.
    ProposePolicy,
    AdoptPolicy,
    /// The forms in force, their history, what is proposed and its preview.
    ReadForms,
    /// Writing a change of a form; somebody else adopts it.
    ProposeForms,
    AdoptForms,
    /// Ruling once on a company's event.
    Passports,
    /// Checking the people of a contract committee.
    Clearances,
    /// What one person asks and another approves.
    Acts,
    /// The register of confidentiality incidents, and writing in it.
    Incidents,
    RecordIncidents,
    /// The retention schedule: what is due, holds, certificates; and preparing, holding, asking for a destruction.
    Retention,
    PrepareRetention,
    /// Why a check said what it said.
    ClearanceReasons,
    /// What units were expected to declare beside what they declared, small numbers left out.
    ExpectedDeclarations,
    /// The same in whole, and whom to follow up.
    FollowUpSilence,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum PageRole {
    Everyone,
    #[serde(untagged)]
    Role(Role),
}

impl PageRole {
    fn holds(self, actor: Option<&Actor>) -> bool {
        match self {
            Self::Everyone => true,
            Self::Role(role) => actor.is_some_and(|actor| actor.has(role)),
        }
    }
}

/// Kinds of declarations, as the table lists them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kinds {
    Every,
    Only(BTreeSet<String>),
}

impl Kinds {
    /// Is this kind among them?
    pub fn hold(&self, kind: &str) -> bool {
        match self {
            Self::Every => true,
            Self::Only(kinds) => kinds.contains(kind),
        }
    }
}

/// The table in force.
#[derive(Debug, Clone)]
pub struct AccessTable {
    /// Kinds, `*` for all of them, by who and what.
    cells: BTreeMap<(Who, Action), BTreeSet<String>>,
    /// Kinds that not everybody files.
    file: BTreeMap<String, Vec<PageRole>>,
    measures: BTreeMap<(MeasureWho, MeasureAction), BTreeSet<String>>,
    pages: BTreeMap<PageAction, Vec<PageRole>>,
    routes: BTreeMap<String, PageAction>,
    confirmed: Vec<ConfirmedLine>,
    acts: BTreeMap<ActKind, ActLine>,
}

impl AccessTable {
    /// Reads the table.
    ///
    /// # Errors
    /// A sentence with line and column when the file is not what it should be.
    pub fn parse(text: &str) -> Result<Self, String> {
        let file: File = toml::from_str(text).map_err(|e| format!("access.toml: {e}"))?;
        if let Some(kind) = ActKind::ALL.into_iter().find(|kind| !file.acts.contains_key(kind)) {
            return Err(format!("access.toml: [acts] does not say who asks for {}", kind.as_str()));
        }
        let mut cells: BTreeMap<(Who, Action), BTreeSet<String>> = BTreeMap::new();
        for line in file.declaration {
            for action in line.may {
                cells.entry((line.who, action)).or_default().extend(line.kinds.iter().cloned());
            }
        }
        let mut measures: BTreeMap<(MeasureWho, MeasureAction), BTreeSet<String>> = BTreeMap::new();
        for line in file.measure {
            for action in line.may {
                measures.entry((line.who, action)).or_default().extend(line.kinds.iter().cloned());
            }
        }
        Ok(Self {
            cells,
            file: file.file,
            measures,
            pages: file.pages,
            routes: file.routes,
            confirmed: file.confirmed,
            acts: file.acts,
        })
    }

    pub(super) fn grants(&self, who: Who, action: Action, kind: &str) -> bool {
        self.cells.get(&(who, action)).is_some_and(|kinds| kinds.contains(kind) || kinds.contains("*"))
    }

    /// The kinds on which some lines grant an action: what a list made for these lines may hold.
    pub fn kinds(&self, lines: &[Who], action: Action) -> Kinds {
        let mut only = BTreeSet::new();
        for kinds in lines.iter().filter_map(|who| self.cells.get(&(*who, action))) {
            if kinds.contains("*") {
                return Kinds::Every;
            }
            only.extend(kinds.iter().cloned());
        }
        Kinds::Only(only)
    }

    /// May this person file a declaration of this kind?
    pub fn files(&self, kind: &str, actor: &Actor) -> bool {
        self.file.get(kind).is_none_or(|allowed| allowed.iter().any(|who| who.holds(Some(actor))))
    }

    /// May this person ask for acts of this kind?
    pub fn asks(&self, kind: ActKind, actor: &Actor) -> bool {
        self.acts.get(&kind).is_some_and(|line| line.ask.iter().any(|role| actor.has(*role)))
    }

    /// May this person approve acts of this kind that somebody else asks for?
    pub fn approves(&self, kind: ActKind, actor: &Actor) -> bool {
        self.approving_roles(kind).iter().any(|role| actor.has(*role))
    }

    pub fn approving_roles(&self, kind: ActKind) -> &[Role] {
        self.acts.get(&kind).map_or(&[], |line| &line.approve)
    }

    pub(crate) fn grants_measure(&self, who: MeasureWho, action: MeasureAction, kind: &str) -> bool {
        self.measures.get(&(who, action)).is_some_and(|kinds| kinds.contains(kind) || kinds.contains("*"))
    }

    /// Kinds whose measures a line lets read: `None` when all of them.
    pub fn measure_kinds(&self, who: &[MeasureWho]) -> Option<Vec<String>> {
        let read = who.iter().filter_map(|who| self.measures.get(&(*who, MeasureAction::Read)));
        let kinds: BTreeSet<String> = read.flatten().cloned().collect();
        (!kinds.contains("*")).then(|| kinds.into_iter().collect())
    }

    /// The action of a route (`"GET /registre"`), when listed.
    pub fn route(&self, method: &str, pattern: &str) -> Option<PageAction> {
        self.routes.get(&format!("{method} {pattern}")).copied()
    }

    /// How lately whoever asks for a route must have proved who they are; `kind` is that of the file the address names.
    pub fn freshness(&self, method: &str, pattern: &str, kind: impl Fn() -> Option<String>) -> Option<Freshness> {
        let route = format!("{method} {pattern}");
        let lines = self.confirmed.iter().filter(|line| line.routes.contains(&route));
        let (mut named, mut found) = (None, None);
        for line in lines {
            let applies = line.kinds.is_empty()
                || named.get_or_insert_with(&kind).as_ref().is_some_and(|kind| line.kinds.contains(kind));
            // The stricter of the two.
            if applies && found != Some(Freshness::Act) {
                found = Some(line.within);
            }
        }
        found
    }

    pub fn routes(&self) -> impl Iterator<Item = (&str, PageAction)> {
        self.routes.iter().map(|(route, action)| (route.as_str(), *action))
    }

    /// May this visitor, signed in or not, do what the page does?
    pub fn opens(&self, action: PageAction, actor: Option<&Actor>) -> bool {
        self.pages.get(&action).is_some_and(|allowed| allowed.iter().any(|who| who.holds(actor)))
    }

    /// What differs between the addresses served and the addresses listed, one sentence each.
    pub fn differences<'r>(&self, served: impl Iterator<Item = &'r str>) -> Vec<String> {
        let served: BTreeSet<&str> = served.collect();
        let listed: BTreeSet<&str> = self.routes.keys().map(String::as_str).collect();
        let unlisted = served.difference(&listed).map(|route| format!("{route} is served but not in access.toml"));
        let unserved = listed.difference(&served).map(|route| format!("{route} is in access.toml but not served"));
        let asked =
            self.confirmed.iter().flat_map(|line| &line.routes).filter(|route| !listed.contains(route.as_str()));
        let unasked = asked.map(|route| format!("{route} is in [[confirmed]] but not in [routes]"));
        unlisted.chain(unserved).chain(unasked).collect()
    }
}
