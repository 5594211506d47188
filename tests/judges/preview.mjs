// Judges `yekun preview` in a real browser: the dashboard and the pages are shown, a change of the spec or the data shows by
// itself, a mistake is shown as `check` prints it, and mending it brings the report back.
//     node preview.mjs YEKUN EXAMPLE FOLDER
// EXAMPLE: a programme's folder with reports/quarterly.json; it is copied into FOLDER/programme and changed there; pictures
// of what was seen stand beside it.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, appendFileSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { createRequire } from 'node:module';
import net from 'node:net';
import path from 'node:path';
import { chromium } from 'playwright-core';

const require = createRequire(import.meta.url);
const [yekun, example, place] = process.argv.slice(2);
const folder = path.join(place, 'programme');
rmSync(place, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
cpSync(example, folder, { recursive: true });
writeFileSync(path.join(place, 'outside.txt'), 'a secret outside');
const report = path.join(folder, 'reports', 'quarterly.json');
const whole = readFileSync(report, 'utf8');

const server = spawn(yekun, ['preview', report, '--period', '2025-Q3'], { stdio: ['ignore', 'pipe', 'pipe'] });
let said = '';
server.stderr.on('data', (bytes) => { said += bytes; });
const address = await new Promise((resolve, reject) => {
  server.stdout.once('data', (bytes) => resolve(String(bytes).trim()));
  server.once('exit', () => reject(new Error(`the preview ended: ${said}`)));
});
assert.match(address, /^http:\/\/127\.0\.0\.1:\d+\/$/);
const port = Number(new URL(address).port);

/// One request as written: clients tidy paths. The status and the body.
function ask(target, host = `127.0.0.1:${port}`, method = 'GET') {
  return new Promise((resolve, reject) => {
    const request = http.request({ host: '127.0.0.1', port, path: target, method, headers: { Host: host } }, (answer) => {
      let body = '';
      answer.on('data', (bytes) => { body += bytes; });
      answer.on('end', () => resolve([answer.statusCode, body]));
    });
    request.on('error', reject);
    request.end();
  });
}

/// The answer to these very bytes.
function raw(bytes) {
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = net.connect({ host: '127.0.0.1', port }, () => socket.write(bytes));
    socket.on('data', (part) => { answer += part; });
    socket.on('close', () => resolve(answer));
    socket.on('error', reject);
  });
}

async function serves_nothing_else() {
  for (const target of ['/../outside.txt', '/..%2foutside.txt', '/%2e%2e/outside.txt', '/az/../../outside.txt', '/programme.json',
    '/data/people.csv', '//etc/passwd', '/reports/quarterly.json', '/az/page-0.png', '/az/page-1.png/', '/..\\outside.txt'])
    assert.equal((await ask(target))[0], 404, target);
  for (const host of ['example.org', `example.org:${port}`, '127.0.0.1', `127.0.0.1:${port + 1}`, `127.0.0.1.example.org:${port}`])
    assert.equal((await ask('/', host))[0], 403, `Host: ${host}`);
  assert.match(await raw('GET / HTTP/1.0\r\n\r\n'), /^HTTP\/1.. 403 /, 'no Host');
  assert.equal((await ask('/', `localhost:${port}`))[0], 200);
  assert.equal((await ask('/', undefined, 'POST'))[0], 405);
  await new Promise((resolve, reject) => {  // not on other addresses of this machine
    const socket = net.connect({ host: '127.0.0.2', port, timeout: 3000 }, () => reject(new Error('127.0.0.2 answers')));
    socket.once('error', resolve);
    socket.once('timeout', resolve);
  });
}

async function barriers(page) {
  await page.evaluate(readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8') + ';0');
  const found = await page.evaluate(() => axe.run(document, { resultTypes: ['violations'], iframes: false }));
  return found.violations.filter((one) => ['serious', 'critical'].includes(one.impact)).map((one) => `${one.id}: ${one.help}: ${one.nodes.map((node) => node.html.slice(0, 160)).join(" | ")}`);
}

const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
try {
  const page = await (await browser.newContext({ viewport: { width: 1200, height: 800 } })).newPage();
  const complaints = [];
  page.on('console', (message) => { if (message.type() === 'error') complaints.push(message.text()); });
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('request', (request) => { if (!/^(data:|http:\/\/127\.0\.0\.1:)/.test(request.url())) complaints.push(`asks for ${request.url()}`); });

  for (let i = 0; i < 100 && (await ask('/'))[0] !== 200; ++i) await new Promise((resolve) => setTimeout(resolve, 100));
  await serves_nothing_else();

  await page.goto(address);
  const frame = page.frameLocator('iframe');
  await frame.locator('h1').waitFor();
  assert.equal(await page.locator('nav a').count(), 4, 'dashboard and pages in two languages');
  assert.deepEqual(await barriers(page), []);
  await page.screenshot({ path: path.join(place, 'dashboard.png') });

  await page.goto(`${address}en/pages`);
  const sheets = page.locator('.sheets img');
  assert.ok((await sheets.count()) >= 3, 'several pages');
  for (const at of [0, (await sheets.count()) - 1]) {
    const size = await sheets.nth(at).evaluate(async (image) => { await image.decode(); return [image.naturalWidth, image.naturalHeight]; });
    assert.ok(size[0] > 900 && size[1] > 900, `a page's picture: ${size}`);
  }
  assert.deepEqual(await barriers(page), []);
  await page.screenshot({ path: path.join(place, 'pages.png') });

  // A change of the spec shows by itself.
  await page.goto(`${address}en/`);
  await frame.locator('h1').waitFor();
  const spec = JSON.parse(whole.replace(/^\s*\/\/.*$/gm, ''));
  const english = spec.title.en;
  writeFileSync(report, whole.replace(english, 'Changed before your eyes'));
  await frame.locator('h1', { hasText: 'Changed before your eyes' }).waitFor({ timeout: 20000 });

  // A mistake is shown as `check` prints it, escaped, above what was built last.
  const wrong = whole.replace('"kpis"', '"kpis<img src=x onerror=alert(1)>"');
  assert.notEqual(wrong, whole);
  writeFileSync(report, wrong);
  await page.locator('.problems.errors').waitFor({ timeout: 20000 });
  const printed = spawnSync(yekun, ['check', report], { encoding: 'utf8' });
  assert.equal(printed.status, 3);
  assert.equal(await page.locator('.problems pre').textContent(), printed.stderr);
  assert.ok(printed.stderr.includes('<img src=x'), 'the mistake quotes what was written');
  assert.equal(await page.locator('.problems img').count(), 0, 'and it is text');
  await frame.locator('h1', { hasText: 'Changed before your eyes' }).waitFor();
  assert.deepEqual(await barriers(page), []);
  await page.screenshot({ path: path.join(place, 'mistake.png') });

  // Mended, it comes back; and a change of the data shows too.
  writeFileSync(report, whole);
  await page.locator('.problems.errors').waitFor({ state: 'detached', timeout: 20000 });
  await frame.locator('h1').waitFor();
  assert.equal(await page.locator('h1', { hasText: 'Changed' }).count(), 0);
  const version = await page.locator('body').getAttribute('data-version');
  appendFileSync(path.join(folder, 'data', 'targets.csv'), '\n');
  await page.locator(`body:not([data-version="${version}"])`).waitFor({ timeout: 20000 });

  // Ctrl-C ends it cleanly; the open page says so.
  assert.deepEqual(complaints, []);
  server.kill('SIGINT');
  const [code] = await new Promise((resolve) => server.once('exit', (...how) => resolve(how)));
  assert.equal(code, 130);
  await page.locator('.ended:visible').waitFor({ timeout: 10000 });
} finally {
  server.kill('SIGKILL');
  await browser.close();
}
console.log('the preview shows the report, its changes and its mistakes');
