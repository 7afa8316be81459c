"""How long a reading takes, from its words or its pages."""

import math

PAGES = "-"  # between the first page of a reading and the last one


def minutes_to_read(
    words: str | int, pages: str, words_per_minute: int, minutes_per_page: int
) -> int:
    """Minutes for one reading of session_readings.csv, rounded up.

    Parameters
    ----------
    words : str or int
        Words of a chapter's parts; empty if it is a work outside the book.
    pages : str
        Pages of such a work, "682-693"; empty if it is a chapter.
    words_per_minute, minutes_per_page : int
        The paces of syllabus.csv.

    Returns
    -------
    int
        Minutes.

    Examples
    --------
    >>> minutes_to_read(1000, "", 150, 3)
    7
    >>> minutes_to_read("", "682-693", 150, 3)
    36
    """
    if not pages:
        return math.ceil(int(words or 0) / words_per_minute)
    first, _, last = pages.partition(PAGES)
    return (int(last) - int(first) + 1) * minutes_per_page
