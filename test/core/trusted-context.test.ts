import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { AddressInfo } from "node:net";
import { connect, createServer, type SecureContext, type Server } from "node:tls";
import { promisify } from "node:util";
import { contextTrustingToo } from "../../lib/core/trusted-context";
import { Authority } from "../../lib/mail/server";

const [ours, theirs] = [Authority.create("Ours"), Authority.create("Theirs")];
let server: Server;
beforeAll(async () => {
  const { certificate, key } = ours.issue({ name: "server", hosts: ["127.0.0.1"] });
  server = createServer({ cert: certificate, key });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
});
afterAll(() => void server.close());

/** What Node says of the server's certificate; "" when it is trusted. */
function judged(secureContext?: SecureContext): Promise<string> {
  const { port } = server.address() as AddressInfo;
  return new Promise((told, reject) => {
    const socket = connect({
      port,
      host: "127.0.0.1",
      rejectUnauthorized: false,
      ...(secureContext && { secureContext }),
    });
    socket.once("error", reject).once("secureConnect", () => {
      // Typed as an error, in truth the error's code.
      told(socket.authorized ? "" : String(socket.authorizationError));
      socket.destroy();
    });
  });
}

it("trusts each authority that is given, and no other", async () => {
  expect(await judged(contextTrustingToo([theirs.pem, ours.pem]))).toBe("");
  expect(await judged(contextTrustingToo([theirs.pem]))).toMatch(/^UNABLE_TO_/);
});

it("leaves other connections as they are", async () => {
  contextTrustingToo([ours.pem]);
  expect(await judged()).toMatch(/^UNABLE_TO_/);
});

describe("in a process of its own", () => {
  let folder: string;
  beforeAll(() => (folder = mkdtempSync(join(tmpdir(), "outbound-trust-"))));
  afterAll(() => rmSync(folder, { recursive: true }));

  const run = async (program: string): Promise<string> => {
    const path = join(folder, "program.mts");
    const lib = JSON.stringify(resolve(__dirname, "../../lib/core/trusted-context.ts"));
    writeFileSync(path, `import { contextTrustingToo } from ${lib};\n${program}`);
    const env = { ...process.env, THEIRS: theirs.pem };
    const { stdout } = await promisify(execFile)(process.execPath, ["--import", "tsx", path], { env });
    return stdout.trim();
  };

  it("takes little memory for each: a debug session makes one with every run", async () => {
    const program = `
      const contexts = [contextTrustingToo([process.env.THEIRS])];
      const before = process.memoryUsage.rss();
      for (let made = 0; made < 100; made++) contexts.push(contextTrustingToo([process.env.THEIRS]));
      console.log((process.memoryUsage.rss() - before) / 1e6, contexts.length);`;
    // Each with authorities of its own, they take a hundred.
    expect(parseFloat(await run(program))).toBeLessThan(50);
  });
});
