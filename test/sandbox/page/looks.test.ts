import type { Page } from "../../support/chromium";
import { inChromium } from "../../support/in-chromium";
import { OpenedPage } from "../../support/opened-page";

jest.setTimeout(120_000);

/** WCAG 2.2, 1.4.3: between text and what lies behind it. */
const LEAST_CONTRAST = 4.5;

/** Every text that is shown with its contrast, worked out by the formula of WCAG; SVG text lies on the box drawn last below it. */
const contrasts = `() => {
  const parse = (color) => {
    const [r, g, b, a = 1] = color.match(/[\\d.]+/g).map(Number);
    return { rgb: [r, g, b], a };
  };
  const luminance = (rgb) => {
    const [r, g, b] = rgb.map((one) => one / 255).map((one) => (one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (element) => {
    if (element instanceof SVGTextElement) {
      const { x, y, width, height } = element.getBBox();
      const boxes = [...element.ownerSVGElement.querySelectorAll("rect")].filter((one) => {
        const box = one.getBBox();
        return box.x <= x + width / 2 && box.x + box.width >= x + width / 2 && box.y <= y + height / 2 && box.y + box.height >= y + height / 2;
      });
      const last = boxes.at(-1);
      return last === undefined ? behind(element.ownerSVGElement.parentElement) : parse(getComputedStyle(last).fill).rgb;
    }
    for (let one = element; one !== null; one = one.parentElement) {
      const { rgb, a } = parse(getComputedStyle(one).backgroundColor);
      if (a === 1) return rgb;
    }
    return [255, 255, 255];
  };
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (walker.currentNode.data.trim() === "" || element.closest("title, noscript, .unseen, script, style") || element.getClientRects().length === 0) continue;
    const style = getComputedStyle(element);
    const ink = parse(element instanceof SVGTextElement ? style.fill : style.color).rgb;
    const [a, b] = [luminance(ink), luminance(behind(element))].sort((x, y) => y - x);
    found.push({ text: walker.currentNode.data.trim().slice(0, 40), where: element.getAttribute("class") ?? element.tagName, ratio: (a + 0.05) / (b + 0.05) });
  }
  return found;
}`;

inChromium("the looks of the page", () => {
  let opened: OpenedPage;
  const places: string[] = [];
  beforeAll(async () => {
    opened = await OpenedPage.start();
    const { world } = opened;
    await world.send({ subject: "A subject without any space: " + "x".repeat(120), text: "y".repeat(300) });
    await world.send({ subject: "CRITICAL: Datastore is full", html: "<p>full</p>", text: "full" });
    await world.probe();
    await world.sandbox.intervene("ovh", "add-flow", { ip: "203.0.113.9", port: 25, description: "" });
    await world.closeFlow();
    await world.test();
    await world.sandbox.intervene("uipath", "edit-tenant-mail", { "Alerts.Email.Enabled": "false" });
    world.sandbox.faults.add({ path: "/**", effect: { kind: "delay", ms: 1 }, times: "always" });
    const failed = world.sandbox.tests.list().find(({ ok }) => !ok)!.number;
    places.push("#/inbox", "#/inbox/1", "#/inbox/2", "#/network", "#/tests", `#/tests/${failed}`, "#/state");
  }, 90_000);
  afterAll(() => opened.close());
  afterEach(() => opened.closePages());

  /** A place of the page with everything in it, opened as far as it can be. */
  async function visit(page: Page, place: string): Promise<void> {
    await page.run(`(place) => void (location.hash = place)`, place);
    await page.until(
      `${place} to be there`,
      `(place) => {
        const [, name, number] = place.split("/");
        const section = document.getElementById(name);
        if (number !== undefined && !section.querySelector("h2[tabindex]")) return false;
        return !section.hidden && section.innerText.length > 20;
      }`,
      place,
    );
    await page.run(`() => document.querySelectorAll("#state details").forEach((one) => (one.open = true))`);
    await page.run(`() => new Promise((done) => setTimeout(done, 150))`);
  }

  it.each(["light", "dark"])("can be read in %s: every text stands out from what is behind it", async (scheme) => {
    const page = await opened.open("", { media: { "prefers-color-scheme": scheme } });
    const back = await page.run<string>(`() => getComputedStyle(document.body).backgroundColor`);
    expect(back).toBe(scheme === "dark" ? "rgb(13, 17, 23)" : "rgb(245, 246, 248)");
    const seen: string[] = [];
    for (const place of places) {
      await visit(page, place);
      const all = await page.run<{ text: string; where: string; ratio: number }[]>(contrasts);
      expect(all.filter(({ ratio }) => ratio < LEAST_CONTRAST).map((one) => ({ place, ...one }))).toEqual([]);
      seen.push(...all.map(({ text }) => text));
    }
    // It did look at what there is: the drawing and both kinds of status.
    expect(seen).toEqual(expect.arrayContaining(["✕ blocked", "– off", "Prod SMTP", "What to do:"]));
    expect(page.complaints).toEqual([]);
  });

  it("fits on a phone: nothing is wider than the window, and what was chosen takes the place of the list", async () => {
    const page = await opened.open("", { width: 375, height: 812, phone: true });
    for (const place of places) {
      await visit(page, place);
      const wide = await page.run(`() =>
        [...document.querySelectorAll("main *, header *")]
          .filter((one) => one.getClientRects().length > 0 && one.getBoundingClientRect().right > innerWidth + 1 && !one.closest(".unseen"))
          .map((one) => one.tagName + "." + one.getAttribute("class"))`);
      expect([place, wide]).toEqual([place, []]);
      expect(await page.run(`() => document.documentElement.scrollWidth`)).toBe(375);
    }
    await visit(page, "#/inbox/2");
    const shown = `(selector) => document.querySelector(selector).getClientRects().length > 0`;
    expect(await page.run(shown, "#inbox .list")).toBe(false);
    await page.click("#inbox .back");
    await page.until("the list to be back", shown, "#inbox .list");
    expect(await page.run(shown, "#inbox .detail")).toBe(false);
  });

  it("moves nothing for those who asked for that", async () => {
    const still = await opened.open("", { media: { "prefers-reduced-motion": "reduce" } });
    const lasts = `() => getComputedStyle(document.querySelector("#tab-inbox")).transitionDuration`;
    expect(await still.run(lasts)).toBe("0s");
    const moving = await opened.open("", { media: { "prefers-reduced-motion": "no-preference" } });
    expect(await moving.run(lasts)).not.toBe("0s");
  });

  it("is a document that others can be told of: landmarks, one first heading, named lists, tables and tabs", async () => {
    const page = await opened.open();
    for (const place of places) await visit(page, place);
    const { nodes } = (await page.send("Accessibility.getFullAXTree")) as { nodes: AxNode[] };
    const nameless = nodes.filter(
      ({ ignored, role, name }) =>
        !ignored &&
        /^(tab|tabpanel|listbox|option|button|link|img|image|table|article)$/.test(role?.value ?? "") &&
        !name?.value,
    );
    expect(nameless.map(({ role }) => role?.value)).toEqual([]);
    const structure = await page.run(`() => ({
      language: document.documentElement.lang,
      main: document.querySelectorAll("main").length,
      first: document.querySelectorAll("h1").length,
      ids: [...document.querySelectorAll("[id]")].length === new Set([...document.querySelectorAll("[id]")].map(({ id }) => id)).size,
      live: document.querySelector("#news").getAttribute("aria-live"),
      controls: [...document.querySelectorAll("[aria-controls]")].every((one) => document.getElementById(one.getAttribute("aria-controls"))),
    })`);
    expect(structure).toEqual({ language: "en", main: 1, first: 1, ids: true, live: "polite", controls: true });
  });
});

interface AxNode {
  readonly ignored: boolean;
  readonly role?: { readonly value: string };
  readonly name?: { readonly value: string };
}
