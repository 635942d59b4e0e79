-- Sums for forces, partnerships, countries and composites, where the measure may be added over areas.
-- A sum is made only when every member of one kind has a published value of the same source for the same key,
-- and never beside a figure that the publisher gives for the whole.
INSERT INTO observation
SELECT o.measure, m.area_code, o.period_start, o.period_months, o.category,
       sum(o.value), NULL, NULL, max(o.marker), any_value(o.source), TRUE
FROM observation AS o
JOIN measure USING (measure)
JOIN area_member AS m ON m.member_code = o.area_code
JOIN area AS a ON a.code = o.area_code
JOIN (
    SELECT area_code, kind, count(*) AS members
    FROM area_member JOIN area ON area.code = area_member.member_code
    GROUP BY area_code, kind
) AS whole ON whole.area_code = m.area_code AND whole.kind = a.kind
WHERE measure.sum_areas
GROUP BY o.measure, m.area_code, a.kind, o.period_start, o.period_months, o.category, whole.members
HAVING count(o.value) = whole.members AND count(DISTINCT o.source) = 1
ON CONFLICT DO NOTHING;
