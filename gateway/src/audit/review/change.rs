//! One membership that changed: who, from which role to which, by whose act.

use std::borrow::Cow;

use domain::{Act, Recorded, Role, Tenure};
use serde::Serialize;

use crate::audit::lines::{Column, Line};
use crate::audit::members::time;
use crate::then::ActBody;

/// A line of joins, leaves, removals, role changes or transfers.
#[derive(Serialize)]
pub struct Change {
    #[serde(flatten)]
    act: ActBody,
    tenure: Tenure,
    before: Option<Role>,
    after: Option<Role>,
}

impl Change {
    /// By this event, from one role to another; none is no membership.
    pub fn by(recorded: &Recorded, tenure: Tenure, before: Option<Role>, after: Option<Role>) -> Self {
        Self { act: ActBody::from(&Act::from(recorded)), tenure, before, after }
    }
}

impl Line for Change {
    const COLUMNS: &'static [Column] = &[
        Column::aside("sequence"),
        Column::aside("at"),
        Column::aside("happened_at"),
        Column::aside("user_id"),
        Column::aside("member_id"),
        Column::aside("role_before"),
        Column::aside("role_after"),
        Column::aside("actor"),
        Column::aside("acts_for"),
        Column::aside("via"),
        Column::aside("reason"),
        Column::aside("correlationid"),
    ];

    fn cells(&self) -> Vec<Cow<'_, str>> {
        let role = |role: Option<Role>| role.map(|role| role.to_string()).unwrap_or_default();
        vec![
            self.act.sequence.to_string().into(),
            time(self.act.at),
            self.act.happened_at.map(time).unwrap_or_default(),
            self.tenure.user_id.as_str().into(),
            self.tenure.member_id.to_string().into(),
            role(self.before).into(),
            role(self.after).into(),
            self.act.actor.as_str().into(),
            self.act.acts_for.as_ref().map_or("", |user| user.as_str()).into(),
            self.act.via.as_deref().unwrap_or_default().into(),
            self.act.reason.as_deref().unwrap_or_default().into(),
            self.act.correlationid.as_deref().unwrap_or_default().into(),
        ]
    }
}
