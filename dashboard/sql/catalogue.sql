SELECT source, count(*) AS figures, count(DISTINCT area_code) AS areas,
       min(period_start) AS first_start, max(period_start) AS last_start
FROM observation WHERE NOT derived GROUP BY source
