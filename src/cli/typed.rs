//! A password typed at a terminal, unseen, or given as a line.

use std::io::{IsTerminal, stdin};

use rustix::termios::{LocalModes, OptionalActions, Termios, tcgetattr, tcsetattr};
use zeroize::Zeroizing;

use super::Failure;
use super::screen::complain;
use crate::keys::Passphrase;

/// From the environment variable, else asked for twice at a terminal, else a line of standard input.
pub(super) fn password(variable: &str, of: &str) -> Result<Zeroizing<String>, Failure> {
    let password = match std::env::var(variable) {
        Ok(given) => Zeroizing::new(given),
        Err(std::env::VarError::NotUnicode(_)) => {
            return Err(Failure::Usage(format!("{variable} is not UTF-8")));
        }
        Err(std::env::VarError::NotPresent) if stdin().is_terminal() => {
            let _unseen = Unseen::begin()?;
            complain(format!("{of}:"));
            let once = line()?;
            complain("Once more:");
            if *line()? != *once {
                return Err(Failure::Usage("the two are not the same".to_owned()));
            }
            once
        }
        Err(std::env::VarError::NotPresent) => line()?,
    };
    match password.is_empty() {
        true => Err(Failure::Usage(format!(
            "no password: expected it in {variable}, or as a line on standard input"
        ))),
        false => Ok(password),
    }
}

/// Whether somebody can be asked.
pub(super) fn is_terminal() -> bool {
    stdin().is_terminal()
}

/// A passphrase that is known already, asked for once.
pub(super) fn secret(of: &str) -> Result<Passphrase, Failure> {
    let _unseen = Unseen::begin()?;
    complain(format!("{of}:"));
    passphrase(&line()?)
}

/// A new passphrase: from the environment variable, else asked for twice at a terminal, else a line of standard input.
pub(super) fn new_passphrase(variable: &str, of: &str) -> Result<Passphrase, Failure> {
    passphrase(&password(variable, of)?)
}

fn passphrase(text: &str) -> Result<Passphrase, Failure> {
    Passphrase::new(text.to_owned()).map_err(|error| Failure::Usage(error.to_string()))
}

fn line() -> Result<Zeroizing<String>, Failure> {
    let mut line = Zeroizing::new(String::with_capacity(1024));
    stdin().read_line(&mut line)?;
    let end = line.trim_end_matches(['\r', '\n']).len();
    line.truncate(end);
    Ok(line)
}

/// The terminal without its echo, until dropped.
struct Unseen(Termios);

impl Unseen {
    fn begin() -> Result<Unseen, Failure> {
        let before = tcgetattr(stdin()).map_err(Failure::because)?;
        let mut unseen = before.clone();
        unseen.local_modes.remove(LocalModes::ECHO);
        tcsetattr(stdin(), OptionalActions::Flush, &unseen).map_err(Failure::because)?;
        Ok(Unseen(before))
    }
}

impl Drop for Unseen {
    fn drop(&mut self) {
        // There is nobody left to tell.
        let _restored = tcsetattr(stdin(), OptionalActions::Flush, &self.0);
    }
}
