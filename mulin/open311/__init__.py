"""Open311 GeoReport v2, both ways: other programs report and read here, and cases go on to other servers."""
