# Loads the lab's functions, one file per topic.
# shellcheck shell=bash source-path=SCRIPTDIR
_lib=$(dirname "${BASH_SOURCE[0]}")
for _f in common release apt root; do
  # shellcheck disable=SC1090
  . "$_lib/$_f.sh"
done
