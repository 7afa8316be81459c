"""What the book adds to Sphinx, one extension each.

`rebuilding`: which pages are read and written again. `notebook_cells`: exercises and
outputs of notebooks in the form of the site. `labels`: tables and figures can be
referred to. `search_names`: the search finds names in their languages.
`explorer_scripts`: pages with an explorer load its script. `corrections`: of what theme
and stock extensions make. `content_policy`: what may run on a page. `citable`:
metadata, citations, the site's address. `doors`: links to notebooks and zips.
`chapter_zips`: each chapter with all that it needs. `workbook`: the chapters for
students. `_config.yml` lists them in the order in which they are called.
"""
