-- As small_areas, the values alone.
SELECT category, area_code, value
FROM observation
WHERE measure = $measure AND list_contains($categories, category) AND area_code IN (SELECT code FROM area WHERE kind = $kind)
  AND ($start IS NULL OR period_start = $start)
QUALIFY period_start = max(period_start) OVER (PARTITION BY category)
ORDER BY category, area_code
