SELECT o.source, list(DISTINCT o.measure ORDER BY o.measure) AS measures, count(*) AS figures,
       count(DISTINCT o.area_code) AS areas, min(o.period_start) AS first, max(o.period_start) AS last
FROM observation AS o
JOIN source AS s ON s.source = o.source
WHERE NOT o.derived
GROUP BY o.source, s.publisher_en, s.title_en
ORDER BY s.publisher_en, s.title_en, o.source
