// Who holds reserves, who mines, and where projects are to make something of the material.
MATCH (material:Material) WHERE $material IS NULL OR EXISTS { (material)-[:PART_OF*0..3]->(:Material {id: $material}) }
MATCH (country:Country)-[held:HOLDS_RESERVES]->(ore:Product)-[won:FORM_OF]->(material) WHERE held.amount > 0 AND ($country IS NULL OR country.id = $country)
  AND NOT EXISTS { MATCH (country)-[newer:HOLDS_RESERVES]->(ore) WHERE newer.period > held.period }
OPTIONAL MATCH (country)<-[place:LOCATED_IN]-(project:Project)-[produces:PRODUCES]->(product:Product)-[form:FORM_OF]->(material)
RETURN country, held, ore, won, material, place, project, produces, product, form
ORDER BY held.amount DESC, country.id, project.id LIMIT 60
