-- Chance without order: a number in [0, 1) from who it is about, what it decides and the seed. Hashed twice, because a
-- hash of two columns is their hashes combined by XOR, which would make two questions about one person dependent.
create macro u(id, what) as (hash(hash(id, what, {run.seed})) >> 11)::double / 9007199254740992.0;
create macro between_days(first, last, x) as (first + (floor(x * (last - first + 1))::integer))::date;
create macro last_day() as make_date({year.last}, 12, 31);
create macro not_before(day, first) as case when day is not null then greatest(day, first) end;
create macro years_before(day, years) as (day - (floor(years * 365.25)::integer))::date;
create macro age_at(born, day) as date_diff('year', born, day)
    - (month(born) * 100 + day(born) > month(day) * 100 + day(day))::integer;
-- A case is in the group from `begun` to `ended` (null: still). Each year as many come as leave.
create macro ended_year(id, past) as case when past
    then {year.last} - 1 - floor(u(id, 'ended') * ({year.last} - {year.first}))::integer end;
create macro begun_year(id, ended) as coalesce(ended, {year.last})
    - least(12, floor(ln(1 - u(id, 'begun')) / ln(1 - {families.ended}))::integer);
-- A day of death in the years told of, or null: rarer than in life among the young, as in life among the old.
create macro died(n, born) as case when u(n, 'died') < ({year.last} - {year.first} + 1) * case
        when age_at(born, last_day()) < 40 then 0.0003 when age_at(born, last_day()) < 60 then 0.002
        when age_at(born, last_day()) < 75 then 0.011 when age_at(born, last_day()) < 85 then 0.04 else 0.13 end
    then greatest(born, between_days(make_date({year.first}, 1, 1), last_day(), u(n, 'death day'))) end;
-- How a decision in a criminal case ends: a sentence, another decision, or served in the year on one of the year before.
create macro ending(n) as case when u(n, 'ending') < {crime.served_only} then 'served'
    when u(n, 'ending') < 1 - {crime.sentence} then 'other' else 'sentence' end;
-- Pseudonyms: one to one, in no order, never ten digits as a CPR number has.
create macro person_id(n) as (n + 1) * 387420489 % 999999937;
create macro household_id(n) as (n + 1) * 122949823 % 999999937;
create macro address_id(n) as (n + 1) * 15485863 % 999999937;

-- One slot for every 100 persons of a municipality, those of its housing areas first.
create table town as
with area as (
    select municipality, housing_area_id as area, persons, vulnerable_to is null as listed from housing_areas
), rest as (
    select t.municipality, null, t.persons - coalesce(sum(a.persons), 0), false
    from municipalities t left join area a using (municipality) group by t.municipality, t.persons
)
select row_number() over (order by municipality, area, k) - 1 as slot, municipality, area, listed
from (select * from area union all select * from rest) t(municipality, area, persons, listed),
     range((persons // 100)::bigint) r(k);
set variable slots = (select count(*) from town);
set variable listed = (select count(*) filter (listed) / count(*) from town);
create macro slot(x) as floor(x * getvariable('slots'))::bigint;
