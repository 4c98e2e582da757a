// 3. What the capacities in the market come to, product by product, and what fits at all.
UNWIND rows AS row
WITH rows, row, row.total AS total, [r IN rows WHERE r.product = row.product AND r.place = 'market' AND r.capacity IS NOT NULL AND NOT r.several
    AND r.state <> 'given up'
    AND r.report.measure = 'capacity'] AS own
WITH *, CASE WHEN size(own) > 0 THEN reduce(s = 0.0, r IN own | s + r.capacity) END AS pipeline,
     reduce(s = 0.0, r IN own | s + CASE r.state WHEN 'in place' THEN r.capacity ELSE 0.0 END) AS in_place,
     CASE WHEN row.report.measure = 'capacity' THEN 100 * row.capacity / total.amount END AS of_use
WITH rows, collect({row: row, total: total, own: own, pipeline: pipeline, in_place: in_place, of_use: of_use}) AS summed
// The product whose capacities in the market come nearest to its use leads.
WITH *, reduce(best = null, s IN summed | CASE WHEN s.pipeline IS NOT NULL AND s.total.amount IS NOT NULL
       AND (best IS NULL OR s.pipeline / s.total.amount > best.pipeline / best.total.amount) THEN s ELSE best END) AS best,
     COLLECT { UNWIND rows AS r WITH DISTINCT r.project AS project RETURN coalesce(project.status, 'not stated') AS status } AS statuses,
     COUNT { UNWIND rows AS r WITH r WHERE r.place = 'market' RETURN DISTINCT r.project } AS in_market,
     COUNT { UNWIND rows AS r WITH r WHERE r.place IN ['partner', 'listed'] RETURN DISTINCT r.project } AS in_partners,
     COUNT { UNWIND rows AS r WITH r WHERE r.place <> 'elsewhere' AND r.capacity IS NOT NULL RETURN DISTINCT r.project } AS with_capacity
WITH *, size([s IN statuses WHERE s IN
// part: policy/projects.at-work
     ]) AS at_work,
     size([s IN statuses WHERE s IN ['under-construction', 'built', 'pilot']]) AS being_built,
     size([s IN statuses WHERE s IN ['exploration', 'announced']]) AS meant,
     nullIf(size([s IN statuses WHERE s IN ['suspended', 'cancelled', 'closed']]), 0) AS stopped,
     size([s IN statuses WHERE s = 'not stated']) AS unstated
