SELECT * FROM category ORDER BY measure, sort
