//! Callers in a closed loop, and tables of what they got done.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use futures::stream::{FuturesUnordered, StreamExt};

/// What a number of callers got done.
pub struct Measured {
    /// Calls answered.
    pub done: usize,
    /// In this time.
    pub took: Duration,
    /// Calls a second.
    pub rate: f64,
}

/// Lets `callers` call in a loop until the time is over or a call says that there is nothing left to do.
pub async fn measure<F: Future<Output = bool>>(callers: usize, time: Duration, call: impl Fn(usize) -> F) -> Measured {
    let (done, started) = (AtomicUsize::new(0), Instant::now());
    let callers: FuturesUnordered<_> = (0..callers)
        .map(|caller| {
            let (done, call) = (&done, &call);
            async move {
                while started.elapsed() < time && call(caller).await {
                    done.fetch_add(1, Ordering::Relaxed);
                }
            }
        })
        .collect();
    callers.collect::<()>().await;
    let (done, took) = (done.into_inner(), started.elapsed());
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
