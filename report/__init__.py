"""All dressings of an answer: pictures, files, pages. Knows answers and no terminal."""
