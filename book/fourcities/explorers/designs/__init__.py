"""Designs of comparison: Mill's methods, and the explorer that applies them."""
