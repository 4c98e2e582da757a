/*
title: Whose companies hold mines and plants abroad?
parameters:
  - {name: owner, type: economy, help: "Only companies of this economy, or of the members of this bloc", example: China}
  - {name: material, type: material, help: "Only what yields this material, its group or a member", example: nickel}
  - {name: host, type: country, help: "Only mines and plants in this country", example: DR Congo}
  - {name: as_of, type: date, default: newest, help: "Only what documents say of a time until that day; members of a bloc on that day", example: "2026-02-03"}
  - {name: show, type: choice, choices: [abroad, all], default: abroad, help: "`all`: also what companies and the state of the host itself hold of the same mines and plants", example: all}
  - {name: limit, type: integer, default: "20", help: "How many stakes", example: "100"}
columns:
  - {name: owner, type: text, meaning: "Where the holder is at home"}
  - {name: holder, type: text, meaning: "The company, consortium or state body; `all companies` where a document counts those of an economy together"}
  - {name: site, type: text, meaning: "The mine or plant, or the industry of the host as a whole"}
  - {name: host, type: text, meaning: "The country in which it lies"}
  - {name: stake, type: share, meaning: "The share held, or its lower bound; empty where the document names the holder without a share"}
  - {name: of, type: text, meaning: "What the stake is a share of: the capital; the capacity or output that companies of the owner control; or the number of mines in which they have a stake, which is no share of output. With the status, where the document speaks of a purchase"}
  - {name: period, type: text, meaning: "When that was so, as precisely as the document says"}
  - {name: status, type: text, detail: true, meaning: "Where the document speaks of a purchase and not of a holding: agreed, or completed"}
  - {name: host_share, type: share, meaning: "The host's headline share of world output of the first product: of the whole country, not of the site"}
  - {name: with_home, type: share, detail: true, meaning: "Of an industry under control: the world output that the owner makes at home, and what it controls of the host's"}
  - {name: makes, type: list, detail: true, meaning: "What the mine, plant or industry makes"}
  - {name: host_period, type: text, detail: true, meaning: "Period of the host's share"}
  - {name: host_source, type: text, detail: true, meaning: "Source of the host's share"}
  - {name: bound, type: text, detail: true, meaning: "`at least` where the document gives only a lower bound"}
  - {name: remark, type: text, detail: true, meaning: "How the document was read"}
  - {name: source, type: text, meaning: "The document"}
  - {name: verified, type: boolean, detail: true, meaning: "Whether the document was read"}
  - {name: told, type: text, detail: true, meaning: "The row in words"}
  - {name: not_known, type: integer, detail: true, meaning: "Mines and plants in the data that fit and of which no document in it says whose they are"}
  - {name: stakes, type: integer, detail: true, meaning: "Stakes that fit"}
  - {name: hosts, type: integer, detail: true, meaning: "Countries in which they lie"}
  - {name: shown, type: integer, detail: true, meaning: "Stakes shown, where there are more"}
  - {name: owner_id, type: text, entity: Economy, detail: true, meaning: "Id of the owner's economy"}
  - {name: host_id, type: text, entity: Economy, detail: true, meaning: "Id of the host"}
  - {name: site_id, type: text, entity: [Industry, Project], detail: true, meaning: "Id of the project or industry"}
finding:
  - "{told}; in all, {stakes:stake|stakes} of that kind in {hosts:country|countries} in the data.[ The first {shown} are shown.]"
notes:
  - "{not_known:other mine or plant in the data fits|other mines and plants in the data fit} what was asked, and no document in it says where the owners are at home: that a country is not listed does not mean that its companies hold nothing."
nothing: "Who owns such mines and plants is not in the data: it has the documents of a few, and no register of owners."
caveats:
  - No list of all mines with their owners is free; these are the holdings that a document in the data states, most of them from the press. Nothing follows from what is missing.
  - A stake is no supply. Who may buy the output is said by contracts, and hardly any is published; a minority holder may have the right to all of it.
  - Stakes change hands; each row is of its period, and the newest of one holder is shown. Stakes of different years are not added.
  - "`with_home` sets a share of capacity beside shares of output, of different years: an order of magnitude."
method: "OWNS: of each holder the newest statement with a share, else the newest. Industries under control come first, the newest statement leading, then sites by the stake. World output: MAKES."
data_needed: [OWNS, MAKES]
examples: ["orepath ask ownership --owner China", "orepath ask ownership --material lithium", "orepath ask ownership --host \"DR Congo\" --show all"]
*/
MATCH (home:Economy)-[owns:OWNS]->(site:Project|Industry)
WHERE left(owns.period, size(owns.period)) <= left(toString($as_of), size(owns.period))
  AND ($owner IS NULL OR home.id = $owner OR EXISTS { MATCH (home)-[member:MEMBER_OF]->(:Economy {id: $owner})
        WHERE member.from <= $as_of AND (member.until IS NULL OR member.until > $as_of) })
MATCH (host:Economy)
WHERE (EXISTS { (site)-[:LOCATED_IN]->(host) } OR EXISTS { (host)-[:HAS]->(site) }) AND ($host IS NULL OR host.id = $host)
  AND ($show = 'all' OR host <> home)
WITH home, owns, site, host, COLLECT { MATCH (site)-[:PRODUCES|MAKES]->(made:Product) RETURN made ORDER BY made.id } AS products
WHERE $material IS NULL OR any(p IN products WHERE EXISTS { MATCH (p)-[:FORM_OF]->(m:Material)
        WHERE EXISTS { (m)-[:PART_OF*0..3]->(:Material {id: $material}) } OR EXISTS { (:Material {id: $material})-[:PART_OF*0..3]->(m) } })
// The product asked for stands first, and is the one of which the host's share of the world is said.
WITH home, owns, site, host, [p IN products WHERE $material IS NOT NULL AND EXISTS { (p)-[:FORM_OF]->(:Material {id: $material}) }] AS asked, products
WITH home, owns, site, host, asked + [p IN products WHERE NOT p IN asked] AS products
ORDER BY owns.share IS NOT NULL OR owns.low IS NOT NULL DESC, owns.period DESC, owns.source
WITH home, site, host, products, owns.holder AS holder, owns.kind AS kind, collect(owns)[0] AS owns
OPTIONAL MATCH (:Industry {id: host.id + ':' + products[0].id})-[made:MAKES]->(:Product {id: products[0].id})
OPTIONAL MATCH (:Industry {id: home.id + ':' + products[0].id})-[own:MAKES]->(:Product {id: products[0].id})
WITH *, coalesce(owns.share, owns.low) AS stake, coalesce(made.share, made.share_high) AS host_share
WITH *, CASE WHEN owns.kind = 'control' AND host <> home THEN coalesce(own.share, own.share_low, 0.0) + stake * host_share END AS with_home,
     CASE WHEN site:Industry THEN products[0].name + ' as a whole' ELSE site.name END AS called,
     CASE owns.kind WHEN 'equity' THEN 'capital' WHEN 'control' THEN 'output, controlled' ELSE 'number of mines' END AS of,
     CASE WHEN owns.share IS NULL AND owns.low IS NOT NULL THEN 'at least' END AS bound
WITH *, COUNT { MATCH (other:Project)-[:LOCATED_IN]->(place:Country)
       WHERE NOT EXISTS { (:Economy)-[:OWNS]->(other) } AND ($host IS NULL OR place.id = $host)
         AND ($material IS NULL OR EXISTS { MATCH (other)-[:PRODUCES]->(:Product)-[:FORM_OF]->(m:Material)
           WHERE EXISTS { (m)-[:PART_OF*0..3]->(:Material {id: $material}) }
               OR EXISTS { (:Material {id: $material})-[:PART_OF*0..3]->(m) } }) } AS unowned
WITH collect({home: home, site: site, host: host, products: products, holder: holder, owns: owns, made: made, stake: stake, host_share: host_share,
     with_home: with_home, called: called, of: of, bound: bound, unowned: unowned}) AS rows
WITH rows, size(rows) AS stakes, COUNT { UNWIND rows AS r WITH r RETURN DISTINCT r.host } AS hosts
UNWIND rows AS row
WITH stakes, hosts, row.home AS home, row.site AS site, row.host AS host, row.products AS products, row.holder AS holder, row.owns AS owns,
    row.made AS made,
     row.stake AS stake, row.host_share AS host_share, row.with_home AS with_home, row.called AS called, row.of AS of, row.bound AS bound,
         row.unowned AS unowned
RETURN home.name AS owner, holder, called AS site, host.name AS host, stake, of + coalesce('; ' + replace(owns.status, '-', ' '), '') AS of,
    owns.period AS period, replace(owns.status, '-', ' ') AS status, host_share,
       with_home, [p IN products | p.name] AS makes, made.period AS host_period, CASE WHEN host_share IS NOT NULL THEN made.share_source
           END AS host_source,
       bound, owns.reason AS remark, owns.source AS source, owns.verified AS verified,
       CASE WHEN holder = 'all companies' THEN 'Companies of ' + home.name ELSE holder + ' (' + home.name + ')' END
       + CASE WHEN stake IS NULL THEN ' is named as a holder of ' ELSE CASE owns.kind WHEN 'control' THEN ' control '
           WHEN 'equity' THEN CASE owns.status WHEN 'acquisition-agreed' THEN ' has agreed to buy ' ELSE ' has ' END
           ELSE ' have a stake in ' END
           + coalesce(bound + ' ', '') + toString(toInteger(round(100 * stake))) + ' % of ' + CASE owns.kind WHEN 'stake-in-count'
               THEN 'the mines of ' ELSE '' END END
       + CASE WHEN site:Industry THEN 'what ' + host.name + ' makes of ' + products[0].name ELSE called + ' in ' + host.name END + ' ('
           + owns.period + ')'
       + CASE WHEN with_home IS NULL THEN '' ELSE ', where ' + toString(toInteger(round(100 * host_share)))
           + ' % of the world\'s output is made; with its own, companies of '
           + home.name + ' make or control about ' + toString(toInteger(round(100 * with_home))) + ' %' END AS told,
       CASE WHEN unowned > 0 THEN unowned END AS not_known, stakes, hosts, CASE WHEN stakes > $limit THEN toInteger($limit) END AS shown,
           home.id AS owner_id, host.id AS host_id, site.id AS site_id
ORDER BY CASE owns.kind WHEN 'control' THEN 0 ELSE 1 END, owns.verified DESC, CASE owns.kind WHEN 'control' THEN owns.period END DESC,
         coalesce(stake, -1.0) DESC, host_share DESC, site_id, owner_id, holder
LIMIT toInteger($limit)
