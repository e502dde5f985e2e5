"""Pages: a request comes in, an answer goes out."""
