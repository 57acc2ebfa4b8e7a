import { createServer, type AddressInfo, type Server } from "node:net";
import { createServer as createWebServer } from "node:http";
import { connectWithinSandbox, postWithinSandbox } from "../../../../lib/systems/kit/simulator/connect";
import { sendSimulated } from "../../../../lib/systems/kit/simulator/mail";

const REFUSED = "the sandbox reaches nothing but 127.0.0.0/8";
const started: Server[] = [];

async function listening(server: Server): Promise<number> {
  started.push(server);
  await new Promise<void>((settle) => server.listen(0, "127.0.0.1", settle));
  return (server.address() as AddressInfo).port;
}

afterEach(async () => {
  for (const server of started.splice(0)) await new Promise((settle) => server.close(settle));
});

it("connects to the address that it has judged, and not to the name again", async () => {
  const port = await listening(createServer((socket) => socket.end()));
  const answers = [[{ address: "127.0.0.1" }], [{ address: "203.0.113.25" }]];
  const resolve = () => Promise.resolve(answers.shift()!);
  const socket = await connectWithinSandbox({ host: "rebound.example.com", port, timeoutMs: 1_000, resolve });
  expect(socket.remoteAddress).toBe("127.0.0.1");
  socket.destroy();
});

it.each(["203.0.113.25", "[::1]", "3405803801"])("connects to nothing at %s", (host) =>
  expect(connectWithinSandbox({ host, port: 25, timeoutMs: 1_000 })).rejects.toThrow(/reaches nothing|ENOTFOUND|EAI_/),
);

it("says that a connection was refused", async () => {
  const port = await listening(createServer());
  await new Promise((settle) => started.pop()!.close(settle));
  await expect(connectWithinSandbox({ host: "127.0.0.1", port, timeoutMs: 1_000 })).rejects.toThrow("ECONNREFUSED");
});

it("posts without following a redirection", async () => {
  const bodies: string[] = [];
  const server = createWebServer((request, response) => {
    request.on("data", (data: Buffer) => bodies.push(data.toString()));
    request.on("end", () => response.writeHead(307, { location: "http://203.0.113.25/" }).end());
  });
  const port = await listening(server);
  expect(await postWithinSandbox(new URL(`http://127.0.0.1:${port}/notify`), { a: 1 }, 1_000)).toBe(307);
  expect(bodies).toEqual(['{"a":1}']);
});

it.each(["http://203.0.113.25/", "http://[::1]:8080/", "http://3405803801/"])("posts nothing to %s", (url) =>
  expect(postWithinSandbox(new URL(url), {}, 1_000)).rejects.toThrow(REFUSED),
);

it("posts by HTTP only", () =>
  expect(postWithinSandbox(new URL("https://127.0.0.1/"), {}, 1_000)).rejects.toThrow("speaks HTTP only"));

it("a mail to a server elsewhere fails at once and says why", async () => {
  const mail = {
    host: "203.0.113.25",
    port: 25,
    name: "mail.example.com",
    security: "none",
    from: { name: "", address: "alerts@example.com" },
    to: ["oncall@example.com"],
    subject: "x",
    text: "x",
    mailer: "x",
  } as const;
  await expect(sendSimulated(mail)).rejects.toThrow(REFUSED);
});
