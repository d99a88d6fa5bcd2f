"""Inference from paired runs: intervals, tests, verdicts, and what shared luck was worth.

Everything takes plain arrays whose first axis are seeds, with not-a-number where a run is missing, and gives small
named tuples. All luck comes from fixed constants: the same runs give the same intervals, to the last bit.
"""
