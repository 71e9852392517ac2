"""How what was said is cut into pages and parts that a channel can show."""
