//! Logs and metrics. No names, addresses, tokens or raw paths in either: routes are named by their templates.

pub mod filter;

use std::cell::RefCell;
use std::collections::HashMap;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use axum::extract::{MatchedPath, Request};
use axum::http::{Response, StatusCode};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use tower::Service;
use tracing::Instrument;

use crate::correlation::Correlation;
use crate::language::Language;
use crate::settings::LogFormat;

/// Upper bounds of durations, seconds.
const SECONDS: [f64; 14] = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0];

/// Upper bounds of how many share one statement.
const COUNTS: [f64; 10] = [1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0, 256.0, 512.0];

/// Starts logging to standard error. Called once in a process.
pub fn start_logging(format: LogFormat, setting: &str) -> anyhow::Result<()> {
    use std::io::IsTerminal;
    let filter = filter::filter(setting)?;
    // Where the log can't be written, saying so on standard error would panic; the service goes on without its log.
    let builder =
        tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).log_internal_errors(false);
    let text = match format {
        LogFormat::Text => true,
        LogFormat::Json => false,
        LogFormat::Auto => std::io::stderr().is_terminal(),
    };
    let started = if text { builder.compact().try_init() } else { builder.json().flatten_event(true).try_init() };
    started.map_err(|error| anyhow::anyhow!("can't start logging: {error}"))
}

/// Starts counting; what it returns prints `/metrics`. A process has one recorder: later calls only print.
pub fn start_metrics() -> anyhow::Result<PrometheusHandle> {
    let recorder = PrometheusBuilder::new()
        .set_buckets_for_metric(Matcher::Suffix("_seconds".into()), &SECONDS)?
        .set_buckets_for_metric(Matcher::Suffix("_size".into()), &COUNTS)?
        .set_buckets_for_metric(Matcher::Suffix("_together".into()), &COUNTS)?
        .build_recorder();
    let handle = recorder.handle();
    if metrics::set_global_recorder(recorder).is_err() {
        tracing::debug!("metrics are recorded elsewhere in this process");
    }
    describe();
    Ok(handle)
}

fn describe() {
    metrics::describe_histogram!("roster_request_seconds", "Time to answer a request, by method, route and status");
    metrics::describe_histogram!("roster_command_seconds", "Time to carry a command out, by command and outcome");
    metrics::describe_counter!("roster_overloaded_total", "Requests turned away because too many were waiting");
    metrics::describe_counter!("roster_limited_total", "Commands turned away because their caller sent too many");
    metrics::describe_counter!("roster_erasures_total", "People erased by way of this server");
    metrics::describe_histogram!("roster_append_group_size", "Commands decided and appended together");
    metrics::describe_histogram!("roster_append_seconds", "Time to read, decide and append a group");
    metrics::describe_counter!(
        "roster_append_conflicts_total",
        "Groups decided again because another writer was first"
    );
    metrics::describe_histogram!("roster_checks_together", "Checks and other reads that shared a statement");
    metrics::describe_histogram!("roster_projection_lag_seconds", "From commit to the views");
    metrics::describe_gauge!("roster_projection_position", "Position the lists are at, by projection");
    metrics::describe_gauge!("roster_projection_parked", "Organizations whose history could not be read on");
    metrics::describe_gauge!("roster_projection_leader", "1 where this server moves the projection");
    metrics::describe_gauge!("roster_projection_stopped", "1 where the checkpoint is not of this journal: rebuild it");
    metrics::describe_gauge!("roster_journal_position", "Last position this server knows to be written");
    metrics::describe_gauge!("roster_pages_open", "Open pages that are told what happens");
    metrics::describe_gauge!("roster_streams_open", "Open streams of events");
    metrics::describe_gauge!("roster_relay_leader", "1 where this server carries events to NATS");
    metrics::describe_gauge!("roster_relay_position", "Position up to which events are carried");
    metrics::describe_gauge!("roster_relay_stopped", "1 where the stream and the journal disagree");
    metrics::describe_gauge!("roster_webhooks_leader", "1 where this server delivers webhooks");
    metrics::describe_gauge!("roster_webhooks_enabled", "Webhooks that events are sent to");
    metrics::describe_gauge!("roster_webhooks_given_up", "Webhooks that are disabled because deliveries failed");
    metrics::describe_gauge!("roster_webhooks_waiting", "Organizations whose events wait for a webhook to take one");
    metrics::describe_gauge!(
        "roster_webhooks_parked",
        "Organizations whose events are not tried any more, over all webhooks"
    );
    metrics::describe_counter!("roster_webhooks_given_up_total", "Webhooks that this server disabled, by why");
    metrics::describe_histogram!("roster_webhook_attempt_seconds", "Time to post an event, by outcome");
    metrics::describe_histogram!("roster_webhook_lag_seconds", "From commit to delivery by webhook");
}

/// Keeps histograms from growing between scrapes. Runs until it is dropped.
pub async fn keep_up(handle: PrometheusHandle) {
    let mut every = tokio::time::interval(Duration::from_secs(5));
    loop {
        every.tick().await;
        handle.run_upkeep();
    }
}

/// Times every request and logs it, by its route's template, and lets it fail in its language. A service by hand: on the way of every request, axum's
/// `from_fn` costs two boxes more.
#[derive(Clone)]
pub struct Observed<S>(pub S);

impl<S, B> Service<Request> for Observed<S>
where
    S: Service<Request, Response = Response<B>>,
    S::Future: Send + 'static,
{
    type Response = S::Response;
    type Error = S::Error;
    type Future = Pin<Box<dyn Future<Output = Result<Response<B>, S::Error>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.0.poll_ready(context)
    }

    fn call(&mut self, mut request: Request) -> Self::Future {
        let started = Instant::now();
        let correlation = Correlation::of(request.headers());
        let span =
            tracing::info_span!("request", request_id = correlation.request_id(), trace_id = correlation.trace_id());
        request.extensions_mut().insert(correlation.clone());
        let method = known(request.method().as_str());
        let route = request.extensions().get::<MatchedPath>().cloned();
        let language = Language::of(request.headers());
        let response = language.while_doing(|| self.0.call(request));
        let answered = async move {
            let mut response = language.during(response).await?;
            correlation.tell(response.status(), response.headers_mut());
            let (took, status) = (started.elapsed(), response.status());
            let route = route.as_ref().map_or("none", MatchedPath::as_str);
            count(method, route, status, took);
            tracing::debug!(method, route, status = status.as_u16(), took_ms = took.as_secs_f64() * 1000.0, "answered");
            Ok(response)
        };
        Box::pin(answered.instrument(span))
    }
}

/// Where each kind of answer is counted: looked up once a thread, not with three new labels for every request.
type Counted = HashMap<(&'static str, StatusCode), HashMap<String, metrics::Histogram>>;

fn count(method: &'static str, route: &str, status: StatusCode, took: Duration) {
    thread_local!(static COUNTED: RefCell<Counted> = RefCell::default());
    COUNTED.with_borrow_mut(|counted| {
        let by_route = counted.entry((method, status)).or_default();
        if !by_route.contains_key(route) {
            let labels =
                [("method", method.to_owned()), ("route", route.to_owned()), ("status", status.as_str().to_owned())];
            by_route.insert(route.to_owned(), metrics::histogram!("roster_request_seconds", &labels));
        }
        if let Some(histogram) = by_route.get(route) {
            histogram.record(took.as_secs_f64());
        }
    });
}

/// Methods are the caller's text: only those we know become labels.
fn known(method: &str) -> &'static str {
    ["GET", "POST", "PATCH", "DELETE", "HEAD", "OPTIONS", "PUT"]
        .into_iter()
        .find(|known| *known == method)
        .unwrap_or("other")
}
