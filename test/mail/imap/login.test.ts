import { lookFor, testMail } from "../../support/arrival";
import {
  HANG_UP,
  SILENCE,
  startScriptedImap,
  type ImapScript,
  type ScriptedImap,
  type ScriptedImapOptions,
} from "../../support/scripted-imap";

let server: ScriptedImap;
// Loading it takes longer than some of the steps below may.
beforeAll(() => import("imapflow"));
afterEach(() => server.close());

async function start(script: Partial<ImapScript> = {}, options: ScriptedImapOptions = {}): Promise<void> {
  server = await startScriptedImap(script, options);
  server.inbox.store(testMail());
}

const BASE = "IMAP4rev1 UIDPLUS";
const logins = () =>
  server.lines.filter((line) => /^(LOGIN|AUTHENTICATE)/.test(line)).map((line) => line.split(" ", 2));

describe("a login", () => {
  it.each([
    ["PLAIN", `${BASE} AUTH=PLAIN AUTH=LOGIN`, ["AUTHENTICATE", "PLAIN"]],
    ["LOGIN", `${BASE} AUTH=LOGIN`, ["AUTHENTICATE", "LOGIN"]],
    ["the LOGIN command", BASE, ["LOGIN", expect.anything()]],
  ])("by %s succeeds", async (_, capabilitiesTls, words) => {
    await start({ capabilitiesTls });
    expect((await lookFor(server)).stage).toMatchObject({ status: "passed" });
    expect(logins()).toEqual([words]);
  });

  it("by an OAuth2 token succeeds", async () => {
    await start();
    const mailbox = { accessToken: true, password: "ya29.token" };
    expect((await lookFor(server, { mailbox })).stage).toMatchObject({ status: "passed" });
    expect(logins()).toEqual([["AUTHENTICATE", "XOAUTH2"]]);
  });

  it("with letters beyond ASCII in the password succeeds", async () => {
    await start({ password: 'grüße "\\ 🐎', capabilitiesTls: `${BASE} AUTH=PLAIN` });
    const mailbox = { password: 'grüße "\\ 🐎' };
    expect((await lookFor(server, { mailbox })).stage).toMatchObject({ status: "passed" });
  });
});

describe("a login that is refused", () => {
  it("names the user and what to check, never the password", async () => {
    await start();
    const { stage } = await lookFor(server, { mailbox: { password: "wrong horse" } });
    expect(stage).toMatchObject({ status: "failed", problem: { code: "mail/imap-login-refused" } });
    expect(stage.detail).toMatch(
      /refused.*login of oncall@example\.com.*\[AUTHENTICATIONFAILED\] wrong user or password/,
    );
    expect(JSON.stringify(stage)).not.toContain("wrong horse");
    expect(logins()).toHaveLength(1);
  });

  it("names the token when it was one, with its status", async () => {
    await start();
    const { stage } = await lookFor(server, { mailbox: { accessToken: true, password: "stale" } });
    expect(stage).toMatchObject({ status: "failed", problem: { code: "mail/imap-token-refused" } });
    expect(stage.detail).toContain("token status 401");
  });

  it.each([
    ["[ALERT] Your account is not enabled for IMAP use", "mail/imap-disabled"],
    ["IMAP access is disabled for your domain", "mail/imap-disabled"],
    ["[ALERT] Application-specific password required", "mail/imap-application-password"],
    ["[EXPIRED] password has expired", "mail/imap-password-expired"],
    ["[PRIVACYREQUIRED] use TLS", "mail/imap-encryption-required"],
    ["[LIMIT] Too many simultaneous connections", "mail/imap-too-many-connections"],
    ["[UNAVAILABLE] user directory down", "mail/imap-login-unavailable"],
    ["[ALERT] country blocked", "mail/imap-client-refused"],
    ["[CONTACTADMIN] ask", "mail/imap-contact-administrator"],
    ["[INUSE] locked", "mail/imap-mailbox-in-use"],
    ["User is authenticated but not connected.", "mail/imap-authenticated-not-connected"],
    ["no", "mail/imap-login-refused"],
  ])("with %j means %s", async (said, code) => {
    await start({ answers: { AUTHENTICATE: `{tag} NO ${said}\r\n` } });
    const { stage } = await lookFor(server);
    expect(stage).toMatchObject({ status: "failed", problem: { code } });
  });

  it("says that Microsoft 365 takes no passwords", async () => {
    await start({
      greeting: "* OK The Microsoft Exchange IMAP4 service is ready.\r\n",
      capabilitiesTls: `${BASE} AUTH=PLAIN AUTH=XOAUTH2`,
      answers: { AUTHENTICATE: "{tag} NO AUTHENTICATE failed.\r\n" },
    });
    const { stage } = await lookFor(server);
    expect(stage).toMatchObject({ status: "failed", problem: { code: "mail/imap-passwords-retired" } });
    expect(stage.remedy).toMatch(/OAuth 2\.0/);
  });

  it.each([
    [HANG_UP, "mail/imap-connection-closed"],
    ["* BYE autologout\r\n{tag} NO bye\r\n", "mail/imap-connection-closed"],
    ["* BYE shutting down\r\n", "mail/imap-connection-closed"],
    [SILENCE, "mail/imap-no-reply"],
    ["+ \r\n", "mail/imap-no-reply"],
    ["Z9 OK not yours\r\n", "mail/imap-no-reply"],
    ["{tag} MAYBE later\r\n", "mail/imap-protocol-violation"],
  ])("or broken off with %j ends in time", async (answer, code) => {
    await start({ answers: { AUTHENTICATE: answer, LOGIN: answer } });
    const { stage } = await lookFor(server, { ms: 1_500 });
    expect(stage).toMatchObject({ status: "failed", problem: { code } });
    expect(stage.detail).toContain("login");
    expect(JSON.stringify(stage)).not.toMatch(/correct horse|Y29ycmVjdCBob3JzZQ/);
  });
});

describe("a login that cannot work is not tried", () => {
  it.each([
    ["LOGINDISABLED in plain text", "mail/imap-login-disabled", "LOGINDISABLED", { security: "none" as const }],
    ["LOGINDISABLED over TLS", "mail/imap-no-common-mechanism", "LOGINDISABLED AUTH=GSSAPI", {}],
    ["no mechanism for tokens", "mail/imap-no-oauth", "AUTH=PLAIN", { accessToken: true }],
  ])("with %s", async (_, code, offered, mailbox) => {
    await start({ capabilitiesTls: `${BASE} ${offered}` }, { plain: "security" in mailbox });
    const { stage } = await lookFor(server, { mailbox });
    expect(stage).toMatchObject({ status: "failed", problem: { code } });
    expect(stage.detail).toMatch(new RegExp(`offered: .*${offered}`));
    expect(logins()).toEqual([]);
  });
});
