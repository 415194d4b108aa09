"""The pages of channels: tables out, the desk's form for calls, slips of paper."""

from .desk import desk, desk_help
from .exports import export, exports, file, take
from .slips import beside_case, slip

__all__ = ["beside_case", "desk", "desk_help", "export", "exports", "file", "slip", "take"]
