"""Trains the classifier that `promptlint.brief.classifier` loads."""
