"""How much one machine holds: many conversations at once against one, two and four processes (`make bench-load`)."""
