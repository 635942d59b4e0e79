"""Publications of the Office for National Statistics."""
