SELECT * FROM campaign ORDER BY campaign
