"""Reading and writing what people have: tables, workbooks, order books. The only users of pandas."""
