select person_id(n) as person_id, ['F20', 'F32', 'F33', 'F41', 'F43', 'F60', 'F90', 'F31'][1 + floor(8 * u(n, 'diagnosis'))::int] as diagnosis,
       begins as valid_from, ends as valid_to
from case_adult where psychiatry
union all
-- long ago, and children: no challenge of an adult in the years told of
select person_id(n), 'F32', day, day + 150
from (select n, between_days(date '2010-01-01', date '2018-06-30', u(n, 'then')) as day
      from member where age_at(born, last_day()) between 30 and 90 and u(n, 'psychiatry then') < 0.02)
union all
select person_id(n), 'F90', greatest(born, day), greatest(born, day) + 200
from (select n, born, between_days(date '2017-01-01', date '2021-06-30', u(n, 'then')) as day
      from child where age < 17 and u(n, 'psychiatry then') < 0.01)
