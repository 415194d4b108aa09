"""SQLite with a gate: writers queue in the process and between processes, instead of polling the file."""
