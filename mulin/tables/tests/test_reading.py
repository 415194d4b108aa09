"""Reading tables: what is good comes in, what is not is said by file, sheet, row and column."""

import io
import time
import zipfile

import pytest

from mulin.kernel.refusals import Refused
from mulin.tables import Layout, Report, read_table, template, write_csv, write_xlsx
from mulin.tables import report as reports

from .sheets import HEADS, LAYOUT, ROW, xlsx


def other(**said):
    """Return a good row with some cells changed."""
    values = dict(zip((column.name for column in LAYOUT.columns), ROW, strict=True)) | said
    return tuple(values.values())


def problems(table):
    return [(one.row, one.column, one.words) for one in table.report.ordered() if one.stops]


def test_good_rows_are_read():
    table = read_table(xlsx(HEADS, ROW, (), other(name="王五", phone=13700000000.0)), LAYOUT, filename="居民.xlsx")
    assert table.report.is_clean
    assert [row.number for row in table.rows] == [2, 4]
    assert table.rows[1].values["phone"] == "13700000000"
    assert (table.report.file, table.report.sheet, table.report.rows) == ("居民.xlsx", "居民", 2)


def test_headings_are_found_below_a_title_in_any_order_and_language():
    rows = (("宝翠花都居民登记表",), (), ("Building*", " name ", "备注"), ("3号楼", "李四", "x"))
    table = read_table(xlsx(*rows), LAYOUT)
    assert table.rows[0].values == {
        "name": "李四", "phone": None, "building": "3号楼", "floor": None, "area": None, "born": None, "use": "home",
        "alone": None,
    }  # fmt: skip
    assert [(note.row, note.column) for note in table.report.problems] == [(3, "备注")]


def test_each_wrong_cell_is_named():
    rows = (HEADS, other(phone="12"), other(name=""), other(born="soon", area="big"))
    table = read_table(xlsx(*rows), LAYOUT)
    assert not table.rows
    assert [(row, column) for row, column, _words in problems(table)] == [
        (2, "手机号"), (3, "姓名"), (4, "建筑面积"), (4, "出生日期")
    ]  # fmt: skip
    assert table.report.stopped == {2, 3, 4}


def test_a_double_row_names_the_first():
    table = read_table(xlsx(HEADS, ROW, other(name="王五"), ROW), LAYOUT)
    assert problems(table) == [(4, "姓名, 手机号", "This row says the same as row 2. Take one of them out.")]
    assert len(table.rows) == 2


def test_merged_cells_are_named():
    table = read_table(xlsx(HEADS, ROW, other(name="王五"), other(name="赵六"), merge=["C3:C4"]), LAYOUT)
    assert [row.number for row in table.rows] == [2]
    assert problems(table)[0][:2] == (3, "楼栋")
    assert "C3:C4" in problems(table)[0][2]


def test_merged_headings_are_no_trouble():
    rows = (HEADS, ("",), ROW)
    assert len(read_table(xlsx(*rows, merge=["J1:J2"]), LAYOUT).rows) == 1


def test_a_formula_that_failed_is_named():
    table = read_table(xlsx(HEADS, ROW, formula=("D2", "#REF!")), LAYOUT)
    assert problems(table) == [(2, "楼层", "The formula in this cell gives #REF!. Write the value itself.")]
    table = read_table(f"{','.join(HEADS)}\n李四,,#N/A".encode(), LAYOUT)
    assert problems(table)[0][1] == "楼栋"


def test_the_right_sheet_is_found():
    data = xlsx(("说明",), sheet="说明", more=[("名单", (HEADS, ROW))])
    assert read_table(data, LAYOUT).report.sheet == "名单"


def test_a_wrong_sheet_is_refused_with_what_there_is():
    data = xlsx(("说明",), sheet="说明", more=[("名单", (HEADS, ROW))])
    with pytest.raises(Refused, match="说明, 名单"):
        read_table(data, LAYOUT, sheet="Tabelle1")
    with pytest.raises(Refused, match="姓名, 楼栋"):
        read_table(data, LAYOUT, sheet="说明")


def test_missing_and_double_columns_are_refused():
    with pytest.raises(Refused, match=r"missing: 楼栋\. Found: 姓名, 手机号"):
        read_table(xlsx(HEADS[:2], ROW[:2]), LAYOUT)
    with pytest.raises(Refused, match="twice: Name"):
        read_table(xlsx((*HEADS, "Name"), (*ROW, "x")), LAYOUT)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_in_the_usual_encodings(encoding, delimiter):
    lines = [delimiter.join(map(str, cells)) for cells in (HEADS, ROW)]
    table = read_table("\r\n".join(lines).encode(encoding), LAYOUT)
    assert table.report.is_clean
    assert table.rows[0].values["area"] == 8950


BAD = {
    "empty": (b"", "empty"),
    "pdf": (b"%PDF-1.7 ...", "a PDF"),
    "html": (b"<html><table>", "web page"),
    "cut off": (xlsx(HEADS, ROW)[:2000], "damaged"),
    "no xls": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 3000, "damaged"),
    "locked": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password"),
    "binary": (b"\xff\x00\x81" * 50, "no table"),
    "only headings": (xlsx(HEADS), "not one row"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_file_that_is_no_table_is_refused_in_words(name):
    data, words = BAD[name]
    with pytest.raises(Refused, match=words):
        read_table(data, LAYOUT)


def zipped(**parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return out.getvalue()


def test_a_zip_that_is_no_spreadsheet_is_refused():
    with pytest.raises(Refused, match="no spreadsheet"):
        read_table(zipped(photo="x"), LAYOUT)


def test_a_zip_bomb_is_refused():
    with pytest.raises(Refused, match="far too large"):
        read_table(zipped(xl__workbook_xml="", xl__worksheets__sheet1_xml=b"0" * 410_000_000), LAYOUT)


def with_far(far, name="xl/worksheets/sheet1.xml"):
    """Write a small sheet with something far out in it, under another name if that is said."""
    out, sheet = io.BytesIO(), "xl/worksheets/sheet1.xml"
    with zipfile.ZipFile(io.BytesIO(xlsx(HEADS, ROW))) as good, zipfile.ZipFile(out, "w") as packed:
        for part in good.infolist():
            content = good.read(part).replace(sheet[3:].encode(), name[3:].encode())
            is_sheet = part.filename == sheet
            content = content.replace(b"</sheetData>", far + b"</sheetData>") if is_sheet else content
            packed.writestr(name if is_sheet else part.filename, content)
    return out.getvalue()


FAR = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'


@pytest.mark.parametrize(
    "far",
    [
        FAR, FAR.replace(b' r="X', b'\nr="X'), FAR.replace(b'r="X', b'r = "X'), FAR.replace(b"XFD", b"xfd"),
        FAR.replace(b'"', b"'"), FAR.replace(b'<c r="X', b'<c t="n"r="X'),
        b'<row r="4000000000"><c><v>1</v></c></row>',
    ],
)  # fmt: skip
def test_two_far_cells_do_not_fill_the_memory(far):
    with pytest.raises(Refused, match="far too large"):
        read_table(with_far(far), LAYOUT)


@pytest.mark.parametrize("name", ["xl/worksheets/sheet1.XML", "xl/worksheets/sheet1.dat", "xl/media/photo.png"])
def test_a_sheet_of_another_name_is_looked_at_too(name):
    with pytest.raises(Refused, match="far too large"):
        read_table(with_far(FAR, name), LAYOUT)


def test_too_many_rows_and_too_large_a_file_are_refused(monkeypatch):
    with pytest.raises(Refused, match="more than 2 rows"):
        read_table(xlsx(HEADS, ROW, ROW, ROW, ROW), LAYOUT, most=2)
    with pytest.raises(Refused, match="larger than 50 MB"):
        read_table(io.BytesIO(b"x" * 50_000_001), LAYOUT)


def test_the_template_can_be_read_back_and_its_example_stays_outside():
    data = template(LAYOUT)
    with pytest.raises(Refused, match="not one row"):
        read_table(data, LAYOUT)
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        assert "住宅,商铺" in packed.read("xl/worksheets/sheet1.xml").decode()
        assert "As in the register." in packed.read("xl/comments1.xml").decode()


@pytest.mark.parametrize("write", [write_xlsx, write_csv])
def test_what_is_written_is_read_back_and_never_a_formula(write):
    values = read_table(xlsx(HEADS, ROW), LAYOUT).rows[0].values | {"name": "=1+1"}
    data = write(LAYOUT, [values])
    assert read_table(data, LAYOUT).rows[0].values == values
    if write is write_csv:
        assert "'=1+1," in data.decode()
    else:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            assert b"<f>" not in packed.read("xl/worksheets/sheet1.xml")


def test_the_report_is_kept_short_and_counts_the_rest(monkeypatch):
    monkeypatch.setattr(reports, "MOST_KEPT", 2)
    report = Report(file="a.xlsx", sheet="=x")
    for row in range(5):
        report.stop(row + 2, "姓名", "Fill it in.")
    report.note(1, "备注", "Unknown.")
    assert (len(report.problems), report.stops, report.left_out) == (2, 5, 4)
    written = report.as_csv().decode()
    assert "4 more" in written
    assert "'=x" in written
    assert report.as_dict()["left_out"] == 4


def test_200_000_rows_are_read_in_time():
    lines = [",".join(HEADS)]
    lines += [f"李{n},{13900000000 + n},{n % 30}号楼,{n % 20},89.5,1990-05-01,住宅,否" for n in range(200_000)]
    start = time.process_time()
    table = read_table("\n".join(lines).encode(), LAYOUT)
    assert len(table.rows) == 200_000
    assert time.process_time() - start < 20


def test_a_layout_without_a_key_lets_rows_repeat():
    free = Layout("Persons", "居民", LAYOUT.columns)
    assert len(read_table(xlsx(HEADS, ROW, ROW), free).rows) == 2


def ods(*rows):
    """Write rows as OpenDocument."""
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    lines = "".join(f"<table:table-row>{''.join(map(cell.format, row))}</table:table-row>" for row in rows)
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    table = f'<table:table table:name="居民">{lines}</table:table>'
    body = f"<office:body><office:spreadsheet>{table}</office:spreadsheet></office:body>"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        packed.writestr("META-INF/manifest.xml", "<x/>")
        packed.writestr("content.xml", f"<office:document-content {spaces}>{body}</office:document-content>")
    return out.getvalue()


def test_opendocument_is_read():
    table = read_table(ods(HEADS, ROW), LAYOUT)
    assert table.report.is_clean
    assert table.rows[0].values["phone"] == "13912345678"


REPEATS = [
    (b"<table:table-row>", b'<table:table-row table:number-rows-repeated="900000000">'),
    (b'office:value-type="string">', b'office:value-type="string" table:number-columns-repeated="900000000">'),
    (b'office:value-type="string">', b'table:number-columns-repeated="&#57;99999999" office:value-type="string">'),
    (b"<table:table-cell ", b'<table:table-cell table:number-columns-repeated="900000000"/><table:table-cell '),
    (b"<table:table-row>", b'<table:table-row table:number-rows-repeated="900000000"/><table:table-row>'),
]


@pytest.mark.parametrize(("bare", "far"), REPEATS)
def test_opendocument_that_repeats_without_end_is_refused(bare, far):
    data = ods(HEADS, ROW)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as good, zipfile.ZipFile(out, "w") as packed:
        for part in good.infolist():
            packed.writestr(part.filename, good.read(part).replace(bare, far, 1))
    with pytest.raises(Refused, match="far too large"):
        read_table(out.getvalue(), LAYOUT)


def test_opendocument_may_end_in_empty_rows_and_columns():
    data = ods(HEADS, ROW)
    out = io.BytesIO()
    empty = b'<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    rows = b'<table:table-row table:number-rows-repeated="1048570"><table:table-cell/></table:table-row></table:table>'
    with zipfile.ZipFile(io.BytesIO(data)) as good, zipfile.ZipFile(out, "w") as packed:
        for part in good.infolist():
            content = good.read(part).replace(b"</table:table-row>", empty).replace(b"</table:table>", rows)
            packed.writestr(part.filename, content)
    assert len(read_table(out.getvalue(), LAYOUT).rows) == 1
