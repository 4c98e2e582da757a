"""The question library: questions as files, asked with words, answered with sources."""

from .catalogue import catalogue, question, topics
from .definition import Column, Parameter, Question

__all__ = ["Column", "Parameter", "Question", "catalogue", "question", "topics"]
