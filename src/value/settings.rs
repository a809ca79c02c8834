//! The session's settings that decide how values are written and read.

/// What the session has set (manual 20.11). Part of the plan key.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Settings {
    /// Output style of dates and times.
    pub date_style: DateStyle,
    /// Order of day and month, for input and for the SQL, Postgres and German styles.
    pub date_order: DateOrder,
    /// Output style of intervals.
    pub interval_style: IntervalStyle,
    /// The zone of timestamptz.
    pub time_zone: TimeZone,
    /// How bytea is written.
    pub bytea_output: ByteaOutput,
    /// Digits of floats: above 0 the shortest exact form.
    pub extra_float_digits: i32,
}

/// `DateStyle`'s first part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "named as in the manual")]
pub enum DateStyle {
    Iso,
    Sql,
    Postgres,
    German,
}

/// `DateStyle`'s second part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "named as in the manual")]
pub enum DateOrder {
    Mdy,
    Dmy,
    Ymd,
}

/// `IntervalStyle`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "named as in the manual")]
pub enum IntervalStyle {
    Postgres,
    PostgresVerbose,
    SqlStandard,
    Iso8601,
}

/// `bytea_output`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "named as in the manual")]
pub enum ByteaOutput {
    Hex,
    Escape,
}

/// `TimeZone` as the server reports it: an IANA name, an abbreviation or a POSIX form.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct TimeZone(pub String);

impl Default for Settings {
    /// The server's built-in defaults; a session reads its own at the start.
    fn default() -> Self {
        Settings {
            date_style: DateStyle::Iso,
            date_order: DateOrder::Mdy,
            interval_style: IntervalStyle::Postgres,
            time_zone: TimeZone("GMT".to_owned()),
            bytea_output: ByteaOutput::Hex,
            extra_float_digits: 1,
        }
    }
}

impl Settings {
    /// Takes a setting over from its name and value as `SHOW` and ParameterStatus give them
    /// (`DateStyle`, "ISO, DMY"). `false`: not a setting of values, or not a value it can have.
    pub fn take(&mut self, name: &str, value: &str) -> bool {
        match name.to_ascii_lowercase().as_str() {
            "datestyle" => self.take_date_style(value),
            "intervalstyle" => take(&mut self.interval_style, interval_style(value)),
            "timezone" => take(&mut self.time_zone, Some(TimeZone(value.to_owned()))),
            "bytea_output" => take(&mut self.bytea_output, bytea_output(value)),
            "extra_float_digits" => take(&mut self.extra_float_digits, value.parse().ok()),
            _ => false,
        }
    }

    fn take_date_style(&mut self, value: &str) -> bool {
        value.split(',').all(|part| {
            let part = part.trim().to_ascii_lowercase();
            match part.as_str() {
                "iso" => self.date_style = DateStyle::Iso,
                "sql" => self.date_style = DateStyle::Sql,
                "postgres" => self.date_style = DateStyle::Postgres,
                "german" => self.date_style = DateStyle::German,
                "mdy" => self.date_order = DateOrder::Mdy,
                "dmy" => self.date_order = DateOrder::Dmy,
                "ymd" => self.date_order = DateOrder::Ymd,
                _ => return false,
            }
            true
        })
    }
}

fn take<T>(place: &mut T, value: Option<T>) -> bool {
    match value {
        Some(value) => {
            *place = value;
            true
        }
        None => false,
    }
}

fn interval_style(value: &str) -> Option<IntervalStyle> {
    match value {
        "postgres" => Some(IntervalStyle::Postgres),
        "postgres_verbose" => Some(IntervalStyle::PostgresVerbose),
        "sql_standard" => Some(IntervalStyle::SqlStandard),
        "iso_8601" => Some(IntervalStyle::Iso8601),
        _ => None,
    }
}

fn bytea_output(value: &str) -> Option<ByteaOutput> {
    match value {
        "hex" => Some(ByteaOutput::Hex),
        "escape" => Some(ByteaOutput::Escape),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_taken_as_the_server_reports_them() {
        let mut settings = Settings::default();
        assert!(settings.take("DateStyle", "SQL, DMY"));
        assert_eq!(settings.date_style, DateStyle::Sql);
        assert_eq!(settings.date_order, DateOrder::Dmy);
        assert!(settings.take("TimeZone", "Europe/Berlin"));
        assert!(settings.take("extra_float_digits", "-3"));
        assert_eq!(settings.extra_float_digits, -3);
        assert!(!settings.take("bytea_output", "base64"));
        assert!(!settings.take("application_name", "x"));
    }
}
