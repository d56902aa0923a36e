// Do the checks bite? Each is shown a page without a fault, then one with exactly its own.

import http from 'node:http';
import { Report, VIEWS, launch, newPage, newSession } from './lib.mjs';
import { axe, frenchProblems, htmlValidate, keyboard, meter, nuChecker, overflow, textResize, typography } from './page-checks.mjs';

const document = (body, css = '') => `<!DOCTYPE html>
<html lang="fr-CA">
<head><meta charset="utf-8"><title>Essai</title><meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,"><link rel="stylesheet" href="/style.css?${encodeURIComponent(css)}"></head>
<body><main><h1>Essai</h1>${body}</main></body></html>`;

const SOUND = document('<p>Valeur\u00a0: 45,00\u00a0$. «\u00a0Bien!\u00a0» <a href="/autre">Une page</a></p>', 'a:focus{outline:3px solid}');

// Each check, and a page with its fault.
const FAULTS = {
  axe: document('<p><img src="data:," width="1" height="1"></p>'),
  'axe dark': document('<p>Pâle</p>', '@media (prefers-color-scheme:dark){p{color:#333;background:#222}}'),
  overflow: document('<p>Large</p>', 'p{width:900px}'),
  'text resize': document('<p>Une ligne coupée quand on l’espace, car sa boîte ne grandit pas.</p>', 'p{overflow:hidden;height:1.2em;line-height:1.2}'),
  keyboard: document('<p><a href="/autre">Une page</a></p>', 'a:focus{outline:none}'),
  typography: document('<p>Êtes-vous certain ?</p>'),
  'html-validate': document('<p style="margin:0">Style</p>'),
  'nu checker': document('<p><b><i>Croisé</b></i></p>'),
  console: document('<script>throw new Error("cassé")</script>'),
  origins: document('<img src="http://example.invalid/point.gif" alt="">'),
};

const server = http.createServer((request, response) => {
  const { pathname, search } = new URL(request.url, 'http://localhost');
  if (pathname === '/style.css') {
    response.writeHead(200, { 'content-type': 'text/css' }).end(decodeURIComponent(search.slice(1)));
  } else {
    const name = decodeURIComponent(pathname.slice(1));
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(FAULTS[name] ?? SOUND);
  }
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const base = `http://127.0.0.1:${server.address().port}`;
const report = new Report();
const browser = await launch();

async function problemsOf(path, check) {
  const context = await newSession(browser, base);
  const page = await newPage(context);
  try {
    await page.goto(`/${encodeURIComponent(path)}`);
    const source = await page.received.text();
    switch (check) {
      case 'axe': return await axe(page);
      case 'axe dark':
        await page.emulateMedia({ colorScheme: 'dark' });
        return await axe(page, { colours: true });
      case 'overflow':
        await page.setViewportSize(VIEWS.phone);
        return await overflow(page);
      case 'text resize': return await textResize(page);
      case 'keyboard': return await keyboard(page);
      case 'typography': return await typography(page);
      case 'html-validate': return await htmlValidate(source);
      case 'nu checker': return nuChecker(new Map([['page', source]])).get('page');
      case 'console': return page.errors;
      case 'origins': return [...context.foreign];
      default: throw new Error(`no such check: ${check}`);
    }
  } finally {
    await context.close();
  }
}

try {
  for (const check of Object.keys(FAULTS)) {
    report.check(`${check} lets a sound page pass`, await problemsOf('', check));
    const found = await problemsOf(check, check);
    report.check(`${check} finds its fault`, found.length > 0 ? [] : ['it found none']);
  }
  const page = await newPage(await newSession(browser, base));
  const weight = await meter(page);
  await page.goto('/');
  report.check('the meter counts the page and its style sheet', weight.requests >= 2 && weight.bytes > 400 ? [] : [JSON.stringify(weight)]);
} finally {
  await browser.close();
  server.close();
}

for (const text of ['Nom : Anne', 'Nom: Anne', '« oui »', '«\u00a0oui »', '5 %', '5%', '12 $', 'Vraiment ?', 'Oui\u00a0!', 'un(e) employé(e)']) {
  report.check(`French typography refuses “${text}”`, frenchProblems(text).length > 0 ? [] : ['it let it pass']);
}
for (const text of ['Nom\u00a0: Anne', '«\u00a0oui\u00a0»', '1\u00a0234,56\u00a0$', 'Vraiment? Oui! Bien; merci.', 'à 14:30, voir https://exemple.test/a: suite', 'article 12 (e)']) {
  report.check(`French typography accepts “${text}”`, frenchProblems(text));
}
report.finish('checks of the checks');
