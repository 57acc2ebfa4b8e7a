// Keeps the review of a stack as one comment of the pull request (GitHub) or merge request (GitLab), and finds it again
// after the merge. Needs Node.js 20 and nothing else.
//
//   node forge.mjs comment <stack> review.md review.json    writes or updates the comment
//   node forge.mjs reviewed <stack> reviewed.md             fetches the review of what was merged, if there is one
import { readFileSync, writeFileSync } from "node:fs";

const { env } = process;

/** Both forges, in the same five words. */
const forges = {
  github: () => {
    const api = client(env.GITHUB_API_URL, { authorization: `Bearer ${needed("GITHUB_TOKEN")}` });
    const repository = `/repos/${env.GITHUB_REPOSITORY}`;
    return {
      request: () => Number(needed("PULL_REQUEST")),
      merged: async () => (await api("GET", `${repository}/commits/${env.GITHUB_SHA}/pulls`))[0]?.number,
      // A hash from anybody else's comment must not be taken for a review.
      author: async () => env.REVIEW_AUTHOR ?? "github-actions[bot]",
      comments: async (number) =>
        (await everyPage(api, `${repository}/issues/${number}/comments`)).map(({ id, body, user }) => ({
          id,
          body,
          author: user?.login,
        })),
      write: (number, id, body) =>
        id === undefined
          ? api("POST", `${repository}/issues/${number}/comments`, { body })
          : api("PATCH", `${repository}/issues/comments/${id}`, { body }),
    };
  },
  gitlab: () => {
    const api = client(env.CI_API_V4_URL, { "private-token": needed("REVIEW_TOKEN") });
    const project = `/projects/${env.CI_PROJECT_ID}`;
    const notes = (number) => `${project}/merge_requests/${number}/notes`;
    return {
      request: () => Number(needed("CI_MERGE_REQUEST_IID")),
      merged: async () =>
        (await api("GET", `${project}/repository/commits/${env.CI_COMMIT_SHA}/merge_requests`))[0]?.iid,
      author: async () => (await api("GET", "/user")).username,
      comments: async (number) =>
        (await everyPage(api, notes(number))).map(({ id, body, author }) => ({ id, body, author: author?.username })),
      write: (number, id, body) =>
        id === undefined ? api("POST", notes(number), { body }) : api("PUT", `${notes(number)}/${id}`, { body }),
    };
  },
};

const [command, stack, markdown, json] = process.argv.slice(2);
const forge = env.GITLAB_CI ? forges.gitlab() : forges.github();

if (command === "comment" && json !== undefined) {
  const number = forge.request();
  const existing = await find(number);
  const { verdict } = JSON.parse(readFileSync(json, "utf8"));
  if (existing === undefined && verdict.status === "no-changes") {
    console.log(`${stack}: no changes, no comment`);
  } else {
    await forge.write(number, existing?.id, readFileSync(markdown, "utf8"));
    console.log(`${stack}: ${existing === undefined ? "wrote" : "updated"} the comment of ${number}`);
  }
} else if (command === "reviewed" && markdown !== undefined) {
  const number = await forge.merged();
  const comment = number === undefined ? undefined : await find(number);
  if (comment === undefined) console.log(`${stack}: no review belongs to this commit`);
  else {
    writeFileSync(markdown, comment.body);
    console.log(`${stack}: reviewed in ${number}`);
  }
} else {
  fail("usage: forge.mjs comment <stack> <review.md> <review.json> | forge.mjs reviewed <stack> <file>");
}

/** The comment with this stack's hidden header, by the account that writes them. */
async function find(number) {
  const author = await forge.author();
  const mine = (await forge.comments(number)).filter((one) => one.author === author);
  return mine.find(({ body }) => {
    const header = /^<!-- outbound-review (\{.*?\}) -->/.exec(body)?.[1];
    try {
      return header !== undefined && JSON.parse(header).stack === stack;
    } catch {
      return false;
    }
  });
}

async function everyPage(api, path) {
  const all = [];
  for (let page = 1; ; page++) {
    const some = await api("GET", `${path}?per_page=100&page=${page}`);
    all.push(...some);
    if (some.length < 100) return all;
  }
}

function client(base, authentication) {
  return async (method, path, body) => {
    const response = await fetch(`${base}${path}`, {
      method,
      headers: { ...authentication, "content-type": "application/json", accept: "application/json" },
      body: body && JSON.stringify(body),
      signal: AbortSignal.timeout(30_000),
    });
    if (!response.ok) fail(`${method} ${path}: ${response.status} ${(await response.text()).slice(0, 500)}`);
    return response.json();
  };
}

function needed(name) {
  return env[name] || fail(`The variable ${name} is not set: see README.md beside the pipeline.`);
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
