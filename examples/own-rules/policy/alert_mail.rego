package main

import rego.v1

# Fields of another version mean something else.
deny contains message if {
	input.format != "outbound-review/1"
	message := sprintf("these rules are written for outbound-review/1, this is %v", [input.format])
}

# Nobody stops being told without somebody else being told instead.
deny contains message if {
	some row in input.receivers
	count(row.before) > 0
	count(row.after) == 0
	message := sprintf("nobody is told of %v alerts of %v (%v) any more; before: %v", [
		row.severity,
		row.system,
		row.about,
		concat(", ", row.before),
	])
}

# Mail leaves by these ports only, whatever the server offers.
allowed_ports := {"465", "587"}

deny contains message if {
	some row in input.reachability
	row.change in {"opened", "replaced"}
	port := regex.find_n(`\d+$`, row.destination, 1)[0]
	not port in allowed_ports
	message := sprintf("%v opens %v: only ports %v may be opened", [
		row.address,
		row.destination,
		concat(" and ", sort(allowed_ports)),
	])
}

# Only said, unless `conftest test` is told --fail-on-warn.
warn contains message if {
	some change in input.changes
	change.verb in {"delete", "replace"}
	message := sprintf("%v: %v", [change.verb, change.address])
}
