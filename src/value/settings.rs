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
