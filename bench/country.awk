# The protocols of an invented country as CSV.
#
#	awk -v stations=100000 -f bench/country.awk >country.csv
#
# Some 1,000 to 1,200 stations to a region, 35 to a territory; every relation
# of the profile "neutral" holds.  The same numbers from the same awk.

BEGIN {
	srand(20240317)
	print "region,territory,station,registered,ballots received," \
	    "ballots issued early,ballots issued at the station," \
	    "ballots issued at home,cancelled ballots,portable boxes ballots," \
	    "stationary boxes ballots,invalid,valid,Ada Arc,Bo Birch," \
	    "Cy Cole,Dee Dahl,Eve Elm"
	for (i = 0; i < stations; i++) {
		registered = 50 + int(rand() * 2500)
		home = int(registered * rand() / 20)
		at = int((registered - home) * (0.3 + 0.5 * rand()))
		issued = home + at
		cancelled = int(registered / 10)
		invalid = int(issued / 90)
		valid = issued - invalid
		left = valid
		a = int(left * (0.3 + 0.4 * rand())); left -= a
		b = int(left * rand()); left -= b
		c = int(left * rand()); left -= c
		d = int(left * rand()); left -= d
		printf "Region of the %d rivers,\"%d Territory, of %d " \
		    "bridges\",%d,%d,%d,0,%d,%d,%d,%d,%d,%d,%d,%d,%d,%d," \
		    "%d,%d\n", int(i / 1120), int(i / 35), int(i / 35) % 7,
		    i + 1, registered, issued + cancelled, at, home,
		    cancelled, home, at, invalid, valid, a, b, c, d, left
	}
}
