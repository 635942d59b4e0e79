-- The measures that each source gives figures of, our sums left out.
SELECT DISTINCT source, measure FROM observation WHERE NOT derived ORDER BY source, measure
