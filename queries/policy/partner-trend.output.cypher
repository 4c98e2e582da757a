    // Its output by editions with years on both sides, and that of all countries that have a figure in each of them.
    MATCH (partner)-[:HAS]->(industry:Industry)-[own:REPORTED_BY {measure: 'production'}]->(edition:Source)-[:EDITION_OF]->(:Publication)
    WHERE own.status <> 'forecast' AND own.suspect IS NULL AND own.amount > 0
      AND size(own.period) = 4 AND abs(toInteger(own.period) - turn) IN [1, 2, 3]
    MATCH (industry)-[:MAKES]->(product:Product)-[:FORM_OF]->(material:Material) WHERE material IN materials
    WITH DISTINCT product, edition, own, turn
    WITH product, edition, own.basis AS basis, own.unit AS unit, collect(own) AS years, collect(DISTINCT own.period) AS periods, turn
    WHERE any(y IN years WHERE toInteger(y.period) < turn) AND any(y IN years WHERE toInteger(y.period) > turn)
    MATCH (maker:Economy)-[:HAS]->(made:Industry)-[:MAKES]->(product)
    MATCH (made)-[every:REPORTED_BY {measure: 'production'}]->(edition)
    WHERE every.period IN periods AND every.suspect IS NULL AND every.status <> 'forecast'
      AND coalesce(every.basis, '') = coalesce(basis, '') AND every.unit = unit
    WITH product, edition, basis, years, periods, maker, collect(every) AS reports
    WHERE size(COLLECT { UNWIND reports AS r RETURN DISTINCT r.period }) = size(periods)
    WITH product, edition, basis, years, collect(maker.id) AS makers, reduce(all = [], r IN collect(reports) | all + r) AS reports
    // Without the largest maker in the world the sum is no measure: of the product, nor of another of its material at its stage
    // (no source has China's silicomanganese, one has its manganese alloys).
    CALL (product) {
      UNWIND [product] + COLLECT { MATCH (product)-[:FORM_OF]->(:Material)<-[:FORM_OF]-(other:Product)-[:AT_STAGE]->(:Stage)<-[:AT_STAGE]-(product)
                                   RETURN DISTINCT other } AS kin
      RETURN collect(COLLECT { MATCH (top:Country)-[:HAS]->(:Industry)-[makes:MAKES]->(kin) WHERE makes.method IS NOT NULL
        RETURN top.id ORDER BY coalesce(makes.share, makes.share_low, makes.share_high, 0.0) DESC, top.id LIMIT 1 }[0]) AS tops
    }
    WITH *, all(top IN tops WHERE top IN makers) AS complete
    UNWIND years AS own
    WITH product, edition, basis, complete, own, reduce(s = 0.0, r IN reports | s + CASE r.period WHEN own.period THEN r.amount ELSE 0.0 END) AS whole
    WHERE whole > 0
    RETURN product, 'output' AS measure, coalesce(basis, '') AS basis, edition.id AS source, toInteger(own.period) AS year,
           own.amount / whole AS part, own.verified AS verified, complete
