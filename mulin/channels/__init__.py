"""Other ways in and out of cases: the phone at the desk, mail, tables, and a slip of paper for who goes there."""
