import { execFile, execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import http from "node:http";
import https from "node:https";
import net, { type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { systemClock } from "../../lib/core/clock";
import type { ServerCertificate } from "../../lib/core/certificate-expiry";
import { silentLogger } from "../../lib/core/log";
import { Redactor } from "../../lib/core/redaction";
import { HttpClient } from "../../lib/http";
import { Authority } from "../../lib/mail/server/certificates";

const directory = mkdtempSync(join(tmpdir(), "outbound-tls-"));
const file = (name: string) => join(directory, name);
const servers: (http.Server | https.Server)[] = [];
let key: Buffer, cert: string, origin: { port: number };

beforeAll(async () => {
  execFileSync(
    "openssl",
    [
      ...["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"],
      ...["-keyout", file("key.pem"), "-out", file("cert.pem"), "-subj", "/CN=test"],
      ...["-addext", "subjectAltName=DNS:api.example.test,IP:127.0.0.1"],
    ],
    { stdio: "ignore" },
  );
  key = readFileSync(file("key.pem"));
  cert = readFileSync(file("cert.pem"), "utf8");
  origin = await listen(
    https.createServer({ key, cert }, (request, response) => response.end(`"${request.headers.host}"`)),
  );
});

afterAll(() => {
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
  rmSync(directory, { recursive: true });
});

async function listen(server: http.Server | https.Server): Promise<{ port: number }> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return server.address() as AddressInfo;
}

async function get(
  baseUrl: string,
  ca?: string,
  environment: Record<string, string> = {},
  onCertificate?: (certificate: ServerCertificate) => void,
) {
  const client = new HttpClient({
    ...{ name: "Test API", baseUrl, clock: systemClock, log: silentLogger, redactor: new Redactor(), random: () => 0 },
    environment,
    ...(ca === undefined ? {} : { ca }),
    ...(onCertificate && { onCertificate }),
  });
  try {
    return (await client.request({ method: "GET", path: "/", signal: new AbortController().signal })).data;
  } finally {
    client.close();
  }
}

test("a certificate is verified whatever the environment says of it", async () => {
  // In a process of its own: what Node reads is not the environment that a test can change.
  const script = `
    import { createAgents } from "./lib/http/agents";
    import https from "node:https";
    https.get("https://127.0.0.1:${origin.port}", { agent: createAgents(1).httpsAgent })
      .on("response", (response) => { console.log("answered", response.statusCode); process.exit(); })
      .on("error", (error) => console.log("refused", error.code));`;
  const program = file("verified.mts");
  writeFileSync(program, script.replace("./lib", `${process.cwd()}/lib`));
  const { stdout } = await promisify(execFile)(process.execPath, ["--import", "tsx", program], {
    env: { ...process.env, NODE_TLS_REJECT_UNAUTHORIZED: "0" },
  });
  expect(stdout).toBe("refused DEPTH_ZERO_SELF_SIGNED_CERT\n");
});

test("a certificate of an unknown authority is refused, at once", async () => {
  await expect(get(`https://127.0.0.1:${origin.port}`)).rejects.toMatchObject({ failure: "tls", effectUnknown: false });
});

test("the given authority is trusted", async () => {
  expect(await get(`https://127.0.0.1:${origin.port}`, cert)).toBe(`127.0.0.1:${origin.port}`);
});

test("a name that the certificate does not have is refused", async () => {
  await expect(get(`https://localhost:${origin.port}`, cert)).rejects.toMatchObject({ failure: "tls" });
});

test("what is no certificate is refused before anything is sent", async () => {
  await expect(get("https://127.0.0.1", "/etc/ssl/ca.pem")).rejects.toThrow(
    /CA certificate for Test API cannot be read/,
  );
});

test("an HTTPS request goes through the proxy as a tunnel, trusting the given authority", async () => {
  const tunnelled: (string | undefined)[] = [];
  const proxy = http.createServer();
  proxy.on("connect", (request, socket: net.Socket) => {
    tunnelled.push(request.url, request.headers["proxy-authorization"]);
    const target = net.connect(origin.port, "127.0.0.1", () => {
      socket.write("HTTP/1.1 200 OK\r\n\r\n");
      target.pipe(socket).pipe(target);
    });
    for (const end of [socket, target]) end.on("error", () => [socket, target].forEach((one) => one.destroy()));
  });
  const { port } = await listen(proxy);

  const data = await get("https://api.example.test", cert, { HTTPS_PROXY: `http://user:pw@127.0.0.1:${port}` });

  expect(data).toBe("api.example.test");
  expect(tunnelled).toEqual(["api.example.test:443", `Basic ${Buffer.from("user:pw").toString("base64")}`]);
});

test("whoever wants to know hears of the certificate's life, once", async () => {
  const seen: ServerCertificate[] = [];
  await get(`https://127.0.0.1:${origin.port}`, cert, {}, (certificate) => void seen.push(certificate));

  expect(seen).toEqual([{ host: "127.0.0.1", issuer: "test", from: expect.any(Number), to: expect.any(Number) }]);
  const [{ from, to }] = seen as [ServerCertificate];
  expect(to - from).toBe(2 * 86_400_000);
});

test("and of those that vouch for it", async () => {
  const authority = Authority.create("Example CA");
  const issued = authority.issue({ name: "127.0.0.1", hosts: ["127.0.0.1"] });
  const options = { key: issued.key, cert: issued.certificate };
  const { port } = await listen(https.createServer(options, (_, response) => response.end("true")));
  const seen: ServerCertificate[] = [];
  await get(`https://127.0.0.1:${port}`, authority.pem, {}, (certificate) => void seen.push(certificate));
  expect(seen).toMatchObject([{ issuer: "Example CA", authorities: [{ name: "Example CA", to: expect.any(Number) }] }]);
});

test("without TLS there is no certificate to hear of", async () => {
  const { port } = await listen(http.createServer((_, response) => response.end("true")));
  const seen: ServerCertificate[] = [];
  await get(`http://127.0.0.1:${port}`, undefined, {}, (certificate) => void seen.push(certificate));
  expect(seen).toEqual([]);
});
