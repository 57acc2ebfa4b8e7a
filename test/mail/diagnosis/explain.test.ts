import { StepTimeout } from "../../../lib/mail/wire/deadline";
import { explainConnect, explainDialogue, explainTls } from "../../../lib/mail/diagnosis/explain";
import { DialogueError } from "../../../lib/mail/smtp/dialogue";

const system = (code: string, message = code) => Object.assign(new Error(message), { code });
const timeout = new StepTimeout(10_000, false);

describe("a connection that times out", () => {
  it("names the flow that nobody declared", () => {
    const problem = explainConnect(timeout, "192.0.2.10", 587, ["192.0.2.10:25", "203.0.113.25:587"]);
    expect(problem.summary).toBe("timeout after 10000 ms and no flow declared for 192.0.2.10:587");
    expect(problem.fix).toContain("Declare an outbound flow for 192.0.2.10:587");
  });

  it("looks further when the flow is declared", () => {
    const problem = explainConnect(timeout, "192.0.2.10", 587, ["192.0.2.10:587"]);
    expect(problem.code).toBe("mail/flow-does-not-carry");
    expect(problem.summary).toMatch(/though a flow is declared for it/);
    expect(problem.fix).toMatch(/Look further/);
  });

  it("says nothing of declared flows when none are known of", () => {
    const problem = explainConnect(timeout, "192.0.2.10", 587, undefined);
    expect(problem.fix).toMatch(/Open an outbound flow for 192\.0\.2\.10:587/);
  });

  it("writes IPv6 addresses so that the port can be told from them, and finds them among the flows", () => {
    const none = explainConnect(timeout, "2001:db8::25", 587, ["192.0.2.10:587"]);
    expect(none.summary).toContain("[2001:db8::25]:587");
    const declared = explainConnect(timeout, "2001:db8::25", 587, ["[2001:db8::25]:587"]);
    expect(declared.code).toBe("mail/flow-does-not-carry");
  });
});

it.each([
  ["ECONNREFUSED", "connection-refused"],
  ["ETIMEDOUT", "connect-timeout"],
  ["EHOSTUNREACH", "unreachable"],
  ["ENETUNREACH", "unreachable"],
  ["EADDRNOTAVAIL", "unreachable"],
  ["EPERM", "connect-failed"],
])("reads %s at the connection by its code", (code, expected) => {
  expect(explainConnect(system(code), "192.0.2.10", 25, undefined).code).toBe(`mail/${expected}`);
});

it.each([
  [system("ERR_SSL_WRONG_VERSION_NUMBER"), "plain-text-port"],
  [system("EPROTO", "0:error:0A00010B:SSL routines:ssl3_get_record:wrong version number"), "plain-text-port"],
  [new DialogueError("broken", undefined, { cause: system("ERR_SSL_UNSUPPORTED_PROTOCOL") }), "tls-version"],
  [system("ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE"), "tls-version"],
  [system("ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION"), "tls-version"],
  [system("ECONNRESET"), "connection-closed"],
  // In place of the answer to STARTTLS.
  [new DialogueError("broken", undefined, { cause: system("ECONNRESET") }), "connection-broken"],
  [new DialogueError("broken", undefined, { cause: system("ETIMEDOUT") }), "connection-broken"],
  [new DialogueError("closed", undefined), "connection-closed"],
  [system("ERR_SSL_SOMETHING_ELSE"), "tls-failed"],
])("reads %s in the handshake", (error, expected) => {
  expect(explainTls({ host: "mail.example.com", port: 587 })(error).code).toBe(`mail/${expected}`);
});

it("blames the time for all stages only when next to nothing was left of it", () => {
  expect(explainDialogue("EHLO")(new StepTimeout(3, true)).code).toBe("mail/out-of-time");
  expect(explainDialogue("EHLO")(new StepTimeout(3_000, true)).code).toBe("mail/no-reply");
});

it("tells a reset connection from a closed one", () => {
  const reset = new DialogueError("broken", undefined, { cause: system("ECONNRESET") });
  expect(explainDialogue("EHLO")(reset)).toMatchObject({ code: "mail/connection-broken", evidence: "ECONNRESET" });
  const alert = new DialogueError("broken", undefined, { cause: system("ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED") });
  expect(explainDialogue("EHLO over TLS")(alert).code).toBe("mail/client-certificate-required");
  expect(explainDialogue("EHLO")(new DialogueError("closed", "421-")).code).toBe("mail/connection-closed");
});
