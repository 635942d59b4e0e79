"""EU Settlement Scheme statistics, as quoted in texts."""
