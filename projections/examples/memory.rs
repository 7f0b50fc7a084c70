//! What a million members cost in memory, and how long their lists take:
//! `cargo run --release -p projections --example memory [organizations] [invited]`.

use std::collections::HashMap;
use std::error::Error;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use async_trait::async_trait;
use domain::{
    Actor, EmailAddress, InvitationId, Match, MemberId, Notes, OrganizationEvent as E, OrganizationId, Person,
    Recorded, Role, SearchBy, Tenure, Timestamp, UserId,
};
use projections::{Directory, Entry, MembersQuery, MembersSort, MemoryViews, Projection, Views, ViewsError};
use uuid::Uuid;

const MEMBERS: u64 = 1_000_000;

/// Knows nobody, so that only the views are measured.
struct Nobody;

#[async_trait]
impl Directory for Nobody {
    async fn people(&self, _: &[UserId]) -> Result<HashMap<UserId, Person>, ViewsError> {
        Ok(HashMap::new())
    }
    async fn matching(
        &self,
        by: SearchBy,
        _: &str,
        after: Option<&Match>,
        limit: usize,
    ) -> Result<Vec<Match>, ViewsError> {
        if by == SearchBy::Email {
            return Ok(Vec::new());
        }
        let from = after.map_or(0, |last| last.key.parse().unwrap_or(MEMBERS) + 10);
        let matches = (from..MEMBERS).step_by(10).take(limit);
        let matches = matches.map(|n| Ok::<_, domain::NotAccepted>(Match { key: n.to_string(), user: user(n)? }));
        matches.collect::<Result<_, _>>().map_err(ViewsError::unavailable)
    }
    async fn addresses(&self, _: &[InvitationId]) -> Result<HashMap<InvitationId, EmailAddress>, ViewsError> {
        Ok(HashMap::new())
    }
}

/// 40 characters, as identity providers like them.
fn user(n: u64) -> Result<UserId, domain::NotAccepted> {
    format!("auth0|{:034x}", u128::from(n) * 0x9e37_79b9_7f4a_7c15).parse()
}

fn resident() -> Result<f64, Box<dyn Error>> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find(|line| line.starts_with("VmRSS")).ok_or("no VmRSS")?;
    let kib: f64 = line.split_whitespace().nth(1).ok_or("no figure")?.parse()?;
    Ok(kib * 1024.0 / 1e6)
}

#[derive(Default)]
struct Feed {
    position: u64,
    batch: Vec<Entry>,
}

impl Feed {
    async fn write(&mut self, views: &MemoryViews, organization: OrganizationId, event: E) -> Result<(), ViewsError> {
        self.position += 1;
        let recorded_at: Timestamp = (SystemTime::UNIX_EPOCH + Duration::from_millis(self.position)).into();
        let actor = Actor::Operator(user(0).map_err(ViewsError::unavailable)?);
        let (event_id, command_id, notes) = (Uuid::nil(), Uuid::nil(), Notes::default());
        let (position, sequence) = (self.position, 0);
        self.batch.push(Entry::Event(Recorded {
            position,
            sequence,
            organization,
            event,
            recorded_at,
            event_id,
            command_id,
            actor,
            notes,
        }));
        if self.batch.len() == 1_000 { self.flush(views).await } else { Ok(()) }
    }

    async fn flush(&mut self, views: &MemoryViews) -> Result<(), ViewsError> {
        views.apply(&self.batch).await?;
        self.batch.clear();
        Ok(())
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let organizations: u64 = std::env::args().nth(1).map_or(Ok(1), |text| text.parse())?;
    let invited = std::env::args().nth(2).is_some();
    let views = MemoryViews::new(Arc::new(Nobody));
    let mut feed = Feed { position: 0, batch: Vec::with_capacity(1_000) };
    let (before, start) = (resident()?, Instant::now());
    let id = |n: u64| OrganizationId(Uuid::from_u128(u128::from(n) + 1));
    for n in 0..MEMBERS {
        let organization = id(n % organizations);
        let tenure = Tenure { member_id: MemberId(Uuid::from_u128(n.into())), user_id: user(n)? };
        let founds = n < organizations;
        if founds {
            let (name, slug) = (format!("Organization {n}").parse()?, format!("org-{n}").parse()?);
            let owner = tenure.clone();
            let founded = E::OrganizationFounded { name, slug, logo: None, metadata: None, owner };
            feed.write(&views, organization, founded).await?;
        } else if invited {
            let invitation_id = InvitationId(Uuid::from_u128(n.into()));
            let (expires_at, invited_by) = (Timestamp::MAX_UTC, user(n % organizations)?);
            let user_id = tenure.user_id.clone();
            let invitation = E::MemberInvited { invitation_id, role: Role::Member, expires_at, invited_by };
            feed.write(&views, organization, invitation).await?;
            feed.write(&views, organization, E::InvitationAccepted { invitation_id, user_id }).await?;
        }
        let (Tenure { member_id, user_id }, role) = (tenure, if founds { Role::Owner } else { Role::Member });
        feed.write(&views, organization, E::MemberJoined { member_id, user_id, role, invitation_id: None }).await?;
    }
    feed.flush(&views).await?;
    let took = start.elapsed();
    println!(
        "{MEMBERS} members over {organizations} organizations: {:.0} MB, replayed in {took:.1?}",
        resident()? - before
    );

    let page = MembersQuery { limit: 100, ..MembersQuery::default() };
    let deep = MembersQuery { after: Some(feed.position / 2), sort: MembersSort::JoinedAtDescending, ..page.clone() };
    let owner = MembersQuery { role: Some(Role::Owner), ..page.clone() };
    let search = MembersQuery { search: Some("a".into()), ..page.clone() };
    for (what, query) in [("first page", page), ("page in the middle", deep), ("owners", owner), ("search", search)] {
        let start = Instant::now();
        let page = views.members(id(0), &query).await?;
        println!("{what}: {} of {} in {:.0?}", page.items.len(), page.total, start.elapsed());
    }
    let start = Instant::now();
    feed.write(&views, id(0), E::OrganizationDeleted {}).await?;
    feed.flush(&views).await?;
    println!("deleted the first organization in {:.0?}; {:.0} MB left", start.elapsed(), resident()? - before);
    Ok(())
}
