-- Children of the families: born, with whom, in or out of the parents' home.
create macro age_of(j, kind, age_1, gap, twins, vulnerable) as case
    when j = 2 and twins then age_1
    when kind is null then age_1 - (j - 1) * gap
    when age_1 + (j - 1) * gap > 30 then age_1 - (j - vulnerable) * gap
    else age_1 + (j - 1) * gap end;
create macro child_rows(families) as table
select f * 8 + 2 + j as n, f, j, f.kind, f.begun, f.ended, f.municipality,
       years_before(f.told, age_of(j, f.kind, f.age_1, f.gap, f.twins, f.vulnerable)) as born,
       case when u(f * 8 + 2 + j, 'sex') < 0.487 then 'female' else 'male' end as sex,
       case when not f.foreign_roots then 'danish' when u(f * 8 + 2 + j, 'abroad') < {origin.born_abroad} then 'immigrant'
            else 'descendant' end as origin,
       j <= f.vulnerable as vulnerable,
       -- of a case's children the first is the youngest, of others the eldest: a second father has the younger
       case when f.no_father then null when f.second and (j = 1) = (f.kind is not null) then f * 8 + 2
            else f * 8 + 1 end as father,
       case when f.with_father and father = f * 8 + 1 then f.father_home else f.home end as parents_home,
       not f.no_mother and u(f * 8 + 2 + j, 'adopted') < {children.adopted} as adopted,
       age_at(born, last_day()) as age,
       age >= 18 and u(f * 8 + 2 + j, 'left') < least(0.95, {living.left_18} + {living.left_more} * (age - 18)) as away
from query_table(families) f, range(1, 6) r(j)
where j <= f.kids and age_of(j, f.kind, f.age_1, f.gap, f.twins, f.vulnerable) >= 0;

create table child as from child_rows('family');

-- Very young mothers are children of other families: their own family is added, in their parents' home.
create table young as
select {run.families} + row_number() over (order by n) - 1 as f, c.* exclude (f)
from child c where sex = 'female' and age between 15 and 20 and kind is null and u(n, 'young mother') < {parents.under_18};
create table young_family as
select f.* replace (
    y.f as f, null as kind, null as begun, null as ended, last_day() as told, false as hard, 0 as vulnerable, 1 as kids,
    false as twins, false as mother_vulnerable, false as father_vulnerable, false as second, false as second_vulnerable,
    false as no_mother, false as two_fathers, u(y.f, 'no father') < 0.3 as no_father, false as two_mothers,
    false as together, false as with_father, y.n as mother, y.parents_home as home, y.f * 8 + 1 as father_home,
    y.f * 8 + 2 as second_home, false as foster,
    u(y.f, 'age') * least(2.5, (last_day() - y.born) / 365.25 - 14.5) as age_1)
from young y join family f on f.f = y.n // 8;
insert into family from young_family;
insert into child from child_rows('young_family');

-- Out of the home: some alone, some two together.
create table moved_out as
with sharing as (
    select n, municipality, row_number() over (partition by municipality order by u(n, 'share lot'), n) as place
    from child where away and u(n, 'shares') < {living.shares}
), second as (
    select n, case when place % 2 = 0 then lag(n) over (partition by municipality order by place) end as household from sharing
)
select c.n, coalesce(s.household, c.n) as household, c.parents_home,
       c.born + 6575 + floor(u(c.n, 'left on') * (last_day() - c.born - 6575))::int as left_on
from child c left join second s using (n) where away and c.n not in (select n from young);
