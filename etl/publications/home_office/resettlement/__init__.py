"""Immigration system statistics: resettlement by authority (Res_D01)."""
