// Does ajv, given only the published schemas, judge the structure of specs as `yekun check` does?
//   node judge.mjs YEKUN SOURCE_FOLDER
// tests/specs/structure-*.json: both refuse. meaning-*.json: ajv accepts, only yekun sees what is wrong. Examples: both
// accept.
import {spawnSync} from "node:child_process";
import {existsSync, readdirSync, readFileSync, statSync} from "node:fs";
import {dirname, join} from "node:path";
import {fileURLToPath} from "node:url";

const [yekun, source] = process.argv.slice(2);
const modules = join(dirname(fileURLToPath(import.meta.url)), "..", "node_modules");
if (!existsSync(join(modules, "ajv"))) {
  console.error("ajv is not installed: run scripts/setup, or npm ci in tests/judges");
  process.exit(1);
}
const {default: Ajv2020} = await import("ajv/dist/2020.js");

/** Comments out, strings untouched. */
function strip(text) {
  return text.replace(/"(?:\\.|[^"\\])*"|\/\/[^\n]*|\/\*[\s\S]*?\*\//g, (part) => (part[0] === '"' ? part : " "));
}

function files(folder) {
  return readdirSync(folder).sort().flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? files(path) : name.endsWith(".json") ? [path] : [];
  });
}

const ajv = new Ajv2020({allErrors: true, strict: true, strictRequired: false, strictTypes: false});
const schema = (name) => ajv.compile(JSON.parse(readFileSync(join(source, "templates/schemas", name), "utf8")));
const programme = schema("programme.schema.json");
const report = schema("report.schema.json");
const schedule = schema("schedule.schema.json");

let wrong = 0;
function expect(path, accepted) {
  const spec = JSON.parse(strip(readFileSync(path, "utf8")));
  const validate = spec.jobs && !spec.programme ? schedule : typeof spec.programme === "string" || spec.sections ? report : programme;
  const schemaAccepts = validate(spec);
  if (schemaAccepts !== accepted) {
    wrong += 1;
    console.error(`${path}: ajv ${schemaAccepts ? "accepts" : "refuses"} it`, validate.errors ?? "");
  }
  return schemaAccepts;
}
function check(path, code) {
  const run = spawnSync(yekun, ["check", path], {encoding: "utf8"});
  if (run.status !== code) {
    wrong += 1;
    console.error(`${path}: yekun check gives ${run.status}, not ${code}\n${run.stderr}`);
  }
}

const specs = join(source, "tests/specs");
const broken = (kind) => readdirSync(specs).sort().filter((name) => name.startsWith(kind) && name.endsWith(".json"));
const structure = broken("structure-"), meaning = broken("meaning-");
for (const name of structure) expect(join(specs, name), false), check(join(specs, name), 3);
for (const name of meaning) expect(join(specs, name), true);
const examples = files(join(source, "examples")).filter((path) => /"\$schema"/.test(readFileSync(path, "utf8")));
for (const path of [join(specs, "programme.json"), join(specs, "report.json"), ...examples]) expect(path, true), check(path, 0);
if (examples.length === 0) wrong += 1, console.error("no example names its schema");
if (structure.length < 40 || meaning.length < 20) wrong += 1, console.error("broken specs are missing");
console.log(wrong === 0 ? "ajv and yekun check agree" : `${wrong} disagreements`);
process.exit(wrong === 0 ? 0 : 1);
