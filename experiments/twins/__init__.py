"""Twins: the same town with the same luck under two scenarios, and why its lives part."""
