SELECT * FROM revision ORDER BY source DESC, measure DESC, area_code, period_start, category
