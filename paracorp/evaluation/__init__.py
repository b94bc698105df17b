"""Scores of links, translations and reviewers, each with the settings that made it."""
