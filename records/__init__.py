"""What is kept: tables, searches, keys and the access log."""
