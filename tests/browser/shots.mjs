// Takes named screenshots into target/shots/, to be looked at by a person: the tools do not see everything.
//
//   node shots.mjs BASE                        the list below
//   node shots.mjs BASE list.json              a list of [persona, path, name, view]
//   node shots.mjs BASE employee /declarer x   one; a view may follow
//
// A view is desktop, phone, or a size such as 390x844; "-dark", "-en" and "-nojs" may be added to it.

import fs from 'node:fs';
import { VIEWS, launch, newPage, newSession, parseArguments, screenshot, signIn, switchLanguage } from './lib.mjs';

const LIST = [
  ['employee', '/', 'home', 'desktop'],
  ['employee', '/', 'home-phone', 'phone'],
  ['employee', '/', 'home-dark', 'desktop-dark'],
  ['employee', '/', 'home-en', 'desktop-en'],
  ['employee', '/declarer', 'declare', 'phone'],
  ['employee', '/mes-declarations', 'mine', 'desktop'],
  ['supervisor', '/a-traiter', 'inbox', 'desktop'],
  ['supervisor', '/a-traiter', 'inbox-phone', 'phone'],
  ['ethics_officer', '/registre', 'register', 'desktop'],
  ['ethics_officer', '/registre', 'register-phone', 'phone'],
  ['auditor', '/rapports', 'reports', 'desktop'],
];

const options = parseArguments(process.argv.slice(2));
const [base, first, ...rest] = options._;
if (!base) {
  console.error('usage: node shots.mjs BASE [list.json | persona path name [view]]');
  process.exit(2);
}
const list = !first ? LIST : first.endsWith('.json') ? JSON.parse(fs.readFileSync(first, 'utf8')) : [[first, ...rest]];

const browser = await launch();
try {
  for (const [persona, path, name, view = 'desktop'] of list) {
    const [size, ...modes] = view.split('-');
    const [width, height] = size.split('x').map(Number);
    const context = await newSession(browser, base.replace(/\/$/, ''), {
      view: VIEWS[size] ?? { width, height: height || 800 },
      dark: modes.includes('dark'),
      js: !modes.includes('nojs'),
    });
    try {
      const page = await newPage(context);
      if (persona && persona !== 'anonymous') await signIn(page, persona);
      const response = await page.goto(path);
      if (modes.includes('en')) await switchLanguage(page, 'en');
      console.log(`${response.status()} ${path} → ${await screenshot(page, name)}`);
    } catch (error) {
      console.log(`FAIL  ${name}: ${error.message.split('\n')[0]}`);
      process.exitCode = 1;
    } finally {
      await context.close();
    }
  }
} finally {
  await browser.close();
}
