with grown as (
    select n, born, slot, hard, kind, origin, u(n, 'schooling') as x, age_at(born, last_day()) as age,
           case when not is_child and f is not null then case when hard then {hard.basic}
                when kind is not null then {hard.case_basic} else {hard.ordinary_basic} end else 0.22 end as basic
    from member where age_at(born, last_day()) >= 17
), level as (
    select *, case when x < basic or age < 19 then 'basic'
                   when age < 24 then case when x < 0.7 then 'upper_secondary' else 'vocational' end
                   when x < basic + (1 - basic) * 0.09 then 'upper_secondary' when x < basic + (1 - basic) * 0.50 then 'vocational'
                   when x < basic + (1 - basic) * 0.57 then 'short_higher' when x < basic + (1 - basic) * 0.82 then 'medium_higher'
                   else 'long_higher' end as level
    from grown
)
select person_id(n) as person_id,
       born + case level when 'basic' then 5850 when 'upper_secondary' then 6930 when 'vocational' then 7300
              when 'short_higher' then 8040 when 'medium_higher' then 8770 else 9500 end as completed, level
from level where not (level = 'basic' and u(n, 'unknown') < 0.1) and age >= 17
