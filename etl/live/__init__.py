"""The publishers' own files: one module per publication, each giving the rows that a dataset's `tidy` takes."""
