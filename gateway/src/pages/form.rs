//! What a form says: fields by name, as browsers send them.

use axum::body::Body;
use axum::extract::{FromRequest, Request};
use axum::http::header::CONTENT_TYPE;
use domain::NotAccepted;

use crate::extract::body;
use crate::problem::Problem;

/// The fields of a form that was posted. A form without fields needs neither body nor Content-Type.
#[derive(Debug, Default)]
pub struct Form(Vec<(String, String)>);

impl Form {
    /// A field; empty where it is not there.
    pub fn field(&self, name: &str) -> &str {
        let found = self.0.iter().find(|(key, _)| key == name);
        found.map_or("", |(_, value)| value.as_str())
    }

    /// Whether a field was changed from what the form was given out with, in the hidden field `was_<name>`.
    pub fn is_changed(&self, name: &str) -> bool {
        let was = self.0.iter().find(|(key, _)| key.strip_prefix("was_") == Some(name));
        was.is_none_or(|(_, was)| was != self.field(name))
    }

    /// A field as what it must be; the mistake names it.
    pub fn parse<T: std::str::FromStr<Err = NotAccepted>>(&self, name: &str) -> Result<T, Problem> {
        self.field(name).parse().map_err(|NotAccepted(why)| Problem::invalid(format!("/{name}"), why))
    }
}

impl<S: Send + Sync> FromRequest<S> for Form {
    type Rejection = Problem;

    async fn from_request(request: Request<Body>, _state: &S) -> Result<Self, Problem> {
        let declared = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let essence = declared.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        let bytes = body(request.into_body()).await?;
        if bytes.is_empty() {
            return Ok(Self::default());
        }
        if essence != "application/x-www-form-urlencoded" {
            return Err(Problem::new("unsupported-media-type", "The form could not be read."));
        }
        Ok(Self(form_urlencoded::parse(&bytes).into_owned().collect()))
    }
}
