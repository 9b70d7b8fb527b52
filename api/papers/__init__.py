"""Papers that go back out: registers written back as workbooks, and official documents, filled from the graph."""
