-- The areas that a measure covers in some period and that existed in this one, but have no figure in it.
SELECT DISTINCT o.area_code
FROM observation AS o JOIN area ON area.code = o.area_code
WHERE o.measure = $measure AND o.category = $category AND area.kind = $kind AND o.value IS NOT NULL
  AND ($nation IS NULL OR area.nation_code = $nation)
  AND existed(area.valid_from, area.valid_to, $start)
  AND o.area_code NOT IN (
      SELECT area_code FROM observation
      WHERE measure = $measure AND category = $category AND period_start = $start AND period_months = $months
        AND value IS NOT NULL)
ORDER BY o.area_code
