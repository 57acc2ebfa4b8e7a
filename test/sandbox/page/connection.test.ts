import { startSandbox, type Sandbox } from "../../../lib/sandbox";
import { Chromium, type Page } from "../../support/chromium";
import { inChromium } from "../../support/in-chromium";

jest.setTimeout(90_000);

inChromium("the page's connection to the sandbox", () => {
  let browser: Chromium;
  let sandbox: Sandbox;
  let page: Page;
  beforeAll(async () => void (browser = await Chromium.launch()));
  afterAll(() => browser.close());
  beforeEach(async () => {
    sandbox = await startSandbox({ systems: [] });
    page = await browser.open(`${sandbox.url}/`);
    await page.sees("live", "#connection");
  });
  afterEach(async () => {
    await page.close();
    await sandbox.close();
  });

  const pulses = () => page.requested.filter((url) => url.endsWith("/_sandbox/pulse")).length;
  const rest = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

  it("is seen to be lost when the sandbox stops, and is back with a fresh page when another one starts there", async () => {
    const port = Number(new URL(sandbox.url).port);
    const { inbox } = sandbox;
    inbox.add({
      queueId: "Q",
      receivedAt: new Date().toISOString(),
      from: "a@example.com",
      to: [],
      subject: "Before",
      text: "",
      headers: {},
      bytes: 1,
    });
    await page.sees("Before", "#inbox");
    await sandbox.close();
    await page.sees("Connection lost: the sandbox has stopped", "#lost");
    expect(await page.text("#connection")).toBe("connection lost");
    expect(await page.run(`() => document.getElementById("lost").getAttribute("role")`)).toBe("alert");
    // What was there stays there, to be read.
    expect(await page.text("#inbox")).toContain("Before");

    sandbox = await startSandbox({ systems: [], port });
    await page.sees("No mail has arrived yet", "#inbox");
    await page.sees("live", "#connection");
    expect(await page.run(`() => document.getElementById("lost").hidden`)).toBe(true);
  });

  it("rests while nobody sees the page, and catches up at once", async () => {
    const hide = (hidden: boolean) =>
      page.run(
        `(hidden) => {
          Object.defineProperty(document, "hidden", { configurable: true, get: () => hidden });
          document.dispatchEvent(new Event("visibilitychange"));
        }`,
        hidden,
      );
    await hide(true);
    // One may have been under way.
    await rest(300);
    const before = pulses();
    await rest(2_500);
    expect(pulses()).toBe(before);
    await hide(false);
    await page.until("a pulse", `() => true`);
    while (pulses() === before) await rest(20);
    await rest(2_500);
    // And from then on as before, once a second: coming back does not double the beat.
    expect(pulses() - before).toBeLessThanOrEqual(5);
    expect(pulses() - before).toBeGreaterThanOrEqual(2);
  });

  it("asks for nothing but small answers while nothing happens", async () => {
    const before = page.requested.length;
    await rest(2_500);
    const asked = page.requested.slice(before).map((url) => new URL(url).pathname);
    expect(asked.length).toBeGreaterThan(0);
    expect(new Set(asked)).toEqual(new Set(["/_sandbox/pulse"]));
  });

  it("never leaves this machine: every address asked for is the sandbox's own", async () => {
    for (const place of ["network", "tests", "state", "inbox"]) await page.click(`#tab-${place}`);
    const foreign = page.requested.filter((url) => !url.startsWith(`${sandbox.url}/`) && !url.startsWith("data:"));
    expect(foreign).toEqual([]);
    const policy = (await fetch(sandbox.url)).headers.get("content-security-policy")!;
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).not.toContain("unsafe");
  });
});
