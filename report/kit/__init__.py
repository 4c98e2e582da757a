"""What makes the Neo4j Browser show the graph as Orepath means it: style, guide, favourites."""
