SELECT * FROM break ORDER BY date, kind, area_code, measure
