"""Bringing in a small file of another system: the map, the lines, and the command that the import tests run."""

import pytest
from django.core.management import call_command

MAP = """
[source]
key = "old-hotline"
time_format = "%Y-%m-%d %H:%M"
time_zone = "America/New_York"
public = ["summary"]

[place]
name = "Elm City"
letter = "E"
time_zone = "America/New_York"
west = -73.0
south = 41.2
east = -72.8
north = 41.4

[columns]
id = "Id"
status = "Status"
summary = "Title"
words = "Text"
lat = "Lat"
lon = "Lon"
category = "Kind"
reported_at = "Created"
accepted_at = "Taken"
solved_at = "Done"
reporter = "Who"

[status]
"Open" = "reported"
"Done" = "closed"

[categories]
"Lamp" = "lamp"
"Snow" = "sledging"
"Home" = "landlord"

[[contradiction]]
name = "open_but_taken"
when = ["status is Open", "accepted_at present"]
then = ["state in_hand"]

[[contradiction]]
name = "done_before_taken"
when = ["solved_at < accepted_at"]
then = ["clear accepted_at"]

[[contradiction]]
name = "elsewhere"
when = ["place outside"]
then = ["skip"]

[[contradiction]]
name = "no_reporter"
when = ["reporter in anonymous, "]
then = ["anonymous"]

[duplicates]
columns = ["summary", "lat", "lon"]
decimals = 3

[[category]]
key = "sledging"
parent = "roads"
zh = "积雪"
en = "Snow"

[[category]]
key = "landlord"
parent = "home"
zh = "房东"
en = "Landlords"
household = true
"""
HEAD = "Id,Status,Title,Text,Lat,Lon,Kind,Created,Taken,Done,Who,More"
ROWS = (
    "1,Open,Lamp out,The lamp is out,41.30012,-72.90049,Lamp,2014-07-01 10:00,,,r1,x",
    "2,Open,Snow,,41.31,-72.91,Snow,2014-12-31 23:30,2015-01-01 08:00,,anonymous,x",
    "3,Done,Lamp out,Again,41.3002,-72.9003,Lamp,2014-07-02 10:00,2014-07-04 10:00,2014-07-03 10:00,r2,x",
    "4,Done,My landlord,He does not heat,41.3,-72.9,Home,2014-07-02 10:00,,2014-07-03 10:00,r2,x",
    "5,Open,Far away,,40.0,-72.9,Lamp,2014-07-02 10:00,,,r2,x",
)


@pytest.fixture
def bring(tmp_path, capsys):
    """Run the import on these lines; extra options as on the command line."""

    def run(*rows, head=HEAD, map_=MAP, data=None, name="rows.csv", options=("--create",)):
        file, map_file = tmp_path / name, tmp_path / "map.toml"
        file.write_bytes(data if data is not None else "\n".join([head, *rows, ""]).encode())
        map_file.write_text(map_)
        call_command("import", "cases", str(file), "--map", str(map_file), "--community", "elm", *options)
        return capsys.readouterr().out

    return run
