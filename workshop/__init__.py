"""The workshop: what policy people see, and the levers they move."""
