"""Writes the pages of the documentation and builds the site: `python -m tools.docs`."""
