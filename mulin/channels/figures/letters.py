"""A mail as it came, read without trust: what it says, from whom, its pictures, or why it is not wanted."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage, Message
from email.utils import getaddresses
from hashlib import sha256
from html.parser import HTMLParser

MOST_BYTES = 25_000_000
MOST_WORDS = 2000
MOST_PARTS = 60
MOST_PICTURES = 6
_ROBOTS = re.compile(r"^(?:mailer-daemon|postmaster|no-?reply|do-?not-?reply|bounces?)(?:[+.\-_].*)?@", re.I)
_ADDRESS = re.compile(r"[^@\s<>\"',;]{1,64}@[a-z0-9](?:[a-z0-9.-]{0,188}[a-z0-9])?", re.I)
_NUMBER = re.compile(r"\b([A-Z]{1,4}-\d{4}-\d{5,})(?:-([0-9A-F]{12}))?\b")  # of a case, and the proof behind it
# What mail programs write above the words they answer to.
_QUOTED = re.compile(
    r"^(?:>|-{2,}\s*(?:Original|原始|原邮件|转发)|_{10,}|(?:On|在|于)\s.{4,160}(?:wrote|写道|寫道)\s*[:：]|\d{4}.{4,120}写道[:：])",
    re.I,
)
_GAPS = re.compile(r"\n{3,}")


class Unwanted(ValueError):
    """A mail that is not taken; the text says why, without anything of what it holds."""


@dataclass(frozen=True)
class Letter:
    """A mail that can be taken. `left_out` counts by kind what did not come along."""

    key: str  # the same for the same mail, however often it is brought
    sender: str
    name: str
    subject: str
    words: str
    number: str  # of the case that its subject names
    proof: str  # what stood behind the number in our own mail
    verified_by: frozenset[str]  # the mail servers that say the sender is who it says
    pictures: list[bytes] = field(default_factory=list)
    left_out: dict[str, int] = field(default_factory=dict)


def read_letter(raw: bytes, *, own: str = "") -> Letter:
    """Read a mail. Raises Unwanted for what is too big, sent by a machine, our own, or says nothing."""
    if len(raw) > MOST_BYTES:
        raise Unwanted("too big")
    try:
        mail = message_from_bytes(raw, policy=policy.default)
        return _read(mail, raw, own)
    except Unwanted:
        raise
    except Exception as error:  # hostile headers make the parser raise almost anything
        raise Unwanted("cannot be read") from error


def _head(mail: Message, name: str) -> str:
    try:
        return " ".join(str(mail.get(name, "")).split())
    except Exception:  # the parser of this header stumbled: as if it were not there
        return ""


def _read(mail: EmailMessage, raw: bytes, own: str) -> Letter:
    name, sender = _sender(mail)
    _by_people(mail, sender, own)
    plain, html, pictures, left_out = _parts(mail)
    subject = _clean(_head(mail, "Subject"))[:200]
    words = _own_words(_clean(plain)) or _own_words(_clean(_text_of(html)))
    found = _NUMBER.search(subject.upper())
    number, proof = (found[1], found[2] or "") if found else ("", "")
    if not words and not pictures and (not subject or number):
        raise Unwanted("no words")
    given = _head(mail, "Message-ID").encode() or raw
    return Letter(
        sha256(given).hexdigest(), sender, _clean(name)[:60], subject, words[:MOST_WORDS], number, proof,
        _verified(mail, sender), pictures[:MOST_PICTURES], left_out,
    )  # fmt: skip


def _sender(mail: Message) -> tuple[str, str]:
    said = [str(each) for each in mail.get_all("From", [])]
    found = [(name, address) for name, address in getaddresses(said) if address]
    if len(said) != 1 or len(found) != 1 or not _ADDRESS.fullmatch(found[0][1]):
        raise Unwanted("no sender to answer to")
    return found[0][0], found[0][1].lower()


def _by_people(mail: Message, sender: str, own: str) -> None:
    if sender == own.lower() or mail.get("X-Mulin"):
        raise Unwanted("our own mail came back")
    if _head(mail, "Return-Path") == "<>" or mail.get_content_type() in ("multipart/report", "message/delivery-status"):
        raise Unwanted("a bounce")
    automatic = _head(mail, "Auto-Submitted").lower().split(";")[0].strip() not in ("", "no")
    bulk = _head(mail, "Precedence").lower() in ("bulk", "list", "junk", "auto_reply")
    if automatic or bulk or mail.get("X-Autoreply") or mail.get("List-Id") or _ROBOTS.match(sender):
        raise Unwanted("sent by a machine")


def _verified(mail: Message, sender: str) -> frozenset[str]:
    """Name the servers whose check of this sender's domain went well; whom to believe is the caller's matter."""
    domain = sender.rpartition("@")[2]
    found = set()
    for said in mail.get_all("Authentication-Results", [])[:10]:
        server, *checks = " ".join(str(said).split()).split(";")
        for check in checks:
            if re.match(r"\s*dmarc=pass\b", check) and re.search(
                rf"header\.from={re.escape(domain)}(?![\w.-])", check, re.I
            ):
                found.add(server.split()[0].lower() if server.split() else "")
    return frozenset(found - {""})


def _parts(mail: Message) -> tuple[str, str, list[bytes], dict[str, int]]:
    plain, html = "", ""
    pictures: list[bytes] = []
    left_out: dict[str, int] = {}
    for at, part in enumerate(mail.walk()):
        if at >= MOST_PARTS:
            raise Unwanted("too many parts")
        kind = part.get_content_type()
        if part.is_multipart():
            continue
        if kind.startswith("image/") and len(pictures) < MOST_PICTURES:
            content = part.get_payload(decode=True)
            pictures.append(content if isinstance(content, bytes) else b"")
        elif kind == "text/plain" and not part.get_filename() and not plain:
            plain = _decoded(part)
        elif kind == "text/html" and not part.get_filename() and not html:
            html = _decoded(part)
        elif kind not in ("text/plain", "text/html") or part.get_filename():
            left_out[kind[:60]] = left_out.get(kind[:60], 0) + 1
    return plain, html, pictures, left_out


def _decoded(part: Message) -> str:
    content = part.get_payload(decode=True)
    said = str(part.get_content_charset() or "utf-8")
    raw = content[: MOST_WORDS * 200] if isinstance(content, bytes) else b""
    # Mail programs here write gb2312 and mean its larger sister.
    charset = "gb18030" if said in ("gb2312", "gbk", "x-gbk") else said
    for name in (charset, "utf-8", "gb18030"):
        try:
            return raw.decode(name)
        except (LookupError, UnicodeDecodeError, ValueError):
            continue
    return raw.decode("utf-8", "replace")


def _clean(text: str) -> str:
    kept = (sign for sign in text.replace("\r\n", "\n").replace("\r", "\n") if sign in "\n\t" or sign.isprintable())
    return _GAPS.sub("\n\n", "".join(kept)).strip()


def _own_words(text: str) -> str:
    """Keep what stands above the quoted mail and the signature."""
    lines: list[str] = []
    for line in text.split("\n"):
        if _QUOTED.match(line.strip()) or line.rstrip() == "--":
            break
        lines.append(line.rstrip())
    return "\n".join(lines).strip()


class _Text(HTMLParser):
    """Takes the words out of a page; whatever it would run or show is left."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag in ("script", "style", "head", "blockquote"):
            self.hidden += 1
        elif tag in ("br", "p", "div", "tr", "li", "h1", "h2", "h3"):
            self.said.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style", "head", "blockquote"):
            self.hidden = max(self.hidden - 1, 0)

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.said.append(data)


def _text_of(html: str) -> str:
    reader = _Text()
    reader.feed(html)
    lines = (" ".join(line.split()) for line in "".join(reader.said).split("\n"))
    return "\n".join(line for line in lines if line)
