"""Regional and local authority data on immigration groups (Reg_02)."""
