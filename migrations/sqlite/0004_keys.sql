-- Commands sent with a key that makes asking again safe: the command's id is made of it. `fingerprint` tells what was asked under the
-- key, so that something else under the same key is noticed; `keyed_at` is from when it is kept. Both are empty for all others.
alter table commands add column fingerprint text;
alter table commands add column keyed_at text;

create index commands_by_age on commands (keyed_at) where keyed_at is not null;
