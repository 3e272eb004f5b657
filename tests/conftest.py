"""What all tests share: a folder of their own in which crawls leave word for each other."""

from collections.abc import Iterator

import pytest


@pytest.fixture(scope="module", autouse=True)
def _own_state(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Let no test meet the hosts' queues of another file's tests, nor of the person who runs them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BASKYCH_STATE", str(tmp_path_factory.mktemp("state")))
        yield
