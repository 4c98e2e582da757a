"""The room where an answer is dressed: as a page, a file, a picture, a brief."""
