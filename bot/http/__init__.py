"""What the pages and APIs of every room share: errors, bodies, origins, headers, the log of requests, health."""
