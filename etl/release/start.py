"""What a server does before it answers: the newest figures on show where that can be had, the last good ones otherwise.

The awkward fact: whatever is wrong with the tables or the disk, the worst answer is none. So nothing here raises, and
what went wrong comes back in words.
"""

from __future__ import annotations

import logging
from pathlib import Path

from etl.contract import ContractError
from etl.pipeline.load import build, keep_on_show
from etl.pipeline.lock import only_one
from etl.release.staging import interrupted, recover

log = logging.getLogger("cohesion")


def ready(*, data: Path) -> str:
    """Build the database from `data`, or keep the newest whole build on show; return what went wrong, or "".

    A refresh that was killed half way is put right first, unless another one is at work in the folder. The log has
    everything; the words returned are for readers too, and name no path of this machine.
    """
    try:
        if interrupted(data=data):
            with only_one(data=data, doing="a start"):
                log.warning("A refresh was stopped half way. %s", recover(data=data))
        build(data=data)
    except ContractError as error:
        log.error("The figures were not rebuilt; the last good build stays on show.\n%s", error)
        wrong = str(error)
    except Exception as error:
        log.exception("The figures were not rebuilt; the last good build stays on show.")
        wrong = type(error).__name__
    else:
        return ""
    try:
        keep_on_show(data=data)
    except ContractError as error:
        log.error("No other build could be put on show.\n%s", error)
    except Exception:
        log.exception("No other build could be put on show.")
    return wrong
