//! Looks at everything a server has, and whether it agrees with itself.

use std::collections::{BTreeMap, BTreeSet};

use domain::{Organization, OrganizationEvent as E, UserId};
use tests::told::{self, Told};
use tests::{Person, Server, at_once};

use crate::callers::SHARED;

const HANDS: usize = 8;

/// The whole journal, by position.
pub struct Whole {
    pub events: BTreeMap<u64, Told>,
    /// What each organization's history comes to, by slug.
    pub organizations: Vec<(String, Organization)>,
}

impl Whole {
    /// Reads all histories of these organizations that exist; together they must be the journal, without a gap.
    pub async fn read(server: &Server, organizations: &BTreeSet<String>) -> Self {
        let auditor = server.with_scope("auditor", "roster:audit");
        let reader = auditor.clone();
        let histories = at_once(HANDS, organizations.clone(), move |slug| {
            let reader = reader.clone();
            async move {
                let there = reader.gets(&format!("/v1/organizations/{slug}/history?limit=1")).await;
                if there.status == 404 {
                    // The founding that was not answered was not carried out.
                    return None;
                }
                Some((slug.clone(), told::told(&reader.history(&slug).await)))
            }
        })
        .await;
        let mut whole = Self { events: BTreeMap::new(), organizations: Vec::new() };
        for (slug, told) in histories.into_iter().flatten() {
            assert_wholly(&told);
            whole.organizations.push((slug, told::fold(&told)));
            whole.events.extend(told.into_iter().map(|told| (told.position, told)));
        }
        let position = auditor.gets("/readyz").await.expect(200).body["position"].as_u64().expect("a position");
        let positions: Vec<u64> = whole.events.keys().copied().collect();
        assert_eq!(positions, Vec::from_iter(1..=position), "the journal has gaps, or events nobody sent");
        whole
    }

    /// How many commands were carried out: what an accepting or founding person does ends with joining.
    pub fn commands(&self) -> usize {
        let begins = |told: &&Told| matches!(told.event, E::InvitationAccepted { .. } | E::OrganizationFounded { .. });
        self.events.len() - self.events.values().filter(begins).count()
    }

    /// Lists and checks say what the histories come to, of everybody something happened to after this position.
    pub async fn assert_views_equal_the_fold(&self, server: &Server, after: u64) {
        let last = *self.events.keys().next_back().expect("something happened");
        for (slug, state) in &self.organizations {
            let owner = server.person(state.owner().expect("an owner").user_id.as_str());
            let expected: BTreeSet<_> = state.members().map(|(user, member)| line(user, member)).collect();
            assert_eq!(listed(&owner, slug, last).await, expected, "members of {slug}");
        }
        // The views are at the last position by now.
        let joined = self.events.range(after + 1..).filter_map(|(_, told)| match &told.event {
            E::MemberJoined { user_id, .. } => Some((server.person(user_id.as_str()), self.held(user_id))),
            _ => None,
        });
        at_once(HANDS, joined.collect::<Vec<_>>(), |(person, held)| assert_sees(person, held)).await;
    }

    fn held(&self, user: &UserId) -> BTreeMap<String, String> {
        let of = |(slug, state): &(String, Organization)| {
            state.membership(user).map(|membership| (slug.clone(), membership.member_id.to_string()))
        };
        self.organizations.iter().filter_map(of).collect()
    }
}

/// Founding and accepting are two events each: both are there, one after the other, or neither.
fn assert_wholly(told: &[Told]) {
    for (n, one) in told.iter().enumerate() {
        let pair = match &one.event {
            E::OrganizationFounded { .. } | E::InvitationAccepted { .. } => told.get(n + 1).map(|next| (one, next)),
            E::MemberJoined { .. } => n.checked_sub(1).map(|before| (&told[before], one)),
            _ => continue,
        };
        let whole = pair.is_some_and(|(first, second)| match (&first.event, &second.event) {
            (E::OrganizationFounded { owner, .. }, E::MemberJoined { member_id, .. }) => owner.member_id == *member_id,
            (E::InvitationAccepted { invitation_id, .. }, E::MemberJoined { invitation_id: through, .. }) => {
                Some(*invitation_id) == *through
            }
            _ => false,
        });
        let beside = pair.is_some_and(|(first, second)| first.position + 1 == second.position);
        assert!(whole && beside, "half a command: {one:#?}");
    }
}

/// Their organizations, and the checks, are what the histories come to.
async fn assert_sees(person: Person, held: BTreeMap<String, String>) {
    let list = person.gets("/v1/organizations?limit=200").await.expect(200);
    let rows = list.body["organizations"].as_array().expect("a list");
    let shown: BTreeSet<_> = rows.iter().map(|row| row["slug"].as_str().expect("a slug").to_owned()).collect();
    assert_eq!(shown, held.keys().cloned().collect(), "organizations of {}", person.id);
    for (slug, member) in &held {
        assert_eq!(person.checks(slug).await.expect(200).text("/member_id"), *member);
    }
    if !held.contains_key(SHARED) {
        person.checks(SHARED).await.refused(403, "not-a-member");
    }
}

async fn listed(owner: &Person, slug: &str, position: u64) -> BTreeSet<String> {
    let (mut rows, mut cursor) = (BTreeSet::new(), String::new());
    loop {
        let path = format!("/v1/organizations/{slug}/members?limit=200{cursor}");
        let page = owner.lists(&path, position).await.expect(200);
        let members = page.body["members"].as_array().expect("a list").iter();
        rows.extend(members.map(|row| format!("{} {} {}", row["user_id"], row["role"], row["id"]).replace('"', "")));
        match page.body["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => {
                assert_eq!(page.body["total"], rows.len());
                return rows;
            }
        }
    }
}

fn line(user: &UserId, member: &domain::Membership) -> String {
    format!("{user} {} {}", member.role, member.member_id)
}
