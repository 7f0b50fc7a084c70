-- The same rules as before, asked so that they are answered by key whatever the statistics say. `not exists (…)` lets the
-- planner read the whole table into a hash, which is cheap while it is empty, and it keeps that plan while the table grows.
-- A scalar subquery is looked up row by row.
create or replace function events_have_no_gaps() returns trigger language plpgsql as $$
begin
    if exists (
        select 1 from (select min(position) as first, max(position) as last, count(*) as n from written) w
        where w.n > 0 and (w.last - w.first + 1 <> w.n
           or (w.first > 1 and (select e.position from events e where e.position = w.first - 1) is null))) then
        raise exception 'position must follow the last one' using errcode = 'RO001';
    end if;
    if exists (
        select 1 from (
            select aggregate_type, aggregate_id, min(sequence) as first, max(sequence) as last, count(*) as n
            from written group by 1, 2) w
        where w.last - w.first + 1 <> w.n
           or (w.first > 1 and (
                select e.sequence from events e where e.aggregate_type = w.aggregate_type
                    and e.aggregate_id = w.aggregate_id and e.sequence = w.first - 1) is null)) then
        raise exception 'sequence must follow the organization''s last one' using errcode = 'RO001';
    end if;
    return null;
end $$;
