"""The addresses of GeoReport v2 for programs, and the pages of the desk."""
