// What every browser tier shares: the browser, the personas, and the counting of checks.

import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const HERE = path.dirname(fileURLToPath(import.meta.url));
export const ROOT = path.resolve(HERE, '../..');
export const TARGET = process.env.CARGO_TARGET_DIR || path.join(ROOT, 'target');
export const SHOTS = path.join(TARGET, 'shots');

export const PERSONAS = [
  'employee',
  'supervisor',
  'ethics_officer',
  'system_admin',
  'secretary_general',
  'auditor',
  'cio',
  'contract_monitor',
];

export const VIEWS = {
  desktop: { width: 1280, height: 900 },
  phone: { width: 320, height: 640 },
};

/** Chromium as packaged by Debian, kept from calling anybody. */
export function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
    headless: true,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--disable-dev-shm-usage',
    ],
  });
}

/**
 * A fresh session: own cookies, own cache. `context.foreign` collects every origin asked for that is not the server's,
 * and such a request is refused, so that a page depending on it also looks broken.
 */
export async function newSession(browser, base, { js = true, dark = false, view = 'desktop', language = 'fr' } = {}) {
  const context = await browser.newContext({
    baseURL: base,
    javaScriptEnabled: js,
    colorScheme: dark ? 'dark' : 'light',
    viewport: VIEWS[view] ?? view,
    locale: language === 'en' ? 'en-CA' : 'fr-CA',
    timezoneId: 'America/Toronto',
    acceptDownloads: true,
  });
  context.setDefaultTimeout(10_000);
  context.setDefaultNavigationTimeout(20_000);
  context.foreign = new Set();
  await context.route(
    (url) => !isLocal(url, base),
    (route) => {
      context.foreign.add(new URL(route.request().url()).origin);
      return route.abort();
    },
  );
  return context;
}

function isLocal(url, base) {
  return ['data:', 'blob:', 'about:'].includes(url.protocol) || url.origin === new URL(base).origin;
}

/** A page that collects its console errors in `page.errors` and keeps the last document received in `page.received`. */
export async function newPage(context) {
  const page = await context.newPage();
  page.errors = [];
  page.on('console', (message) => message.type() === 'error' && page.errors.push(message.text()));
  page.on('pageerror', (error) => page.errors.push(String(error)));
  page.on('response', (response) => {
    const isDocument = response.request().isNavigationRequest() && response.frame() === page.mainFrame();
    if (isDocument && (response.status() < 300 || response.status() >= 400)) page.received = response;
  });
  return page;
}

/**
 * Clicks, and when the click leads to another document, waits until that one is loaded. Waiting for a load state alone
 * would be content with the document being left.
 */
export async function clickThrough(page, target) {
  let leaving = false;
  const watch = (request) => {
    leaving ||= request.isNavigationRequest() && request.frame() === page.mainFrame();
  };
  page.on('request', watch);
  try {
    await page.evaluate(() => (window.leftBehind = true));
    await target.click();
    for (let turn = 0; turn < 10 && !leaving; turn += 1) await page.waitForTimeout(15);
    const deadline = Date.now() + 20_000;
    while (leaving && Date.now() < deadline) {
      const arrived = await page
        .evaluate(() => !window.leftBehind && document.readyState === 'complete')
        .catch(() => false);
      if (arrived) return;
      await page.waitForTimeout(15);
    }
    if (leaving) throw new Error(`no page came after the click on ${page.url()}`);
  } finally {
    page.off('request', watch);
  }
}

/** Signs in through the demonstration page, as a person would. */
export async function signIn(page, persona) {
  await page.goto('/demo/entrer');
  const button = page.locator(`button[name="persona"][value="${persona}"]`).first();
  if ((await button.count()) === 0) throw new Error(`/demo/entrer has no button for the persona ${persona}`);
  await clickThrough(page, button);
  if (new URL(page.url()).pathname.startsWith('/demo/entrer')) {
    throw new Error(`signing in as ${persona} led back to ${page.url()}`);
  }
}

export const pageLanguage = async (page) =>
  ((await page.locator('html').getAttribute('lang')) ?? '').slice(0, 2).toLowerCase();

/** The header's toggle: a link or a button marked with the language it leads to. */
export const languageToggle = (page, language) =>
  page.locator(`header :is(a[hreflang|="${language}"], a[lang|="${language}"], button[lang|="${language}"])`).first();

export async function switchLanguage(page, language) {
  if ((await pageLanguage(page)) === language) return;
  const toggle = languageToggle(page, language);
  if ((await toggle.count()) === 0) throw new Error(`no toggle to "${language}" in the header of ${page.url()}`);
  await clickThrough(page, toggle);
  const now = await pageLanguage(page);
  if (now !== language) throw new Error(`after the toggle the page is in "${now}", not "${language}"`);
}

/** Saves target/shots/<name>.png, whole page. */
export async function screenshot(page, name) {
  fs.mkdirSync(SHOTS, { recursive: true });
  const file = path.join(SHOTS, `${name.replace(/[^\p{L}\p{N}._-]+/gu, '-').slice(0, 120)}.png`);
  await page.screenshot({ path: file, fullPage: true });
  return file;
}

/** Counts checks, prints one line each, and leaves `{passed, failed}` where tests/run reads it ($RESULTS). */
export class Report {
  passed = 0;
  failed = 0;
  #met = new Map();

  ok(name) {
    this.passed += 1;
    console.log(`ok    ${name}`);
  }

  fail(name, problems = []) {
    this.failed += 1;
    console.log(`FAIL  ${name}`);
    for (const problem of [problems].flat()) {
      const text = String(problem).replace(/\s*\n\s*/g, ' | ').slice(0, 600);
      const times = (this.#met.get(text) ?? 0) + 1;
      this.#met.set(text, times);
      // A fault of the layout comes back on every page: told in full three times, then counted.
      console.log(`        ${times <= 3 ? text : `${text.slice(0, 70)}… (again)`}`);
    }
  }

  check(name, problems) {
    if (problems.length === 0) this.ok(name);
    else this.fail(name, problems);
  }

  /** Several checks of one thing: `checks` maps a name to its problems. One line when all pass, one more per failure. */
  checkAll(name, checks) {
    const failing = Object.entries(checks).filter(([, problems]) => problems.length > 0);
    this.passed += Object.keys(checks).length - failing.length;
    for (const [check, problems] of failing) this.fail(`${name} [${check}]`, problems);
    if (failing.length === 0) console.log(`ok    ${name} (${Object.keys(checks).length} checks)`);
  }

  finish(title) {
    const repeated = [...this.#met].filter(([, times]) => times > 3).sort((a, b) => b[1] - a[1]);
    for (const [text, times] of repeated.slice(0, 10)) console.log(`${String(times).padStart(5)} × ${text.slice(0, 200)}`);
    console.log(`${title}: ${this.passed} checks ok, ${this.failed} failed`);
    if (process.env.RESULTS) fs.writeFileSync(process.env.RESULTS, JSON.stringify({ passed: this.passed, failed: this.failed }));
    process.exitCode = this.failed > 0 || this.passed === 0 ? 1 : 0;
  }
}

/** `--name value` and `--flag` arguments; the rest in `_`. */
export function parseArguments(argv, flags = []) {
  const options = { _: [] };
  for (let i = 0; i < argv.length; i += 1) {
    const word = argv[i];
    if (!word.startsWith('--')) options._.push(word);
    else if (flags.includes(word.slice(2))) options[word.slice(2)] = true;
    else {
      i += 1;
      if (argv[i] === undefined) throw new Error(`${word} wants a value`);
      options[word.slice(2)] = argv[i];
    }
  }
  return options;
}
