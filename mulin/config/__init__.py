"""How the parts are put together: settings, URLs, the command line, and what prepares files for serving."""
