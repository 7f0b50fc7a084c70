-- What can be erased: names and addresses lie beside the journal, never in it. Deleting a row forgets the person
-- without touching history.

-- People as their identity provider last described them. `issued_at` (seconds) keeps an older token from undoing a newer
-- one's claims; `name_key` and `email` are lower case, for search by prefix and for matching. Compared byte by byte, as
-- the walk through those who match does.
create table people (
    user_id text collate "C" primary key,
    name text,
    name_key text collate "C",
    email text collate "C",
    email_verified boolean not null,
    picture text,
    issued_at bigint not null
);

create index people_by_name on people (name_key, user_id) where name_key is not null;
create index people_by_email on people (email, user_id) where email is not null;

-- Where an invitation went, and who sent it. At most one pending invitation per organization and address.
create table invitation_addresses (
    invitation_id uuid primary key,
    organization text not null,
    email text not null,
    inviter text not null,
    settled_at timestamptz
);

create unique index invitation_addresses_pending
    on invitation_addresses (organization, email) where settled_at is null;
create index invitation_addresses_by_email on invitation_addresses (email, invitation_id) where settled_at is null;
create index invitation_addresses_settled on invitation_addresses (settled_at) where settled_at is not null;

-- The organization a person used last: where they go after leaving another one.
create table last_used (
    user_id text primary key,
    organization text not null
);
