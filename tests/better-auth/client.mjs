// better-auth's own client as an application on Node uses it, for any number of people at any number of servers: calls come as JSON
// lines on standard input, {"id", "base", "token", "call", "arg"}, and are answered on standard output as they are done, with the
// same id. What a call and an answer are: calls.mjs.
import { createInterface } from "node:readline";
import { createAuthClient } from "better-auth/client";
import { organizationClient } from "better-auth/client/plugins";
import { answers, told } from "./calls.mjs";

const clients = new Map();

function clientOf({ base, token }) {
  const key = JSON.stringify([base, token]);
  if (!clients.has(key)) {
    const fetchOptions = token ? { auth: { type: "Bearer", token: () => token } } : {};
    clients.set(key, createAuthClient({ baseURL: base, plugins: [organizationClient()], fetchOptions }));
  }
  return clients.get(key);
}

const open = [];
for await (const line of createInterface({ input: process.stdin })) {
  const asked = JSON.parse(line);
  const answer = answers(clientOf(asked), asked);
  open.push(answer.then((answer) => process.stdout.write(`${told({ id: asked.id, ...answer })}\n`)));
}
await Promise.all(open);
