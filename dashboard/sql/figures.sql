SELECT measure, area_code, period_start, period_months, category, value, lower, upper, marker, source, derived
FROM observation
WHERE measure = $measure AND category = ANY($categories) AND period_start = ANY($starts)
ORDER BY area_code, period_start, period_months, category
