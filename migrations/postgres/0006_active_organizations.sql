-- The organization that a session of a person is looking at: the tenure, not only the place. It ends with the tenure, on every
-- server at commit, without anybody writing here; whoever rejoins is not put back. `session` is the identity provider's
-- (`sid`), or empty.
create table active_organizations (
    user_id text not null,
    session text not null,
    organization text not null,
    member text not null,
    set_at timestamptz not null,
    primary key (user_id, session)
);
