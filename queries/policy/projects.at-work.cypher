['operating', 'ramping-up']
