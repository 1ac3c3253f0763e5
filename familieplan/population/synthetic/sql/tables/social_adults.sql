select person_id(n) as person_id, service,
       case when service = 'substance_care' then 'social' when mental then 'mental_illness' when u(n, 'why') < 0.4 then 'social'
            when u(n, 'why') < 0.8 then 'mental' else 'physical' end as reason,
       begins as valid_from, ends as valid_to
from case_adult where service is not null
