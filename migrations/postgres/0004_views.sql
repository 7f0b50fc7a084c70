-- The views: lists that events fill, and how far they are. Nothing here is the truth: all of it can be thrown away and filled
-- again from the journal, which `roster rebuild` does beside the tables that are served. No name and no address lies here:
-- `people` and `invitation_addresses` are joined at read.

-- How far each projection is: our position and the event there. Moved in the transaction that changes the rows, by whoever
-- holds the projection's lease: `epoch` is that of the last one, and an older one is refused.
create table checkpoints (
    projection text primary key,
    position bigint not null,
    event_id uuid,
    epoch bigint not null
) with (fillfactor = 10); -- Updated by every batch: room for new versions on the same page.

insert into checkpoints (projection, position, event_id, epoch)
values ('members', 0, null, 0), ('user_organizations', 0, null, 0);

-- Organizations with an event that could not be read, and where: what came later waits until it is tried again.
create table parked (
    projection text not null,
    organization uuid not null,
    position bigint not null,
    why text not null,
    primary key (projection, organization)
);

-- Projection `members`: what is listed by organization. Deleting an organization marks one row here.
create table organizations (
    organization uuid primary key,
    deleted boolean not null default false
);

-- One row a member. `joined` is the position of the joining event: the place in the list, which a row keeps for life.
create table members (
    organization uuid not null,
    user_id text collate "C" not null,
    member_id uuid not null,
    role text collate "C" not null,
    joined bigint not null,
    joined_at timestamptz not null,
    primary key (organization, user_id)
);

-- A page of one role reads only that role's rows, a page of all merges the three.
create index members_by_joining on members (organization, role, joined);

create table invitations (
    invitation_id uuid primary key,
    organization uuid not null,
    state text collate "C" not null,
    role text collate "C" not null,
    expires_at timestamptz not null,
    invited_by text collate "C" not null,
    invited bigint not null,
    invited_at timestamptz not null
);

create index invitations_by_sending on invitations (organization, state, invited);

-- How many rows there are of each role and each state: exact, and known without counting a million.
create table totals (
    organization uuid not null,
    kind text collate "C" not null,
    n bigint not null,
    primary key (organization, kind)
) with (fillfactor = 50);

-- Projection `user_organizations`: what is listed by person.
create table user_organizations (
    user_id text collate "C" not null,
    organization uuid not null,
    member_id uuid not null,
    role text collate "C" not null,
    joined bigint not null,
    joined_at timestamptz not null,
    primary key (user_id, organization)
);

create table organization_profiles (
    organization uuid primary key,
    slug text not null,
    name text not null,
    logo text,
    deleted boolean not null default false
);
