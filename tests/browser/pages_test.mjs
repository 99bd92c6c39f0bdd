// Opens the pages of HTML reports in Chromium and uses them as people do. CMake tells where things are:
// PSET3_WEB has node_modules, PSET3_PAGES is the program that writes the pages. With PSET3_SCREENSHOTS=FOLDER,
// pictures of the pages are kept there to be looked at.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";

const require = createRequire(join(process.env.PSET3_WEB, "package.json"));
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

const chromiumPath = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(existsSync);
const skip = chromiumPath ? false : "Chromium is not installed";
const folder = mkdtempSync(join(tmpdir(), "pset3-pages-"));
let browser;

before(async () => {
  execFileSync(process.env.PSET3_PAGES, [folder]);
  if (chromiumPath) {
    browser = await chromium.launch({
      executablePath: chromiumPath,
      args: ["--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"],
    });
  }
});

after(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true });
});

/** Opens a page and keeps watch: nothing may be asked of the network, nothing may go wrong. */
async function open(name, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1200, height: 900 }, ...options });
  const page = await context.newPage();
  const seen = { requests: [], errors: [] };
  const address = pathToFileURL(join(folder, name)).href;
  page.on("request", (request) => { if (request.url() !== address) seen.requests.push(request.url()); });
  page.on("pageerror", (error) => seen.errors.push(error.message));
  page.on("console", (message) => { if (message.type() === "error") seen.errors.push(message.text()); });
  await page.goto(address);
  return { page, context, seen };
}

async function close({ context, seen }) {
  await context.close();
  assert.deepEqual(seen, { requests: [], errors: [] });
}

async function screenshot(page, name) {
  if (process.env.PSET3_SCREENSHOTS) await page.screenshot({ path: join(process.env.PSET3_SCREENSHOTS, `${name}.png`) });
}

/** What axe calls serious or critical. It is evaluated through the debugger, which no policy holds back. */
async function seriousFindings(page) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run());
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(" | ")}`);
}

test("a report shows the score, failed checks before passed ones, and why", { skip }, async () => {
  const opened = await open("one_failing.html");
  const { page } = opened;
  assert.match(await page.locator(".total").innerText(), /17 of/);
  const section = page.locator("main section").first();
  assert.ok((await section.locator("article.check").count()) > 0);
  assert.match(await section.locator("article.check").first().innerText(), /Expected[\s\S]*Got/);
  assert.match(await section.locator("details.passed summary").innerText(), /checks? passed/);
  const link = await section.locator("article.check a").first().getAttribute("href");
  assert.match(link, /^\.\.\/handouts\/.*\.md#/);
  await close(opened);
});

test("a student's page has nothing of hidden checks in it, a staff page has", { skip }, async () => {
  const student = readFileSync(join(folder, "graded_in_full.html"), "utf8");
  const staff = readFileSync(join(folder, "graded_in_full.staff.html"), "utf8");
  const data = (text) => JSON.parse(text.match(/id="data">(.*?)<\/script>/s)[1]);
  const checks = (text) => data(text).parts.flatMap((part) => part.checks);
  const hidden = checks(staff).filter((check) => check.hidden);
  assert.ok(hidden.length > 0);
  assert.equal(checks(student).filter((check) => check.hidden).length, 0);
  for (const check of hidden) assert.ok(!student.includes(check.id), check.id);
});

test("foreign text stays text", { skip }, async () => {
  for (const name of ["hostile.html", "class.html"]) {
    const opened = await open(name);
    const { page } = opened;
    await page.waitForTimeout(200);
    assert.equal(await page.evaluate(() => window.harmed), undefined);
    assert.equal(await page.locator("img").count(), 0);
    assert.equal(await page.locator("a[href^='javascript:']").count(), 0);
    const text = await page.evaluate(() => document.body.innerText);
    assert.match(text, /window\.harmed/);
    assert.doesNotMatch(text, /[\u001b\u202e]/);
    await close(opened);
  }
});

test("pictures are drawn: voxels turn, maps show values, every canvas has ink", { skip }, async () => {
  const opened = await open("pictures.html");
  const { page } = opened;
  await page.waitForTimeout(500);
  const colours = () => page.locator("canvas").evaluateAll((all) => all.map((canvas) => {
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    return new Set(new Uint32Array(data.buffer)).size;
  }));
  assert.ok((await colours()).every((count) => count > 1), `colours: ${await colours()}`);
  const space = page.locator("canvas.space").first();
  const pixels = () => space.evaluate((canvas) => canvas.toDataURL());
  const first = await pixels();
  await space.focus();
  await page.keyboard.press("ArrowLeft");
  await page.waitForTimeout(300);
  assert.notEqual(await pixels(), first);
  const map = page.locator(".picture", { hasText: "Depth" }).locator("canvas").first();
  await map.hover();
  assert.match(await page.locator(".point").first().innerText(), /row \d+, column \d+: expected .*yours/);
  const box = page.locator(".picture", { hasText: "Your box" });
  assert.equal(await box.locator("svg.box").count(), 3);
  assert.match(await box.locator("tr", { hasText: "x to" }).innerText(), /1\s+0\.6\s+-0\.4/, "due is the points' extent and a margin");
  await page.locator(".picture").first().scrollIntoViewIfNeeded();
  await screenshot(page, "pictures");
  await close(opened);
});

test("code in our own words is set as code", { skip }, async () => {
  const opened = await open("pictures.html");
  const mistake = opened.page.locator(".labelled", { hasText: "Probably" }).first();
  assert.deepEqual(await mistake.locator("code").allInnerTexts(), ["y", "x"]);
  assert.ok(!(await mistake.innerText()).includes("`"));
  assert.match(await opened.page.locator(".labelled", { hasText: "Check it again" }).first().innerText(), /\.\/pset3 check \w+\.\w+/);
  await close(opened);
});

test("a class sorts, searches and filters", { skip }, async () => {
  const opened = await open("class.html");
  const { page } = opened;
  const firstScore = () => page.locator(".class_table tbody tr td.number").first().innerText();
  const status = () => page.locator("[role=status]").innerText();
  await page.getByRole("button", { name: "Score" }).click();
  await page.getByRole("button", { name: "Score" }).click();
  const best = parseFloat(await firstScore());
  await page.getByRole("button", { name: "Score" }).click();
  assert.equal(await page.locator("th[aria-sort=ascending]").innerText().then((text) => text.includes("Score")), true);
  assert.ok(best > 0 && (await firstScore()) === "–", "refused submissions come before the lowest score");
  await page.getByRole("searchbox").fill("student_41");
  assert.match(await status(), /^1 of 60 rows/);
  assert.equal(await page.locator(".class_table tbody a").first().getAttribute("href"), "./row%2041/report.html");
  await page.getByRole("button", { name: "Show all rows" }).click();
  await page.getByLabel("Flag").selectOption("late");
  assert.match(await status(), /^9 of 60 rows/);
  await page.getByRole("button", { name: "Show all rows" }).click();
  await page.locator("section:has(#hardest) li button").first().click();
  assert.match(await status(), /did not pass/);
  await screenshot(page, "class");
  await close(opened);
});

test("ten thousand rows open and scroll without a wait", { skip }, async (t) => {
  const began = Date.now();
  const opened = await open("large_class.html");
  const { page } = opened;
  await page.locator(".class_table tbody tr").first().waitFor();
  t.diagnostic(`opened in ${Date.now() - began} ms, ${(statSync(join(folder, "large_class.html")).size / 1e6).toFixed(1)} MB`);
  assert.ok((await page.locator(".class_table tbody tr").count()) < 60);
  const frames = await page.evaluate(async () => {
    const box = document.querySelector(".class_table");
    const gaps = [];
    let last = performance.now();
    for (let i = 0; i < 90; i++) {
      box.scrollTop += 1000;
      await new Promise(requestAnimationFrame);
      gaps.push(performance.now() - last);
      last = performance.now();
    }
    return gaps.sort((a, b) => a - b);
  });
  t.diagnostic(`frames while scrolling: median ${frames[45].toFixed(1)} ms, 95th percentile ${frames[85].toFixed(1)} ms`);
  assert.ok(frames[45] < 100, `median frame ${frames[45]} ms`);
  await page.evaluate(() => { const box = document.querySelector(".class_table"); box.scrollTop = box.scrollHeight; });
  await page.locator(".class_table tr[aria-rowindex='10001']").waitFor();
  await close(opened);
});

test("axe finds nothing serious, in light and dark, on a screen and a phone", { skip }, async () => {
  const pages = ["one_failing.html", "pictures.html", "refused.html", "build_failure.staff.html", "class.html"];
  for (const name of pages) {
    for (const options of [{ colorScheme: "light" }, { colorScheme: "dark", viewport: { width: 390, height: 800 } }]) {
      const opened = await open(name, options);
      assert.deepEqual(await seriousFindings(opened.page), [], `${name} ${options.colorScheme}`);
      const width = await opened.page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(width <= (options.viewport?.width ?? 1200), `${name} is ${width} px wide`);
      await screenshot(opened.page, `${name}.${options.colorScheme}`);
      await close(opened);
    }
  }
});

test("pages are small: the scripts stay below 700 kB", { skip: false }, () => {
  const sizes = [...readFileSync(join(folder, "pictures.html"), "utf8").matchAll(/<script>(.*?)<\/script>/gs)].map((match) => match[1].length);
  assert.equal(sizes.length, 2);
  assert.ok(sizes.reduce((a, b) => a + b) < 700_000, String(sizes));
  assert.ok(statSync(join(folder, "one_failing.html")).size < 150_000);
});
