// 2. The flows of each, added up by year, source and side where a bloc is asked for: from outside it, or to outside it.
CALL (heading, codes) {
  OPTIONAL MATCH (one:Economy {id: $exporter})
  OPTIONAL MATCH (other:Economy {id: $importer})
  WITH *, COLLECT { MATCH (member:Economy)-[belongs:MEMBER_OF]->(one)
                    RETURN {id: member.id, from: belongs.from.year, until: coalesce(belongs.until.year, 9999)} } AS sellers,
          COLLECT { MATCH (member:Economy)-[belongs:MEMBER_OF]->(other)
                    RETURN {id: member.id, from: belongs.from.year, until: coalesce(belongs.until.year, 9999)} } AS buyers
  WITH *, [m IN sellers | m.id] AS seller_ids, [m IN buyers | m.id] AS buyer_ids
  UNWIND codes AS code
  MATCH (code)<-[:SHIPS|TOTALS]-(industry:Industry)-[flow:EXPORTS_TO]->(bought:Economy)
  WHERE bought.id <> 'WLD' AND (other IS NULL OR bought = other OR bought.id IN buyer_ids)
    AND ($year IN ['newest', 'all'] OR toString(flow.year) = $year) AND coalesce(flow.source = $edition, true)
  MATCH (sold:Economy)-[:HAS]->(industry) WHERE sold.id <> 'WLD' AND (one IS NULL OR other IS NOT NULL OR sold = one OR sold.id IN seller_ids)
  WITH *, one IS NULL OR sold = one OR (sold.id IN seller_ids
         AND any(m IN sellers WHERE m.id = sold.id AND m.from <= flow.year AND m.until > flow.year)) AS sells,
       other IS NULL OR bought = other OR any(m IN buyers WHERE m.id = bought.id AND m.from <= flow.year AND m.until > flow.year) AS buys,
       (sold.id IN buyer_ids AND any(m IN buyers WHERE m.id = sold.id AND m.from <= flow.year AND m.until > flow.year))
       OR (bought.id IN seller_ids AND any(m IN sellers WHERE m.id = bought.id AND m.from <= flow.year AND m.until > flow.year)) AS inside
  WHERE buys AND NOT inside AND (sells OR other IS NOT NULL)
  WITH heading, flow.year AS year, flow.source AS source, flow.reporter_side AS side, sells,
       CASE WHEN sells THEN coalesce(one, sold) ELSE sold END AS seller, coalesce(other, bought) AS buyer,
       bought = coalesce(other, bought) AS direct, sold = coalesce(one, sold) OR NOT sells AS alone,
       collect(DISTINCT code.id) AS ids, head(collect(industry)) AS industry,
       CASE WHEN count(flow.value) > 0 THEN sum(flow.value) END AS value, CASE WHEN count(flow.mass) > 0 THEN sum(flow.mass) END AS mass,
       sum(CASE WHEN flow.mass > 0 THEN flow.value END) AS priced, nullIf(sum(CASE WHEN flow.value > 0 THEN flow.mass END), 0.0) AS weight,
       count(*) AS flows, count(flow.mass) AS weighed, min(flow.currency) AS currency, min(flow.verified) AS verified
  WITH heading, year, source, side, direct, sum(value) AS whole, CASE WHEN sum(flows) = sum(weighed) THEN sum(mass) END AS all_mass,
       sum(priced) / nullIf(sum(weight), 0.0) / 1000 AS mean,
       collect({seller: seller, buyer: buyer, codes: ids, industry: industry, value: value, mass: mass,
          unit_value: priced / weight / 1000, flows: flows, weighed: weighed, currency: currency, verified: verified, sells: sells}) AS rows
  // Only a publication's edition that keeps the books of the one whose trade is the whole, or all's, holds the whole.
  WITH *, EXISTS { MATCH (:Source {id: source})-[:EDITION_OF]->() } AS edition
  WITH *, edition AND CASE WHEN $importer IS NOT NULL THEN side <> 'exporter' WHEN $exporter IS NOT NULL THEN side <> 'importer'
                           ELSE side = 'reconciled' END AS complete
  UNWIND [r IN rows WHERE r.sells] AS row
  WITH *, CASE WHEN NOT edition AND direct THEN head(COLLECT { WITH row.industry AS industry, row.buyer AS market
         MATCH (industry)-[said:SUPPLIES {source: source, period: toString(year)}]->(market) RETURN said ORDER BY said.id }) END AS said
  WITH heading, max(year) AS newest, collect(row {.*, year: year, source: source, side: side, stated: NOT edition,
       share: CASE WHEN complete THEN row.value / nullIf(whole, 0.0) ELSE coalesce(said.value_share, said.share) END,
       by: CASE WHEN complete OR said.value_share IS NOT NULL THEN 'value' ELSE coalesce(said.basis, 'an unknown basis') END,
       mass_share: CASE WHEN complete THEN row.mass / nullIf(all_mass, 0.0)
                       WHEN said.basis = 'mass' AND said.value_share IS NOT NULL THEN said.share END,
       odd: CASE WHEN row.unit_value >= 4 * mean OR row.unit_value <= mean / 4 THEN row.unit_value / mean END}) AS rows
  UNWIND [r IN rows WHERE $year <> 'newest' OR r.year = newest] AS row
  // 3. Both sides' books and the reconciled flow side by side; of several sources of one side the one with the most.
  WITH row ORDER BY coalesce(row.value, -1.0) DESC, row.source
  WITH row.year AS year, row.seller AS seller, row.buyer AS buyer, collect(row) AS found
  WITH *, head([f IN found WHERE f.side = 'importer']) AS bought, head([f IN found WHERE f.side = 'exporter']) AS sold,
       head([f IN found WHERE f.side = 'reconciled']) AS agreed
  WITH *, [x IN [bought, agreed, sold] WHERE x IS NOT NULL] AS sides
  WITH *, head([x IN sides WHERE x.value IS NOT NULL] + sides) AS lead, head([x IN sides WHERE x.share IS NOT NULL]) AS shared,
       head([x IN sides WHERE x.unit_value IS NOT NULL]) AS priced
  ORDER BY lead.value IS NULL, lead.value DESC, seller.id, buyer.id
  WITH year, count(*) AS number, collect({seller: seller, buyer: buyer, found: found, bought: bought, sold: sold, agreed: agreed,
       lead: lead, shared: shared, priced: priced, value: lead.value})[..$limit] AS flows
  RETURN year, number, flows
}
