"""A security key made of software: it answers as a browser with a real one would (ES256, no attestation)."""

import json
import secrets
from dataclasses import dataclass, field
from hashlib import sha256

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from webauthn import base64url_to_bytes
from webauthn.helpers import bytes_to_base64url as text

SITE = "http://localhost:8000"


@dataclass
class SoftKey:
    """One passkey on one device."""

    origin: str = SITE
    host: str = "localhost"
    verifies: bool = True  # the device checks who holds it
    count: int = 0
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    id: bytes = field(default_factory=lambda: secrets.token_bytes(32))

    def make(self, options):
        """Answer navigator.credentials.create()."""
        numbers = self.key.public_key().public_numbers()
        cose = {1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32, "big"), -3: numbers.y.to_bytes(32, "big")}
        held = bytes(16) + len(self.id).to_bytes(2, "big") + self.id + cbor2.dumps(cose)
        made = {"fmt": "none", "attStmt": {}, "authData": self._said(0x40) + held}
        client = self._client("webauthn.create", options)
        return self._written(
            clientDataJSON=text(client), attestationObject=text(cbor2.dumps(made)), transports=["internal"]
        )

    def show(self, options):
        """Answer navigator.credentials.get()."""
        self.count += 1
        client, said = self._client("webauthn.get", options), self._said(0)
        signed = self.key.sign(said + sha256(client).digest(), ec.ECDSA(SHA256()))
        return self._written(clientDataJSON=text(client), authenticatorData=text(said), signature=text(signed))

    def _said(self, more):
        flags = 0x01 | (0x04 if self.verifies else 0) | more
        return sha256(self.host.encode()).digest() + bytes([flags]) + self.count.to_bytes(4, "big")

    def _client(self, kind, options):
        challenge = text(base64url_to_bytes(options["challenge"]))
        return json.dumps({"type": kind, "challenge": challenge, "origin": self.origin}).encode()

    def _written(self, **response):
        name = text(self.id)
        return json.dumps({"id": name, "rawId": name, "type": "public-key", "response": response})
