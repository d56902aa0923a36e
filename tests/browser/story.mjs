// The words scenarios are told with. A scenario is a sentence and a function; its visitor reads and acts as a person
// does: by headings, labels and the names of buttons, never by selectors of ours.

import { VIEWS, clickThrough, launch, newPage, newSession, screenshot, signIn } from './lib.mjs';
import { axe, htmlValidate, overflow, typography } from './page-checks.mjs';

const scenarios = [];

/** Declares a scenario. Scenarios run in order and may hand things on through `story.memory`. */
export function scenario(name, tell) {
  scenarios.push({ name, tell });
}

/** Runs every scenario whose name contains `only`, with one setting of JavaScript. */
export async function runScenarios(base, report, { js, only = '' }) {
  const browser = await launch();
  const memory = {};
  const mode = js ? 'with JavaScript' : 'without JavaScript';
  try {
    for (const { name, tell } of scenarios.filter((one) => one.name.includes(only))) {
      const story = new Story(browser, base, report, { js, memory });
      const started = Date.now();
      try {
        await tell(story);
        report.ok(`${name}, ${mode} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
      } catch (error) {
        const shot = await story.photograph(`fail ${name} ${js ? 'js' : 'no-js'}`);
        report.fail(`${name}, ${mode}`, [error.message, `after: ${story.trail.slice(-6).join(' → ')}`, shot].filter(Boolean));
      }
      await story.close();
    }
  } finally {
    await browser.close();
  }
}

class Story {
  trail = [];
  #visitors = [];

  constructor(browser, base, report, { js, memory }) {
    Object.assign(this, { browser, base, report, js, memory });
  }

  /** A person at their own computer, signed in; `null` stays a stranger. */
  async as(persona, { view = 'desktop', language = 'fr', base = this.base } = {}) {
    const context = await newSession(this.browser, base, { js: this.js, view, language });
    const page = await newPage(context);
    const visitor = new Visitor(this, page, persona ?? 'stranger');
    this.#visitors.push(visitor);
    this.trail.push(`as ${visitor.name}`);
    if (persona) await signIn(page, persona);
    return visitor;
  }

  async photograph(name) {
    const visitor = this.#visitors.at(-1);
    return visitor ? screenshot(visitor.page, name).catch(() => null) : null;
  }

  async close() {
    for (const visitor of this.#visitors) await visitor.page.context().close();
  }
}

class Visitor {
  /** How many times this person clicked since the last `clicks = 0`. */
  clicks = 0;

  constructor(story, page, name) {
    Object.assign(this, { story, page, name });
  }

  #note(step) {
    this.story.trail.push(step);
  }

  get main() {
    return this.page.locator('main');
  }

  async open(path) {
    this.#note(`open ${path}`);
    const response = await this.page.goto(path);
    if (response && response.status() >= 400) throw new Error(`${path} answered HTTP ${response.status()}`);
  }

  /** Follows a link by its words. */
  async follow(words) {
    this.#note(`follow ${words}`);
    await this.#click(this.page.getByRole('link', { name: words }).first(), `link ${words}`);
  }

  /** Presses a button by its words. */
  async press(words) {
    this.#note(`press ${words}`);
    await this.#click(this.page.getByRole('button', { name: words }).first(), `button ${words}`);
  }

  /** Clicks what no words name: the first row of a table, the button of one form among many. */
  async click(target) {
    this.#note(`click ${target}`);
    await this.#click(target, `element ${target}`);
  }

  async #click(target, what) {
    // On a machine with more to do than cores, a page that answers is not yet a page whose every button is there.
    await target.waitFor({ state: 'attached', timeout: 5000 }).catch(async () => {
      throw new Error(`no ${what} on ${await this.whereabouts()}`);
    });
    this.clicks += 1;
    await clickThrough(this.page, target);
  }

  async fill(label, value) {
    this.#note(`fill ${label}`);
    const field = this.page.getByLabel(label).first();
    if ((await field.count()) === 0) throw new Error(`no field ${label} on ${await this.whereabouts()}`);
    if (await field.evaluate((element) => element.tagName === 'SELECT')) await field.selectOption({ label: value });
    else await field.fill(value);
  }

  /** Ticks a radio button or a box by its label. */
  async choose(label) {
    this.#note(`choose ${label}`);
    const box = this.page.getByRole('radio', { name: label }).or(this.page.getByRole('checkbox', { name: label })).first();
    if ((await box.count()) === 0) throw new Error(`no choice ${label} on ${await this.whereabouts()}`);
    this.clicks += 1;
    await box.check({ force: true });
  }

  async expectHeading(words) {
    const heading = this.page.getByRole('heading', { level: 1, name: words });
    await heading.first().waitFor({ timeout: 5000 }).catch(async () => {
      throw new Error(`expected the heading ${words}, on ${await this.whereabouts()}`);
    });
  }

  async expectText(words) {
    await this.main.getByText(words).first().waitFor({ timeout: 5000 }).catch(async () => {
      throw new Error(`expected to read ${words}, on ${await this.whereabouts()}`);
    });
  }

  async expectNoText(words) {
    if ((await this.main.getByText(words).count()) > 0) throw new Error(`did not expect to read ${words}, on ${await this.whereabouts()}`);
  }

  /** The error summary of a form, and its title as a screen reader announces it. */
  async expectErrors(words) {
    await this.expectText('Il y a un problème');
    await this.expectText(words);
    const title = await this.page.title();
    if (!/^(Erreur|Error)\b/.test(title)) throw new Error(`the title of a page in error must say so first: “${title}”`);
  }

  /** The first match of `pattern` in what is read on the page. */
  async read(pattern) {
    const text = ((await this.main.textContent()) ?? '').replace(/\s+/g, ' ');
    const found = text.match(pattern);
    if (!found) throw new Error(`nothing like ${pattern} on ${await this.whereabouts()}`);
    return found[1] ?? found[0];
  }

  /** Follows a link to a file and gives its bytes and its name. */
  async download(words) {
    this.#note(`download ${words}`);
    const link = this.page.getByRole('link', { name: words }).or(this.page.getByRole('button', { name: words })).first();
    if ((await link.count()) === 0) throw new Error(`no download ${words} on ${await this.whereabouts()}`);
    const [download] = await Promise.all([this.page.waitForEvent('download', { timeout: 120_000 }), link.click({ timeout: 120_000 })]);
    const chunks = [];
    for await (const chunk of await download.createReadStream()) chunks.push(chunk);
    return { name: download.suggestedFilename(), bytes: Buffer.concat(chunks) };
  }

  /**
   * Answers the questions of a form page after page, until the heading `last`. `answers` are pairs of a pattern, read
   * against “legend › label”, and a value: a text, or `true` for a radio button or a box. A question without an answer
   * is left alone, so that a form may ask less; the form itself says when it lacks one.
   */
  async answerUntil(last, answers, { button = /^(Continuer|Suivant|Continue)/, pages = 15 } = {}) {
    for (let count = 0; count < pages; count += 1) {
      const heading = ((await this.page.locator('h1').first().textContent()) ?? '').replace(/\s+/g, ' ').trim();
      if (last.test(heading)) return count;
      await this.audit(`question “${heading}”`);
      const controls = this.main.locator('form :is(input:not([type=hidden]), select, textarea)');
      for (let index = 0; index < (await controls.count()); index += 1) {
        const control = controls.nth(index);
        const { name, kind } = await control.evaluate((element) => {
          const clean = (text) => (text ?? '').replace(/\s+/g, ' ').trim();
          const legend = clean(element.closest('fieldset')?.querySelector('legend')?.textContent);
          const label = clean(element.labels?.[0]?.textContent) || clean(element.getAttribute('aria-label'));
          return { name: `${legend} › ${label}`, kind: element.tagName === 'SELECT' ? 'select' : element.type };
        });
        const answer = answers.find(([pattern]) => pattern.test(name));
        if (!answer || !(await control.isVisible())) continue;
        this.#note(`${name} = ${answer[1]}`);
        if (kind === 'radio' || kind === 'checkbox') await control.check({ force: true });
        else if (kind === 'select') await control.selectOption({ label: answer[1] });
        else if ((await control.inputValue()) === '') await control.fill(String(answer[1]));
      }
      const before = this.page.url();
      await this.press(button);
      const after = ((await this.page.locator('h1').first().textContent()) ?? '').replace(/\s+/g, ' ').trim();
      if (this.page.url() === before && after === heading) {
        const said = await this.page.locator('[role=alert]').allTextContents();
        throw new Error(`the form stays on “${heading}”: ${said.join(' ').replace(/\s+/g, ' ').slice(0, 300)}`);
      }
    }
    throw new Error(`${pages} pages answered and no heading like ${last}; now on ${await this.whereabouts()}`);
  }

  /** The checks of every page, on this one as it now stands (a form half filled, an error). Only with JavaScript. */
  async audit(name) {
    if (!this.story.js) return;
    const size = this.page.viewportSize();
    const checks = { axe: await axe(this.page), overflow: await overflow(this.page), typography: await typography(this.page) };
    const source = await this.page.received?.text().catch(() => null);
    if (source) checks['html-validate'] = await htmlValidate(source);
    await this.page.setViewportSize(VIEWS.phone);
    checks['reflow 320'] = await overflow(this.page);
    await this.page.setViewportSize(size);
    checks.console = this.page.errors.splice(0).filter((text) => !/status of 422/.test(text));
    this.story.report.checkAll(`${this.name}: ${name}`, checks);
  }

  async shot(name) {
    return screenshot(this.page, `${name}${this.story.js ? '' : '-no-js'}`);
  }

  async whereabouts() {
    const heading = await this.page.locator('h1').first().textContent({ timeout: 500 }).catch(() => 'no h1');
    return `${new URL(this.page.url()).pathname} “${(heading ?? '').replace(/\s+/g, ' ').trim()}”`;
  }
}
