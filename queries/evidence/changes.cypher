/*
title: What is new between two dates, or between the two newest editions of a publication?
parameters:
  - {name: since, type: date, help: "After this day; without it, a year before the other", example: "2025-02-03"}
  - {name: until, type: date, default: newest, help: "Up to this day; by default that of the newest document", example: "2026-02-03"}
  - {name: publication, type: publication, help: "Only the figures of this publication, its two newest editions by the later day", example: usgs-mcs}
  - {name: material, type: material, help: "Only what touches the material, its group, its members or their products", example: gallium}
  - {name: country, type: country, help: "Only what this country imposes, agrees to or makes", example: China}
  - {name: kind, type: choice, default: all, choices: [all, restriction, agreement, list, figure], help: "Only changes of this kind", example: figure}
  - {name: threshold, type: number, default: "1", unit: "%", help: "Leave out figures that move less than this, in points of the world's output that the edition names", example: "5"}
  - {name: limit, type: integer, default: "6", help: "How many rows of each kind", example: "100"}
columns:
  - {name: kind, type: text, meaning: "restriction, agreement, list, figure, or edition where a publication has only one to compare"}
  - {name: what, type: text, meaning: "What changed"}
  - {name: date, type: text, meaning: "The last date in the time asked for by which it changed, as precisely as is known; of a figure, when the later edition was published"}
  - {name: before, type: text, meaning: "Its state on the first day; of a list the entries before and which are gone, a group and its members counted as one; of a figure its share of the output that the edition before names"}
  - {name: after, type: text, meaning: "The same on the last day; of a list the entries and which are new; of a figure the share by the later edition, and how it revises the year before"}
  - {name: change, type: text, meaning: "Of a figure: by how much its share of the output moved that the edition names, and whether the later edition revises the same year or adds one"}
  - {name: points, type: number, detail: true, meaning: "That move, as a fraction of one"}
  - {name: amount_before, type: number, unit: unit, detail: true, meaning: "The figure of the edition before"}
  - {name: amount_after, type: number, unit: unit, detail: true, meaning: "The figure of the later edition"}
  - {name: unit, type: text, detail: true, meaning: "Unit of both"}
  - {name: sources, type: list, detail: true, meaning: "Documents or editions that the row rests on"}
  - {name: verified, type: boolean, detail: true, meaning: "Whether it was read in the documents named"}
  - {name: id, type: text, entity: [ExportRestriction, Agreement, CriticalityList, Industry, Policy, Project], detail: true, meaning: "Id of the restriction, agreement, list or industry"}
  - {name: material_ids, type: list, detail: true, meaning: "Ids of the materials that it names"}
  - {name: restrictions, type: integer, detail: true, meaning: "How many restrictions changed, shown or not; empty where not asked for"}
  - {name: agreements, type: integer, detail: true, meaning: "How many agreements; empty where not asked for"}
  - {name: lists, type: integer, detail: true, meaning: "How many lists; empty where not asked for"}
  - {name: figures, type: integer, detail: true, meaning: "How many figures; empty where not asked for"}
  - {name: total, type: integer, detail: true, meaning: "All of these together"}
  - {name: alone, type: text, detail: true, meaning: "The publication of which only one edition is loaded"}
  - {name: from_day, type: text, detail: true, meaning: "The first day"}
finding:
  - "Of {alone} only one edition is loaded, so that what it changed cannot be said; nothing else is known to have changed from {from_day} to {until}."
  - "From {from_day} to {until} the data tell of[ {restrictions:restriction|restrictions} that changed,][ {agreements:agreement|agreements},][ {lists:list|lists},][ {figures:figure|figures} that moved by {threshold} or more of the output that an edition names,] in all {total:change|changes}. First, {what} ({date}; {sources}). Before: {before}; after: {after}[; {change}]."
  - "From {from_day} to {until} the data tell of {total:change|changes}. First, {what}."
notes:
  - "Only one edition is loaded of {alone:list}: what it changed cannot be said."
nothing: "No change from {since} to {until} ({publication}, {material}, {country}, {kind}) is in the data; figures that moved by less than {threshold} are left out."
caveats:
  - A change is one of what the data hold; what was found late or not at all is no change here.
  - A restriction or an agreement whose dates are known by month or year only counts from the first day of it.
  - A new edition revises earlier years as well as adding one; both are told, and are different things. Figures of mine and refinery output alone are compared, in the same unit and basis.
method: "Restrictions and agreements: their state by their dates on both days, as `restrictions` and `partnerships` date them. Lists: published after the first day, against the same owner's list before. Figures: of each publication with an edition published in that time (or of the one asked for), its two newest editions by the last day, output of countries of the newest year of each, and of the same year in both; materials on a list of critical ones first."
data_needed: [RESTRICTS, LISTS, EDITION_OF, REPORTED_BY]
examples: ["orepath ask changes --since 2025-02-03 --until 2026-02-03", "orepath ask changes --publication usgs-mcs", "orepath ask changes --material gallium --since 2023-01-01"]
*/
WITH coalesce($since, $until - duration({years: 1})) AS since
// part: policy
// part: lists
// part: figures
UNWIND CASE WHEN $publication IS NULL THEN restrictions + agreements + lists ELSE [] END + figures + alone AS row
// How many there are of each kind that was asked for, shown or not.
WITH *, [c IN [['restriction', size(restrictions)], ['agreement', size(agreements)], ['list', size(lists)], ['figure', size(figures)]] |
         CASE WHEN $kind IN ['all', c[0]] AND ($publication IS NULL OR c[0] = 'figure') THEN c[1] END] AS counts
WITH * WHERE ($kind = 'all' OR row.kind IN [$kind, 'edition']) AND row.place < $limit
RETURN row.kind AS kind, row.what AS what, row.date AS date, row.before AS before, row.after AS after, row.change AS change,
       row.points AS points, row.amounts[0] AS amount_before, row.amounts[1] AS amount_after, row.unit AS unit,
       row.sources AS sources, row.verified AS verified, row.id AS id, row.materials AS material_ids,
       counts[0] AS restrictions, counts[1] AS agreements, counts[2] AS lists, counts[3] AS figures,
       reduce(n = 0, c IN counts | n + coalesce(c, 0)) AS total,
       CASE row.kind WHEN 'edition' THEN row.what END AS alone, toString(since) AS from_day
ORDER BY CASE kind WHEN 'restriction' THEN 0 WHEN 'agreement' THEN 1 WHEN 'list' THEN 2 WHEN 'figure' THEN 3 ELSE 4 END, row.place, id
