// Visits every page that links lead to, as each persona, and asks the same things of all of them.
//
//   node crawl.mjs BASE [--personas employee,auditor] [--from /path] [--limit 200] [--no-js] [--every]
//
// A page is known by its path pattern (/d/CAD-2026-000123 is /d/CAD-REF) and its state, read from [data-state] in the
// page or, without it, from the set of elements and controls it is made of. Each is checked once per persona, at most
// two states of a pattern (--limit bounds the pages of one persona). The long checks (axe, the two validators) are run
// for two sets of elements of a pattern (dark colours, keyboard, the narrow view and the page in English for the first),
// and not again for another persona
// whose page is made of the same ones around its own menu; a set that two personas saw is not looked at a third time.
// --every runs them all the same. --no-js visits with scripts off and only asks that the page is whole and its forms
// can be sent.

import { createHash } from 'node:crypto';
import {
  PERSONAS,
  Report,
  VIEWS,
  languageToggle,
  launch,
  newPage,
  newSession,
  pageLanguage,
  parseArguments,
  signIn,
  switchLanguage,
} from './lib.mjs';
import { axe, htmlValidate, keyboard, meter, nuChecker, overflow, textResize, typography } from './page-checks.mjs';

const COLD_BYTES = 50_000;
// Without scripts, what is asked of a page hardly depends on its state.
const STATES_PER_PATTERN = process.argv.includes('--no-js') ? 1 : 2;
/** Sets of elements of one pattern that get the long checks: what differs in a fifth is other parts of the same page. */
const LONG_PER_PATTERN = 2;
const CANDIDATES_PER_PATTERN = 6;
// Following these as links would change who we are, or leads to a page that is not ours to write.
const NOT_FOLLOWED = [/^\/demo\/entrer/, /^\/(sortir|deconnexion)\b/, /^\/demo\/courriels\/\d+\/html/, /^\/langue\//, /\/audit\.pdf$/];

const options = parseArguments(process.argv.slice(2), ['no-js', 'every']);
const BASE = options._[0]?.replace(/\/$/, '');
if (!BASE) {
  console.error('usage: node crawl.mjs BASE [--personas a,b] [--from /path] [--limit 200] [--no-js] [--every]');
  process.exit(2);
}
const personas = options.personas ? options.personas.split(',') : ['anonymous', ...PERSONAS];
const limit = Number(options.limit ?? 200);
const js = !options['no-js'];

const report = new Report();
const sources = new Map();
const styles = new Map();
const patternsMet = new Map();
const longDone = new Map();
const timesSeen = new Map();
let pages = 0;
let heaviest = { bytes: 0, name: 'none' };

function patternOf(url) {
  const { pathname, searchParams } = new URL(url, BASE);
  const path = pathname
    .split('/')
    .map((part) => {
      if (/^[0-9a-f]{8}-[0-9a-f-]{27}$/i.test(part)) return 'UUID';
      if (/^\d{4}-\d{2}(-\d{2})?$/.test(part)) return 'DATE';
      if (/^\d+$/.test(part)) return 'N';
      if (/^[0-9a-f]{16,}$/i.test(part)) return 'HEX';
      return part.replace(/^([A-Z]+)-\d{4}-\d+/, '$1-REF').replace(/\d{3,}/g, 'N');
    })
    .join('/');
  const keys = [...new Set(searchParams.keys())].sort();
  return keys.length > 0 ? `${path}?${keys.join('&')}` : path;
}

/** Everything a page is made of, without its words: two lists of declarations are the same page. */
const shapeOf = (page, selector) =>
  page.evaluate((from) => {
    const root = document.querySelector(from) ?? document.body;
    const parts = new Set();
    for (const element of root.querySelectorAll('*')) {
      const name = ['INPUT', 'SELECT', 'TEXTAREA', 'BUTTON'].includes(element.tagName)
        ? (element.getAttribute('name') ?? '').replace(/\d+/g, 'N')
        : '';
      parts.add(`${element.tagName}.${element.getAttribute('class') ?? ''}.${element.getAttribute('role') ?? ''}.${name}`);
    }
    return [...parts].sort().join('\n');
  }, selector);

const digest = (text) => createHash('sha256').update(text).digest('hex').slice(0, 16);

async function stateOf(page) {
  const marked = await page.evaluate(() => document.querySelector('[data-state]')?.dataset.state);
  return marked ?? digest(await shapeOf(page, 'main'));
}

const linksOf = (page) =>
  page.evaluate(() =>
    [...document.querySelectorAll('a[href]')].map((link) => ({
      // A link of a picture has an animated address.
      href: (link.href.baseVal === undefined ? link.href : new URL(link.href.baseVal, location.href).href).split('#')[0],
      download: link.hasAttribute('download'),
      toggle: link.hasAttribute('hreflang') && link.closest('header') !== null,
    })),
  );

/** The checks of one page in one language, at the three views. The page comes and goes at the desktop view, in light. */
async function checksOf(page, { name, language, source, long, keyboardToo }) {
  const checks = {};
  const spoken = await pageLanguage(page);
  checks.language = spoken === language ? [] : [`html lang is "${spoken}", expected "${language}"`];
  if (language === 'fr') checks.typography = await typography(page);
  if (long) {
    checks['axe 1280'] = await axe(page);
    checks['html-validate'] = await htmlValidate(source);
    sources.set(name, source);
    if (language === 'fr' && keyboardToo) {
      // Colours are the same in both languages, and the style sheet the same for every set of elements.
      await page.emulateMedia({ colorScheme: 'dark' });
      checks['axe dark'] = await axe(page, { colours: true });
      await page.emulateMedia({ colorScheme: 'light' });
    }
    if (keyboardToo) {
      checks['text resize'] = await textResize(page);
      checks.keyboard = await keyboard(page);
    }
  }
  await page.setViewportSize(VIEWS.phone);
  checks['reflow 320'] = await overflow(page);
  if (long && language === 'fr' && keyboardToo) checks['axe 320'] = await axe(page);
  await page.setViewportSize(VIEWS.desktop);
  return checks;
}

async function withoutScripts(page) {
  const problems = [];
  const heading = (await page.locator('h1').first().textContent({ timeout: 20_000 }).catch(() => '')) ?? '';
  if (!heading.trim()) problems.push('no h1');
  const stuck = await page.evaluate(() =>
    // A form that only a script can fill is hidden, and the page says what it needs.
    [...document.forms]
      .filter((form) => !form.hidden && ![...form.elements].some((element) => ['submit', 'image'].includes(element.type) && element.offsetWidth > 0))
      .map((form) => `${form.method} ${form.getAttribute('action')}`),
  );
  for (const form of stuck) problems.push(`no visible button sends the form ${form}`);
  return { whole: problems, 'reflow 1280': await overflow(page) };
}

/** A link to a file: asked for, not opened. */
async function download(context, url, name) {
  const answer = await context.request.get(url, { maxRedirects: 5 });
  const type = answer.headers()['content-type'] ?? '';
  const body = await answer.body();
  report.checkAll(`${name} (${type.split(';')[0]}, ${body.length} bytes)`, {
    status: answer.status() === 200 ? [] : [`HTTP ${answer.status()}`],
    content: body.length > 0 && type ? [] : ['an empty answer, or no content type'],
  });
}

async function crawl(browser, persona) {
  const context = await newSession(browser, BASE, { js });
  const page = await newPage(context);
  const anonymous = persona === 'anonymous';
  if (!anonymous) await signIn(page, persona);
  const traffic = await meter(page);

  const queue = anonymous ? [`${BASE}/`, `${BASE}/demo/entrer`] : [page.url().split('#')[0], `${BASE}/`];
  if (options.from) queue.splice(0, queue.length, new URL(options.from, BASE).href);
  const queued = new Set(queue);
  const states = new Map();
  const tried = new Map();
  let visited = 0;

  while (queue.length > 0 && visited < limit) {
    const url = queue.shift();
    const asked = patternOf(url);
    tried.set(asked, (tried.get(asked) ?? 0) + 1);
    if (tried.get(asked) > CANDIDATES_PER_PATTERN || (states.get(asked)?.size ?? 0) >= STATES_PER_PATTERN) continue;
    // Without scripts, a pattern that two personas saw is known.
    if (!js && visited > 0 && (patternsMet.get(asked) ?? 0) >= 2) continue;
    const label = `${persona} ${url.slice(BASE.length) || '/'}`;
    try {
      page.errors.length = 0;
      context.foreign.clear();
      traffic.reset();
      let response;
      try {
        response = await page.goto(url, { waitUntil: 'load' });
      } catch (error) {
        if (!/Download is starting|ERR_ABORTED/.test(String(error))) throw error;
        states.set(asked, new Set(['file', 'seen', 'once']));
        await download(context, url, label);
        continue;
      }
      const type = response.headers()['content-type'] ?? '';
      if (!type.startsWith('text/html')) {
        states.set(asked, new Set(['file', 'seen', 'once']));
        report.checkAll(`${label} (${type})`, { status: response.status() === 200 ? [] : [`HTTP ${response.status()}`] });
        continue;
      }
      const pattern = patternOf(page.url());
      const state = await stateOf(page);
      const known = states.get(pattern) ?? new Set();
      states.set(pattern, known);
      for (const link of await linksOf(page)) {
        const target = new URL(link.href);
        if (target.origin !== BASE || queued.has(link.href) || link.toggle) continue;
        if (NOT_FOLLOWED.some((rule) => rule.test(target.pathname))) continue;
        // The demonstration's mailbox shows everybody's letters: what they lead to is not for whoever looks here.
        if (pattern.startsWith('/demo/courriels') && !target.pathname.startsWith('/demo/courriels')) continue;
        // Nor is it another page for each of them.
        if (!anonymous && target.pathname.startsWith('/demo/courriels')) continue;
        queued.add(link.href);
        queue.push(link.href);
      }
      const status = response.status() === 200 ? [] : [`HTTP ${response.status()}`];
      if (status.length === 0 && (known.has(state) || known.size >= STATES_PER_PATTERN)) continue;
      known.add(state);
      // Around the page, each persona has a menu of its own: it is checked on the first page they see.
      const shape = `${pattern} ${digest(await shapeOf(page, 'main'))}`;
      const seen = timesSeen.get(shape) ?? 0;
      timesSeen.set(shape, seen + 1);
      if (seen >= 2 && status.length === 0 && visited > 0 && !options.every) continue;
      visited += 1;
      pages += 1;
      const met = patternsMet.get(pattern) ?? 0;
      patternsMet.set(pattern, met + 1);

      const checks = { status };
      const weight = { bytes: traffic.bytes, requests: traffic.requests };
      if (js && status.length === 0) {
        const atLength = longDone.get(pattern) ?? 0;
        const long = options.every || visited === 1 || (seen === 0 && atLength < LONG_PER_PATTERN);
        if (long) longDone.set(pattern, atLength + 1);
        const keyboardToo = met === 0;
        for (const sheet of await page.evaluate(() => [...document.querySelectorAll('link[rel=stylesheet]')].map((link) => link.href))) {
          if (!styles.has(sheet)) styles.set(sheet, await (await context.request.get(sheet)).text());
        }
        checks.weight = weight.bytes <= COLD_BYTES ? [] : [`${weight.bytes} bytes cold, at most ${COLD_BYTES}`];
        if (weight.bytes > heaviest.bytes) heaviest = { ...weight, name: label };
        await switchLanguage(page, 'fr');
        const here = new URL(page.url());
        Object.assign(checks, await checksOf(page, { name: label, language: 'fr', source: await response.text(), long, keyboardToo }));

        const toggle = languageToggle(page, 'en');
        if (!long || !(keyboardToo || options.every)) {
          // Other elements of the same page: its template was read in both languages already.
        } else if ((await toggle.count()) === 0) checks.toggle = ['no toggle to English in the header'];
        else {
          await switchLanguage(page, 'en');
          const there = new URL(page.url());
          const kept = [...here.searchParams].every(([key, value]) => there.searchParams.get(key) === value);
          checks.toggle = there.pathname === here.pathname && kept ? [] : [`the toggle led from ${here.pathname}${here.search} to ${there.pathname}${there.search}`];
          const source = await (await context.request.get(page.url())).text();
          const english = await checksOf(page, { name: `${label} (en)`, language: 'en', source, long, keyboardToo: false });
          for (const [check, problems] of Object.entries(english)) checks[`en ${check}`] = problems;
          // Back to French without another page: what was chosen is forgotten.
          await context.clearCookies({ name: '__Host-langue' });
        }
      } else if (status.length === 0) Object.assign(checks, await withoutScripts(page));
      checks.console = [...new Set(page.errors)];
      checks.origins = [...context.foreign].map((origin) => `asked ${origin}`);
      report.checkAll(`${label} ${(weight.bytes / 1000).toFixed(1)} kB in ${weight.requests} requests`, checks);
    } catch (error) {
      report.fail(`${label} [visit]`, error.message.split('\n')[0]);
    }
  }
  if (visited >= limit && queue.length > 0) console.log(`      ${persona}: stopped at ${limit} pages, ${queue.length} links left`);
  await context.close();
}

const started = Date.now();
const browser = await launch();
try {
  // Two at a time: the server and the checks share the machine.
  const waiting = [...personas];
  const worker = async () => {
    for (let persona = waiting.shift(); persona; persona = waiting.shift()) {
      await crawl(browser, persona).catch((error) => report.fail(`${persona} [crawl]`, error.message.split('\n')[0]));
    }
  };
  await Promise.all([worker(), worker()]);
} finally {
  await browser.close();
}
if (js) {
  for (const [kind, found] of [['page', nuChecker(sources)], ['style sheet', nuChecker(styles, 'css')]]) {
    const named = [...found].map(([name, problems]) => [`${kind} ${name}`, problems.slice(0, 5)]);
    report.checkAll(`nu checker, every ${kind}`, Object.fromEntries(named));
  }
  console.log(`heaviest page, cold: ${heaviest.bytes} bytes in ${heaviest.requests} requests, ${heaviest.name}`);
}
report.finish(`crawl${js ? '' : ' without JavaScript'}: ${pages} pages, ${((Date.now() - started) / 1000).toFixed(0)} s`);
