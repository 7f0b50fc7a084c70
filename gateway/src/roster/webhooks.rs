//! Where events are sent: an organization's webhooks are its owner's and admins' business, those of all organizations need `roster:admin`.

use domain::{OrganizationId, Permission, Position};
use journal::OrganizationRef;
use journal::webhooks::{Cursor, Lane, Webhook};
use uuid::Uuid;

use super::Roster;
use crate::caller::Caller;
use crate::identity::Scope;
use crate::problem::{Problem, not_accepted};
use crate::webhooks::post::Failed;
use crate::webhooks::{now, secret};

/// Webhooks of an organization, at most, and over all organizations.
pub const MOST: u32 = 20;

/// Lanes of a webhook that are shown.
const SHOWN: u32 = 100;

/// Positions that are delivered once more by one call, of a webhook over all organizations.
const LONGEST_RANGE: u64 = 10_000;

/// How often a change is tried on what somebody else has changed meanwhile.
const TRIES: usize = 5;

/// Whose webhooks are meant.
pub enum WebhooksOf {
    /// An organization's.
    Organization(OrganizationRef),
    /// Those that are sent the events of all.
    All,
}

impl Roster {
    /// Whose webhooks the caller may see and change.
    async fn scope(&self, caller: &Caller, of: &WebhooksOf) -> Result<Option<OrganizationId>, Problem> {
        match of {
            WebhooksOf::Organization(organization) => {
                self.as_permitted(caller, organization, Permission::OrganizationUpdate).await.map(Some)
            }
            WebhooksOf::All if caller.may(Scope::Admin) => Ok(None),
            WebhooksOf::All => {
                Err(Problem::new("permission-denied", "Webhooks for all organizations need the scope roster:admin."))
            }
        }
    }

    /// All of them, the oldest first.
    pub async fn webhooks(&self, caller: &Caller, of: &WebhooksOf) -> Result<Vec<Webhook>, Problem> {
        let scope = self.scope(caller, of).await?;
        Ok(self.journal.webhooks().of(scope).await?)
    }

    /// One of them.
    pub async fn webhook(&self, caller: &Caller, of: &WebhooksOf, id: Uuid) -> Result<Webhook, Problem> {
        let scope = self.scope(caller, of).await?;
        let webhook = self.journal.webhooks().webhook(id).await?;
        let theirs = webhook.filter(|webhook| webhook.organization == scope);
        theirs.ok_or_else(|| Problem::new("webhook-not-found", "There is no such webhook."))
    }

    /// What waits, and what is delivered once more.
    pub async fn webhook_lanes(&self, id: Uuid) -> Result<Vec<Lane>, Problem> {
        Ok(self.journal.webhooks().lanes(id, None, SHOWN).await?)
    }

    /// Registers one; it is sent what happens from now on, or from a position on.
    pub async fn register_webhook(
        &self,
        caller: &Caller,
        of: &WebhooksOf,
        url: &str,
        types: Option<Vec<String>>,
        from: Option<Position>,
    ) -> Result<Webhook, Problem> {
        let scope = self.scope(caller, of).await?;
        self.admit_one(caller)?;
        let url = self.post.allowed().url_now(url).await.map_err(not_accepted("url"))?;
        let head = self.journal.store().position().await?;
        let after = match from {
            None => head,
            Some(from) if from <= head + 1 => from.saturating_sub(1),
            Some(_) => return Err(Problem::invalid("/from", "must not be after the next position")),
        };
        let secret = secret::new().ok_or_else(|| Problem::internal("there is no randomness for a secret"))?;
        let webhook = Webhook {
            id: Uuid::now_v7(),
            organization: scope,
            url: url.into(),
            types,
            secrets: vec![secret],
            created_at: now(),
            revision: 0,
            cursor: Cursor { position: after, sequence: 0 },
            delivered_at: None,
            failure: None,
            disabled: None,
        };
        if !self.journal.webhooks().register(&webhook, MOST).await? {
            return Err(Problem::new("too-many-webhooks", "There are 20 webhooks here already."));
        }
        tracing::info!(webhook = %webhook.id, organization = scope.map(tracing::field::display), "a webhook is registered");
        Ok(webhook)
    }

    /// Changes one; `does` also says after which position it goes on, if not where it is.
    pub async fn change_webhook(
        &self,
        caller: &Caller,
        of: &WebhooksOf,
        id: Uuid,
        does: impl Fn(&mut Webhook) -> Option<Position>,
    ) -> Result<Webhook, Problem> {
        self.webhook(caller, of, id).await?;
        self.admit_one(caller)?;
        for _ in 0..TRIES {
            let mut webhook = self.webhook(caller, of, id).await?;
            let go_on_after = does(&mut webhook);
            if self.journal.webhooks().change(&webhook, go_on_after).await? {
                return self.webhook(caller, of, id).await;
            }
        }
        Err(Problem::unavailable("Memberships can't be read or changed just now. Try again in a moment."))
    }

    /// Forgets one.
    pub async fn remove_webhook(&self, caller: &Caller, of: &WebhooksOf, id: Uuid) -> Result<(), Problem> {
        let webhook = self.webhook(caller, of, id).await?;
        self.admit_one(caller)?;
        self.journal.webhooks().remove(webhook.id).await?;
        tracing::info!(webhook = %id, "a webhook is removed");
        Ok(())
    }

    /// Delivers the events of a range of positions once more; of how many organizations they are.
    pub async fn redeliver(
        &self,
        caller: &Caller,
        of: &WebhooksOf,
        id: Uuid,
        from: Position,
        to: Position,
    ) -> Result<u64, Problem> {
        let webhook = self.webhook(caller, of, id).await?;
        self.admit_one(caller)?;
        let is_too_long = webhook.organization.is_none() && to.saturating_sub(from) >= LONGEST_RANGE;
        if from == 0 || from > to || to > self.journal.store().position().await? || is_too_long {
            return Err(Problem::invalid(
                "/to",
                "must end a range of positions that there are, 10,000 at most over all organizations",
            ));
        }
        if webhook.disabled.is_some() {
            return Err(Problem::new("webhook-disabled", "This webhook is disabled. Enable it first."));
        }
        Ok(self.journal.webhooks().again(&webhook, from, to, now()).await?)
    }

    /// Posts a message that says nothing, at once, and tells what came back: a status, or how it failed.
    pub async fn test_webhook(
        &self,
        caller: &Caller,
        of: &WebhooksOf,
        id: Uuid,
    ) -> Result<Result<u16, Failed>, Problem> {
        let webhook = self.webhook(caller, of, id).await?;
        self.admit_one(caller)?;
        let source =
            webhook.organization.map_or_else(|| "/organizations".to_owned(), |id| format!("/organizations/{id}"));
        let id = Uuid::now_v7().to_string();
        let body = serde_json::json!({
            "specversion": "1.0", "id": id, "source": source, "type": "roster.WebhookTest.v1", "time": now(),
            "datacontenttype": "application/json", "organization": webhook.organization, "data": {},
        });
        Ok(self.post.attempt(&webhook, &id, body.to_string()).await)
    }
}
