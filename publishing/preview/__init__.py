"""The book in a browser while it is written: what `make preview` does.

`__main__` watches the book's files and serves its pages (`serving`); after a change a
process of its own (`working`) brings notebooks and pages up to date. The pages are
those that the next `make book` builds upon; its site is left alone.
"""
