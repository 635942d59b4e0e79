-- A break named for a country, force or authority holds for it, for everything inside it, and for every whole it is
-- part of (its break is in their sum). A break named for a composite of ours holds for that composite alone.
WITH territory AS (
    SELECT area.code, area.kind,
           CASE WHEN area.kind = 'local_authority' THEN [area.code]
                ELSE coalesce(list(part.code) FILTER (part.kind = 'local_authority'), []) END AS authorities
    FROM area
    LEFT JOIN area_member AS m ON m.area_code = area.code
    LEFT JOIN area AS part ON part.code = m.member_code
    GROUP BY area.code, area.kind
)
SELECT b.*
FROM break AS b
JOIN territory AS theirs ON theirs.code = b.area_code
JOIN territory AS ours ON ours.code = $area
WHERE b.measure = $measure
  AND (b.area_code = $area
       OR (theirs.kind <> 'composite' AND len(ours.authorities) > 0 AND len(theirs.authorities) > 0
           AND (list_has_all(theirs.authorities, ours.authorities) OR list_has_all(ours.authorities, theirs.authorities))))
ORDER BY b.date, b.kind
