SELECT * FROM small_area_lookup ORDER BY lsoa21_code
