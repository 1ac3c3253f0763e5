-- By law: the mother, the father, a co-mother, two fathers; after an adoption only the adoptive parents.
with link as (
    select c.n, c.born, c.father, c.adopted, f.mother, f.no_mother, f.two_fathers, f.two_mothers, c.f,
           least(last_day(), c.born + 200 + floor(u(c.n, 'adopted on') * 1500)::int) as adopted_on
    from child c join family f on f.f = c.f
), born_to as (
    -- the known birth mother of an adopted child is the mother of the next family, where her age allows it
    select l.n, l.born, m.n as mother, l.adopted_on from link l join member m on m.n = (l.f + 1) * 8
    where adopted and u(l.n, 'birth mother') < 0.5 and (l.born - m.born) / 365.25 between 15 and 45
)
select person_id(n) as child_id, person_id(mother) as parent_id,
       case when adopted then 'adoptive_parent' when two_fathers then 'father' else 'mother' end as role,
       case when adopted then adopted_on else born end as valid_from, null::date as valid_to
from link where not no_mother
union all
select person_id(n), person_id(father), case when adopted then 'adoptive_parent' when two_mothers then 'co_parent' else 'father' end,
       case when adopted then adopted_on else born end, null
from link where father is not null
union all
select person_id(n), person_id(mother), 'mother', born, adopted_on - 1 from born_to where adopted_on > born
