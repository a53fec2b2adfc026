import pytest

from service import Service


@pytest.fixture(scope="session")
def service():
    """A service for all tests that change nothing about it."""
    with Service("--stand-in") as running:
        yield running
        assert running.left == []
