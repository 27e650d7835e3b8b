"""What is kept: tables, and plain functions per noun that read and write them. Knows no Flask and no request."""
