// The largest miners and refiners of each material, over what the ore becomes.
MATCH (:Stage {id: 'extraction'})<-[:AT_STAGE]-(ore:Product)-[form:FORM_OF]->(material:Material)
WHERE $material IS NULL OR EXISTS { MATCH (material)-[:PART_OF*0..3]->(:Material {id: $material}) }
MATCH way = (ore)-[:INPUT_TO*1..3]->(made:Product)-[:AT_STAGE]->(stage:Stage)
WHERE stage.position IN [4, 5] AND (made)-[:FORM_OF]->(material)
MATCH (miner:Country)-[digs:HAS]->(mine:Industry)-[mines:MAKES]->(ore)
WITH *, coalesce(mines.share, mines.share_low, mines.share_high) AS dug ORDER BY dug DESC, miner.id
WITH ore, form, material, way, made, head(collect({miner: miner, digs: digs, mine: mine, mines: mines, dug: dug})) AS first
MATCH (refiner:Country)-[runs:HAS]->(plant:Industry)-[refines:MAKES]->(made)
WITH *, coalesce(refines.share, refines.share_low, refines.share_high) AS won ORDER BY won DESC, refiner.id
WITH ore, form, material, way, first,
     head(collect({refiner: refiner, runs: runs, plant: plant, refines: refines, won: won})) AS last
WHERE first.dug > 0 AND last.won > 0 AND ($show = 'all' OR first.miner <> last.refiner)
WITH * ORDER BY material.id LIMIT 60
RETURN material, form, way, first.miner, first.digs, first.mine, first.mines, last.refiner, last.runs, last.plant, last.refines
