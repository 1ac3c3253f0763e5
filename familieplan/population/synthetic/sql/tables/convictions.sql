-- Of cases one decision a year; some were decided the year before and served time in it. Of others fines, and sentences
-- from before the years told of.
with person as (
    select n, begun, ended, 18 as from_age, born from case_adult where convicted
    union all
    select n, begun, ended, 15, born from case_child where u(n, 'child convicted')
        < case when kind = 'target' then {case_children.convicted} else {case_children.other_convicted} end
), yearly as (
    select n, y, u(n, 'offence') as x, u(n, 'outcome') as o, ending(n) as ending,
           least(make_date(y, 12, 31),
                 greatest(make_date(y, 1, 1) + floor(300 * u(n, 'decided' || y))::int, born + from_age * 365 + 5)) as day
    from person, range({year.first}, {year.last} + 1) r(y)
    where y between begun and coalesce(ended, {year.last}) and age_at(born, make_date(y, 12, 31)) >= from_age
), ordinary as (
    select n, born, hard, is_child, age_at(born, last_day()) as age from member
), decided as (
    select n, case when ending = 'served' then make_date(y - 1, 10, 1) else day end as decided,
           case when x < {crime.violence} then 'violence' when x < 0.55 then 'property' when x < 0.75 then 'drugs' else 'other' end as offence,
           case when ending = 'other' then 'other' when ending = 'served' or o < 0.4 then 'prison' else 'suspended' end as outcome,
           case when ending = 'served' then make_date(y - 1, 12, 1) when outcome = 'prison' then day + 20 end as served_from,
           case when ending = 'served' then make_date(y, 3, 1) when outcome = 'prison' then day + 60 end as served_to
    from yearly
    union all
    select n, make_date({year.last}, 1, 1) + floor(365 * u(n, 'decided'))::int, 'property', 'fine', null, null
    from child anti join case_child using (n) where age between 15 and 23 and u(n, 'child convicted') < {case_children.ordinary_convicted}
    union all
    select n, between_days(date '2010-01-01', date '2018-12-31', u(n, 'decided')), 'property', 'suspended', null, null
    from ordinary where not is_child and age between 34 and 80
        and u(n, 'convicted then') < case when hard then {hard.convicted_before} else 0.01 end
    union all
    select n, between_days(make_date({year.last}, 1, 1), last_day(), u(n, 'fined on')),
           case when u(n, 'fined') < {crime.fined} then 'property' else 'traffic' end,
           case when u(n, 'fined') between {crime.fined} and {crime.fined} * 1.2 then 'suspended' else 'fine' end, null, null
    from ordinary anti join case_adult using (n)
    where age between 24 and 75 and u(n, 'fined') < {crime.fined} + {crime.traffic}
)
select person_id(n) as person_id, decided, offence, outcome, served_from, served_to from decided
