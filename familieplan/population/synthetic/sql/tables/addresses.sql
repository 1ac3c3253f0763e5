with dwelling as (
    select 2 * household as address, municipality, area from home
    union all
    select 2 * household + 1, t.municipality, t.area from home join town t on t.slot = home.former where moved is not null
), drawn as (
    select *, u(address, 'tenure') as x,
           case when area is not null or x < {homes.social} then 'social' when x < {homes.social} + {homes.owner} then 'owner'
                when x < {homes.social} + {homes.owner} + {homes.cooperative} then 'cooperative'
                when x < {homes.social} + {homes.owner} + {homes.cooperative} + {homes.private_rental} then 'private_rental'
                else 'other' end as tenure
    from dwelling
)
select address_id(address) as address_id, municipality, area as housing_area_id, tenure,
       u(address, 'defects') < case when tenure = 'private_rental' then {homes.rental_defects} else {homes.defects} end as defects
from drawn
union all
select address_id(getvariable('institutions_from') + k), municipality, null, 'other', false
from range(getvariable('institutions')) r(k) join town on slot = slot(u(k, 'institution lies'))
