-- The newest period in which most areas of a kind have a figure, of those that the measure ever covers and that existed
-- then; $whole wants as many as in the fullest period. With $joined, of editions that hold several periods.
WITH held AS (
    SELECT o.area_code, o.period_start, o.period_months, source.line, area.valid_from, area.valid_to
    FROM observation AS o JOIN area ON area.code = o.area_code JOIN source USING (source)
    WHERE o.measure = $measure AND o.category = $category AND area.kind = $kind
      AND ($nation IS NULL OR area.nation_code = $nation) AND o.value IS NOT NULL
),
joining AS (SELECT line FROM held GROUP BY line HAVING count(DISTINCT period_start) > 1),
of_periods AS (
    SELECT period_start, period_months, count(*) AS n FROM held
    WHERE NOT $joined OR line IN (SELECT line FROM joining)
    GROUP BY period_start, period_months
),
covered AS (SELECT DISTINCT area_code, valid_from, valid_to FROM held),
missing AS (
    SELECT p.period_start, p.period_months, any_value(p.n) AS n, count(*) - any_value(p.n) AS without
    FROM of_periods AS p JOIN covered AS c ON existed(c.valid_from, c.valid_to, p.period_start)
    GROUP BY p.period_start, p.period_months
)
SELECT period_start, period_months FROM missing
QUALIFY CASE WHEN $whole THEN without = min(without) OVER () ELSE n > without OR n = max(n) OVER () END
ORDER BY period_start DESC LIMIT 1
