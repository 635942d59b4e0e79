SELECT measure, area_code, period_start, period_months, category, value, lower, upper, marker, source, derived
FROM observation
WHERE area_code = ANY($areas)
