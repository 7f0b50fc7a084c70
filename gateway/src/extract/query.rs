//! Query parameters, with the name of the mistaken one.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;

use crate::problem::Problem;

/// Query parameters. Unknown ones are tolerated, one given twice is not.
#[derive(Debug, Default)]
pub struct Query(Vec<(String, String)>);

impl Query {
    /// The parameter's value, parsed; `None` where it is not given.
    pub fn get<T>(&self, name: &str) -> Result<Option<T>, Problem>
    where
        T: std::str::FromStr,
        T::Err: std::fmt::Display,
    {
        let mut values = self.0.iter().filter(|(key, _)| key == name).map(|(_, value)| value);
        let Some(value) = values.next() else { return Ok(None) };
        if values.next().is_some() {
            return Err(Problem::invalid(format!("/{name}"), "must be given once"));
        }
        value.parse().map(Some).map_err(|why: T::Err| Problem::invalid(format!("/{name}"), why.to_string()))
    }

    /// `limit`: 1 to 200, 50 where it is not given.
    pub fn limit(&self) -> Result<usize, Problem> {
        let wrong = || Problem::invalid("/limit", "must be a whole number from 1 to 200");
        match self.get::<String>("limit")?.map(|text| text.parse()) {
            None => Ok(50),
            Some(Ok(limit @ 1..=200)) => Ok(limit),
            Some(_) => Err(wrong()),
        }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Query {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Problem> {
        axum::extract::Query::try_from_uri(&parts.uri)
            .map(|axum::extract::Query(pairs)| Self(pairs))
            .map_err(|_| Problem::invalid("", "The query is not well formed."))
    }
}
