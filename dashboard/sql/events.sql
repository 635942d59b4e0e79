SELECT * FROM event WHERE topic = $topic AND (scope_area IS NULL OR scope_area = ANY($scopes)) ORDER BY date, title_en
