"""Glossaries as a person keeps them: files in several forms, counts, and what a corpus suggests to add."""
