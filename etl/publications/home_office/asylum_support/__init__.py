"""Immigration system statistics: asylum support by authority (Asy_D11)."""
