"""The whole book as files to take along: one PDF, and an EPUB for e-readers.

Both are made from the pages of the built site, so a number in them is the site's.
`chapters` makes of a page what paper and e-readers can show (`entries` of tables that
hold texts), `volume` puts the chapters in order, `epub` and `pdf` write the files,
`doors` leads to them from the site's first page. `check` has other tools read them.
"""
