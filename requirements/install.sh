#!/bin/sh
# Makes .venv hold what a lock names, every file checked by its hash: install.sh run | test
# Uses uv where it is on the PATH, else pip. Does nothing if that was done before.
set -eu
cd "$(dirname "$0")/.."

wanted=${1:-run}
venv=.venv
room=700000 # kB

say() { printf '%s\n' "$*"; }
fail() {
    printf '%s\n' "$*" >&2
    exit 1
}

stamp_of() { echo "$venv/.installed-$1-$(cksum <"requirements/$1.lock" | tr ' ' '-')"; }
works() { [ -x "$venv/bin/python" ] && "$venv/bin/python" -c 'import encodings' >/dev/null 2>&1; }
has_uv() { command -v uv >/dev/null 2>&1; }

# Each candidate is run: a shim of that name may exist and yet fail.
find_python() {
    for candidate in ${PYTHON:-} python3.11 python3.12 python3.13 python3; do
        if "$candidate" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' >/dev/null 2>&1; then
            echo "$candidate"
            return
        fi
    done
}

make_venv() {
    rm -rf "$venv"
    python=$(find_python)
    if has_uv; then
        uv venv --quiet --python "${python:-3.11}" "$venv" ||
            fail "uv could not make $venv: install Python 3.11, 3.12 or 3.13 and try again."
        return
    fi
    [ -n "$python" ] ||
        fail "Python 3.11, 3.12 or 3.13 is needed and was not found: install it (Debian 12: apt-get install python3 python3-venv), or name one with PYTHON=/path/to/python."
    "$python" -m venv "$venv" >/dev/null ||
        fail "$python cannot make a virtual environment: install its venv module (Debian: apt-get install python3-venv) and try again."
}

install() {
    if has_uv; then
        uv pip install --quiet --compile-bytecode --python "$venv/bin/python" --require-hashes -r "requirements/$wanted.lock"
    else
        "$venv/bin/python" -m pip --version >/dev/null 2>&1 || make_venv
        "$venv/bin/python" -m pip install -qq --disable-pip-version-check --no-input --require-hashes -r "requirements/$wanted.lock"
    fi
}

[ -f "requirements/$wanted.lock" ] || fail "There is no requirements/$wanted.lock."
if works && [ -e "$(stamp_of "$wanted")" ]; then
    exit 0
fi

began=$(date +%s)
if ! works; then
    free=$(df -Pk . | awk 'NR == 2 { print $4 }')
    [ "$free" -ge "$room" ] ||
        fail "This disk has $((free / 1000)) MB left and the installation needs $((room / 1000)): make room and try again."
    make_venv
fi
if has_uv; then tool=uv; else tool=pip; fi
say "Installing requirements/$wanted.lock with $tool ..."
install || fail "The installation did not end well (see above): check the connection to the package registry and the room on the disk, then try again."
rm -f "$venv"/.installed-"$wanted"-*
: >"$(stamp_of "$wanted")"
if [ "$wanted" = test ]; then # the tests' lock holds everything a run needs
    rm -f "$venv"/.installed-run-*
    : >"$(stamp_of run)"
fi
say "Installed in $(($(date +%s) - began)) s."
