"""Batches: a study as a design file, and its thousands of runs."""
