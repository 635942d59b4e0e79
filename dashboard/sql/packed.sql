SELECT about, measure, figures
FROM packed
WHERE about = ANY($about)
