// Do outsiders read the gallery's charts as they are meant?
//   node charts.mjs CHART_GALLERY FOLDER
// Chromium parses each SVG as XML, axe-core finds nothing to object to in a page of all of them, no text of theirs lies
// outside its picture there, and pdftotext gives back every word of each PDF.
import {spawnSync} from "node:child_process";
import {existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {dirname, join} from "node:path";
import {fileURLToPath, pathToFileURL} from "node:url";

const [gallery, folder] = process.argv.slice(2);
const axe = join(dirname(fileURLToPath(import.meta.url)), "node_modules", "axe-core", "axe.min.js");
const chromium = ["chromium", "chromium-browser", "google-chrome"].find((name) => spawnSync(name, ["--version"]).status === 0);
for (const [there, what] of [[existsSync(axe), "axe-core"], [chromium, "chromium"], [spawnSync("pdftotext", ["-v"]).error === undefined, "pdftotext"]])
  if (!there) {
    console.error(`${what} is not installed: run scripts/setup --tests`);
    process.exit(1);
  }

rmSync(folder, {recursive: true, force: true});
mkdirSync(folder, {recursive: true});
const drawn = spawnSync(gallery, [folder, "1"], {encoding: "utf8"});
if (drawn.status !== 0) {
  console.error(drawn.stderr);
  process.exit(1);
}
const names = readdirSync(folder).filter((name) => name.endsWith(".svg")).map((name) => name.slice(0, -4)).sort();
const read = (name) => readFileSync(join(folder, name), "utf8");
let wrong = 0;
function fault(words) {
  wrong += 1;
  console.error(words);
}

// In the browser: faults go into the page, which Chromium prints once its scripts have run.
const page = `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Charts</title></head><body><main><h1>Charts</h1>
${names.map((name) => `<section><h2>${name}</h2>\n${read(name + ".svg").replace(/^<\?xml[^>]*>\s*/, "")}</section>`).join("\n")}
</main><script>${readFileSync(axe, "utf8")}</script><script>
const faults = [];
const sources = ${JSON.stringify(Object.fromEntries(names.map((name) => [name, read(name + ".svg")]))).replace(/</g, "\\u003c")};
for (const [name, source] of Object.entries(sources))
  if (new DOMParser().parseFromString(source, "image/svg+xml").querySelector("parsererror")) faults.push(name + ".svg is no XML");
for (const section of document.querySelectorAll("section")) {
  const frame = section.querySelector("svg").viewBox.baseVal;
  for (const text of section.querySelectorAll("text")) {
    const box = text.getBBox();
    if (box.x < -1 || box.x + box.width > frame.width + 1)
      faults.push(section.firstChild.textContent + ": '" + text.textContent + "' lies outside");
  }
}
axe.run(document, {resultTypes: ["violations"]}).then((found) => {
  for (const one of found.violations)
    for (const node of one.nodes) faults.push(one.id + ": " + one.help + " (" + node.target + ")");
  const out = document.createElement("pre");
  out.id = "judged";
  out.textContent = JSON.stringify({faults, passes: found.passes.length});
  document.body.replaceChildren(out);
});
</script></body></html>`;
const path = join(folder, "charts.html");
writeFileSync(path, page);
const browser = spawnSync(chromium, ["--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=60000", "--dump-dom",
                                     `--user-data-dir=${join(folder, "profile")}`, pathToFileURL(path).href],
                          {encoding: "utf8", maxBuffer: 1 << 26, timeout: 120000});
const judged = /<pre id="judged">(.*?)<\/pre>/s.exec(browser.stdout ?? "");
if (judged === null) fault(`chromium judged nothing\n${browser.stderr}`);
else {
  const verdict = JSON.parse(judged[1].replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&"));
  verdict.faults.forEach(fault);
  if (verdict.passes === 0) fault("axe-core looked at nothing");
}

// The Scene's own text says which words there are.
const bare = (text) => text.normalize("NFC").replace(/[\s\u00a0\u202f]/g, "");
for (const name of names) {
  const extracted = spawnSync("pdftotext", ["-raw", join(folder, name + ".pdf"), "-"], {encoding: "utf8"});
  const words = [...read(name + ".txt").matchAll(/^ {2}text .*?"(.*)"$/gm)].map((match) => match[1]);
  if (words.length === 0) fault(`${name}: no words`);
  const all = bare(extracted.stdout ?? "");
  for (const word of words)
    if (!all.includes(bare(word))) fault(`${name}.pdf: '${word}' cannot be extracted`);
}
console.log(`${names.length} charts, ${wrong} faults`);
process.exit(wrong === 0 ? 0 : 1);
