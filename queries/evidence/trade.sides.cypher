// What each of the records says, in words: the value in millions from one million on, and the mass.
WITH *, [flow.bought, flow.sold, flow.agreed, flow.lead] AS records
WITH *, [r IN records | CASE WHEN r.value >= 1e6 THEN [round(r.value / 1e6, CASE WHEN r.value >= 1e8 THEN 0 ELSE 1 END), ' m ' + r.currency]
          WHEN r.value IS NOT NULL THEN [round(r.value), ' ' + r.currency] END] AS values,
     [r IN records | CASE WHEN r.mass IS NOT NULL
          THEN [round(r.mass, CASE WHEN r.mass >= 100 THEN 0 WHEN r.mass >= 1 THEN 1 ELSE 3 END), ' t'] END] AS masses
WITH *, [x IN values + masses | reduce(s = '', t IN CASE WHEN x IS NULL THEN [] ELSE [replace(toString(x[0]) + ' ', '.0 ', ' ')] END |
          CASE WHEN x[0] >= 1e6 THEN left(toString(toInteger(x[0])), size(toString(toInteger(x[0]))) - 6) + ','
                 + left(right(toString(toInteger(x[0])), 6), 3) + ',' + right(toString(toInteger(x[0])), 3)
               WHEN x[0] >= 1e3 THEN left(toString(toInteger(x[0])), size(toString(toInteger(x[0]))) - 3) + ',' + right(toString(toInteger(x[0])), 3)
               ELSE trim(t) END + x[1])] AS words
WITH *, [i IN range(0, 3) | CASE WHEN records[i] IS NOT NULL THEN CASE WHEN words[i] = '' THEN 'value not stated' ELSE words[i] END
          + CASE WHEN words[i + 4] = '' THEN '' ELSE ', ' + words[i + 4] END END] AS says
