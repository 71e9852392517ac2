"""What `nexus-guide channels new` writes."""
