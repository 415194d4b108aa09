"""Home: the front page, each role's first page, notifications, the log's page. The only module that reads all others."""
