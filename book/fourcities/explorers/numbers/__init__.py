"""The explorer of indicators."""
