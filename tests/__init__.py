"""The tests. They read like the office: the cast is in people.py."""
