//! To whom a data subject's data is encrypted: public keys of age (X25519). What comes out is an armored age file, that `age
//! --decrypt` and every other tool for the format opens.

use std::io::Write;
use std::path::Path;

use age::armor::{ArmoredWriter, Format};
use zeroize::Zeroizing;

use super::KeyError;
use super::private::io;

/// How a public key begins.
const PUBLIC: &str = "age1";
/// How a private one begins, which has no business here.
const PRIVATE: &str = "AGE-SECRET-KEY-";

/// Public keys, at least one.
pub struct Recipients(Vec<age::x25519::Recipient>);

impl Recipients {
    /// Each is a public key, or a file with one on each line; empty lines and those that begin with `#` are passed over.
    ///
    /// # Errors
    /// Where one is no such key, or a file cannot be read or holds none.
    pub fn read(given: &[String]) -> Result<Self, KeyError> {
        let mut found = Vec::new();
        for one in given {
            if one.starts_with(PUBLIC) || one.to_uppercase().starts_with(PRIVATE) {
                found.push(key(one, "--encrypt-to")?);
                continue;
            }
            let path = Path::new(one);
            // Somebody may name the file with the private key by mistake.
            let text = Zeroizing::new(std::fs::read_to_string(path).map_err(io(path))?);
            let before = found.len();
            for (at, line) in text.lines().enumerate() {
                let line = line.trim();
                if !line.is_empty() && !line.starts_with('#') {
                    found.push(key(line, &format!("{one}, line {}", at + 1))?);
                }
            }
            if found.len() == before {
                return Err(KeyError::Recipient {
                    place: one.clone(),
                    why: "it holds no public key",
                });
            }
        }
        Ok(Recipients(found))
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// Encrypts a document so that each of them opens it.
    ///
    /// # Errors
    /// Where there is none, or the backend failed.
    pub fn encrypt(&self, document: &[u8]) -> Result<String, KeyError> {
        let failed = || KeyError::Backend {
            step: "encrypting to a public key",
        };
        let all = self.0.iter().map(|one| one as &dyn age::Recipient);
        let encryptor = age::Encryptor::with_recipients(all).map_err(|_| failed())?;
        let armor = ArmoredWriter::wrap_output(Vec::new(), Format::AsciiArmor);
        let armor = armor.map_err(|_| failed())?;
        let sealed = encryptor.wrap_output(armor).and_then(|mut writer| {
            writer.write_all(document)?;
            // What is not finished is a file that was cut off, and does not open.
            writer.finish()?.finish()
        });
        let sealed = sealed.map_err(|_| failed())?;
        String::from_utf8(sealed).map_err(|_| failed())
    }
}

fn key(text: &str, place: &str) -> Result<age::x25519::Recipient, KeyError> {
    let wrong = |why| KeyError::Recipient {
        place: place.to_owned(),
        why,
    };
    if text.to_uppercase().starts_with(PRIVATE) {
        return Err(wrong(
            "this is a private key: expected the public one, which begins with age1",
        ));
    }
    text.parse()
        .map_err(|_| wrong("expected a public key of age (X25519), which begins with age1"))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use std::io::Read;

    use super::*;

    fn opened(text: &str, identity: &age::x25519::Identity) -> Option<Vec<u8>> {
        let armor = age::armor::ArmoredReader::new(text.as_bytes());
        let decryptor = age::Decryptor::new_buffered(armor).unwrap();
        let mut reader = decryptor
            .decrypt(std::iter::once(identity as &dyn age::Identity))
            .ok()?;
        let mut out = Vec::new();
        reader.read_to_end(&mut out).ok()?;
        Some(out)
    }

    #[test]
    fn each_of_the_recipients_opens_it_and_nobody_else() {
        let people: Vec<_> = (0..3).map(|_| age::x25519::Identity::generate()).collect();
        let file = tempfile::NamedTempFile::new().unwrap();
        let second = people.get(1).unwrap().to_public();
        std::fs::write(file.path(), format!("# the desk\n\n  {second}\n")).unwrap();
        let to = [
            people.first().unwrap().to_public().to_string(),
            file.path().to_str().unwrap().to_owned(),
        ];
        let recipients = Recipients::read(&to).unwrap();
        assert_eq!(recipients.count(), 2);
        let document = vec![b'x'; 200_000];
        let text = recipients.encrypt(&document).unwrap();
        assert!(text.starts_with("-----BEGIN AGE ENCRYPTED FILE-----"));
        for (at, one) in people.iter().enumerate() {
            let expected = (at < 2).then(|| document.clone());
            assert_eq!(opened(&text, one), expected);
        }
    }

    #[test]
    fn what_is_no_public_key_is_said_and_a_private_one_is_not_repeated() {
        use age::secrecy::ExposeSecret;
        let secret = age::x25519::Identity::generate().to_string();
        let secret = secret.expose_secret();
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), format!("# public key\n{secret}\n")).unwrap();
        let file = file.path().to_str().unwrap().to_owned();
        for (given, why) in [
            (secret.to_owned(), "private key"),
            (secret.to_lowercase(), "private key"),
            (file, "line 2: this is a private key"),
            ("age1qqqq".to_owned(), "expected a public key"),
            ("/dev/null".to_owned(), "holds no public key"),
            ("/no/such/file".to_owned(), "/no/such/file"),
        ] {
            let error = Recipients::read(&[given]).err().unwrap().to_string();
            assert!(error.contains(why), "{error}");
            let tail = secret.get(20..).unwrap();
            assert!(!error.to_uppercase().contains(tail), "{error}");
        }
    }
}
