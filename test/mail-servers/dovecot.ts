import { chmod, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { CertificateFiles } from "./certificates";
import type { Guard } from "./guard";
import { PEOPLE } from "./people";
import { ACCESS_TOKEN_KEY } from "./tokens";
import { program } from "./requirements";
import { untilListening } from "./until";

export interface DovecotPorts {
  /** IMAP with STARTTLS. */
  readonly imap: number;
  /** IMAP with implicit TLS. */
  readonly imaps: number;
  readonly lmtp: number;
  /** For Postfix: checks passwords and tokens. */
  readonly auth: number;
}

/** Mailboxes by IMAP, deliveries by LMTP, and the logins of both Dovecot and Postfix. */
export async function startDovecot(guard: Guard, ports: DovecotPorts, certificates: CertificateFiles): Promise<void> {
  const folder = join(guard.folder, "dovecot");
  const mail = join(folder, "mail");
  const keys = join(folder, "keys", "default", "HS256");
  await mkdir(mail, { recursive: true });
  await mkdir(keys, { recursive: true });
  // Mailboxes belong to nobody, who has to be able to create them.
  await chmod(mail, 0o777);
  await writeFile(join(keys, "default"), ACCESS_TOKEN_KEY.toString("base64"));
  const users = join(folder, "users");
  await writeFile(
    users,
    Object.values(PEOPLE)
      .map(({ address, password }) => `${address}:{PLAIN}${password}:nobody:nogroup::${join(mail, address)}::\n`)
      .join(""),
  );
  const oauth2 = join(folder, "oauth2.conf.ext");
  await writeFile(
    oauth2,
    [
      "introspection_mode = local",
      `local_validation_key_dict = fs:posix:prefix=${join(folder, "keys")}/`,
      "username_attribute = sub",
      "username_format = %u",
      "",
    ].join("\n"),
  );
  const conf = join(folder, "dovecot.conf");
  await writeFile(conf, configuration({ folder, users, oauth2, ports, certificates }));
  await guard.start("dovecot", program("dovecot")!, ["-F", "-c", conf], () =>
    Promise.all(Object.entries(ports).map(([name, port]) => untilListening(`dovecot ${name}`, port))),
  );
}

interface Places {
  readonly folder: string;
  readonly users: string;
  readonly oauth2: string;
  readonly ports: DovecotPorts;
  readonly certificates: CertificateFiles;
}

function configuration({ folder, users, oauth2, ports, certificates }: Places): string {
  const listener = (port: number, more = "") => `address = 127.0.0.1\n    port = ${port}\n    ${more}`;
  return `
base_dir = ${join(folder, "run")}
state_dir = ${join(folder, "state")}
log_path = ${join(folder, "log")}
auth_verbose = yes
protocols = imap lmtp
listen = 127.0.0.1
ssl = yes
ssl_cert = <${certificates.good}
ssl_key = <${certificates.good}
auth_mechanisms = plain login cram-md5 xoauth2
# A wrong password is answered at once, and the next login too: tests are no attackers.
auth_failure_delay = 0
service anvil {
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
passdb {
  driver = oauth2
  mechanisms = xoauth2
  args = ${oauth2}
}
passdb {
  driver = passwd-file
  mechanisms = plain login cram-md5
  args = username_format=%u ${users}
}
userdb {
  driver = passwd-file
  args = username_format=%u ${users}
}
first_valid_uid = 1
first_valid_gid = 1
mail_location = maildir:~/Maildir
recipient_delimiter = +
# oncall+Junk is delivered to the folder Junk.
lmtp_save_to_detail_mailbox = yes
namespace inbox {
  inbox = yes
  mailbox Junk {
    special_use = \\Junk
    auto = create
  }
  mailbox Archive {
    auto = create
  }
}
service imap-login {
  inet_listener imap {
    ${listener(ports.imap)}
  }
  inet_listener imaps {
    ${listener(ports.imaps, "ssl = yes")}
  }
}
service lmtp {
  inet_listener lmtp {
    ${listener(ports.lmtp)}
  }
}
service auth {
  inet_listener auth {
    ${listener(ports.auth)}
  }
}
`;
}
