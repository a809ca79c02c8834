//! What a module's errors mean to an operator.

use cryptoki::error::{Error, RvError};

use super::{NAME, Pkcs11Settings};
use crate::keys::KeyError;

/// The error of a call, in our words. Nothing of ours that was handed over stands in it.
pub(super) fn said(settings: &Pkcs11Settings, error: &Error) -> KeyError {
    let unreachable = |why: String| KeyError::Unreachable {
        provider: NAME,
        why,
    };
    let Error::Pkcs11(code, function) = error else {
        return match error {
            Error::LibraryLoading(reason) => KeyError::Misconfigured {
                provider: NAME,
                why: format!(
                    "the module {} cannot be loaded: {reason}",
                    settings.module.display()
                ),
            },
            Error::MissingSymbol(_) | Error::NullFunctionPointer | Error::NotSupported => {
                KeyError::Misconfigured {
                    provider: NAME,
                    why: format!(
                        "the module {} lacks a function that is needed",
                        settings.module.display()
                    ),
                }
            }
            other => unreachable(other.to_string()),
        };
    };
    match code {
        RvError::PinIncorrect | RvError::PinInvalid | RvError::PinLenRange => denied(
            "the PIN is wrong; it is not tried again, since a token locks itself after a few wrong ones",
        ),
        RvError::PinLocked => {
            denied("the PIN is locked: the token's security officer has to unlock it")
        }
        RvError::PinExpired => denied("the PIN has expired"),
        RvError::UserPinNotInitialized => denied("the token has no user PIN yet"),
        RvError::KeyFunctionNotPermitted
        | RvError::MechanismInvalid
        | RvError::KeyTypeInconsistent => KeyError::BadRemoteKey {
            provider: NAME,
            key: format!("\"{}\"", settings.key),
            why: format!("the module does not permit C_{function:?} with it ({code:?})"),
        },
        code => unreachable(format!("C_{function:?} failed ({code:?})")),
    }
}

fn denied(why: &str) -> KeyError {
    KeyError::Denied {
        provider: NAME,
        why: why.to_owned(),
        for_good: true,
    }
}

/// Whether a new session may do better: the token was drawn and put back, the module was started again, a session limit
/// has closed ours.
pub(super) fn is_lost(error: &Error) -> bool {
    matches!(
        error,
        Error::Pkcs11(
            RvError::SessionHandleInvalid
                | RvError::SessionClosed
                | RvError::DeviceRemoved
                | RvError::DeviceError
                | RvError::TokenNotPresent
                | RvError::UserNotLoggedIn
                | RvError::ObjectHandleInvalid
                | RvError::KeyHandleInvalid
                | RvError::OperationActive
                | RvError::CryptokiNotInitialized,
            _
        )
    )
}

/// A module that says no more than that something went wrong. SoftHSM2 says so of a tag that does not fit.
pub(super) fn is_vague(error: &Error) -> bool {
    matches!(
        error,
        Error::Pkcs11(RvError::GeneralError | RvError::FunctionFailed, _)
    )
}

/// Whether a decryption failed because the bytes do not authenticate. Modules differ in how they say so.
pub(super) fn is_forged(error: &Error) -> bool {
    matches!(
        error,
        Error::Pkcs11(
            RvError::EncryptedDataInvalid
                | RvError::EncryptedDataLenRange
                | RvError::SignatureInvalid
                | RvError::DataInvalid,
            _
        )
    )
}
