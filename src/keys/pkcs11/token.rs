//! A token, its session, and the two keys on it.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Mutex, OnceLock, PoisonError};

use aws_lc_rs::digest::{Context, SHA256};
use cryptoki::context::{CInitializeArgs, CInitializeFlags, Pkcs11};
use cryptoki::error::{Error, RvError};
use cryptoki::mechanism::Mechanism;
use cryptoki::mechanism::aead::GcmParams;
use cryptoki::object::{Attribute, AttributeType, KeyType, ObjectClass, ObjectHandle};
use cryptoki::session::{Session, UserType};
use cryptoki::slot::Slot;
use cryptoki::types::AuthPin;
use zeroize::Zeroizing;

use super::words::{is_forged, is_lost, is_vague, said};
use super::{NAME, Pkcs11Settings};
use crate::keys::secret::fill;
use crate::keys::{Fingerprint, KekInfo, KeyError, KeyProvider};

const VERSION: u8 = 1;
const NONCE_LEN: usize = 12;
const TAG_BITS: u64 = 128;
/// An empty id names nothing.
const ID_LEN: usize = 16;

/// Provider `pkcs11`.
pub(super) struct Token {
    settings: Pkcs11Settings,
    open: Mutex<Option<Open>>,
}

/// A session that is logged in, with the keys found.
struct Open {
    session: Session,
    wrapping: ObjectHandle,
    deriving: ObjectHandle,
    fingerprint: Fingerprint,
}

impl Token {
    pub(super) fn new(settings: Pkcs11Settings) -> Self {
        Token {
            settings,
            open: Mutex::default(),
        }
    }

    /// Makes both keys, or none.
    pub(super) fn create(&self) -> Result<(), KeyError> {
        let session = self.session(true)?;
        let present = [KeyType::AES, KeyType::GENERIC_SECRET]
            .map(|kind| session.find_objects(&self.template(kind)));
        for found in present {
            if !found.map_err(|error| self.said(&error))?.is_empty() {
                return Err(KeyError::RemoteExists {
                    provider: NAME,
                    key: self.place(),
                });
            }
        }
        let mut id = vec![0; ID_LEN];
        fill(&mut id)?;
        let wrapping = session
            .generate_key(
                &Mechanism::AesKeyGen,
                &self.new_key(&id, &[Attribute::Encrypt(true), Attribute::Decrypt(true)]),
            )
            .map_err(|error| self.said(&error))?;
        let deriving = session.generate_key(
            &Mechanism::GenericSecretKeyGen,
            &self.new_key(&id, &[Attribute::Sign(true), Attribute::Verify(true)]),
        );
        if let Err(error) = deriving {
            // The error of the second is the one to tell.
            let _half = session.destroy_object(wrapping);
            return Err(self.said(&error));
        }
        // What was made is found again, and looked at as any other.
        self.with(|_| Ok(()))
    }

    fn new_key(&self, id: &[u8], uses: &[Attribute]) -> Vec<Attribute> {
        let mut template = vec![
            Attribute::Label(self.settings.key.clone().into_bytes()),
            Attribute::Id(id.to_vec()),
            Attribute::Token(true),
            Attribute::Private(true),
            Attribute::Sensitive(true),
            Attribute::Extractable(false),
            Attribute::ValueLen(32.into()),
        ];
        template.extend_from_slice(uses);
        template
    }

    fn template(&self, kind: KeyType) -> [Attribute; 3] {
        [
            Attribute::Class(ObjectClass::SECRET_KEY),
            Attribute::KeyType(kind),
            Attribute::Label(self.settings.key.clone().into_bytes()),
        ]
    }

    /// Does something in the session, which is opened where there is none, and once more where it was lost.
    fn with<T>(&self, act: impl Fn(&Open) -> Result<T, Error>) -> Result<T, KeyError> {
        let mut held = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(open) = held.as_ref() {
            match act(open) {
                Err(error) if is_lost(&error) => *held = None,
                result => return result.map_err(|error| self.said(&error)),
            }
        }
        let open = held.insert(self.begin()?);
        act(open).map_err(|error| self.said(&error))
    }

    fn begin(&self) -> Result<Open, KeyError> {
        let session = self.session(false)?;
        let wrapping = self.find(&session, KeyType::AES)?;
        let deriving = self.find(&session, KeyType::GENERIC_SECRET)?;
        let mut id = self.look(&session, wrapping)?;
        if self.look(&session, deriving)? != id {
            return Err(self.bad("the two keys of its label do not have one id".to_owned()));
        }
        if id.is_empty() {
            return Err(self.bad("it has no id (CKA_ID)".to_owned()));
        }
        let mut context = Context::new(&SHA256);
        context.update(b"sealwire pkcs11 key\0");
        context.update(&id);
        id.clear();
        let fingerprint = context.finish().as_ref().first_chunk::<8>().copied();
        Ok(Open {
            session,
            wrapping,
            deriving,
            fingerprint: Fingerprint(fingerprint.unwrap_or_default()),
        })
    }

    /// The id of a key that cannot be read out.
    fn look(&self, session: &Session, key: ObjectHandle) -> Result<Vec<u8>, KeyError> {
        let asked = [
            AttributeType::Id,
            AttributeType::Sensitive,
            AttributeType::Extractable,
        ];
        let attributes = session
            .get_attributes(key, &asked)
            .map_err(|error| self.said(&error))?;
        let mut id = Vec::new();
        let (mut sensitive, mut extractable) = (false, true);
        for attribute in attributes {
            if let Attribute::Id(found) = attribute {
                id = found;
            } else if let Attribute::Sensitive(found) = attribute {
                sensitive = found;
            } else if let Attribute::Extractable(found) = attribute {
                extractable = found;
            }
        }
        if !sensitive || extractable {
            return Err(self.bad(
                "it can be read out of the token (expected CKA_SENSITIVE true, CKA_EXTRACTABLE false)"
                    .to_owned(),
            ));
        }
        Ok(id)
    }

    fn find(&self, session: &Session, kind: KeyType) -> Result<ObjectHandle, KeyError> {
        let found = session
            .find_objects(&self.template(kind))
            .map_err(|error| self.said(&error))?;
        match found.as_slice() {
            [key] => Ok(*key),
            [] => Err(KeyError::NoRemoteKey {
                provider: NAME,
                key: self.place(),
            }),
            several => Err(self.bad(format!(
                "{} keys of its kind have that label",
                several.len()
            ))),
        }
    }

    fn session(&self, write: bool) -> Result<Session, KeyError> {
        let module = self.module()?;
        let slot = self.slot(&module)?;
        let session = match write {
            true => module.open_rw_session(slot),
            false => module.open_ro_session(slot),
        }
        .map_err(|error| self.said(&error))?;
        let pin = AuthPin::from(self.settings.pin().read()?.as_str());
        match session.login(UserType::User, Some(&pin)) {
            // A login is the whole process's.
            Ok(()) | Err(Error::Pkcs11(RvError::UserAlreadyLoggedIn, _)) => Ok(session),
            Err(error) => Err(self.said(&error)),
        }
    }

    fn slot(&self, module: &Pkcs11) -> Result<Slot, KeyError> {
        let slots = module
            .get_slots_with_token()
            .map_err(|error| self.said(&error))?;
        let mut found = Vec::new();
        for slot in slots {
            let info = module
                .get_token_info(slot)
                .map_err(|error| self.said(&error))?;
            if info.token_initialized() && info.label() == self.settings.token {
                found.push(slot);
            }
        }
        match found.as_slice() {
            [slot] => Ok(*slot),
            // A module that is not plugged in may come back.
            [] => Err(KeyError::Unreachable {
                provider: NAME,
                why: format!("there is no token \"{}\"", self.settings.token),
            }),
            several => Err(KeyError::Misconfigured {
                provider: NAME,
                why: format!(
                    "{} tokens have the label \"{}\"",
                    several.len(),
                    self.settings.token
                ),
            }),
        }
    }

    /// A module is loaded and initialised once for the whole process, as PKCS#11 wants it.
    fn module(&self) -> Result<Pkcs11, KeyError> {
        static LOADED: OnceLock<Mutex<HashMap<PathBuf, Pkcs11>>> = OnceLock::new();
        let mut loaded = LOADED
            .get_or_init(Mutex::default)
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if let Some(module) = loaded.get(&self.settings.module) {
            return Ok(module.clone());
        }
        let module = Pkcs11::new(&self.settings.module).map_err(|error| self.said(&error))?;
        match module.initialize(CInitializeArgs::new(CInitializeFlags::OS_LOCKING_OK)) {
            Ok(()) | Err(Error::Pkcs11(RvError::CryptokiAlreadyInitialized, _)) => {}
            Err(error) => return Err(self.said(&error)),
        }
        loaded.insert(self.settings.module.clone(), module.clone());
        Ok(module)
    }

    fn place(&self) -> String {
        format!(
            "\"{}\" on token \"{}\"",
            self.settings.key, self.settings.token
        )
    }

    fn bad(&self, why: String) -> KeyError {
        KeyError::BadRemoteKey {
            provider: NAME,
            key: self.place(),
            why,
        }
    }

    fn said(&self, error: &Error) -> KeyError {
        said(&self.settings, error)
    }
}

impl Open {
    /// Whether the key seals and opens at this moment.
    fn works(&self) -> bool {
        const PROBE: [u8; 32] = [0x5A; 32];
        let mut nonce = [0; NONCE_LEN];
        let seal = |iv: &mut [u8; NONCE_LEN]| {
            let parameters = GcmParams::new(iv, b"probe", TAG_BITS.into())?;
            (self.session).encrypt(&Mechanism::AesGcm(parameters), self.wrapping, &PROBE)
        };
        let open = |iv: &mut [u8; NONCE_LEN], sealed: &[u8]| {
            let parameters = GcmParams::new(iv, b"probe", TAG_BITS.into())?;
            (self.session).decrypt(&Mechanism::AesGcm(parameters), self.wrapping, sealed)
        };
        fill(&mut nonce).is_ok()
            && seal(&mut nonce)
                .and_then(|sealed| open(&mut nonce, &sealed))
                .is_ok_and(|opened| opened == PROBE)
    }
}

impl KeyProvider for Token {
    fn wrap(&self, plain: &[u8; 32], associated: &[u8]) -> Result<Vec<u8>, KeyError> {
        let mut nonce = [0; NONCE_LEN];
        fill(&mut nonce)?;
        let sealed = self.with(|open| {
            let mut iv = nonce;
            let parameters = GcmParams::new(&mut iv, associated, TAG_BITS.into())?;
            (open.session).encrypt(&Mechanism::AesGcm(parameters), open.wrapping, plain)
        })?;
        let mut out = Vec::with_capacity(1 + NONCE_LEN + sealed.len());
        out.push(VERSION);
        out.extend_from_slice(&nonce);
        out.extend_from_slice(&sealed);
        // Some modules take a nonce of their own choice, or leave the associated data out: then nothing would open.
        match self.unwrap(&out, associated)? {
            Some(opened) if opened.as_slice() == plain => Ok(out),
            Some(_) | None => Err(self.bad("what it wraps does not unwrap".to_owned())),
        }
    }

    fn unwrap(
        &self,
        wrapped: &[u8],
        associated: &[u8],
    ) -> Result<Option<Zeroizing<Vec<u8>>>, KeyError> {
        let Some((VERSION, rest)) = wrapped.split_first().map(|(first, rest)| (*first, rest))
        else {
            return Ok(None);
        };
        let Some((nonce, sealed)) = rest.split_first_chunk::<NONCE_LEN>() else {
            return Ok(None);
        };
        self.with(|open| {
            let mut iv = *nonce;
            let parameters = GcmParams::new(&mut iv, associated, TAG_BITS.into())?;
            match (open.session).decrypt(&Mechanism::AesGcm(parameters), open.wrapping, sealed) {
                Ok(plain) => Ok(Some(Zeroizing::new(plain))),
                Err(error) if is_forged(&error) => Ok(None),
                // A token that has just shown that it works did not fail: the bytes are to blame.
                Err(error) if is_vague(&error) && open.works() => Ok(None),
                Err(error) => Err(error),
            }
        })
    }

    /// HMAC-SHA256 under the token's second key.
    fn derive(&self, purpose: &str) -> Result<Zeroizing<[u8; 32]>, KeyError> {
        let mut message = b"sealwire derive v1\0".to_vec();
        message.extend_from_slice(purpose.as_bytes());
        let tag =
            Zeroizing::new(self.with(|open| {
                (open.session).sign(&Mechanism::Sha256Hmac, open.deriving, &message)
            })?);
        let tag: [u8; 32] = tag
            .as_slice()
            .try_into()
            .map_err(|_| self.bad("its HMAC-SHA256 does not have 32 bytes".to_owned()))?;
        Ok(Zeroizing::new(tag))
    }

    fn describe(&self) -> Result<KekInfo, KeyError> {
        let fingerprint = self.with(|open| Ok(open.fingerprint))?;
        Ok(KekInfo {
            provider: NAME,
            place: self.place(),
            fingerprint,
            passphrase: true,
        })
    }

    /// A session that was opened long ago proves nothing: the key is used.
    fn refresh(&self) -> Result<(), KeyError> {
        self.derive("proof").map(drop)
    }
}
