//! Tasks that must not end: a panic in one is a mistake of ours, and must not become a service that answers nothing more.

/// Runs the task until it ends by itself, again and again after a panic. Those it was answering learn that nobody will.
pub async fn supervise<F>(name: &'static str, task: impl Fn() -> F)
where
    F: Future<Output = ()> + Send + 'static,
{
    while let Err(panic) = tokio::spawn(task()).await {
        tracing::error!(task = name, %panic, "a task panicked and is started again");
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicU32, Ordering};

    use super::supervise;

    #[tokio::test]
    async fn a_task_that_panics_is_started_again_until_it_ends_well() {
        let started = Arc::new(AtomicU32::new(0));
        let counted = started.clone();
        supervise("a task", move || {
            let counted = counted.clone();
            async move { assert!(counted.fetch_add(1, Ordering::SeqCst) == 2, "twice it panics") }
        })
        .await;
        assert_eq!(started.load(Ordering::SeqCst), 3);
    }
}
