-- Every source with the calendar of its publication: the row of the longest prefix that its name begins with.
SELECT source.*, c.kind AS rhythm, c.release_months, c.cycle_months, c.lag_months, c.next_en, c.next_cy
FROM source
LEFT JOIN release_calendar AS c ON starts_with(source.source, c.source_prefix)
QUALIFY row_number() OVER (PARTITION BY source.source ORDER BY length(c.source_prefix) DESC) = 1
ORDER BY source.source
