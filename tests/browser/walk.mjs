// Walks through the product as people do, once with JavaScript and once without.
//
//   node walk.mjs BASE [--js on|off] [--only words of a scenario's name] [--automatic]
//
// `--automatic` tells also what needs a server where rules may decide (PROBITE__AUTOMATIC__ENABLED=true).

import { Report, parseArguments } from './lib.mjs';
import { runScenarios, scenario } from './story.mjs';

const options = parseArguments(process.argv.slice(2), ['automatic']);
const BASE = options._[0]?.replace(/\/$/, '');
if (!BASE) {
  console.error('usage: node walk.mjs BASE [--js on|off] [--only words] [--automatic]');
  process.exit(2);
}

const MAILBOX = '/demo/courriels';
const CAMPAIGN = /Déclaration annuelle .+, d.ici le/;
const REFERENCE = /[A-Z]{3}-\d{4}-\d{6}/;
const expect = (condition, sentence) => {
  if (!condition) throw new Error(sentence);
};

scenario('a stranger who opens a declaration is asked to sign in', async (story) => {
  const stranger = await story.as(null);
  await stranger.open('/mes-declarations');
  await stranger.expectText('Mot de passe');
  await stranger.expectNoText(REFERENCE);
});

scenario('an employee declares a gift', async (story) => {
  const employee = await story.as('employee');
  await employee.open('/declarer');
  await employee.audit('what to declare');
  await employee.follow(/On m.a offert/);
  await employee.press(/^Commencer/);
  const pages = await employee.answerUntil(/^Vérifiez/, [
    [/Type › (Cadeau|Objet)/i, true],
    [/Nom de l.entreprise/i, 'Nordique Fictive inc.'],
    [/Numéro d.entreprise/i, '1199887766'],
    [/contrat.*› Non/i, true],
    [/Date de l.offre|quand/i, '2026-11-20'],
    [/› Je l.ai reçu le jour même/i, true],
    [/gestionnaire.*› Non/i, true],
    [/montant.*› (Prix affiché|Facture)/i, true],
    [/valeur/i, '25,00'],
    [/décri/i, 'Une boîte de chocolats remise à la fin d’une réunion.'],
    [/› (Je voudrais le garder|Le garder|Partagé|Le partager)/i, true],
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

scenario('nothing to declare takes two clicks and an attestation', async (story) => {
  const employee = await story.as('employee');
  await employee.open('/');
  // What the campaign asks of everybody is gone once it is answered.
  await employee.expectText(CAMPAIGN);
  await employee.audit('the first page during a campaign');
  employee.clicks = 0;
  await employee.press(/rien à déclarer/i);
  await employee.choose(/J.atteste/);
  await employee.press(/^Envoyer/);
  await employee.expectText(/INT-\d{4}-\d{6}/);
  expect(employee.clicks <= 3, `two clicks and the attestation, not ${employee.clicks}`);
  await employee.open('/');
  await employee.expectNoText(CAMPAIGN);
});

scenario('a form left empty says what is missing and loses nothing', async (story) => {
  const employee = await story.as('employee');
  await employee.open('/declarer');
  await employee.follow(/On m.a offert/);
  await employee.press(/^Commencer/);
  await employee.fill(/Décri/i, 'Un carnet et un crayon');
  await employee.press(/^Continuer/);
  await employee.expectErrors(/./);
  await employee.audit('a question left empty');
  expect(await employee.page.getByLabel(/Décri/i).inputValue() === 'Un carnet et un crayon', 'what was typed is still there');
});

scenario('the supervisor decides from the letter', async (story) => {
  expect(story.memory.gift, 'no gift was declared before');
  const supervisor = await story.as('supervisor');
  await supervisor.open(MAILBOX);
  await supervisor.audit('the mailbox');
  await supervisor.follow(new RegExp(`À décider.*${story.memory.gift}`));
  await supervisor.follow(new RegExp(`/d/${story.memory.gift}`));
  await supervisor.audit('decision');
  await supervisor.shot('decision');
  // The form as it opens decides nothing: a scanner of links may well send it.
  await supervisor.press(/^Enregistrer ma décision/);
  await supervisor.expectErrors(/./);
  await supervisor.choose(/^Accepter$/);
  await supervisor.press(/^Enregistrer ma décision/);
  await supervisor.expectText(/Votre décision est enregistrée/);
  await supervisor.shot('decision-recorded');
  await supervisor.open('/a-traiter');
  await supervisor.expectNoText(story.memory.gift);
});

scenario('the ethics officer finds the gift in the register', async (story) => {
  expect(story.memory.gift, 'no gift was declared before');
  const officer = await story.as('ethics_officer');
  await officer.open(`/registre?q=${story.memory.gift}`);
  await officer.audit('the register');
  await officer.expectText(story.memory.gift);
  await officer.follow(new RegExp(`^${story.memory.gift}$`));
  await officer.audit('declaration, for the ethics officer');
  await officer.expectText('Chronologie');
});

scenario('the ethics officer gives an opinion on a file of her queue', async (story) => {
  const officer = await story.as('ethics_officer');
  await officer.open('/a-traiter?bureau=ethics_officer');
  await officer.audit('the queue of the ethics office');
  await officer.click(officer.page.locator('tbody th a').first());
  await officer.click(officer.page.getByText('Donner un avis', { exact: true }));
  await officer.fill(/Avis et recommandations/i, 'La situation est claire : la personne se retire du dossier d’achat.');
  await officer.press(/^Renvoyer avec mon avis/);
  await officer.expectText(/Votre avis est joint au dossier/);
});

scenario('the auditor downloads the audit report', async (story) => {
  const auditor = await story.as('auditor');
  await auditor.open('/rapports?du=2026-04-01&au=2026-11-30');
  await auditor.audit('reports');
  const register = await auditor.download(/CSV/);
  expect(register.bytes.subarray(0, 3).equals(Buffer.from([0xef, 0xbb, 0xbf])), `${register.name} has no byte order mark`);
  const pdf = await auditor.download(/PDF/);
  expect(pdf.bytes.subarray(0, 5).toString() === '%PDF-', `${pdf.name} is not a PDF`);
});

await import('./procedures.mjs');
await import('./forms.mjs');
await import('./trust.mjs');

const report = new Report();
const started = Date.now();
for (const js of { on: [true], off: [false] }[options.js] ?? [true, false]) {
  await runScenarios(BASE, report, { js, only: options.only });
}
report.finish(`walk: ${((Date.now() - started) / 1000).toFixed(0)} s`);
