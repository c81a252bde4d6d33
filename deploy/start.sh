#!/usr/bin/env bash
# Copies the notebooks into the student's home once, never over their work, then starts their server.
set -euo pipefail
cp --recursive --no-clobber /srv/lasso/notebooks "$HOME/"
exec jupyterhub-singleuser "$@"
