"""Batches: a study written down in a file, thousands of runs kept in a directory, and what they found."""
