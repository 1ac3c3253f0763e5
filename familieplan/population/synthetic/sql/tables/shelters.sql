with stay as (
    select n, y, homeless, victim, greatest(begins, make_date(y, 1, 1) + floor(270 * u(n, 'shelter' || y))::int) as day, ends
    from case_adult, range({year.first}, {year.last} + 1) r(y)
    where y between begun and coalesce(ended, {year.last}) and (homeless or (victim and u(n, 'crisis centre') < 0.2))
)
select person_id(n) as person_id, case when homeless then 'homeless_110' else 'crisis_centre_109' end as kind,
       day as valid_from, day + 45 as valid_to
from stay where day <= make_date(y, 12, 31)
