"""What a person looks at: the report, and later the review page."""
