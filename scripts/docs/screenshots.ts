import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { browserNames, chromium } from "../../test/support/chromium";
import { OpenedPage } from "../../test/support/opened-page";

/**
 * The pictures of docs/sandbox.md, made by hand when the page has changed: `npx tsx scripts/docs/screenshots.ts`. They show
 * a real sandbox with what the examples deploy, a test that passed, one that failed, and the mail that came of it.
 */

const DIRECTORY = join(__dirname, "../../docs/images");
const MOST_BYTES = 150 * 1024;
const PHONE = { width: 375, height: 780, scale: 1.5, phone: true };

interface Picture {
  readonly name: string;
  readonly place: string;
  readonly look: {
    readonly width?: number;
    readonly height?: number;
    readonly scale?: number;
    readonly phone?: boolean;
  };
  readonly media?: Readonly<Record<string, string>>;
  /** What is done on the page first, as its source. */
  readonly before?: string;
}

/** What is inside is made when it is opened, so one after the other. */
const openTree = `async () => {
  const paths = ["state/systems/ovh", "state/systems/ovh/services", "state/systems/ovh/services/0"];
  for (const path of [...paths, paths[2] + "/flows", paths[2] + "/flows/0", "state/systems/vrops"]) {
    document.querySelector('[data-path="' + path + '"]').open = true;
    await new Promise((done) => setTimeout(done, 100));
  }
}`;

async function main(): Promise<void> {
  if (chromium === undefined) throw new Error(`none of ${browserNames.join(", ")} is installed`);
  mkdirSync(DIRECTORY, { recursive: true });
  const opened = await OpenedPage.start({ seed: 20 });
  try {
    const { world } = opened;
    await fill(opened);
    const [failed, mail] = [world.sandbox.tests.list().at(-1)!.number, world.sandbox.inbox.span.last];
    const views: readonly Picture[] = [
      { name: "inbox", place: `#/inbox/${mail}`, look: { height: 760 } },
      { name: "network", place: "#/network", look: { height: 860 } },
      { name: "tests", place: `#/tests/${failed}`, look: { width: 1080, height: 880 } },
      { name: "state", place: "#/state", look: { height: 860 }, before: openTree },
    ];
    for (const view of views) await shoot(opened, { ...view, name: `${view.name}-light` });
    await shoot(opened, { name: "phone", place: `#/tests/${failed}`, look: PHONE });
    // By night, somebody has closed the flow.
    await world.closeFlow();
    const media = { "prefers-color-scheme": "dark" };
    for (const view of views.slice(0, 3)) await shoot(opened, { ...view, name: `${view.name}-dark`, media });
  } finally {
    await opened.closePages();
    await opened.close();
  }
}

/** The mails and tests of an ordinary day. */
async function fill({ world }: OpenedPage): Promise<void> {
  await world.test();
  await world.sandbox.intervene("vrops", "raise-alert", { criticality: "CRITICAL" });
  await world.sandbox.intervene("uipath", "raise-alert", { text: "Invoice robot stopped" });
  await world.test({ to: ["oncall@example.com", "unknown@example.com"] });
  // Nobody listens there.
  await world.test({ port: world.sandbox.mail.startTls.port + 1 });
  await world.send({
    from: "Alerting <alerts@example.com>",
    to: ["oncall@example.com", "boss@example.com"],
    subject: "CRITICAL: datastore ds-07 runs out of space",
    text: "Datastore ds-07 is used to 97 %.",
    html: `<div style="font-family: sans-serif; max-width: 560px">
      <div style="background: #b01e24; color: #fff; padding: 12px 16px; font-size: 18px">Datastore ds-07 runs out of space</div>
      <table style="border-collapse: collapse; width: 100%; margin-top: 12px">
        <tr><td style="padding: 6px 16px; color: #555">Criticality</td><td>CRITICAL</td></tr>
        <tr><td style="padding: 6px 16px; color: #555">Used</td><td>97 %, 1.9 TB of 2.0 TB</td></tr>
        <tr><td style="padding: 6px 16px; color: #555">Since</td><td>20 minutes</td></tr>
      </table></div>`,
  });
}

async function shoot(opened: OpenedPage, { name, place, look, media, before }: Picture): Promise<void> {
  const page = await opened.open(place, { ...look, media });
  await page.until("the view", `(name) => document.getElementById(name).innerText.length > 100`, /\w+/.exec(place)![0]);
  if (before !== undefined) await page.run(before);
  // Until pictures and frames are painted.
  await page.run(`() => new Promise((done) => setTimeout(done, 500))`);
  const png = await page.screenshot();
  if (png.length > MOST_BYTES) throw new Error(`${name} has ${png.length} bytes: make its window smaller`);
  writeFileSync(join(DIRECTORY, `sandbox-${name}.png`), png);
  console.error(`sandbox-${name}.png, ${Math.round(png.length / 1024)} kB`);
  await opened.closePages();
}

void main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
