// What of a bundled package is left out, because our use of it never gets there.

/** Looks through the environment and the terminal when it is loaded, to write what nobody reads. */
const LOGGER = "debug";

export const AXIOS = {
  // Multipart forms, redirects and HTTP/2: we send JSON, follow redirects ourselves, and use HTTP/1.1.
  leftOut: ["form-data", "follow-redirects", "http2"],
  // Access to one of these makes Node load its own HTTP client, or the streams of the web.
  hidden: ["fetch", "FormData", "Headers", "ReadableStream", "Request", "Response", "WebSocket"],
};

/**
 * An esbuild plugin: an empty module takes the place of each of these.
 *
 * @param {readonly string[]} names packages, whole; or beginnings of relative paths
 */
export function emptyModules(names) {
  const namespace = "empty";
  return {
    name: "empty-modules",
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /.*/ }, ({ path }) =>
        [LOGGER, ...names].some((name) => path === name || path.startsWith(`${name}/`))
          ? { path, namespace }
          : undefined,
      );
      onLoad({ filter: /.*/, namespace }, ({ path }) => ({
        contents: path === LOGGER ? "module.exports = () => () => {};" : "",
      }));
    },
  };
}

/**
 * An expression for the globals without those that shall not be found. An object that inherits from globalThis fails, since
 * Node's getters check their receiver. A proxy of globalThis fails, too: V8 compares the result of a trap with the hidden
 * property, and so loads what is hidden.
 *
 * @param {readonly string[]} hidden
 */
export const globalsWithout = (hidden) =>
  hidden.length === 0
    ? "globalThis"
    : `((hidden) => new Proxy({}, {
        get: (_none, name) => (hidden.includes(name) ? undefined : Reflect.get(globalThis, name)),
        has: (_none, name) => !hidden.includes(name) && Reflect.has(globalThis, name),
      }))(${JSON.stringify(hidden)})`;
