// Judges dashboards: html-validate and the Nu checker read them; Chromium shows them at three widths, in light and dark;
// axe-core looks for barriers; the filters and the sorting are used.
//     node dashboard.mjs YEKUN REPORT PERIOD FOLDER [quick]
// The report is built with `--only html` into FOLDER. `quick`: two of the four combinations of width and scheme.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { FileSystemConfigLoader, HtmlValidate, formatterFactory } from 'html-validate';
import { chromium } from 'playwright-core';

const require = createRequire(import.meta.url);
const [yekun, report, period, folder, quick] = process.argv.slice(2);
const views = [[375, 'light'], [1280, 'light'], [820, 'dark'], [1280, 'dark']].slice(0, quick ? 2 : 4);
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
execFileSync(yekun, ['build', report, '--period', period, '--only', 'html', '--out', folder], { stdio: ['ignore', 'ignore', 'inherit'] });
const files = readdirSync(folder).filter((name) => name.endsWith('.html')).map((name) => path.join(folder, name));
assert.ok(files.length >= 2, 'a dashboard for each language');

async function validate(file) {
  const judge = new HtmlValidate(new FileSystemConfigLoader({ extends: ['html-validate:recommended'], rules: { 'long-title': 'off' } }));
  const found = await judge.validateFile(file);
  assert.ok(found.valid, formatterFactory('text')(found.results));
  const nu = spawnSync('java', ['-jar', require('vnu-jar'), '--errors-only', '--format', 'text', file], { encoding: 'utf8' });
  assert.equal(nu.status, 0, nu.stderr);
}

async function show(browser, file, width, scheme) {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: scheme, bypassCSP: false, offline: true });
  const page = await context.newPage();
  const complaints = [];
  page.on('console', (message) => { if (message.type() === 'error') complaints.push(message.text()); });
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('request', (request) => { if (!/^(file|data):/.test(request.url())) complaints.push(`asks for ${request.url()}`); });
  await page.goto(`file://${path.resolve(file)}`);
  assert.deepEqual(complaints, [], `${file} at ${width}`);
  const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(over <= 0, `${file} is ${over} px too wide at ${width} px`);
  await page.screenshot({ path: `${file.replace(/\.html$/, '')}-${width}-${scheme}.png`, fullPage: true });
  return { context, page };
}

/// axe-core from outside the page's policy: evaluated by the browser's own protocol.
async function barriers(page) {
  await page.evaluate(readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8') + ';0');
  const found = await page.evaluate(() => axe.run(document, { resultTypes: ['violations'] }));
  return found.violations.filter((one) => ['serious', 'critical'].includes(one.impact) || one.id === 'landmark-unique')
    .map((one) => `${one.id}: ${one.help}: ${one.nodes.map((node) => node.html.slice(0, 160)).slice(0, 3).join(' | ')}`);
}

/// On a telephone a chart is as wide as its words need, and scrolled: none is drawn smaller than 8.5 px.
async function readable(page) {
  const sizes = await page.locator('.chart .picture svg text').evaluateAll((texts) => texts.filter((text) => text.checkVisibility()).map((text) => {
    const { a } = text.getScreenCTM();
    return parseFloat(getComputedStyle(text).fontSize) * a;
  }));
  const narrow = page.locator('.picture .narrow');
  for (let i = 0; i < await narrow.count(); ++i) assert.ok(await narrow.nth(i).isVisible(), 'a chart for telephones is shown on one');
  assert.ok(sizes.length === 0 || Math.min(...sizes) >= 8.5, `words of ${Math.min(...sizes).toFixed(1)} px in charts`);
}

async function use(page) {
  const shown = () => page.locator('tr[data-dimension]:visible').count();
  const before = await shown();
  assert.ok(before > 3, 'rows to filter');
  const select = page.locator('.tools select').first();
  const value = await select.locator('option').nth(1).getAttribute('value');
  await select.selectOption(value);
  const left = await page.locator(`tr[data-member="${value}"]:visible`).count();
  assert.ok(left >= 1 && (await shown()) < before, 'the filter hides the others');
  await select.selectOption('');
  assert.equal(await shown(), before);
  const table = page.locator('.table.figures table', { has: page.locator('tr[data-dimension]') })
    .filter({ has: page.locator('th.number button.sort') }).first();  // tables in groups are not sorted
  const head = table.locator('th.number[data-column]').first();
  await head.locator('button').click();
  assert.equal(await head.getAttribute('aria-sort'), 'descending');
  const column = Number(await head.getAttribute('data-column'));
  const values = await table.locator('tbody tr[data-dimension]').evaluateAll(
    (rows, at) => rows.map((row) => row.cells[at].dataset.value).filter((text) => text !== undefined).map(Number), column);
  assert.ok(values.length > 1);
  assert.deepEqual(values, [...values].sort((a, b) => b - a), 'sorted downwards');
}

/// The cards and bars of an explore section show the cells of its tables for the chosen place and period.
async function exploreFigures(page) {
  const section = page.locator('.explore').first();
  const cell = (table, row, column) => table.evaluate((one, [r, c]) => one.querySelectorAll('tbody tr')[r].cells[c].textContent.trim(), [row, column]);
  const first = section.locator('table').first();
  const places = await first.locator('tbody tr').evaluateAll((rows) => rows.map((row) => row.cells[0].textContent.trim()));
  const [period, place, indicator] = [0, 1, 2].map((at) => section.locator('.tools select').nth(at));
  await place.selectOption({ label: places[1] });
  await period.selectOption('0');
  const shown = await section.locator('.kpi .value').first().evaluate((one) => one.firstChild.textContent);
  assert.equal(shown, await cell(first, 1, 1), 'the card shows the chosen cell');
  assert.equal(await section.locator('.bars').nth(1).locator('[aria-current] .name').textContent(), places[1]);
  assert.equal(await section.locator('.bars').nth(0).locator('[aria-current] .figure').textContent(), await cell(first, 1, 1));
  const target = await first.locator('tbody td[data-target]').count();
  if (target > 0) {
    const [row, column] = await first.locator('tbody td[data-target]').first().evaluate((one) => [one.closest('tbody').rows.length && [...one.closest('tbody').rows].indexOf(one.parentElement), one.cellIndex]);
    await place.selectOption({ label: places[row] });
    await period.selectOption(String(column - 1));
    const words = await first.locator('tbody td[data-target]').first().evaluate((one) => one.dataset.target + one.dataset.verdict);
    assert.equal(await section.locator('.kpi').first().locator('.target').textContent(), words, 'the card shows the target');
    await place.selectOption({ label: places[1] });
    await period.selectOption('0');
  }
  await indicator.selectOption('1');
  assert.equal(await section.locator('.bars').nth(0).locator('[aria-current] .figure').textContent(), await cell(section.locator('table').nth(1), 1, 1));
}

async function withoutScripts(browser, file) {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`file://${path.resolve(file)}`);
  assert.ok(await page.locator('main .table table').first().isVisible(), 'whole without scripts');
  assert.equal(await page.locator('.tools').count(), 0);
  await context.close();
}

/// Printed on A4: pictures without the signs of scrolling, charts of half the width side by side, headings of a table on each
/// of its pages.
async function print(browser, file) {
  const context = await browser.newContext({ viewport: { width: 673, height: 980 } });
  const page = await context.newPage();
  await page.goto(`file://${path.resolve(file)}`);
  await page.emulateMedia({ media: 'print' });
  const found = await page.evaluate(() => {
    const style = (one) => getComputedStyle(one);
    const tall = [...document.querySelectorAll('.table table')].find((one) => one.offsetHeight > 990);
    const heading = tall && [...tall.querySelectorAll('thead th')].map((one) => one.textContent.trim()).find((words) => words.length > 3);
    const halves = [...document.querySelectorAll('.chart.half')];
    return {
      scrolled: [...document.querySelectorAll('.picture, .scroll')].filter((one) => style(one).backgroundImage !== 'none' || style(one).overflowX !== 'visible').length,
      beneath: halves.filter((one, at) => at % 2 === 1 && one.previousElementSibling === halves[at - 1] && one.offsetTop !== halves[at - 1].offsetTop).length,
      over: document.documentElement.scrollWidth - innerWidth,
      heading,
      times: heading && document.body.innerText.replace(/\s+/g, ' ').split(heading).length,
    };
  });
  assert.equal(found.scrolled, 0, `${file}: pictures and tables are printed whole`);
  assert.equal(found.beneath, 0, `${file}: charts stand side by side`);
  assert.ok(found.over <= 0, `${file} is ${found.over} px too wide for paper`);
  const sheet = `${file.replace(/\.html$/, '')}-print.pdf`;
  await page.pdf({ path: sheet, format: 'A4', preferCSSPageSize: true });
  const words = execFileSync('pdftotext', ['-raw', sheet, '-'], { encoding: 'utf8' }).replace(/\s+/g, ' ');
  if (found.heading) assert.ok(words.split(found.heading).length > found.times, `${file}: '${found.heading}' stands on each page of its table`);
  await context.close();
}

const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
try {
  for (const file of files) {
    assert.ok(statSync(file).size < 1_000_000, `${file} is under 1 MB`);
    await validate(file);
    for (const [width, scheme] of views) {
      const { context, page } = await show(browser, file, width, scheme);
      assert.deepEqual(await barriers(page), [], `${file} at ${width}, ${scheme}`);
      if (width === 375) await readable(page);
      else assert.equal(await page.locator('.picture .narrow:visible').count(), 0);
      if (width === 1280 && scheme === 'light') await use(page);
      if (width === 1280 && scheme === 'light' && (await page.locator('.explore').count()) > 0) await exploreFigures(page);
      await context.close();
    }
    await withoutScripts(browser, file);
    await print(browser, file);
  }
} finally {
  await browser.close();
}
console.log(`${files.length} dashboards: html-validate, the Nu checker and axe-core have nothing serious to say`);
