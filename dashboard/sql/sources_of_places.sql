-- The measures that each current source gives figures of for some places.
SELECT DISTINCT o.source, o.measure
FROM observation AS o JOIN source AS s ON s.source = o.source
WHERE o.area_code = ANY($areas) AND s.vintage = 'current'
ORDER BY o.source, o.measure
