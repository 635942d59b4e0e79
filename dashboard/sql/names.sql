-- Everything that has a name, each kind a list: a page needs most of them, and a question costs more than its rows.
-- A source comes with the calendar of its publication: the row of the longest prefix that its name begins with.
WITH areas AS (
    SELECT area.*, list(m.member_code ORDER BY m.member_code) FILTER (m.member_code IS NOT NULL) AS members,
           icu_sort_key(name_en, 'en') AS alphabet_en, icu_sort_key(name_cy, 'cy') AS alphabet_cy
    FROM area LEFT JOIN area_member AS m ON m.area_code = area.code
    GROUP BY ALL
),
measures AS (SELECT * FROM measure LEFT JOIN allocation USING (measure)),
sources AS (
    SELECT source.*, c.kind AS rhythm, c.release_months, c.cycle_months, c.lag_months, c.next_en, c.next_cy,
           c.publication AS publication_en, c.publication_cy
    FROM source
    LEFT JOIN release_calendar AS c ON starts_with(source.source, c.source_prefix)
    QUALIFY row_number() OVER (PARTITION BY source.source ORDER BY length(c.source_prefix) DESC) = 1
)
SELECT (SELECT list(areas ORDER BY sort, alphabet_en, code) FROM areas) AS areas,
       (SELECT list(measures ORDER BY topic, measure) FROM measures) AS measures,
       (SELECT list(line ORDER BY measure, sort) FROM category AS line) AS categories,
       (SELECT list(sources ORDER BY source) FROM sources) AS sources,
       (SELECT list(line ORDER BY date, kind, area_code) FROM break AS line) AS breaks,
       (SELECT list(line ORDER BY area_code, flavour, rank) FROM similar_area AS line) AS similar
