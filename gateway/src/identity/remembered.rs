//! Tokens verified before. A browser or backend sends the same token with each request, and verifying one signature
//! costs as much as many lookups here (figures: `identity/tests/cost.rs`).

use std::sync::Arc;

use aws_lc_rs::digest::{SHA256, digest};
use quick_cache::Weighter;
use quick_cache::sync::Cache;

use super::claims::Claims;

/// About 100,000 tokens of the usual size. The bound is in bytes because claims may be long.
const CAPACITY: u64 = 64 * 1024 * 1024;
const USUAL_TOKENS: usize = 100_000;

/// Stands for a token without being one: what leaks from memory here signs nobody in.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Fingerprint([u8; 32]);

impl Fingerprint {
    pub(crate) fn of(token: &str) -> Self {
        let mut bytes = [0; 32];
        bytes.copy_from_slice(digest(&SHA256, token.as_bytes()).as_ref());
        Self(bytes)
    }
}

/// Claims by fingerprint, each with the generation of keys it was verified under.
pub(crate) struct Remembered(Cache<Fingerprint, Entry, Bytes>);

#[derive(Clone)]
struct Entry {
    generation: u64,
    claims: Arc<Claims>,
}

#[derive(Clone)]
struct Bytes;

impl Weighter<Fingerprint, Entry> for Bytes {
    fn weight(&self, _: &Fingerprint, entry: &Entry) -> u64 {
        let Claims { user, person, session, scopes, .. } = &*entry.claims;
        let texts = [Some(user.as_str()), person.name.as_deref(), person.picture.as_deref(), session.as_deref()];
        let texts: usize = texts.iter().flatten().map(|text| text.len()).sum();
        let email = person.email.as_ref().map_or(0, |email| email.as_str().len());
        // The rest: the struct, its allocations, and the place in the cache.
        (texts + email + scopes.len() + 400) as u64
    }
}

impl Remembered {
    pub(crate) fn new() -> Self {
        Self(Cache::with_weighter(USUAL_TOKENS, CAPACITY, Bytes))
    }

    /// What was verified under exactly these keys. Claims of an earlier generation do not count, so a removed key's
    /// tokens end with the reading that misses it. Whether they are in force is for the caller to ask.
    pub(crate) fn recall(&self, token: &Fingerprint, generation: u64) -> Option<Arc<Claims>> {
        self.0.get(token).filter(|entry| entry.generation == generation).map(|entry| entry.claims)
    }

    pub(crate) fn keep(&self, token: Fingerprint, generation: u64, claims: Arc<Claims>) {
        self.0.insert(token, Entry { generation, claims });
    }

    pub(crate) fn forget(&self, token: &Fingerprint) {
        self.0.remove(token);
    }
}
