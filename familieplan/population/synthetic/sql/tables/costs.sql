-- Spread evenly from 0.4 to 1.6 of the year's price: the mean is the price. The few who are a case as a child and as an adult
-- have a child's costs, so that nothing has to be added up (10 × Denmark would not fit in memory).
with adult as (
    select * from case_adult anti join case_child using (n)
), spent as (
    select n, y, 'social' as area, 'municipality' as payer,
           case when placed then {costs.placed} else {costs.home_based} end * (0.4 + 1.2 * u(n, 'cost' || y)) as amount
    from case_child, range({year.first}, {year.last} + 1) r(y) where y between begun and coalesce(ended, {year.last})
    union all
    select n, y, a.area, a.payer, a.price * (0.4 + 1.2 * u(n, a.area || y))
    from case_child, range({year.first}, {year.last} + 1) r(y), (values ('education', 'municipality', 70000),
         ('health', 'region', 21000), ('education', 'state', 9000)) a(area, payer, price)
    where y between begun and coalesce(ended, {year.last})
    union all
    select n, y, 'employment', 'municipality', case support when 'disability' then {costs.disability} when 'temporary' then {costs.temporary}
           when 'none' then {costs.none} else {costs.cash} end * (0.4 + 1.2 * u(n, 'cost' || y))
    from adult, range({year.first}, {year.last} + 1) r(y) where y between begun and coalesce(ended, {year.last})
    union all
    select n, y, 'social', 'municipality', {costs.service} * (0.4 + 1.2 * u(n, 'service' || y))
    from adult, range({year.first}, {year.last} + 1) r(y)
    where service is not null and y between begun and coalesce(ended, {year.last})
    union all
    select n, y, a.area, a.payer, a.price * (0.4 + 1.2 * u(n, a.area || y))
    from adult, range({year.first}, {year.last} + 1) r(y), (values ('employment', 'state', 45000),
         ('health', 'region', 32000), ('justice', 'state', 12000)) a(area, payer, price)
    where y between begun and coalesce(ended, {year.last}) and (a.area <> 'justice' or convicted)
    union all
    -- set right afterwards: a refund
    select n, {year.last}, 'education', 'region', -4000 * u(n, 'refund') from adult where u(n, 'refund') < 0.01
)
select person_id(n) as person_id, y as year, area, payer, round(amount, 2) as amount from spent
