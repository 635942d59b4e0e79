SELECT measure, area_code, period_start, period_months, category, value, lower, upper, marker, source, derived
FROM observation
WHERE list_contains($areas, area_code)
ORDER BY period_start, period_months, measure, category
