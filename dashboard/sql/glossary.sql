SELECT * FROM glossary
