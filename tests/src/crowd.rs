//! Many at once.

use std::sync::{Arc, Mutex, PoisonError};

use tokio::task::JoinSet;

use crate::person::Person;
use crate::server::Server;

/// How many speak at once when all that matters is to be done with it.
const HANDS: usize = 32;

/// So many callers take from the work until none is left. The results, in no order. Whoever panics ends it all.
pub async fn at_once<W, T, F>(
    callers: usize,
    work: impl IntoIterator<Item = W>,
    act: impl Fn(W) -> F + Clone + Send + 'static,
) -> Vec<T>
where
    W: Send + 'static,
    T: Send + 'static,
    F: Future<Output = T> + Send + 'static,
{
    let work = Arc::new(Mutex::new(work.into_iter().collect::<Vec<_>>().into_iter()));
    let mut all = JoinSet::new();
    for _ in 0..callers {
        let (work, act) = (work.clone(), act.clone());
        all.spawn(async move {
            let mut results = Vec::new();
            loop {
                let next = work.lock().unwrap_or_else(PoisonError::into_inner).next();
                let Some(one) = next else { return results };
                results.push(act(one).await);
            }
        });
    }
    all.join_all().await.into_iter().flatten().collect()
}

impl Server {
    /// So many people: `<name>-0`, `<name>-1`, ….
    pub fn people(&self, name: &str, many: usize) -> Vec<Person> {
        (0..many).map(|n| self.person(&format!("{name}-{n}"))).collect()
    }
}

impl Person {
    /// Invites all of them, and they accept.
    pub async fn takes_in_all(&self, org: &str, people: &[Person], role: &'static str) {
        let (host, org) = (self.clone(), org.to_owned());
        at_once(HANDS, people.to_vec(), move |somebody| {
            let (host, org) = (host.clone(), org.clone());
            async move { host.takes_in(&org, &somebody, role).await }
        })
        .await;
    }
}
