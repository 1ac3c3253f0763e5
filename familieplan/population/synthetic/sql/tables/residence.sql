-- Where everybody stays: in the household of the family or another, before and after leaving the parents' home; the placed
-- in a foster family's household or, each for themselves, in an institution.
with placed as (
    select n, born, household, placed_from, placed_to,
           case when place = 'foster' then floor(u(n, 'foster home') * getvariable('foster_homes'))::bigint end as k,
           getvariable('institutions_from') + floor(u(n, 'institution') * getvariable('institutions'))::bigint as institution
    from case_child where placed
), stay as (
    select n, born, household, born as a, null::date as b from member m anti join moved_out using (n) anti join placed using (n)
    union all
    select n, born, parents_home, born, left_on - 1 from moved_out join member using (n) anti join placed using (n)
    union all
    select n, born, o.household, left_on, null from moved_out o join member using (n) anti join placed using (n)
    union all
    select n, born, coalesce(parents_home, p.household), born, placed_from - 1 from placed p left join moved_out using (n)
    union all
    select n, born, household, placed_to + 1, null from placed where placed_to is not null
    union all
    select n, born, h.household, placed_from, placed_to from placed join foster_home h using (k)
), dwelling as (
    select n, born, household, 2 * household + 1 as address, greatest(a, formed) as a, least(b, moved - 1) as b
    from stay join home using (household) where moved is not null
    union all
    select n, born, household, 2 * household, greatest(a, formed, moved), b from stay join home using (household)
    union all
    select n, born, 500000000 + n, institution, placed_from, placed_to from placed where k is null
)
select person_id(n) as person_id, address_id(address) as address_id, household_id(household) as household_id,
       a as valid_from, least(b, died(n, born)) as valid_to
from dwelling where coalesce(a <= least(b, died(n, born)), true)
