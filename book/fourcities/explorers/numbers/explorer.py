"""The explorer of indicators: pick cities and an indicator; see it in a view."""

from collections.abc import Iterable
from typing import cast

import pandas as pd

from fourcities.facts import about, lookup, observations, year_of
from fourcities.facts import cities as all_cities

from ..common.base import BaseExplorer, one_of
from ..common.shapes import Picks
from .data import page_data
from .shapes import NumberPicks
from .views import profile_view, values_view


class Explorer(BaseExplorer):
    """Pick cities and an indicator; see bars, a table or a profile of the cities.

    Its `value` is the picks: a dictionary with cities, indicator, relate, period, sort
    and view. Setting some of its keys leaves the others.

    Parameters
    ----------
    *indicators : str
        Keys of indicators.csv to choose from; all of them if none is given.
    cities : iterable of str, optional
        Cities picked at first, by key or English name; all if not given.
    indicator : str, optional
        The one shown at first; the first of `indicators` if not given.
    relate : str
        "absolute" or a key of relations.csv that the indicator allows.
    period : str or int
        "all", "latest" of each city, or a year of the indicator, such as "2016".
    sort : str
        "report", "value" or "name".
    view : str
        "bars", "table" or "profile" (which has the latest values).
    label : str
        Name to refer to the explorer by.

    Raises
    ------
    PickError
        A ValueError, naming the valid choices, for an unknown city, indicator,
        relation, period, sort or view.

    Examples
    --------
    >>> import fourcities as fc
    >>> explorer = fc.Explorer("gdp", "area", cities=["Berlin", "cologne"])
    >>> explorer.value["cities"], explorer.value["indicator"]
    (['berlin', 'cologne'], 'gdp')
    >>> explorer.value = {"indicator": "area"}
    >>> explorer.value["view"]
    'bars'
    """

    def __init__(
        self,
        *indicators: str,
        cities: Iterable[str] | None = None,
        indicator: str | None = None,
        relate: str = "absolute",
        period: str | int = "all",
        sort: str = "report",
        view: str = "bars",
        label: str = "explorer",
    ) -> None:
        known = lookup("indicators", "label")
        to_choose = [one_of(key, known, "indicator") for key in indicators]
        to_choose = to_choose or list(known)
        picks = {
            "cities": all_cities() if cities is None else cities,
            "indicator": indicator or to_choose[0],
            "relate": relate,
            "period": str(period),
            "sort": sort,
            "view": view,
        }
        super().__init__(page_data(to_choose, label), picks)

    def _settle(self, picks: Picks, asked: Picks) -> Picks:
        """The picks, of which relation and period are those of the indicator.

        One that it does not have is an error if it was asked for; a new indicator
        starts absolute, with all periods.
        """
        indicator = picks["indicator"]
        relations = ["absolute", *about(indicator)["relate"].split()]
        allowed = {"relate": relations, "period": self._periods(indicator)}
        for key, options in allowed.items():
            if picks[key] not in options and key not in asked:
                picks[key] = options[0]
            one_of(picks[key], options, f"{key} for {indicator}")
        return picks

    def _periods(self, indicator: str) -> list[str]:
        """The periods that can be picked for an indicator.

        All; the latest if a city has several; and each year.
        """
        rows = observations(indicator)
        latest = ["latest"] if rows["place"].duplicated().any() else []
        years = {f"{year:.0f}" for year in year_of(rows).dropna()}
        return ["all", *latest, *sorted(years)]

    def frame(self) -> pd.DataFrame:
        """The picked rows.

        Returns
        -------
        DataFrame
            The columns of `observations`, a row for each value, in the order shown.
            The profile has the rows of all indicators.
        """
        picks = self._picks()
        if picks["view"] == "profile":
            indicators = [key for key, _ in self.data["choices"]["indicator"]]
            return observations(*indicators, places=picks["cities"])
        rows = observations(
            picks["indicator"],
            places=picks["cities"],
            relate=picks["relate"],
            period=picks["period"],
        )
        return _sorted(rows, picks["sort"]).reset_index(drop=True)

    def view(self) -> str:
        """The HTML of the present view.

        Returns
        -------
        str
            Bars and table: a row for each city and period, below what to mind when
            comparing them. Profile: a row for each indicator, a column for each city.
        """
        picks, label = self._picks(), f"{self.data['id']}-table"
        if picks["view"] == "profile":
            indicators = dict(self.data["choices"]["indicator"])
            return profile_view(indicators, picks["cities"], label)
        return values_view(self.frame(), picks, label)

    def _picks(self) -> NumberPicks:
        return cast(NumberPicks, self.value)


def _sorted(rows: pd.DataFrame, sort: str) -> pd.DataFrame:
    if sort == "value":
        return rows.sort_values("value", ascending=False, kind="stable")
    if sort == "name":
        return rows.sort_values("city", kind="stable")
    return rows
