// 2. Its makers in one order, with the share that the world and the market have of each.
CALL (country, market, product) {
  MATCH (product)<-[makes:MAKES]-(maker:Industry)<-[:HAS]-(economy:Country)
  OPTIONAL MATCH (maker)-[supply:SUPPLIES_MARKET]->(market)
  WITH * WHERE makes.method IS NOT NULL OR supply IS NOT NULL OR EXISTS { (maker)-[:FEEDS]->() }
  WITH * ORDER BY maker.id
  RETURN collect({maker: maker, economy: economy, own: economy = country, makes: makes, supply: supply}) AS makers
}
WITH country, market, collect({level: level, place: place, product: product, idle: idle, makers: makers,
     named: any(m IN makers WHERE coalesce(m.makes.share, m.makes.share_low, m.makes.share_high) IS NOT NULL)}) AS products
// 3. What each product is made of.
CALL (products) {
  UNWIND products AS one WITH one, one.product AS product
  UNWIND [null] + COLLECT { MATCH (product)-[:INPUT_TO]->(made:Product) RETURN made } AS made
  WITH coalesce(made, product) AS made, collect(CASE WHEN made IS NULL THEN one END) AS self,
       collect(CASE WHEN made IS NOT NULL THEN one END) AS inputs
  UNWIND self AS one
  RETURN collect(one {.*, inputs: inputs}) AS chain
}
// 4. What each maker takes of each of its inputs from the country, and what from which others.
CALL (products) {
  UNWIND products AS one UNWIND range(0, size(one.makers) - 1) AS n
  WITH one, n, one.makers[n].maker AS maker, one.makers[n].own AS own
  UNWIND [null] + COLLECT { MATCH (maker)-[edge:FEEDS]->(:Industry) RETURN edge } AS edge
  WITH coalesce(endNode(edge), maker) AS user, one, collect(CASE WHEN edge IS NULL THEN n END) AS self,
       [t IN collect({n: n, own: own, edge: edge}) WHERE t.edge IS NOT NULL] AS taken
  WITH user, one, self, taken, head([t IN taken WHERE t.own | t.edge]) AS own
  WITH user, collect([n IN self | {level: one.level, place: one.place, n: n}]) AS self, collect(CASE WHEN size(taken) > 0 THEN {product: one.product,
       level: one.level, place: one.place, share: coalesce(own.share, 0.0), low: coalesce(own.share_low, 0.0), high: coalesce(own.share_high, 0.0),
       others: [t IN taken WHERE NOT t.own | {step: 3 * one.level, place: one.place, n: t.n, share: t.edge.share}]} END) AS inputs
  UNWIND reduce(all = [], s IN self | all + s) AS place
  WITH place, inputs ORDER BY place.level, place.place, place.n
  WITH place.level AS level, place.place AS place, collect(inputs) AS fed
  RETURN collect({level: level, place: place, fed: fed}) AS fed
}
