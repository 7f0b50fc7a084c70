-- What others must not guess, made once by whoever needs it first: the key by which an import makes ids of addresses. Beside the journal and
-- never in it, or whoever has the history could find out which address an id was made of. Once a row is deleted, nobody can.
create table secrets (
    name text primary key,
    secret blob not null
) without rowid;
