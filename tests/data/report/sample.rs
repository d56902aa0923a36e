//! Fictional rows of a fictional ministry: always the same, as many as asked. Names of people, units and companies are
//! invented; the numbers follow plausible habits (busy autumn, quick simple decisions, a few that sleep).

use chrono::{Datelike, Days, NaiveDate, Weekday};

use crate::journal::waits::Waits;
use crate::reports::rows::{ReportContext, ReportRow, SignedHead, Witnessed};
use crate::text::Language;

/// A small generator whose sequence never changes (Knuth's MMIX constants).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides.max(1)
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.roll(from.len() as u64) as usize]
    }

    fn chance(&mut self, percent: u64) -> bool {
        self.roll(100) < percent
    }
}

const KINDS: [(&str, &str, &str); 7] = [
    ("business_relation", "Relation d’affaires", "REL"),
    ("gift_declaration", "Cadeau, hospitalité ou avantage", "CAD"),
    ("interest_declaration", "Intérêts et conflits", "INT"),
    ("event_request", "Participation à un événement", "EVE"),
    ("tech_showcase", "Vitrine technologique", "VIT"),
    ("advice_request", "Demande d’avis", "AVI"),
    ("rarc_notice", "Avis du RARC", "RAR"),
];
const UNITS: [(&str, &str); 14] = [
    ("DGI", "Direction générale des infrastructures technologiques"),
    ("DGAA", "Direction générale des acquisitions et de l’approvisionnement"),
    ("DGSN", "Direction générale des services numériques"),
    ("DCYB", "Direction de la cybersécurité"),
    ("DGRH", "Direction générale des ressources humaines"),
    ("DAF", "Direction de l’administration financière"),
    ("DCOM", "Direction des communications"),
    ("DAJ", "Direction des affaires juridiques"),
    ("DGTN", "Direction générale de la transformation numérique"),
    ("DIN", "Direction de l’intelligence d’affaires"),
    ("DREG", "Direction des bureaux régionaux"),
    ("SGEN", "Secrétariat général"),
    ("DVEI", "Direction de la veille et de l’innovation"),
    ("DARC", "Direction de l’architecture d’entreprise"),
];
const FIRST: [&str; 16] = [
    "Élodie",
    "Jean-François",
    "Rosalie",
    "Mamadou",
    "Zoé",
    "Benoît",
    "Ana Lucía",
    "Noémie",
    "Étienne",
    "Fatou",
    "Gaëtan",
    "Océane",
    "Thanh",
    "Hélène",
    "Loïc",
    "Maïka",
];
const LAST: [&str; 16] = [
    "Tremblay",
    "Gagné",
    "Lévesque",
    "Ouellet-Côté",
    "Nguyen",
    "Diallo",
    "Bouchard",
    "Pérez",
    "Saint-Onge",
    "O’Brien",
    "Beaulieu",
    "Kanapé",
    "Thériault",
    "L’Heureux",
    "Vollant",
    "Desrosiers",
];
const COMPANIES: [(&str, Option<&str>); 22] = [
    ("Nordik Conseil inc.", Some("1140000016")),
    ("Groupe Boréal Logiciels", Some("1140000024")),
    ("Solutions Infonuagiques du Saguenay inc.", Some("1140000032")),
    ("Cabinet Marchand & Associés", Some("1140000040")),
    ("Télécom Bas-Saint-Laurent", Some("1140000057")),
    ("Ateliers Rive-Nord", None),
    ("ateliers rive-nord ", None),
    ("Cyberdéfense Laurentides ltée", Some("1140000065")),
    ("Imprimerie des Trois-Lacs", Some("1140000073")),
    ("Formation Cap-Rouge", None),
    ("Équipements Fjord (2018) inc.", Some("1140000081")),
    ("Données Ouvertes Québec, coop", Some("1140000099")),
    ("9400-0000 Québec inc.", Some("1140000107")),
    ("=Société Alpha", None),
    ("Traiteur <Chez \\Léo> (bistro)", None),
    ("Services-conseils Manicouagan", Some("1140000115")),
    ("Hydro-systèmes de l’Est", Some("1140000123")),
    ("Événements Grande-Allée", Some("1140000131")),
    ("Robotique Mauricie inc.", Some("1140000149")),
    ("Vitrine IA Montréal", Some("1140000156")),
    ("Consortium Outaouais numérique", Some("1140000164")),
    ("Bureautique Gaspésie", None),
];
const GIFTS: [(&str, &str, i64); 6] = [
    ("meal", "Repas", 4_500),
    ("gift", "Cadeau", 3_000),
    ("ticket", "Billet", 11_000),
    ("training", "Formation", 42_000),
    ("travel", "Voyage ou hébergement", 95_000),
    ("discount", "Escompte", 6_000),
];
const DISPOSITIONS: [(&str, &str); 5] = [
    ("refused", "Refusé"),
    ("returned", "Retourné"),
    ("handed_over", "Remis à l’État"),
    ("shared", "Partagé avec l’équipe"),
    ("kept", "Conservé"),
];
const REASONS: [&str; 9] = [
    "Repas modeste, offert à l’ensemble des participants, sans processus contractuel en cours.",
    "La valeur dépasse ce qui est d’usage; le cadeau doit être retourné à l’entreprise.",
    "Un appel d’offres public auquel l’entreprise peut soumissionner est en préparation dans l’unité.",
    "La participation est pertinente aux fonctions, l’événement est ouvert au public, les frais sont payés par le ministère.",
    "L’intérêt déclaré touche une entreprise sans lien avec les mandats de la personne; à revoir si elle change d’unité.",
    "Rencontre fortuite et brève. Aucun renseignement privilégié n’a été échangé selon la déclaration.",
    "=HYPERLINK(\"http://exemple.test\";\"cliquez ici\") – texte collé par erreur d’un tableur.",
    "Texte hostile : #sys.inputs, $x^2$, *gras*, <script>alert(1)</script>, \\( \\) << /JS (app.alert) >>.",
    "Une personne proche travaille pour l’entreprise depuis mars; la personne ne participe pas au comité de sélection et a remis ses notes à sa ou son gestionnaire.",
];
const MEASURES: [&str; 4] = [
    "Se retirer de toute discussion sur l’entreprise jusqu’à la fin de l’appel d’offres",
    "Ne recevoir aucun autre avantage de l’entreprise pendant douze mois",
    "Informer par écrit la personne responsable de l’application des règles contractuelles",
    "-Retourner le cadeau avec la lettre type",
];

pub const FROM: (i32, u32, u32) = (2026, 4, 1);
pub const TO: (i32, u32, u32) = (2026, 10, 31);

/// The frame of the sample: seven months of the fictional ministry.
pub fn context(language: Language) -> ReportContext {
    let date = |(year, month, day)| NaiveDate::from_ymd_opt(year, month, day).expect("date");
    ReportContext {
        organisation: "Ministère de l’Exemple numérique (fictif)".into(),
        from: date(FROM),
        to: date(TO),
        as_of: date((2026, 11, 3)),
        generated_at: date((2026, 11, 3)).and_hms_opt(14, 5, 9).expect("time"),
        generated_local: match language {
            Language::Fr => "3\u{a0}novembre 2026, 9\u{a0}h\u{a0}05".into(),
            Language::En => "November\u{a0}3, 2026, 9:05\u{a0}a.m.".into(),
        },
        generated_by: "Rosalie Tremblay, responsable de la gestion de l’éthique et de l’intégrité".into(),
        language,
        policy_versions: vec!["Politique du 2025-06-01 (v2)".into(), "Politique du 2026-09-15 (v3)".into()],
        population: 1_250,
        unit_filter: None,
        kinds: KINDS.iter().map(|(id, title, _)| ((*id).to_owned(), (*title).to_owned())).collect(),
        gift_kinds: vec!["gift_declaration".into()],
        scope_note: Some("Les demandes d’avis scellées et les signalements sont exclus.".into()),
        witnessed: Some(Witnessed {
            head: Some(SignedHead {
                events: 4_812,
                signed_at: date((2026, 11, 3)).and_hms_opt(14, 4, 30).expect("time"),
                signed_local: match language {
                    Language::Fr => "3\u{a0}novembre 2026, 9\u{a0}h\u{a0}04".into(),
                    Language::En => "November\u{a0}3, 2026, 9:04\u{a0}a.m.".into(),
                },
            }),
            waits: Some(Waits {
                wanted: 1,
                asked: 1,
                covered: 4_020,
                p50: 24,
                p99: 58,
                longest: 311,
                uncovered: 2,
                waiting: 39,
            }),
        }),
    }
}

fn weekday(date: NaiveDate) -> bool {
    !matches!(date.weekday(), Weekday::Sat | Weekday::Sun)
}

fn business(mut date: NaiveDate, mut days: u64) -> NaiveDate {
    while days > 0 {
        date = date + Days::new(1);
        if weekday(date) {
            days -= 1;
        }
    }
    date
}

/// Business days from one date to another.
fn between(from: NaiveDate, to: NaiveDate) -> i64 {
    from.iter_days().skip(1).take_while(|day| *day <= to).filter(|day| weekday(*day)).count() as i64
}

/// So many rows, sorted by reference.
pub fn rows(count: usize) -> Vec<ReportRow> {
    let mut dice = Dice(20_261_122);
    let mut rows: Vec<ReportRow> = (0..count).map(|serial| row(&mut dice, serial)).collect();
    rows.sort_by(|a, b| a.reference.cmp(&b.reference));
    rows
}

fn row(dice: &mut Dice, serial: usize) -> ReportRow {
    let context = context(Language::Fr);
    let kind = [0, 0, 0, 0, 1, 1, 1, 1, 1, 2, 2, 3, 3, 3, 4, 5, 6][dice.roll(17) as usize];
    let (kind_id, kind_title, prefix) = KINDS[kind];
    let (unit_code, unit_name) = UNITS[(dice.roll(14).min(dice.roll(14))) as usize];
    let person = dice.roll(310);
    let name = |seed: u64| {
        let (first, last) = (FIRST[(seed % 16) as usize], LAST[((seed / 16 + seed * 7) % 16) as usize]);
        format!("{first} {last}")
    };
    let length = (context.to - context.from).num_days() as u64 + 1;
    // More in the autumn.
    let first_filed_on = context.from + Days::new(dice.roll(length).max(dice.roll(length)));
    let days_late = if dice.chance(8) { 1 + dice.roll(9).min(dice.roll(30)) as i64 } else { 0 };
    let occurred_on = first_filed_on - Days::new(dice.roll(6) + days_late as u64);
    let due_on = business(first_filed_on, 5);
    let taken = match dice.roll(100) {
        0..10 => 0,
        10..35 => 1,
        35..60 => 2 + dice.roll(2),
        60..90 => 3 + dice.roll(3),
        90..97 => 6 + dice.roll(8),
        _ => 15 + dice.roll(45),
    };
    let decided_on = business(first_filed_on, taken);
    let withdrawn = dice.chance(3);
    let pending = !withdrawn
        && (decided_on > context.as_of
            || dice.chance(if first_filed_on > context.to - Days::new(20) { 22 } else { 3 }));
    let decided = !withdrawn && !pending;
    let tone = match dice.roll(100) {
        0..55 => 0,
        55..72 => 1,
        72..80 => 2,
        _ => 3,
    };
    let (outcome, label, tone_id) = [
        ("authorised", "Autorisée", "positive"),
        ("authorised_with_conditions", "Autorisée avec conditions", "conditional"),
        ("refused", "Refusée", "negative"),
        ("noted", "Consignée", "neutral"),
    ][tone];
    let measures: Vec<String> = match (decided, tone) {
        (true, 1) => (0..1 + dice.roll(2)).map(|_| dice.pick(&MEASURES).to_owned()).collect(),
        _ => Vec::new(),
    };
    let measure_states = measures
        .iter()
        .map(|text| ["open", "overdue", "proof_given", "verified", "verified", "lifted"][text.len() % 6].to_owned())
        .collect();
    let reason = (decided && (matches!(tone, 1 | 2) || dice.chance(35))).then(|| dice.pick(&REASONS).to_owned());
    let state = match (withdrawn, pending) {
        (true, _) => "withdrawn",
        (_, true) => ["submitted", "under_review", "info_requested", "with_ethics"][dice.roll(4) as usize],
        _ if tone == 1 && dice.chance(50) => "monitoring",
        _ if kind == 1 && dice.chance(20) => "decided",
        _ => "closed",
    };
    let company = (kind != 5 && dice.chance(92)).then(|| COMPANIES[dice.roll(22).min(dice.roll(22)) as usize]);
    let gift = (kind == 1).then(|| dice.pick(&GIFTS));
    let value_cents = gift.filter(|_| dice.chance(92)).map(|(_, _, typical)| {
        (typical / 4 + (dice.roll(typical as u64 * 2) as i64 + dice.roll(typical as u64) as i64) / 2) / 25 * 25
    });
    let disposition = gift.filter(|_| decided && dice.chance(85)).map(|_| dice.pick(&DISPOSITIONS));
    let relation = (kind == 0).then(|| {
        dice.pick(&[("meeting", "Rencontre"), ("call", "Appel ou visioconférence"), ("demo", "Démonstration")])
    });
    let holder = pending.then(|| name(dice.roll(40) * 13 + 5));
    ReportRow {
        reference: format!("{prefix}-2026-{:06}", serial + 1),
        kind: kind_id.into(),
        kind_title: kind_title.into(),
        unit_code: unit_code.into(),
        unit_name: unit_name.into(),
        declarant_number: format!("{:06}", 104_000 + person),
        declarant_name: name(person),
        state: state.into(),
        outcome: decided.then(|| outcome.into()),
        outcome_label: decided.then(|| label.into()),
        tone: decided.then(|| tone_id.into()),
        reason,
        measures,
        measure_states,
        first_filed_on,
        occurred_on: (kind != 5).then_some(occurred_on),
        days_late: if kind == 5 { 0 } else { days_late },
        decided_on: decided.then_some(decided_on),
        decider_name: decided.then(|| name(dice.roll(30) * 11 + 2)),
        decision_days: decided.then_some(taken as i64),
        due_on: Some(due_on),
        on_time: decided.then_some(decided_on <= due_on),
        held_days: holder.as_ref().map(|_| between(first_filed_on, context.as_of) - dice.roll(3) as i64),
        holder_name: holder,
        attention: [0, 0, 0, 0, 0, 0, 1, 1, 2, 3][dice.roll(10) as usize],
        company_name: company.map(|(name, _)| name.to_owned()),
        neq: company.and_then(|(_, neq)| neq.map(str::to_owned)),
        value_cents,
        category: gift.map(|gift| gift.0.to_owned()).or_else(|| relation.map(|relation| relation.0.to_owned())),
        category_label: gift.map(|gift| gift.1.to_owned()).or_else(|| relation.map(|relation| relation.1.to_owned())),
        disposition: disposition.map(|disposition| disposition.0.to_owned()),
        disposition_label: disposition.map(|disposition| disposition.1.to_owned()),
        supervisor_missing: dice.chance(2),
        overdue_days: (pending && due_on < context.as_of).then(|| between(due_on, context.as_of).max(1)),
    }
}
