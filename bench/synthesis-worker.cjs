// Loads both libraries and synthesises the reference stack, in a plain Node.js; tells its parent what took how long.
const { Session } = require("node:inspector");
const { mkdtempSync, readFileSync, rmSync } = require("node:fs");
const Module = require("node:module");
const { tmpdir } = require("node:os");
const { join } = require("node:path");

const [, , root, ...counts] = process.argv;
const load = Module.createRequire(join(root, "package.json"));
const now = () => Number(process.hrtime.bigint()) / 1e6;

const begin = now();
const { App } = load("cdktf");
const cdktf = now() - begin;
const ours = loadingOf(join(root, "dist/lib"));
const outbound = load("cdktf-provider-outbound");
const { OutboundAlertsStack } = referenceStack();
// Most of the library is loaded by its first use.
synthesise(1);
ours.stop();

const session = new Session();
session.connect();

void measured().then((syntheses) => process.send({ loading: { cdktf, ours: ours.milliseconds }, syntheses }));

/** Measures how long the modules of a folder take to load, with what they require in turn. */
function loadingOf(folder) {
  const { _load: original, _resolveFilename: resolve } = Module;
  const loading = { milliseconds: 0, stop: () => (Module._load = original) };
  let isInside = false;
  Module._load = function (request, parent, ...more) {
    const isOurs = parent?.filename?.startsWith(folder) || request === "cdktf-provider-outbound";
    if (isInside || !isOurs || Module._cache[resolve(request, parent)] !== undefined)
      return original.call(this, request, parent, ...more);
    isInside = true;
    const started = now();
    try {
      return original.call(this, request, parent, ...more);
    } finally {
      loading.milliseconds += now() - started;
      isInside = false;
    }
  };
  return loading;
}

async function measured() {
  await post("Profiler.enable");
  await post("Profiler.setSamplingInterval", { interval: 500 });
  synthesise(10);
  const syntheses = [];
  for (const count of counts.map(Number)) {
    await post("Profiler.start");
    const started = now();
    synthesise(count);
    const milliseconds = now() - started;
    const { profile } = await post("Profiler.stop");
    syntheses.push({ count, milliseconds, profile });
  }
  return syntheses;
}

function synthesise(count) {
  const outdir = mkdtempSync(join(tmpdir(), "outbound-bench-synthesis-"));
  const app = new App({ outdir });
  new OutboundAlertsStack(app, "many", { platforms: platforms(count), provider: { embedNullProvider: true } });
  app.synth();
  rmSync(outdir, { recursive: true });
}

function platforms(count) {
  const { SmtpServer, Receiver, Secret } = outbound;
  const server = SmtpServer.startTls("smtp.example.com", {
    ip: "203.0.113.25",
    port: 587,
    login: { user: "alerts", password: Secret.environment("SMTP_PASSWORD", { version: 1 }) },
    sender: { address: "alerts@example.com", name: "Alerting" },
  });
  const receivers = [Receiver.email("oncall@example.com", "On call")];
  const one = (index) => ({
    service: `pcc-192-0-${index >> 8}-${index & 255}`,
    server,
    plugin: `Relay ${index}`,
    receivers,
  });
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`platform-${index}`, one(index)]));
}

/** The TypeScript of the reference, compiled here; its frames count as ours. */
function referenceStack() {
  const source = readFileSync(join(root, "stacks/outbound-alerts-stack.ts"), "utf8");
  const { code } = load("esbuild").transformSync(source, { loader: "ts", format: "cjs", target: "node20" });
  const module = { exports: {} };
  new Function("require", "module", "exports", `${code}\n//# sourceURL=dist/lib/reference-stack.js`)(
    load,
    module,
    module.exports,
  );
  return module.exports;
}

function post(method, parameters) {
  return new Promise((resolve, reject) =>
    session.post(method, parameters, (error, result) => (error ? reject(error) : resolve(result))),
  );
}
