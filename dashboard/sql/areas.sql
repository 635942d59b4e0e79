-- Every area with what it is made of, in the order of the place picker.
SELECT area.*, m.members
FROM area LEFT JOIN (
    SELECT area_code, string_agg(member_code, ' ' ORDER BY member_code) AS members FROM area_member GROUP BY area_code
) AS m ON m.area_code = area.code
ORDER BY area.sort, area.alphabet_en, area.code
