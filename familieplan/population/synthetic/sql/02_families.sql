-- One row for every mother's family: where, of what kind, how many children and when, who lives together.
-- kind: target (a vulnerable child and at least one vulnerable parent) | other (a vulnerable child, no such parent) | null.
create table drawn as
with placed as (
    select f, municipality, area, listed,
           u(f, 'origin') < case when listed then {origin.other_in_area} else {origin.other} end as foreign_roots,
           u(f, 'case') * (1 + ({families.in_area} - 1) * getvariable('listed'))
               / case when listed then {families.in_area} else 1 end as lot,
           {families.target} as target, {families.other} as other,
           {families.ended} * ({year.last} - {year.first}) as past_share
    from range({run.families}) r(f) join town on slot = slot(u(f, 'place'))
), kinds as (
    select *, case when lot < target then 'target' when lot < target + other then 'other'
                   when lot < target + other + target * past_share then 'target'
                   when lot < (target + other) * (1 + past_share) then 'other' end as kind,
           kind is not null and lot >= target + other as past
    from placed
), states as (
    select *, ended_year(f, past) as ended, begun_year(f, ended) as begun,
           make_date(coalesce(ended, {year.last}), 12, 31) as told,
           kind is null and u(f, 'hard') < case when listed and foreign_roots then {hard.in_area_other}
               when listed then {hard.in_area_danish} else {hard.elsewhere} end as hard,
           kind = 'target' and u(f, 'state') >= {parents.father_only} as mother_in,
           kind = 'target' and (u(f, 'state') < 1 - {parents.mother_only}) as father_in,
           case when kind is null then 0 when u(f, 'vulnerable') < {children.vulnerable_four} then 4
                when u(f, 'vulnerable') < {children.vulnerable_three} then 3
                when u(f, 'vulnerable') < {children.vulnerable_two} then 2 else 1 end as vulnerable,
           case when kind is not null then vulnerable + (u(f, 'more') < {children.more})::int
                    * (vulnerable < 4)::int + (u(f, 'more') < {children.more_yet})::int
                when u(f, 'kids') < {children.five} then 5 when u(f, 'kids') < {children.four} then 4
                when u(f, 'kids') < {children.three} then 3 when u(f, 'kids') < {children.two} then 2 else 1 end as kids,
           {children.gap} + {children.gap_more} * u(f, 'gap') as gap,
           kids > 1 and u(f, 'twins') < {children.twins} as twins
    from kinds
)
select *, coalesce(mother_in, false) as mother_vulnerable, coalesce(father_in, false) as father_vulnerable,
       -- the age of child 1 on the day told of: the youngest vulnerable one, or an ordinary family's eldest
       case when kind is null then u(f, 'age') * {families.born_over}
            when u(f, 'grown') < {children.grown} then (18 + 5.9 * u(f, 'age'))
            else 18 * power(u(f, 'age'), 0.8) end
           * (1 - gap * greatest(vulnerable - 1, 0) / 23.9) as age_1,
       kids > 1 and not coalesce(father_in and not mother_in, false)
           and u(f, 'second') < case when kind is null then {parents.second_father}
                                     else {parents.second_father_case} end as second,
       second and mother_vulnerable and u(f, 'second in') < {parents.father_too} as second_vulnerable,
       kind is distinct from 'target' and u(f, 'no mother') < {parents.no_mother} as no_mother,
       kind is distinct from 'target' and not no_mother and u(f, 'fathers') < {parents.two_fathers} as two_fathers,
       not (father_vulnerable or no_mother or second or two_fathers)
           and u(f, 'no father') < {parents.no_father} as no_father,
       not (no_mother or two_fathers) and u(f, 'mothers') < {parents.two_mothers} as two_mothers,
       u(f, 'together') < case when kind is not null then {living.together_case} when hard then {living.together_hard}
                               else {living.together} end or no_mother as together,
       not no_mother and not no_father and u(f, 'with father')
           < case when kind is null then {living.with_father} else {living.with_father_case} end as with_father
from states;

-- Blended homes: in the order of a lot, the mother of every odd family apart takes in the father of the next.
create table blended as
with queue as (
    select f, municipality, row_number() over (partition by municipality order by
               (kind is not null and ended is null and u(f, 'alike') < {living.alike}) desc, u(f, 'blend lot'), f) as place
    from drawn
    where not together and not no_father and not no_mother and not second and u(f, 'blended') < {living.blended}
)
select f, case when place % 2 = 0 then lag(f) over (partition by municipality order by place) end as moves_to from queue;

-- n: the running number of a person. f * 8 is the mother, + 1 the father, + 2 the second father, + 3 … 7 the children.
-- A household is numbered by the person at its head.
create table family as
select d.* exclude (lot, target, other, past_share, mother_in, father_in), f * 8 as mother,
       f * 8 + no_mother::int as home,
       case when together and not second then f * 8 + no_mother::int
            else coalesce(b.moves_to * 8, f * 8 + 1) end as father_home,
       case when together then f * 8 else f * 8 + 2 end as second_home,
       kind is null and together and not hard and not no_mother and u(f, 'foster') < {families.foster} as foster
from drawn d left join blended b using (f);
drop table drawn;
