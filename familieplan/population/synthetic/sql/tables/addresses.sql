with dwelling as (
    select 2 * household as address, municipality, area from home
    union all
    select 2 * household + 1, t.municipality, t.area from home join town t on t.slot = home.former where moved is not null
), drawn as (select *, u(address, 'tenure') as x from dwelling)
select address_id(address) as address_id, municipality, area as housing_area_id,
       case when area is not null or x < 0.19 then 'social' when x < 0.66 then 'owner' when x < 0.73 then 'cooperative'
            when x < 0.96 then 'private_rental' else 'other' end as tenure,
       u(address, 'defects') < case when area is null and x between 0.73 and 0.96 then 0.12 else 0.02 end as defects
from drawn
union all
select address_id(getvariable('institutions_from') + k), municipality, null, 'other', false
from range(getvariable('institutions')) r(k) join town on slot = slot(u(k, 'institution lies'))
