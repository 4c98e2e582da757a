/*
title: Which policies and stockpiles address a material?
parameters:
  - {name: material, type: material, help: "Only what addresses the material, its group or its members", example: gallium}
  - {name: adopted_by, type: economy, help: "Only policies of this jurisdiction", example: Japan}
  - {name: as_of, type: date, default: newest, help: "Only what was adopted by that day", example: "2026-02-03"}
columns:
  - {name: jurisdiction, type: list, meaning: "Who adopted it"}
  - {name: policy, type: text, meaning: "Name of the policy"}
  - {name: kind, type: text, spare: 1, meaning: "regulation, strategy, stockpile …"}
  - {name: status, type: text, meaning: "Status by the source when it was read"}
  - {name: adopted, type: text, spare: 1, meaning: "When it was adopted, as precisely as is known; absent where not in the data"}
  - {name: addresses, type: list, spare: 1, meaning: "Those materials asked for, their groups or members, that it names; all it names where none is asked for"}
  - {name: targets, type: list, meaning: "Benchmarks that it sets"}
  - {name: stocks, type: list, meaning: "Stocks or stock targets by material, with period and status"}
  - {name: money_and_claims, type: list, meaning: "What documents say of it, money among it"}
  - {name: sources, type: list, meaning: "Documents that the row rests on"}
  - {name: verified, type: boolean, detail: true, meaning: "Whether the policy was read in the documents named; targets and statements may be less certain"}
  - {name: policy_id, type: text, entity: Policy, detail: true, meaning: "Id of the policy"}
  - {name: undated, type: boolean, detail: true, meaning: "Whether its day of adoption is not in the data; such a policy is shown at every --as-of"}
finding:
  - "Policies in the data adopted by {as_of} that fit what was asked: {rows}, of which stockpiles: {kind:count=stockpile}; by {jurisdiction:list}[; of {undated:some=True} the day of adoption is not in the data, so that they may be younger]."
nothing: "No policy or stockpile adopted by {as_of} that names what was asked is in the data."
caveats:
  - A policy that names no single material is not found by --material; without it all policies are shown.
  - A target is no holding, and an announced sum is not money spent.
  - What governments hold in secret is not in the data; the list is made of what was found.
  - A policy whose day of adoption is unknown is shown at every --as-of.
method: "Policies that address the material, its group or a member, or hold a stock of it; adopted by the day."
data_needed: [Policy, ADDRESSES, HOLDS_STOCK, SETS, ABOUT]
examples: ["orepath ask stockpiles-and-policies --material gallium", "orepath ask stockpiles-and-policies --adopted-by Japan"]
*/
MATCH (policy:Policy)
// What auditors say of a policy is evidence on it, and none itself.
WHERE coalesce(policy.kind, '') <> 'audit report' AND (policy.adopted IS NULL OR policy.adopted <= $as_of)
  AND ($adopted_by IS NULL OR EXISTS { MATCH (policy)-[:ADOPTED_BY]->(:Economy {id: $adopted_by}) })
// The materials it names that are the one asked for, hold it, or are held by it.
WITH policy, COLLECT { MATCH (policy)-[:ADDRESSES|HOLDS_STOCK]->(named:Material)
       WHERE $material IS NULL OR EXISTS { MATCH (named)-[:PART_OF*0..3]->(:Material {id: $material}) }
          OR EXISTS { MATCH (:Material {id: $material})-[:PART_OF*0..3]->(named) }
       RETURN DISTINCT named.name AS name ORDER BY name } AS addresses
WHERE $material IS NULL OR size(addresses) > 0
RETURN COLLECT { MATCH (policy)-[:ADOPTED_BY]->(owner:Economy) RETURN owner.name AS name ORDER BY name } AS jurisdiction,
       policy.name AS policy, policy.kind AS kind, replace(policy.status, '-', ' ') AS status,
       left(toString(policy.adopted), CASE policy.adopted_precision WHEN 'year' THEN 4 WHEN 'month' THEN 7 ELSE 10 END) AS adopted, addresses,
       COLLECT { MATCH (policy)-[:SETS]->(target:Benchmark) RETURN target.name AS name ORDER BY name } AS targets,
       COLLECT { MATCH (policy)-[stock:HOLDS_STOCK]->(held:Material) WHERE held.name IN addresses
                   AND coalesce(left(stock.period, size(stock.period)) <= left(toString($as_of), size(stock.period)), true)
                 RETURN held.name + ': ' + coalesce(replace(CASE WHEN abs(stock.amount) < 1000 THEN toString(stock.amount) + ' '
                          ELSE toString(toInteger(round(stock.amount))) + ' ' END, '.0 ', ' ') + stock.unit, 'amount not in the data')
                        + ' (' + coalesce(stock.period + ', ', '') + coalesce(replace(stock.status, '-', ' '), 'status not stated') + ')'
                        AS said ORDER BY said } AS stocks,
       COLLECT { MATCH (claim:Claim)-[:ABOUT]->(policy) RETURN claim.text AS said ORDER BY said } AS money_and_claims,
       COLLECT { UNWIND COLLECT { MATCH (policy)-[:DOCUMENTED_BY]->(document:Source) RETURN document.id AS id
                 UNION MATCH (policy)-[stock:HOLDS_STOCK]->(:Material) RETURN stock.source AS id
                 UNION MATCH (policy)-[:SETS]->(:Benchmark)-[:DOCUMENTED_BY]->(document:Source) RETURN document.id AS id
                 UNION MATCH (policy)<-[:ABOUT]-(:Claim)-[:MADE_IN]->(document:Source) RETURN document.id AS id } AS id
                 RETURN id ORDER BY id } AS sources,
       policy.verified AS verified, policy.id AS policy_id, policy.adopted IS NULL AS undated
ORDER BY jurisdiction[0], adopted, policy_id
