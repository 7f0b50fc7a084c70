// Holds values against JSON Schemas (2020-12) in a folder: a line of {"schema": name, "value": …} each, to a line of what is wrong,
// or null.

import { readFileSync, readdirSync } from "node:fs";
import { createInterface } from "node:readline";
import addFormats from "ajv-formats";
import Ajv from "ajv/dist/2020.js";

const folder = process.argv[2];
const ajv = addFormats(new Ajv({ allErrors: true, strict: true, strictRequired: false, allowUnionTypes: true }));
const schemas = {};
for (const file of readdirSync(folder)) {
  const schema = JSON.parse(readFileSync(`${folder}/${file}`, "utf8"));
  if (!ajv.validateSchema(schema)) throw new Error(`${file}: ${ajv.errorsText()}`);
  schemas[file.split(".")[0]] = ajv.compile(schema);
}
for await (const line of createInterface({ input: process.stdin })) {
  const { schema, value } = JSON.parse(line);
  const validate = schemas[schema];
  const wrong = validate ? (validate(value) ? null : ajv.errorsText(validate.errors)) : `there is no schema ${schema}`;
  console.log(JSON.stringify(wrong));
}
