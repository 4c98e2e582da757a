/*
title: "Scorecard on one page: which ten materials tie a sector most to one country, and what stands against that?"
parameters:
  - {name: sector, type: sector, required: true, help: "The sector", example: automotive}
  - {name: importer, type: economy, default: EU, help: "The market", example: Japan}
  - {name: threshold, type: number, default: "50", unit: "%", help: "A share of one country above this, even at the low end of its interval, comes first", example: "65"}
  - {name: limit, type: integer, default: "10", help: "How many materials", example: "20"}
  - {name: as_of, type: date, default: newest, help: "Day of the restrictions, agreements and memberships; the shares are the newest in the data", example: "2026-02-03"}
  - {name: edition, type: source, help: "A source of observed shares in place of the one that leads", example: eu-crm-2023}
  - {name: tiers, type: integer, default: "6", help: "How many steps upstream, at most 6", example: "2"}
columns:
  - {name: product, type: text, meaning: "The material, in the form in which most of it surely comes from one country"}
  - {name: leader, type: text, meaning: "The country outside the market that made most of what the market has of it"}
  - {name: observed, type: text, meaning: "Its observed share, by customs or as published, and of what"}
  - {name: supply, type: text, meaning: "What it made of all that the market has of the form, own output and imports by origin, with the interval of 90 %; `by world mix` where no trade says from whom the market has it"}
  - {name: upstream, type: share, meaning: "The same and what rests on it by the inputs of the other suppliers; empty where no more is known to"}
  - {name: restricts, type: text, codes: [restriction-kind], meaning: "Its export restrictions on the material, its group or its products, aimed at the market or at all"}
  - {name: partners, type: text, meaning: "Partners of the market by an agreement on raw materials that make at least 1 % of the world's output of the form, with that share; `itself` where the leader is one"}
  - {name: projects, type: text, meaning: "Projects for the material in the market, or by its law: how many, and the first by name"}
  - {name: recycled, type: text, meaning: "EU demand met by end-of-life recycling; of a group, from the lowest to the highest of its members"}
  - {name: material, type: text, detail: true, meaning: "The material"}
  - {name: stage, type: text, detail: true, meaning: "Stage of the form"}
  - {name: technologies, type: list, detail: true, meaning: "The technologies of the sector that cannot do without it"}
  - {name: share, type: share, detail: true, meaning: "The share in `supply`"}
  - {name: share_low, type: share, detail: true, meaning: "The same, lower end of the interval of 90 %"}
  - {name: share_high, type: share, detail: true, meaning: "The same, upper end"}
  - {name: method, type: text, detail: true, meaning: "How that is known: reconciled, trade-only, market-mix, bloc-mix or world-mix (docs/methods.md)"}
  - {name: basis, type: text, detail: true, meaning: "Whether it is of mass or of value"}
  - {name: period, type: text, detail: true, meaning: "Its period"}
  - {name: over, type: boolean, detail: true, meaning: "Whether its lower end is above the threshold"}
  - {name: observed_share, type: share, detail: true, meaning: "The share in `observed`"}
  - {name: observed_of, type: text, detail: true, meaning: "What that is divided by"}
  - {name: observed_period, type: text, detail: true, meaning: "Its period"}
  - {name: observed_source, type: text, detail: true, meaning: "Its source"}
  - {name: rests, type: share, detail: true, meaning: "What rests on the country within all tiers"}
  - {name: rests_low, type: share, detail: true, meaning: "The same with its share of everything at the low end"}
  - {name: rests_high, type: share, detail: true, meaning: "The same with the high ends"}
  - {name: restriction_ids, type: list, detail: true, meaning: "Ids of its restrictions, those in force first"}
  - {name: in_force, type: text, detail: true, meaning: "The product where one of them is in force"}
  - {name: agreement_ids, type: list, detail: true, meaning: "Ids of the agreements with the partners named"}
  - {name: partnered, type: boolean, detail: true, meaning: "Whether there is such a partner besides the leader"}
  - {name: project_ids, type: list, detail: true, meaning: "Ids of the projects"}
  - {name: sources, type: list, detail: true, meaning: "Sources of the shares and of the recycling"}
  - {name: documents, type: list, detail: true, meaning: "Ids of the documents on uses, restrictions, agreements and projects, which the questions on them cite"}
  - {name: beside, type: text, detail: true, meaning: "Where the share is by the world's mix, for want of trade: another form at the same stage of which trade tells, and its largest maker"}
  - {name: verified, type: boolean, detail: true, meaning: "Whether each use was read in its source"}
  - {name: material_id, type: text, entity: Material, detail: true, meaning: "Id of the material"}
  - {name: product_id, type: text, entity: Product, detail: true, meaning: "Id of the product"}
  - {name: country_id, type: text, entity: Economy, detail: true, meaning: "ISO 3166-1 alpha-3 of the country"}
finding:
  - "Of {rows:material|materials} that tie {sector} in {importer} most to one country outside, over {threshold} of what {importer} has was made there, even at the low end of the interval of 90 %, for {over:count=True}; most often it is {leader:most}. First, {product}: {leader} made {supply} of own output and imports together ({method}, {period})[, observed {observed} ({observed_period}; {observed_source})]. On {as_of}[ the leading country restricts its exports of {in_force:count} of them, and] a partner other than it is known to make some of {partnered:count=True}."
  - "{rows:material|materials} that tie {sector} in {importer} most to one country outside; first, {product}: {leader} made {supply} of own output and imports together."
  - "{rows:material|materials} that tie {sector} in {importer} most to one country outside; first, {product}, from {leader}."
notes:
  - "A share by the world's mix is of one form; trade tells of another: {beside:list}."
nothing: "On whom the supply of {importer} with what {sector} cannot do without rests is not in the data."
caveats:
  - The shares are of the market's supply of a form, not of the sector's own purchases; `sourcing`, `hidden-dependence`, `restrictions` and `partnerships` tell each cell in full and say the same.
  - Essential is what a technology of the sector cannot do without; the number of technologies is no measure of their worth.
  - An agreement is no supply, and a project no output; empty cells are what the data do not hold, no proof that there is none.
method: "Candidates: forms that a technology of the sector cannot do without (NEEDS, essential), of materials and whole groups (a group within a group is left to its members and the whole). Of each material the form of which the low end of the interval of the largest third country (SUPPLIES_MARKET) is highest. First those over the threshold, by how many technologies need them; then the others by that low end. Shown are those first of which trade or a publication says from whom the market has them, then by the low end."
data_needed: [SUPPLIES_MARKET, NEEDS, FEEDS, MAKES, CLASSIFIES, specificity, PRODUCES, RESTRICTS, PARTY]
examples: ["orepath ask scorecard --sector automotive", "orepath ask scorecard --sector defence --as-of 2026-02-03", "orepath ask scorecard --sector renewables --importer Japan"]
*/
MATCH (market:Economy {id: $importer})
// 1. Of each material the form of which most surely comes from one country outside; the most dependent of what is most needed.
// part: chosen
// 2. What customs or a publication say of that country.
// part: sourcing.observed
WITH *, head([e IN evidence WHERE CASE WHEN $edition IS NULL THEN e.leads ELSE e.source = $edition END]) AS lead
WITH market, collect({row: one, country: one.country, product: product, edge: one.edge, of: lead.of,
     said: head([s IN lead.statements WHERE s.economy = one.country | s.said])}) AS chosen
// 3. What rests on it by the inputs of the others.
UNWIND COLLECT { UNWIND chosen AS c RETURN DISTINCT c.country AS country } AS country
CALL (market, country, chosen) {
  WITH market, country, chosen AS wanted, [[]] AS tiers, COLLECT { MATCH (country)-[:HAS]->(made:Industry)
       RETURN {industry: made, own: true, share: 1.0, share_low: 1.0, share_high: 1.0, by_world_mix: 0.0, weight: 1.0,
               line: [], edges: []} } AS own
  // part: hidden-dependence.tier
  // part: hidden-dependence.tier
  // part: hidden-dependence.tier
  // part: hidden-dependence.tier
  // part: hidden-dependence.tier
  // part: rests
}
// 4. What the country restricts, who else is a partner, what is being built, what is recycled.
WITH market, one.row AS one, one.of AS observed_of, country, product, rests, one.row.material AS material, one.edge AS edge, one.said AS said,
     coalesce(one.said.share, one.said.high) AS seen, [p IN one.row.kin | p.id] AS kin
// part: restrictions
// part: relief
WITH *, CASE WHEN rests.share - edge.share >= 0.005 THEN rests.share END AS upstream,
     [x IN [edge.share, seen] | CASE WHEN x >= 0.995 AND x < 1 THEN 'over 99' ELSE toString(toInteger(round(100 * x))) END + ' %'] AS told,
     [x IN [edge.share_low, edge.share_high] | toString(toInteger(round(100 * x)))] AS ends
RETURN product.name AS product, country.name AS leader,
       CASE WHEN said.share IS NULL THEN 'at most ' ELSE '' END + told[1] + ' of '
         + split(observed_of, ' (')[0] AS observed,
       told[0] + CASE WHEN ends[0] = ends[1] THEN '' ELSE ' (' + ends[0] + '-' + ends[1] + ')' END
         + CASE edge.method WHEN 'world-mix' THEN ' by world mix' ELSE '' END AS supply,
       upstream, restrictions.text AS restricts, partners.text AS partners, projects.text AS projects, recycled.text AS recycled,
       material.name AS material, one.stage AS stage, one.technologies AS technologies,
       edge.share AS share, edge.share_low AS share_low, edge.share_high AS share_high, edge.method AS method, edge.basis AS basis,
       edge.period AS period, one.over AS over, seen AS observed_share, CASE WHEN seen IS NOT NULL THEN observed_of END AS observed_of,
       said.period AS observed_period, said.source AS observed_source,
       rests.share AS rests, rests.share_low AS rests_low, rests.share_high AS rests_high,
       restrictions.ids AS restriction_ids, CASE WHEN restrictions.active > 0 THEN product.name END AS in_force,
       partners.ids AS agreement_ids, partners.others > 0 AS partnered, projects.ids AS project_ids,
       COLLECT { UNWIND [edge.share_sources, [said.source], recycled.sources] AS some UNWIND some AS source
                 WITH source WHERE source IS NOT NULL RETURN DISTINCT source ORDER BY source } AS sources,
       COLLECT { UNWIND one.use_sources + restrictions.sources + partners.sources + projects.sources AS id
                 RETURN DISTINCT id ORDER BY id } AS documents,
       head(COLLECT { MATCH (product)-[:FORM_OF]->(:Material)<-[:FORM_OF]-(form:Product) WHERE edge.method = 'world-mix' AND form <> product
           AND EXISTS { (product)-[:AT_STAGE]->(:Stage)<-[:AT_STAGE]-(form) }
         MATCH (form)<-[:MAKES]-(industry:Industry)-[known:SUPPLIES_MARKET]->(market) WHERE known.method <> 'world-mix'
         MATCH (maker:Country)-[:HAS]->(industry)
         RETURN form.name + ': ' + maker.name + ' ' + toString(toInteger(round(100 * known.share))) + ' % (' + known.period + '), not '
           + product.name + ': ' + country.name + ' ' + told[0] AS text ORDER BY known.share DESC, form.id, maker.id LIMIT 1 }) AS beside,
       one.verified AS verified, material.id AS material_id,
       product.id AS product_id, country.id AS country_id
ORDER BY method = 'world-mix', share_low DESC, one.place
