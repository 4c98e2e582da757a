// 3. What restricts the seller's exports of the goods, or of what they are made of, to those asked for or to all.
WITH *, COLLECT {
  UNWIND codes AS code
  MATCH (code)-[:CLASSIFIES*0..1]->(product:Product)
  MATCH (product)-[:FORM_OF*0..1]->(held)-[:PART_OF*0..3]->(thing:Product|Material)<-[:RESTRICTS]-(rule:ExportRestriction)-[:IMPOSED_BY]->(seller)
  WHERE rule.effective IS NOT NULL AND coalesce(rule.effective_precision, 'day') IN ['day', 'month']
  WITH DISTINCT rule, thing ORDER BY thing.name
  WITH rule, collect(thing.name) AS things,
       COLLECT { MATCH (rule)-[:AGAINST]->(target:Economy) RETURN target ORDER BY target.name } AS targets
  WITH *, size(targets) = 0 OR any(t IN targets WHERE t = other)
       OR EXISTS { (rule)-[:AGAINST]->(:Economy)<-[:MEMBER_OF]-(other) } AS holds
  WITH *, rule.kind + ' on ' + CASE WHEN size(things) > 2 THEN head(things) + ' and ' + toString(size(things) - 1) + ' more'
       ELSE reduce(s = head(things), t IN tail(things) | s + ' and ' + t) END
       + CASE WHEN size(targets) = 0 THEN '' ELSE ', to ' + reduce(s = head(targets).name, t IN targets[1..3] | s + ', ' + t.name) END AS said
  RETURN {id: rule.id, said: said, holds: holds, at: 12 * rule.effective.year + rule.effective.month - 1, since: left(toString(rule.effective),
          CASE rule.effective_precision WHEN 'month' THEN 7 ELSE 10 END),
          announced: CASE WHEN rule.announced_precision IN ['day', 'month'] THEN 12 * rule.announced.year + rule.announced.month - 1 END,
          told: left(toString(rule.announced), CASE rule.announced_precision WHEN 'month' THEN 7 ELSE 10 END)} AS rule ORDER BY rule.at, rule.id
} AS rules
