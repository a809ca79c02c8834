//! COPY, read by its own small grammar (`CopyStmt` in `gram.y`), the old words and the new list alike. Options come
//! out under their names of today, none of them judged here.

use super::lex::{Token, TokenKind};
use super::read::ReadError;
use super::tree::{Name, Range};

/// A COPY statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CopyStatement {
    /// What is copied.
    pub source: CopySource,
    /// `TO`; else `FROM`.
    pub to: bool,
    /// The other end.
    pub place: CopyPlace,
    /// Options in the order written.
    pub options: Vec<CopyOption>,
    /// The condition of WHERE, its word left out.
    pub filter: Option<Range>,
}

/// What is copied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CopySource {
    /// A table.
    Table {
        /// Its name.
        path: Vec<Name>,
        /// Its columns, where they are listed.
        columns: Option<Vec<Name>>,
    },
    /// The statement in parentheses: its tokens.
    Query(Range),
}

/// The other end of a COPY.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CopyPlace {
    /// STDIN or STDOUT.
    Client,
    /// A file of the server, or a program on it.
    Server,
}

/// One option.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CopyOption {
    /// Its name in the list form.
    pub name: String,
    /// What is given for it.
    pub value: CopyValue,
    /// Its first token.
    pub token: usize,
}

/// What is given for an option.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CopyValue {
    /// Nothing.
    Nothing,
    /// A word or a string constant.
    Text(String),
    /// A number, as written.
    Number(String),
    /// `*`.
    Star,
    /// A list of columns.
    Names(Vec<Name>),
}

/// Reads a COPY statement: `range` of `tokens`.
///
/// # Errors
/// What is not of the grammar.
pub fn read_copy(tokens: &[Token], range: Range) -> Result<CopyStatement, ReadError> {
    let mut reader = Reader {
        tokens,
        at: range.first,
        end: range.last + 1,
    };
    let copy = reader.statement()?;
    if reader.at < reader.end {
        return reader.unread("something behind COPY that is not known");
    }
    Ok(copy)
}

struct Reader<'a> {
    tokens: &'a [Token],
    at: usize,
    end: usize,
}

impl Reader<'_> {
    fn token(&self) -> Option<&Token> {
        (self.at < self.end)
            .then(|| self.tokens.get(self.at))
            .flatten()
    }

    fn unread<T>(&self, what: &str) -> Result<T, ReadError> {
        Err(ReadError::Unread {
            what: what.to_owned(),
            token: Some(self.at.min(self.end.saturating_sub(1))),
        })
    }

    fn is_word(&self, word: &str) -> bool {
        self.token().is_some_and(|token| token.is_word(word))
    }

    fn word(&mut self, word: &str) -> bool {
        let found = self.is_word(word);
        self.at += usize::from(found);
        found
    }

    fn mark(&mut self, mark: char) -> bool {
        let found = self.token().is_some_and(|token| token.is_mark(mark));
        self.at += usize::from(found);
        found
    }

    fn statement(&mut self) -> Result<CopyStatement, ReadError> {
        if !self.word("copy") {
            return self.unread("no COPY");
        }
        let mut options = Vec::new();
        let first = self.at;
        let binary = self.word("binary");
        if binary {
            options.push(format("binary", first));
        }
        let source = if !binary && self.token().is_some_and(|token| token.is_mark('(')) {
            CopySource::Query(self.parenthesised()?)
        } else {
            CopySource::Table {
                path: self.path()?,
                columns: self.columns()?,
            }
        };
        let to = match (self.word("from"), self.is_word("to")) {
            (false, true) => {
                self.at += 1;
                true
            }
            (true, _) if matches!(source, CopySource::Table { .. }) => false,
            _ => return self.unread("COPY without FROM or TO"),
        };
        let place = self.place()?;
        let first = self.at;
        let using = self.word("using");
        if self.word("delimiters") {
            options.push(CopyOption {
                name: "delimiter".to_owned(),
                value: CopyValue::Text(self.constant()?),
                token: first,
            });
        } else if using {
            return self.unread("USING without DELIMITERS");
        }
        let _noise = self.word("with");
        if self.mark('(') {
            self.list(&mut options)?;
        } else {
            while self.old_option(&mut options)? {}
        }
        let filter = if self.word("where") {
            if to {
                return self.unread("WHERE of COPY TO");
            }
            let filter = Range {
                first: self.at,
                last: self.end.saturating_sub(1),
            };
            if filter.first > filter.last {
                return self.unread("WHERE without a condition");
            }
            self.at = self.end;
            Some(filter)
        } else {
            None
        };
        Ok(CopyStatement {
            source,
            to,
            place,
            options,
            filter,
        })
    }

    /// From `(` to the `)` that closes it: what is between.
    fn parenthesised(&mut self) -> Result<Range, ReadError> {
        let first = self.at + 1;
        let mut depth = 0_usize;
        while let Some(token) = self.token() {
            if token.is_mark('(') {
                depth += 1;
            } else if token.is_mark(')') {
                depth -= 1;
                if depth == 0 {
                    let last = self.at - 1;
                    self.at += 1;
                    return if first <= last {
                        Ok(Range { first, last })
                    } else {
                        self.unread("COPY of nothing")
                    };
                }
            }
            self.at += 1;
        }
        self.unread("a parenthesis that is not closed")
    }

    fn name(&mut self) -> Result<Name, ReadError> {
        match self.token().and_then(Token::name) {
            Some(text) => {
                let name = Name {
                    text: text.to_owned(),
                    token: self.at,
                };
                self.at += 1;
                Ok(name)
            }
            None => self.unread("a name that is missing"),
        }
    }

    fn path(&mut self) -> Result<Vec<Name>, ReadError> {
        let mut path = vec![self.name()?];
        while self.mark('.') {
            path.push(self.name()?);
        }
        Ok(path)
    }

    fn names(&mut self) -> Result<Vec<Name>, ReadError> {
        let mut names = vec![self.name()?];
        while self.mark(',') {
            names.push(self.name()?);
        }
        Ok(names)
    }

    fn columns(&mut self) -> Result<Option<Vec<Name>>, ReadError> {
        if !self.mark('(') {
            return Ok(None);
        }
        let columns = self.names()?;
        if self.mark(')') {
            Ok(Some(columns))
        } else {
            self.unread("a list of columns that is not closed")
        }
    }

    fn place(&mut self) -> Result<CopyPlace, ReadError> {
        if self.word("stdin") || self.word("stdout") {
            return Ok(CopyPlace::Client);
        }
        let _program = self.word("program");
        self.constant().map(|_| CopyPlace::Server)
    }

    fn constant(&mut self) -> Result<String, ReadError> {
        match self.token().map(|token| &token.kind) {
            Some(TokenKind::Text(value) | TokenKind::Escaped(value) | TokenKind::Dollar(value)) => {
                let value = value.clone();
                self.at += 1;
                Ok(value)
            }
            Some(
                TokenKind::Word(_)
                | TokenKind::Quoted(_)
                | TokenKind::Bits
                | TokenKind::Number(_)
                | TokenKind::Placeholder(_)
                | TokenKind::Operator(_)
                | TokenKind::Mark(_),
            )
            | None => self.unread("a string constant that is missing"),
        }
    }

    /// `(name [value], …)`, from behind its parenthesis.
    fn list(&mut self, options: &mut Vec<CopyOption>) -> Result<(), ReadError> {
        loop {
            let Name { text, token } = self.name()?;
            options.push(CopyOption {
                name: text,
                value: self.value()?,
                token,
            });
            if self.mark(')') {
                return Ok(());
            }
            if !self.mark(',') {
                return self.unread("a list of options that is not closed");
            }
        }
    }

    fn value(&mut self) -> Result<CopyValue, ReadError> {
        let Some(token) = self.token() else {
            return self.unread("a list of options that is not closed");
        };
        let value = match &token.kind {
            TokenKind::Word(word) | TokenKind::Quoted(word) => CopyValue::Text(word.clone()),
            TokenKind::Text(text) | TokenKind::Escaped(text) | TokenKind::Dollar(text) => {
                CopyValue::Text(text.clone())
            }
            TokenKind::Number(number) => CopyValue::Number(number.clone()),
            TokenKind::Operator(operator) if operator == "*" => CopyValue::Star,
            TokenKind::Mark('(') => {
                self.at += 1;
                return self.items().map(CopyValue::Names);
            }
            TokenKind::Mark(',' | ')') => return Ok(CopyValue::Nothing),
            TokenKind::Bits
            | TokenKind::Operator(_)
            | TokenKind::Placeholder(_)
            | TokenKind::Mark(_) => return self.unread("a value of an option that is not known"),
        };
        self.at += 1;
        Ok(value)
    }

    /// Names in the list form may be written as strings.
    fn items(&mut self) -> Result<Vec<Name>, ReadError> {
        let mut names = Vec::new();
        loop {
            let token = self.at;
            let text = match self.token().and_then(Token::name) {
                Some(name) => {
                    let name = name.to_owned();
                    self.at += 1;
                    name
                }
                None => self.constant()?,
            };
            names.push(Name { text, token });
            if self.mark(')') {
                return Ok(names);
            }
            if !self.mark(',') {
                return self.unread("a list of columns that is not closed");
            }
        }
    }

    /// One option in words, as before version 9.
    fn old_option(&mut self, options: &mut Vec<CopyOption>) -> Result<bool, ReadError> {
        let token = self.at;
        let option = if self.word("binary") {
            format("binary", token)
        } else if self.word("csv") {
            format("csv", token)
        } else if self.word("freeze") {
            plain("freeze", CopyValue::Nothing, token)
        } else if self.word("header") {
            plain("header", CopyValue::Nothing, token)
        } else if self.word("encoding") {
            plain("encoding", CopyValue::Text(self.constant()?), token)
        } else if self.word("force") {
            self.forced(token)?
        } else {
            let named = ["delimiter", "null", "quote", "escape"]
                .into_iter()
                .find(|name| self.is_word(name));
            let Some(name) = named else {
                return Ok(false);
            };
            self.at += 1;
            let _noise = self.word("as");
            plain(name, CopyValue::Text(self.constant()?), token)
        };
        options.push(option);
        Ok(true)
    }

    fn forced(&mut self, token: usize) -> Result<CopyOption, ReadError> {
        if self.word("quote") {
            let star = self.token().is_some_and(|token| token.is_operator("*"));
            if star {
                self.at += 1;
                return Ok(plain("force_quote", CopyValue::Star, token));
            }
            return Ok(plain("force_quote", CopyValue::Names(self.names()?), token));
        }
        let name = if self.word("not") {
            "force_not_null"
        } else {
            "force_null"
        };
        if !self.word("null") {
            return self.unread("FORCE of something that is not known");
        }
        Ok(plain(name, CopyValue::Names(self.names()?), token))
    }
}

fn plain(name: &str, value: CopyValue, token: usize) -> CopyOption {
    CopyOption {
        name: name.to_owned(),
        value,
        token,
    }
}

fn format(name: &str, token: usize) -> CopyOption {
    plain("format", CopyValue::Text(name.to_owned()), token)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use crate::sql::{lex, split};

    fn read(text: &str) -> Result<CopyStatement, ReadError> {
        let tokens = lex(text).unwrap();
        let ranges = split(&tokens);
        read_copy(&tokens, *ranges.first().unwrap())
    }

    fn told(text: &str) -> String {
        let copy = read(text).unwrap();
        let source = match &copy.source {
            CopySource::Table { path, columns } => {
                let join = |names: &[Name]| {
                    let names: Vec<&str> = names.iter().map(|name| name.text.as_str()).collect();
                    names.join(".")
                };
                format!("{} {:?}", join(path), columns.as_deref().map(join))
            }
            CopySource::Query(range) => format!("{}..{}", range.first, range.last),
        };
        let options: Vec<String> = copy
            .options
            .iter()
            .map(|option| {
                let value = match &option.value {
                    CopyValue::Nothing => String::new(),
                    CopyValue::Text(text) | CopyValue::Number(text) => text.clone(),
                    CopyValue::Star => "*".to_owned(),
                    CopyValue::Names(names) => {
                        let names: Vec<&str> =
                            names.iter().map(|name| name.text.as_str()).collect();
                        names.join("+")
                    }
                };
                format!("{}={value}", option.name)
            })
            .collect();
        format!(
            "{source} {} {:?} [{}] {}",
            if copy.to { "to" } else { "from" },
            copy.place,
            options.join(" "),
            copy.filter.is_some()
        )
    }

    #[test]
    fn both_ways_of_writing_options_come_to_the_same() {
        for (text, expected) in [
            ("copy t from stdin", "t None from Client [] false"),
            (
                "COPY public.\"T\" (a, \"B\") TO STDOUT;",
                "public.T Some(\"a.B\") to Client [] false",
            ),
            (
                "copy binary t from stdout",
                "t None from Client [format=binary] false",
            ),
            (
                "copy t from stdin using delimiters '|' with null as 'x' csv header quote as '''' escape '\\' force not null a, b force null c encoding 'utf8' freeze",
                "t None from Client [delimiter=| null=x format=csv header= quote=' escape=\\ force_not_null=a+b force_null=c encoding=utf8 freeze=] false",
            ),
            (
                "copy t to stdout csv force quote *",
                "t None to Client [format=csv force_quote=*] false",
            ),
            (
                "copy t from stdin with (format csv, header match, delimiter E'\\t', null '', force_null (a, 'B'), force_quote *, freeze, header 1) where a > (1)",
                "t None from Client [format=csv header=match delimiter=\t null= force_null=a+B force_quote=* freeze= header=1] true",
            ),
            (
                "copy (select (1), ')') to stdout (format binary)",
                "2..7 to Client [format=binary] false",
            ),
            (
                "copy t from program 'x' delimiter as ','",
                "t None from Server [delimiter=,] false",
            ),
            (
                "copy t to '/tmp/x' binary",
                "t None to Server [format=binary] false",
            ),
        ] {
            assert_eq!(told(text), expected, "{text}");
        }
    }

    #[test]
    fn what_is_not_of_the_grammar_is_not_read() {
        for text in [
            "copy",
            "copy t",
            "copy t from",
            "copy only t from stdin",
            "copy t.* from stdin",
            "copy (select 1) from stdin",
            "copy () to stdout",
            "copy (select 1 to stdout",
            "copy t (a from stdin",
            "copy t () from stdin",
            "copy t from stdin with (format csv",
            "copy t from stdin with ()",
            "copy t from stdin using '|'",
            "copy t from stdin force header",
            "copy t from stdin csv where",
            "copy t from $1",
            "copy t from stdin with (null -1)",
            "copy t from stdin oids",
            "copy binary (select 1) to stdout",
        ] {
            assert!(read(text).is_err(), "{text}");
        }
    }
}
