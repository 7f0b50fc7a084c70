-- Whose a webhook is, as far as anybody can tell: by whom it was registered and last changed (user ids; gone once somebody is erased).
alter table webhooks add created_by text;
alter table webhooks add changed_by text;

-- Since when an organization's events are not tried any more, because one of them can't be delivered while others are.
alter table webhook_lanes add parked_at timestamptz;
