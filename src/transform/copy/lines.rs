//! Lines of COPY data in text and csv, as `CopyReadLineText` of the server finds them (`copyfromparse.c`): first
//! whole lines, whose ends do not depend on where fields begin, and only then their fields.

use zeroize::Zeroizing;

use super::record::CopyError;

/// No row is longer, as in the server (`MaxAllocSize`).
pub(super) const LONGEST: usize = 0x3fff_ffff;

/// How lines end: the first one decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ends {
    Unknown,
    Newline,
    Return,
    Both,
}

/// Quoting, where a line may go on inside it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Quoting {
    pub(super) quote: u8,
    /// `None`: the quote itself.
    pub(super) escape: Option<u8>,
    /// A line `\.` ends the data.
    pub(super) marker: bool,
}

/// What has come, cut into lines.
pub(super) struct Lines {
    /// What is not handed out yet begins at `start`.
    bytes: Zeroizing<Vec<u8>>,
    start: usize,
    /// Looked at up to here.
    at: usize,
    ends: Ends,
    /// `None`: the text format.
    quoting: Option<Quoting>,
    quoted: bool,
    escaped: bool,
    /// Nothing more will come.
    ended: bool,
    /// The end marker was met: whatever comes is passed over.
    marked: bool,
    line: u64,
    /// The line at hand is counted.
    counted: bool,
}

impl Lines {
    pub(super) fn new(quoting: Option<Quoting>) -> Lines {
        Lines {
            bytes: Zeroizing::default(),
            start: 0,
            at: 0,
            ends: Ends::Unknown,
            quoting,
            quoted: false,
            escaped: false,
            ended: false,
            marked: false,
            line: 0,
            counted: false,
        }
    }

    /// Takes more of the data.
    pub(super) fn push(&mut self, chunk: &[u8]) {
        if self.marked {
            return;
        }
        if self.start > 0 {
            self.bytes.drain(..self.start);
            self.at -= self.start;
            self.start = 0;
        }
        self.bytes.extend_from_slice(chunk);
    }

    /// How many bytes have come of lines that are not handed out yet.
    pub(super) fn unread(&self) -> usize {
        self.bytes.len() - self.start
    }

    /// Nothing more will come.
    pub(super) fn end(&mut self) {
        self.ended = true;
    }

    /// The line that was handed out last.
    pub(super) fn number(&self) -> u64 {
        self.line
    }

    /// A part of what was handed out.
    pub(super) fn get(&self, range: std::ops::Range<usize>) -> &[u8] {
        self.bytes.get(range).unwrap_or_default()
    }

    /// The next whole line, without its end; `None` where it has not come in full, or there is none.
    pub(super) fn next(&mut self) -> Result<Option<std::ops::Range<usize>>, CopyError> {
        if self.marked {
            return Ok(None);
        }
        loop {
            let Some(&byte) = self.bytes.get(self.at) else {
                if self.bytes.len() - self.start > LONGEST {
                    return Err(self.too_long());
                }
                if self.ended && self.at > self.start {
                    self.count();
                    return Ok(Some(self.take(self.at)));
                }
                return Ok(None);
            };
            if !self.counted {
                self.count();
            }
            let ahead = self.bytes.get(self.at + 1).copied();
            if matches!(byte, b'\\' | b'\r') && ahead.is_none() && !self.ended {
                return Ok(None);
            }
            let before = (self.quoted, self.escaped, self.line);
            if let Some(quoting) = self.quoting {
                self.quote(byte, quoting);
            }
            match byte {
                b'\r' if !self.quoted => return self.at_return(ahead).map(Some),
                b'\n' if !self.quoted => return self.at_newline().map(Some),
                b'\\' if self.quoting.is_none() => {
                    if ahead == Some(b'.') {
                        return self.at_marker();
                    }
                    // Whatever follows is not what it seems.
                    self.at += 1 + usize::from(ahead.is_some());
                }
                b'\\'
                    if self.at == self.start
                        && ahead == Some(b'.')
                        && self.quoting.is_some_and(|quoting| quoting.marker) =>
                {
                    match self.marker_ends()? {
                        Marker::Waits => {
                            // The byte is looked at again.
                            (self.quoted, self.escaped, self.line) = before;
                            return Ok(None);
                        }
                        Marker::Is => return Ok(None),
                        Marker::IsNot => self.at += 1,
                    }
                }
                _ => self.at += 1,
            }
        }
    }

    fn count(&mut self) {
        if !self.counted {
            self.line += 1;
            self.counted = true;
        }
    }

    /// Hands the line out up to here; the next begins `after`.
    fn take(&mut self, after: usize) -> std::ops::Range<usize> {
        let line = self.start..self.at;
        self.start = after;
        self.at = after;
        self.counted = false;
        line
    }

    /// Quotes anywhere in a line turn quoting on and off.
    fn quote(&mut self, byte: u8, quoting: Quoting) {
        if self.quoted && quoting.escape == Some(byte) {
            self.escaped = !self.escaped;
        }
        if byte == quoting.quote && !self.escaped {
            self.quoted = !self.quoted;
        }
        if quoting.escape != Some(byte) {
            self.escaped = false;
        }
        let counts = if self.ends == Ends::Newline {
            b'\n'
        } else {
            b'\r'
        };
        self.line += u64::from(self.quoted && byte == counts);
    }

    fn at_return(&mut self, ahead: Option<u8>) -> Result<std::ops::Range<usize>, CopyError> {
        match self.ends {
            Ends::Unknown | Ends::Both if ahead == Some(b'\n') => {
                self.ends = Ends::Both;
                Ok(self.take(self.at + 2))
            }
            Ends::Unknown | Ends::Return => {
                self.ends = Ends::Return;
                Ok(self.take(self.at + 1))
            }
            Ends::Both | Ends::Newline => Err(self.stray("carriage return")),
        }
    }

    fn at_newline(&mut self) -> Result<std::ops::Range<usize>, CopyError> {
        match self.ends {
            Ends::Unknown | Ends::Newline => {
                self.ends = Ends::Newline;
                Ok(self.take(self.at + 1))
            }
            Ends::Return | Ends::Both => Err(self.stray("newline")),
        }
    }

    fn stray(&self, what: &str) -> CopyError {
        let how = if self.quoting.is_some() {
            "unquoted"
        } else {
            "literal"
        };
        CopyError::format(self.line, format!("{how} {what} found in data"))
    }

    fn too_long(&self) -> CopyError {
        CopyError {
            sqlstate: "54000",
            message: "a row of COPY data is too long".to_owned(),
            line: self.line,
        }
    }

    /// `\.` in the text format. Behind other data of its line some versions take it and some do not: it is not taken.
    fn at_marker(&mut self) -> Result<Option<std::ops::Range<usize>>, CopyError> {
        if self.at > self.start {
            let message = "end-of-copy marker is not alone on its line";
            return Err(CopyError::format(self.line, message));
        }
        match self.marker_ends()? {
            Marker::Waits | Marker::Is => Ok(None),
            Marker::IsNot => Err(CopyError::format(self.line, "end-of-copy marker corrupt")),
        }
    }

    /// What stands behind `\.`: the end of its line, and of the data, or something else.
    fn marker_ends(&mut self) -> Result<Marker, CopyError> {
        let byte = |ahead: usize| self.bytes.get(self.at + ahead).copied();
        let (first, second) = (byte(2), byte(3));
        if first.is_none() && !self.ended {
            return Ok(Marker::Waits);
        }
        let text = self.quoting.is_none();
        let last = if self.ends == Ends::Both {
            match first {
                Some(b'\r') => {}
                Some(b'\n') if text => return Err(self.other_style()),
                _ => return Ok(Marker::IsNot),
            }
            if second.is_none() && !self.ended {
                return Ok(Marker::Waits);
            }
            second
        } else {
            first
        };
        let Some(last @ (b'\r' | b'\n')) = last else {
            return Ok(Marker::IsNot);
        };
        let wanted = match self.ends {
            Ends::Unknown => last,
            Ends::Newline | Ends::Both => b'\n',
            Ends::Return => b'\r',
        };
        if last != wanted {
            return Err(self.other_style());
        }
        self.marked = true;
        self.bytes.clear();
        (self.start, self.at) = (0, 0);
        Ok(Marker::Is)
    }

    fn other_style(&self) -> CopyError {
        CopyError::format(
            self.line,
            "end-of-copy marker does not match previous newline style",
        )
    }
}

/// What `\.` turned out to be.
enum Marker {
    Is,
    IsNot,
    /// It has not come in full.
    Waits,
}
