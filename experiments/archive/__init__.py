"""Evidence packages: results with all that another needs to read them, to trust them, and to run them again."""
