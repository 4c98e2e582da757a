"""The question library: questions as files, asked with words, answered with sources."""

from .catalogue import Column, Parameter, Question, catalogue, question, topics

__all__ = ["Column", "Parameter", "Question", "catalogue", "question", "topics"]
