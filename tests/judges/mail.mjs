// Judges a mail: Chromium shows its page as mail programs do, in a window of 640 px and on a telephone, in light and dark; axe-core
// looks for barriers; the Nu checker reads it.
//     node mail.mjs YEKUN REPORT PERIOD FOLDER
// The report is built with `--only eml` into FOLDER; the pages and their pictures are taken out of the messages.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { chromium } from 'playwright-core';

const require = createRequire(import.meta.url);
const [yekun, report, period, folder] = process.argv.slice(2);
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
execFileSync(yekun, ['build', report, '--period', period, '--only', 'eml', '--out', folder], { stdio: ['ignore', 'ignore', 'inherit'] });

/// The parts of a message that hold something: their headers in lower case and their bytes.
function parts(message) {
  const end = message.indexOf('\r\n\r\n');
  const head = message.slice(0, end).replace(/\r\n[ \t]/g, ' ').toLowerCase();
  const body = message.slice(end + 4);
  const mark = /boundary="([^"]+)"/i.exec(message.slice(0, end));
  if (mark) return body.split(`--${mark[1]}`).slice(1, -1).flatMap((part) => parts(part.replace(/^\r\n/, '')));
  const bytes = head.includes('base64') ? Buffer.from(body, 'base64')
    : Buffer.from(body.replace(/=\r\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(parseInt(hex, 16))), 'latin1');
  return [{ head, bytes }];
}

/// Writes the message's page, its pictures beside it.
function page(file) {
  const all = parts(readFileSync(path.join(folder, file), 'latin1'));
  let html = all.find((part) => part.head.includes('text/html')).bytes.toString('utf8');
  for (const { head, bytes } of all.filter((part) => part.head.includes('image/png'))) {
    const id = /content-id: <([^>]+)>/.exec(head)[1];
    assert.ok(html.includes(`cid:${id}`), `${file}: the page shows ${id}`);
    writeFileSync(path.join(folder, `${file}-${id}.png`), bytes);
    html = html.replaceAll(`cid:${id}`, `${file}-${id}.png`);
  }
  assert.ok(!html.includes('cid:') && Buffer.byteLength(html) < 100 * 1024, `${file}: all pictures are there, under 100 KB`);
  const name = path.join(folder, `${file}.html`);
  writeFileSync(name, html);
  return name;
}

async function judge(browser, file, width, scheme) {
  const context = await browser.newContext({ viewport: { width, height: 800 }, colorScheme: scheme, javaScriptEnabled: true, offline: true });
  const shown = await context.newPage();
  const asked = [];
  shown.on('request', (request) => { if (!request.url().startsWith('file:')) asked.push(request.url()); });
  await shown.goto(`file://${path.resolve(file)}`);
  await shown.screenshot({ path: `${file}-${width}-${scheme}.png`, fullPage: true });
  const [over, blind, wide] = await shown.evaluate(() => [document.documentElement.scrollWidth - innerWidth,
    [...document.images].filter((one) => one.naturalWidth === 0 || !one.alt).length,
    [...document.querySelectorAll('table.d')].map((one) => one.scrollWidth - one.parentElement.clientWidth)]);
  assert.ok(over <= 0, `${file}: ${over} px too wide at ${width} px`);
  assert.equal(blind, 0, `${file}: pictures that are not there or have no words`);
  if (width === 640) assert.ok(wide.every((one) => one <= 8), `${file}: tables too wide by ${wide} px`);
  await shown.evaluate(readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8') + ';0');
  const found = await shown.evaluate(() => axe.run(document, { resultTypes: ['violations'], rules: { 'scrollable-region-focusable': { enabled: false } } }));
  assert.deepEqual(found.violations.filter((one) => ['serious', 'critical'].includes(one.impact))
    .map((one) => `${one.id}: ${one.nodes.map((node) => node.html.slice(0, 200)).slice(0, 3).join(' | ')}`), [], `${file} at ${width}, ${scheme}`);
  assert.deepEqual(asked, [], `${file} asks for nothing`);
  await context.close();
}

const pages = readdirSync(folder).filter((name) => name.endsWith('.eml')).map(page);
assert.ok(pages.length >= 2, 'a message for each language');
const nu = spawnSync('java', ['-jar', require('vnu-jar'), '--errors-only', '--format', 'text',
  // what mail programs need and the standard has left behind
  '--filterpattern', '.*(attribute on the .* element is obsolete|Use CSS instead).*', ...pages], { encoding: 'utf8' });
assert.equal(nu.status, 0, nu.stderr);
// How wide words are must not depend on the machine's fonts: whatever a mail asks for is the program's own.
const fonts = path.resolve(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), '../../templates/fonts');
const settings = path.resolve(folder, 'fonts.conf');
writeFileSync(settings, `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd"><fontconfig><dir>${fonts}</dir>
<cachedir>${path.resolve(folder, 'fonts')}</cachedir><match target="pattern"><edit name="family" mode="prepend_first"><string>Noto Sans</string></edit></match></fontconfig>`);
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'],
  env: { ...process.env, FONTCONFIG_FILE: settings } });
try {
  for (const file of pages) for (const width of [640, 375]) for (const scheme of ['light', 'dark']) await judge(browser, file, width, scheme);
} finally {
  await browser.close();
}
console.log(`${pages.length} mails, all well`);
