// Verifies deliveries as a receiver does: a line of JSON each, {secret, headers, body}; a line is answered each, "ok" or what is wrong.
import { createInterface } from "node:readline";
import { Webhook } from "standardwebhooks";

for await (const line of createInterface({ input: process.stdin })) {
  const { secret, headers, body } = JSON.parse(line);
  try {
    const event = new Webhook(secret).verify(body, headers);
    console.log(typeof event === "object" ? "ok" : "no object");
  } catch (error) {
    console.log(`${error.name}: ${error.message}`);
  }
}
