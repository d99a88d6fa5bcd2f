"""The workshop: a neighbourhood on a projector, for the people who decide about it."""
