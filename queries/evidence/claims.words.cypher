// How figures, rows and the verdict on a single claim are written.
WITH *, [x IN [claimed_low, claimed_high, least, high] | CASE WHEN unit = 'number' OR abs(x - round(x)) < 1e-6 THEN toString(toInteger(round(x)))
       ELSE toString(round(x, CASE unit WHEN 'percent' THEN 1 ELSE 2 END)) END] AS n
WITH *, CASE WHEN kind IS NULL OR coalesce(claim.test_least, claim.low, claim.value) IS NULL THEN null
       WHEN claimed_high IS NULL THEN CASE unit WHEN 'number' THEN 'at least ' ELSE 'from ' END + n[0] + sign
       WHEN n[0] = n[1] THEN n[0] + sign
       ELSE n[0] + ' to ' + n[1] + sign END AS claimed,
     CASE WHEN kind IS NULL THEN null WHEN least IS NULL THEN 'at most ' + n[3] + sign WHEN n[2] = n[3] THEN n[3] + sign
       ELSE n[2] + ' to ' + n[3] + sign END AS found,
     CASE since WHEN until THEN since ELSE since + ' to ' + until END AS period,
     CASE WHEN $show = 'claims' THEN why WHEN rows[0].own THEN 'own source' END AS why,
     [s IN shown | s.line] AS lines, CASE WHEN $claim IS NULL THEN 2 ELSE 100 END AS most
WITH *, reduce(said = '', l IN lines[0..most] | said + CASE said WHEN '' THEN '' ELSE '; ' END + l)
       + CASE WHEN size(lines) > most THEN '; and ' + toString(size(lines) - most) + ' more' ELSE '' END AS listed
WITH *, CASE WHEN why IS NULL THEN listed WHEN listed = '' THEN why ELSE why + ': ' + listed END AS because,
     CASE WHEN $claim IS NOT NULL AND $show = 'claims' THEN 'Claim ' + claim.id + ' (' + claim.text + '): ' + verdict + coalesce(', ' + why, '')
       + coalesce('; claimed ' + claimed, '') + coalesce(', found ' + found, '') + coalesce(' (' + period + ')', '')
       + coalesce('; by documents up to ' + toString($as_of), '') + '.' END AS told
