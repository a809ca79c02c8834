//! Secrets that providers are used with: PINs, tokens. They come from a file or from the environment, never from the rules.

use std::path::PathBuf;

use zeroize::Zeroizing;

use super::KeyError;
use super::private::read_private;

/// Where to find one. It is read at each use, since files of tokens are renewed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Given {
    pub(super) what: &'static str,
    pub(super) variable: &'static str,
    pub(super) key: &'static str,
    pub(super) file: Option<PathBuf>,
}

impl Given {
    /// The file that the rules name, else the environment variable.
    pub(super) fn read(&self) -> Result<Zeroizing<String>, KeyError> {
        let text = match &self.file {
            Some(file) => read_private(file)?,
            None => Zeroizing::new(std::env::var(self.variable).unwrap_or_default()),
        };
        let text = Zeroizing::new(text.trim_end_matches(['\r', '\n']).to_owned());
        if text.is_empty() || text.chars().any(char::is_control) {
            return Err(KeyError::SecretMissing {
                what: self.what,
                variable: self.variable,
                key: self.key,
            });
        }
        Ok(text)
    }
}
