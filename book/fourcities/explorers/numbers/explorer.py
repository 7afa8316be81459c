"""The explorer of indicators: pick cities and an indicator; see bars, a table or a profile."""

from fourcities.facts import about, observations, read, year_of
from fourcities.facts import cities as all_cities

from ..common.base import BaseExplorer, one_of
from .data import page_data
from .views import profile_view, values_view


class Explorer(BaseExplorer):
    """Pick cities and an indicator; see bars, a table or a profile of the cities.

    indicators: keys of indicators.csv to choose from; all of them if none is given.
    cities: cities picked at first, by key or English name; all if not given.
    indicator: the one shown at first (the first of `indicators` if not given); relate: "absolute" or a key of relations.csv that it allows;
    period: "all", "latest" of each city, or a year of the indicator, such as "2016"; sort: "report", "value" or "name";
    view: "bars", "table" or "profile" (which has the latest values); label: name to refer to the explorer by.
    `value` is the picks: a dictionary with cities, indicator, relate, period, sort and view. Setting some of its keys leaves the others.
    Raises ValueError, naming the valid choices, for an unknown city, indicator, relation, period, sort or view.
    """

    def __init__(
        self,
        *indicators,
        cities=None,
        indicator=None,
        relate="absolute",
        period="all",
        sort="report",
        view="bars",
        label="explorer",
    ):
        known = dict(zip(read("indicators")["indicator"], read("indicators")["label"]))
        indicators = [one_of(i, known, "indicator") for i in indicators] or list(known)
        picks = {
            "cities": all_cities() if cities is None else cities,
            "indicator": indicator or indicators[0],
            "relate": relate,
            "period": str(period),
            "sort": sort,
            "view": view,
        }
        super().__init__(page_data(indicators, label), picks)

    def _settle(self, picks, asked):
        """A relation or period that the indicator does not have is an error if it was asked for; a new indicator starts absolute, with all periods."""
        for key, allowed in (
            ("relate", ["absolute", *about(picks["indicator"])["relate"].split()]),
            ("period", self._periods(picks["indicator"])),
        ):
            if picks[key] not in allowed and key not in asked:
                picks[key] = allowed[0]
            one_of(picks[key], allowed, f"{key} for {picks['indicator']}")
        return picks

    def _periods(self, indicator):
        """The periods that can be picked for an indicator: all, the latest if a city has several, and each year."""
        rows = observations(indicator)
        return [
            "all",
            *(["latest"] if rows["place"].duplicated().any() else []),
            *sorted({f"{year:.0f}" for year in year_of(rows).dropna()}),
        ]

    def frame(self):
        """The picked rows as a DataFrame: the columns of `observations`, in the order shown. The profile has those of all indicators."""
        picks = self.value
        if picks["view"] == "profile":
            return observations(
                *(key for key, _ in self.data["choices"]["indicator"]),
                places=picks["cities"],
            )
        rows = observations(
            picks["indicator"],
            places=picks["cities"],
            relate=picks["relate"],
            period=picks["period"],
        )
        return _sorted(rows, picks["sort"]).reset_index(drop=True)

    def view(self):
        """The HTML of the present view."""
        return (
            profile_view(self) if self.value["view"] == "profile" else values_view(self)
        )


def _sorted(rows, sort):
    if sort == "value":
        return rows.sort_values("value", ascending=False, kind="stable")
    return rows.sort_values("city", kind="stable") if sort == "name" else rows
