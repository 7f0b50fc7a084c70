// A member leaves: the story with a client generated from the contract. Every name and every type below is the contract's; a mistake in one
// of them does not compile.
import createClient from "openapi-fetch";
import type { components, paths } from "./schema.js";

type Problem = components["schemas"]["Problem"];

declare const process: { env: Record<string, string | undefined>; exitCode: number };

const given = (name: string): string => {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set`);
  return value;
};

const person = (token: string) =>
  createClient<paths>({ baseUrl: given("ROSTER_URL"), headers: { Authorization: `Bearer ${token}` } });

const ana = person(given("ROSTER_ANA"));
const ben = person(given("ROSTER_BEN"));

function told<T>(answer: { data?: T; error?: Problem; response: Response }): T {
  if (answer.data === undefined) throw new Error(`${answer.response.url}: ${JSON.stringify(answer.error)}`);
  return answer.data;
}

function refused(answer: { error?: Problem; response: Response }, status: number, code: Problem["code"]): void {
  if (answer.response.status !== status || answer.error?.code !== code) {
    throw new Error(`${answer.response.url}: ${answer.response.status} ${JSON.stringify(answer.error)}, not ${status} ${code}`);
  }
}

const org = { params: { path: { org: "acme" } } };

const acme = told(await ana.POST("/v1/organizations", { body: { name: "Acme", slug: "acme" } }));
const invitation = told(
  await ana.POST("/v1/organizations/{org}/invitations", { ...org, body: { email: "ben@acme.test", role: "member" } }),
);
const joined = told(await ben.POST("/v1/invitations/{id}/accept", { params: { path: { id: invitation.id } } }));
const role: "owner" | "admin" | "member" = told(await ben.GET("/v1/organizations/{org}/access", org)).role;

refused(await ana.POST("/v1/organizations/{org}/leave", org), 409, "owner-cannot-leave");
const key = { params: { path: { org: acme.id }, header: { "Idempotency-Key": "leaving" } } };
const left = told(await ben.POST("/v1/organizations/{org}/leave", key));
const again = await ben.POST("/v1/organizations/{org}/leave", key);
refused(await ben.GET("/v1/organizations/{org}/access", org), 403, "not-a-member");

const seen = await ana.GET("/v1/organizations/{org}", org);
const version = seen.response.headers.get("etag") ?? "";
const stale = { params: { path: { org: "acme" }, header: { "If-Match": '"1"' } }, body: { name: "Apex" } };
refused(await ana.PATCH("/v1/organizations/{org}", stale), 412, "version-conflict");
const renamed = told(
  await ana.PATCH("/v1/organizations/{org}", { ...stale, params: { ...stale.params, header: { "If-Match": version } } }),
);
const history = told(await ana.GET("/v1/organizations/{org}/history", org));

const so =
  left.left.member_id === joined.id &&
  told(again).left.at === left.left.at &&
  again.response.headers.get("idempotency-replayed") === "true" &&
  role === "member" &&
  renamed.name === "Apex" &&
  history.events.filter((event) => event.type === "MemberLeft").length === 1;
if (!so) throw new Error(JSON.stringify({ left, again, role, renamed, history }));
console.log("a member left, once, by a client that the contract made");
