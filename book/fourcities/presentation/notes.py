"""Notes below tables and figures: flags with their reasons, sources, periods."""

from markupsafe import Markup, escape

from fourcities.facts import lookup, read

from .citations import origins
from .flags import claim_of, flag_link, link_to
from .markup import marked
from .words import FEW, list_of, some


class Notes:
    """Notes below a table, each said once, with the cells that it holds for and a link to the ledger."""

    def __init__(self):
        self.cells = {}  # (note, link): {what: [cities]}
        self.added = False  # whether a cell holds what was added to the report

    def add(self, text, what, city=None, link=""):
        if text:
            noted = self.cells.setdefault((text, link), {}).setdefault(what, [])
            noted.extend([city] if city and city not in noted else [])

    def flag(self, row, what, city):
        """The mark to set at a cell, after taking down its note."""
        if not row["flag"]:
            self.add(row["note"], what, city)
            return Markup("")
        label = lookup("flags", "label")[row["flag"]]
        self.add(
            f"{row['flag']} = {label}. {row['note']}".strip(),
            what,
            city,
            flag_link(row),
        )
        return Markup('<sup class="flag">{}</sup>').format(row["flag"])

    def source(self, row, period=""):
        """Where a cell of a table of the report has it from, if it was added: period and source in small print."""
        self.added |= bool(row["added"])
        return (
            Markup(" <small>({})</small>").format(
                "; ".join(filter(None, [period, *origins(row)]))
            )
            if row["added"]
            else Markup("")
        )

    def lines(self):
        return [
            Markup("<b>{}:</b> {}{}").format(
                "; ".join(self._where(places)), marked(text), link
            )
            for (text, link), places in self.cells.items()
        ]

    def _where(self, places):
        """ "GDP and GDP per capita (Guangzhou, Hangzhou)": things that hold for the same cities are said together."""
        groups = {}
        for what, noted in places.items():
            groups.setdefault(tuple(noted), []).append(what)
        return [
            list_of(things)
            + (
                f" ({', '.join(noted) if len(noted) <= FEW else some(noted)})"
                if noted
                else ""
            )
            for noted, things in groups.items()
        ]


def flag_note(row, claim=None):
    """Flag, reason and a link to the ledger: "d: definition differs. The span of years differs. See the ledger."; "none" if there is nothing to say.

    row: a row of observations or of another table with flag and note; claim: the claim to link to, found by the row if not given.
    """
    if not row["flag"] and not row["note"]:
        return "none"
    words = (
        f"{row['flag']}: {read('flags').set_index('flag')['label'][row['flag']]}"
        if row["flag"]
        else ""
    )
    return marked(". ".join(filter(None, [words, row["note"]]))) + link_to(
        claim_of(row) if claim is None else claim
    )


def data_note(rows):
    """One line on where drawn values come from: label, unit, periods, tables, flags with a link to the ledger."""
    units = read("units").set_index("unit")["label"]
    flags = read("flags").set_index("flag")["label"]
    parts = []
    for _, group in rows.groupby("indicator", sort=False):
        periods = list(dict.fromkeys(group["period"]))
        each = len(periods) > 1
        when = (
            ", ".join(f"{c} {p}" for c, p in zip(group["city"], group["period"]))
            if each and len(group) <= FEW
            else "the periods differ, see the data"
            if each
            else periods[0]
        )
        origin = "computed from " if group["formula"].iloc[0] else ""
        places = list_of(
            dict.fromkeys(
                place for _, row in group.iterrows() for place in origins(row)
            )
        )
        part = f"{group['label'].iloc[0]} ({units[group['unit'].iloc[0]].replace('{s}', 's')}): {origin}{places}; {when}."
        part = escape(part)
        for letter, flagged in group[group["flag"] != ""].groupby("flag", sort=False):
            part += Markup(" {} = {}: {}.{}").format(
                letter,
                flags[letter],
                some(flagged["city"].unique()),
                flag_link(flagged.iloc[0]),
            )
        parts.append(part)
    return Markup("<br>").join(parts)
