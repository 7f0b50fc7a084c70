//! By whose act something came about, in words.

use std::collections::HashMap;

use domain::{Act, Actor, Notes, Person, UserId};

use crate::language::Language;
use crate::pages::changes::actor_called;

/// Beside who acted: by which hand, why, and when it really happened, as far as there is more to say than a name.
pub fn circumstances(language: Language, actor: &Actor, notes: &Notes) -> Vec<String> {
    let by = match actor {
        Actor::Person(_) => None,
        Actor::Service { .. } | Actor::Operator(_) | Actor::OperatorFor { .. } => {
            Some(language.tell("history-actor", &[("actor", actor.to_string().into())]))
        }
    };
    let reason = notes.reason.as_ref();
    let reason = reason.map(|reason| language.tell("history-reason", &[("reason", reason.as_str().into())]));
    let happened = notes.happened_at.map(|at| language.moment(at));
    let happened = happened.map(|moment| language.tell("history-happened", &[("moment", moment.into())]));
    by.into_iter().chain(reason).chain(happened).collect()
}

/// Since when, and by whom.
pub fn member_since(language: Language, act: &Act, known: &HashMap<UserId, Person>) -> String {
    let arguments = [("moment", language.moment(act.at).into()), ("actor", actor_called(&act.actor, known).into())];
    language.tell("history-since", &arguments)
}

/// Since when in a role, and by whom.
pub fn role_since(language: Language, role: String, act: &Act, known: &HashMap<UserId, Person>) -> String {
    let (moment, actor) = (language.moment(act.at), actor_called(&act.actor, known));
    language.tell("history-role-since", &[("role", role.into()), ("moment", moment.into()), ("actor", actor.into())])
}
