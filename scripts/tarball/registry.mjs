// A registry of packages for tests: it has one package, a packed file, as if it were published; of everything else npm's
// own registry is asked. Prints its address, and ends with its standard input.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { basename } from "node:path";

const [upstream, tarball, manifestFile] = process.argv.slice(2);
const packed = readFileSync(tarball);
const manifest = JSON.parse(readFileSync(manifestFile, "utf8"));
const { name, version } = manifest;

const server = createServer((request, response) => {
  const path = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
  if (path === `/${name}`) {
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify({ name, "dist-tags": { latest: version }, versions: { [version]: published() } }));
  } else if (path === `/${name}/-/${basename(tarball)}`) {
    response.setHeader("content-type", "application/octet-stream");
    response.end(packed);
  } else {
    response.writeHead(302, { location: new URL(request.url.slice(1), upstream.replace(/\/*$/, "/")).href });
    response.end();
  }
}).listen(0, "127.0.0.1", () => console.log(address()));
process.stdin.resume().on("end", () => {
  server.close();
  server.closeAllConnections();
});

function address() {
  return `http://127.0.0.1:${server.address().port}/`;
}

/** What is published of a manifest, with the place and the digest of the package. */
function published() {
  const integrity = `sha512-${createHash("sha512").update(packed).digest("base64")}`;
  return { ...manifest, dist: { tarball: `${address()}${name}/-/${basename(tarball)}`, integrity } };
}
