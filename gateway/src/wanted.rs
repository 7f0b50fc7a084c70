//! Which events somebody wants to see, as it is asked for on the command line and in queries.

use domain::{NotAccepted, OrganizationEvent, UserId};
use journal::Filter;

use crate::extract::Query;
use crate::moment::Moment;
use crate::problem::Problem;

/// A type of event.
pub fn event_type(text: &str) -> Result<&'static str, NotAccepted> {
    let known = OrganizationEvent::NAMES.into_iter().find(|name| *name == text);
    known.ok_or(NotAccepted("must be a type of event, such as MemberLeft"))
}

/// An actor as it is noted with events.
pub fn actor(text: &str) -> Result<String, NotAccepted> {
    match text.split_once(':') {
        Some(("person" | "service" | "operator", id)) => id.parse::<UserId>().map(|_| text.to_owned()),
        _ => Err(NotAccepted("must be person:…, service:… or operator:…")),
    }
}

/// The filter in a query: `type` (several with commas between), `person`, `actor`.
pub fn filter(query: &Query) -> Result<Filter, Problem> {
    let wrong = |name: &'static str| move |NotAccepted(why)| Problem::invalid(format!("/{name}"), why);
    let types = match query.get::<String>("type")? {
        Some(text) => {
            let types = text.split(',').map(|one| event_type(one.trim()).map(str::to_owned));
            types.collect::<Result<Vec<_>, _>>().map_err(wrong("type"))?
        }
        None => Vec::new(),
    };
    let person = query.get::<UserId>("person")?;
    let actor = query.get::<String>("actor")?.map(|text| actor(&text)).transpose().map_err(wrong("actor"))?;
    Ok(Filter { types, person, actor })
}

/// The times in a query: `from` and `to`.
pub fn times(query: &Query) -> Result<(Option<Moment>, Option<Moment>), Problem> {
    Ok((query.get("from")?, query.get("to")?))
}
