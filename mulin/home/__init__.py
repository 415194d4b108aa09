"""Home: the front page, each role's first page, notifications, the log's page. Reads all other modules."""
