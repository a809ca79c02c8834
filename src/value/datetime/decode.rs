//! The second step: give each field its meaning. The order of the questions is the server's, since
//! it decides what "99-01-08" or "jan 8 1999 040506" means.

use super::numbers::{DATE, Reading, TIME, Zoned, bit};
use super::tokens::{self, Field, Shape};
use super::words::{self, Word};
use super::zone::Zone;
use super::{bad_format, overflow};
use crate::value::{DateOrder, ValueError};

/// What a text says.
pub(super) enum Decoded {
    Infinity,
    MinusInfinity,
    Epoch,
    Moment(Reading),
}

/// Reads a full date, with or without a time and a zone.
pub(super) fn date_time(
    text: &str,
    order: DateOrder,
    type_name: &'static str,
) -> Result<Decoded, ValueError> {
    let bad = || bad_format(type_name);
    let fields = tokens::cut(text).ok_or_else(bad)?;
    if let Some(special) = special(&fields)? {
        return Ok(special);
    }
    let mut reading = Reading::new(order, type_name);
    let mut time_follows = false;
    for (index, field) in fields.iter().enumerate() {
        let before = reading.seen;
        let mask = match field.shape {
            Shape::Date => date_field(&mut reading, field, &mut time_follows)?,
            Shape::Time => {
                time_follows = false;
                reading.time(&field.text)?;
                if reading.past_midnight() {
                    return Err(overflow(type_name));
                }
                TIME
            }
            Shape::Offset => {
                reading.offset(&field.text)?;
                bit::ZONE
            }
            Shape::Number if std::mem::take(&mut time_follows) => {
                reading.run_together(&field.text, before | DATE)?
            }
            Shape::Number => number_field(&mut reading, &field.text)?,
            Shape::Word | Shape::SignedWord => {
                let next = fields.get(index + 1).map(|field| field.shape);
                match word_field(&mut reading, &field.text, next, &mut time_follows)? {
                    Some(mask) => mask,
                    None => continue,
                }
            }
        };
        reading.take(before, mask)?;
    }
    reading.validate()?;
    reading.apply_meridian()?;
    if reading.seen & DATE != DATE {
        return Err(bad());
    }
    Ok(Decoded::Moment(reading))
}

/// 'infinity' and 'epoch' stand alone.
fn special(fields: &[Field]) -> Result<Option<Decoded>, ValueError> {
    let mut found = None;
    for field in fields {
        if matches!(field.shape, Shape::Word | Shape::SignedWord) {
            found = match words::look_up(&field.text) {
                Some(Word::Infinity) => Some(Decoded::Infinity),
                Some(Word::MinusInfinity) => Some(Decoded::MinusInfinity),
                Some(Word::Epoch) => Some(Decoded::Epoch),
                _ => continue,
            };
        }
    }
    if found.is_some() && fields.len() > 1 {
        return Err(ValueError::server_dependent(
            "'infinity' or 'epoch' with more beside it",
        ));
    }
    Ok(found)
}

fn date_field(
    reading: &mut Reading,
    field: &Field,
    time_follows: &mut bool,
) -> Result<u32, ValueError> {
    let month_and_day = bit::MONTH | bit::DAY;
    let pending = std::mem::take(time_follows);
    if !pending && reading.seen & month_and_day != month_and_day {
        return reading.date(&field.text);
    }
    // A run-together time with an offset, or the name of a zone.
    if pending || field.text.starts_with(|c: char| c.is_ascii_digit()) {
        if reading.seen & TIME == TIME {
            return Err(bad_format(reading.type_name));
        }
        let at = field
            .text
            .find('-')
            .ok_or_else(|| bad_format(reading.type_name))?;
        let (time, offset) = field
            .text
            .split_at_checked(at)
            .ok_or_else(|| bad_format(reading.type_name))?;
        reading.offset(offset)?;
        return Ok(reading.run_together(time, reading.seen)? | bit::ZONE);
    }
    match Zone::named(&field.text) {
        Some(zone) => reading.zone = Zoned::Named(zone),
        None => return Err(ValueError::server_dependent("a time zone of this name")),
    }
    Ok(bit::ZONE)
}

fn number_field(reading: &mut Reading, text: &str) -> Result<u32, ValueError> {
    match text.find('.') {
        Some(_) if reading.seen & DATE == 0 => reading.date(text),
        Some(at) if at > 2 => reading.run_together(text, reading.seen),
        // With a date begun and a time read it can only be a long year.
        _ if text.len() >= 6 && (reading.seen & DATE == 0 || reading.seen & TIME == 0) => {
            reading.run_together(text, reading.seen)
        }
        _ => {
            let text_month = reading.text_month;
            reading.number(text, text_month, reading.seen)
        }
    }
}

/// `None`: a word that says nothing.
fn word_field(
    reading: &mut Reading,
    text: &str,
    next: Option<Shape>,
    time_follows: &mut bool,
) -> Result<Option<u32>, ValueError> {
    let bad = || bad_format(reading.type_name);
    let mask = match words::look_up(text) {
        Some(Word::Month(month)) => return Ok(Some(reading.month_name(month))),
        Some(Word::Weekday) => bit::WEEKDAY,
        Some(Word::Am) => {
            reading.meridian = Some(false);
            bit::MERIDIAN
        }
        Some(Word::Pm) => {
            reading.meridian = Some(true);
            bit::MERIDIAN
        }
        Some(Word::Ad) => {
            reading.bc = false;
            bit::ERA
        }
        Some(Word::Bc) => {
            reading.bc = true;
            bit::ERA
        }
        Some(Word::Utc) => {
            reading.zone = Zoned::East(0);
            bit::ZONE
        }
        Some(Word::AllBalls) => {
            reading.midnight();
            reading.zone = Zoned::East(0);
            TIME | bit::ZONE
        }
        Some(Word::TimeFollows) => {
            let sensible = matches!(next, Some(Shape::Number | Shape::Time | Shape::Date));
            if reading.seen & DATE != DATE || !sensible {
                return Err(bad());
            }
            *time_follows = true;
            0
        }
        Some(Word::Filler) => return Ok(None),
        Some(Word::ServerOnly(what)) => return Err(ValueError::server_dependent(what)),
        Some(Word::Infinity | Word::MinusInfinity | Word::Epoch) => return Err(bad()),
        // An all-letters zone name such as Japan.
        None => match Zone::named(text) {
            Some(zone) => {
                reading.zone = Zoned::Named(zone);
                bit::ZONE
            }
            None => return Err(bad()),
        },
    };
    Ok(Some(mask))
}

/// Reads a time of day; a date before it and a zone behind it are read and dropped.
pub(super) fn time_only(text: &str, order: DateOrder) -> Result<Reading, ValueError> {
    const NAME: &str = "time";
    let bad = || bad_format(NAME);
    let fields = tokens::cut(text).ok_or_else(bad)?;
    let mut reading = Reading::new(order, NAME);
    let mut time_follows = false;
    for (index, field) in fields.iter().enumerate() {
        let before = reading.seen;
        let first = index == 0 && fields.len() >= 2;
        let last_is_date = fields
            .last()
            .is_some_and(|field| field.shape == Shape::Date);
        let mask = match field.shape {
            Shape::Date
                if first
                    && (last_is_date
                        || fields
                            .get(1)
                            .is_some_and(|field| field.shape == Shape::Time)) =>
            {
                reading.date(&field.text)?
            }
            Shape::Date if field.text.starts_with(|c: char| c.is_ascii_digit()) => {
                if before & TIME == TIME {
                    return Err(bad());
                }
                let at = field.text.find('-').ok_or_else(bad)?;
                let (time, offset) = field.text.split_at_checked(at).ok_or_else(bad)?;
                reading.offset(offset)?;
                reading.run_together(time, before | DATE)? | bit::ZONE
            }
            Shape::Date => return Err(ValueError::server_dependent("a time with a zone's name")),
            Shape::Time => {
                time_follows = false;
                reading.time(&field.text)?;
                TIME
            }
            Shape::Offset => {
                reading.offset(&field.text)?;
                bit::ZONE
            }
            Shape::Number => {
                time_follows = false;
                match field.text.find('.') {
                    Some(_) if first && last_is_date => reading.date(&field.text)?,
                    Some(at) if at <= 2 => return Err(bad()),
                    None if field.text.len() <= 4 => {
                        reading.number(&field.text, false, before | DATE)?
                    }
                    _ => reading.run_together(&field.text, before | DATE)?,
                }
            }
            Shape::Word | Shape::SignedWord => match words::look_up(&field.text) {
                Some(Word::Month(_) | Word::Weekday | Word::Ad | Word::Bc) => {
                    return Err(ValueError::server_dependent("a time with a date in words"));
                }
                Some(Word::TimeFollows) => {
                    time_follows = true;
                    0
                }
                Some(Word::Filler) => continue,
                Some(Word::Am) => {
                    reading.meridian = Some(false);
                    bit::MERIDIAN
                }
                Some(Word::Pm) => {
                    reading.meridian = Some(true);
                    bit::MERIDIAN
                }
                Some(Word::Utc) => bit::ZONE,
                Some(Word::AllBalls) => {
                    reading.midnight();
                    TIME | bit::ZONE
                }
                Some(Word::ServerOnly(what)) => return Err(ValueError::server_dependent(what)),
                Some(Word::Infinity | Word::MinusInfinity | Word::Epoch) => return Err(bad()),
                None if Zone::named(&field.text).is_some() => {
                    return Err(ValueError::server_dependent("a time with a zone's name"));
                }
                None => return Err(bad()),
            },
        };
        reading.take(before, mask)?;
    }
    reading.validate()?;
    reading.apply_meridian()?;
    if time_follows || reading.seen & TIME != TIME {
        return Err(bad());
    }
    if reading.past_midnight() {
        return Err(overflow(NAME));
    }
    Ok(reading)
}
