"""The explorer of the rows of a table."""
