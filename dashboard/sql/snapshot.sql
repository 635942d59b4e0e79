SELECT o.measure, o.area_code, o.period_start, o.period_months, o.category, o.value, o.lower, o.upper, o.marker, o.source, o.derived
FROM observation AS o JOIN area ON area.code = o.area_code
WHERE o.measure = $measure AND o.category = $category AND area.kind = $kind
  AND o.period_start = $start AND o.period_months = $months
  AND ($nation IS NULL OR area.nation_code = $nation)
ORDER BY o.area_code
