"""Mid-year population estimates."""
