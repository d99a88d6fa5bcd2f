"""Party members: residents who carry a second role (what they do in it joins with the next version)."""
