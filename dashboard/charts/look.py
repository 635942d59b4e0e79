"""The one look of every chart: type and colours. Nothing else sets a colour or a font."""

NAVY, TEAL, PLUM, ORANGE = "#12436D", "#28A197", "#801650", "#F46A25"
INK, MUTED, RULE, OTHERS = "#0B0C0C", "#505A5F", "#E3E6E8", "#A9B1B6"
BENCHMARK = "#3D3D3D"
# Of places side by side, ours first: their lines, and the words at the ends of those, which must be read on white.
PLACES, PLACE_NAMES = (NAVY, TEAL, PLUM, ORANGE), (NAVY, "#1B736B", PLUM, "#B84A0F")
SEQUENTIAL = ("#D6E6F4", "#9CC3E4", "#5A9BD0", "#2073BC", "#12436D")
NO_FIGURE = "#F1F2F2"
BAND = "#E8F0F8"
FONT = '"Source Sans", "Source Sans 3", "Source Sans Pro", Arial, sans-serif'


def paler(colour: str) -> str:
    """Return a colour as it looks on white with a fifth of its strength."""
    strong = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return "#" + "".join(f"{round(255 - (255 - part) / 5):02X}" for part in strong)
