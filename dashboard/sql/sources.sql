SELECT * FROM source ORDER BY source
