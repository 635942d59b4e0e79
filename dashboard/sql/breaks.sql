-- A break named for an area holds for that area, for everything it is made of, and for everything made of it.
SELECT DISTINCT b.*
FROM break AS b
LEFT JOIN area_member AS inside ON inside.area_code = b.area_code AND inside.member_code = $area
WHERE b.measure = $measure AND (b.area_code = $area OR inside.member_code IS NOT NULL)
ORDER BY b.date, b.kind
