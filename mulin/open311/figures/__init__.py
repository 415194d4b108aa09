"""What GeoReport v2 says of numbers, moments, XML and JSON; no Django models."""
