//! The words of the server's errors and notices: the position in the client's own text, and no value that the client
//! may not see.

use bytes::Bytes;

use crate::transform::{About, Said, Words};
use crate::wire::Report;

use super::copy;
use super::engine::Engine;
use super::planning::Planned;

impl Engine {
    /// Makes an error or a notice one that the client may see. Returns whether anything had to be looked at; else the
    /// frame goes on as it came.
    pub(super) fn word(
        &self,
        report: &mut Report<'_>,
        body: &[u8],
        planned: Option<&Planned>,
        at: usize,
        sent: &[Bytes],
    ) -> bool {
        let standing = match planned {
            Some(planned) => std::sync::Arc::clone(&planned.standing),
            None => self.standing(),
        };
        let text = |code: u8| {
            let field = report.field(code).unwrap_or_default();
            String::from_utf8_lossy(field).into_owned()
        };
        let (schema, table, constraint) = (text(b's'), text(b't'), text(b'n'));
        let guarded = planned.is_some_and(|planned| planned.guards_words(at))
            || standing.enforces()
                && (Words::suspects(body)
                    || standing.guards(&schema, &table)
                    // What was raised inside a routine that reaches something protected.
                    || report.field(b'W').is_some() && standing.survey(&text(b'W')).watched);
        if guarded {
            let (rights, settings) = match planned {
                Some(planned) => (
                    std::sync::Arc::clone(&planned.rights),
                    planned.environment.settings.clone(),
                ),
                None => (
                    standing.rights(
                        &self.caller,
                        self.known.active_role(&self.caller.principal.login),
                    ),
                    self.known.environment(false).settings,
                ),
            };
            let field = |code: u8| report.field(code).map(<[u8]>::to_vec);
            // The context of a COPY is a line of its data, in which the place is all that is told.
            let place = planned.and_then(|planned| {
                copy::place(report.field(b'W').unwrap_or_default(), planned, at)
            });
            let said = Said {
                message: field(b'M'),
                detail: field(b'D'),
                hint: field(b'H'),
                context: field(b'W').filter(|_| place.is_none()),
                query: field(b'q'),
            };
            let (sqlstate, file, data_type) = (
                field(b'C').unwrap_or_default(),
                field(b'F').unwrap_or_default(),
                text(b'd'),
            );
            let about = About {
                sqlstate: &sqlstate,
                schema: &schema,
                table: &table,
                constraint: &constraint,
                data_type: &data_type,
                file: &file,
            };
            let told = standing.told(said, &about, &rights, &settings, sent);
            if told.query.is_none() {
                report.drop_fields(b"p");
            }
            report.set(b'M', told.message);
            report.set(b'D', told.detail);
            report.set(b'H', told.hint);
            let place = place.filter(|place| !place.is_empty());
            report.set(b'W', place.or(told.context));
            report.set(b'q', told.query);
        }
        let position = report
            .field(b'P')
            .and_then(|digits| std::str::from_utf8(digits).ok())
            .and_then(|digits| digits.parse::<usize>().ok());
        let Some(planned) = planned.filter(|planned| !planned.is_untouched()) else {
            return guarded;
        };
        if let Some(position) = position {
            let own = planned.client_position(position);
            report.set(b'P', Some(own.to_string().into_bytes()));
        }
        true
    }
}
