/*
title: How long do stocks last, how long does a licence take, and how soon did production stop?
parameters:
  - {name: material, type: material, required: true, help: "A material, with its group and its members", example: rare-earths}
  - {name: sector, type: sector, help: "Stocks and stops of this sector only; stocks of states and licences stay", example: automotive}
  - {name: importer, type: economy, default: EU, help: "Whose stocks stand first; licences that hold for it", example: EU}
  - {name: as_of, type: date, default: newest, help: "Restrictions in force on that day, and what documents say of a time until it", example: "2026-02-03"}
columns:
  - {name: what, type: text, meaning: "What it is the time of"}
  - {name: of, type: text, meaning: "The material, product, restriction or policy that it is about"}
  - {name: who, type: text, meaning: "Whose stock, licence or production"}
  - {name: as_stated, type: text, meaning: "The time or amount as the source has it; of a computed one, how it was computed"}
  - {name: days_low, type: number, unit: days, meaning: "The shortest time, in calendar days (five working days make seven, a month 30.4); empty where only a longest is known"}
  - {name: days_high, type: number, unit: days, meaning: "The longest time, in calendar days; empty where only a shortest is known"}
  - {name: period, type: text, meaning: "When that was so, as precisely as the source says"}
  - {name: known_as, type: text, meaning: "Reported, a limit in law, held, a target, or computed here"}
  - {name: source, type: text, meaning: "The source"}
  - {name: remark, type: text, detail: true, meaning: "How the source was read"}
  - {name: verified, type: boolean, detail: true, meaning: "Whether the source was read"}
  - {name: about, type: text, detail: true, meaning: "What was asked for, in words"}
  - {name: stock_told, type: text, detail: true, meaning: "The stock that matters most, in words"}
  - {name: licence_told, type: text, detail: true, meaning: "The time of a licence, in words"}
  - {name: stop_told, type: text, detail: true, meaning: "The first stop of production, in words"}
  - {name: left_told, type: text, detail: true, meaning: "Whether the stock outlasts the licence, in words"}
  - {name: none_of, type: text, detail: true, meaning: "The market, where no stock of it or its authorities is in the data"}
  - {name: thing_id, type: text, entity: [Material, Product, Policy, ExportRestriction, Benchmark, Stage], detail: true, meaning: "Id of what it is about"}
finding:
  - "{about}: {stock_told}; {licence_told}; {stop_told}.[ {left_told}]"
notes:
  - "No stock of {none_of} itself is in the data, nor what its companies hold: what is shown is of others, or of a part of it."
nothing: "No stock, no time of a licence and no stop for {material} is in the data: how long deliveries could be missing before production stops is not known."
caveats:
  - What companies hold in stock is not published; the days given are of a trader, of an analyst or of the statistics of one state, and no survey.
  - A stock is not spread evenly. The first plant stops when the first supplier has none, long before the mean is used up.
  - A limit in law is no time that an authority keeps; a clock that stops when papers are missing is in no figure here.
  - A target of a stockpile is no stock; amounts meant to be bought are no days of cover.
  - Days of use with industry are of the country whose statistics they are, by its use of a normal year.
method: "TIME_REPORTED_BY, HOLDS_STOCK and SETS as stated. Computed: 365 times stocks over use in one source, year, unit and basis; of a ban, the days between its beginning and its end. A month is 365/12 days."
data_needed: [TIME_REPORTED_BY, HOLDS_STOCK, REPORTED_BY, RESTRICTS]
examples: ["orepath ask stock-and-time --material rare-earths --sector automotive", "orepath ask stock-and-time --material gallium", "orepath ask stock-and-time --material cobalt --importer US"]
*/
MATCH (market:Economy {id: $importer})
// Materials and products that are meant: the one asked for, its members, its groups.
CALL () {
  MATCH (m:Material)
  WHERE EXISTS { (m)-[:PART_OF*0..3]->(:Material {id: $material}) } OR EXISTS { (:Material {id: $material})-[:PART_OF*1..3]->(m) }
  RETURN collect(m) AS materials
}
CALL (market, materials) {
// part: rows
UNION
// part: stocks
UNION
// part: rules
}
WITH market, collect(row) AS rows
// What is said of things in general stands below what is said of the material, and never alone.
WITH *, [r IN rows WHERE NOT r.general] AS special
WHERE size(special) > 0
WITH *, [r IN special WHERE r.rank = 1 AND (r.low IS NOT NULL OR r.high IS NOT NULL)] AS users, [r IN special WHERE r.rank = 2] AS computed,
     [r IN special WHERE r.rank = 3 AND r.low IS NOT NULL AND r.known_as = 'held'] AS held,
     [r IN special WHERE r.rank = 4 AND r.measure = 'licence-time'] AS taken, [r IN rows WHERE r.rank = 4 AND r.measure = 'licence-limit'] AS limits,
     [r IN special WHERE r.rank = 5 AND r.measure = 'time-to-stop'] AS stops, [r IN special WHERE r.rank = 4] AS licences
UNWIND rows AS row
WITH *, head([s IN users + held + computed WHERE s.own] + users + held + computed) AS stock, head(taken) AS licence, head(stops) AS stop
RETURN row.what AS what, row.of AS of, row.who AS who, row.as_stated AS as_stated, round(row.low) AS days_low, round(row.high) AS days_high,
       row.period AS period, row.known_as AS known_as, row.source AS source, row.remark AS remark, row.verified AS verified,
       'Without deliveries of ' + head(COLLECT { MATCH (m:Material {id: $material}) RETURN m.name })
       + coalesce(' (' + head(COLLECT { MATCH (s:Sector {id: $sector}) RETURN s.name }) + ')', '') AS about,
       coalesce(CASE stock.rank WHEN 1 THEN 'the stock of users lasts ' ELSE 'a stock of ' END + stock.as_stated + CASE stock.rank WHEN 1 THEN ''
           ELSE ' is known' END
                + ' (' + stock.who + ', ' + stock.period + ')', 'how long stocks last is not known') AS stock_told,
       CASE WHEN licence IS NOT NULL THEN 'a licence takes ' + licence.as_stated + ' (' + licence.period + ')'
            WHEN size(limits) > 0 AND size(licences) > 0 THEN 'a licence is to be decided on within ' + replace(limits[0].as_stated, 'up to ', '')
              + ', and how long it takes is not known'
            ELSE 'no time of a licence is known' END AS licence_told,
       coalesce('the first stop of production came after ' + stop.as_stated + ' (' + stop.who + ', ' + stop.period + ')',
                'no stop of production is in the data') AS stop_told,
       CASE WHEN stock IS NULL OR licence IS NULL THEN null
            WHEN coalesce(stock.low, stock.high) > coalesce(licence.high, licence.low)
                THEN 'The stock outlasts one licence, if it is asked for at once and granted.'
            WHEN coalesce(stock.high, stock.low) < coalesce(licence.low, licence.high) THEN 'The stock is used up before the licence is there.'
            ELSE 'The shorter stocks are used up before the licence is there.' END AS left_told,
       CASE WHEN NOT any(r IN rows WHERE r.own AND r.rank <= 3) THEN market.name END AS none_of, row.id AS thing_id
ORDER BY row.general, row.rank, NOT coalesce(row.own, false), row.period DESC, coalesce(row.low, row.high) DESC, of, who, source
