"""Everything that is answered without Streamlit, by its path."""

from __future__ import annotations

from starlette.routing import BaseRoute, Mount, Route

from dashboard import files, scripts
from dashboard.api import service
from dashboard.briefing import web
from dashboard.server import OTHER_ROUTES
from dashboard.web import card_sets, cards, coming, embed, feed, rows, site

ROUTES: tuple[BaseRoute, ...] = (
    Route(web.PATH, files.present),
    Route(files.PATH, files.respond),
    Route(files.OLD_PATH, files.moved),
    Route(rows.PATH, rows.respond),
    Route(embed.PATH, embed.respond),
    Route(card_sets.PATH, card_sets.respond),
    Route(cards.PATH, cards.respond),
    Route(feed.PATH, feed.respond),
    Route(coming.CALENDAR, coming.respond),
    Route(coming.FEED, coming.respond),
    Route(site.ROBOTS, site.robots),
    Route(site.SITEMAP, site.sitemap),
    Route(service.PATH, service.to_index),
    Mount(service.PATH, service.service()),
    Route(scripts.PATH, scripts.answer),
    # Nothing else stands in our own folders; without these Streamlit would answer with a page.
    *(
        Route(f"/{name}{rest}", site.not_found)
        for name in sorted(OTHER_ROUTES - {"health"})
        for rest in ("", "/{rest:path}")
    ),
)
