"""What names and numbers are: the termbase, matching per language, numbers, dates."""
