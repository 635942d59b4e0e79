-- The newest figures of some categories of a measure, each of its own newest period, for every small area of a kind.
SELECT o.measure, o.area_code, o.period_start, o.period_months, o.category, o.value, o.lower, o.upper, o.marker, o.source, o.derived
FROM observation AS o JOIN area ON area.code = o.area_code
WHERE o.measure = $measure AND list_contains($categories, o.category) AND area.kind = $kind
QUALIFY o.period_start = max(o.period_start) OVER (PARTITION BY o.category)
ORDER BY o.category, o.area_code
