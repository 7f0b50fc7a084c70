// Reads an AsyncAPI document as AsyncAPI's own tools do. Prints what it has, or fails with what is wrong with it.

import { Parser, fromFile } from "@asyncapi/parser";

const { document, diagnostics } = await fromFile(new Parser(), process.argv[2]).parse();
const wrong = diagnostics.filter(({ severity }) => severity <= 1);
for (const { code, message, path } of wrong) console.error(`${path.join("/")}: ${code}: ${message}`);
if (!document || wrong.length > 0) process.exit(1);
const channels = document.channels().all();
const told = channels.map((channel) => ({
  address: channel.address(),
  type: channel.messages().all()[0].payload().json().allOf[1].properties.type.const,
  data: channel.messages().all()[0].payload().json().allOf[1].properties.data.title,
}));
console.log(JSON.stringify({ version: document.version(), channels: told }));
