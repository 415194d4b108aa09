"""The kinds of `mulin import`: each module says its arguments and does it."""

from . import cases, divisions, grids, tables, templates

KINDS = {"cases": cases, "divisions": divisions, "grids": grids, "table": tables, "template": templates}
