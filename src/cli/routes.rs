//! `probite routes`

use std::process::ExitCode;

use super::Invocation;
use crate::access::AccessTable;
use crate::error::{Error, Result};

pub fn run(invocation: &Invocation) -> Result<ExitCode> {
    let table = AccessTable::parse(&invocation.settings(&[])?.access_table()?).map_err(Error::Internal)?;
    let routes: Vec<(&str, _)> = table.routes().collect();
    if invocation.json {
        let list: Vec<_> =
            routes.iter().map(|(route, action)| serde_json::json!({ "route": route, "action": action })).collect();
        println!("{}", serde_json::to_string_pretty(&list)?);
    } else {
        for (route, action) in routes {
            println!("{route}\t{action:?}");
        }
    }
    Ok(ExitCode::SUCCESS)
}
