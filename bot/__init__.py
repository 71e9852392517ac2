"""The NEXUS interview guide."""
