//! What the query of a page asks of a list: a search, a role, where to go on.

use domain::{Position, Role};
use projections::MembersQuery;

use super::visitor::Inside;
use crate::extract::Query;
use crate::problem::Problem;
use crate::v1::members::LONGEST_SEARCH;

/// Members on a page.
const SHOWN: usize = 25;

/// What the list is asked for.
pub struct Asked {
    /// The beginning of a name or address.
    pub search: Option<String>,
    /// Only this role.
    pub role: Option<Role>,
    /// After this member.
    pub after: Option<Position>,
}

impl Asked {
    /// What the query says.
    pub fn of(query: &Query) -> Result<Self, Problem> {
        let search = searched(query)?;
        // "Any role" is sent as an empty one.
        let role = match query.get::<String>("role")?.as_deref() {
            None | Some("") => None,
            Some(_) => query.get::<Role>("role")?,
        };
        Ok(Self { search, role, after: after(query, "after")? })
    }

    /// As the views are asked.
    pub fn members(&self) -> MembersQuery {
        MembersQuery {
            limit: SHOWN,
            after: self.after,
            search: self.search.clone(),
            role: self.role,
            ..Default::default()
        }
    }

    /// The address of the page after this member, with all else the same.
    pub fn page(&self, inside: &Inside, after: Option<Position>) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        if let Some(search) = &self.search {
            query.append_pair("search", search);
        }
        if let Some(role) = self.role {
            query.append_pair("role", role.as_str());
        }
        if let Some(after) = after {
            query.append_pair("after", &after.to_string());
        }
        format!("{}?{}", inside.at("/members"), query.finish())
    }
}

/// What is searched for, if anything.
pub fn searched(query: &Query) -> Result<Option<String>, Problem> {
    let search = query.get::<String>("search")?.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    match search {
        Some(text) if text.chars().count() > LONGEST_SEARCH => {
            Err(Problem::invalid("/search", "must be at most 100 characters"))
        }
        search => Ok(search),
    }
}

/// Where a list goes on.
pub fn after(query: &Query, name: &str) -> Result<Option<Position>, Problem> {
    let after = query.get::<String>(name)?;
    let parsed =
        after.map(|text| text.parse().map_err(|_| Problem::invalid(format!("/{name}"), "must be a whole number")));
    parsed.transpose()
}
