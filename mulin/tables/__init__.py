"""Tables in and out: Excel and CSV read against a layout, with a report by file, sheet, row and column."""
