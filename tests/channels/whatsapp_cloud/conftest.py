"""A server that plays the Graph API, for each test."""

from collections.abc import AsyncIterator

import pytest

from tests.channels.graph.fake_graph import FakeGraph, fake_graph


@pytest.fixture
async def graph() -> AsyncIterator[FakeGraph]:
    async with fake_graph() as running:
        yield running
