-- What a page asks for most, as whole answers: a measure of one area, and a measure of all small areas of a kind.
-- Rows of `observation` are handed over one by one; here a place's figures are a few hundred texts, read when needed.
INSERT INTO packed
WITH figures AS (
    SELECT CASE WHEN area.kind IN ('lsoa', 'msoa', 'ward') THEN area.kind ELSE o.area_code END AS about, o.*
    FROM observation AS o JOIN area ON area.code = o.area_code
),
answers AS (
    SELECT about, measure, list(figures ORDER BY category, area_code, period_start, period_months) AS rows,
           min(area_code) = max(area_code) AS of_one_area, min(period_start) = max(period_start) AS of_one_day,
           min(period_months) = max(period_months) AS of_one_length, min(category) = max(category) AS of_one_category,
           min(source) = max(source) AS of_one_source, min(derived) = max(derived) AS of_one_making,
           count(lower) + count(upper) > 0 AS has_interval, count(marker) > 0 AS has_marker
    FROM figures GROUP BY about, measure
)
SELECT about, measure, CAST(json_array(
    len(rows),
    CASE WHEN of_one_area THEN to_json(rows[1].area_code) ELSE to_json([r.area_code FOR r IN rows]) END,
    CASE WHEN of_one_day THEN to_json(rows[1].period_start) ELSE to_json([r.period_start FOR r IN rows]) END,
    CASE WHEN of_one_length THEN to_json(rows[1].period_months) ELSE to_json([r.period_months FOR r IN rows]) END,
    CASE WHEN of_one_category THEN to_json(rows[1].category) ELSE to_json([r.category FOR r IN rows]) END,
    [r.value FOR r IN rows],
    CASE WHEN has_interval THEN to_json([r.lower FOR r IN rows]) END,
    CASE WHEN has_interval THEN to_json([r.upper FOR r IN rows]) END,
    CASE WHEN has_marker THEN to_json([r.marker FOR r IN rows]) END,
    CASE WHEN of_one_source THEN to_json(rows[1].source) ELSE to_json([r.source FOR r IN rows]) END,
    CASE WHEN of_one_making THEN to_json(rows[1].derived) ELSE to_json([r.derived FOR r IN rows]) END
) AS TEXT)
FROM answers ORDER BY about, measure;
