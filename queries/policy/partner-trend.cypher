/*
title: Did the partners' share of output or imports grow after the agreements were signed?
parameters:
  - {name: party, type: economy, default: EU, help: "Whose partners", example: EU}
  - {name: material, type: material, help: "One material, or a group with its members; otherwise those of the scope", example: lithium}
  - {name: scope, type: choice, default: strategic, choices: [strategic, all], help: "Without --material: what the party's newest list calls strategic, or critical where it calls none so; or everything", example: all}
  - {name: country, type: country, help: "Only this partner", example: Namibia}
  - {name: least, type: number, default: "5", unit: "%", help: "Only where its share is this or more before or after; zero with --material shows all", example: "1"}
  - {name: stability, type: number, default: "-1.5", help: "A partner is set apart where the World Bank's estimate of political stability and absence of violence (-2.5 to 2.5) was below this in a year compared", example: "-2"}
  - {name: as_of, type: date, default: newest, help: "Strategic partnerships signed by that day, and the list of that day", example: "2023-12-31"}
columns:
  - {name: partner, type: text, meaning: "The partner"}
  - {name: signed, type: text, meaning: "When its partnership was signed, as precisely as is known"}
  - {name: product, type: text, meaning: "What it makes; absent where no source has years on both sides"}
  - {name: measure, type: text, meaning: "output: share of the output of all countries with a figure in each of the years; imports: share of the party's imports from outside it"}
  - {name: before, type: share, meaning: "Mean share of up to three years before the year of signing"}
  - {name: after, type: share, meaning: "Mean share of up to three years after it"}
  - {name: change, type: number, unit: "percentage points", meaning: "After minus before"}
  - {name: years_before, type: text, meaning: "First and last of those years"}
  - {name: years_after, type: text, meaning: "First and last of those years"}
  - {name: apart, type: text, meaning: "Why the row is not counted: violence in the partner's country, or a sum without the largest maker of the product or of another of its material at that stage; absent where it is counted"}
  - {name: source, type: text, meaning: "The one edition on both sides"}
  - {name: verified, type: boolean, detail: true, meaning: "Whether the figures and the agreement were read in their sources"}
  - {name: partner_id, type: text, entity: Economy, detail: true, meaning: "ISO 3166-1 alpha-3"}
  - {name: agreement_id, type: text, entity: Agreement, detail: true, meaning: "Id of the partnership"}
  - {name: product_id, type: text, entity: Product, detail: true, meaning: "Id of the product or customs code"}
  - {name: direction, type: text, detail: true, meaning: "up, down or level, from one percentage point on; apart: not counted; none: no figures of that size on both sides"}
  - {name: counted, type: text, detail: true, meaning: "The product, where the row is counted"}
finding:
  - "The largest share among partners of {party} is that of {partner} in {counted} ({measure}): {before} in {years_before}, {after} in {years_after}, signed {signed} ({source}). Compared like with like, the share was higher after signing in {direction:count=up} of {rows:row|rows}, lower in {direction:count=down}, level in {direction:count=level}[; {direction:some=apart} set apart]; {direction:count=none:partner has|partners have} no figures of that size on both sides."
  - "Of no partner shown is the share before and after signing in the data like with like: [{direction:some=apart:row is|rows are} set apart, ]{direction:count=none:partner has|partners have} no figures of that size on both sides in one source."
nothing: "No partnership of {party} signed by {as_of}, or no share of the size asked for, is in the data."
caveats:
  - The year of signing is left out, and where an edition has few years each side may be a single one (imports of 2022 and 2024); what lies between is not shown.
  - What follows on a signature need not follow from it. Prices, new mines elsewhere and the pandemic move these shares more than a memorandum can; a war does, and is set apart.
  - Most partnerships are of 2023 and later, and yearly output in one edition ends in 2023; of them nothing can be said yet.
  - Shares of output are of the countries with a figure in each year compared, not of the world. Imports are by value, of customs codes that are the product or mostly, from outside the party; the extract before 2024 holds normal trade without inward processing.
method: "Mean over years t-3..t-1 and t+1..t+3 around the year t of signing, of one edition, basis and unit; the year of signing itself is left out. Output: production over the sum of the countries with a figure in all of these years, the largest maker among them. Largest share first. Imports: EXPORTS_TO as importers report, over the sum of all sellers outside the party."
data_needed: [REPORTED_BY, EXPORTS_TO, MAKES, SCORES, LISTS]
examples: ["orepath ask partner-trend", "orepath ask partner-trend --country Kazakhstan --scope all --least 0", "orepath ask partner-trend --material lithium --least 0"]
*/
MATCH (party:Economy {id: $party})<-[:PARTY]-(agreement:StrategicPartnership)-[:PARTY]->(partner:Country)
WHERE agreement.signed <= $as_of AND (agreement.ended IS NULL OR agreement.ended > $as_of) AND ($country IS NULL OR partner.id = $country)
WITH party, agreement, partner, agreement.signed.year AS turn,
     [party] + COLLECT { MATCH (buyer:Country)-[member:MEMBER_OF]->(party)
       WHERE member.from <= agreement.signed AND (member.until IS NULL OR member.until > agreement.signed) RETURN buyer } AS buyers
// The material asked for, or what the party's list of that day calls strategic or critical, or all.
CALL (party) {
  MATCH (asked:Material {id: $material})<-[:PART_OF*0..3]-(material:Material) RETURN collect(DISTINCT material) AS materials
  UNION
  MATCH (material:Material) WHERE $material IS NULL AND $scope = 'all' RETURN collect(material) AS materials
  UNION
  MATCH (list:CriticalityList)-[:ADOPTED_BY]->(party) WHERE $material IS NULL AND $scope <> 'all' AND list.published <= toString($as_of)
  WITH list ORDER BY list.published DESC LIMIT 1 MATCH (list)-[listed:LISTS]->(material:Material)
  WHERE listed.strategic OR (listed.critical AND NOT EXISTS { MATCH (list)-[other:LISTS]->(:Material) WHERE other.strategic })
  RETURN collect(DISTINCT material) AS materials
}
WITH party, agreement, partner, turn, buyers, materials WHERE size(materials) > 0
OPTIONAL CALL (partner, turn, buyers, materials) {
  CALL (partner, turn, buyers, materials) {
// part: output
    UNION ALL
    // What the party's customs report of codes that are the product, or mostly, from outside it and by value.
    MATCH (partner)-[:HAS]->(:Industry)-[own:EXPORTS_TO {reporter_side: 'importer'}]->(buyer:Economy) WHERE buyer IN buyers
    WITH partner, turn, buyers, own.source AS source, min(own.year) AS first, max(own.year) AS last
    WHERE first < turn AND last > turn AND EXISTS { (:Source {id: source})-[:EDITION_OF]->() }
    MATCH (partner)-[:HAS]->(:Industry)-[:SHIPS]->(:TradeCode)-[code:CLASSIFIES]->(product:Product)-[:FORM_OF]->(material:Material)
    WHERE code.specificity IN ['exact', 'dominant'] AND material IN materials
    WITH DISTINCT partner, turn, buyers, source, product
    MATCH (product)<-[code:CLASSIFIES]-(:TradeCode)<-[:SHIPS]-(industry:Industry)<-[:HAS]-(seller:Country)
    WHERE code.specificity IN ['exact', 'dominant'] AND NOT seller IN buyers
    WITH DISTINCT partner, turn, buyers, source, product, industry, seller
    MATCH (industry)-[flow:EXPORTS_TO {reporter_side: 'importer'}]->(buyer:Economy)
    WHERE flow.source = source AND flow.year <> turn AND abs(flow.year - turn) <= 3 AND buyer IN buyers
    WITH product, source, flow.year AS year, sum(flow.value) AS whole,
         sum(CASE WHEN seller = partner THEN flow.value ELSE 0.0 END) AS mine, min(flow.verified) AS verified
    WHERE whole > 0
    RETURN product, 'imports' AS measure, '' AS basis, source, year, mine / whole AS part, verified, true AS complete
  }
  WITH turn, partner, product, measure, basis, source, min(verified) AS verified, min(complete) AS complete, collect(year) AS years,
       avg(CASE WHEN year < turn THEN part END) AS before, avg(CASE WHEN year > turn THEN part END) AS after,
       min(CASE WHEN year < turn THEN year END) AS b1, max(CASE WHEN year < turn THEN year END) AS b2,
       min(CASE WHEN year > turn THEN year END) AS a1, max(CASE WHEN year > turn THEN year END) AS a2
  WHERE before IS NOT NULL AND after IS NOT NULL AND (before >= $least / 100.0 OR after >= $least / 100.0)
  WITH *, COLLECT { MATCH (partner)-[score:SCORES]->(:Indicator {id: 'political-stability'})
       WHERE toInteger(score.year) IN years AND score.estimate < $stability
       RETURN {estimate: score.estimate, year: score.year} ORDER BY score.estimate, score.year LIMIT 1 }[0] AS violence
  RETURN product, measure, source, verified, before, after, 100 * (after - before) AS change,
         CASE WHEN violence IS NOT NULL
                THEN 'violence: political stability ' + toString(round(violence.estimate, 1)) + ' in ' + toString(violence.year)
              WHEN NOT complete THEN 'without the largest maker' END AS apart,
         toString(b1) + CASE WHEN b2 > b1 THEN '-' + toString(b2) ELSE '' END AS years_before,
         toString(a1) + CASE WHEN a2 > a1 THEN '-' + toString(a2) ELSE '' END AS years_after
}
RETURN partner.name AS partner,
       left(toString(agreement.signed), CASE agreement.signed_precision WHEN 'year' THEN 4 WHEN 'month' THEN 7 ELSE 10 END) AS signed,
       product.name AS product, measure, round(before, 6) AS before,
       round(after, 6) AS after, round(change, 4) AS change, years_before, years_after, apart,
       coalesce(source,
         head(COLLECT { MATCH (agreement)-[:DOCUMENTED_BY]->(document:Source) RETURN document.id ORDER BY document.id })) AS source,
       coalesce(agreement.verified, true) AND coalesce(verified, true) AS verified, partner.id AS partner_id, agreement.id AS agreement_id,
       product.id AS product_id, CASE WHEN change IS NULL THEN 'none' WHEN apart IS NOT NULL THEN 'apart'
         WHEN change >= 1 THEN 'up' WHEN change <= -1 THEN 'down'
         ELSE 'level' END AS direction, CASE WHEN apart IS NULL THEN product.name END AS counted
ORDER BY change IS NULL, apart IS NOT NULL, CASE WHEN before > after THEN before ELSE after END DESC, partner, product_id, measure
