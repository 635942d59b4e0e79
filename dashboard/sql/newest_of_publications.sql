-- The newest period held of each publication, by its title; our sums left out.
SELECT o.source, o.measure, o.period_start, o.period_months
FROM observation AS o JOIN source AS s ON s.source = o.source
WHERE o.value IS NOT NULL AND NOT o.derived
QUALIFY row_number() OVER (
    PARTITION BY s.title_en ORDER BY o.period_start + o.period_months * INTERVAL 1 MONTH DESC, o.measure, o.source
) = 1
ORDER BY s.title_en
