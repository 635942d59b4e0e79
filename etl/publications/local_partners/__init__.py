"""Publications of councils and partnerships."""
