SELECT m.*, a.effect_en, a.effect_cy
FROM measure AS m LEFT JOIN allocation AS a ON a.measure = m.measure
ORDER BY m.topic, m.measure
