select person_id(n) as person_id, 'drugs' as substance, begins as valid_from, ends as valid_to
from case_adult where service = 'substance_care'
union all
select person_id(n), 'alcohol', begins, ends from case_adult where alcohol
union all
select person_id(n), 'alcohol', day, day + 120
from (select n, between_days(date '2013-01-01', date '2018-06-30', u(n, 'drank')) as day
      from member where is_child = false and age_at(born, last_day()) between 28 and 80 and u(n, 'alcohol then') < 0.004)
