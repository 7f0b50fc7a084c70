//! How many commands a caller may send: a bucket of tokens each, filled again as time goes on. Checks and reads are not counted.
//!
//! - [`buckets`]: one kind of bucket for every caller, in bounded memory; [`allowance`]: what is told of it in answers
//!
//! A bucket belongs to whoever's token it is, so a backend that acts for others has one, however many they are. Leaving is apart from
//! all that: it has buckets of its own, by whoever leaves, so that neither what they do otherwise nor what others do through the
//! same backend can keep anybody in. Erasing is apart, too: it costs much, and nobody needs it often.

pub mod allowance;
pub mod buckets;

use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

use domain::UserId;

pub use allowance::Allowance;
use buckets::{Buckets, Rate};

/// How often may be left. Nobody who wants to go gets there; it is there so that nothing is without a bound.
const LEAVING: Rate = Rate::per_second(some(100), some(1_000));

/// How often one may be erased; after each, what is left of them in the store's files is overwritten.
const ERASING: Rate = Rate { every: Duration::from_secs(15), burst: some(5) };

/// Callers with a bucket of their own; of those with a full one nothing is kept.
const CALLERS: usize = 100_000;

/// How often full buckets are looked for.
const TIDY_EVERY: Duration = Duration::from_secs(1);

/// The buckets of all callers of this server. Cheap to clone.
#[derive(Clone, Default)]
pub struct Limits(Option<Arc<Kinds>>);

struct Kinds {
    commands: Buckets,
    leaving: Buckets,
    erasing: Buckets,
}

impl Limits {
    /// So many commands a second, and so many at once; none a second means without a limit.
    pub fn new(per_second: u32, burst: NonZeroU32) -> Self {
        let kinds = NonZeroU32::new(per_second).map(|per_second| Kinds {
            commands: Buckets::new("commands", Rate::per_second(per_second, burst), CALLERS),
            leaving: Buckets::new("leaving", LEAVING, CALLERS),
            erasing: Buckets::new("erasing", ERASING, CALLERS),
        });
        Self(kinds.map(Arc::new))
    }

    /// Takes a command of a caller's. `None` where there is no limit.
    pub fn command(&self, bearer: &UserId) -> Option<Allowance> {
        Some(self.0.as_ref()?.commands.take(bearer))
    }

    /// Takes one departure.
    pub fn departure(&self, whose: &UserId) -> Option<Allowance> {
        Some(self.0.as_ref()?.leaving.take(whose))
    }

    /// Takes one erasure of this person, who asks for it.
    pub fn erasure(&self, whose: &UserId) -> Option<Allowance> {
        Some(self.0.as_ref()?.erasing.take(whose))
    }

    /// Forgets full buckets. Runs until it is dropped.
    pub async fn tidy(self) {
        let Some(kinds) = self.0 else { return };
        let mut every = tokio::time::interval(TIDY_EVERY);
        loop {
            every.tick().await;
            kinds.commands.tidy();
            kinds.leaving.tidy();
            kinds.erasing.tidy();
        }
    }
}

/// At least one, whatever is written above.
const fn some(number: u32) -> NonZeroU32 {
    match NonZeroU32::new(number) {
        Some(number) => number,
        None => NonZeroU32::MIN,
    }
}
