with ordinary as (
    select n, slot, hard, age_at(born, last_day()) as age, u(n, 'support') as x,
           between_days(date '2018-01-01', make_date({year.last}, 11, 30), u(n, 'support from')) as day,
           between_days(date '2015-01-01', date '2018-12-31', u(n, 'cash from')) as long_since
    from member anti join case_adult using (n)
    where age_at(born, last_day()) between 18 and 66 and died(n, born) is null
)
select person_id(n) as person_id,
       case when support = 'disability' then 'disability_pension' when support = 'cash' then 'cash_assistance'
            when support = 'education' then 'education_assistance' when resource then 'resource_course'
            when u(n, 'temporary') < 0.48 then 'sickness_benefit' when u(n, 'temporary') < 0.68 then 'job_clarification'
            when u(n, 'temporary') < 0.82 then 'unemployment_benefit' when u(n, 'temporary') < 0.90 then 'leave_unemployment'
            when u(n, 'temporary') < 0.96 then 'rehabilitation' else 'integration_benefit' end as benefit,
       case when activity then 'activity' when support = 'cash' then 'job' when support = 'education' then 'education' end as readiness,
       begins as valid_from,
       case when also_temporary and ends is null then greatest(begins, make_date({year.last}, 6, 30)) else ends end as valid_to
from case_adult where support <> 'none'
union all
select person_id(n), 'sickness_benefit', null, greatest(begins, make_date({year.last}, 6, 30)) + 1, null
from case_adult where also_temporary and ends is null and begins < last_day()
union all
select person_id(n), 'cash_assistance', 'job', long_since, null
from ordinary where slot = 0 and u(n, 'cash') < case when hard then {hard.cash} else {hard.ordinary_cash} end
union all
select person_id(n), case when x < {work.unemployed} then 'unemployment_benefit' else 'sickness_benefit' end, null, day,
       case when day + 90 + floor(300 * u(n, 'support for'))::int <= last_day() then day + 90 + floor(300 * u(n, 'support for'))::int end
from ordinary where not hard and x < {work.unemployed} + {work.sick}
