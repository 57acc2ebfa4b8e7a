#!/bin/sh
# Ends servers and removes their folder as soon as its input ends, in whichever way whoever started it did.
# usage: guard.sh <folder>, then one process group a line.
trap '' INT TERM HUP
folder=$1
groups=""
while read -r group; do groups="$groups $group"; done

# A process that is dead and not yet buried still answers `kill -0`.
alive() {
  cat /proc/[0-9]*/stat 2>/dev/null | sed 's/.*) //' |
    awk -v groups="$groups " '$1 != "Z" && index(groups, " " $3 " ") { found = 1 } END { exit !found }'
}
for group in $groups; do kill -TERM "-$group" 2>/dev/null; done
tries=0
while alive && [ $tries -lt 60 ]; do
  sleep 0.05
  tries=$((tries + 1))
done
for group in $groups; do kill -KILL "-$group" 2>/dev/null; done
rm -rf "$folder"
