import { LoopbackServer } from "./loopback-server";

/** How a server may say back what it was told, as its own lines. */
export type Echo = (told: string) => readonly string[];

/**
 * An SMTP server that repeats whatever it is told, in the text of its replies. It takes every login and every message,
 * so that a whole session runs.
 */
export async function startEchoing(mechanism: string, echo: Echo, challenge = "PDEyMy40NTZAZWNobz4=") {
  return LoopbackServer.start((socket) => {
    socket.write("220 echo.test ESMTP\r\n");
    let received = "";
    let inMessage = false;
    let answers = 0;
    const say = (code: number, told: string) => {
      const texts = [...echo(told), "that was it"];
      socket.write(texts.map((text, index) => `${code}${index < texts.length - 1 ? "-" : " "}${text}\r\n`).join(""));
    };
    socket.on("data", (chunk: Buffer) => {
      received += chunk.toString("latin1");
      for (let end = received.indexOf("\r\n"); end >= 0; end = received.indexOf("\r\n")) {
        const line = received.slice(0, end);
        received = received.slice(end + 2);
        if (inMessage) {
          if (line !== ".") continue;
          inMessage = false;
          say(250, "queued as 1A2B3C4D5E");
        } else if (answers > 0) {
          answers--;
          if (answers > 0) socket.write(`334 ${challenge}\r\n`);
          else say(235, line);
        } else if (/^EHLO/.test(line)) socket.write(`250-echo.test\r\n250 AUTH ${mechanism}\r\n`);
        else if (/^AUTH (LOGIN|CRAM-MD5)/.test(line)) {
          answers = line.startsWith("AUTH LOGIN") ? 2 : 1;
          socket.write(`334 ${challenge}\r\n`);
        } else if (/^AUTH/.test(line)) say(235, line);
        else if (/^DATA/.test(line)) {
          inMessage = true;
          socket.write("354 go on\r\n");
        } else if (/^QUIT/.test(line)) socket.end("221 bye\r\n");
        else say(250, line);
      }
    });
  });
}
