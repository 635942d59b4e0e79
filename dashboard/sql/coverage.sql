-- The areas of a kind that a measure ever has a figure for, and its periods, newest first. A period has most of them when
-- more of those that existed then have a figure than have none, and is whole when no period lacks fewer; `joined` ones
-- are of editions that hold several periods.
WITH held AS (
    SELECT o.area_code, o.period_start, o.period_months, source.line, area.valid_from, area.valid_to
    FROM observation AS o JOIN area ON area.code = o.area_code JOIN source USING (source)
    WHERE o.measure = $measure AND o.category = $category AND area.kind = $kind
      AND ($nation IS NULL OR area.nation_code = $nation) AND o.value IS NOT NULL
),
joining AS (SELECT line FROM held GROUP BY line HAVING count(DISTINCT period_start) > 1),
of_periods AS (
    SELECT joined, period_start, period_months, count(*) AS n
    FROM held, (VALUES (false), (true)) AS either (joined)
    WHERE NOT joined OR line IN (SELECT line FROM joining)
    GROUP BY joined, period_start, period_months
),
covered AS (SELECT DISTINCT area_code, valid_from, valid_to FROM held),
missing AS (
    SELECT p.joined, p.period_start, p.period_months, any_value(p.n) AS n, count(*) - any_value(p.n) AS without
    FROM of_periods AS p JOIN covered AS c ON existed(c.valid_from, c.valid_to, p.period_start)
    GROUP BY p.joined, p.period_start, p.period_months
),
periods AS (
    SELECT joined, period_start, period_months,
           without = min(without) OVER (PARTITION BY joined) AS is_whole,
           n > without OR n = max(n) OVER (PARTITION BY joined) AS has_most
    FROM missing
)
SELECT (SELECT list(area_code ORDER BY area_code) FROM covered) AS areas,
       (SELECT list(periods ORDER BY period_start DESC) FROM periods) AS periods
