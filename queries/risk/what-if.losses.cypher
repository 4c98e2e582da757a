// 5. Who has what of whom: makers, world and market of each product, level by level. Where nobody's share is known, the loss is that of the inputs.
UNWIND chain AS one
WITH country, market, fed, one, 3 * one.level AS step, head([m IN one.makers WHERE m.own]) AS own, one.product AS product,
     head([f IN fed WHERE f.level = one.level AND f.place = one.place | f.fed]) AS inputs
WITH *, [i IN one.inputs | {product: i.product, level: i.level, place: i.place, named: i.named,
     of: [], share: 0.0, low: 0.0, high: 0.0, others: [{step: 3 * i.level + 1, place: i.place, n: 0, share: 1.0}]}] AS of_world
WITH country, market, one, own, of_world,
     [n IN range(0, size(one.makers) - 1) | {own: one.makers[n].own, least: 0.0, idle: [],
      inputs: [i IN inputs[n] | i {.*, of: [i.product], fill: 3 * i.level + 1}]
              + [w IN of_world WHERE NOT w.named AND none(i IN inputs[n] WHERE i.product = w.product)]}] AS makers,
     [{own: false, least: 0.0, idle: [i IN one.idle | {n: head([n IN range(0, size(one.makers) - 1) WHERE one.makers[n].maker = i.maker]),
       step: step, place: one.place, spare: i.spare}],
       inputs: CASE WHEN one.named THEN [{of: [product], share: coalesce(own.makes.share, own.makes.share_low, 0.0),
           low: coalesce(own.makes.share_low, own.makes.share, 0.0), high: coalesce(own.makes.share_high, own.makes.share, own.makes.share_low, 0.0),
           others: [n IN range(0, size(one.makers) - 1) WHERE NOT one.makers[n].own | {step: step, place: one.place, n: n,
                    share: coalesce(one.makers[n].makes.share, one.makers[n].makes.share_low, 0.0)}]}]
         ELSE [w IN of_world | w {.*, of: [product]}] END}] AS world,
     [{own: false, idle: [],
       inputs: CASE WHEN any(m IN one.makers WHERE m.supply IS NOT NULL) THEN [{of: [product], fill: step + 1, place: one.place,
           share: coalesce(own.supply.share, 0.0), low: coalesce(own.supply.share_low, 0.0), high: coalesce(own.supply.share_high, 0.0),
           others: [n IN range(0, size(one.makers) - 1) WHERE NOT one.makers[n].own AND one.makers[n].supply IS NOT NULL
                    | {step: step, place: one.place, n: n, share: one.makers[n].supply.share}]}]
         WHEN one.named THEN [] ELSE [w IN of_world | w {.*, of: [product], others: [o IN w.others | o {.*, step: o.step + 1}]}] END}] AS sold
ORDER BY one.level, one.place
WITH country, market, one.level AS level, collect(one) AS ones, collect(makers) AS makers, collect(world) AS worlds, collect(sold) AS markets
ORDER BY level
WITH country, market, collect(ones) AS levels, reduce(all = [], s IN collect([makers, worlds, markets]) | all + s) AS steps
// 6. The loss of each, from what was lost before: the country's own part, and what the others lose of theirs; of several inputs the most.
WITH country, market, levels, reduce(state = [], step IN steps | state + [[users IN step | [user IN users |
  [loss IN [CASE WHEN user.own THEN {share: 1.0, low: 1.0, high: 1.0, way: []} ELSE
    reduce(worst = {share: user.least, low: user.least, high: user.least, way: []}, input IN user.inputs |
      [x IN [[rest IN [reduce(sum = {share: 0.0, low: 0.0, high: 0.0, most: 0.0, way: []}, o IN input.others |
          [hit IN [state[o.step][o.place][o.n]] | {share: sum.share + o.share * hit.share, low: sum.low + o.share * hit.low,
            high: sum.high + o.share * hit.high, most: CASE WHEN o.share * hit.share > sum.most THEN o.share * hit.share ELSE sum.most END,
            way: CASE WHEN o.share * hit.share > sum.most THEN hit.way ELSE sum.way END}][0])] |
        {share: input.share + rest.share, way: CASE WHEN input.share >= rest.share THEN input.of ELSE rest.way + input.of END,
         low: (input.low + CASE WHEN input.share < 1 THEN rest.low * (1 - input.low) / (1 - input.share) ELSE 0.0 END)
              * coalesce(state[input.fill][input.place][0].left, 1.0),
         high: input.high + CASE WHEN input.share < 1 THEN rest.high * (1 - input.high) / (1 - input.share) ELSE 0.0 END}][0]] |
      {share: CASE WHEN worst.share IS NULL OR x.share > worst.share THEN x.share ELSE worst.share END,
       low: CASE WHEN worst.low IS NULL OR x.low > worst.low THEN x.low ELSE worst.low END,
       high: CASE WHEN worst.high IS NULL OR x.high > worst.high THEN x.high ELSE worst.high END,
       way: CASE WHEN worst.share IS NULL OR x.share > worst.share THEN x.way ELSE worst.way END}][0]) END] |
   [kept IN [reduce(low = loss.low, i IN user.idle | low - i.spare * (1 - coalesce(state[i.step][i.place][i.n].low, 0.0)))] |
    {share: loss.share, high: loss.high, way: loss.way, low: CASE WHEN kept < 0 THEN 0.0 ELSE kept END,
     left: CASE WHEN kept <= 0 THEN 0.0 WHEN loss.low > 0 THEN kept / loss.low ELSE 1.0 END}][0]][0]]]]) AS losses
UNWIND range(0, size(levels) - 1) AS level UNWIND range(0, size(levels[level]) - 1) AS place
WITH country, market, levels[level][place] AS one, losses[3 * level + 1][place][0] AS world, losses[3 * level + 2][place][0] AS sold,
     losses[3 * level][place] AS hit
