"""A Flask app with one page and nothing else."""

from flask import Flask

app = Flask(__name__)


@app.get("/sign-in")
def page() -> str:
    """The page."""
    return "<!doctype html><title>Page</title><h1>Page</h1>"
