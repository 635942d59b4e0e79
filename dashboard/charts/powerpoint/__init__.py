"""A drawing as charts of PowerPoint itself, which whoever is given the deck can open, recolour and copy."""
