import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable, Writable } from "node:stream";

export const browserNames = ["chromium", "chromium-browser", "google-chrome"];

/** The browser on this machine; undefined when there is none. */
export const chromium = browserNames.find((name) => {
  try {
    execFileSync(name, ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
});

type Json = Record<string, unknown>;

/** How long anything may take: generous, since a machine that runs tests is busy. */
const PATIENCE_MS = 30_000;

/** A real browser without a window, driven by its DevTools protocol over pipes; its profile goes with it. */
export class Chromium {
  private readonly waiting = new Map<number, { done(result: Json): void; fail(error: Error): void }>();
  private readonly listeners = new Map<string, (method: string, params: Json) => void>();
  private lastId = 0;
  private unread = "";

  private constructor(
    private readonly process: ChildProcess,
    private readonly profile: string,
  ) {
    (process.stdio[4] as Readable).setEncoding("utf8").on("data", (chunk: string) => this.read(chunk));
    process.once("exit", () => this.failAll(new Error("the browser has ended")));
  }

  static async launch(): Promise<Chromium> {
    const profile = mkdtempSync(join(tmpdir(), "chromium-"));
    const flags = [
      "--headless",
      // Tests may run as root, in a container.
      "--no-sandbox",
      "--disable-gpu",
      "--disable-dev-shm-usage",
      "--disable-background-networking",
      "--disable-component-update",
      "--no-first-run",
      "--hide-scrollbars",
      "--force-color-profile=srgb",
      `--user-data-dir=${profile}`,
      "--remote-debugging-pipe",
    ];
    const child = spawn(chromium!, flags, { stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"] });
    const browser = new Chromium(child, profile);
    await browser.send("Browser.getVersion");
    return browser;
  }

  /** A new tab. `media` are features such as `{ "prefers-color-scheme": "dark" }`. */
  async open(
    url: string,
    options: {
      readonly width?: number;
      readonly height?: number;
      readonly scale?: number;
      readonly phone?: boolean;
      readonly media?: Readonly<Record<string, string>>;
    } = {},
  ): Promise<Page> {
    const { targetId } = await this.send("Target.createTarget", { url: "about:blank" });
    const { sessionId } = await this.send("Target.attachToTarget", { targetId, flatten: true });
    const page = new Page(
      (method, params) => this.send(method, params, sessionId as string),
      async () => {
        this.listeners.delete(sessionId as string);
        await this.send("Target.closeTarget", { targetId });
      },
    );
    this.listeners.set(sessionId as string, (method, params) => {
      page.hear(method, params);
      // Frames of another origin live in a process of their own.
      if (method !== "Target.attachedToTarget") return;
      const frame = params["sessionId"] as string;
      page.frames.push(
        new Page(
          (method, params) => this.send(method, params, frame),
          async () => undefined,
        ),
      );
    });
    await page.send("Target.setAutoAttach", { autoAttach: true, waitForDebuggerOnStart: false, flatten: true });
    for (const domain of ["Page", "Runtime", "Log", "Network"]) await page.send(`${domain}.enable`);
    await page.send("Emulation.setDeviceMetricsOverride", {
      width: options.width ?? 1280,
      height: options.height ?? 900,
      deviceScaleFactor: options.scale ?? 1,
      mobile: options.phone ?? false,
    });
    const features = Object.entries(options.media ?? {}).map(([name, value]) => ({ name, value }));
    await page.send("Emulation.setEmulatedMedia", { features });
    await page.go(url);
    return page;
  }

  async close(): Promise<void> {
    const ended = new Promise<void>((resolve) =>
      this.process.exitCode === null ? this.process.once("exit", () => resolve()) : resolve(),
    );
    this.send("Browser.close").catch(() => undefined);
    const patience = setTimeout(() => this.process.kill("SIGKILL"), 5_000);
    await ended;
    clearTimeout(patience);
    rmSync(this.profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  }

  private send(method: string, params: Json = {}, sessionId?: string): Promise<Json> {
    const id = ++this.lastId;
    return new Promise((resolve, reject) => {
      const patience = setTimeout(() => {
        this.waiting.delete(id);
        reject(new Error(`the browser did not answer ${method} within ${PATIENCE_MS} ms`));
      }, PATIENCE_MS);
      this.waiting.set(id, {
        done: (result) => (clearTimeout(patience), resolve(result)),
        fail: (error) => (clearTimeout(patience), reject(error)),
      });
      (this.process.stdio[3] as Writable).write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    });
  }

  /** Messages end with a NUL. */
  private read(chunk: string): void {
    const messages = (this.unread + chunk).split("\0");
    this.unread = messages.pop()!;
    for (const text of messages) {
      const { id, sessionId, method, params, result, error } = JSON.parse(text);
      if (id === undefined) this.listeners.get(sessionId)?.(method, params);
      else if (error === undefined) this.waiting.get(id)?.done(result);
      else this.waiting.get(id)?.fail(new Error(`${error.message} ${error.data ?? ""}`));
      this.waiting.delete(id);
    }
  }

  private failAll(error: Error): void {
    for (const { fail } of this.waiting.values()) fail(error);
    this.waiting.clear();
  }
}

const KEYS: Readonly<Record<string, { readonly code: number; readonly text?: string }>> = {
  Tab: { code: 9 },
  Enter: { code: 13, text: "\r" },
  Escape: { code: 27 },
  " ": { code: 32, text: " " },
  End: { code: 35 },
  Home: { code: 36 },
  ArrowLeft: { code: 37 },
  ArrowUp: { code: 38 },
  ArrowRight: { code: 39 },
  ArrowDown: { code: 40 },
};

/** One tab. */
export class Page {
  /** What stands in the console as a warning or worse, and what a policy refused. */
  readonly complaints: string[] = [];
  /** Every address that was asked for, those that were refused included. */
  readonly requested: string[] = [];
  /** Frames of other origins, in the order of their coming. */
  readonly frames: Page[] = [];
  private loaded: (() => void) | undefined;

  constructor(
    readonly send: (method: string, params?: Json) => Promise<Json>,
    readonly close: () => Promise<void>,
  ) {}

  hear(method: string, params: Json): void {
    if (method === "Page.loadEventFired") this.loaded?.();
    if (method === "Network.requestWillBeSent") this.requested.push((params["request"] as { url: string }).url);
    if (method === "Runtime.exceptionThrown") this.complaints.push(JSON.stringify(params["exceptionDetails"]));
    if (method === "Log.entryAdded") {
      const { level, text, url } = params["entry"] as { level: string; text: string; url?: string };
      if (level !== "info" && level !== "verbose") this.complaints.push(`${text} ${url ?? ""}`);
    }
    if (method === "Runtime.consoleAPICalled" && /error|warning/.test(params["type"] as string)) {
      this.complaints.push(JSON.stringify(params["args"]));
    }
  }

  async go(url: string): Promise<void> {
    const loaded = new Promise<void>((resolve) => (this.loaded = resolve));
    await this.send("Page.navigate", { url });
    await loaded;
  }

  /** Runs a function in the page, given as its source: it lives in another world. What it takes and gives is JSON. */
  async run<T>(source: string, ...args: readonly unknown[]): Promise<T> {
    const { result, exceptionDetails } = (await this.send("Runtime.evaluate", {
      expression: `(${source})(...${JSON.stringify(args)})`,
      awaitPromise: true,
      returnByValue: true,
    })) as { result: { value: unknown }; exceptionDetails?: { exception?: { description?: string }; text: string } };
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value as T;
  }

  /** Asks again and again until the answer is true; what was seen instead is part of the failure. */
  async until(what: string, source: string, ...args: readonly unknown[]): Promise<void> {
    const end = Date.now() + PATIENCE_MS / 2;
    let answer: unknown;
    do {
      // A page that reloads itself while it is asked has not answered; it is asked again.
      answer = await this.run(source, ...args).catch((error: Error) => {
        if (!/navigated|context was destroyed|Cannot find context/.test(error.message)) throw error;
        return error.message;
      });
      if (answer === true) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    } while (Date.now() < end);
    const shown = await this.run<string>(`() => document.body.innerText`);
    throw new Error(`not seen: ${what} (${JSON.stringify(answer)}). The page says:\n${shown}`);
  }

  /** Waits for the text to stand where people see it. */
  async sees(text: string, selector = "body"): Promise<void> {
    const source = `(text, selector) => [...document.querySelectorAll(selector)].some((one) => one.innerText.includes(text))`;
    await this.until(`"${text}" in ${selector}`, source, text, selector);
  }

  /** What people read there. */
  async text(selector: string): Promise<string> {
    return this.run(`(selector) => document.querySelector(selector)?.innerText ?? "(not there)"`, selector);
  }

  /** A click of the mouse into the middle of what the selector names, where it really lies. */
  async click(selector: string): Promise<void> {
    await this.until(`${selector} to click`, `(selector) => document.querySelector(selector) !== null`, selector);
    await this.clickAt(await this.middleOf(selector));
  }

  /** The same on what lies in a frame of another origin. */
  async clickInFrame(frame: Page, frameSelector: string, selector: string): Promise<void> {
    const inner = await frame.middleOf(selector);
    const outer = await this.run<{ x: number; y: number }>(
      `(selector) => {
        const { x, y } = document.querySelector(selector).getBoundingClientRect();
        return { x, y };
      }`,
      frameSelector,
    );
    await this.clickAt({ x: outer.x + inner.x, y: outer.y + inner.y });
  }

  private middleOf(selector: string): Promise<{ x: number; y: number }> {
    return this.run(
      `(selector) => {
        const element = document.querySelector(selector);
        element.scrollIntoView({ block: "center" });
        const { x, y, width, height } = element.getBoundingClientRect();
        return { x: x + width / 2, y: y + height / 2 };
      }`,
      selector,
    );
  }

  private async clickAt(at: { readonly x: number; readonly y: number }): Promise<void> {
    for (const type of ["mousePressed", "mouseReleased"]) {
      await this.send("Input.dispatchMouseEvent", { type, ...at, button: "left", clickCount: 1 });
    }
  }

  async press(...keys: readonly string[]): Promise<void> {
    for (const name of keys) {
      const [key, modifiers] = name.startsWith("Shift+") ? [name.slice(6), 8] : [name, 0];
      const { code, text } = KEYS[key]!;
      const event = { key, code: key === " " ? "Space" : key, windowsVirtualKeyCode: code, modifiers };
      await this.send("Input.dispatchKeyEvent", { type: text ? "keyDown" : "rawKeyDown", ...event, text });
      await this.send("Input.dispatchKeyEvent", { type: "keyUp", ...event });
    }
  }

  /** PNG of what the window shows. */
  async screenshot(): Promise<Buffer> {
    const { data } = await this.send("Page.captureScreenshot", { format: "png" });
    return Buffer.from(data as string, "base64");
  }
}
