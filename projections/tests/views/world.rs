//! People and organizations, by name, and the journal their acts are written into. Each act is projected at once.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use domain::{
    Actor, InvitationId, InvitationState, MemberId, Notes, OrganizationEvent as E, OrganizationId, Position, Recorded,
    Role, Tenure, Timestamp, UserId,
};
use projections::{
    Cursor, Entry, InvitationsQuery, MemberRow, MembersQuery, OrganizationRow, Page, Projection, Views, ViewsError,
};
use uuid::Uuid;

use crate::adapters::{Adapter, Store};
use crate::people::People;

pub struct World {
    pub views: Arc<dyn Views>,
    pub projections: Vec<Arc<dyn Projection>>,
    pub people: Arc<People>,
    /// Everything written so far.
    pub journal: Vec<Entry>,
    tenures: HashMap<(String, String), Tenure>,
    sequences: HashMap<OrganizationId, u64>,
    ids: u128,
}

pub fn user(name: &str) -> UserId {
    name.parse().unwrap()
}

/// The same name is the same organization.
pub fn organization(name: &str) -> OrganizationId {
    let mut bytes = [0; 16];
    bytes[..name.len()].copy_from_slice(name.as_bytes());
    OrganizationId(Uuid::from_bytes(bytes))
}

/// Positions are seconds: what is at position 60 happened at 00:01.
pub fn at(position: Position) -> Timestamp {
    (SystemTime::UNIX_EPOCH + Duration::from_secs(position)).into()
}

impl World {
    pub async fn on<A: Adapter>() -> Self {
        let people = Arc::new(People::default());
        let Store { views, projections } = A::store(people.clone()).await;
        let (journal, tenures, sequences) = (Vec::new(), HashMap::new(), HashMap::new());
        Self { views, projections, people, journal, tenures, sequences, ids: 0 }
    }

    /// Delivers a batch to every projection.
    pub async fn apply(&self, batch: &[Entry]) -> Result<(), ViewsError> {
        for projection in &self.projections {
            projection.apply(batch).await?;
        }
        Ok(())
    }

    /// How far they all are.
    pub async fn position(&self) -> Result<Position, ViewsError> {
        let mut positions = Vec::new();
        for projection in &self.projections {
            positions.push(projection.checkpoint().await?.position);
        }
        assert!(positions.windows(2).all(|pair| pair[0] == pair[1]), "{positions:?}");
        Ok(positions[0])
    }

    /// Writes without projecting.
    pub fn write(&mut self, organization: OrganizationId, event: E) -> Entry {
        let position = self.journal.len() as Position + 1;
        let sequence = self.sequences.entry(organization).or_default();
        *sequence += 1;
        let entry = Entry::Event(Recorded {
            position,
            sequence: *sequence,
            organization,
            event,
            recorded_at: at(position),
            event_id: Uuid::from_u128(position.into()),
            command_id: Uuid::from_u128(position.into()),
            actor: Actor::Operator(user("test")),
            notes: Notes::default(),
        });
        self.journal.push(entry.clone());
        entry
    }

    /// Writes a row that nobody can read, without projecting.
    pub fn write_poison(&mut self, of: &str) -> Entry {
        let position = self.journal.len() as Position + 1;
        let entry = Entry::Poison { position, organization: organization(of), why: "unknown variant".into() };
        self.journal.push(entry.clone());
        entry
    }

    pub async fn happens(&mut self, of: &str, event: E) {
        let entry = self.write(organization(of), event);
        self.apply(&[entry]).await.unwrap();
    }

    pub async fn founds(&mut self, who: &str, of: &str) {
        let owner = self.begins_tenure(who, of);
        let Tenure { member_id, user_id } = owner.clone();
        let (name, slug) = (of.parse().unwrap(), of.parse().unwrap());
        self.happens(of, E::OrganizationFounded { name, slug, logo: None, metadata: None, owner }).await;
        self.happens(of, E::MemberJoined { member_id, user_id, role: Role::Owner, invitation_id: None }).await;
    }

    pub async fn joins(&mut self, who: &str, of: &str) {
        self.joins_as(Role::Member, who, of).await;
    }

    pub async fn joins_as(&mut self, role: Role, who: &str, of: &str) {
        let Tenure { member_id, user_id } = self.begins_tenure(who, of);
        self.happens(of, E::MemberJoined { member_id, user_id, role, invitation_id: None }).await;
    }

    pub async fn leaves(&mut self, who: &str, of: &str) {
        let Tenure { member_id, user_id } = self.tenure(who, of);
        self.happens(of, E::MemberLeft { member_id, user_id }).await;
    }

    pub async fn removes(&mut self, who: &str, whom: &str, of: &str) {
        let Tenure { member_id, user_id } = self.tenure(whom, of);
        self.happens(of, E::MemberRemoved { member_id, user_id, removed_by: user(who) }).await;
    }

    pub async fn becomes(&mut self, role: Role, who: &str, of: &str) {
        let Tenure { member_id, user_id } = self.tenure(who, of);
        self.happens(of, E::MemberRoleChanged { member_id, user_id, role }).await;
    }

    pub async fn hands_over(&mut self, from: &str, to: &str, of: &str) {
        let (from, to) = (self.tenure(from, of), self.tenure(to, of));
        self.happens(of, E::OwnershipTransferred { from, to }).await;
    }

    pub async fn deletes(&mut self, of: &str) {
        self.happens(of, E::OrganizationDeleted {}).await;
    }

    pub async fn invites(&mut self, who: &str, email: &str, of: &str) -> InvitationId {
        let invitation_id = InvitationId(self.new_id());
        self.people.addressed(invitation_id, email);
        let (role, expires_at, invited_by) = (Role::Member, at(1_000_000), user(who));
        self.happens(of, E::MemberInvited { invitation_id, role, expires_at, invited_by }).await;
        invitation_id
    }

    pub async fn members(&self, of: &str, query: MembersQuery) -> Result<Page<MemberRow>, ViewsError> {
        self.views.members(organization(of), &query).await
    }

    /// User ids of all members, in order of joining.
    pub async fn member_names(&self, of: &str) -> Vec<String> {
        names(&self.members(of, all()).await.unwrap())
    }

    pub async fn organizations_of(&self, who: &str, limit: usize, after: Option<Cursor>) -> Page<OrganizationRow> {
        self.views.organizations_of(&user(who), limit, after).await.unwrap()
    }

    /// Slugs of all organizations of a person, oldest membership first.
    pub async fn slugs_of(&self, who: &str) -> Vec<String> {
        let page = self.organizations_of(who, usize::MAX, None).await;
        page.items.iter().map(|row| row.slug.to_string()).collect()
    }

    /// Ids of the invitations in this state.
    pub async fn invited(&self, of: &str, state: Option<InvitationState>) -> Vec<InvitationId> {
        let query = InvitationsQuery { limit: usize::MAX, after: None, state };
        let page = self.views.invitations(organization(of), &query).await.unwrap();
        assert_eq!(page.total, page.items.len() as u64);
        page.items.iter().map(|row| row.id).collect()
    }

    pub fn tenure(&self, who: &str, of: &str) -> Tenure {
        self.tenures[&(who.to_owned(), of.to_owned())].clone()
    }

    /// A new tenure, known to the world only.
    pub fn begins_tenure(&mut self, who: &str, of: &str) -> Tenure {
        let tenure = Tenure { member_id: MemberId(self.new_id()), user_id: user(who) };
        self.tenures.insert((who.to_owned(), of.to_owned()), tenure.clone());
        tenure
    }

    fn new_id(&mut self) -> Uuid {
        self.ids += 1;
        Uuid::from_u128(self.ids)
    }
}

pub fn all() -> MembersQuery {
    MembersQuery { limit: usize::MAX, ..MembersQuery::default() }
}

pub fn names(page: &Page<MemberRow>) -> Vec<String> {
    page.items.iter().map(|row| row.user_id.to_string()).collect()
}
