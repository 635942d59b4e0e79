-- Net flows of an area: what came in less what went out, where both are published by the same source.
-- In- and outflows of authorities may not be added over areas (a move between two would count twice); nets may.
INSERT INTO observation
SELECT kind.net, i.area_code, i.period_start, i.period_months, i.category,
       i.value - o.value, NULL, NULL, NULL, i.source, TRUE
FROM (VALUES ('internal_net', 'internal_inflow', 'internal_outflow'),
             ('international_net', 'international_inflow', 'international_outflow')) AS kind (net, inflow, outflow)
JOIN observation AS i ON i.measure = kind.inflow
JOIN observation AS o ON o.measure = kind.outflow AND o.area_code = i.area_code AND o.period_start = i.period_start
    AND o.period_months = i.period_months AND o.category = i.category AND o.source = i.source
WHERE i.value IS NOT NULL AND o.value IS NOT NULL AND kind.net IN (SELECT measure FROM measure);

-- Sums for forces, partnerships, countries and composites, where the measure may be added over areas.
-- A sum is made only when every member of one kind has a published value of one publisher and line of editions for the same
-- key (where a newer edition gave some places only, the others keep theirs; the source named is that of most): those that
-- existed on its first day, or else those of another time, where a publisher gives past figures for today's areas.
-- and never beside a figure that the publisher gives for the whole. A force or a country is more than its places
-- where some figures were left without a place (a measure with a sister `<measure>_unassigned`): it gets no such sum.
INSERT INTO observation
WITH stage AS (
    SELECT DISTINCT coalesce(valid_from, DATE '0001-01-01') AS since
    FROM area_member JOIN area ON area.code = area_member.member_code
    UNION SELECT DATE '0001-01-01'
),
member AS (
    SELECT m.area_code, m.member_code, a.kind, stage.since
    FROM area_member AS m JOIN area AS a ON a.code = m.member_code JOIN stage
        ON existed(a.valid_from, a.valid_to, stage.since)
)
SELECT o.measure, m.area_code, o.period_start, o.period_months, o.category,
       sum(o.value), NULL, NULL, max(o.marker), mode(o.source), TRUE
FROM observation AS o
JOIN measure USING (measure)
JOIN source USING (source)
JOIN member AS m ON m.member_code = o.area_code
JOIN area AS a ON a.code = o.area_code
JOIN area AS target ON target.code = m.area_code
JOIN (
    SELECT area_code, kind, since, count(*) AS members FROM member GROUP BY area_code, kind, since
) AS whole ON whole.area_code = m.area_code AND whole.kind = a.kind AND whole.since = m.since
WHERE measure.sum_areas
  AND NOT (a.kind IN ('local_authority', 'community_safety_partnership') AND target.kind IN ('police_force', 'country')
           AND o.measure || '_unassigned' IN (SELECT measure FROM measure))
GROUP BY o.measure, m.area_code, a.kind, m.since, o.period_start, o.period_months, o.category, whole.members
HAVING count(o.value) = whole.members AND count(DISTINCT (source.line, source.publisher_en)) = 1
-- The members of the period's own time come first (a.kind last: no whole has a figure by two kinds at once).
QUALIFY row_number() OVER (PARTITION BY o.measure, m.area_code, o.period_start, o.period_months, o.category
    ORDER BY m.since > o.period_start, abs(m.since - o.period_start), a.kind) = 1
ON CONFLICT DO NOTHING;

-- The yearly change of population: one mid-year less the one before, where both are of one line of editions.
-- Where a source gives tens of people, so is the change: the digit below is not in it.
INSERT INTO observation
WITH edition AS (
    SELECT source, line, bool_and(value % 10 = 0) AS tens
    FROM observation JOIN source USING (source)
    WHERE measure = 'population' AND NOT derived
    GROUP BY source, line
)
SELECT 'population_change', o.area_code, make_date(year(b.period_start), 7, 1), 12, o.category,
       CASE WHEN now.tens OR before.tens THEN round(o.value - b.value, -1) ELSE o.value - b.value END,
       NULL, NULL, NULL, o.source, TRUE
FROM observation AS o
JOIN observation AS b ON b.measure = o.measure AND b.area_code = o.area_code AND b.category = o.category
    AND b.period_months = 0 AND b.period_start = o.period_start - INTERVAL 1 YEAR
JOIN edition AS now ON now.source = o.source
JOIN edition AS before ON before.source = b.source AND before.line = now.line
WHERE o.measure = 'population' AND o.period_months = 0 AND o.value IS NOT NULL AND b.value IS NOT NULL
  AND 'population_change' IN (SELECT measure FROM measure);

-- A break that speaks of one table's figures goes with them: a newer edition took their place.
DELETE FROM break AS b
WHERE b.while_held IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM observation AS o
    WHERE o.measure = b.measure AND o.source = b.while_held
      AND (o.area_code = b.area_code
           OR o.area_code IN (SELECT member_code FROM area_member AS m WHERE m.area_code = b.area_code)));
