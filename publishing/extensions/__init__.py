"""What the book adds to Sphinx, one extension each: look of pages, citations, doors, the student workbook."""
