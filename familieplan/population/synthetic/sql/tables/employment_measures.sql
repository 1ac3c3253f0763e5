select person_id(n) as person_id,
       case when u(n, 'what measure') < 0.45 then 'guidance' when u(n, 'what measure') < 0.65 then 'mentor'
            when u(n, 'what measure') < 0.77 then 'wage_subsidy' when u(n, 'what measure') < 0.87 then 'flexjob' else 'other' end as measure,
       begins as valid_from, ends as valid_to
from case_adult where measured
union all
select person_id(n), 'guidance', day, case when day + 60 <= last_day() then day + 60 end
from (select n, between_days(make_date({year.first}, 1, 1), last_day(), u(n, 'guided')) as day
      from member anti join case_adult using (n)
      where age_at(born, last_day()) between 20 and 62 and died(n, born) is null and u(n, 'guidance') < 0.015)
