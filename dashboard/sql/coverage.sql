-- Which areas of a kind have a figure of a measure in each period, by line of editions.
SELECT s.line, o.period_start, o.period_months, string_agg(o.area_code, ' ' ORDER BY o.area_code) AS areas
FROM observation AS o JOIN source AS s ON s.source = o.source
WHERE o.measure = $measure AND o.category = $category AND o.value IS NOT NULL
  AND o.area_code IN (SELECT code FROM area WHERE kind = $kind AND ($nation IS NULL OR nation_code = $nation))
GROUP BY s.line, o.period_start, o.period_months
