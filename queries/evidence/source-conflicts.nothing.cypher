// Where no two publications differ: figures that cannot be right by themselves.
CALL () {
  MATCH (industry:Industry)-[figure:REPORTED_BY]->() WHERE figure.suspect IS NOT NULL
  MATCH (about:Economy)-[:HAS]->(industry)-[:MAKES|TOTALS]->(product:Product)
  RETURN about, product, figure
  UNION ALL
  MATCH (about:Economy)-[figure:HOLDS_RESERVES]->(product:Product) WHERE figure.suspect IS NOT NULL
  RETURN about, product, figure
}
WITH * WHERE $material IS NULL
  OR EXISTS { MATCH (product)-[:FORM_OF]->(:Material)-[:PART_OF*0..3]->(:Material {id: $material}) }
WITH product.name + ', ' + about.name + ' (' + figure.period + '; ' + figure.source + '): ' + figure.suspect AS text ORDER BY text
WITH collect(text) AS suspects
RETURN CASE WHEN size(suspects) > 0
  THEN 'Figures that cannot be right as they are printed, and that lead nothing: ' + reduce(s = head(suspects), t IN tail(suspects) | s + '; ' + t) + '.'
END AS instead
