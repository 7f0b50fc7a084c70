//! Callers in a closed loop, and tables of what they got done.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use tokio::task::JoinSet;

/// What a number of callers got done.
pub struct Measured {
    /// Calls answered.
    pub done: usize,
    /// In this time.
    pub took: Duration,
    /// Calls a second.
    pub rate: f64,
}

/// Lets `callers` call in a loop until the time is over or a call says that there is nothing left to do. Each is a task of its own, as
/// a server's requests are: in one task together they would share a core, which slows down most whoever does most of the work where
/// it was asked.
pub async fn measure<F>(callers: usize, time: Duration, call: impl Fn(usize) -> F + Clone + Send + 'static) -> Measured
where
    F: Future<Output = bool> + Send + 'static,
{
    let (done, started) = (Arc::new(AtomicUsize::new(0)), Instant::now());
    let mut tasks = JoinSet::new();
    for caller in 0..callers {
        let (done, call) = (done.clone(), call.clone());
        tasks.spawn(async move {
            while started.elapsed() < time && call(caller).await {
                done.fetch_add(1, Ordering::Relaxed);
            }
        });
    }
    tasks.join_all().await;
    let (done, took) = (done.load(Ordering::Relaxed), started.elapsed());
    Measured { done, took, rate: done as f64 / took.as_secs_f64() }
}

/// The middle one.
pub fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// A number with its thousands apart.
pub fn grouped(value: f64) -> String {
    let digits = format!("{value:.0}");
    let mut text = String::new();
    for (n, digit) in digits.chars().enumerate() {
        if n > 0 && (digits.len() - n).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A table in Markdown.
pub struct Table(Vec<Vec<String>>);

impl Table {
    /// With these headings.
    pub fn new(headings: &[&str]) -> Self {
        let rule = headings.iter().enumerate().map(|(n, _)| if n == 0 { "---" } else { "---:" }.to_owned());
        Self(vec![headings.iter().map(|text| (*text).to_owned()).collect(), rule.collect()])
    }

    /// A row of rates.
    pub fn row(&mut self, name: &str, rates: &[f64]) {
        self.0.push(std::iter::once(name.to_owned()).chain(rates.iter().map(|rate| grouped(*rate))).collect());
    }

    /// A row of ratios or other small figures.
    pub fn exact(&mut self, name: &str, figures: &[f64]) {
        self.0.push(
            std::iter::once(name.to_owned()).chain(figures.iter().map(|figure| format!("{figure:.2}"))).collect(),
        );
    }

    /// A row of a rate and what is said of it.
    pub fn mixed(&mut self, name: &str, rate: f64, said: &[impl ToString]) {
        let said = said.iter().map(ToString::to_string);
        self.0.push([name.to_owned(), grouped(rate)].into_iter().chain(said).collect());
    }

    /// To standard output.
    pub fn print(&self) {
        println!();
        for row in &self.0 {
            println!("| {} |", row.join(" | "));
        }
    }
}
