from dataclasses import replace

from dashboard.age import today
from dashboard.search.index import index
from dashboard.static_copy import finding
from dashboard.static_copy.extent import Extent


def test_words_stand_in_one_order_whatever_the_order_of_the_index(build, monkeypatch):
    extent = Extent(build=build, day=today(), places=("W06000015",))
    script = finding.script(extent, "en")
    whole = index(build)
    backwards = replace(whole, leads=dict(reversed(whole.leads.items())))
    monkeypatch.setattr(finding, "index", lambda _: backwards)
    assert finding.script(extent, "en") == script
