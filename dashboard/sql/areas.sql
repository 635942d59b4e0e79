SELECT area.*, list(m.member_code ORDER BY m.member_code) FILTER (m.member_code IS NOT NULL) AS members,
       icu_sort_key(name_en, 'en') AS alphabet_en, icu_sort_key(name_cy, 'cy') AS alphabet_cy
FROM area LEFT JOIN area_member AS m ON m.area_code = area.code
GROUP BY ALL
ORDER BY sort, alphabet_en
