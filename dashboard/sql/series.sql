SELECT measure, area_code, period_start, period_months, category, value, lower, upper, marker, source, derived
FROM observation
WHERE measure = $measure AND area_code = $area AND category = $category
ORDER BY period_start, period_months
