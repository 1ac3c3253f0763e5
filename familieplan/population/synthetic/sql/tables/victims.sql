select person_id(n) as person_id, make_date(y, 1, 1) + floor(365 * u(n, 'reported' || y))::int as reported, 'violence' as offence
from case_adult, range({year.first}, {year.last} + 1) r(y)
where victim and y between begun and coalesce(ended, {year.last})
union all
select person_id(n), between_days(make_date({year.first}, 1, 1), last_day(), u(n, 'reported')), 'other'
from member where age_at(born, last_day()) between 18 and 80 and u(n, 'robbed') < 0.02 and died(n, born) is null
