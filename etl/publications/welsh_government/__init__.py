"""Publications of the Welsh Government."""
