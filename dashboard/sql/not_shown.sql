SELECT * FROM not_shown ORDER BY topic
