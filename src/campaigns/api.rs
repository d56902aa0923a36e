//! Campaigns through the API: the same figures as the pages, and nobody's name.

use actix_web::{HttpResponse, web};
use serde::Serialize;
use utoipa::ToSchema;

use super::store::{self, Asked, Campaign, UnitProgress};
use crate::app::Tx;
use crate::clock::local_date;
use crate::declarations::api::call::Call;
use crate::error::Result;

/// A yearly campaign, and how many of those it asks have answered.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CampaignItem {
    pub id: i64,
    /// The year it is about.
    pub label: String,
    pub due_on: chrono::NaiveDate,
    pub opened_on: chrono::NaiveDate,
    /// Empty while it is under way.
    pub closed_on: Option<chrono::NaiveDate>,
    pub answered: i64,
    pub people: i64,
    /// People whom it does not ask.
    pub excepted: i64,
    pub href: String,
}

/// The campaigns, the last first.
#[derive(Debug, Serialize, ToSchema)]
pub struct ListOfCampaigns {
    pub items: Vec<CampaignItem>,
}

/// How a campaign goes in a unit.
#[derive(Debug, Serialize, ToSchema)]
pub struct CampaignUnit {
    pub unit: i64,
    pub name: String,
    pub answered: i64,
    pub people: i64,
}

impl From<UnitProgress> for CampaignUnit {
    fn from(unit: UnitProgress) -> Self {
        Self { unit: unit.unit, name: unit.name, answered: unit.done, people: unit.people }
    }
}

/// A campaign, unit by unit.
#[derive(Debug, Serialize, ToSchema)]
pub struct CampaignDetail {
    #[serde(flatten)]
    pub campaign: CampaignItem,
    pub units: Vec<CampaignUnit>,
}

impl CampaignItem {
    /// A campaign and those it asks, as a program reads it.
    ///
    /// # Errors
    /// When the database fails.
    pub fn of(tx: &mut Tx<'_>, campaign: &Campaign, asked: &[Asked]) -> Result<Self> {
        let zone = tx.zone();
        let (answered, people) = store::progress(asked);
        let excepted = store::excepted(tx, campaign.id)?.len();
        Ok(Self {
            id: campaign.id,
            label: campaign.label.clone(),
            due_on: campaign.due_on,
            opened_on: local_date(campaign.opened_at, zone),
            closed_on: campaign.closed_at.map(|at| local_date(at, zone)),
            answered,
            people,
            excepted: i64::try_from(excepted).unwrap_or(i64::MAX),
            href: format!("/api/v1/campaigns/{}", campaign.id),
        })
    }
}

/// Every campaign, the last first.
///
/// # Errors
/// When the database fails.
pub fn all(tx: &mut Tx<'_>) -> Result<Vec<CampaignItem>> {
    let mut items = Vec::new();
    for campaign in store::all(tx)? {
        let asked = store::asked(tx, &campaign)?;
        items.push(CampaignItem::of(tx, &campaign, &asked)?);
    }
    Ok(items)
}

/// One campaign, unit by unit.
///
/// # Errors
/// No such campaign.
pub fn one(tx: &mut Tx<'_>, id: i64) -> Result<CampaignDetail> {
    let campaign = store::find(tx, id)?;
    let asked = store::asked(tx, &campaign)?;
    let item = CampaignItem::of(tx, &campaign, &asked)?;
    Ok(CampaignDetail { campaign: item, units: store::by_unit(&asked).into_iter().map(Into::into).collect() })
}

/// `GET /api/v1/campaigns`
pub async fn list(call: Call) -> Result<HttpResponse> {
    call.asked()?.nothing_else()?;
    let items = call.visit.app.read(all).await?;
    call.answer(&ListOfCampaigns { items })
}

/// `GET /api/v1/campaigns/{id}`
pub async fn show(call: Call, id: web::Path<i64>) -> Result<HttpResponse> {
    call.asked()?.nothing_else()?;
    let id = id.into_inner();
    let detail = call.visit.app.read(move |tx| one(tx, id)).await?;
    call.answer(&detail)
}
