nullIf(COUNT { MATCH (party)<-[:PARTY]-(agreement:Agreement)
  WHERE $kind = 'partnerships' AND NOT agreement:StrategicPartnership AND
// part: policy/partnerships.counts
}, 0) AS uncounted
