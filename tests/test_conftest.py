"""The surrounding of the tests is what conftest.py promises."""

from __future__ import annotations

import socket
import time
import urllib.request

import pytest
from pytest_socket import SocketBlockedError

# pytest-socket also warns, and warnings are errors here: either stops the test.
BLOCKED = (SocketBlockedError, UserWarning)


def test_no_internet_socket_can_be_opened():
    with pytest.raises(BLOCKED):
        socket.socket(socket.AF_INET, socket.SOCK_STREAM)


def test_no_name_is_looked_up():
    with pytest.raises(BLOCKED):
        socket.getaddrinfo("example.invalid", 443)


def test_no_page_is_fetched():
    with pytest.raises((*BLOCKED, OSError), match="A test tried to use socket"):
        urllib.request.urlopen("http://example.invalid/", timeout=1)


def test_the_clock_is_not_in_caracas():
    assert time.tzname == ("JST", "JST")
