"""Party members: residents who carry a second role: contact with linked households, an obligation, an example."""
