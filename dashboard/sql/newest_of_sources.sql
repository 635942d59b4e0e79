-- The newest period that each source has a row of.
SELECT source, max(period_start) AS newest FROM observation GROUP BY source
