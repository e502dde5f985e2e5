"""The ground floor: what a return interview is. Plain Python, with no web, no database and no clock."""
