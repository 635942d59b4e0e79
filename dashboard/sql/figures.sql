SELECT measure, area_code, period_start, period_months, category, value, lower, upper, marker, source, derived
FROM observation
WHERE measure = $measure AND list_contains($categories, category) AND list_contains($starts, period_start)
ORDER BY area_code, period_start, period_months, category
