"""What is read from the environment: as it is meant, or stopped with a sentence."""

import os
import subprocess
import sys
from base64 import b64encode

import pytest

SHOW = "from mulin.config import settings as s; print(s.EMAIL_HOST_USER, s.EMAIL_HOST_PASSWORD, len(s.MULIN_HASH_KEY))"


def started(tmp_path, **given):
    environment = {**os.environ, "MULIN_DATA": str(tmp_path), **given}
    return subprocess.run([sys.executable, "-c", SHOW], env=environment, capture_output=True, text=True)


def test_signs_in_a_password_are_written_as_in_any_address(tmp_path):
    given = {"MULIN_MAIL_URL": "smtp://me%40here:p%23w%2Fd@mail.test:587"}
    key = b64encode(bytes(32)).decode()
    assert started(tmp_path, **given, MULIN_HASH_KEY=key).stdout.split() == ["me@here", "p#w/d", "32"]


@pytest.mark.parametrize("key", ["short", "c2hvcnQ="])
def test_a_key_that_is_none_stops_the_start(tmp_path, key):
    assert "Unexpected value of MULIN_HASH_KEY" in started(tmp_path, MULIN_HASH_KEY=key).stderr
