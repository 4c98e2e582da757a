/*
title: Which raw materials partnerships does the EU (or another party) have, and how binding are they?
parameters:
  - {name: party, type: economy, default: EU, help: "Whose agreements", example: EU}
  - {name: as_of, type: date, default: newest, help: "Only what was signed or in force by that day", example: "2026-02-03"}
  - {name: material, type: material, help: "Only agreements that name the material", example: lithium}
  - {name: kind, type: choice, default: partnerships, choices: [partnerships, all, announced], help: "Strategic partnerships only, all agreements, or what was announced, negotiated or concluded and is not known to be signed or in force", example: all}
  - {name: governance_below, type: number, default: "0", help: "Governance is called low below this mean of the World Bank's six estimates (-2.5 to 2.5)", example: "-0.2"}
columns:
  - {name: agreement, type: text, meaning: "Name of the agreement"}
  - {name: partners, type: list, meaning: "The other parties"}
  - {name: signed, type: text, meaning: "When it was signed, as precisely as is known; empty where it is not"}
  - {name: in_force, type: text, meaning: "Since when it is in force or applied, or `date unknown` where that and the day of signing are not; empty where no source says it"}
  - {name: announced, type: text, spare: 1, meaning: "When it was announced, where it is not known to be signed or in force"}
  - {name: kind, type: text, codes: [class], spare: 2, meaning: "Class of the agreement"}
  - {name: status, type: text, spare: 1, meaning: "Status by the source: from announced over signed and in force to superseded"}
  - {name: binding, type: boolean, meaning: "Whether it binds in law: as a source says, or because a trade agreement in force does"}
  - {name: materials, type: list, spare: 1, meaning: "Materials that a source says it names"}
  - {name: stages, type: list, spare: 1, meaning: "Stages of the value chain that a source says it names"}
  - {name: audited_2026, type: boolean, meaning: "Whether it is among the 14 of the auditors' special report 04/2026"}
  - {name: governance, type: number, meaning: "Mean of the partner's six governance estimates, newest year; absent where not in the data"}
  - {name: governance_low, type: text, meaning: "low, not low, or not in the data"}
  - {name: sources, type: list, meaning: "Documents that the row rests on"}
  - {name: verified, type: boolean, detail: true, meaning: "Whether it and what it covers were read in the documents named"}
  - {name: agreement_id, type: text, entity: Agreement, detail: true, meaning: "Id of the agreement"}
  - {name: partner_ids, type: list, entity: Economy, detail: true, meaning: "Ids of the partners"}
  - {name: governance_year, type: integer, detail: true, meaning: "Year of the estimates"}
  - {name: unsigned, type: text, detail: true, meaning: "Status of what is not known to be signed or in force"}
  - {name: audited_low, type: boolean, detail: true, meaning: "Whether it is among the auditors' 14 and the partner's governance is low"}
  - {name: uncounted, type: integer, detail: true, meaning: "How many agreements of other kinds the party has that day, which are not counted without --kind all"}
finding:
  - "{party} by {as_of}: {rows:agreement|agreements} announced, negotiated or concluded and not known to be signed or in force[, still announced: {unsigned:some=announced}][, under negotiation: {unsigned:some=under negotiation}][, concluded: {unsigned:some=concluded}][, superseded: {unsigned:some=superseded}]. First: {agreement}, announced on {announced}."
  - "{party} by {as_of}: {rows:agreement|agreements} of this kind signed or in force, of which binding in law: {binding:count=True}[, among the auditors' 14: {audited_2026:some=True}, of these with low governance: {audited_low:count=True}]; governance of the partner low: {governance_low:count=low}, not low: {governance_low:count=not low}, not in the data: {governance_low:count=not in the data}."
notes:
  - "Counted are strategic partnerships; {party} has {uncounted:agreement|agreements} of other kinds (--kind all)."
nothing: "No agreement of the kind asked for ({party}, by {as_of}; {material}) is in the data; most of the EU's memoranda name no single material."
caveats:
  - Without --kind only strategic partnerships are counted, as the EU calls its own; the United States and Japan call theirs otherwise (--kind all).
  - A partnership is a memorandum of intent without tonnes; it is no supply, and no share of supply follows from it.
  - Most of the EU's memoranda name no single material; an empty list means that no source read names one.
  - The auditors' threshold for low governance was not published in what was read; a mean below 0 gives their number.
method: "Agreements with the party, signed by the day asked for, or in force where the day of signing is not known, and not ended; for --kind announced those without either, announced by that day. Governance: mean of the six World Bank estimates of the newest year not after that day, all six of one source."
data_needed: [SCORES, estimate, Indicator]
examples: ["orepath ask partnerships", "orepath ask partnerships --as-of 2024-12-31", "orepath ask partnerships --party US --kind all --material rare-earths", "orepath ask partnerships --kind announced"]
*/
MATCH (party:Economy {id: $party})
WITH party,
// part: uncounted
MATCH (agreement:Agreement)-[:PARTY]->(party)
WITH party, uncounted, agreement,
// part: counts
  AS counts
WHERE CASE $kind WHEN 'announced' THEN NOT coalesce(counts, false) AND coalesce(agreement.signed, agreement.in_force_from) IS NULL
        AND agreement.announced <= $as_of AND (agreement.ended IS NULL OR agreement.ended > $as_of)
      ELSE counts AND ($kind = 'all' OR agreement:StrategicPartnership) END
  AND ($material IS NULL OR EXISTS {
        MATCH (agreement)-[:COVERS]->(covered:Material)
        WHERE EXISTS { MATCH (covered)-[:PART_OF*0..3]->(:Material {id: $material}) }
           OR EXISTS { MATCH (:Material {id: $material})-[:PART_OF*0..3]->(covered) } })
// What it covers, by which document, read or not.
OPTIONAL MATCH (agreement)-[coverage:COVERS]->(covered)
WITH party, uncounted, agreement, coverage, covered ORDER BY covered.name
WITH party, uncounted, agreement, collect(DISTINCT CASE WHEN covered:Material THEN covered.name END) AS materials,
     collect(DISTINCT CASE WHEN covered:Stage THEN covered.name END) AS stages,
     collect(DISTINCT coverage.source) AS coverage_sources, min(coverage.verified) AS verified
OPTIONAL MATCH (agreement)-[:PARTY]->(partner:Economy) WHERE partner <> party
WITH uncounted, agreement, materials, stages, coverage_sources, verified, partner ORDER BY partner.name
WITH uncounted, agreement, materials, stages, coverage_sources, verified, collect(partner) AS partners
// The newest governance scores of a single partner.
CALL (partners) {
  OPTIONAL MATCH (partner:Economy:Country {id: head(partners).id})-[score:SCORES]->(:Indicator)
  WHERE size(partners) = 1 AND toInteger(score.year) <= $as_of.year
  // All six of one source: a single mean that a document quotes is no set of estimates.
  WITH score.source AS source, score.year AS year, avg(score.estimate) AS mean, count(score) AS number
  ORDER BY number = 6 DESC, year DESC, source LIMIT 1
  RETURN CASE WHEN number = 6 THEN mean END AS governance, CASE WHEN number = 6 THEN toInteger(year) END AS governance_year
}
WITH *, CASE WHEN agreement.in_force_from <= $as_of THEN toString(agreement.in_force_from)
     WHEN $kind <> 'announced' AND agreement.in_force_from IS NULL AND agreement.signed IS NULL THEN 'date unknown' END AS in_force
RETURN agreement.name AS agreement, [p IN partners | p.name] AS partners,
       left(toString(agreement.signed), CASE agreement.signed_precision WHEN 'year' THEN 4 WHEN 'month' THEN 7 ELSE 10 END) AS signed, in_force,
       CASE $kind WHEN 'announced' THEN toString(agreement.announced) END AS announced,
       head([l IN labels(agreement) WHERE l <> 'Agreement'] + ['Agreement']) AS kind,
       replace(agreement.status, '-', ' ') AS status,
       coalesce(agreement.binding, CASE WHEN in_force IS NOT NULL AND agreement:TradeAgreement THEN true END) AS binding,
       materials, stages,
       coalesce(agreement.audited_2026, false) AS audited_2026, governance,
       CASE WHEN governance IS NULL THEN 'not in the data' WHEN governance < $governance_below THEN 'low'
            ELSE 'not low' END AS governance_low,
       COLLECT { UNWIND coverage_sources + COLLECT { MATCH (agreement)-[:DOCUMENTED_BY]->(document:Source) RETURN document.id } AS id
                 RETURN DISTINCT id ORDER BY id } AS sources,
       agreement.verified AND coalesce(verified, true) AS verified, agreement.id AS agreement_id,
       [p IN partners | p.id] AS partner_ids, governance_year,
       CASE $kind WHEN 'announced' THEN replace(agreement.status, '-', ' ') END AS unsigned,
       coalesce(agreement.audited_2026, false) AND governance IS NOT NULL AND governance < $governance_below AS audited_low, uncounted
ORDER BY coalesce(signed, in_force, announced), agreement_id
