-- Yearly components of change for a place and, where it is made of authorities, the sum of theirs.
-- In- and outflows of authorities do not add up; births, deaths, other change and nets do.
WITH members AS (
    SELECT member_code AS code FROM area_member JOIN area ON area.code = member_code
    WHERE area_member.area_code = $area AND area.kind = 'local_authority'
    UNION SELECT code FROM area WHERE code = $area AND kind = 'local_authority'
),
yearly AS (
    SELECT period_start, measure, sum(value) AS value, count(value) AS held, any_value(source) AS source
    FROM observation
    WHERE area_code IN (SELECT code FROM members) AND period_months = 12 AND category = 'total'
      AND measure IN ('births', 'deaths', 'internal_inflow', 'internal_outflow',
                      'international_inflow', 'international_outflow', 'other_change')
    GROUP BY period_start, measure
    HAVING count(value) = (SELECT count(*) FROM members)
)
SELECT period_start,
       max(value) FILTER (measure = 'births') AS births,
       max(value) FILTER (measure = 'deaths') AS deaths,
       max(value) FILTER (measure = 'internal_inflow') - max(value) FILTER (measure = 'internal_outflow') AS internal_net,
       max(value) FILTER (measure = 'international_inflow')
           - max(value) FILTER (measure = 'international_outflow') AS international_net,
       max(value) FILTER (measure = 'other_change') AS other_change,
       any_value(source) AS source
FROM yearly
GROUP BY period_start
ORDER BY period_start
