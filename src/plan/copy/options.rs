//! The options of COPY, as `ProcessCopyOptions` of the server takes them (`copy.c`), with its SQLSTATEs.

#![expect(
    clippy::result_large_err,
    reason = "a refusal and its place: rare, and gone at once"
)]

use super::{CopyFormat, CopyHeader, CsvFormat, TextFormat};
use crate::fault::{Fault, Refusal};
use crate::sql::{CopyOption, CopyValue, Name};

/// What options say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Options {
    pub(super) format: CopyFormat,
    pub(super) freeze: bool,
}

/// A refusal, and the token it is about.
pub(super) type Wrong = (Refusal, Option<usize>);

/// What the options stand beside.
pub(super) struct About<'a> {
    pub(super) to: bool,
    /// Names of the copied columns; `None` for one whose name is not certain.
    pub(super) columns: &'a [Option<String>],
    /// Names of columns that are there and not copied.
    pub(super) others: &'a [String],
    pub(super) server_version: u32,
}

const SYNTAX: &str = "42601";
const PARAMETER: &str = "22023";
const FEATURE: &str = "0A000";
const COLUMN: &str = "42P10";
const NO_COLUMN: &str = "42703";

fn wrong<T>(sqlstate: &'static str, message: impl Into<String>, token: usize) -> Result<T, Wrong> {
    let refusal = Refusal::new(Fault::CopyOptions, message).with_sqlstate(sqlstate);
    Err((refusal, Some(token)))
}

#[derive(Default)]
struct Given<'a> {
    format: Option<&'a CopyOption>,
    freeze: Option<&'a CopyOption>,
    delimiter: Option<&'a CopyOption>,
    null: Option<&'a CopyOption>,
    header: Option<&'a CopyOption>,
    quote: Option<&'a CopyOption>,
    escape: Option<&'a CopyOption>,
    force_quote: Option<&'a CopyOption>,
    force_not_null: Option<&'a CopyOption>,
    force_null: Option<&'a CopyOption>,
    encoding: Option<&'a CopyOption>,
}

/// What the options say.
///
/// # Errors
/// Those that are not known, that do not fit each other, or that the server would not take.
pub(super) fn read(options: &[CopyOption], about: &About<'_>) -> Result<Options, Wrong> {
    let given = given(options)?;
    if let Some(encoding) = given.encoding {
        let name = text(encoding)?.replace(['-', '_'], "").to_ascii_uppercase();
        if !matches!(name.as_str(), "UTF8" | "UNICODE") {
            let refusal = Refusal::new(
                Fault::EncodingUnsupported,
                "COPY of a protected table in another encoding",
            );
            return Err((refusal, Some(encoding.token)));
        }
    }
    let format = match given.format {
        None => "text".to_owned(),
        Some(format) => text(format)?,
    };
    let freeze = match given.freeze {
        None => false,
        Some(freeze) => {
            let yes = boolean(freeze)?;
            if about.to {
                return wrong(
                    FEATURE,
                    "COPY FREEZE cannot be used with COPY TO",
                    freeze.token,
                );
            }
            yes
        }
    };
    let header = header(&given, about)?;
    let format = match format.as_str() {
        "text" => {
            only_csv(&given)?;
            let format = plain(&given, header, about)?;
            CopyFormat::Text(format)
        }
        "csv" => CopyFormat::Csv(csv(&given, header, about)?),
        "binary" => {
            only_csv(&given)?;
            for (option, name) in [(given.delimiter, "DELIMITER"), (given.null, "NULL")] {
                if let Some(option) = option {
                    return wrong(
                        SYNTAX,
                        format!("cannot specify {name} in BINARY mode"),
                        option.token,
                    );
                }
            }
            if let (Some(option), true) = (given.header, header != CopyHeader::None) {
                return wrong(
                    FEATURE,
                    "cannot specify HEADER in BINARY mode",
                    option.token,
                );
            }
            CopyFormat::Binary
        }
        _ => {
            let token = given.format.map_or(0, |option| option.token);
            return wrong(PARAMETER, "COPY format not recognized", token);
        }
    };
    Ok(Options { format, freeze })
}

fn given(options: &[CopyOption]) -> Result<Given<'_>, Wrong> {
    let mut given = Given::default();
    for option in options {
        let place = match option.name.as_str() {
            "format" => &mut given.format,
            "freeze" => &mut given.freeze,
            "delimiter" => &mut given.delimiter,
            "null" => &mut given.null,
            "header" => &mut given.header,
            "quote" => &mut given.quote,
            "escape" => &mut given.escape,
            "force_quote" => &mut given.force_quote,
            "force_not_null" => &mut given.force_not_null,
            "force_null" => &mut given.force_null,
            "encoding" => &mut given.encoding,
            // DEFAULT, ON_ERROR and what later versions have are not done on protected tables.
            name => {
                return wrong(
                    SYNTAX,
                    format!("option \"{name}\" of COPY is not known on a protected table"),
                    option.token,
                );
            }
        };
        if place.replace(option).is_some() {
            return wrong(SYNTAX, "conflicting or redundant options", option.token);
        }
    }
    Ok(given)
}

fn text(option: &CopyOption) -> Result<String, Wrong> {
    match &option.value {
        CopyValue::Text(text) | CopyValue::Number(text) => Ok(text.clone()),
        CopyValue::Star => Ok("*".to_owned()),
        CopyValue::Nothing | CopyValue::Names(_) => wrong(
            SYNTAX,
            format!("{} requires a parameter", option.name),
            option.token,
        ),
    }
}

/// As `defGetBoolean`; `None` for another word.
fn as_boolean(option: &CopyOption) -> Option<bool> {
    match &option.value {
        CopyValue::Nothing => Some(true),
        CopyValue::Number(number) => match number.as_str() {
            "0" => Some(false),
            "1" => Some(true),
            _ => None,
        },
        CopyValue::Text(word) => match word.to_ascii_lowercase().as_str() {
            "true" | "on" => Some(true),
            "false" | "off" => Some(false),
            _ => None,
        },
        CopyValue::Star | CopyValue::Names(_) => None,
    }
}

fn boolean(option: &CopyOption) -> Result<bool, Wrong> {
    match as_boolean(option) {
        Some(yes) => Ok(yes),
        None => wrong(
            SYNTAX,
            format!("{} requires a Boolean value", option.name),
            option.token,
        ),
    }
}

fn header(given: &Given<'_>, about: &About<'_>) -> Result<CopyHeader, Wrong> {
    let Some(option) = given.header else {
        return Ok(CopyHeader::None);
    };
    match as_boolean(option) {
        Some(false) => Ok(CopyHeader::None),
        Some(true) => Ok(CopyHeader::Names),
        None => {
            let is_match = matches!(&option.value, CopyValue::Text(word) if word.eq_ignore_ascii_case("match"));
            if !is_match || about.server_version < 150_000 {
                return wrong(
                    SYNTAX,
                    "header requires a Boolean value or \"match\"",
                    option.token,
                );
            }
            if about.to {
                return wrong(
                    FEATURE,
                    "cannot use \"match\" with HEADER in COPY TO",
                    option.token,
                );
            }
            let names = about.columns.iter().flatten().cloned();
            Ok(CopyHeader::Match(names.collect()))
        }
    }
}

/// Options that only format csv has.
fn only_csv(given: &Given<'_>) -> Result<(), Wrong> {
    for (option, name) in [
        (given.quote, "quote"),
        (given.escape, "escape"),
        (given.force_quote, "force quote"),
        (given.force_not_null, "force not null"),
        (given.force_null, "force null"),
    ] {
        if let Some(option) = option {
            return wrong(
                FEATURE,
                format!("COPY {name} available only in CSV mode"),
                option.token,
            );
        }
    }
    Ok(())
}

fn one_byte(option: Option<&CopyOption>, name: &str, usual: u8) -> Result<u8, Wrong> {
    let Some(option) = option else {
        return Ok(usual);
    };
    match text(option)?.as_bytes() {
        [byte] => Ok(*byte),
        _ => wrong(
            FEATURE,
            format!("COPY {name} must be a single one-byte character"),
            option.token,
        ),
    }
}

fn delimiter(given: &Given<'_>, usual: u8) -> Result<u8, Wrong> {
    let delimiter = one_byte(given.delimiter, "delimiter", usual)?;
    if let (Some(option), b'\r' | b'\n') = (given.delimiter, delimiter) {
        return wrong(
            PARAMETER,
            "COPY delimiter cannot be newline or carriage return",
            option.token,
        );
    }
    Ok(delimiter)
}

fn null(given: &Given<'_>, usual: &[u8], delimiter: u8) -> Result<Vec<u8>, Wrong> {
    let Some(option) = given.null else {
        return Ok(usual.to_vec());
    };
    let null = text(option)?.into_bytes();
    if null.iter().any(|byte| matches!(byte, b'\r' | b'\n')) {
        return wrong(
            PARAMETER,
            "COPY null representation cannot use newline or carriage return",
            option.token,
        );
    }
    if null.contains(&delimiter) {
        return wrong(
            FEATURE,
            "COPY delimiter must not appear in the NULL specification",
            option.token,
        );
    }
    Ok(null)
}

fn plain(given: &Given<'_>, header: CopyHeader, about: &About<'_>) -> Result<TextFormat, Wrong> {
    if let (Some(option), true) = (given.header, header != CopyHeader::None)
        && about.server_version < 150_000
    {
        return wrong(
            FEATURE,
            "COPY HEADER available only in CSV mode",
            option.token,
        );
    }
    let usual = TextFormat::default();
    let delimiter = delimiter(given, usual.delimiter)?;
    let unsafe_in_text = matches!(delimiter, b'\\' | b'.' | b'a'..=b'z' | b'0'..=b'9');
    if let (Some(option), true) = (given.delimiter, unsafe_in_text) {
        return wrong(
            PARAMETER,
            format!("COPY delimiter cannot be \"{}\"", char::from(delimiter)),
            option.token,
        );
    }
    Ok(TextFormat {
        delimiter,
        null: null(given, &usual.null, delimiter)?,
        header,
    })
}

fn csv(given: &Given<'_>, header: CopyHeader, about: &About<'_>) -> Result<CsvFormat, Wrong> {
    let delimiter = delimiter(given, b',')?;
    let quote = one_byte(given.quote, "quote", b'"')?;
    let escape = one_byte(given.escape, "escape", quote)?;
    if delimiter == quote {
        let token = given
            .delimiter
            .or(given.quote)
            .map_or(0, |option| option.token);
        return wrong(
            PARAMETER,
            "COPY delimiter and quote must be different",
            token,
        );
    }
    let null = null(given, b"", delimiter)?;
    if let (Some(option), true) = (given.null, null.contains(&quote)) {
        return wrong(
            FEATURE,
            "CSV quote character must not appear in the NULL specification",
            option.token,
        );
    }
    for (option, name, to) in [
        (given.force_not_null, "force not null", false),
        (given.force_null, "force null", false),
        (given.force_quote, "force quote", true),
    ] {
        if let Some(option) = option.filter(|_| to != about.to) {
            let way = if to { "TO" } else { "FROM" };
            return wrong(
                FEATURE,
                format!("COPY {name} only available using COPY {way}"),
                option.token,
            );
        }
    }
    Ok(CsvFormat {
        delimiter,
        quote,
        escape,
        null,
        header,
        force_quote: forced(given.force_quote, true, about)?,
        force_not_null: forced(given.force_not_null, about.server_version >= 170_000, about)?,
        force_null: forced(given.force_null, about.server_version >= 170_000, about)?,
        marker: about.server_version < 180_000,
    })
}

fn forced(option: Option<&CopyOption>, all: bool, about: &About<'_>) -> Result<Vec<bool>, Wrong> {
    let Some(option) = option else {
        return Ok(vec![false; about.columns.len()]);
    };
    match &option.value {
        CopyValue::Star if all => Ok(vec![true; about.columns.len()]),
        CopyValue::Names(names) => {
            let mut flags = vec![false; about.columns.len()];
            for name in names {
                flag(name, &mut flags, option, about)?;
            }
            Ok(flags)
        }
        CopyValue::Star | CopyValue::Nothing | CopyValue::Text(_) | CopyValue::Number(_) => wrong(
            PARAMETER,
            format!(
                "argument to option \"{}\" must be a list of column names",
                option.name
            ),
            option.token,
        ),
    }
}

fn flag(
    name: &Name,
    flags: &mut [bool],
    option: &CopyOption,
    about: &About<'_>,
) -> Result<(), Wrong> {
    if about.columns.iter().any(Option::is_none) {
        // A column of this name may come before the one that is found.
        return wrong(
            FEATURE,
            format!("{} with a column whose name is not certain", option.name),
            name.token,
        );
    }
    let found = about
        .columns
        .iter()
        .position(|own| own.as_deref() == Some(name.text.as_str()));
    match found.and_then(|at| flags.get_mut(at)) {
        Some(flag) => {
            *flag = true;
            Ok(())
        }
        None if !about.others.contains(&name.text) => wrong(
            NO_COLUMN,
            format!("column \"{}\" does not exist", name.text),
            name.token,
        ),
        None => wrong(
            COLUMN,
            format!(
                "{} column \"{}\" not referenced by COPY",
                option.name.to_ascii_uppercase(),
                name.text
            ),
            name.token,
        ),
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use crate::sql::{lex, read_copy, split};

    fn options(text: &str, version: u32) -> Result<Options, &'static str> {
        let tokens = lex(text).unwrap();
        let copy = read_copy(&tokens, *split(&tokens).first().unwrap()).unwrap();
        let columns = ["a", "b"].map(|name| Some(name.to_owned()));
        let about = About {
            to: copy.to,
            columns: &columns,
            others: &["c".to_owned()],
            server_version: version,
        };
        read(&copy.options, &about).map_err(|(refusal, _)| refusal.sqlstate)
    }

    #[test]
    fn what_is_given_is_taken() {
        let Options { format, freeze } = options(
            "copy t from stdin (delimiter '|', null 'x', freeze)",
            150_000,
        )
        .unwrap();
        assert!(freeze);
        assert_eq!(
            format,
            CopyFormat::Text(TextFormat {
                delimiter: b'|',
                null: b"x".to_vec(),
                header: CopyHeader::None
            })
        );
        let read = options(
            "copy t from stdin csv header quote '''' force not null b force null a",
            150_000,
        );
        assert_eq!(
            read.unwrap().format,
            CopyFormat::Csv(CsvFormat {
                delimiter: b',',
                quote: b'\'',
                escape: b'\'',
                null: Vec::new(),
                header: CopyHeader::Names,
                force_not_null: vec![false, true],
                force_null: vec![true, false],
                force_quote: vec![false, false],
                marker: true,
            })
        );
        assert_eq!(
            options("copy binary t to stdout", 150_000).unwrap().format,
            CopyFormat::Binary
        );
    }

    #[test]
    fn what_the_server_refuses_is_refused_alike() {
        for (text, sqlstate) in [
            ("copy t from stdin (format xml)", "22023"),
            ("copy t from stdin (format 'CSV')", "22023"),
            ("copy t from stdin (format csv, format csv)", "42601"),
            ("copy t from stdin (format)", "42601"),
            ("copy t from stdin (freeze maybe)", "42601"),
            ("copy t from stdin (header 2)", "42601"),
            ("copy t to stdout (header match)", "0A000"),
            ("copy t to stdout (freeze)", "0A000"),
            ("copy t from stdin (delimiter ',,')", "0A000"),
            ("copy t from stdin (delimiter '')", "0A000"),
            ("copy t from stdin (delimiter 'ü')", "0A000"),
            ("copy t from stdin (delimiter 'a')", "22023"),
            ("copy t from stdin (delimiter E'\\n')", "22023"),
            ("copy t from stdin (null E'a\\nb')", "22023"),
            ("copy t from stdin (null E'a\\tb')", "0A000"),
            ("copy t from stdin (quote '''')", "0A000"),
            ("copy t from stdin (format csv, quote '\"\"')", "0A000"),
            ("copy t from stdin (format csv, quote ',')", "22023"),
            ("copy t from stdin (format csv, null '\"')", "0A000"),
            ("copy t from stdin (format csv, force_quote *)", "0A000"),
            ("copy t to stdout (format csv, force_null (a))", "0A000"),
            ("copy t to stdout (format csv, force_quote (c))", "42P10"),
            ("copy t to stdout (format csv, force_quote (d))", "42703"),
            ("copy t to stdout (format csv, force_quote a)", "22023"),
            ("copy t from stdin (format csv, force_null *)", "22023"),
            ("copy t from stdin (format binary, delimiter ',')", "42601"),
            ("copy t from stdin (format binary, null '')", "42601"),
            ("copy t from stdin (format binary, header)", "0A000"),
            ("copy t from stdin (format binary, quote '-')", "0A000"),
            ("copy t from stdin (encoding 'latin1')", "0A000"),
            ("copy t from stdin (on_error ignore)", "42601"),
            ("copy t from stdin (default 'd')", "42601"),
            ("copy t from stdin (convert_selectively (a))", "42601"),
        ] {
            assert_eq!(options(text, 150_000), Err(sqlstate), "{text}");
        }
        assert!(options("copy t from stdin (header match)", 150_000).is_ok());
        assert!(options("copy t from stdin (header match)", 140_000).is_err());
        let header = "copy t from stdin (header)";
        assert!(options(header, 150_000).is_ok());
        assert_eq!(options(header, 140_000), Err("0A000"));
        assert!(options("copy t from stdin csv header", 140_000).is_ok());
        assert!(options("copy t from stdin (format csv, force_null *)", 170_000).is_ok());
        assert!(options("copy t from stdin (encoding 'utf-8')", 150_000).is_ok());
    }
}
