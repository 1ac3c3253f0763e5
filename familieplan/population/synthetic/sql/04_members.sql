-- Everybody: n, born, died, sex, origin, household, and the family and place in it (0 mother, 1 father, 2 second father,
-- 3 … children; null for adults without a family here).
create table parent as
with adult as (
    select *, greatest(coalesce(age_1, 0), case when kind is null then age_1
                       else least(30, age_1 + (kids - 1) * gap) end) as eldest,
           case when kind is not null or hard then 17.5 + 17 * power(u(f, 'first child'), 1.4)
                else 20 + 9 * (u(f, 'first child') + u(f, 'first child too')) end as at_first,
           years_before(told, eldest + at_first) as mother_born
    from family
)
select mother as n, f, 0 as slot, home as household, municipality, kind, begun, ended, hard, foreign_roots, foster, together,
       mother_vulnerable as vulnerable, mother_born as born, case when two_fathers then 'male' else 'female' end as sex
from adult where not no_mother and mother = f * 8
union all
select f * 8 + 1, f, 1, father_home, municipality, kind, begun, ended, hard, foreign_roots, foster, together, father_vulnerable,
       years_before(mother_born, u(f, 'father age') * 9 - 2.5), case when two_mothers then 'female' else 'male' end
from adult where not no_father and mother = f * 8
union all
select f * 8 + 1, f, 1, father_home, municipality, kind, begun, ended, hard, foreign_roots, foster, together, false,
       years_before(girl_born, 3 * u(f, 'father age')), 'male'
from adult join (select n as mother, born as girl_born from child) using (mother) where not no_father and mother <> f * 8
union all
select f * 8 + 2, f, 2, second_home, municipality, kind, begun, ended, hard, foreign_roots, foster, together, second_vulnerable,
       years_before(mother_born, u(f, 'second age') * 9 - 3.5), 'male'
from adult where second;

create table member as
with numbered as (
    select n, f, slot, household, municipality, kind, begun, ended, hard, foster, vulnerable, born, sex, false as is_child,
           case when not foreign_roots then 'danish' when u(n, 'abroad') < 0.8 then 'immigrant' else 'descendant' end as origin
    from parent
    union all
    select n, f, j + 2, coalesce(m.household, child.parents_home), municipality, kind, begun, ended, false, false, vulnerable, born, sex,
           true, origin
    from child left join moved_out m using (n)
), rest as (
    select greatest(0, {run.persons} - (select count(*) from numbered)) as others, (select 8 * (max(f) + 1) from family) as base
), other as (
    select base + i as n, base + i // 2 * 2 as head, i % 2 as second,
           u(head, 'couple') < {living.couple} and base + i // 2 * 2 + 1 < base + others as paired,
           case when u(n, 'young') < 0.16 then 24 + 30 * u(n, 'age') else 55 + 43 * power(u(n, 'age'), 1.25) end as years,
           case when u(n, 'young') < 0.16 then 24 + 30 * u(head, 'age') else 55 + 43 * power(u(head, 'age'), 1.25) end as with_head
    from rest, range(others) r(i)
)
select n, f, slot, household, municipality, kind, begun, ended, hard, foster, vulnerable, born, sex, is_child, origin from numbered
union all
select n, null, null, case when paired then head else n end, null, null, null, null, false, false, false,
       years_before(last_day(), years),
       case when paired and u(head, 'alike') > 0.015 then case when second = 1 then 'male' else 'female' end
            when u(n, 'sex') < 0.5 then 'male' else 'female' end, false,
       case when u(n, 'origin') < 0.89 then 'danish' else 'immigrant' end
from other;
drop table parent;

-- Where a household lives. It is numbered by the person at its head; a father apart and the young stay near, often.
create table home as
select m.n as household,
       coalesce(case when m.slot = 0 or (m.slot = 1 and f.no_mother) then f.municipality
                     when m.f is not null and u(m.n, 'near') < {living.near} then f.municipality end, t.municipality) as municipality,
       case when m.slot = 0 or (m.slot = 1 and f.no_mother) then f.area
            when m.f is not null and u(m.n, 'near') < {living.near} then null else t.area end as area,
       case when u(m.n, 'moved') < {living.moved}
            then between_days(make_date({year.first}, 1, 1), last_day(), u(m.n, 'move day')) end as moved,
       slot(u(m.n, 'former place')) as former,
       case when is_child then m.born else greatest(m.born, between_days(date '2003-01-01', date '2018-12-31', u(m.n, 'formed'))) end as formed
from member m left join family f on f.f = m.f join town t on t.slot = slot(u(m.n, 'place of home'))
where m.household = m.n;
create table foster_home as select row_number() over (order by f) - 1 as k, home as household from family where foster;
set variable foster_homes = (select count(*) from foster_home);
-- Homes for the placed: addresses of their own, after everybody's.
set variable institutions_from = (select 2 * max(n) + 2 from member);
set variable institutions = greatest(4, {run.persons} // 12000);
