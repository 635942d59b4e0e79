"""A damaged file is refused in words that name it, whatever library read it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from etl.contract import ContractError


@contextmanager
def readable(path: Path) -> Iterator[None]:
    """Turn whatever a library says about a damaged file into a refusal that names it; a failing disk is not one."""
    try:
        yield
    except ContractError:
        raise
    except Exception as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise
        raise ContractError(
            f"{path.name}: expected a file we can read; came {type(error).__name__}: {error}", kind="damaged"
        ) from error
