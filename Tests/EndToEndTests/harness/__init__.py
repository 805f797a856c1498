"""What the tests of the built program stand on: processes, a browser, mail, partners."""
