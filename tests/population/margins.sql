-- The published margins, measured in plain SQL that knows nothing of familieplan.population.analysis. Views named as the
-- tables are there already. Every row: margin, measured, base.
create temp view grown as
select *, date_diff('year', born, date '2022-12-31') as age from persons
where died is null or died >= date '2022-01-01';  -- 31 December: the difference of years is the age
create temp table vulnerable_child as
select person_id, age, bool_or(home) as helped, bool_or(placed) as placed
from (select person_id, true as home, false as placed from social_children
      where measure = 'home_based' and valid_from <= date '2022-12-31' and coalesce(valid_to, date '9999-1-1') >= date '2022-01-01'
      union all
      select person_id, false, true from placements
      where valid_from <= date '2022-12-31' and coalesce(valid_to, date '9999-1-1') >= date '2022-01-01')
join grown using (person_id) where age <= 23 group by all;
create temp table challenge as
select person_id, what from (
    select person_id, 'far' as what, valid_from as a, valid_to as b from income_support
    where benefit in ('disability_pension', 'resource_course') or benefit = 'cash_assistance' and readiness = 'activity'
    union all select person_id, 'sentence', decided, decided from convictions
    where offence <> 'traffic' and outcome in ('prison', 'suspended')
    union all select person_id, 'violent', decided, decided from convictions where offence = 'violence'
    union all select person_id, 'mental', valid_from, valid_to from psychiatry where diagnosis like 'F%'
    union all select person_id, case when reason = 'mental_illness' then 'mental' else 'service' end, valid_from, valid_to
    from social_adults where service in ('preventive', 'home_support', 'accommodation')
    union all select person_id, substance, valid_from, valid_to from substance_treatment
    union all select person_id, case kind when 'homeless_110' then kind else 'victim' end, valid_from, valid_to from shelters
    union all select person_id, 'victim', reported, reported from victims where offence = 'violence')
where a <= date '2022-12-31' and coalesce(b, date '9999-1-1') >= date '2022-01-01' group by all;
create temp table vulnerable_adult as
select person_id, count(*) as challenges from challenge join grown using (person_id) where age >= 18 group by all;
create temp table pair as
select v.person_id as child_id, p.parent_id from vulnerable_child v join parents p on p.child_id = v.person_id
join vulnerable_adult a on a.person_id = p.parent_id
where valid_from <= date '2022-12-31' and coalesce(valid_to, date '9999-1-1') >= date '2022-12-31' group by all;
create temp table target_child as select *, person_id in (select child_id from pair) as in_target from vulnerable_child;
create temp table target_adult as select *, person_id in (select parent_id from pair) as in_target from vulnerable_adult;
create temp table lives as
select person_id, household_id, address_id from residence
where valid_from <= date '2022-12-31' and coalesce(valid_to, date '9999-1-1') >= date '2022-12-31';
create temp table own as  -- parent and child by law who live together
select distinct child_id, parent_id, c.household_id from parents
join lives c on c.person_id = child_id join lives p on p.person_id = parent_id and p.household_id = c.household_id
where valid_from <= date '2022-12-31' and coalesce(valid_to, date '9999-1-1') >= date '2022-12-31';
create temp table home_child as
select t.person_id, l.household_id, count(*) > 1 as together,
       bool_or(o.person_id <> t.person_id and c.person_id is not null) as with_child,
       bool_or(a.person_id is not null and (is_parent.parent_id is not null or (
           t.person_id in (select child_id from own) and o.person_id not in (select child_id from own)
           and (t.person_id, o.person_id) not in (
               select x.child_id, y.parent_id from own x join own y on y.child_id = x.parent_id)))) as with_adult
from target_child t join lives l using (person_id) join lives o using (household_id)
left join vulnerable_child c on c.person_id = o.person_id left join vulnerable_adult a on a.person_id = o.person_id
left join own is_parent on is_parent.child_id = t.person_id and is_parent.parent_id = o.person_id
where t.in_target and not t.placed group by all;
create temp view in_2022 as select person_id, benefit from income_support
where valid_from <= date '2022-12-31' and coalesce(valid_to, date '9999-1-1') >= date '2022-01-01' group by all;
create temp table contact as
select person_id, 'employed' as what from employment
where state = 'employed' and valid_from <= date '2022-12-31' and coalesce(valid_to, date '9999-1-1') >= date '2022-12-31'
union all select person_id, case when benefit in ('disability_pension', 'cash_assistance', 'education_assistance') then benefit
    else 'temporary' end from in_2022
union all select person_id, 'measures' from employment_measures
where valid_from <= date '2022-12-31' and coalesce(valid_to, date '9999-1-1') >= date '2022-01-01'
union all select person_id, unnest(what) from (
    select person_id, valid_from, valid_to, ['social', service] as what from social_adults
    union all select person_id, valid_from, valid_to, ['social'] from substance_treatment
    union all select person_id, valid_from, valid_to, ['social'] from shelters)
where valid_from <= date '2022-12-31' and coalesce(valid_to, date '9999-1-1') >= date '2022-01-01'
union all select person_id, 'drug_treatment' from challenge where what = 'drugs'
union all select person_id, 'convicted' from convictions
where offence <> 'traffic' and (year(decided) = 2022
    or served_from <= date '2022-12-31' and coalesce(served_to, date '9999-1-1') >= date '2022-01-01')
union all select person_id, unnest(['notified', 'notified_' || about]) from notifications where year(received) = 2022;
create temp view cost as select person_id, sum(amount) as amount from costs
where year = 2022 and payer = 'municipality' and area in ('social', 'employment', 'health') group by all;
create temp table mother_risk as
with child as (
    select g.person_id, g.origin, l.household_id, l.address_id, p.parent_id as mother
    from grown g join lives l using (person_id) join parents p on p.child_id = g.person_id
    where age <= 17 and role = 'mother' and valid_from <= date '2022-12-31' and coalesce(valid_to, date '9999-1-1') >= date '2022-12-31'
), nuclear as (
    select c.person_id from child c join parents p on p.child_id = c.person_id join lives l on l.person_id = p.parent_id
    where l.household_id = c.household_id and coalesce(valid_to, date '9999-1-1') >= date '2022-12-31'
    group by all having count(distinct p.parent_id) = 2
), area as (
    select address_id from addresses join housing_areas using (housing_area_id)
    where vulnerable_from <= date '2022-12-31' and coalesce(vulnerable_to, date '9999-1-1') >= date '2022-12-31'
), bad_home as (
    select address_id from addresses where tenure = 'other' or tenure = 'private_rental' and defects
), factor as (
select c.person_id, c.origin, c.address_id in (from area) as in_area,
       (c.person_id not in (from nuclear))::int as apart,
       (mother in (select person_id from convictions where offence <> 'traffic' and year(decided) = 2022))::int as convicted,
       (mother in (select person_id from in_2022
                   where benefit in ('cash_assistance', 'education_assistance', 'disability_pension')))::int as support,
       (mother not in (select person_id from education where level <> 'basic'))::int as uneducated,
       (ml.address_id in (from area) or ml.address_id in (from bad_home))::int as housing
from child c join lives ml on ml.person_id = mother
)
select *, apart + convicted + support + uneducated + housing as factors from factor;
create temp view measured as
select 'children_in_target' as margin, count(*) filter (in_target)::double as measured, count(*) as base from target_child
union all select 'adults_in_target', count(*) filter (in_target), count(*) from target_adult
union all select 'children_with_vulnerable_parent', avg(in_target::int), count(*) from target_child
union all select 'adults_with_vulnerable_child', avg(in_target::int), count(*) from target_adult
union all select 'vulnerable_in_target', avg(in_target::int), count(*)
    from (select in_target from target_child union all select in_target from target_adult)
union all select 'both_parents_vulnerable', avg((k >= 2)::int), count(*) from (select count(*) as k from pair group by child_id)
union all select 'two_or_more_children', avg((k >= 2)::int), count(*) from (select count(*) as k from pair group by parent_id)
union all select 'with_other_child', avg(with_child::int), count(*) from home_child where together
union all select 'with_adult', avg(with_adult::int), count(*) from home_child where together
union all select 'children_home_based', avg(helped::int), count(*) from target_child where in_target
union all select 'children_placed', avg(placed::int), count(*) from target_child where in_target
union all select 'other_children_placed', avg(placed::int), count(*) from target_child where not in_target
union all select 'children_18_to_23', avg((age >= 18)::int), count(*) from target_child where in_target
union all select 'children_notified', avg((person_id in (select person_id from contact where what = 'notified'))::int), count(*)
    from target_child where in_target
union all select case when in_target then 'children_notified_about_parent' else 'other_children_notified_about_parent' end,
    avg((person_id in (select person_id from contact where what = 'notified_parent'))::int), count(*) from target_child group by in_target
union all select case when in_target then 'children_convicted' else 'other_children_convicted' end,
    avg((person_id in (select person_id from contact where what = 'convicted'))::int), count(*)
    from target_child where age >= 15 group by in_target
union all select 'adults_' || what, avg((c.person_id is not null)::int), count(*)
    from (select * from target_adult where in_target) t cross join (select distinct what from contact where what not like 'notified%') w
    left join (select distinct * from contact) c using (person_id, what) group by what
union all select 'child_cost', sum(amount) / (select count(*) from target_child where in_target), count(*)
    from cost where person_id in (select person_id from target_child where in_target)
union all select 'adult_cost', sum(amount) / (select count(*) from target_adult where in_target), count(*)
    from cost where person_id in (select person_id from target_adult where in_target)
union all select 'adults_two_challenges', avg((challenges >= 2)::int), count(*) from target_adult where in_target
union all select 'adults_under_30', avg((age < 30)::int), count(*) from target_adult join grown using (person_id) where in_target
union all select 'special_risk', avg((factors >= 3)::int), count(*) from mother_risk
union all select 'special_risk_at_two', avg((factors >= 2)::int), count(*) from mother_risk
union all select 'special_risk_in_areas', avg((factors >= 3)::int), count(*) from mother_risk where in_area
union all select 'special_risk_in_areas_' || if(origin = 'danish', origin, 'other'), avg((factors >= 3)::int), count(*)
    from mother_risk where in_area group by all;
