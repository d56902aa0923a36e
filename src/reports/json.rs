//! The figures as JSON, and the rows as JSON Lines: what a machine reads, with the same names as the code.

use std::io::{self, Write};

use serde::Serialize;

use crate::reports::figures::AuditFigures;
use crate::reports::rows::{ReportContext, ReportRow};

/// Name and version of the JSON of the figures. A key is never renamed or given another meaning under one version;
/// keys may be added. Version 2 counts in business days what version 1 counted in civil days: `overdue_days`, and the `days_late` of
/// kinds whose limit is in civil days.
pub const SCHEMA: &str = "probite.audit-report/2";

#[derive(Serialize)]
struct Envelope<'a> {
    schema: &'static str,
    context: &'a ReportContext,
    figures: &'a AuditFigures,
}

/// `{schema, context, figures}`, indented by two spaces so that two reports can be compared line by line, then LF.
/// The same figures and context always give the same bytes.
pub fn write_figures(figures: &AuditFigures, context: &ReportContext, mut out: impl Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut out, &Envelope { schema: SCHEMA, context, figures })?;
    out.write_all(b"\n")
}

/// One canonical line (see [`ReportRow::canonical_line`]). Rows written in the order of the report make a file whose
/// `sha256sum` is the SHA-256 printed in the report.
pub fn write_row(row: &ReportRow, buffer: &mut Vec<u8>, mut out: impl Write) -> io::Result<()> {
    buffer.clear();
    row.canonical_line(buffer)?;
    out.write_all(buffer)
}
