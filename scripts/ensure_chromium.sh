#!/usr/bin/env bash
# The browser journeys drive the system's Chromium. Installs it where that is possible without asking anybody.
set -u
find_browser() { command -v chromium || command -v chromium-browser || command -v google-chrome; }
if find_browser >/dev/null; then exit 0; fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "Installing Chromium and a Chinese font for the browser tests …"
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium fonts-noto-cjk >/dev/null
fi
if find_browser >/dev/null; then exit 0; fi
if [ "${CI:-}" = true ]; then
  echo "No Chromium here and CI=true: the browser journeys must run." >&2
  exit 1
fi
echo "No Chromium here: the browser journeys are left out (install the package 'chromium')." >&2
