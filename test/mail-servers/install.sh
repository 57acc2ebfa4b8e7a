#!/bin/sh
# Installs the mail servers that `npm run test:mail` starts, from Debian's packages, without starting any of them.
# Does nothing where all are there; says so where they cannot be installed. The exit code is 0 either way:
# the tests themselves decide whether missing servers are a failure.
set -u

wanted=""
want() { # <program> <package>
  PATH="$PATH:/usr/sbin:/usr/lib/dovecot" command -v "$1" >/dev/null 2>&1 || wanted="$wanted $2"
}
want postfix postfix
want imap dovecot-imapd
want lmtp dovecot-lmtpd
want unbound unbound
want swaks swaks
want perl perl
perl -MNet::SSLeay -e1 2>/dev/null || wanted="$wanted libnet-ssleay-perl"

[ -n "$wanted" ] || exit 0
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null 2>&1; then
  echo "no mail servers to be had here: root and apt-get are needed to install$wanted"
  exit 0
fi

# Packages start what they install, unless this file forbids it.
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
  printf '#!/bin/sh\nexit 101\n' >"$policy" && chmod 755 "$policy"
  trap 'rm -f "$policy"' EXIT
fi
echo "postfix postfix/main_mailer_type select No configuration" | debconf-set-selections
export DEBIAN_FRONTEND=noninteractive
# shellcheck disable=SC2086
(apt-get update -qq && apt-get install -y -qq --no-install-recommends $wanted) >/dev/null 2>&1 ||
  echo "no mail servers to be had here: apt-get could not install$wanted"
