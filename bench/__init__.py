"""How fast Heard is, as ratios against yardsticks in one run: `python -m bench`."""
