-- The figures of some categories of a measure for every small area of a kind: of the period that starts on a day, or each
-- of its own newest period.
SELECT o.measure, o.area_code, o.period_start, o.period_months, o.category, o.value, o.lower, o.upper, o.marker, o.source, o.derived
FROM observation AS o JOIN area ON area.code = o.area_code
WHERE o.measure = $measure AND list_contains($categories, o.category) AND area.kind = $kind
  AND ($start IS NULL OR o.period_start = $start)
QUALIFY o.period_start = max(o.period_start) OVER (PARTITION BY o.category)
ORDER BY o.category, o.area_code
