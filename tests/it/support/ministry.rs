//! A small fictional ministry, its line of authority and its offices.
//!
//! ```text
//! victor, deputy minister
//! ├─ solange, secretary general
//! │  ├─ aline, ethics officer ── marc, ethics officer for the interim
//! │  └─ rita, contract rules
//! ├─ helene, director general
//! │  ├─ denis, director ── rosalie, supervisor ── camille, theo, emma (in English)
//! │  │                  └─ serge, system administrator
//! │  └─ nadia, supervisor elsewhere ── olivier, baptiste (Blanc-Sablon)
//! └─ audrey, auditor; cyril, chief information officer (nadia organises showcases for him)
//! isabelle: nobody above her. pierre: left last summer.
//! ```

use std::collections::BTreeMap;

use chrono::NaiveDate;
use diesel::prelude::*;
use probite::access::Role;
use probite::app::{App, Tx};
use probite::companies;
use probite::db::schema::{persons, supervisions, units};
use probite::db::search::fold;
use probite::people::roles;

struct Hire {
    name: &'static str,
    family: &'static str,
    title: &'static str,
    unit: &'static str,
    above: Option<&'static str>,
    position: &'static str,
}

const fn hire(
    name: &'static str,
    family: &'static str,
    title: &'static str,
    unit: &'static str,
    above: Option<&'static str>,
) -> Hire {
    Hire { name, family, title, unit, above, position: "none" }
}

const PEOPLE: [Hire; 18] = [
    Hire { position: "deputy_minister", ..hire("victor", "Lachance", "Sous-ministre", "MIN", None) },
    hire("solange", "Thibault", "Secrétaire générale", "SG", Some("victor")),
    hire("aline", "Bouchard", "Responsable de l’éthique", "SG", Some("solange")),
    hire("marc", "Pelletier", "Conseiller en éthique", "SG", Some("aline")),
    hire("rita", "Gauthier", "Responsable des règles contractuelles", "SG", Some("solange")),
    Hire { position: "director_general", ..hire("helene", "Morin", "Directrice générale", "DG", Some("victor")) },
    hire("denis", "Roy", "Directeur", "NUM", Some("helene")),
    hire("rosalie", "Tremblay", "Gestionnaire", "INFO", Some("denis")),
    hire("camille", "Gagnon", "Analyste", "INFO", Some("rosalie")),
    hire("theo", "Simard", "Analyste", "INFO", Some("rosalie")),
    hire("emma", "Wright", "Architecte", "INFO", Some("rosalie")),
    hire("serge", "Caron", "Administrateur de systèmes", "NUM", Some("denis")),
    hire("nadia", "Fortin", "Gestionnaire", "APPRO", Some("helene")),
    hire("olivier", "Bergeron", "Acheteur", "APPRO", Some("nadia")),
    hire("baptiste", "Jones", "Agent régional", "APPRO", Some("nadia")),
    hire("audrey", "Lavoie", "Vérificatrice interne", "MIN", Some("victor")),
    hire("cyril", "Nguyen", "Dirigeant de l’information", "MIN", Some("victor")),
    hire("isabelle", "Cloutier", "Conseillère", "MIN", None),
];

const UNITS: [(&str, &str, Option<&str>); 6] = [
    ("MIN", "Ministère fictif", None),
    ("SG", "Secrétariat général", Some("MIN")),
    ("DG", "Direction générale des technologies", Some("MIN")),
    ("NUM", "Direction du numérique", Some("DG")),
    ("INFO", "Équipe infonuagique", Some("NUM")),
    ("APPRO", "Équipe des approvisionnements", Some("DG")),
];

pub const NORDIK: (&str, &str) = ("Nordik Infonuagique inc.", "1171234567");
pub const BOREAL: (&str, &str) = ("Groupe Boréal ltée", "1160007891");

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("a date of the calendar")
}

/// Fills the register's directory; gives everybody's row number by first name.
pub fn settle(app: &App) -> BTreeMap<&'static str, i64> {
    app.write_here(|tx| {
        for (code, name, above) in UNITS {
            let parent = above.map(|above| unit(tx, above)).transpose()?;
            let path = format!("{}{code}/", parent.as_ref().map_or("", |(_, path)| path.as_str()));
            diesel::insert_into(units::table)
                .values((
                    units::code.eq(code),
                    units::name.eq(name),
                    units::parent_id.eq(parent.map(|(id, _)| id)),
                    units::path.eq(path),
                ))
                .execute(tx.conn)?;
        }
        let mut ids: BTreeMap<&'static str, i64> = BTreeMap::new();
        for (number, hire) in (100_001..).zip(PEOPLE) {
            let above = hire.above.map(|above| ids[above]);
            let id = add(tx, &number.to_string(), &hire, above, None)?;
            ids.insert(hire.name, id);
        }
        let pierre = hire("pierre", "Doyon", "Analyste", "INFO", Some("rosalie"));
        let above = ids["rosalie"];
        ids.insert("pierre", add(tx, "100099", &pierre, Some(above), Some(day(2026, 8, 31)))?);
        let since = day(2024, 4, 1);
        for (person, role) in [
            ("victor", Role::DeputyMinister),
            ("solange", Role::SecretaryGeneral),
            ("aline", Role::EthicsOfficer),
            ("rita", Role::ContractMonitor),
            ("audrey", Role::Auditor),
            ("serge", Role::SystemAdmin),
            ("cyril", Role::Cio),
            ("nadia", Role::ShowcaseOrganiser),
        ] {
            roles::grant(tx, None, ids[person], role, since, None)?;
        }
        // Replaces Aline at times, for a while.
        roles::grant(tx, None, ids["marc"], Role::EthicsOfficer, day(2026, 11, 2), Some(day(2027, 3, 31)))?;
        for (name, neq) in [NORDIK, BOREAL] {
            companies::store::add(tx, None, name, Some(neq), None)?;
        }
        Ok(ids)
    })
    .expect("the ministry settles")
}

fn unit(tx: &mut Tx<'_>, code: &str) -> probite::error::Result<(i64, String)> {
    Ok(units::table.filter(units::code.eq(code)).select((units::id, units::path)).first(tx.conn)?)
}

fn add(
    tx: &mut Tx<'_>,
    number: &str,
    hire: &Hire,
    above: Option<i64>,
    until: Option<NaiveDate>,
) -> probite::error::Result<i64> {
    let (unit_id, _) = unit(tx, hire.unit)?;
    let given = given_name(hire.name);
    let regime = if hire.position == "deputy_minister" { "state_administrator" } else { "public_servant" };
    let since = day(2020, 1, 6);
    let id: i64 = diesel::insert_into(persons::table)
        .values((
            persons::number.eq(number),
            persons::given_name.eq(&given),
            persons::family_name.eq(hire.family),
            persons::email.eq(format!("{}.{}@ministere.example", hire.name, fold(hire.family))),
            persons::title.eq(hire.title),
            persons::unit_id.eq(unit_id),
            persons::site.eq(if hire.name == "baptiste" { "Basse-Côte-Nord" } else { "Québec" }),
            persons::supervisor_id.eq(above),
            persons::regime.eq(regime),
            persons::position.eq(hire.position),
            persons::language.eq(if hire.name == "emma" { "en" } else { "fr" }),
            persons::active_from.eq(since),
            persons::active_until.eq(until),
            persons::folded.eq(fold(&format!("{given} {}", hire.family))),
        ))
        .returning(persons::id)
        .get_result(tx.conn)?;
    diesel::insert_into(supervisions::table)
        .values((supervisions::person_id.eq(id), supervisions::supervisor_id.eq(above), supervisions::since.eq(since)))
        .execute(tx.conn)?;
    Ok(id)
}

fn given_name(name: &str) -> String {
    match name {
        "theo" => "Théo".into(),
        "helene" => "Hélène".into(),
        other => {
            let mut letters = other.chars();
            letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
        }
    }
}
