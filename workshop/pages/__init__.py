"""The pages: what a visitor sees, in panels. Only these and the server import NiceGUI."""
