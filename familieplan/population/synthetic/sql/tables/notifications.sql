with reported as (
    select n, y, begins, u(n, 'notified' || y) as x, 1 + floor(6 * u(n, 'how often' || y))::int as times, begun, ended,
           case when kind = 'target' then {case_children.notified_parent} else {case_children.other_notified_parent} end as about_parent,
           case when kind = 'target' then {case_children.notified} else {case_children.other_notified} end as notified
    from case_child, range({year.first}, {year.last} + 1) r(y) where y between begun and coalesce(ended, {year.last})
)
select person_id(n) as person_id, greatest(begins, make_date(y, 1, 1) + floor(360 * u(n, 'notified' || y || i))::int) as received,
       case when x < about_parent and (i = 1 or u(n, 'about' || y || i) < 0.5) then 'parent'
            when u(n, 'about' || y || i) < 0.7 then 'child' else 'other' end as about
from reported, range(1, 7) t(i) where x < notified and i <= times and begins <= make_date(y, 12, 31)
union all
select person_id(n), greatest(born, between_days(make_date({year.first}, 1, 1), last_day(), u(n, 'worry'))), 'child'
from child anti join case_child using (n) where age < 18 and u(n, 'notified') < 0.02
