"""Finding a figure, a place or a word by what people type: `ranking.find(query, lang=..., build=...)`."""
