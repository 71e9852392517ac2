"""What the guide counts and times for Prometheus: numbers without anybody's data, by labels out of closed sets."""
