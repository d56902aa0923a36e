//! A file given back, as a download that no browser opens in the page.

use std::path::Path;

use actix_web::http::header;
use actix_web::{HttpResponse, web};
use diesel::prelude::*;

use super::scan::Scan;
use super::store::{Opener, place_of};
use crate::access::table::Freshness;
use crate::access::{Action, Actor, MeasureAction};
use crate::app::Tx;
use crate::db::schema::{attachments, declarations};
use crate::declarations::{access_log, store};
use crate::error::{Error, Result};
use crate::measures;
use crate::random::sha256_hex;
use crate::web::Visit;

/// `GET /pieces/{id}`: a download, for whoever may read the declaration it is joined to.
pub async fn download(visit: Visit, id: web::Path<i64>) -> Result<HttpResponse> {
    let actor = visit.actor()?;
    let id = id.into_inner();
    let found = visit
        .app
        .read(move |tx| {
            type Row = (String, String, String, String, Option<i64>, Option<String>);
            let (name, media_type, sha256, scan, measure, sealed_key): Row = attachments::table
                .find(id)
                .select((
                    attachments::name,
                    attachments::media_type,
                    attachments::sha256,
                    attachments::scan,
                    attachments::measure_id,
                    attachments::sealed_key,
                ))
                .first(tx.conn)
                .optional()?
                .ok_or(Error::NotFound)?;
            // The proof of a measure goes with the measure, whose owner may not read the file.
            let declaration = match measure {
                Some(id) => measures::store::authorized(tx, &actor, id, MeasureAction::Read)?.declaration,
                None => {
                    let slug = slug_of(tx, id)?;
                    store::authorized(tx, &actor, &slug, Action::Read)?.declaration
                }
            };
            let (name, opener) = Opener::of(tx, declaration.id, &sha256, name, sealed_key.as_deref())?;
            Ok((name, opener, media_type, sha256, Scan::parse(&scan)?, declaration))
        })
        .await;
    let (name, opener, media_type, sha256, scan, declaration) = match found {
        Err(Error::NotFound) => {
            let by = visit.actor()?;
            visit.app.write(move |tx| refused(tx, &by, id)).await?;
            return Err(Error::NotFound);
        }
        other => other?,
    };
    if declaration.is_sealed() {
        visit.confirmed(Freshness::Reading)?;
    }
    // Only whoever may read it is told that it waits.
    scan.require_available()?;
    let reader = visit.actor()?;
    if declaration.is_confidential() && declaration.declarant_id != reader.person {
        visit.app.write(move |tx| access_log::read(tx, &reader, declaration.id, "attachment")).await?;
    }
    let place = place_of(Path::new(&visit.app.book.config.uploads.directory), &sha256);
    let content = tokio::task::spawn_blocking(move || std::fs::read(place))
        .await
        .map_err(Error::internal)?
        .map_err(Error::internal)?;
    if sha256_hex(&content) != sha256 {
        return Err(Error::Internal(format!("attachment {id} is not what was received")));
    }
    let content = opener.open(content)?;
    let plain: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() || ".-_".contains(c) { c } else { '_' }).collect();
    let disposition =
        format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{}", crate::web::page::percent(&name));
    Ok(HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, media_type))
        .insert_header((header::CONTENT_DISPOSITION, disposition))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header((header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox"))
        .body(content))
}

/// The declaration that a file is joined to, as its address names it.
fn slug_of(tx: &mut Tx<'_>, id: i64) -> Result<String> {
    let named: Option<(Option<String>, String)> = attachments::table
        .inner_join(declarations::table.on(attachments::declaration_id.eq(declarations::id)))
        .filter(attachments::id.eq(id))
        .select((declarations::reference, declarations::key))
        .first(tx.conn)
        .optional()?;
    let (reference, key) = named.ok_or(Error::NotFound)?;
    Ok(reference.unwrap_or(key))
}

/// Somebody tried a file that they may not know of: files are numbered, and whoever counts through them leaves a row each time.
fn refused(tx: &mut Tx<'_>, by: &Actor, id: i64) -> Result<()> {
    match slug_of(tx, id) {
        Ok(slug) => access_log::refused(tx, by, &slug),
        Err(Error::NotFound) => Ok(()),
        Err(error) => Err(error),
    }
}
