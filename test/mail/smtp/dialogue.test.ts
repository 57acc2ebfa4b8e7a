import { once } from "node:events";
import { connect } from "node:net";
import { Dialogue, DialogueError } from "../../../lib/mail/smtp/dialogue";
import { HANG_UP, SILENCE, startScripted, type Script, type ScriptedServer } from "../../support/scripted-smtp";

let server: ScriptedServer;
let dialogue: Dialogue;
afterEach(async () => {
  dialogue.close();
  await server.close();
});

const signal = new AbortController().signal;

async function open(script: Partial<Script> = {}): Promise<void> {
  server = await startScripted(script);
  const socket = connect(server.port, "127.0.0.1");
  await once(socket, "connect");
  dialogue = new Dialogue(socket);
}

const fault = (error: unknown) => (error as DialogueError).fault;

it("puts together a reply that arrives in pieces and several lines", async () => {
  await open({ banner: "220-one\r\n220-two\r\n220 three\r\n" });
  expect((await dialogue.receive(signal)).lines).toEqual(["one", "two", "three"]);
});

it("takes a reply of 128 lines, and not of one more", async () => {
  await open({ banner: `${"220-x\r\n".repeat(127)}220 end\r\n` });
  expect((await dialogue.receive(signal)).lines).toHaveLength(128);
  dialogue.close();
  await server.close();
  await open({ banner: `${"220-x\r\n".repeat(128)}220 end\r\n` });
  expect(await dialogue.receive(signal).catch(fault)).toBe("too-long");
});

it.each([
  ["codes that differ within one reply", "250-one\r\n251 two\r\n", "not-smtp"],
  ["a line without end", "250 ".padEnd(5_000, "x"), "too-long"],
  ["lines without end", "250-x\r\n".repeat(200), "too-long"],
  ["a hung-up line", HANG_UP, "closed"],
])("refuses %s", async (_, banner, expected) => {
  await open({ banner });
  expect(await dialogue.receive(signal).catch(fault)).toBe(expected);
});

it("refuses replies that nobody asked for, before they are taken for the next answer", async () => {
  await open({ banner: "220 hello\r\n250 not asked for\r\n" });
  await dialogue.receive(signal);
  expect(await dialogue.command("EHLO x", signal).catch(fault)).toBe("unsolicited");
  expect(server.lines).toEqual([]);
});

it("never sends two commands in one", async () => {
  await open();
  await dialogue.receive(signal);
  await expect(dialogue.command("MAIL FROM:<a>\r\nRCPT TO:<b>", signal)).rejects.toThrow(RangeError);
  await expect(dialogue.command(`RCPT TO:<${"x".repeat(600)}>`, signal)).rejects.toThrow(RangeError);
  expect(server.lines).toEqual([]);
});

it("stops waiting when told to, and is not to be used any more", async () => {
  await open({ mail: SILENCE });
  await dialogue.receive(signal);
  const controller = new AbortController();
  const waiting = dialogue.command("MAIL FROM:<a@example.com>", controller.signal);
  await server.heard("MAIL");
  controller.abort(new Error("enough"));
  await expect(waiting).rejects.toThrow("enough");
  expect(dialogue.usable).toBe(false);
});
