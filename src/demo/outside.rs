//! What the outside knows of the suppliers of the demonstration: a small business register, public contracts, lists. Made as
//! files and taken in by the commands' own functions, so that the page of sources shows genuine imports.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;

use chrono::{Days, Months, NaiveDate};
use diesel::prelude::*;
use serde_json::{Value, json};
use zip::write::SimpleFileOptions;

use super::chance::Chance;
use super::data::Data;
use super::world::Partner;
use crate::access::actor::Channel;
use crate::app::App;
use crate::clock::{self, Instant};
use crate::companies::{lists, registry};
use crate::contracts::import;
use crate::crosschecks::{self, Answer, actions};
use crate::db::schema::{crosschecks as rows, declarations};
use crate::declarations::{renewal, store};
use crate::error::{Error, Result};
use crate::people::{self, sessions};
use crate::sources::Source;

/// Takes in everything, as of `end`.
pub fn import_all(app: &App, data: &Data, partners: &[Partner], seed: u64, end: Instant) -> Result<()> {
    app.clock.set(end);
    let today = clock::local_date(end, app.book.calendar.default_zone());
    let folder = tempfile::tempdir().map_err(Error::internal)?;
    let mut chance = Chance::new(seed).branch(77);
    let zip = folder.path().join("registre-fictif.zip");
    write_registry(&zip, data, partners, &mut chance)?;
    registry::import::import(app, None, &zip, false, &|_| {})?;
    let contracts = folder.path().join("contrats-fictifs.json");
    let releases = releases(data, &app.book.config.organisation.name, partners, &mut chance, today);
    std::fs::write(&contracts, json!({ "version": "1.1", "releases": releases }).to_string())
        .map_err(Error::internal)?;
    import::import(app, None, &contracts, false)?;
    for (source, name, place) in
        [(Source::Rena, "rena-fictif.csv", INELIGIBLE), (Source::Rea, "rea-fictif.csv", AUTHORISED)]
    {
        let path = folder.path().join(name);
        let mut text = String::from("neq;nom;debut;fin;statut\n");
        if let Some(partner) = partners.get(place) {
            let (from, until) = (today - Months::new(7), today + Months::new(53));
            let neq = partner.neq.as_deref().unwrap_or_default();
            writeln!(text, "{neq};{};{from};{until};", partner.name).map_err(Error::internal)?;
        }
        std::fs::write(&path, text).map_err(Error::internal)?;
        lists::import(app, None, source, &path, false)?;
    }
    Ok(())
}

/// Looks at declarations again with what was taken in; one person has answered already.
pub fn look_again(app: &App) -> Result<()> {
    crosschecks::follow::follow_all(app)?;
    app.write_here(|tx| {
        let first: Option<(i64, i64)> = rows::table
            .inner_join(declarations::table.on(declarations::id.eq(rows::declaration_id)))
            .filter(declarations::kind.eq(renewal::KIND))
            .order(rows::id.asc())
            .select((rows::id, rows::declaration_id))
            .first(tx.conn)
            .optional()?;
        let Some((id, declaration)) = first else { return Ok(()) };
        let declaration = store::find_unguarded(tx, declaration)?;
        let person = people::store::find(tx, declaration.declarant_id)?;
        let Some(actor) = sessions::actor(tx, &person, Channel::Command, false)? else { return Ok(()) };
        let (said, note) = (Some(Answer::Unchanged), "Mon retrait de ces dossiers tient toujours.");
        actions::answer(tx, &actor, declaration.slug(), id, said, note).map(drop)
    })
}

/// Places of suppliers with a part of their own: one may not contract, one is authorised to, one was struck off, one was
/// merged into the next, one came out of a split of the next, one goes on under another law.
const INELIGIBLE: usize = 13;
const AUTHORISED: usize = 0;
const STRUCK_OFF: usize = 15;
const MERGED: usize = 6;
const SPLIT: usize = 9;
const CONTINUED: usize = 3;

/// What the codes of the fictional register mean.
const LABELS: &str = "TYP_DOM_VAL,COD_DOM_VAL,VAL_DOM_FRAN\n\
    FORM_JURI,CIE,Société par actions (fictive)\n\
    STAT_IMMAT,IM,Immatriculée\n\
    STAT_IMMAT,RD,Radiée sur demande\n\
    STAT_IMMAT,RO,Radiée d’office\n\
    STAT_IMMAT,RX,Radiée à la suite d’une fusion\n\
    RELA_ASSUJ,FUS,Fusion\n\
    RELA_ASSUJ,SCI,Scission\n\
    TYP_CHANG,CON,Continuation\n\
    REGIM_JURI,CAN,Loi canadienne sur les sociétés par actions\n";

fn write_registry(path: &Path, data: &Data, partners: &[Partner], chance: &mut Chance) -> Result<()> {
    let mut enterprises = String::from("NEQ,COD_STAT_IMMAT,COD_FORME_JURI\n");
    let mut names = String::from("NEQ,NOM_ASSUJ,STAT_NOM,TYP_NOM_ASSUJ\n");
    let mut relations = String::from("NEQ,NEQ_ASSUJ_REL,COD_RELA_ASSUJ,DAT_EFCTVT\n");
    let mut changes = String::from("NEQ,COD_TYP_CHANG,COD_REGIM_JURI,NOM_LOCLT,DAT_EFCTVT\n");
    let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
    let mut add = |neq: &str, status: &str, name: &str, former: Option<String>| -> Result<()> {
        writeln!(enterprises, "{neq},{status},CIE").map_err(Error::internal)?;
        writeln!(names, "{neq},{},V,N", quoted(name)).map_err(Error::internal)?;
        former.map_or(Ok(()), |former| writeln!(names, "{neq},{},A,N", quoted(&former)).map_err(Error::internal))
    };
    let former = |chance: &mut Chance, name: &str| {
        chance.percent(20).then(|| {
            let word = chance.one(data.list("outside.former")).cloned().unwrap_or_default();
            format!("{word} {name}")
        })
    };
    for (place, partner) in partners.iter().enumerate() {
        let Some(neq) = &partner.neq else { continue };
        let status = match place {
            STRUCK_OFF => "RO",
            MERGED => "RX",
            _ => "IM",
        };
        add(neq, status, &partner.name, former(chance, &partner.name))?;
    }
    let mut number = 9_950_000_000_u64;
    for first in data.list("outside.firsts") {
        for second in data.list("outside.seconds") {
            number += 1;
            let form = chance.one(data.list("outside.forms")).cloned().unwrap_or_default();
            let status = if chance.percent(15) { "RD" } else { "IM" };
            let name = format!("{first} {second} {form}");
            add(&number.to_string(), status, &name, former(chance, &name))?;
        }
    }
    let neq = |place: usize| partners.get(place).and_then(|partner| partner.neq.as_ref());
    for (place, code) in [(MERGED, "FUS,2025-04-01"), (SPLIT, "SCI,2024-01-15")] {
        if let Some((one, other)) = neq(place).zip(neq(place + 1)) {
            writeln!(relations, "{one},{other},{code}").map_err(Error::internal)?;
        }
    }
    if let Some(neq) = neq(CONTINUED) {
        writeln!(changes, "{neq},CON,CAN,Ottawa,2019-06-03").map_err(Error::internal)?;
    }
    let file = std::fs::File::create(path).map_err(Error::internal)?;
    let mut zip = zip::ZipWriter::new(file);
    for (name, text) in [
        ("Entreprise", enterprises.as_str()),
        ("Nom", &names),
        ("FusionScissions", &relations),
        ("ContinuationsTransformations", &changes),
        ("DomaineValeur", LABELS),
    ] {
        zip.start_file(format!("{name}.csv"), SimpleFileOptions::default()).map_err(Error::internal)?;
        zip.write_all(text.as_bytes()).map_err(Error::internal)?;
    }
    zip.finish().map_err(Error::internal)?;
    Ok(())
}

/// The contracts of the suppliers, under the numbers that declarations name, and two open tenders.
fn releases(data: &Data, buyer: &str, partners: &[Partner], chance: &mut Chance, today: NaiveDate) -> Vec<Value> {
    let mut all = Vec::new();
    let mut notice = 9_000_000_u64;
    let dated = |day: NaiveDate| format!("{day}T09:00:00-05:00");
    for (place, partner) in partners.iter().enumerate() {
        let supplier = json!({ "id": format!("F-{place}"), "name": partner.name, "roles": ["supplier"],
            "details": { "neq": partner.neq } });
        for (rank, number) in partner.contracts.iter().enumerate() {
            notice += 1;
            let amount = chance.between(18, 900) * 1_000;
            // The second contract of each supplier is over; the others run.
            let (starts, months) = if rank == 1 { (30, 18) } else { (chance.between(3, 14), 36) };
            let begins = today - Months::new(u32::try_from(starts).unwrap_or(6));
            let ends = begins + Months::new(months);
            let object = chance.one(data.list("outside.objects")).cloned().unwrap_or_default();
            let method = if chance.percent(30) { "direct" } else { "open" };
            let amended: &[Value] = if chance.percent(20) { &[json!({ "description": object })] } else { &[] };
            all.push(json!({
                "ocid": format!("ocds-ec9k95-{notice}"), "date": dated(begins), "tag": ["contract"],
                "buyer": { "id": "OP-FICTIF", "name": buyer }, "parties": [supplier],
                "tender": { "title": object, "status": "complete", "procurementMethod": method },
                "awards": [{ "id": "A", "date": begins, "value": { "amount": amount, "currency": "CAD" },
                    "suppliers": [{ "id": format!("F-{place}") }] }],
                "contracts": [{ "id": number, "awardID": "A", "status": "active", "dateSigned": begins,
                    "value": { "amount": amount, "currency": "CAD" }, "amendments": amended,
                    "period": { "startDate": begins, "endDate": ends } }]
            }));
        }
    }
    for (rank, title) in data.list("outside.tenders").iter().enumerate() {
        notice += 1;
        let bidders: Vec<Value> = partners
            .iter()
            .skip(rank * 2)
            .take(2)
            .map(|partner| json!({ "id": partner.neq, "name": partner.name, "roles": ["tenderer"], "details": { "neq": partner.neq } }))
            .collect();
        let (opens, closes) = (today - Days::new(12), today + Days::new(20));
        all.push(json!({
            "ocid": format!("ocds-ec9k95-{notice}"), "date": dated(opens), "tag": ["tender"],
            "buyer": { "id": "OP-FICTIF", "name": buyer }, "parties": bidders,
            "tender": { "title": title, "status": "active", "procurementMethod": "open",
                "tenderPeriod": { "startDate": opens, "endDate": closes } }
        }));
    }
    all
}
