# Loads the lab's functions, one file per topic.
# shellcheck shell=bash
_lib=$(dirname "${BASH_SOURCE[0]}")
for _f in "$_lib"/common.sh "$_lib"/[!l]*.sh "$_lib"/conf/*.sh; do
  # shellcheck disable=SC1090
  . "$_f"
done
