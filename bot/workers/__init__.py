"""Many processes on one machine and one port: `nexus-guide up --workers N`."""
