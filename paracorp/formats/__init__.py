"""File formats: each module holds the reader beside the writer, and knows nothing above the records."""
