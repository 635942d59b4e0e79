-- The newest period in which as many areas of a kind have a figure as ever; with $joined of editions that hold several.
WITH held AS (
    SELECT o.period_start, o.period_months, source.line
    FROM observation AS o JOIN area ON area.code = o.area_code JOIN source USING (source)
    WHERE o.measure = $measure AND o.category = $category AND area.kind = $kind
      AND ($nation IS NULL OR area.nation_code = $nation) AND o.value IS NOT NULL
),
joining AS (SELECT line FROM held GROUP BY line HAVING count(DISTINCT period_start) > 1)
SELECT period_start, period_months, count(*) AS n
FROM held
WHERE NOT $joined OR line IN (SELECT line FROM joining)
GROUP BY period_start, period_months
QUALIFY n = max(n) OVER () ORDER BY period_start DESC LIMIT 1
