SELECT area.*, list(m.member_code ORDER BY m.member_code) FILTER (m.member_code IS NOT NULL) AS members
FROM area LEFT JOIN area_member AS m ON m.area_code = area.code
GROUP BY ALL
ORDER BY sort, name_en
