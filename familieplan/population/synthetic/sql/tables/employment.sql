with ordinary as (
    select n, age_at(born, last_day()) as age, hard and slot = 0 as hard_mother,
           between_days(date '2008-01-01', date '2018-12-31', u(n, 'work from')) as day
    from member anti join case_adult using (n)
    where age_at(born, last_day()) between 18 and 66 and died(n, born) is null
)
select person_id(n) as person_id, 'employed' as state, begins as valid_from, ends as valid_to from case_adult where employed
union all
select person_id(n), case when age < 24 and u(n, 'studies') < 0.7 then 'in_education' else 'employed' end, day, null
from ordinary where u(n, 'work') < {work.employed} and not (hard_mother and u(n, 'cash') < {hard.cash})
union all
select person_id(f.mother), 'parental_leave', c.born, case when c.born + 224 <= last_day() then c.born + 224 end
from child c join family f using (f)
where c.born >= make_date({year.first}, 1, 1) and not f.no_mother and c.j = 1 and f.kind is null and not f.hard and f.mother = f.f * 8
