//! What is answered while the database is away at start: that the process is alive, and that nothing can be decided yet.

use std::sync::{Arc, OnceLock};

use axum::Router;
use axum::extract::Request;
use axum::response::{IntoResponse, Response};
use tower::ServiceExt;

use crate::language::Language;
use crate::problem::Problem;

/// Closed until there is something behind it. Cheap to clone.
#[derive(Clone, Default)]
pub struct Door {
    behind: Arc<OnceLock<Router>>,
}

impl Door {
    /// Routes that answer 503 until the door is open, and from then on what lies behind it does.
    pub fn router(&self) -> Router {
        let door = self.clone();
        Router::new().fallback(move |request: Request| {
            let door = door.clone();
            async move { door.answer(request).await }
        })
    }

    /// Opens it, once and for all.
    pub fn open(&self, app: Router) {
        let _open_already = self.behind.set(app);
    }

    async fn answer(&self, request: Request) -> Response {
        match self.behind.get() {
            Some(app) => app.clone().oneshot(request).await.into_response(),
            None if request.uri().path() == "/healthz" => "alive\n".into_response(),
            None => Language::of(request.headers()).while_doing(|| {
                Problem::unavailable("The database can't be reached yet. Try again in a moment.").into_response()
            }),
        }
    }
}
