//! `to_char` of timestamps (`formatting.c`): templates whose result hangs on no locale.

use std::fmt::Write as _;

use super::moments::iso_week;
use crate::value::calendar;

/// A template, taken apart. It is a constant of the statement, and cannot be printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Format(Vec<Node>);

impl std::fmt::Debug for Format {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Format(…)")
    }
}

#[derive(Clone, PartialEq, Eq)]
enum Node {
    Letter(char),
    /// A keyword, and whether FM stands before it.
    Field(&'static str, bool),
}

/// All keywords, longer ones before those that they begin with; those with a dash are known and not done here.
const KEYWORDS: &[&str] = &[
    "A.D.", "A.M.", "AD", "AM", "B.C.", "BC", "CC", "DAY", "DDD", "DD", "DY", "Day", "Dy", "D",
    "FF1", "FF2", "FF3", "FF4", "FF5", "FF6", "FX", "HH24", "HH12", "HH", "IDDD", "ID", "IW",
    "IYYY", "IYY", "IY", "I", "J", "MI", "MM", "MONTH", "MON", "MS", "Month", "Mon", "OF", "P.M.",
    "PM", "Q", "RM", "SSSSS", "SSSS", "SS", "TZH", "TZM", "TZ", "US", "WW", "W", "Y,YYY", "YYYY",
    "YYY", "YY", "Y", "a.d.", "a.m.", "ad", "am", "b.c.", "bc", "cc", "day", "ddd", "dd", "dy",
    "d", "ff1", "ff2", "ff3", "ff4", "ff5", "ff6", "fx", "hh24", "hh12", "hh", "iddd", "id", "iw",
    "iyyy", "iyy", "iy", "i", "j", "mi", "mm", "month", "mon", "ms", "of", "p.m.", "pm", "q", "rm",
    "sssss", "ssss", "ss", "tzh", "tzm", "tz", "us", "ww", "w", "y,yyy", "yyyy", "yyy", "yy", "y",
];

/// Those that are left to the server: they hang on the zone, or are seldom seen.
const LEFT: &[&str] = &[
    "cc", "fx", "iddd", "j", "of", "rm", "tzh", "tzm", "tz", "y,yyy",
];

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const DAYS: [&str; 7] = [
    "Sunday",
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
];

impl Format {
    /// Takes a template apart; `None` where it holds what is not done here.
    pub fn read(template: &str) -> Option<Format> {
        let mut nodes = Vec::new();
        let mut rest = template;
        while !rest.is_empty() {
            let mut fills = false;
            if let Some(behind) = rest.strip_prefix("FM").or_else(|| rest.strip_prefix("fm")) {
                (fills, rest) = (true, behind);
            } else if rest.starts_with("TM") || rest.starts_with("tm") {
                return None;
            }
            if let Some(keyword) = KEYWORDS.iter().find(|own| rest.starts_with(**own)) {
                rest = rest.get(keyword.len()..)?;
                let suffixed = ["TH", "th", "SP"].iter().any(|own| rest.starts_with(own));
                if suffixed || LEFT.contains(&keyword.to_ascii_lowercase().as_str()) {
                    return None;
                }
                nodes.push(Node::Field(keyword, fills));
                continue;
            }
            if fills {
                return None;
            }
            let mut letters = rest.chars();
            match letters.next()? {
                '"' => {
                    // As it stands up to the next one; a backslash takes the letter behind it.
                    loop {
                        match letters.next() {
                            None => break,
                            Some('"') => break,
                            Some('\\') => nodes.push(Node::Letter(letters.next()?)),
                            Some(letter) => nodes.push(Node::Letter(letter)),
                        }
                    }
                    rest = letters.as_str();
                }
                '\\' if letters.as_str().starts_with('"') => {
                    nodes.push(Node::Letter('"'));
                    letters.next();
                    rest = letters.as_str();
                }
                letter => {
                    nodes.push(Node::Letter(letter));
                    rest = letters.as_str();
                }
            }
        }
        Some(Format(nodes))
    }

    /// What it makes of a local timestamp; `None` of one without an end, and of an empty template.
    pub(super) fn show(&self, micros: i64) -> Option<String> {
        if self.0.is_empty() || matches!(micros, i64::MIN | i64::MAX) {
            return None;
        }
        let mut out = String::new();
        for node in &self.0 {
            match node {
                Node::Letter(letter) => out.push(*letter),
                Node::Field(keyword, fills) => field(keyword, *fills, micros, &mut out),
            }
        }
        Some(out)
    }
}

fn field(keyword: &str, fills: bool, micros: i64, out: &mut String) {
    let days = micros.div_euclid(calendar::DAY);
    let of_day = micros.rem_euclid(calendar::DAY);
    let (year, month, day) = calendar::civil(days);
    let shown_year = if year > 0 { year } else { 1 - year };
    let iso = iso_week(days);
    let iso_year = if iso.0 > 0 { iso.0 } else { 1 - iso.0 };
    let (hour, minute) = (of_day / 3_600_000_000, of_day / 60_000_000 % 60);
    let second = of_day / 1_000_000 % 60;
    let fraction = of_day % 1_000_000;
    let day_of_year = days - calendar::days(year, 1, 1) + 1;
    let weekday = (days + 6).rem_euclid(7);
    let hour_12 = if hour % 12 == 0 { 12 } else { hour % 12 };
    let half = if hour >= 12 {
        ["P.M.", "PM"]
    } else {
        ["A.M.", "AM"]
    };
    let era = if year <= 0 {
        ["B.C.", "BC"]
    } else {
        ["A.D.", "AD"]
    };
    let name = |names: &[&'static str], at: i64| {
        let at = usize::try_from(at).unwrap_or(0);
        names.get(at).copied().unwrap_or("")
    };
    let (month_name, day_name) = (name(&MONTHS, month - 1), name(&DAYS, weekday));
    let short = |name: &'static str| name.get(..3).unwrap_or(name).to_owned();
    // Names in full are as long as the longest, where FM does not stand before them.
    let long = |name: String| if fills { name } else { format!("{name:<9}") };
    // Writing to a String cannot fail.
    let mut number = |value: i64, width: usize| {
        let width = if fills { 0 } else { width };
        let _ = write!(out, "{value:0width$}");
    };
    match keyword.to_ascii_lowercase().as_str() {
        "hh24" => return number(hour, 2),
        "hh12" | "hh" => return number(hour_12, 2),
        "mi" => return number(minute, 2),
        "ss" => return number(second, 2),
        "dd" => return number(day, 2),
        "ddd" => return number(day_of_year, 3),
        "mm" => return number(month, 2),
        "ww" => return number((day_of_year - 1) / 7 + 1, 2),
        "iw" => return number(iso.1, 2),
        "yyyy" => return number(shown_year, 4),
        "yyy" => return number(shown_year % 1000, 3),
        "yy" => return number(shown_year % 100, 2),
        "y" => return number(shown_year % 10, 1),
        "iyyy" => return number(iso_year, 4),
        "iyy" => return number(iso_year % 1000, 3),
        "iy" => return number(iso_year % 100, 2),
        "i" => return number(iso_year % 10, 1),
        _ => {}
    }
    let text = match keyword {
        "MONTH" => long(month_name.to_uppercase()),
        "Month" => long(month_name.to_owned()),
        "month" => long(month_name.to_lowercase()),
        "MON" => short(month_name).to_uppercase(),
        "Mon" => short(month_name),
        "mon" => short(month_name).to_lowercase(),
        "DAY" => long(day_name.to_uppercase()),
        "Day" => long(day_name.to_owned()),
        "day" => long(day_name.to_lowercase()),
        "DY" => short(day_name).to_uppercase(),
        "Dy" => short(day_name),
        "dy" => short(day_name).to_lowercase(),
        "A.M." | "P.M." => half[0].to_owned(),
        "a.m." | "p.m." => half[0].to_lowercase(),
        "AM" | "PM" => half[1].to_owned(),
        "am" | "pm" => half[1].to_lowercase(),
        "A.D." | "B.C." => era[0].to_owned(),
        "a.d." | "b.c." => era[0].to_lowercase(),
        "AD" | "BC" => era[1].to_owned(),
        "ad" | "bc" => era[1].to_lowercase(),
        other => match other.to_ascii_lowercase().as_str() {
            // These are never shortened.
            "ms" => format!("{:03}", fraction / 1_000),
            "us" => format!("{fraction:06}"),
            "ff1" => format!("{}", fraction / 100_000),
            "ff2" => format!("{:02}", fraction / 10_000),
            "ff3" => format!("{:03}", fraction / 1_000),
            "ff4" => format!("{:04}", fraction / 100),
            "ff5" => format!("{:05}", fraction / 10),
            "ff6" => format!("{fraction:06}"),
            "ssss" | "sssss" => (of_day / 1_000_000).to_string(),
            "d" => (weekday + 1).to_string(),
            "id" => if weekday == 0 { 7 } else { weekday }.to_string(),
            "q" => ((month - 1) / 3 + 1).to_string(),
            "w" => ((day - 1) / 7 + 1).to_string(),
            _ => String::new(),
        },
    };
    out.push_str(&text);
}
