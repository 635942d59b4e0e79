SELECT * FROM similar_area ORDER BY area_code, flavour, rank
