"""Facts gathered from documents: one module a data set; ``reading`` is what they share."""
