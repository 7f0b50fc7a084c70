-- The journal: what happened, in order, never changed. Order and immutability live here, not in code.

-- One row. `position` counts every event ever written; `recorded_at` is the last event's time, so that time never runs
-- backwards along positions. `issuer` is whose user ids these are: another identity provider's would mean other people.
create table journal (
    only_row integer primary key check (only_row = 1),
    id text not null,
    position integer not null,
    recorded_at text not null,
    issuer text
);

-- The columns, names and key that cqrs-es's stores read, and four of our own:
-- `subject` (what inside the organization the event is about), `member` (the member id a MemberJoined made),
-- `position` and `recorded_at`.
create table events (
    aggregate_type text not null,
    aggregate_id text not null,
    sequence integer not null,
    event_type text not null,
    event_version text not null,
    payload text not null,
    metadata text not null,
    subject text not null,
    member text,
    -- Followers read by position. As the primary key it is the row's own id: one index less to write, and no other row id
    -- by which `insert or replace` could take a row's place.
    position integer primary key,
    recorded_at text not null,
    unique (aggregate_type, aggregate_id, sequence)
);

-- A command reads only the events of the subjects it concerns: the same cost at ten members and at a million.
create index events_by_subject on events (aggregate_id, subject, sequence);

-- A person's memberships over all organizations.
create index events_by_person on events (subject, position) where subject like 'user:%';

-- A member id is made once, and found without reading its organization.
create unique index events_by_member on events (member) where member is not null;

create trigger events_are_never_updated before update on events
begin
    select raise(abort, 'events are never updated');
end;

create trigger events_are_never_deleted before delete on events
begin
    select raise(abort, 'events are never deleted');
end;

-- Also stops `insert or replace`, which would delete without asking the trigger above.
create trigger events_have_no_gaps before insert on events
begin
    select raise(abort, 'position must follow the last one')
    where new.position is not 1 + coalesce((select max(position) from events), 0);
    select raise(abort, 'a member id is made once')
    where exists (select 1 from events where member = new.member);
    select raise(abort, 'sequence must follow the organization''s last one')
    where new.sequence <> 1 + coalesce((
        select max(sequence) from events
        where aggregate_type = new.aggregate_type and aggregate_id = new.aggregate_id), 0);
end;

-- Which organization has which slug now. The unique key is what stops two from having it.
create table slugs (
    slug text primary key,
    organization text not null unique
) without rowid;

-- Commands that were carried out, written with their events: whoever asks again gets the first outcome.
create table commands (
    id text primary key,
    organization text not null,
    first_sequence integer not null,
    last_sequence integer not null
) without rowid;
