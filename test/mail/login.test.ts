import { connect } from "node:net";
import { once } from "node:events";
import { ProblemError } from "../../lib/core/problem";
import { Dialogue } from "../../lib/mail/dialogue";
import { chooseMechanism, logIn, type Mechanism } from "../../lib/mail/login";
import { startScripted, type Script } from "../support/scripted-smtp";

const signal = new AbortController().signal;
const base64 = (text: string) => Buffer.from(text).toString("base64");
const TIM = { username: "tim", password: "tanstaaftanstaaf" };

/** Logs in to a scripted server; resolves with the lines of the login as the server heard them. */
async function login(mechanism: Mechanism, script: Partial<Script>): Promise<readonly string[]> {
  const server = await startScripted(script);
  const socket = connect(server.port, "127.0.0.1");
  try {
    await once(socket, "connect");
    const dialogue = new Dialogue(socket);
    await dialogue.receive(signal);
    await logIn(dialogue, mechanism, TIM, signal);
    return server.lines;
  } finally {
    socket.destroy();
    await server.close();
  }
}

it("says everything at once with PLAIN, and again when the server asks for it", async () => {
  const response = base64("\0tim\0tanstaaftanstaaf");
  expect(await login("PLAIN", {})).toEqual([`AUTH PLAIN ${response}`]);
  expect(await login("PLAIN", { auth: "334 \r\n" })).toEqual([`AUTH PLAIN ${response}`, response]);
});

it("answers both questions of LOGIN", async () => {
  const script = { auth: "334 VXNlcm5hbWU6\r\n", authAnswers: ["334 UGFzc3dvcmQ6\r\n", "235 Ok\r\n"] };
  expect(await login("LOGIN", script)).toEqual(["AUTH LOGIN", base64("tim"), base64("tanstaaftanstaaf")]);
});

it("does not tell the password to a server that refused the user", async () => {
  const script = { auth: "334 VXNlcm5hbWU6\r\n", authAnswers: ["535 5.7.8 Unknown user\r\n"] };
  await expect(login("LOGIN", script)).rejects.toThrow(ProblemError);
});

it("answers the challenge of CRAM-MD5 as in the example of RFC 2195", async () => {
  const challenge = base64("<1896.697170952@postoffice.reston.mci.net>");
  const lines = await login("CRAM-MD5", { auth: `334 ${challenge}\r\n` });
  expect(lines[1]).toBe(base64("tim b913a602c7eda7a495b4e6e7334d3890"));
});

it("takes nothing but a 235 for a login", async () => {
  await expect(login("PLAIN", { auth: "250 2.0.0 Ok\r\n" })).rejects.toThrow(ProblemError);
});

it("prefers what keeps the password to itself on an open line, and what is common on an encrypted one", () => {
  expect(chooseMechanism(["LOGIN", "PLAIN", "CRAM-MD5"], true)).toBe("PLAIN");
  expect(chooseMechanism(["LOGIN", "PLAIN", "CRAM-MD5"], false)).toBe("CRAM-MD5");
});
