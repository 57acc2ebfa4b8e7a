import { rmSync } from "node:fs";
import { Place } from "../cli/mail/run-outbound";
import { DOMAIN, MAIL_HOST, NEVER, PEOPLE, SUSPECTED, UNKNOWN } from "./people";
import { describeWithServers } from "./servers";
import type { ServiceName } from "./services";
import { accessToken } from "./tokens";
import { servers } from "./where";
import { SOURCE_IP } from "./zones";

const { alerts, oncall, analyst } = PEOPLE;

describeWithServers("outbound on the command line", () => {
  const place = new Place();
  const token = accessToken(alerts.address);
  afterAll(() => rmSync(place.directory, { recursive: true }));
  beforeEach(() => {
    place.environment = {
      SMTP_PASSWORD: alerts.password,
      WRONG: "guessed",
      TOKEN: token,
      ONCALL: oncall.password,
      ANALYST: analyst.password,
    };
  });

  interface Run {
    readonly host?: string;
    readonly service?: ServiceName;
    /** Variable of the password. */
    readonly password?: string;
    readonly more: readonly string[];
  }
  function run(command: string, { host = MAIL_HOST, service = "submission", password = "SMTP_PASSWORD", more }: Run) {
    const { smtp, ca, nameServer } = servers();
    return place.run([
      ...[command, host, "--port", String(smtp[service]), "--from", "cli@aligned.test", "--ca", ca],
      ...["--dns-server", nameServer, "--username", alerts.address, "--password-environment", password],
      ...more,
    ]);
  }
  const imap = (reader: string, variable: string, receiver: string) => [
    ...["--imap-host", "127.0.0.1", "--imap-port", String(servers().imaps), "--imap-ca", servers().ca],
    ...["--imap-username", reader, "--imap-password-environment", variable, "--imap-receiver", receiver],
  ];
  const to = (...receivers: string[]) => receivers.flatMap((receiver) => ["--to", receiver]);

  it.each<[exit: number, when: string, command: string, run: () => Run]>([
    [0, "all is well", "probe", () => ({ more: to(oncall.address) })],
    [11, "the name is a mail domain's", "probe", () => ({ host: `mxonly.${DOMAIN}`, more: to(oncall.address) })],
    [12, "nobody listens at its address", "probe", () => ({ host: `six.${DOMAIN}`, more: to(oncall.address) })],
    [
      13,
      "TLS is to come first",
      "probe",
      () => ({ service: "smtps", more: ["--timeout", "3", ...to(oncall.address)] }),
    ],
    [15, "the certificate expired", "probe", () => ({ service: "expired", more: to(oncall.address) })],
    [16, "the password is wrong", "probe", () => ({ password: "WRONG", more: to(oncall.address) })],
    [17, "the mail is too large", "send", () => ({ service: "small", more: to(oncall.address) })],
    [18, "there is no such receiver", "probe", () => ({ more: to(UNKNOWN) })],
    [18, "it never relents", "probe", () => ({ service: "greylisting", more: ["--timeout", "6", ...to(NEVER)] })],
    [19, "one of two receivers exists", "probe", () => ({ more: to(oncall.address, UNKNOWN) })],
    [20, "the mail proves too large", "send", () => ({ service: "smallUnannounced", more: to(oncall.address) })],
    [22, "it is junk", "send", () => ({ more: [...to(SUSPECTED), ...imap(analyst.address, "ANALYST", SUSPECTED)] })],
    [
      23,
      "the signature breaks",
      "send",
      () => ({
        service: "tampering",
        more: [
          ...[...to(oncall.address), ...imap(oncall.address, "ONCALL", oncall.address)],
          ...["--source-ip", SOURCE_IP, "--require", "dkim"],
        ],
      }),
    ],
  ])("ends with %i when %s", async (exit, _, command, settings) => {
    const { code, out, err } = await run(command, settings());
    expect({ code, output: code === exit ? "" : `${out}\n${err}` }).toEqual({ code: exit, output: "" });
  });

  it.each<[string, ServiceName, string]>([
    ["PLAIN", "submission", "SMTP_PASSWORD"],
    ["LOGIN", "submission", "SMTP_PASSWORD"],
    ["CRAM-MD5", "submission", "SMTP_PASSWORD"],
    ["XOAUTH2", "onlyXoauth2", "TOKEN"],
  ])(
    "shows the conversation of a login by %s without the secret, in any encoding",
    async (mechanism, service, from) => {
      const secret = place.environment[from]!;
      const more = ["--transcript", "--auth-mechanism", mechanism, ...to(oncall.address)];
      const { code, out, err } = await run("probe", { service, more, password: from });
      expect(code).toBe(0);
      const shown = `${out}\n${err}`;
      expect(shown).toMatch(new RegExp(`AUTH ${mechanism}`));
      expect(shown).toMatch(/235 2\.7\.0 Authentication successful/);
      const all = [secret, `\0${alerts.address}\0${secret}`, `user=${alerts.address}\x01auth=Bearer ${secret}\x01\x01`];
      for (const text of all) {
        for (const encoding of ["utf8", "base64", "hex"] as const) {
          expect(shown).not.toContain(Buffer.from(text).toString(encoding).replace(/=+$/, ""));
        }
      }
    },
  );
});
