"""What a click on an area, a dot or a row of a chart can lead to: that place, or that place beside ours.

The awkward fact: what Plotly draws knows no codes but on maps; what it says of a point begins with the name of its
area. So a chart carries its areas by name, each with its two ways in the reader's words.
"""

from __future__ import annotations

from dashboard import beside, drill, queries
from dashboard.figure import Figure
from dashboard.figures.request import Request
from dashboard.i18n import t
from dashboard.model import Area

MOST = 60  # areas; of more, a click on one tells less than the picker


def ways(figure: Figure, request: Request) -> dict[str, dict[str, str]]:
    """Return the areas of a figure's table by name: {"Cardiff": {"place": "W06000015", "go": …, "beside": …}}.

    Empty where the figure is of one area, or of too many.
    """
    named = figure.table.areas()
    if len(named) < 2:
        return {}
    areas = queries.areas(build=request.build)
    are_small = all(drill.is_small(one, build=request.build) for one in named.values())
    if len(named) > MOST and not are_small:
        return {}
    selectable = set(queries.places(build=request.build))
    allowed = {*beside.choices(request.place, build=request.build)} - {one.code for one in request.beside}
    ways_by_name: dict[str, dict[str, str]] = {}
    for label, one in named.items():
        if one in areas and one != request.place.code:
            way = _way(areas[one], request, go=are_small or one in selectable, put=one in allowed)
            ways_by_name |= {str(label): way} if way else {}
    return ways_by_name


def _way(area: Area, request: Request, *, go: bool, put: bool) -> dict[str, str]:
    lang = request.lang
    name = area.name.text(lang)
    target = area.to.text(lang) if area.to else ""
    labels = {}
    if go:
        labels["go"] = t("explore.go", lang=lang, to=target) if target else t("explore.open", lang=lang, name=name)
    if put:
        labels["beside"] = t("explore.beside", lang=lang, name=name)
    return {"place": area.code, **labels} if labels else {}
