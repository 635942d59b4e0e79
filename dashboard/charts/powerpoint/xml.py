"""The pieces of a native chart that python-pptx has no words for: single labels, whiskers, an area behind a line.

The awkward fact: PowerPoint refuses a whole deck for one element in the wrong place. Each piece is therefore put in
where the order of its parent (ECMA-376, part 1, chapter 21.2) wants it, by `put`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn

from dashboard.charts.look import INK
from dashboard.charts.powerpoint.frame import CHART_SIZE
from dashboard.i18n import LOCALE, Language
from dashboard.i18n.bilingual import parts_of

# Without this LibreOffice draws a line from each label to where it would have stood.
_NO_LEADERS = (
    '<c:extLst><c:ext xmlns:c15="http://schemas.microsoft.com/office/drawing/2012/chart" '
    'uri="{CE6537A1-D6FC-4f65-9D91-7224C49458BB}"><c15:showLeaderLines val="0"/></c:ext></c:extLst>'
)
_TAG = re.compile(r"<[^>]+>")
_HEAD = re.compile(r"^<(c:\w+)")
_PLOTS, _AXES = ("lineChart", "barChart", "areaChart", "scatterChart"), ("valAx", "catAx", "dateAx")
_WRITTEN_ORDERS = {
    ("ser",): """idx order tx spPr invertIfNegative marker explosion dPt dLbls trendline errBars cat xVal val yVal
        smooth extLst""",
    _PLOTS: """barDir grouping scatterStyle varyColors ser dLbls dropLines hiLowLines upDownBars gapWidth overlap marker
        smooth axId""",
    _AXES: """axId scaling delete axPos majorGridlines minorGridlines title numFmt majorTickMark minorTickMark
        tickLblPos spPr txPr crossAx crosses crossesAt crossBetween auto lblAlgn lblOffset noMultiLvlLbl baseTimeUnit
        majorUnit majorTimeUnit""",
    ("plotArea",): "layout areaChart lineChart barChart scatterChart valAx catAx dateAx spPr",
    ("chartSpace",): "date1904 lang roundedCorners style clrMapOvr chart spPr txPr externalData",
    ("chart",): "title autoTitleDeleted plotArea legend plotVisOnly dispBlanksAs showDLblsOverMax",
}
_ORDERS = {parent: order.split() for parents, order in _WRITTEN_ORDERS.items() for parent in parents}


@dataclass(frozen=True, kw_only=True)
class Label:
    """What is written at one point: its own number in `code`, a number format, or `text` where there is one."""

    at: int
    where: str
    code: str = "General"
    text: str = ""
    color: str = INK
    bold: bool = False
    size: int = CHART_SIZE
    shift: float = 0  # to the right of where it would stand, as a share of the chart's width


def plain(text: str) -> str:
    """Return the words that stand over a point as plain text: "Newport: +13.3%"."""
    return _TAG.sub("", text.replace("<br>", ": ", 1).replace("<br>", ", "))


def piece(xml: str) -> Any:
    """Parse one element of the chart namespace, `<c:…>`."""
    return parse_xml(_HEAD.sub(rf"<\1 {nsdecls('c', 'a')}", xml, count=1))


def put(parent: Any, xml: str) -> Any:
    """Put one element into its parent where the schema wants it, in place of one of the same name."""
    element = piece(xml)
    name = _local(element)
    for old in parent.findall(qn(f"c:{name}")):
        parent.remove(old)
    order = _ORDERS[_local(parent)]
    later = set(order[order.index(name) + 1 :])
    before = next((child for child in parent if _local(child) in later), None)
    parent.append(element) if before is None else before.addprevious(element)
    return element


def _local(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def fill(color: str) -> str:
    """Return a fill of one colour, or none for ""."""
    return f'<a:solidFill><a:srgbClr val="{color.lstrip("#")}"/></a:solidFill>' if color else "<a:noFill/>"


def line(color: str, *, width: float = 1, dash: str = "solid") -> str:
    """Return a line of a colour, or none for ""; `width` in points."""
    if not color:
        return "<a:ln><a:noFill/></a:ln>"
    return f'<a:ln w="{round(width * 12_700)}" cap="rnd">{fill(color)}<a:prstDash val="{dash}"/><a:round/></a:ln>'


def look(*, inside: str = "", outline: str = "", width: float = 1, dash: str = "solid", line_only: bool = False) -> str:
    """Return the shape properties of a series, an axis or a point; a line has no inside to fill."""
    filled = "" if line_only else fill(inside)
    return f"<c:spPr>{filled}{line(outline, width=width, dash=dash)}</c:spPr>"


def letters(
    *, lang: Language, size: float = CHART_SIZE, color: str = INK, bold: bool = False, tag: str = "defRPr"
) -> str:
    """Return run properties for the text of a chart."""
    return f'<a:{tag} lang="{LOCALE[lang]}" sz="{round(size * 100)}" b="{int(bold)}">{fill(color)}</a:{tag}>'


def text_look(*, lang: Language, size: float = CHART_SIZE, color: str = INK, bold: bool = False) -> str:
    """Return the text properties of an axis, a label or the whole chart."""
    own = letters(lang=lang, size=size, color=color, bold=bold)
    return (
        f'<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr>{own}</a:pPr><a:endParaRPr lang="{LOCALE[lang]}"/></a:p></c:txPr>'
    )


def label_points(series: Any, labels: Iterable[Label], *, lang: Language) -> None:
    """Write labels at some points of a series, and at no others."""
    own = "".join(_label(label, lang=lang) for label in labels)
    put(series._element, f"<c:dLbls>{own}{_labels_of('')}{_NO_LEADERS}</c:dLbls>")


def _label(label: Label, *, lang: Language) -> str:
    modes = f'<c:manualLayout><c:x val="{label.shift:.4f}"/><c:y val="0"/></c:manualLayout>'
    moved = f"<c:layout>{modes}</c:layout>" if label.shift else ""
    rich = f"<c:tx>{_rich(label, lang=lang)}</c:tx>"
    plain = f'<c:numFmt formatCode={quoteattr(label.code)} sourceLinked="0"/><c:spPr><a:noFill/></c:spPr>'
    plain += text_look(lang=lang, size=label.size, color=label.color, bold=label.bold)
    content = rich if label.text else plain
    place = f'<c:dLblPos val="{label.where}"/>{_labels_of("showVal")}'
    return f'<c:dLbl><c:idx val="{label.at}"/>{moved}{content}{place}</c:dLbl>'


def _rich(label: Label, *, lang: Language) -> str:
    """Return a label's own words, one line under the other, each part in its language."""
    rows = rows_of(label.text, lang=lang, size=label.size, color=label.color, bold=label.bold)
    side = {"l": "r", "r": "l"}.get(label.where, "ctr")
    lines = "".join(f'<a:p><a:pPr algn="{side}"/>{row}</a:p>' for row in rows)
    return f'<c:rich><a:bodyPr wrap="none"/><a:lstStyle/>{lines}</c:rich>'


def rows_of(text: str, *, lang: Language, size: float, color: str, bold: bool = False) -> list[str]:
    """Return the runs of each line of a text, each part in its own language."""
    rows: list[str] = [""]
    for own, part in parts_of(text, lang=lang):
        look = letters(lang=own, size=size, color=color, bold=bold, tag="rPr")
        for number, words in enumerate(part.split("\n")):
            rows += [""] if number else []
            rows[-1] += f"<a:r>{look}<a:t>{escape(words)}</a:t></a:r>" if words else ""
    return rows


def _labels_of(which: str) -> str:
    names = ("showLegendKey", "showVal", "showCatName", "showSerName", "showPercent", "showBubbleSize")
    return "".join(f'<c:{name} val="{int(name == which)}"/>' for name in names)


def drop_lines(series: Any, *, color: str, dash: str) -> None:
    """Draw an upright line from each point of a series down to zero."""
    put(
        series._element,
        '<c:errBars><c:errDir val="y"/><c:errBarType val="minus"/><c:errValType val="percentage"/><c:noEndCap val="1"/>'
        f'<c:val val="100"/>{look(outline=color, width=1.25, dash=dash)}</c:errBars>',
    )


def dot(*, symbol: str, size: int, color: str, outline: str = "") -> str:
    """Return a marker; `symbol` "none" for none."""
    if symbol == "none":
        return '<c:marker><c:symbol val="none"/></c:marker>'
    shape = look(inside=color, outline=outline or color, width=1.5)
    return f'<c:marker><c:symbol val="{symbol}"/><c:size val="{size}"/>{shape}</c:marker>'


def titled(text: str, *, lang: Language) -> str:
    """Return a chart's own title, bold, which stands above the axes and not over them."""
    run = letters(lang=lang, bold=True, tag="rPr")
    rich = f"<c:tx><c:rich><a:bodyPr/><a:p><a:r>{run}<a:t>{escape(text)}</a:t></a:r></a:p></c:rich></c:tx>"
    return f'<c:title>{rich}<c:overlay val="0"/></c:title>'


def inner_layout(chart: Any, *, left: float, top: float, width: float, height: float) -> None:
    """Set where the axes stand inside the chart, as shares of it, so that labels have the room they were given."""
    sides = "".join(f'<c:{n} val="{v:.4f}"/>' for n, v in (("x", left), ("y", top), ("w", width), ("h", height)))
    modes = '<c:layoutTarget val="inner"/><c:xMode val="edge"/><c:yMode val="edge"/>'
    put(chart._chartSpace.chart.plotArea, f"<c:layout><c:manualLayout>{modes}{sides}</c:manualLayout></c:layout>")
