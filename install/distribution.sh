#!/bin/sh
# Brings what is missing from Debian, for the purposes named: venv, browser, fonts, pango, poppler, postgresql, webkit.
# Where that is not allowed it says in one sentence what to install; --optional goes on without it.
set -eu
cd "$(dirname "$0")"

has_library() { PATH="$PATH:/sbin:/usr/sbin" ldconfig -p | grep -q "$1"; }
has_venv() { ./python.sh -c '' ; }
has_browser() { command -v chromium >/dev/null; }
has_fonts() { [ -e /usr/share/fonts/truetype/noto/NotoSansArabic-Regular.ttf ]; }
has_pango() {
    has_library libpango-1.0.so.0 && has_library libpangoft2-1.0.so.0 &&
        has_library libharfbuzz-subset.so.0
}
has_poppler() { command -v pdftotext >/dev/null && command -v pdffonts >/dev/null; }
has_postgresql() { ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1; }
has_webkit() { command -v WebKitWebDriver >/dev/null && command -v Xvfb >/dev/null; }

packages_for() {
    case $1 in
    venv) echo python3-venv ;;
    browser) echo chromium ;;
    fonts) echo fonts-noto-core ;;
    pango) echo libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 ;;
    poppler) echo poppler-utils ;;
    postgresql) echo postgresql ;;
    webkit) echo webkit2gtk-driver xvfb ;;
    *) echo "No such purpose: $1. Name venv, browser, fonts, pango, poppler, postgresql or webkit." >&2; exit 2 ;;
    esac
}

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

may_install() {
    command -v apt-get >/dev/null && as_root true 2>/dev/null
}

# Debian would start a database server of its own; the tests start theirs and need only the programs.
no_cluster=/etc/postgresql-common/createcluster.d/heard-tests.conf
apt_install() {
    as_root mkdir -p "$(dirname $no_cluster)"
    echo 'create_main_cluster = false' | as_root tee $no_cluster >/dev/null
    trap 'as_root rm -f $no_cluster' EXIT
    as_root apt-get -qq -o DPkg::Lock::Timeout=300 update
    as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get -qq -y -o DPkg::Lock::Timeout=300 install --no-install-recommends "$@" >/dev/null
}

optional=
if [ "${1-}" = --optional ]; then optional=yes; shift; fi

missing=
for purpose in "$@"; do
    packages=$(packages_for "$purpose")
    "has_$purpose" || missing="$missing $packages"
done
[ -n "$missing" ] || exit 0

if may_install; then
    echo "Installing from the distribution:$missing"
    apt_install $missing && exit 0
fi
command="sudo apt-get install$missing"
if [ -n "$optional" ]; then
    echo "Summaries as PDF are not made on this machine until you run «$command»." >&2
else
    echo "Something is missing from this machine: run «$command», then the same again." >&2
    exit 1
fi
