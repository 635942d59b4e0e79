SELECT * FROM refresh ORDER BY refresh DESC, source
