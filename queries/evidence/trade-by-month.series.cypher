// 2. A series a seller, source and side: what it sent in each month to those asked for, and which months the source speaks of.
CALL (heading, codes) {
  OPTIONAL MATCH (one:Economy {id: $exporter})
  OPTIONAL MATCH (other:Economy {id: $importer})
  WITH *, COLLECT { MATCH (member:Economy)-[belongs:MEMBER_OF]->(one)
                    RETURN {id: member.id, from: belongs.from.year, until: coalesce(belongs.until.year, 9999)} } AS sellers,
          COLLECT { MATCH (member:Economy)-[belongs:MEMBER_OF]->(other)
                    RETURN {id: member.id, from: belongs.from.year, until: coalesce(belongs.until.year, 9999)} } AS buyers
  UNWIND codes AS code
  MATCH (code)<-[:MAKES|SHIPS]-(industry:Industry)-[flow:EXPORTS_MONTHLY]->(buyer:Economy)
  WHERE buyer.id <> 'WLD' AND coalesce(flow.source = $edition, true)
  MATCH (seller:Economy)-[:HAS]->(industry)
  WHERE one IS NULL OR seller = one OR any(m IN sellers WHERE m.id = seller.id AND m.from <= flow.year AND m.until > flow.year)
  WITH *, other IS NULL OR buyer = other OR (any(m IN buyers WHERE m.id = buyer.id AND m.from <= flow.year AND m.until > flow.year)
          AND NOT any(m IN buyers WHERE m.id = seller.id AND m.from <= flow.year AND m.until > flow.year)) AS buys
  WITH coalesce(one, seller) AS seller, other, flow.source AS source, flow.reporter_side AS side, flow.year AS year, flow.month AS month,
       collect(DISTINCT code.id) AS ids, count(DISTINCT CASE WHEN buys THEN buyer END) AS partners, min(flow.verified) AS verified,
       min(flow.currency) AS currency, sum(CASE WHEN buys THEN flow.value END) AS value, sum(CASE WHEN buys THEN flow.mass END) AS mass,
       sum(CASE WHEN buys THEN flow.power END) AS power, count(CASE WHEN buys THEN 1 END) AS flows,
       count(CASE WHEN buys THEN flow.power END) AS rated, sum(CASE WHEN buys AND flow.power IS NULL THEN flow.value END) AS unrated,
       count(CASE WHEN buys THEN flow.mass END) AS weighed, sum(CASE WHEN buys AND flow.mass IS NULL THEN flow.value END) AS unweighed,
       sum(CASE WHEN buys AND flow.mass > 0 THEN flow.value END) AS priced,
       nullIf(sum(CASE WHEN buys AND flow.value > 0 THEN flow.mass END), 0.0) AS weight
  WITH seller, other, source, side, sum(flows) AS known, sum(partners) AS told, max(partners) AS most, max(12 * year + month - 1) AS newest,
       sum(rated) > 0 AS powered, collect({at: 12 * year + month - 1, name: toString(year) + '-' + right('0' + toString(month), 2), ids: ids,
         partners: partners, verified: verified, currency: currency, value: value, flows: flows, unit_value: priced / weight / 1000,
         unrated: 1.0 * unrated / nullIf(value, 0.0), unweighed: 1.0 * unweighed / nullIf(value, 0.0),
         mass: CASE WHEN weighed > 0 OR flows = 0 THEN round(mass, 6) END, power: CASE WHEN rated > 0 OR flows = 0 THEN round(power, 2) END}) AS found
  WHERE known > 0
  // What is told in power in some month is so in all: a month without one has no quantity, and is not told in tonnes.
  WITH *, COLLECT { UNWIND found AS m RETURN m {.*, quantity: CASE WHEN powered THEN m.power ELSE m.mass END,
         without: CASE WHEN powered THEN m.unrated ELSE m.unweighed END} AS month ORDER BY m.at DESC } AS months
  // Of several sources that which goes on longest leads, then the one that names most partners.
  ORDER BY newest DESC, told DESC, source, side
  WITH seller, other, collect({source: source, side: side, newest: newest, most: most, powered: powered, months: months}) AS every
  RETURN seller, other, head(every) AS series, [f IN tail(every) | f.source] AS elsewhere
}
