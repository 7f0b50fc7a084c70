-- The journal: what happened, in order, never changed. Order and immutability live here, not in code.
-- Tables are unqualified: they lie in the connection's default schema, and need nothing but the right to create there.

-- One row. `position` counts every event ever written; raising it locks the row until commit, so that position order is
-- commit order, without gaps. `recorded_at` is the last event's time, so that time never runs backwards along positions.
-- `issuer` is whose user ids these are: another identity provider's would mean other people.
create table journal (
    only_row smallint primary key check (only_row = 1),
    id text not null,
    position bigint not null,
    recorded_at timestamptz not null,
    issuer text
) with (fillfactor = 10); -- Updated by every append: room for new versions on the same page.

insert into journal (only_row, id, position, recorded_at) values (1, gen_random_uuid()::text, 0, 'epoch');

-- The columns, names and key that cqrs-es's stores read, and four of our own:
-- `subject` (what inside the organization the event is about), `member` (the member id a MemberJoined made),
-- `position` and `recorded_at`.
create table events (
    aggregate_type text not null,
    aggregate_id text not null,
    sequence bigint not null check (sequence > 0),
    event_type text not null,
    event_version text not null,
    payload json not null,
    metadata json not null,
    -- Compared byte by byte: a user id's order must not hang on the server's language.
    subject text collate "C" not null,
    member uuid,
    position bigint not null check (position > 0),
    recorded_at timestamptz not null,
    primary key (aggregate_type, aggregate_id, sequence)
);

-- Followers read by position.
create unique index events_by_position on events (position);

-- A command reads only the events of the subjects it concerns: the same cost at ten members and at a million.
create index events_by_subject on events (aggregate_id, subject, sequence);

-- A person's memberships over all organizations.
create index events_by_person on events (subject, position) where subject like 'user:%';

-- A member id is made once, and found without reading its organization.
create unique index events_by_member on events (member) where member is not null;

create function events_are_for_ever() returns trigger language plpgsql as $$
begin
    raise exception 'events are never updated or deleted' using errcode = 'restrict_violation';
end $$;

create trigger events_are_never_updated before update or delete on events
    for each row execute function events_are_for_ever();
create trigger events_are_never_truncated before truncate on events
    for each statement execute function events_are_for_ever();

-- Also for whoever writes past the journal: a statement's events must follow the last position, and each organization's
-- its last sequence. Looked at once a statement, not once a row, so that a group costs one look.
create function events_have_no_gaps() returns trigger language plpgsql as $$
begin
    if exists (
        select 1 from (select min(position) as first, max(position) as last, count(*) as n from written) w
        where w.n > 0 and (w.last - w.first + 1 <> w.n
           or (w.first > 1 and not exists (select 1 from events e where e.position = w.first - 1)))) then
        raise exception 'position must follow the last one' using errcode = 'RO001';
    end if;
    if exists (
        select 1 from (
            select aggregate_type, aggregate_id, min(sequence) as first, max(sequence) as last, count(*) as n
            from written group by 1, 2) w
        where w.last - w.first + 1 <> w.n
           or (w.first > 1 and not exists (
                select 1 from events e where e.aggregate_type = w.aggregate_type
                    and e.aggregate_id = w.aggregate_id and e.sequence = w.first - 1))) then
        raise exception 'sequence must follow the organization''s last one' using errcode = 'RO001';
    end if;
    return null;
end $$;

create trigger events_have_no_gaps after insert on events
    referencing new table as written for each statement execute function events_have_no_gaps();

-- Which organization has which slug now. The unique key is what stops two from having it.
create table slugs (
    slug text primary key,
    organization text not null unique
);

-- Commands that were carried out, written with their events: whoever asks again gets the first outcome.
create table commands (
    id uuid primary key,
    organization text not null,
    first_sequence bigint not null,
    last_sequence bigint not null
);
