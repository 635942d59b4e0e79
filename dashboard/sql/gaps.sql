SELECT gap.* FROM gap
WHERE gap.filled_by IS NULL OR NOT EXISTS (
    SELECT 1 FROM observation AS o
    WHERE starts_with(o.source, gap.filled_by) AND (gap.filled_after IS NULL OR o.period_start > gap.filled_after))
ORDER BY gap.rowid
