"""Excel files for tests, written cell by cell."""

import io

from xlsxwriter import Workbook

from mulin.tables import Column, Layout, choice, day, decimal_area, phone, text_of, whole, yes_no

LAYOUT = Layout(
    "Persons",
    "居民",
    (
        Column("name", ("姓名", "Name"), text_of(40), required=True, help="As in the register.", example="张三"),
        Column("phone", ("手机号", "电话", "Phone"), phone, example="13900000000"),
        Column("building", ("楼栋", "Building"), text_of(40), required=True, example="3号楼"),
        Column("floor", ("楼层", "Floor"), whole, example="12"),
        Column("area", ("建筑面积", "Area"), decimal_area, example="89.50"),
        Column("born", ("出生日期", "Born"), day, example="1990-05-01"),
        Column(
            "use", ("用途", "Use"), choice({"home": ("住宅",), "shop": ("商铺", "底商")}), example="住宅", empty="home"
        ),
        Column("alone", ("独居", "Alone"), yes_no, example="否"),
    ),
    key=("name", "phone"),
)
HEADS = tuple(column.head for column in LAYOUT.columns)
ROW = ("李四", "13912345678", "3号楼", 12, 89.5, "1990-05-01", "住宅", "否")


def xlsx(*rows, sheet="居民", merge=(), more=(), formula=None):
    """Write rows (tuples) into a sheet; `more` are (name, rows) of further sheets."""
    out = io.BytesIO()
    with Workbook(out, {"default_date_format": "yyyy-mm-dd"}) as book:
        for name, cells in ((sheet, rows), *more):
            page = book.add_worksheet(name)
            for at, row in enumerate(cells):
                page.write_row(at, 0, row)
        page = book.worksheets()[0]
        for area in merge:
            page.merge_range(area, "合并")
        if formula:
            page.write_formula(formula[0], "=A1", None, formula[1])
    return out.getvalue()
