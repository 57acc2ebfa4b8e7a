import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import { LOGIN, type HealthyServer } from "./mail-server";

/** Nothing but the round trips of a full probe, one after the other: what no probe can do without. */
export async function bareRoundTrips({ port, ca }: HealthyServer, from: string, to: string): Promise<void> {
  const plain = connect(port, "127.0.0.1");
  await once(plain, "connect");
  const banner = reply(plain);
  await banner;
  await say(plain, "EHLO [127.0.0.1]");
  await say(plain, "STARTTLS");
  plain.removeAllListeners("data");
  const secured = connectTls({ socket: plain, host: "127.0.0.1", ca });
  await once(secured, "secureConnect");
  await say(secured, "EHLO [127.0.0.1]");
  const response = Buffer.from(`\0${LOGIN.username}\0${LOGIN.password}`).toString("base64");
  await say(secured, `AUTH PLAIN ${response}`);
  await say(secured, `MAIL FROM:<${from}>`);
  await say(secured, `RCPT TO:<${to}>`);
  await say(secured, "RSET");
  secured.end("QUIT\r\n");
}

function say(socket: Socket, line: string): Promise<void> {
  const answered = reply(socket);
  socket.write(`${line}\r\n`);
  return answered;
}

/** To the last line of the next reply, which has to be a consent. */
function reply(socket: Socket): Promise<void> {
  return new Promise((resolve, reject) => {
    let received = "";
    const onData = (chunk: Buffer) => {
      received += chunk.toString();
      if (!/^\d{3}(?: .*)?\r\n$/m.test(received)) return;
      socket.off("data", onData);
      if (/^2/.test(received)) resolve();
      else reject(new Error(`the mail server of the benchmark refused: ${received}`));
    };
    socket.on("data", onData);
    socket.once("error", reject);
  });
}
