//! A checked reader over one message body.

/// A message that is not valid in the protocol: 08P01.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("invalid message: {0}")]
pub struct Malformed(pub &'static str);

/// Reads a body from its start; every step is checked.
#[derive(Debug, Clone)]
pub struct Cursor<'a> {
    rest: &'a [u8],
}

impl<'a> Cursor<'a> {
    /// Over these bytes.
    pub fn new(bytes: &'a [u8]) -> Self {
        Cursor { rest: bytes }
    }

    /// What has not been read.
    pub fn rest(&self) -> &'a [u8] {
        self.rest
    }

    /// The next `n` bytes.
    ///
    /// # Errors
    /// Where fewer are left.
    pub fn take(&mut self, n: usize) -> Result<&'a [u8], Malformed> {
        let (taken, rest) = self
            .rest
            .split_at_checked(n)
            .ok_or(Malformed("insufficient data left in message"))?;
        self.rest = rest;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], Malformed> {
        let (taken, rest) = self
            .rest
            .split_first_chunk::<N>()
            .ok_or(Malformed("insufficient data left in message"))?;
        self.rest = rest;
        Ok(*taken)
    }

    /// One byte.
    ///
    /// # Errors
    /// At the end.
    pub fn byte(&mut self) -> Result<u8, Malformed> {
        self.array::<1>().map(|[byte]| byte)
    }

    /// Int16.
    ///
    /// # Errors
    /// At the end.
    pub fn i16(&mut self) -> Result<i16, Malformed> {
        self.array().map(i16::from_be_bytes)
    }

    /// Int32.
    ///
    /// # Errors
    /// At the end.
    pub fn i32(&mut self) -> Result<i32, Malformed> {
        self.array().map(i32::from_be_bytes)
    }

    /// An oid.
    ///
    /// # Errors
    /// At the end.
    pub fn oid(&mut self) -> Result<u32, Malformed> {
        self.array().map(u32::from_be_bytes)
    }

    /// An Int16 that counts what follows. The server reads its counts as unsigned (up to 65535).
    ///
    /// # Errors
    /// At the end.
    pub fn count(&mut self) -> Result<usize, Malformed> {
        self.array()
            .map(|bytes| usize::from(u16::from_be_bytes(bytes)))
    }

    /// A string's bytes, without the NUL that ends it.
    ///
    /// # Errors
    /// Where no NUL follows.
    pub fn string(&mut self) -> Result<&'a [u8], Malformed> {
        let end = self
            .rest
            .iter()
            .position(|byte| *byte == 0)
            .ok_or(Malformed("invalid string in message"))?;
        let taken = self.take(end)?;
        self.take(1)?;
        Ok(taken)
    }

    /// A value with its Int32 length, `None` for -1 (NULL).
    ///
    /// # Errors
    /// Where the length is wrong.
    pub fn value(&mut self) -> Result<Option<&'a [u8]>, Malformed> {
        match self.i32()? {
            -1 => Ok(None),
            length => {
                let length =
                    usize::try_from(length).map_err(|_| Malformed("invalid length of a value"))?;
                self.take(length).map(Some)
            }
        }
    }

    /// Nothing may be left.
    ///
    /// # Errors
    /// Where something is.
    pub fn end(&self) -> Result<(), Malformed> {
        if self.rest.is_empty() {
            Ok(())
        } else {
            Err(Malformed("invalid message format"))
        }
    }
}
