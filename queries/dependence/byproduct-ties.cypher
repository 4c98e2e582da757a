/*
title: Which materials are produced only or mostly as by-products, and of what?
parameters:
  - {name: material, type: material, help: "Only this material or group", example: gallium}
  - {name: host, type: material, help: "Only by-products of this material", example: zinc}
  - {name: threshold, type: number, default: "50", unit: "%", help: "Least share of world output that comes as a by-product, in percent; ties without a figure are always shown", example: "90"}
columns:
  - {name: material, type: text, meaning: "The by-product"}
  - {name: companionality_low, type: number, unit: percent, meaning: "Share of its world output that comes as a by-product of any host: least that a source states; empty where none does"}
  - {name: companionality_high, type: number, unit: percent, meaning: "The same: most that a source states"}
  - {name: host, type: text, meaning: "A material with which, or from whose ores or residues, it is won"}
  - {name: top_miner, type: text, meaning: "The country that mines most of the host; empty where that is not in the data"}
  - {name: miner_share, type: share, meaning: "Its share of the host's mined output"}
  - {name: miner_bound, type: text, meaning: "`at most` or `at least` where the share is only a bound"}
  - {name: recovered_from, type: text, spare: 1, meaning: "The host's product out of which it is recovered, where a chain says so"}
  - {name: top_maker, type: text, spare: 1, meaning: "The country that makes most of that product"}
  - {name: maker_share, type: share, spare: 1, meaning: "Its share of that product"}
  - {name: top_recoverer, type: text, meaning: "The country that makes most of the by-product itself"}
  - {name: recoverer_share, type: share, meaning: "Its share, or the bound that is known"}
  - {name: sources, type: list, meaning: "Sources of the tie and of the shares"}
  - {name: weak, type: boolean, detail: true, meaning: "Whether only sources of the weakest grade state the figure"}
  - {name: miners, type: list, detail: true, meaning: "The host's three largest miners with their shares"}
  - {name: miner_period, type: text, detail: true, meaning: "Period of the share of the host's mined output"}
  - {name: mined_product, type: text, detail: true, meaning: "What is mined of the host"}
  - {name: recovered_product, type: text, detail: true, meaning: "The by-product's product that the last share is of"}
  - {name: notes, type: list, detail: true, meaning: "What the sources add"}
  - {name: verified, type: boolean, detail: true, meaning: "Whether the tie was read in each source named"}
  - {name: material_id, type: text, entity: Material, detail: true, meaning: "Id of the by-product"}
  - {name: host_id, type: text, entity: Material, detail: true, meaning: "Id of the host"}
finding:
  - "{material:count:material is a by-product|materials are by-products} of {host:count:host|hosts}, by {threshold} or more or by a part that no source states. First, {material} ({companionality_low:to=companionality_high} % of it is a by-product of its hosts together), of {host}, of which {top_miner} mines {miner_bound} {miner_share} ({miner_period})."
  - "{material:count:material is a by-product|materials are by-products} of {host:count:host|hosts}, by {threshold} or more or by a part that no source states. First, {material} ({companionality_low:to=companionality_high} % of it is a by-product of its hosts together), of {host}, of which {top_miner} mines {miner_share} ({miner_period})."
  - "{material:count:material is a by-product|materials are by-products} of {host:count:host|hosts}, by {threshold} or more or by a part that no source states. First, {material} ({companionality_low:to=companionality_high} % of it is a by-product of its hosts together), of {host}."
  - "{material:count:material is a by-product|materials are by-products} of {host:count:host|hosts}, and no source states by how large a part: first {material}, of {host}."
nothing: "No tie of a by-product to a host, of {threshold} or more or without a figure, is in the data for what was asked."
caveats:
  - The companionality is that of the material over all its hosts together; how it divides among them is not in the data.
  - Most figures are rounded estimates of one table of the weakest grade; they stand below the others, and give way to them.
  - A tie without a figure says only that it is won as a by-product.
  - Where the host is mined is not where the by-product is won; most by-products leave the host's residues at smelters and refineries, often elsewhere.
  - A by-product follows its host's output, so that a higher price of its own brings little more of it.
method: "Ties by-product of, with the companionality of each source; host → mined product → largest makers by headline share; host's products that are input to one of the by-product's."
data_needed: [BYPRODUCT_OF, companionality, MAKES, INPUT_TO]
examples: ["orepath ask byproduct-ties", "orepath ask byproduct-ties --host zinc", "orepath ask byproduct-ties --material gallium --threshold 90"]
*/
MATCH (material:Material)-[tie:BYPRODUCT_OF]->(host:Material)
WHERE ($material IS NULL OR EXISTS { MATCH (material)-[:PART_OF*0..3]->(:Material {id: $material}) })
  AND ($host IS NULL OR EXISTS { MATCH (host)-[:PART_OF*0..3]->(:Material {id: $host}) })
// What only a source of the weakest grade states gives way to any other figure.
OPTIONAL MATCH (source:Source {id: tie.source})
WITH material, host, tie, CASE WHEN coalesce(source.grade, '') <> 'D' THEN tie.companionality END AS sound ORDER BY tie.source
WITH material, host, coalesce(min(sound), min(tie.companionality)) AS low, coalesce(max(sound), max(tie.companionality)) AS high,
     max(sound) IS NULL AND max(tie.companionality) IS NOT NULL AS weak,
     collect(DISTINCT tie.source) AS stated, collect(DISTINCT tie.note) AS notes, min(tie.verified) AS verified
WHERE high IS NULL OR high >= $threshold
// The host's largest miners; of several mined products, the one that more countries make.
WITH *, COLLECT { MATCH (host)<-[:FORM_OF]-(ore:Product)-[:AT_STAGE]->(:Stage {id: 'extraction'})
       MATCH (country:Country)-[:HAS]->(:Industry)-[makes:MAKES]->(ore) WHERE makes.method IS NOT NULL
       WITH ore, country, makes, coalesce(makes.share, makes.share_low, makes.share_high) AS held ORDER BY held DESC, country.id
       WITH ore, collect({country: country, makes: makes, held: held}) AS makers ORDER BY size(makers) DESC, ore.id LIMIT 1
       RETURN {ore: ore, makers: makers[..3]} }[0] AS mined
// What of the host's it is recovered from, and who makes most of that.
WITH *, COLLECT { MATCH (host)<-[:FORM_OF]-(from:Product)-[:INPUT_TO]->(:Product)-[:FORM_OF]->(material)
       OPTIONAL MATCH (country:Country)-[:HAS]->(:Industry)-[makes:MAKES]->(from) WHERE makes.method IS NOT NULL
       WITH *, coalesce(makes.share, makes.share_low, makes.share_high) AS held
       RETURN {from: from, country: country, makes: makes, held: held} ORDER BY coalesce(held, -1) DESC, from.id, country.id LIMIT 1 }[0] AS residue
// Who wins most of the by-product itself; of several of its products the earliest stage.
WITH *, COLLECT { MATCH (material)<-[:FORM_OF]-(own:Product)-[:AT_STAGE]->(stage:Stage)
       MATCH (country:Country)-[:HAS]->(:Industry)-[makes:MAKES]->(own) WHERE makes.method IS NOT NULL
       WITH *, coalesce(makes.share, makes.share_low, makes.share_high) AS held
       RETURN {own: own, country: country, makes: makes, held: held}
       ORDER BY stage.position, own.id, held DESC, country.id LIMIT 1 }[0] AS won
WITH *, mined.makers[0] AS first
RETURN material.name AS material, low AS companionality_low, high AS companionality_high, host.name AS host,
       first.country.name AS top_miner, first.held AS miner_share,
       CASE WHEN first IS NULL OR first.makes.share IS NOT NULL THEN null
            WHEN first.makes.share_low IS NULL THEN 'at most' ELSE 'at least' END AS miner_bound,
       residue.from.name AS recovered_from, residue.country.name AS top_maker, residue.held AS maker_share,
       won.country.name AS top_recoverer, won.held AS recoverer_share,
       reduce(s = stated, x IN [first.makes.share_source, residue.makes.share_source, won.makes.share_source] |
              CASE WHEN x IS NULL OR x IN s THEN s ELSE s + [x] END) AS sources, weak,
       [m IN mined.makers | m.country.name + ' ' + toString(toInteger(round(100 * m.held))) + ' %'] AS miners,
       first.makes.period AS miner_period, mined.ore.name AS mined_product, won.own.name AS recovered_product, notes, verified,
       material.id AS material_id, host.id AS host_id
ORDER BY CASE WHEN high IS NULL THEN 2 WHEN weak THEN 1 ELSE 0 END, high DESC, material_id, coalesce(miner_share, -1) DESC, host_id
