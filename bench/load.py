"""A process that reports over keep-alive connections to 127.0.0.1, so many times, and says how long each took."""

from __future__ import annotations

import argparse
import asyncio
import itertools
import json
import random
import time
from collections.abc import Iterator
from pathlib import Path

WEST, SOUTH, SIDE = 117.1, 39.195, 0.01  # the square of every community
WORDS = "The lamp at the gate of building {} is out since yesterday evening, people cannot see the steps."


def requests(targets: list[tuple[str, str]], count: int) -> Iterator[bytes]:
    """Write the requests beforehand, so that only sending and waiting is timed."""
    chance = random.Random(11)
    for number, (slug, key) in zip(range(count), itertools.cycle(targets), strict=False):
        asked = {
            "words": WORDS.format(number), "category": "lamp", "lon": WEST + SIDE * (0.1 + 0.8 * chance.random()),
            "lat": SOUTH + SIDE * (0.1 + 0.8 * chance.random()),
        }  # fmt: skip
        body = json.dumps(asked).encode()
        yield (
            f"POST /api/v1/{slug}/cases HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {key}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        ).encode() + body


async def _send(port: int, until: float, waiting: Iterator[bytes], took: list[float], faults: list[str]) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for request in waiting:
        at = time.perf_counter()
        if at > until:
            break
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        length = next(int(line[15:]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:"))
        body = await reader.readexactly(length)
        took.append(time.perf_counter() - at)
        if head.split(b" ", 2)[1] != b"201":
            faults.append((head[:60] + body[:300]).decode(errors="replace"))
    writer.close()


async def _all(port: int, targets: list[tuple[str, str]], count: int, connections: int, most: float) -> None:
    took: list[float] = []
    faults: list[str] = []
    waiting = iter(list(requests(targets, count)))
    at = time.perf_counter()
    await asyncio.gather(*(_send(port, at + most, waiting, took, faults) for _one in range(connections)))
    seconds = time.perf_counter() - at
    took.sort()
    part = {f"p{share}": took[min(len(took) - 1, len(took) * share // 100)] * 1000 for share in (50, 95, 99)}
    print(json.dumps({"seconds": seconds, "count": len(took), "faults": len(faults), "first": faults[:1], **part}))


def main() -> None:
    """Send what was asked for."""
    asked = argparse.ArgumentParser()
    asked.add_argument("targets", type=Path)
    asked.add_argument("--port", type=int, required=True)
    asked.add_argument("--requests", type=int, default=3000)
    asked.add_argument("--connections", type=int, default=16)
    asked.add_argument("--seconds", type=float, default=20, help="stop then, even if not all were sent")
    options = asked.parse_args()
    targets = [(slug, key) for slug, key in json.loads(options.targets.read_text())]
    asyncio.run(_all(options.port, targets, options.requests, options.connections, options.seconds))


if __name__ == "__main__":
    main()
