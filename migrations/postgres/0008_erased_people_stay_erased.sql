-- Who was erased, and until when what tokens said of them is not to be kept again (seconds, as tokens have them): no older token, at no
-- server, brings their claims back. Of them it holds the user id only, which the history holds too.
create table erased_people (
    user_id text collate "C" primary key,
    issued_until bigint not null
);

-- That somebody was erased, without who.
create table erasures (
    id bigint generated always as identity primary key,
    at timestamptz not null
);
