select person_id(n) as person_id, 'home_based' as measure, begins as valid_from, help_ends as valid_to from case_child where helped
union all
select person_id(n), 'youth_support', greatest(begins, born + 6575), not_before(help_ends, greatest(begins, born + 6575))
from case_child where helped and age >= 18 and ended is null and u(n, 'youth support') < 0.6
union all
-- relief and the like alone make no child vulnerable here
select person_id(n), case when u(n, 'relief') < 0.002 then 'relief' else 'other' end,
       greatest(born, between_days(date '2017-01-01', last_day(), u(n, 'relief from'))), null
from child anti join case_child using (n) where age < 18 and u(n, 'relief') < 0.003
