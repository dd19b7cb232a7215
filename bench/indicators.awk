# A set of N (5,000) invented indicators, domains for the most part, as a STIX
# bundle: so that matching costs what it costs with the published ones.
#	awk -v n=5000 -f bench/indicators.awk >FILE.stix2

function indicator(i, pattern)
{
	printf ",\n{\"type\":\"indicator\",\"spec_version\":\"2.1\"," \
	    "\"id\":\"indicator--be0c0000-0000-4000-8000-%012d\"," \
	    "\"created\":\"2024-01-01T00:00:00.000Z\"," \
	    "\"modified\":\"2024-01-01T00:00:00.000Z\"," \
	    "\"valid_from\":\"2024-01-01T00:00:00Z\"," \
	    "\"pattern_type\":\"stix\",\"pattern\":\"%s\"}", i, pattern
}

BEGIN {
	if (!n)
		n = 5000
	printf "{\"type\":\"bundle\"," \
	    "\"id\":\"bundle--be0c0000-0000-4000-8000-000000000000\"," \
	    "\"objects\":[\n{\"type\":\"identity\",\"spec_version\":\"2.1\"," \
	    "\"id\":\"identity--be0c0000-0000-4000-8000-000000000001\"," \
	    "\"created\":\"2024-01-01T00:00:00.000Z\"," \
	    "\"modified\":\"2024-01-01T00:00:00.000Z\"," \
	    "\"name\":\"Ostrakon bench\"}"
	for (i = 1; i <= n; i++)
		if (i % 50 == 0)
			indicator(i, sprintf("[process:name = 'invented%dd']", i))
		else if (i % 50 == 1)
			indicator(i, sprintf( \
			    "[email-addr:value = 'invented%d@mail.invalid']", i))
		else if (i % 50 == 2)
			indicator(i, sprintf("[file:path = " \
			    "'/private/var/invented/%d']", i))
		else
			indicator(i, sprintf("[domain-name:value = " \
			    "'bench-%d.host%d.test']", i * 7919 % 100003, i))
	print "\n]}"
}
