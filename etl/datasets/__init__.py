"""One module per publication; `etl.registry` lists what they declare."""
