/*
title: Which sources are loaded, in which edition and under which licence?
parameters:
  - {name: kind, type: choice, default: dataset, choices: [dataset, document, all], help: "Data sets, the documents that facts cite, or both", example: document}
columns:
  - {name: source, type: text, meaning: "Id of the source"}
  - {name: title, type: text, meaning: "Its title"}
  - {name: publisher, type: text, meaning: "Publisher"}
  - {name: edition, type: text, meaning: "Edition"}
  - {name: published, type: text, meaning: "Date or year of publication"}
  - {name: licence, type: text, meaning: "Licence; absent where none was found"}
  - {name: redistributable, type: boolean, spare: 1, meaning: "Whether its data may be passed on"}
  - {name: years, type: text, spare: 1, meaning: "First and last year that its evidence is about"}
  - {name: unverified, type: share, spare: 1, meaning: "Share of its evidence that was not read in the document it is credited to"}
  - {name: facts, type: integer, meaning: "Facts written by the newest load"}
  - {name: rows_read, type: integer, spare: 1, meaning: "Rows read from its files"}
  - {name: rejected, type: integer, spare: 1, meaning: "Rows refused"}
  - {name: left_out, type: integer, spare: 1, meaning: "Rows deliberately not loaded, with the reason in the load's report"}
  - {name: accessed, type: date, detail: true, meaning: "When it was read"}
  - {name: url, type: text, detail: true, meaning: "Where the publisher offers it"}
  - {name: kind, type: text, detail: true, meaning: "dataset or document"}
  - {name: publication, type: text, entity: Publication, detail: true, meaning: "The publication that it is an edition of"}
  - {name: newest_edition, type: boolean, detail: true, meaning: "Whether no newer edition of the publication is loaded"}
  - {name: citation, type: text, spare: 2, meaning: "How to cite it"}
finding:
  - "Sources in the graph: {rows}, of {publisher:count:publisher|publishers}; not to be passed on: {redistributable:count=False}."
nothing: "No source of this kind is in the graph: nothing is loaded. `orepath load` loads the bundled data."
caveats:
  - A licence holds for the publisher's data; the compiled facts cite their documents one by one (--kind document).
method: "Source nodes with their newest Load."
data_needed: [Load]
examples: ["orepath ask sources", "orepath ask sources --kind document --format csv"]
*/
MATCH (source:Source) WHERE $kind = 'all' OR source.kind = $kind
OPTIONAL MATCH (source)-[:EDITION_OF]->(publication:Publication)
OPTIONAL MATCH (load:Load)-[:LOADED]->(source)
WITH source, publication, load ORDER BY load.finished DESC
WITH source, publication, head(collect(load)) AS load
RETURN source.id AS source, source.name AS title, source.publisher AS publisher, source.edition AS edition,
       source.published AS published, source.licence AS licence, source.redistributable AS redistributable,
       load.years AS years, load.unverified AS unverified,
       load.facts AS facts, load.rows_read AS rows_read, load.rejected AS rejected, load.left_out AS left_out,
       source.accessed AS accessed, source.url AS url, source.kind AS kind, publication.id AS publication,
       NOT EXISTS { MATCH (newer:Source)-[:EDITION_OF]->(publication) WHERE newer.published > source.published } AS newest_edition,
       source.citation AS citation
ORDER BY kind, source
