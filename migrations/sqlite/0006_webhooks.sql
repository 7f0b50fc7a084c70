-- Where events are sent (webhooks), and how far each of them is. Secrets lie here readable: whoever signs with HMAC needs them so.
-- A webhook without an organization is sent the events of all.
create table webhooks (
    id text primary key,
    organization text,
    url text not null,
    -- JSON list of event names; null for all.
    types text,
    -- JSON list of {secret, until}, the newest first; a former one signs too until its time is over.
    secrets text not null,
    created_at text not null,
    -- What `webhook_changes` was raised to when it was last changed, other than by delivering.
    revision integer not null,
    -- Every event up to here was delivered, waits in `webhook_lanes`, or is not for it. Once by place in the journal, and once
    -- by place in its organization, if it has one.
    position integer not null,
    sequence integer not null,
    delivered_at text,
    failed_at text,
    failure text,
    failure_status integer,
    disabled_at text,
    disabled_why text
) without rowid;

create index webhooks_by_organization on webhooks (organization);

-- An organization's events that wait because one of them could not be delivered (`waiting`), or that are delivered once more
-- (`again`). One row however many they are: the first of them, and how the last attempt went.
create table webhook_lanes (
    webhook text not null references webhooks (id) on delete cascade,
    organization text not null,
    kind text not null,
    sequence integer not null,
    position integer not null,
    -- The last position that is delivered once more.
    until integer,
    failing_since text,
    failures integer not null,
    next_attempt text not null,
    failed_at text,
    failure text,
    failure_status integer,
    primary key (webhook, organization, kind)
) without rowid;

create index webhook_lanes_by_next_attempt on webhook_lanes (webhook, next_attempt);

-- One row, raised with every change to a webhook, so that whoever delivers notices it by one number.
create table webhook_changes (
    only_row integer primary key check (only_row = 1),
    revision integer not null
);

insert into webhook_changes (only_row, revision) values (1, 0);
