"""What the standard says of each answer in JSON, as schemas. Written from the text of GeoReport v2."""

ID = {"type": "string", "minLength": 1}
TEXT = {"type": "string"}
MAYBE = {"type": ["string", "null"]}
# W3C: a date, a time and a zone.
MOMENT = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$"}
MAYBE_MOMENT = {"anyOf": [MOMENT, {"type": "null"}]}
MAYBE_NUMBER = {"type": ["number", "null"]}


def row(needed, **parts):
    return {"type": "object", "properties": parts, "required": needed.split(), "additionalProperties": False}


def many(item, **about):
    return {"type": "array", "items": item, **about}


ENDPOINT = row(
    "specification url changeset type formats", specification={"const": "http://wiki.open311.org/GeoReport_v2"},
    url={"type": "string", "pattern": "^https?://.*/open311/v2$"}, changeset=MOMENT,
    type={"enum": ["production", "test"]}, formats=many({"enum": ["text/xml", "application/json"]}, minItems=1),
)  # fmt: skip
DISCOVERY = row(
    "changeset contact key_service endpoints", changeset=MOMENT, contact=TEXT, key_service=TEXT,
    endpoints=many(ENDPOINT, minItems=1),
)  # fmt: skip
SERVICES = many(
    row(
        "service_code service_name description metadata type keywords group", service_code=ID, service_name=ID,
        description=TEXT, metadata={"type": "boolean"}, type={"enum": ["realtime", "batch", "blackbox"]},
        keywords=TEXT, group=TEXT,
    )
)  # fmt: skip
ATTRIBUTE = row(
    "variable code datatype required datatype_description order description", variable={"type": "boolean"}, code=ID,
    datatype={"enum": ["string", "number", "datetime", "text", "singlevaluelist", "multivaluelist"]},
    required={"type": "boolean"}, datatype_description=MAYBE, order={"type": "integer", "minimum": 1},
    description=TEXT, values=many(row("key name", key=ID, name=TEXT), minItems=1),
)  # fmt: skip
DEFINITION = row("service_code attributes", service_code=ID, attributes=many(ATTRIBUTE))
_REQUEST = {
    "service_request_id": ID, "status": {"enum": ["open", "closed"]}, "status_notes": MAYBE, "service_name": TEXT,
    "service_code": ID, "description": MAYBE, "agency_responsible": MAYBE, "service_notice": MAYBE,
    "requested_datetime": MOMENT, "updated_datetime": MAYBE_MOMENT, "expected_datetime": MAYBE_MOMENT,
    "address": MAYBE, "address_id": MAYBE, "zipcode": MAYBE, "lat": MAYBE_NUMBER, "long": MAYBE_NUMBER,
    "media_url": MAYBE,
}  # fmt: skip
REQUESTS = many(row(" ".join(_REQUEST), **_REQUEST))
EXTENDED = many(
    row(
        " ".join([*_REQUEST, "attributes", "notes"]), **_REQUEST,
        attributes=many(
            row("code description values", code=ID, description=TEXT, values=many(row("key name", key=ID, name=TEXT)))
        ),
        notes=many(row("datetime description type", datetime=MOMENT, description=TEXT, type=ID)),
    )
)  # fmt: skip
_ANSWERED = {"service_notice": MAYBE, "account_id": MAYBE}
POSTED = many(
    {
        "oneOf": [
            row("service_request_id", service_request_id=ID, **_ANSWERED), row("token", token=ID, **_ANSWERED),
        ]
    },
    minItems=1, maxItems=1,
)  # fmt: skip
TOKEN = many(row("token service_request_id", token=ID, service_request_id=MAYBE), minItems=1, maxItems=1)
UPDATES = many(
    row(
        "update_id service_request_id status updated_datetime description", update_id=ID, service_request_id=ID,
        status={"enum": ["open", "closed"]}, updated_datetime=MOMENT, description=TEXT, media_url=MAYBE,
    )
)  # fmt: skip
ERRORS = many(
    row("code description", code={"type": "integer", "minimum": 400, "maximum": 599}, description=ID), minItems=1
)
