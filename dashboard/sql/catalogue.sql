SELECT o.source, list(DISTINCT o.measure ORDER BY o.measure) AS measures, count(*) AS figures,
       count(DISTINCT o.area_code) AS areas, min(o.period_start) AS first, max(o.period_start) AS last,
       any_value(c.next_en) AS next_en, any_value(c.next_cy) AS next_cy
FROM observation AS o
JOIN source AS s ON s.source = o.source
LEFT JOIN release_calendar AS c ON starts_with(o.source, c.source_prefix)
WHERE NOT o.derived
GROUP BY o.source, s.publisher_en, s.title_en
ORDER BY s.publisher_en, s.title_en, o.source
