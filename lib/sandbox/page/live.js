// @ts-check
/**
 * @typedef {{ instance: string, inbox: { first: number, last: number }, map: string, tests: string, state: string, faults: string, requests: string }} Pulse
 * Revisions of all there is to see; what is the same as before need not be fetched again.
 */

const BEAT_MS = 1000;
const PATIENCE_MS = 5000;

/**
 * Asks the sandbox once a second what has changed. A stream of events would tell no sooner, because the simulators do
 * not announce what happens in them; and asking shows at once when nobody is there any more. Rests while the page is
 * hidden.
 *
 * @param {{ beat(pulse: Pulse): Promise<void>, live(): void, lost(): void }} on
 */
export function live(on) {
  /** @type {number | undefined} */
  let timer;
  // Never two at once: both would add the same mail.
  let asking = false;
  const next = () => {
    if (!document.hidden) timer = window.setTimeout(tick, BEAT_MS);
  };
  const tick = async () => {
    asking = true;
    try {
      const pulse = /** @type {Pulse} */ (await getJson("/_sandbox/pulse"));
      await on.beat(pulse);
      on.live();
    } catch (error) {
      on.lost();
      // A sandbox that stops is not worth a word in the console; a mistake of this page is.
      if (!(error instanceof Unreachable)) console.error(error);
    }
    asking = false;
    next();
  };
  document.addEventListener("visibilitychange", () => {
    window.clearTimeout(timer);
    if (!document.hidden && !asking) void tick();
  });
  void tick();
}

class Unreachable extends Error {}

/**
 * @param {string} path
 * @returns {Promise<any>} undefined when there is nothing (any more)
 */
export async function getJson(path) {
  const response = await get(path);
  return response?.json();
}

/**
 * @param {string} path
 * @returns {Promise<string | undefined>} undefined when there is nothing (any more)
 */
export async function getText(path) {
  const response = await get(path);
  return response?.text();
}

/** @param {string} path */
async function get(path) {
  /** @type {Response} */
  let response;
  try {
    response = await fetch(path, { signal: AbortSignal.timeout(PATIENCE_MS) });
  } catch (error) {
    throw new Unreachable(String(error));
  }
  if (response.status === 404) return undefined;
  if (!response.ok) throw new Error(`${path} was answered ${response.status}`);
  return response;
}
