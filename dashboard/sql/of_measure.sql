SELECT measure, area_code, period_start, period_months, category, value, lower, upper, marker, source, derived
FROM observation
WHERE measure = $measure AND category = $category
ORDER BY area_code, period_start, period_months
