"""Reports of councils and partnerships in Wales."""
