-- What only one of several servers may do at a time, and who does it. A row with an end, not an advisory lock: a lock
-- outlives a killed server until its backend notices. `epoch` counts the hands it went through, so that a server that was
-- stopped in its tracks and wakes up late can be told from the one that took over.
create table leases (
    name text primary key,
    holder uuid not null,
    epoch bigint not null,
    until timestamptz not null
);
