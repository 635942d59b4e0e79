"""National Survey for Wales."""
