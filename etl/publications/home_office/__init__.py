"""Publications of the Home Office."""
