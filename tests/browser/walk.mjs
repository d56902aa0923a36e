// Walks through the product as people do, once with JavaScript and once without.
//
//   node walk.mjs BASE [--js on|off] [--only words of a scenario's name]

import { Report, parseArguments } from './lib.mjs';
import { runScenarios, scenario } from './story.mjs';

const options = parseArguments(process.argv.slice(2));
const BASE = options._[0]?.replace(/\/$/, '');
if (!BASE) {
  console.error('usage: node walk.mjs BASE [--js on|off] [--only words]');
  process.exit(2);
}

const MAILBOX = '/demo/courrier';
const REFERENCE = /[A-Z]{2,4}-\d{4}-\d{4,6}/;
const expect = (condition, sentence) => {
  if (!condition) throw new Error(sentence);
};

scenario('a stranger who opens a declaration is asked to sign in', async (story) => {
  const stranger = await story.as(null);
  await stranger.open('/mes-declarations');
  await stranger.expectNoText(REFERENCE);
});

scenario('an employee declares a gift', async (story) => {
  const employee = await story.as('employee');
  await employee.open('/declarer');
  await employee.audit('what to declare');
  await employee.follow(/On m.a offert/);
  const pages = await employee.answerUntil(/^Vérifiez/, [
    [/quand|date/i, '2026-11-03'],
    [/entreprise|organisme|donateur/i, 'Nordik Infonuagique inc.'],
    [/personne|nom/i, 'Marie Lavoie'],
    [/valeur|montant/i, '45,00'],
    [/décri|nature|quoi|cadeau/i, 'Un panier de produits du terroir, reçu au bureau après une réunion.'],
    [/› (Refusé|Je l.ai refusé|Je l.ai remis)/i, true],
    [/pourquoi|contexte|circonstance/i, 'Remis à la fin d’une rencontre de suivi.'],
  ]);
  expect(pages <= 6, `a simple gift takes at most 6 pages, this one took ${pages}`);
  await employee.audit('check answers');
  await employee.shot('gift-check-answers');
  await employee.choose(/J.atteste/);
  await employee.press(/^Envoyer/);
  await employee.audit('confirmation');
  story.memory.gift = await employee.read(REFERENCE);
  await employee.open('/mes-declarations');
  await employee.expectText(story.memory.gift);
});

scenario('a form left empty says what is missing and loses nothing', async (story) => {
  const employee = await story.as('employee');
  await employee.open('/declarer');
  await employee.follow(/On m.a offert/);
  await employee.press(/^Continuer/);
  await employee.expectErrors(/./);
  await employee.audit('a question left empty');
});

scenario('the supervisor decides from the letter', async (story) => {
  expect(story.memory.gift, 'no gift was declared before');
  const supervisor = await story.as('supervisor');
  await supervisor.open(MAILBOX);
  await supervisor.follow(new RegExp(`À approuver.*${story.memory.gift}`));
  await supervisor.follow(/Voir et décider/);
  supervisor.clicks = 0;
  await supervisor.audit('decision');
  // The form as it opens decides nothing: a scanner of links may well send it.
  await supervisor.press(/^Enregistrer ma décision/);
  await supervisor.expectErrors(/./);
  await supervisor.choose(/^Autoriser$/);
  await supervisor.press(/^Enregistrer ma décision/);
  await supervisor.shot('decision-recorded');
  await supervisor.open('/a-approuver');
  await supervisor.expectNoText(story.memory.gift);
});

scenario('the ethics officer finds the gift in the register and gives an opinion', async (story) => {
  expect(story.memory.gift, 'no gift was declared before');
  const officer = await story.as('ethics_officer');
  await officer.open(`/registre?q=${story.memory.gift}`);
  await officer.expectText(story.memory.gift);
  await officer.follow(new RegExp(story.memory.gift));
  await officer.audit('declaration, for the ethics officer');
  await officer.follow(/avis/i);
  await officer.fill(/avis|recommandation/i, 'Le cadeau est d’une valeur modeste et a été refusé. Aucune mesure n’est nécessaire.');
  await officer.press(/^Publier/);
  await officer.expectText(/Avis publié/);
});

scenario('the auditor downloads the audit report', async (story) => {
  const auditor = await story.as('auditor');
  await auditor.open('/rapports');
  await auditor.audit('reports');
  const register = await auditor.download(/CSV/);
  expect(register.bytes.subarray(0, 3).equals(Buffer.from([0xef, 0xbb, 0xbf])), `${register.name} has no byte order mark`);
  const pdf = await auditor.download(/PDF/);
  expect(pdf.bytes.subarray(0, 5).toString() === '%PDF-', `${pdf.name} is not a PDF`);
});

const report = new Report();
const started = Date.now();
for (const js of { on: [true], off: [false] }[options.js] ?? [true, false]) {
  await runScenarios(BASE, report, { js, only: options.only });
}
report.finish(`walk: ${((Date.now() - started) / 1000).toFixed(0)} s`);
