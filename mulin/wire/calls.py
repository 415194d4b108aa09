"""One call to another machine: only public addresses, no redirects, little time and space. Never raises."""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
from contextlib import suppress
from dataclasses import dataclass
from threading import Timer
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

EACH, ALL = 5.0, 10.0  # seconds: for each step, and for everything
MOST_READ = 64 * 1024
_TRANSLATED = [ipaddress.ip_network(net) for net in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32")]
IP = ipaddress.IPv4Address | ipaddress.IPv6Address


@dataclass(frozen=True)
class Reply:
    """What came back: a status code, or why there is none."""

    code: int | None = None
    error: str = ""
    body: bytes = b""
    is_cut: bool = False  # there was more than is read
    arrived: bool = False  # whether the other side may have got what was sent

    @property
    def is_good(self) -> bool:
        return self.code is not None and 200 <= self.code < 300


class Astray(Exception):
    """An address that leads where nothing is sent."""


def is_public(address: IP) -> bool:
    """Tell whether an address is one of the open internet, however it is written."""
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            return is_public(address.ipv4_mapped)
        # These carry an IPv4 address inside, which may be anything.
        if any(address in network for network in _TRANSLATED):
            return False
        if address.is_site_local:
            return False
    return address.is_global and not address.is_multicast


def resolve(host: str, port: int) -> str:
    """Return the address to connect to; one that is not public among a host's addresses refuses them all."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise Astray("no such host") from None
    addresses = [str(each[4][0]).partition("%")[0] for each in found]
    if not addresses:
        raise Astray("no such host")
    if host not in settings.WEBHOOK_HTTP_HOSTS and not all(is_public(ipaddress.ip_address(one)) for one in addresses):
        raise Astray("not a public address")
    return addresses[0]


def post(url: str, headers: dict[str, str], body: bytes) -> Reply:
    """Send a message and read how it was taken; never raises."""
    return call("POST", url, headers, body)


def call(method: str, url: str, headers: dict[str, str], body: bytes | None = None, most: int = MOST_READ) -> Reply:
    """Make one call and read at most so many bytes of its answer; never raises. A redirect is an answer like others."""
    went: list[bool] = []
    try:
        return _call(method, urlsplit(url), headers, body, most, went)
    except Astray as astray:
        return Reply(error=str(astray))
    except ssl.SSLError as error:
        return Reply(error=f"TLS: {error.reason or 'failed'}"[:200], arrived=bool(went))
    except (OSError, http.client.HTTPException, ValueError) as error:
        return Reply(error=type(error).__name__[:200], arrived=bool(went))


def _call(
    method: str, url: SplitResult, headers: dict[str, str], body: bytes | None, most: int, went: list[bool]
) -> Reply:
    host, is_safe = str(url.hostname), url.scheme == "https"
    if not is_safe and host not in settings.WEBHOOK_HTTP_HOSTS:
        raise Astray("not https")
    port = url.port or (443 if is_safe else 80)
    plain = socket.create_connection((resolve(host, port), port), timeout=EACH)
    # A machine that sends a byte now and then would keep each step alive for ever.
    wire = _sealed(plain, host) if is_safe else plain
    watch = Timer(ALL, _cut, [wire])
    watch.daemon = True
    watch.start()
    try:
        if isinstance(wire, ssl.SSLSocket):
            wire.do_handshake()
        connection = http.client.HTTPConnection(host, port, timeout=EACH)
        connection.sock = wire
        path = (url.path or "/") + (f"?{url.query}" if url.query else "")
        went.append(True)
        connection.request(method, path, body, {**headers, "Host": url.netloc, "Connection": "close"})
        response = connection.getresponse()
        read = response.read(most + 1)
        # What is cut off by the watch ends as if it were whole, where no length was said.
        if not watch.is_alive():
            raise TimeoutError
        return Reply(response.status, body=read[:most], is_cut=len(read) > most, arrived=True)
    finally:
        watch.cancel()
        with suppress(OSError):
            wire.close()


def _sealed(plain: socket.socket, host: str) -> socket.socket:
    # It takes the plain socket over, which is empty from then on: this is the one to watch and to close.
    context = ssl.create_default_context()
    return context.wrap_socket(plain, server_hostname=host, do_handshake_on_connect=False)


def _cut(wire: socket.socket) -> None:
    with suppress(OSError):
        socket.socket.shutdown(wire, socket.SHUT_RDWR)
