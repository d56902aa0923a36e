// What is asked of every page, wherever it is met: by the crawler, or in the middle of a scenario.
// Each function returns the list of problems it found, as sentences; an empty list is a pass.

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { spawnSync } from 'node:child_process';
import { HtmlValidate, StaticConfigLoader } from 'html-validate';

const HERE = path.dirname(fileURLToPath(import.meta.url));
const require = createRequire(import.meta.url);
const AXE_SOURCE = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const VNU_JAR = path.join(HERE, 'node_modules/vnu-jar/build/dist/vnu.jar');

const AXE_TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** axe in the page and in its frames (a letter is shown in one); `colours` runs only what a dark theme can break. */
export async function axe(page, { colours = false } = {}) {
  const runOnly = colours
    ? { type: 'rule', values: ['color-contrast', 'link-in-text-block'] }
    : { type: 'tag', values: AXE_TAGS };
  const problems = [];
  for (const frame of page.frames()) {
    if (frame !== page.mainFrame() && !frame.url().startsWith('http')) continue;
    const look = async () => {
      if (!(await frame.evaluate(() => Boolean(window.axe)))) await frame.evaluate(AXE_SOURCE);
      return frame.evaluate(
        async (only) => (await window.axe.run(document, { runOnly: only, iframes: false, resultTypes: ['violations'] })).violations,
        runOnly,
      );
    };
    // On a busy machine the document may still be taking the place of the one before: it is looked at once it is there.
    const violations = await look().catch(async (error) => {
      if (!/documentElement|context was destroyed/.test(String(error))) throw error;
      await frame.waitForFunction(() => document.documentElement !== null && document.readyState === 'complete');
      return look();
    });
    for (const found of violations) {
      const first = found.nodes[0];
      problems.push(`axe ${found.id} ×${found.nodes.length}: ${found.help} → ${first.target.join(' ')} ${first.html.slice(0, 160)}`);
    }
  }
  return problems;
}

/** Nothing wider than the window: a page reads without scrolling sideways (WCAG 1.4.10). */
export async function overflow(page) {
  const found = await page.evaluate(() => {
    const room = document.documentElement.clientWidth;
    const excess = document.documentElement.scrollWidth - room;
    if (excess <= 0) return null;
    const culprits = [...document.body.querySelectorAll('*')]
      .filter((element) => element.getBoundingClientRect().right > room + 1 && element.childElementCount === 0)
      .slice(0, 3)
      .map((element) => `<${element.tagName.toLowerCase()} class="${element.className}"> ${element.textContent.trim().slice(0, 40)}`);
    return `${excess} px too wide at ${room} px: ${culprits.join(' ; ')}`;
  });
  return found ? [found] : [];
}

/** Text spacing (1.4.12) cuts nothing, and text at 200 % (1.4.4) does not overflow. Leaves the page as it was. */
export async function textResize(page) {
  return page.evaluate(() => {
    const problems = [];
    const root = document.documentElement;
    const before = [...document.adoptedStyleSheets];
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(
      '*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}p{margin-bottom:2em!important}',
    );
    document.adoptedStyleSheets = [...before, sheet];
    for (const element of document.querySelectorAll('main *')) {
      const style = getComputedStyle(element);
      const box = element.getBoundingClientRect();
      if (style.overflow !== 'hidden' || box.width <= 2 || box.height <= 2) continue;
      if (element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1) {
        problems.push(`text spacing cuts <${element.tagName.toLowerCase()} class="${element.className}">`);
      }
    }
    if (root.scrollWidth > root.clientWidth) problems.push(`text spacing overflows by ${root.scrollWidth - root.clientWidth} px`);
    document.adoptedStyleSheets = before;
    root.style.fontSize = '200%';
    if (root.scrollWidth > root.clientWidth) problems.push(`text at 200 % overflows by ${root.scrollWidth - root.clientWidth} px`);
    root.style.fontSize = '';
    return problems.slice(0, 5);
  });
}

/** Tab through the page: each stop shows a ring (2.4.7), is not hidden behind something (2.4.11), and there is no trap. */
export async function keyboard(page, limit = 40) {
  const problems = [];
  let previous = null;
  for (let stop = 0; stop < limit; stop += 1) {
    await page.keyboard.press('Tab');
    const found = await page.evaluate(async () => {
      const element = document.activeElement;
      if (!element || element === document.body || element.tagName === 'IFRAME') return null;
      // In the part of it that is in view: a long table is taller than the window.
      const isSeen = () => [...element.getClientRects()].some((box) => {
        const [left, right] = [Math.max(box.left, 0), Math.min(box.right, innerWidth)];
        const [above, below] = [Math.max(box.top, 0), Math.min(box.bottom, innerHeight)];
        if (right - left <= 1 || below - above <= 1) return false;
        const top = document.elementFromPoint((left + right) / 2, above + Math.min((below - above) / 2, 20));
        return top && (element === top || element.contains(top) || top.contains(element) || top.closest('label')?.control === element);
      });
      // A busy machine draws what was scrolled a little later.
      let seen = isSeen();
      for (let frame = 0; frame < 10 && !seen; frame += 1) {
        await new Promise((drawn) => requestAnimationFrame(drawn));
        seen = isSeen();
      }
      // The ring may be drawn around the whole choice or card that a small control or its link fills.
      const drawn = (where, part) => {
        const style = getComputedStyle(where, part);
        return (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2) || (!part && style.boxShadow !== 'none' && where === element);
      };
      const around = element.closest('.choice');
      window.__stops ??= new Map();
      if (!window.__stops.has(element)) window.__stops.set(element, window.__stops.size);
      return {
        number: window.__stops.get(element),
        name: `<${element.tagName.toLowerCase()}${element.id ? `#${element.id}` : ''}> ${(element.textContent || element.name || '').trim().slice(0, 40)}`,
        ring: drawn(element) || drawn(element, '::after') || (around !== null && drawn(around)),
        seen,
      };
    });
    if (!found) break;
    if (previous !== null && found.number === previous) problems.push(`Tab does not leave ${found.name}`);
    if (previous !== null && found.number < previous) break;
    if (!found.ring) problems.push(`no focus ring on ${found.name}`);
    if (!found.seen) problems.push(`focus hidden on ${found.name}`);
    previous = found.number;
  }
  return problems.slice(0, 5);
}

const NBSP = '\u00A0';
const TYPOGRAPHY = [
  [/[ \u00A0\u202F][?!;]/, 'space before ? ! or ;'],
  [/ :(?=\s|$)/, 'plain space before a colon, a non-breaking one is due'],
  // « Re: » opens the subject of an answer in every mail program.
  [/(?<!\bRe)(?<=[\p{L}\p{N})»]):(?=\s|$)/u, 'no space before a colon, a non-breaking one is due'],
  [/«(?!\u00A0)/, 'no non-breaking space after «'],
  [/(^|[^\u00A0])»/, 'no non-breaking space before »'],
  [/\d ?[%$](?![\p{L}\d])/u, 'no non-breaking space between a number and % or $'],
  [/\p{L}\((e|es|ne|nes|se|trice|rice)\)/u, 'feminine in brackets'],
];

/** French typography in one text, as written in Québec; exported so that letters can be checked with the same rules. */
export function frenchProblems(text) {
  const plain = text.replace(/[\t\r\n ]+/g, ' ').replace(/\b(https?|mailto|urn):\S*/g, 'URL');
  return TYPOGRAPHY.filter(([pattern]) => pattern.test(plain)).map(([pattern, rule]) => {
    const at = plain.search(pattern);
    return `${rule}: “…${plain.slice(Math.max(0, at - 30), at + 25).replaceAll(NBSP, '⍽')}…”`;
  });
}

/** French typography of what is read on the page: text by block, and the attributes that are read aloud. */
export async function typography(page) {
  const texts = await page.evaluate(() => {
    const inFrench = (element) => (element.closest('[lang]')?.lang ?? '').toLowerCase().startsWith('fr');
    const block = (element) => {
      let at = element;
      while (at.parentElement && getComputedStyle(at).display.startsWith('inline')) at = at.parentElement;
      return at;
    };
    const found = [document.title];
    let last = null;
    const isRead = (node) => node.nodeType === Node.TEXT_NODE || node.localName === 'br';
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (!isRead(node)) continue;
      if (node.localName === 'br') last = null;
      const parent = node.parentElement;
      if (!node.data?.trim() || parent.closest('script,style,noscript,code,pre,kbd,samp,textarea,[translate=no]') || !inFrench(parent)) continue;
      const here = block(parent);
      if (here === last) found[found.length - 1] += node.data;
      else found.push(node.data);
      last = here;
    }
    for (const name of ['aria-label', 'alt', 'title', 'placeholder']) {
      for (const element of document.querySelectorAll(`[${name}]`)) if (inFrench(element)) found.push(element.getAttribute(name));
    }
    return found;
  });
  return [...new Set(texts.flatMap((text) => frenchProblems(text.trim())))].slice(0, 8);
}

const validator = new HtmlValidate(
  new StaticConfigLoader(JSON.parse(fs.readFileSync(path.join(HERE, '.htmlvalidate.json'), 'utf8'))),
);

export async function htmlValidate(source) {
  const report = await validator.validateString(source);
  return report.results
    .flatMap((result) => result.messages)
    .map((message) => `html-validate ${message.ruleId} line ${message.line}: ${message.message}`)
    .slice(0, 5);
}

/**
 * The Nu checker over many sources in one Java process, style sheets included.
 * `pages` maps a name to a source; returns a map of the same names to their problems.
 */
export function nuChecker(pages, extension = 'html') {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'probite-vnu-'));
  const problems = new Map([...pages.keys()].map((name) => [name, []]));
  try {
    const names = [...pages.keys()];
    const files = names.map((name, index) => {
      const file = path.join(folder, `${index}.${extension}`);
      fs.writeFileSync(file, pages.get(name));
      return file;
    });
    // Short pages of names and numbers defeat the guess of the language; of a style sheet it warns at each variable.
    const options = ['--no-langdetect', '--format', 'json', '--stdout', ...(extension === 'css' ? ['--errors-only', '--css'] : ['--Werror'])];
    const run = spawnSync('java', ['-jar', VNU_JAR, ...options, ...files], { encoding: 'utf8', maxBuffer: 256 << 20 });
    if (run.error) throw run.error;
    let messages;
    try {
      ({ messages } = JSON.parse(run.stdout));
    } catch {
      throw new Error(`vnu did not answer in JSON: ${run.stdout.slice(0, 300)} ${run.stderr.slice(0, 300)}`);
    }
    for (const message of messages) {
      const name = names[Number(path.basename(message.url ?? '0', `.${extension}`))];
      problems.get(name)?.push(`vnu ${message.subType ?? message.type} line ${message.lastLine}: ${message.message}`);
    }
    if (run.status !== 0 && messages.length === 0) throw new Error(`vnu ended with ${run.status}: ${run.stderr.slice(0, 300)}`);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
  return problems;
}

/** Counts the bytes received by a page, headers included, always with an empty cache; `reset()` before each visit. */
export async function meter(page) {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.setCacheDisabled', { cacheDisabled: true });
  const count = { bytes: 0, requests: 0, reset: () => Object.assign(count, { bytes: 0, requests: 0 }) };
  session.on('Network.loadingFinished', (event) => {
    count.bytes += event.encodedDataLength;
    count.requests += 1;
  });
  return count;
}
