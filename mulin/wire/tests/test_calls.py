"""Nothing is sent to a machine of one's own net, however its address is written."""

import ipaddress
import socket
import threading
import time
from contextlib import suppress

import pytest

from mulin.wire import calls as wire

INSIDE = [
    "127.0.0.1", "10.0.0.5", "172.16.3.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
    "255.255.255.255", "::1", "::", "fe80::1", "fc00::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
    "64:ff9b::7f00:1", "fec0::1", "2002:7f00:1::", "2001:0:7f00:1::", "192.0.2.1",
]  # fmt: skip


@pytest.mark.parametrize("address", INSIDE)
def test_an_address_inside_is_refused(address):
    assert not wire.is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", ["1.1.1.1", "2606:4700::1111"])
def test_an_address_of_the_open_internet_is_taken(address):
    assert wire.is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("written", ["https://127.1/", "https://2130706433/", "https://[::1]/", "https://localhost/"])
def test_a_hidden_way_inside_is_refused(written):
    assert wire.post(written, {}, b"{}") == wire.Reply(error="not a public address")


def test_a_host_with_one_address_inside_is_refused(monkeypatch):
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, 443)) for ip in ("1.1.1.1", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    with pytest.raises(wire.Astray, match="not a public address"):
        wire.resolve("two.example", 443)


def test_what_was_checked_is_what_is_called(monkeypatch):
    # A second look-up could answer otherwise: the connection goes to the address that was looked at.
    asked, called = [], []
    answer = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("1.1.1.1", 443))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *given, **_: asked.append(given[0]) or answer)

    def connect(address, timeout):
        called.append(address)
        raise TimeoutError

    monkeypatch.setattr(socket, "create_connection", connect)
    assert wire.post("https://other.example/in", {}, b"{}").error == "TimeoutError"
    assert (asked, called) == (["other.example"], [("1.1.1.1", 443)])


def test_without_https_nothing_is_sent():
    assert wire.post("http://1.1.1.1/", {}, b"{}") == wire.Reply(error="not https")


def test_an_unknown_host_is_an_answer_and_no_crash(monkeypatch):
    def unknown(*_, **__):
        raise socket.gaierror("no")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    assert wire.post("https://nowhere.example/", {}, b"{}").error == "no such host"


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_machine_that_answers_byte_by_byte_is_cut_off(scheme, settings, monkeypatch):
    settings.WEBHOOK_HTTP_HOSTS = ["localhost"]
    monkeypatch.setattr(wire, "ALL", 0.5)
    ended = threading.Event()

    def drip(server):
        # A first line, or the first record of TLS, that never ends.
        line, _address = server.accept()
        with line, suppress(OSError):
            line.sendall(b"HTTP/1.1 2" if scheme == "http" else b"\x16\x03\x03\x40\x00")
            while not ended.wait(0.1):
                line.sendall(b"\x00" if scheme == "https" else b"x")

    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=drip, args=(server,), daemon=True)
        thread.start()
        begun = time.monotonic()
        reply = wire.post(f"{scheme}://localhost:{server.getsockname()[1]}/", {}, b"{}")
        took = time.monotonic() - begun
        ended.set()
        thread.join()
    assert reply.code is None
    assert reply.error
    assert took < 4
