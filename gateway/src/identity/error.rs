//! Why a caller is not known. A reason is for the log and fixed in the source, so that nothing of a token gets there.

/// What the gateway answers with 401 (`Missing`, `Invalid`) or 503 (`KeysUnavailable`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IdentityError {
    /// There is no token at all.
    #[error("no token")]
    Missing,
    /// There is one, and it is not accepted, for this reason.
    #[error("token refused: {0}")]
    Invalid(&'static str),
    /// No token can be judged: the issuer's keys were never loaded, or were loaded too long ago.
    #[error("the issuer's keys are not available")]
    KeysUnavailable,
}
