//! When and from where a grant holds, as it is written.

use chrono::{NaiveDate, NaiveTime};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use toml::de::DeValue;

use super::declare::{section, words};
use super::read::{Node, Raw};
use crate::policy::problem::{Located, Problems};

/// A moment: a date (its beginning in UTC), or a date and a time with an offset. Seconds since 1970-01-01 UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::policy) struct RawMoment(pub(in crate::policy) i64);

impl Raw for RawMoment {
    fn read(node: &Node<'_>, problems: &mut Problems) -> Option<Self> {
        let DeValue::Datetime(moment) = node.value else {
            node.expected(
                "a date such as 2027-01-01 (without quotes), or with a time and an offset",
                problems,
            );
            return None;
        };
        let seconds = match (moment.date, moment.time, moment.offset) {
            (Some(date), None, None) => date_of(date).map(|date| (date, NaiveTime::MIN, 0)),
            (Some(date), Some(time), Some(offset)) => {
                let minutes = match offset {
                    toml::value::Offset::Z => 0,
                    toml::value::Offset::Custom { minutes } => i64::from(minutes),
                };
                let time = NaiveTime::from_hms_opt(
                    time.hour.into(),
                    time.minute.into(),
                    time.second.unwrap_or(0).into(),
                );
                date_of(date)
                    .zip(time)
                    .map(|(date, time)| (date, time, minutes * 60))
            }
            (Some(_), Some(_), None) => {
                problems.add(
                    &node.place,
                    "expected an offset behind the time, such as 2027-01-01T18:00:00+01:00 or …Z",
                );
                return None;
            }
            (None, ..) | (Some(_), None, Some(_)) => None,
        };
        if seconds.is_none() {
            problems.add(
                &node.place,
                "expected a date, or a date and a time with an offset",
            );
        }
        seconds
            .map(|(date, time, east)| RawMoment(date.and_time(time).and_utc().timestamp() - east))
    }
}

fn date_of(date: toml::value::Date) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(date.year.into(), date.month.into(), date.day.into())
}

impl JsonSchema for RawMoment {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Moment".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        // Editors hand a TOML date over as text.
        json_schema!({ "type": "string", "anyOf": [{ "format": "date" }, { "format": "date-time" }] })
    }
}

/// A time of day, `HH:MM`. Seconds since midnight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::policy) struct RawClock(pub(in crate::policy) u32);

impl Raw for RawClock {
    fn read(node: &Node<'_>, problems: &mut Problems) -> Option<Self> {
        let text = String::read(node, problems)?;
        let number = |text: &str, most: u32| {
            let digits = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
            let number: u32 = digits.then(|| text.parse().ok()).flatten()?;
            (number <= most).then_some(number)
        };
        let read = text.split_once(':').and_then(|(hour, minute)| {
            let (hour, minute) = (number(hour, 24)?, number(minute, 59)?);
            (hour < 24 || minute == 0).then_some(hour * 3600 + minute * 60)
        });
        if read.is_none() {
            problems.add(
                &node.place,
                "expected a time of day from \"00:00\" to \"24:00\"",
            );
        }
        read.map(RawClock)
    }
}

impl JsonSchema for RawClock {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Clock".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "pattern": "^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$" })
    }
}

section! {
    /// Hours of the week at which a grant holds.
    RawHours {
        /// Days on which the hours begin. Default: all.
        key "days" days: Vec<Located<RawDay>>;
        /// Their beginning, `HH:MM`.
        need "from" from: RawClock;
        /// Their end, `HH:MM`; where it is not after the beginning, on the following day.
        need "to" to: RawClock;
        /// Time zone by its IANA name. Default: `UTC`.
        key "zone" zone: String;
    }
}

words! {
    /// A day of the week.
    RawDay {
        "mon" => Mon,
        "tue" => Tue,
        "wed" => Wed,
        "thu" => Thu,
        "fri" => Fri,
        "sat" => Sat,
        "sun" => Sun,
    }
}
