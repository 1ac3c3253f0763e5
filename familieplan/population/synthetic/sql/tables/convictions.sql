-- Of cases one decision a year; a few were decided the year before and served time in it.
with person as (
    select n, begun, ended, 18 as from_age, born from case_adult where convicted
    union all
    select n, begun, ended, 15, born from case_child where u(n, 'child convicted')
        < case when kind = 'target' then {case_children.convicted} else {case_children.other_convicted} end
), yearly as (
    select n, y, u(n, 'offence') as x, u(n, 'outcome') as o, u(n, 'served only') < 0.12 as served_only,
           greatest(make_date(y, 1, 1) + floor(300 * u(n, 'decided' || y))::int, born + from_age * 365 + 5) as day
    from person, range({year.first}, {year.last} + 1) r(y)
    where y between begun and coalesce(ended, {year.last}) and age_at(born, make_date(y, 12, 31)) >= from_age
), decided as (
    select n, case when served_only then make_date(y - 1, 10, 1) else day end as decided,
           case when x < 0.25 then 'violence' when x < 0.55 then 'property' when x < 0.75 then 'drugs' else 'other' end as offence,
           case when served_only or o < 0.3 then 'prison' when o < 0.7 then 'suspended' else 'other' end as outcome,
           case when served_only then make_date(y - 1, 12, 1) when o < 0.3 then day + 20 end as served_from,
           case when served_only then make_date(y, 3, 1) when o < 0.3 then day + 60 end as served_to
    from yearly
    union all
    select n, make_date({year.last}, 1, 1) + floor(365 * u(n, 'decided'))::int, 'property', 'suspended', null, null
    from child anti join case_child using (n) where age between 15 and 23 and u(n, 'child convicted') < {case_children.ordinary_convicted}
    union all
    select n, between_days(date '2010-01-01', date '2018-12-31', u(n, 'decided')), 'property', 'suspended', null, null
    from member where not is_child and age_at(born, last_day()) between 34 and 80
        and u(n, 'convicted then') < case when hard then {hard.convicted_before} else 0.01 end
)
select person_id(n) as person_id, decided, offence, outcome, served_from, served_to from decided
