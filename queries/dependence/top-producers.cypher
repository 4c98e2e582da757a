/*
title: Who mines, refines or makes a material?
parameters:
  - {name: material, type: material, required: true, help: "A material or a group of materials", example: gallium}
  - {name: stage, type: stage, help: "Only this stage of the value chain", example: extraction}
  - {name: edition, type: source, help: "A source's edition in place of the one that leads", example: eu-crm-2023}
  - {name: year, type: text, help: "A period in place of the newest", example: "2024"}
  - {name: years, type: integer, default: "10", help: "Leave out products of which no output is known from so many years before the newest", example: "25"}
  - {name: show, type: choice, choices: [main, all], default: main, help: "`all`: also products of older years, and producers of at most a trace", example: all}
columns:
  - {name: product, type: text, meaning: "What is made; mined and refined products are never mixed"}
  - {name: stage, type: text, meaning: "Stage of the value chain"}
  - {name: country, type: text, meaning: "Producer, or a statistical total or residual"}
  - {name: amount, type: number, unit: unit, meaning: "Output in the period; absent where the publisher gives none"}
  - {name: unit, type: text, meaning: "Unit of the amount"}
  - {name: basis, type: text, meaning: "What is counted: metal content, oxide, gross weight"}
  - {name: share, type: share, meaning: "Amount over the larger of the published world total and the sum of all parts; absent where neither a total nor a residual is published"}
  - {name: bound, type: text, meaning: "`at most` where a producer outside the total withholds its figure, or the publisher gives a limit"}
  - {name: status, type: text, meaning: "How the publisher marks the figure: normal, estimated, withheld …"}
  - {name: period, type: text, meaning: "Year or years"}
  - {name: source, type: text, meaning: "Source edition"}
  - {name: note, type: text, detail: true, meaning: "The publisher's note"}
  - {name: elsewhere, type: list, detail: true, meaning: "What other sources say of the same industry, each in its newest period"}
  - {name: coverage, type: share, detail: true, meaning: "Sum of the stated countries over the world total, at most 1"}
  - {name: hhi_low, type: number, unit: 0–10 000, detail: true, meaning: "Concentration with what is not attributed to a country spread thin"}
  - {name: hhi_high, type: number, unit: 0–10 000, detail: true, meaning: "Concentration with what is not attributed to a country as one producer"}
  - {name: world_total, type: number, unit: unit, detail: true, meaning: "World total as published"}
  - {name: no_figure, type: list, detail: true, meaning: "Producers whose output the publisher withholds or does not know"}
  - {name: traces, type: text, detail: true, meaning: "The product, and how many producers are left out of which the publisher says only that they make at most 0.1 %"}
  - {name: left_out, type: integer, detail: true, meaning: "Products left out, of which only older output is known"}
  - {name: kind, type: text, detail: true, meaning: "country, residual (of the publisher) or world"}
  - {name: mark, type: text, detail: true, meaning: "The status where it is other than normal"}
  - {name: country_id, type: text, entity: Country, detail: true, meaning: "ISO 3166-1 alpha-3, or the aggregate's id"}
  - {name: product_id, type: text, entity: Product, detail: true, meaning: "Id of the product"}
  - {name: verified, type: boolean, detail: true, meaning: "Whether the source was read"}
finding_per: product_id
finding:
  - "{country} makes {bound} {share} of the world's {product} ({period}, {mark}; {source})."
  - "{country} makes {bound} {share} of the world's {product} ({period}; {source})."
  - "{country} makes {share} of the world's {product} ({period}, {mark}; {source})."
  - "{country} makes {share} of the world's {product} ({period}; {source})."
  - "{country} makes {amount} {unit} of {product} ({period}; {source}); as no world total is published, its share is not in the data."
  - "{country} makes {product}, but how much is {status} ({period}; {source})."
notes:
  - "{product}: world total {world_total} {unit} as published, {period}."
  - "{product}: coverage {coverage}, HHI {hhi_low:to=hhi_high}."
  - "{product}: no figure from {no_figure}, so their output is in no share."
  - "{product}, {country}: {note}"
  - "{product}, {country} in other sources: {elsewhere} (--edition)."
  - "Producers of at most 0.1 % each that are left out: {traces:list} (--show all)."
  - "Left out: {left_out:product|products} whose newest output is more than {years} years older than the newest of all (--show all)."
nothing: "Who makes {material} is not in the data for what was asked."
caveats:
  - A figure is of one product, one period, one content basis and one source; nothing is added across them.
  - Producers with an output of zero are left out; `evidence` lists them.
  - Products of which the world's output is known come first, stage by stage; then those of which only single makers are.
  - For a group of whose own products at a stage no world total is known, the products of its members stand beside them.
method: "Share = amount / max(published world total, stated + residual); a published share is taken as it is. HHI = sum of squared shares in percent; the lower bound leaves out what no country is named for, the upper bound counts it as one producer. Source: what leads by the one rule of `orepath derive` (docs/methods.md); with --edition or --year, the first in its order that fits."
data_needed: [REPORTED_BY, OUTPUT_KNOWN_FROM]
examples: ["orepath ask top-producers --material gallium", "orepath ask top-producers --material copper --stage extraction", "orepath ask top-producers --material Nd --edition eu-crm-2023"]
*/
// 1. The products of the material, each by what leads of the evidence asked for; those with a headline share come first. Of a
// group its members' too, at stages where its own products have none. What is older by years than the newest is left out.
MATCH (asked:Material {id: $material})<-[:PART_OF*0..3]-(material:Material)<-[:FORM_OF]-(product:Product)
MATCH (product)-[:AT_STAGE]->(level:Stage) WHERE NOT product:TradeCode AND ($stage IS NULL OR level.id = $stage)
MATCH (product)-[known:OUTPUT_KNOWN_FROM]->(source:Source)
WHERE coalesce(source.id = $edition, coalesce(source.grade, '') <> 'D') AND coalesce(known.period = $year, true)
  AND (known.precedence = 1 OR $edition IS NOT NULL OR $year IS NOT NULL)
WITH product, level, material <> asked AS member, known, source ORDER BY known.precedence
WITH product, level, min(member) AS member, head(collect({source: source, known: known})) AS best
WITH level, product, member, best, toInteger(right(best.known.period, 4)) AS ends,
     best.known.whole AND EXISTS { MATCH (product)<-[makes:MAKES]-(:Industry) WHERE makes.method IS NOT NULL } AS whole
WITH level, min(CASE WHEN whole THEN member END) AS nearest, min(member) AS least,
     collect({product: product, level: level, member: member, whole: whole, best: best, ends: ends}) AS found
UNWIND [f IN found WHERE f.member = least OR (f.whole AND nearest)] AS one
WITH collect(one) AS every, max(one.ends) AS newest
WITH every, [e IN every WHERE $show = 'all' OR e.ends >= newest - $years] AS recent
UNWIND recent AS one
WITH one, nullIf(size(every) - size(recent), 0) AS left_out, one.level AS level, one.product AS product, one.best.source AS source,
     one.best.known.measure AS measure, one.best.known.period AS period, one.best.known.basis AS basis,
     NOT one.best.known.whole AS total_unknown
// 2. Everything that source says of it: countries, residuals, world.
MATCH (economy:Economy)-[:HAS]->(industry:Industry)-[:MAKES|TOTALS]->(product),
      (industry)-[report:REPORTED_BY {measure: measure, period: period}]->(source)
WHERE coalesce(report.basis, '') = coalesce(basis, '') AND NOT economy:Bloc AND report.suspect IS NULL
WITH * ORDER BY economy:Aggregate, economy.name
WITH one, left_out, product, level, source, measure, total_unknown, collect({economy: economy, industry: industry, report: report,
     kind: CASE WHEN economy.id = 'WLD' THEN 'world' WHEN economy:Aggregate THEN 'residual' ELSE 'country' END}) AS parts
WITH *, reduce(s = 0.0, p IN parts | s + CASE p.kind WHEN 'country' THEN coalesce(p.report.amount, 0) ELSE 0 END) AS stated,
     reduce(s = 0.0, p IN parts | s + CASE p.kind WHEN 'residual' THEN coalesce(p.report.amount, 0) ELSE 0 END) AS residual,
     CASE measure WHEN 'share-of-supply' THEN 100.0
          ELSE head([p IN parts WHERE p.kind = 'world' | coalesce(p.report.amount, p.report.low)]) END AS world,
     any(p IN parts WHERE p.kind = 'world' AND p.report.amount IS NULL AND p.report.low IS NOT NULL) AS least,
     [p IN parts WHERE p.kind <> 'world' AND p.report.status = 'withheld' | p.economy.name] AS withheld,
     [p IN parts WHERE p.kind <> 'world' AND p.report.status IN ['withheld', 'not-available', 'not-stated'] | p.economy.name] AS silent
WITH *, CASE WHEN measure = 'share-of-supply' OR coalesce(world, 0) > stated + residual THEN world
             ELSE stated + residual END AS total
// A total that the stated parts already fill leaves the withheld producer out: shares are upper bounds.
// So does one that is only a lower bound, for it excludes somebody.
WITH *, least OR (size(withheld) > 0 AND total - stated - residual < 0.01 * total) AS open,
     reduce(s = 0.0, p IN parts | s + CASE p.kind WHEN 'country' THEN (100 * coalesce(p.report.amount, 0) / total) ^ 2 ELSE 0 END) AS hhi
// Of whom the publisher says only that it makes no more than a trace.
WITH *, [p IN parts WHERE $show <> 'all' AND p.kind = 'country' AND p.report.amount IS NULL
         AND coalesce(p.report.low, 0) = 0 AND p.report.high / total <= 0.001 | p.economy.id] AS below
UNWIND parts AS part
WITH *, part.report AS report, part.economy AS economy, part.industry AS industry
WHERE part.kind = 'world' OR report.status = 'withheld' OR (coalesce(report.amount, report.high, report.low, 0) > 0 AND NOT economy.id IN below)
RETURN product.name AS product, level.name AS stage, economy.name AS country, report.amount AS amount,
       replace(report.unit, 'percent', '%') AS unit, coalesce(report.basis_note, nullIf(report.basis, 'not-applicable')) AS basis,
       CASE WHEN part.kind <> 'world' AND NOT total_unknown
            THEN coalesce(report.amount, report.high, report.low) / total END AS share,
       CASE WHEN part.kind = 'world' OR total_unknown OR coalesce(report.amount, report.high, report.low) IS NULL THEN null
            WHEN open OR (report.amount IS NULL AND report.high IS NOT NULL) THEN 'at most'
            WHEN report.amount IS NULL THEN 'at least' END AS bound,
       CASE WHEN part.kind = 'world' AND report.rounded THEN report.status + ', rounded' ELSE report.status END AS status,
       report.period AS period, source.id AS source, report.note AS note,
       COLLECT {
         MATCH (industry)-[other:REPORTED_BY]->(others:Source)
         WHERE other.measure IN ['production', 'share-of-supply'] AND others <> source AND other.amount IS NOT NULL AND other.suspect IS NULL
           AND other.status <> 'forecast' AND NOT EXISTS { // each source's newest period
             MATCH (industry)-[newer:REPORTED_BY {measure: other.measure}]->(others)
             WHERE newer.amount IS NOT NULL AND newer.status <> 'forecast' AND newer.period > other.period }
         RETURN replace(toString(CASE WHEN other.amount < 1000 THEN round(other.amount, 3) ELSE toInteger(round(other.amount)) END) + ' ',
                        '.0 ', ' ') + replace(other.unit, 'percent', '%') + ' (' + others.id + ', ' + other.period + ')' AS said ORDER BY said
       } AS elsewhere,
       CASE WHEN world IS NULL THEN null WHEN stated > world THEN 1.0 ELSE stated / world END AS coverage,
       CASE WHEN open OR total_unknown THEN null ELSE hhi END AS hhi_low,
       CASE WHEN NOT open AND NOT total_unknown
            THEN hhi + CASE WHEN total > stated THEN (100 * (total - stated) / total) ^ 2 ELSE 0 END END AS hhi_high,
       CASE measure WHEN 'production' THEN world END AS world_total, silent AS no_figure,
       CASE WHEN size(below) > 0 THEN product.name + ': ' + toString(size(below)) END AS traces, left_out, part.kind AS kind,
       CASE WHEN report.status <> 'normal' THEN report.status END AS mark, economy.id AS country_id,
       product.id AS product_id, report.verified AS verified
ORDER BY NOT one.whole, level.position, product_id, CASE kind WHEN 'country' THEN 0 WHEN 'residual' THEN 1 ELSE 2 END,
         coalesce(share, -1) DESC, coalesce(amount, -1) DESC, country_id
