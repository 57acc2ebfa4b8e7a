import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Authority, selfSigned, type Issued } from "../../lib/mail/server/certificates";
import { MAIL_HOST } from "./people";

const DAY_MS = 86_400_000;

/** What is wrong with a certificate, or nothing. */
export type CertificateName = "good" | "expired" | "expiring" | "selfSigned" | "wrongName" | "stranger";

/** Key and certificate of each in one file, as Postfix takes them; `ca` is the authority to trust. */
export type CertificateFiles = Readonly<Record<CertificateName | "ca", string>>;

export async function writeCertificates(folder: string, now = Date.now()): Promise<CertificateFiles> {
  const authority = Authority.create("Mail test CA", now);
  const host = { name: MAIL_HOST, hosts: [MAIL_HOST, "dual.outbound.test", "127.0.0.1"] };
  const issued: Record<CertificateName, Issued> = {
    good: authority.issue(host, now),
    expired: authority.issue({ ...host, notBefore: now - 90 * DAY_MS, notAfter: now - DAY_MS }, now),
    expiring: authority.issue({ ...host, notBefore: now - 345 * DAY_MS, notAfter: now + 20 * DAY_MS }, now),
    selfSigned: selfSigned(host, now),
    wrongName: authority.issue({ name: "www.elsewhere.test", hosts: ["www.elsewhere.test"] }, now),
    stranger: Authority.create("An authority nobody knows", now).issue(host, now),
  };
  const write = async (name: string, text: string) => {
    const path = join(folder, `${name}.pem`);
    await writeFile(path, text, { mode: 0o600 });
    return [name, path] as const;
  };
  const written = await Promise.all([
    write("ca", authority.pem),
    ...Object.entries(issued).map(([name, { key, certificate }]) => write(name, `${key}${certificate}`)),
  ]);
  return Object.fromEntries(written) as CertificateFiles;
}
