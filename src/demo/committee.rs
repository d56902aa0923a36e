//! One committee checked on the last day, so that the pages of clearance have something to show.

use diesel::prelude::*;

use crate::access::actor::Channel;
use crate::app::Tx;
use crate::clearance::actions::{self, Asked};
use crate::db::schema::{declarations, persons};
use crate::declarations::renewal;
use crate::error::Result;
use crate::people::{self, sessions};

/// Numbers of the personas who ask and who are checked.
const MONITOR: &str = "200007";
const EMPLOYEE: &str = "200001";
/// Colleagues on the committee with the employee.
const COLLEAGUES: i64 = 3;

/// The contract monitor checks the employee and some colleagues about the company in which the employee declared an interest.
pub fn check(tx: &mut Tx<'_>, purpose: &str) -> Result<()> {
    let monitor = people::store::find_by_number(tx, MONITOR)?;
    let employee = people::store::find_by_number(tx, EMPLOYEE)?;
    let (Some(monitor), Some(employee)) = (monitor, employee) else { return Ok(()) };
    let Some(actor) = sessions::actor(tx, &monitor, Channel::Command, false)? else { return Ok(()) };
    let company: Option<Option<String>> = declarations::table
        .filter(declarations::declarant_id.eq(employee.id))
        .filter(declarations::kind.eq(renewal::KIND))
        .filter(declarations::first_filed_at.is_not_null())
        .filter(declarations::company_name.is_not_null())
        .order(declarations::id.desc())
        .select(declarations::company_name)
        .first(tx.conn)
        .optional()?;
    let Some(company) = company.flatten() else { return Ok(()) };
    let today = tx.today();
    let colleagues: Vec<String> = persons::table
        .filter(persons::supervisor_id.eq(employee.supervisor_id))
        .filter(persons::id.ne(employee.id))
        .filter(persons::active_until.is_null().or(persons::active_until.ge(today)))
        .order(persons::id.asc())
        .limit(COLLEAGUES)
        .select(persons::number)
        .load(tx.conn)?;
    let roster = [vec![employee.number], colleagues].concat().join("\n");
    let asked = Asked { purpose: purpose.to_owned(), contract: String::new(), companies: company, roster };
    actions::give(tx, &actor, &asked).map(drop)
}
