import type { Page } from "../../support/chromium";
import { inChromium } from "../../support/in-chromium";
import { OpenedPage } from "../../support/opened-page";

jest.setTimeout(90_000);

inChromium("the map of the network", () => {
  let opened: OpenedPage;
  let page: Page;
  beforeAll(async () => void (opened = await OpenedPage.start()));
  afterAll(() => opened.close());
  afterEach(() => opened.closePages());

  /** The colour of the first way's line, and the word on it. */
  const firstWay = () =>
    page.run<readonly [string, string]>(`() => [
      document.querySelector("#network .way").getAttribute("class"),
      document.querySelector("#network .word").textContent,
    ]`);
  /** What the table says of one way. */
  const rowOf = (name: string) =>
    page.run<string>(
      `(name) => [...document.querySelectorAll("#network tbody tr")].find((row) => row.innerText.includes(name))?.innerText`,
      name,
    );

  it("turns red when a flow is closed behind the back, and green when one is opened, in words as well", async () => {
    page = await opened.open("#/network");
    await page.sees("4 open", "#network .summary");
    expect(await firstWay()).toEqual(["way open", "✓ open"]);
    expect(await page.run(`() => document.querySelector("#tab-network .count").hidden`)).toBe(true);

    await opened.world.closeFlow();
    await page.sees("1 blocked", "#network .summary");
    expect(await firstWay()).toEqual(["way blocked", "✕ blocked"]);
    expect(await rowOf("Prod SMTP")).toMatch(/blocked\s+no open flow of pcc-192-0-2-10/);
    expect(await page.text("#tab-network")).toMatch(/1 blocked/);
    // Whoever hears the page is told by the drawing's name, and by a summary that is announced.
    expect(await page.run(`() => document.querySelector("#network svg").getAttribute("aria-label")`)).toContain(
      "Prod SMTP: blocked: no open flow",
    );
    expect(await page.run(`() => document.querySelector("#network .summary").getAttribute("role")`)).toBe("status");
    const red = await page.run<string>(`() => getComputedStyle(document.querySelector(".way.blocked")).stroke`);

    await opened.world.openFlow();
    await page.sees("4 open", "#network .summary");
    expect(await firstWay()).toEqual(["way open", "✓ open"]);
    expect(await page.run(`() => getComputedStyle(document.querySelector(".way.open")).stroke`)).not.toBe(red);
    expect(page.complaints).toEqual([]);
  });

  it("draws every system, every server and the firewall, and says the same in tables", async () => {
    await opened.world.sandbox.intervene("ovh", "add-flow", { ip: "203.0.113.9", port: 25, description: "old relay" });
    page = await opened.open("#/network");
    await page.sees("203.0.113.9:25", "#network");
    const drawn = await page.run<string>(`() => document.querySelector("#network svg").textContent`);
    for (const text of [
      "VMware Aria Operations (vROps)",
      "Prod SMTP",
      "oncall@example.com, boss@example.com",
      "tenant mail of Production",
      "Company relay",
      "Firewall of pcc-192-0-2-10",
      "flow “alert mail”",
      "open, but unused",
      "SMTP with STARTTLS",
      "SMTP over TLS",
      "AlertOps",
    ]) {
      expect(drawn).toContain(text);
    }
    expect(await rowOf("AlertOps - prod")).toMatch(/hands over to AlertOps API[\s\S]*NOC/);
    expect(await rowOf("203.0.113.9:25")).toMatch(/open\s+delivered\s+old relay\s+by nobody/);
    await opened.world.sandbox.intervene("ovh", "close-flow", { ip: "203.0.113.9", port: 25 });
    await page.until(
      "the unused flow to be gone",
      `() => !document.querySelector("#network svg").textContent.includes("unused")`,
    );
  });

  it("keeps within the window when that becomes narrow, and lets no box overlap another", async () => {
    page = await opened.open("#/network");
    await page.sees("4 open", "#network .summary");
    for (const width of [1280, 700, 375]) {
      await page.send("Emulation.setDeviceMetricsOverride", {
        width,
        height: 900,
        deviceScaleFactor: 1,
        mobile: false,
      });
      await page.until(
        `a drawing for ${width} px`,
        `() => {
          const { width } = document.querySelector("#network svg").getBoundingClientRect();
          return width <= document.querySelector("#network .drawing").clientWidth && width > innerWidth * 0.8;
        }`,
      );
      const overlaps = await page.run(`() => {
        const boxes = [...document.querySelectorAll("#network svg .box, #network svg .firewall")].map((one) => one.getBBox());
        return boxes.filter((a, i) => boxes.some((b, j) => j < i &&
          a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height)).length;
      }`);
      expect([width, overlaps]).toEqual([width, 0]);
      // Text stays within the drawing.
      const outside = await page.run(`() => {
        const svg = document.querySelector("#network svg");
        const { width, height } = svg.viewBox.baseVal;
        return [...svg.querySelectorAll("text")].filter((one) => {
          const box = one.getBBox();
          return box.x < 0 || box.x + box.width > width + 1 || box.y + box.height > height;
        }).map((one) => one.textContent);
      }`);
      expect([width, outside]).toEqual([width, []]);
    }
  });
});
