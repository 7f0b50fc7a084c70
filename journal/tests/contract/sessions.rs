//! What sessions are looking at.

use domain::{MemberId, OrganizationId, UserId};
use journal::sessions::{Active, SESSIONS_KEPT, SessionRef};
use journal::{Journal, StoreError};
use uuid::Uuid;

use super::{Fixture, journal};

fn somewhere() -> Active {
    Active { organization: OrganizationId(Uuid::now_v7()), member_id: MemberId(Uuid::now_v7()) }
}

async fn active(journal: &Journal, user: &str, session: Option<&str>) -> Option<Active> {
    let user: UserId = user.parse().unwrap();
    journal.sessions().active(SessionRef { user: &user, session }).await.unwrap()
}

async fn activate(
    journal: &Journal,
    user: &str,
    session: Option<&str>,
    active: Option<Active>,
) -> Result<(), StoreError> {
    let user: UserId = user.parse().unwrap();
    journal.sessions().activate(SessionRef { user: &user, session }, active).await
}

pub async fn each_session_of_a_person_looks_at_its_own_organization(fixture: &Fixture) {
    let (journal, elsewhere) = (journal(fixture).await, journal(fixture).await);
    let (acme, apex) = (somewhere(), somewhere());
    activate(&journal, "ben", Some("phone"), Some(acme)).await.unwrap();
    activate(&journal, "ben", None, Some(apex)).await.unwrap();
    for journal in [&journal, &elsewhere] {
        assert_eq!(active(journal, "ben", Some("phone")).await, Some(acme));
        assert_eq!(active(journal, "ben", None).await, Some(apex));
        assert_eq!(active(journal, "ben", Some("laptop")).await, None);
        assert_eq!(active(journal, "ana", Some("phone")).await, None);
    }
    activate(&elsewhere, "ben", Some("phone"), Some(apex)).await.unwrap();
    assert_eq!(active(&journal, "ben", Some("phone")).await, Some(apex));
    activate(&journal, "ben", Some("phone"), None).await.unwrap();
    activate(&journal, "ben", Some("laptop"), None).await.unwrap();
    assert_eq!(active(&elsewhere, "ben", Some("phone")).await, None);
    assert_eq!(active(&elsewhere, "ben", None).await, Some(apex));
}

pub async fn of_a_person_with_very_many_sessions_the_oldest_are_forgotten(fixture: &Fixture) {
    let journal = journal(fixture).await;
    let acme = somewhere();
    activate(&journal, "ana", Some("0"), Some(acme)).await.unwrap();
    for session in 0..SESSIONS_KEPT + 10 {
        activate(&journal, "ben", Some(&session.to_string()), Some(acme)).await.unwrap();
    }
    let mut kept = 0;
    for session in 0..SESSIONS_KEPT + 10 {
        kept += usize::from(active(&journal, "ben", Some(&session.to_string())).await.is_some());
    }
    assert_eq!(kept, SESSIONS_KEPT);
    assert_eq!(active(&journal, "ben", Some(&(SESSIONS_KEPT + 9).to_string())).await, Some(acme));
    assert_eq!(active(&journal, "ana", Some("0")).await, Some(acme), "others are not touched");
}
