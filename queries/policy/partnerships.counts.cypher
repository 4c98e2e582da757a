  // An agreement counts from its signature, else from its entry into force; in force without a day it counts on any.
  coalesce(agreement.signed, agreement.in_force_from, CASE agreement.status WHEN 'in-force' THEN $as_of END) <= $as_of
  AND (agreement.ended IS NULL OR agreement.ended > $as_of) AND coalesce(agreement.status, '') <> 'under-negotiation'
