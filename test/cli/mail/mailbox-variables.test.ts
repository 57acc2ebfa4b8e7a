import { rmSync } from "node:fs";
import { startMailServer, type MailServer } from "../../../lib/mail/server";
import { planJson } from "../../review/support/plan-json";
import { DeliveringInbox } from "../../support/delivering-inbox";
import { startScriptedImap, type ScriptedImap } from "../../support/scripted-imap";
import { Place } from "./run-outbound";

const ONCALL = "oncall@example.com";
const LEAD = "lead@example.com";
const TEST = "outbound_test_email";
const PASSWORDS = { SMTP_PASSWORD: "for sending 1", ONCALL_IMAP: "for reading 1", LEAD_IMAP: "for reading 2" };

const place = new Place();
const inbox = new DeliveringInbox();
let smtp: MailServer;
let oncall: ScriptedImap;
let lead: ScriptedImap;
beforeAll(async () => {
  [smtp, oncall, lead] = await Promise.all([
    startMailServer({ mode: "starttls", users: { alerts: PASSWORDS.SMTP_PASSWORD }, inbox }),
    startScriptedImap({ user: "oncall", password: PASSWORDS.ONCALL_IMAP }, { implicitTls: true }),
    startScriptedImap({ user: "lead", password: PASSWORDS.LEAD_IMAP }, { implicitTls: true }),
  ]);
  inbox.folders.set(ONCALL, oncall.inbox).set(LEAD, lead.inbox);
});
afterAll(async () => {
  await Promise.all([smtp.close(), oncall.close(), lead.close()]);
  rmSync(place.directory, { recursive: true });
});
beforeEach(() => (place.environment = { ...PASSWORDS }));

const mailbox = (server: ScriptedImap, user: string, receiver: string, more: object = {}) => ({
  host: "127.0.0.1",
  port: server.port,
  username: user,
  ca_certificate: server.ca,
  receiver,
  wait_seconds: 2,
  ...more,
});
/** Somebody of their own in each test: at most one test mail in five seconds goes to the same receivers. */
let others = 0;
const values = () => ({
  smtp_host: "127.0.0.1",
  smtp_port: smtp.port,
  username: "alerts",
  ca_certificate: smtp.ca,
  from_address: "alerts@example.com",
  to: [ONCALL, LEAD, `other-${++others}@example.com`],
});
const secret = (name: string) => ({ password_wo: `\${ephemeral.outbound_environment.${name}.value}` });

function synthesise(more: object = {}): void {
  const names = Object.keys(PASSWORDS);
  place.synthesise({
    ephemeral: { outbound_environment: Object.fromEntries(names.map((name) => [name, { name }])) },
    resource: {
      [TEST]: {
        test: {
          ...values(),
          ...secret("SMTP_PASSWORD"),
          imap: mailbox(oncall, "oncall", ONCALL, secret("ONCALL_IMAP")),
          more_mailboxes: [mailbox(lead, "lead", LEAD, secret("LEAD_IMAP"))],
          ...more,
        },
      },
    },
  });
}
/** As Terraform tells of it: what all mailboxes of the list refer to is one list of references. */
const planned = (...references: string[]) =>
  planJson(
    [
      {
        type: TEST,
        name: "test",
        after: {
          ...values(),
          imap: mailbox(oncall, "oncall", ONCALL),
          more_mailboxes: [mailbox(lead, "lead", LEAD)],
        },
      },
    ],
    {
      configuration: {
        root_module: {
          resources: [
            {
              address: `${TEST}.test`,
              type: TEST,
              expressions: {
                password_wo: { references: ["ephemeral.outbound_environment.SMTP_PASSWORD"] },
                imap: { references: ["ephemeral.outbound_environment.ONCALL_IMAP"] },
                more_mailboxes: { references },
              },
            },
          ],
        },
      },
    },
  );
const send = (...more: string[]) => place.run(["send", "--from-plan", "-", ...more]);
const OPTION = "--imap-password-environment";

describe("the password of each mailbox", () => {
  it("is missing by the name of its variable, and by whose mailbox it is", async () => {
    synthesise();
    delete place.environment["LEAD_IMAP"];
    const { code, err } = await place.run(["send", "--from-stack"]);
    expect(code).toBe(10);
    expect(err).toContain("The environment variable LEAD_IMAP is not set");
    expect(err).toContain(`the password of the mailbox of ${LEAD}`);
    expect(err).not.toContain("ONCALL_IMAP");
  });

  it("is asked for by whose mailbox it is, where a plan does not tell", async () => {
    place.input = planned("var.one", "var.two");
    const { code, err } = await send();
    expect(code).toBe(10);
    expect(err).toContain(`where the password of the mailbox of ${LEAD} comes from`);
    expect(err).toContain(`Give ${OPTION} ${LEAD}=VARIABLE`);
  });

  it.each([
    ["for nobody in particular", ["LEAD_IMAP"], `${ONCALL}=VARIABLE, ${LEAD}=VARIABLE`],
    ["for somebody without a mailbox", ["boss@example.com=LEAD_IMAP"], "a receiver whose mailbox is looked into"],
    ["by what is no name", [`${LEAD}=for reading`], "mail/not-an-environment-name"],
    ["by what may be a password", ["for=reading"], "mail/not-an-environment-name"],
  ])("is refused when it is named %s", async (_, given, expected) => {
    place.input = planned("var.one", "var.two");
    const { code, err } = await send(...given.flatMap((one) => [OPTION, one]));
    expect([code, err]).toEqual([2, expect.stringContaining(expected)]);
    expect(err).not.toMatch(/for.reading/);
  });

  it("belongs to one mailbox only where options describe it", async () => {
    const host = ["127.0.0.1", "--from", "alerts@example.com", "--to", ONCALL, "--imap-host", "127.0.0.1"];
    const { code, err } = await place.run(["send", ...host, OPTION, `${LEAD}=LEAD_IMAP`]);
    expect([code, err]).toEqual([2, expect.stringContaining("the name of one variable")]);
  });

  it("comes from what the stack says of it, and the outcome names who was proved", async () => {
    synthesise();
    const { code, out } = await place.run(["send", "--from-stack", "--json"]);
    const [result] = JSON.parse(out).targets;
    expect(result).toMatchObject({
      verdict: expect.stringMatching(/^delivered: arrived at oncall@.*, lead@.*; accepted for other-\d+@/),
      arrival: { folder: "INBOX" },
      arrivals: [{ receiver: ONCALL }, { receiver: LEAD, folder: "INBOX", junk: false }],
      target: {
        imap: { password_environment: "ONCALL_IMAP", folder: "INBOX" },
        more_mailboxes: [{ password_environment: "LEAD_IMAP", folder: "INBOX" }],
      },
    });
    expect(code).toBe(0);
    expect(result.stages.map(({ name }: { name: string }) => name).slice(-2)).toEqual([
      `arrival ${ONCALL}`,
      `arrival ${LEAD}`,
    ]);
    for (const password of Object.values(PASSWORDS)) expect(out).not.toContain(password);
  });

  it("comes from a plan that refers to one, or from the option that names its receiver", async () => {
    place.input = planned("ephemeral.outbound_environment.LEAD_IMAP");
    expect(await send()).toMatchObject({ code: 0, out: expect.stringContaining(`arrival ${LEAD}`) });
    place.input = planned("var.one", "var.two");
    expect(await send(OPTION, `${LEAD.toUpperCase()}=LEAD_IMAP`)).toMatchObject({ code: 0 });
  });

  it("of one mailbox never goes to the server of another that a plan cannot tell from it", async () => {
    const two = JSON.parse(planned("ephemeral.outbound_environment.LEAD_IMAP"));
    const after = two.resource_changes[0].change.after;
    after.more_mailboxes.push({ ...mailbox(lead, "other", after.to[2]), host: "localhost" });
    place.input = JSON.stringify(two);
    const { code, err } = await send();
    expect(code).toBe(10);
    expect(err).toContain(`where the password of the mailbox of ${LEAD} comes from`);
  });
});
