-- The vulnerable: who, in which years, and by what. Everything below is drawn from `kind` and the place in the family.
create table case_child as
with spans as (
    select n, f, born, is_child, kind, greatest(m.begun, year(born)) as begun, ended, household, age_at(born, last_day()) as age,
           greatest(born, make_date(m.begun, 1, 1) + floor(300 * u(n, 'begins'))::int) as begins,
           case when ended is not null then greatest(begins, make_date(ended, 7, 1) + floor(183 * u(n, 'ends'))::int) end as ends,
           case when u(n, 'as sibling') < {case_children.as_sibling} then u(f, 'measure') else u(n, 'measure') end as lot,
           case when kind = 'target' then {case_children.home_only} else {case_children.other_home_only} end as home_only,
           case when kind = 'target' then {case_children.both} else {case_children.other_both} end as in_both,
           -- those that end in the last year end in the autumn
           make_date({year.last}, 7, 1) + floor(183 * u(n, 'stops'))::int as autumn
    from member m where is_child and vulnerable and kind is not null
)
select n, f, born, kind, begun, ended, age, household, begins,
       not_before(case when ends is not null then ends when u(n, 'help stops') < 0.4 then autumn end, begins) as help_ends,
       lot < home_only + in_both as helped, lot >= home_only as placed,
       least(last_day(), coalesce(ends, last_day()), begins + floor(120 * u(n, 'placed'))::int) as placed_from,
       not_before(case when ends is not null then ends when u(n, 'placement stops') < {case_children.ended_in_year} then autumn end,
                  placed_from) as placed_to,
       case when u(n, 'place') < 0.06 then 'boarding' when age >= 18 then 'own_room'
            when u(n, 'place') < 0.06 + {case_children.foster} then 'foster'
            when u(n, 'place') < 0.06 + {case_children.foster} + {case_children.residential} then 'residential'
            else 'other' end as place
from spans;

-- Adults: parents of the target group (`parent`), and others by age; also those whose case has ended. The other parents of
-- vulnerable children are not vulnerable: that is what the kinds of families say.
create table case_adult as
with adult as (
    select n, f, born, kind, begun as family_begun, ended as family_ended, age_at(born, last_day()) as age,
           not is_child and vulnerable as parent,
           case when age < 24 then {vulnerable.young} when age < 67 then {vulnerable.grown} else {vulnerable.old} end as share,
           {families.ended} * ({year.last} - {year.first}) as past_share
    from member where age_at(born, last_day()) >= 18 and not foster and (is_child or kind is null or vulnerable)
), spans as (
    select *, not parent and u(n, 'case') >= share as past,
           case when parent then family_ended else ended_year(n, past) end as ended,
           case when parent then family_begun else begun_year(n, ended) end as begun
    from adult where parent or u(n, 'case') < share * (1 + past_share)
), drawn as (
    select n, parent, born, age, begun, ended, u(n, 'benefit') as lot,
           least(last_day(), greatest(make_date(begun, 1, 1) + floor(300 * u(n, 'begins'))::int, born + 18 * 366)) as begins,
           case when ended is not null then greatest(begins, make_date(ended, 7, 1) + floor(183 * u(n, 'ends'))::int) end as ends,
           case when age < 30 then {target|others.young_disability} else {target|others.disability} end as disability,
           case when age < 30 then {target|others.young_temporary} else {target|others.temporary} end as temporary,
           case when age < 30 then {target|others.young_cash} else {target|others.cash} end as cash,
           case when age < 30 then {target|others.young_education} else 0 end as education
    from spans
), facts as (
    select *, case when age >= 67 then 'none' when lot < disability then 'disability'
                   when lot < disability + temporary then 'temporary' when lot < disability + temporary + cash then 'cash'
                   when lot < disability + temporary + cash + education then 'education' else 'none' end as support,
           support = 'cash' and u(n, 'also') < {target|others.also_temporary} / cash as also_temporary,
           support = 'temporary' and u(n, 'resource') < {target|others.resource} as resource,
           support = 'cash' and u(n, 'activity') < {target|others.activity} as activity,
           u(n, 'convicted') < {target|others.convicted} as convicted,
           u(n, 'service') as s, {target|others.home_support} as p1, {target|others.preventive} as p2,
           {target|others.accommodation} as p3, {target|others.drugs} as p4, {target|others.service} as p5,
           case when s < p1 then 'home_support' when s < p1 + p2 then 'preventive' when s < p1 + p2 + p3 then 'accommodation'
                when s < p1 + p2 + p3 + p4 then 'substance_care' when s < p1 + p2 + p3 + p4 + p5 then 'other' end as service,
           u(n, 'reason') < {target|others.mental} as mental,
           u(n, 'alcohol') < case when service is not null then {target|others.alcohol_served} else {target|others.alcohol} end as alcohol,
           u(n, 'victim') < {target|others.victim} as victim,
           u(n, 'homeless') < case when service is not null then {target|others.homeless_served} else {target|others.homeless} end as homeless,
           u(n, 'work') < case support when 'disability' then {target|others.employed_disability}
               when 'temporary' then {target|others.employed_temporary}
               when 'none' then {target|others.employed_none} else {target|others.employed_cash} end and age < 67 as employed,
           u(n, 'measure') < case when support in ('cash', 'education') then {target|others.measured_cash}
               when support = 'temporary' then {target|others.measured_temporary}
               else {target|others.measured_other} end as measured
    from drawn
)
select n, parent, born, age, begun, ended, begins, least(ends, died(n, born)) as ends, support, also_temporary, resource, activity, convicted, service, mental, alcohol,
       victim, homeless, employed, measured,
       -- whom nothing else makes vulnerable is so by a mental illness: a case has at least one challenge
       u(n, 'psychiatry') < {target|others.psychiatry}
           or not (support = 'disability' or resource or activity or (convicted and ending(n) = 'sentence') or alcohol or victim or homeless
                   or coalesce(service in ('home_support', 'preventive', 'accommodation', 'substance_care'), false)) as psychiatry
from facts where coalesce(died(n, born) >= begins, true);
