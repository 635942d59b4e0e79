SELECT * FROM release_calendar
