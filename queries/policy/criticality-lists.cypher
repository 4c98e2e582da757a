/*
title: Who lists a material as critical or strategic, and what changed between editions?
parameters:
  - {name: material, type: material, help: "A material or a group; without it every material that was ever on a list", example: gallium}
  - {name: list_of, type: economy, help: "Only lists of this jurisdiction", example: EU}
  - {name: as_of, type: date, default: newest, help: "Only editions published by that day", example: "2024-06-30"}
columns:
  - {name: jurisdiction, type: text, meaning: "Whose list it is"}
  - {name: edition, type: text, entity: CriticalityList, meaning: "Id of the list's edition"}
  - {name: published, type: text, meaning: "When it was published, as precisely as is known"}
  - {name: material, type: text, meaning: "What the list names: the material, its group or its members"}
  - {name: critical, type: boolean, meaning: "Whether the edition lists it as critical: named itself, or as all parts of a group on that list; absent where the data do not say"}
  - {name: strategic, type: boolean, meaning: "Whether the edition lists it as strategic; absent where the data do not say"}
  - {name: change, type: text, meaning: "Against the edition before of the same jurisdiction, by what the data say of both"}
  - {name: source, type: text, meaning: "Source of the flags; of the scores where no source has flags"}
  - {name: verified, type: boolean, detail: true, meaning: "Whether the source was read"}
  - {name: relation, type: text, detail: true, meaning: "itself, its group, or its member"}
  - {name: material_id, type: text, entity: Material, detail: true, meaning: "Id of the material named"}
  - {name: note, type: text, detail: true, meaning: "What else the source says"}
finding:
  - "By {as_of}, lists of {jurisdiction:list} name or assess {material:list}, {edition:count:edition|editions} in all: listed as critical in {critical:count=True} of {rows:row|rows}, assessed and not listed in {critical:count=False}; listed as strategic in {strategic:count=True}."
nothing: "No criticality list published by {as_of} names what was asked, in the data."
caveats:
  - A list names a material by its jurisdiction's own criteria; editions and jurisdictions are not comparable by number.
  - An edition that the data hold without its list, by scores alone, has no flag, and no change is stated; strategic is empty where the jurisdiction makes no such list.
  - A material that a later US or NATO edition leaves out has no row there; that it was dropped shows only by the missing row.
  - A group listed in one edition and its members in another make an entry new by name only; `change` says so where the graph ties the two.
  - Of the United Kingdom the list of 2022 is the newest in the data; by its assessment of November 2024, of which no list could be read, 34 of 82 minerals are critical.
  - An edition known only by its year counts as published on the last day of that year.
method: "Entries of the material, of its groups and of its members in each edition published by the day, one row for each, with the flags of the source that states them; `change` compares the flag with the same material's in the jurisdiction's edition before."
data_needed: [LISTS]
examples: ["orepath ask criticality-lists --material gallium", "orepath ask criticality-lists --material copper --list-of US"]
*/
// 1. The material, its groups and its members; or every material.
MATCH (named:Material)<-[entry:LISTS]-(list:CriticalityList)-[:ADOPTED_BY]->(owner:Economy)
WHERE ($material IS NULL OR named.id = $material
       OR EXISTS { MATCH (named)-[:PART_OF*1..3]->(:Material {id: $material}) }
       OR EXISTS { MATCH (named)<-[:PART_OF*1..3]-(:Material {id: $material}) })
  AND ($list_of IS NULL OR owner.id = $list_of)
  AND coalesce(list.published, toString(list.year) + '-12-31') <= toString($as_of)
// 2. One entry of what several sources say: what has the flags leads, what has only scores follows.
WITH owner, list, named, entry ORDER BY entry.critical IS NULL, entry.source
WITH owner, list, named, collect(entry) AS entries
WITH owner, list, named, head(entries) AS entry, head([e IN entries WHERE e.critical IS NOT NULL | e.critical]) AS said,
     head([e IN entries WHERE e.strategic IS NOT NULL | e.strategic]) AS strategic,
     COLLECT { MATCH (part:Material)-[:PART_OF]->(named), (list)-[has:LISTS]->(part) WHERE has.critical IS NOT NULL RETURN has.critical } AS parts
WITH *, coalesce(said, CASE WHEN parts <> [] AND all(p IN parts WHERE p) THEN true END) AS critical
// 3. The jurisdiction's edition before, and what it says of the same material; whether its list is in the data, not its scores alone.
WITH *, COLLECT { MATCH (before:CriticalityList)-[:ADOPTED_BY]->(owner) WHERE before.year < list.year
                  RETURN before ORDER BY before.year DESC LIMIT 1 }[0] AS earlier
WITH *, COLLECT { MATCH (earlier)-[was:LISTS]->(named) RETURN was.critical ORDER BY was.critical IS NULL, was.source } AS was,
     EXISTS { MATCH (earlier)-[any:LISTS]->(:Material) WHERE any.critical IS NOT NULL } AS known,
     EXISTS { MATCH (earlier)-[any:LISTS]->(other:Material) WHERE any.critical
       AND (EXISTS { (named)-[:PART_OF]->(other) } OR EXISTS { (other)-[:PART_OF]->(named) }) } AS near
RETURN owner.name AS jurisdiction, list.id AS edition, coalesce(list.published, toString(list.year)) AS published,
       named.name AS material, critical, strategic,
       CASE WHEN earlier IS NULL THEN 'first edition in the data'
            WHEN critical IS NULL OR NOT known OR (was <> [] AND was[0] IS NULL) THEN 'not in the data'
            WHEN critical AND was = [] AND near THEN 'by name: its group or parts were listed'
            WHEN critical AND NOT coalesce(was[0], false) THEN 'added'
            WHEN NOT critical AND coalesce(was[0], false) THEN 'dropped'
            ELSE 'unchanged' END AS change,
       entry.source AS source, entry.verified AS verified,
       CASE WHEN $material IS NULL OR named.id = $material THEN 'itself'
            WHEN EXISTS { MATCH (named)-[:PART_OF*1..3]->(:Material {id: $material}) } THEN 'its member'
            ELSE 'its group' END AS relation, named.id AS material_id, entry.note AS note
ORDER BY jurisdiction, list.year, edition, relation <> 'itself', material_id
