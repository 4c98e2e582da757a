// A form of which more is known to rest on the country than of the one that leads.
WITH market, country, wide, collect({one: one, product: product, own_edge: own_edge, first: first, rows: rows, whole: whole, hidden: hidden,
     untraced: untraced, mined: mined}) AS every
UNWIND every AS each
WITH *, each.one AS one, each.product AS product, each.own_edge AS own_edge, each.first AS first, each.rows AS rows, each.whole AS whole,
     each.hidden AS hidden, each.untraced AS untraced, each.mined AS mined,
     CASE WHEN NOT wide THEN reduce(top = null, e IN every | CASE WHEN e.mined OR e.untraced OR e.whole.share < each.whole.share + 0.1
       OR top.whole.share >= e.whole.share THEN top ELSE e END) END AS above
