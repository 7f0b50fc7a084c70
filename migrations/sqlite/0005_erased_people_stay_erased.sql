-- Who was erased, and until when what tokens said of them is not to be kept again (seconds, as tokens have them): no older token brings
-- their claims back. Of them it holds the user id only, which the history holds too.
create table erased_people (
    user_id text primary key,
    issued_until integer not null
) without rowid;

-- That somebody was erased, without who.
create table erasures (
    id integer primary key,
    at text not null
);
