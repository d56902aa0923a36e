// The procedures beside the main job, each as the people concerned go through it: advice, concerns, measures, showcases,
// comments, comparison, renewal, several decisions at once, absences, companies, notices of the contract rules officer.

import fs from 'node:fs';

import { scenario } from './story.mjs';

const REFERENCE = /[A-Z]{3}-\d{4}-\d{6}/;
const expect = (condition, sentence) => {
  if (!condition) throw new Error(sentence);
};
/** A day ahead, as forms take it: in Québec, where it is not tomorrow yet when it is in UTC. */
const quebecDay = new Intl.DateTimeFormat('en-CA', { timeZone: 'America/Toronto', dateStyle: 'short' });
const inDays = (days) => quebecDay.format(new Date(Date.now() + days * 86_400_000));

async function attestAndSend(visitor) {
  await visitor.choose(/J.atteste/);
  await visitor.press(/^Envoyer/);
  return visitor.read(REFERENCE);
}

scenario('an employee asks for advice, which only the ethics officer reads and answers', async (story) => {
  const employee = await story.as('employee');
  await employee.open('/declarer');
  await employee.follow(/J.hésite et je veux un avis/);
  await employee.audit('before a request for advice');
  await employee.press(/^Commencer/);
  await employee.answerUntil(/^Vérifiez/, [
    [/Sujet/, 'Conférence payée par un fournisseur'],
    [/Votre question/, 'Puis-je accepter que le fournisseur paie mon hébergement pour y parler?'],
    [/Contexte/, 'Le fournisseur a un contrat de soutien jusqu’en mars.'],
    [/› Dans le délai habituel/, true],
    [/› Entre la personne responsable de l.éthique et moi/, true],
  ]);
  story.memory.advice = await attestAndSend(employee);

  const officer = await story.as('ethics_officer');
  await officer.open('/confidentiel');
  await officer.audit('confidential files');
  await officer.open(`/conseils/${story.memory.advice}/rediger`);
  await officer.audit('writing an opinion');
  await officer.press(/^Rendre l.avis/);
  await officer.expectErrors(/./);
  await officer.fill(/^Faits/, 'Conférence à Québec; le fournisseur offre l’hébergement.');
  await officer.fill(/^Normes/, 'Politique, section 5, événements.');
  await officer.fill(/^Analyse/, 'L’offre vient d’une entreprise sous contrat.');
  await officer.fill(/^Recommandation/, 'Refuser l’hébergement; donner la conférence aux frais du Ministère.');
  // Each precedent that looks like the question is answered for.
  for (const way of await officer.page.getByRole('radio', { name: /porte sur autre chose/ }).all()) await way.check({ force: true });
  await officer.press(/^Rendre l.avis/);
  await officer.expectText(/Refuser l.hébergement/);

  await employee.open(`/d/${story.memory.advice}`);
  await employee.expectText(/Refuser l.hébergement/);
  await employee.follow(/reçu à imprimer/);
  await employee.audit('receipt of an opinion');
  await employee.shot('advice-receipt');

  const supervisor = await story.as('supervisor');
  const response = await supervisor.page.goto(`/d/${story.memory.advice}`);
  expect(response.status() === 404, `for the supervisor it does not exist, not ${response.status()}`);
});

scenario('before a concern the outside channel is shown, and a draft given up leaves nothing', async (story) => {
  const employee = await story.as('employee');
  await employee.open('/declarer');
  await employee.follow(/Une situation au travail me préoccupe/);
  await employee.expectText(/Protecteur du citoyen/);
  await employee.audit('before a concern');
  await employee.shot('concern-before');
  await employee.press(/^Commencer/);
  await employee.fill(/Description/, 'Un fournisseur semble connaître les critères avant les autres.');
  await employee.press(/^Continuer/);
  // Named as involved, the supervisor is no longer a choice.
  await employee.answerUntil(/^À qui/, [
    [/gestionnaire.*› Oui/, true],
    [/en cause la personne responsable.*› Non/, true],
  ]);
  expect((await employee.page.getByRole('radio', { name: /gestionnaire/ }).count()) === 0, 'the supervisor can still be chosen');
  await employee.audit('whom a concern goes to');
  const draft = new URL(employee.page.url()).pathname.split('/')[2];
  await employee.click(employee.page.getByText('Supprimer ce brouillon', { exact: true }));
  await employee.press(/^Oui, supprimer/);
  const gone = await employee.page.goto(`/brouillons/${draft}`);
  expect(gone.status() === 404, `a draft given up answers 404, not ${gone.status()}`);
});

scenario('a voluntary declaration is answered, and its person consents to an ordinary one', async (story) => {
  const employee = await story.as('employee');
  await employee.open('/declarer/voluntary_declaration');
  await employee.press(/^Commencer/);
  await employee.answerUntil(/^Vérifiez/, [
    [/La situation/, 'J’ai gardé un panier offert au printemps sans le déclarer.'],
    [/Démarches/, 'Aucune.'],
    [/Aide souhaitée/, 'Comment régulariser?'],
    [/› Oui, préparez une déclaration de cadeau/, true],
  ]);
  const reference = await attestAndSend(employee);
  const officer = await story.as('ethics_officer');
  await officer.open(`/d/${reference}`);
  await officer.audit('a voluntary declaration');
  await officer.choose(/^Proposer une déclaration ordinaire/);
  await officer.fill(/Motifs/, 'Déclarez le panier : la règle des cadeaux s’applique.');
  await officer.press(/^Enregistrer ma décision/);
  await officer.expectText(/Votre décision est enregistrée/);
  await employee.open(`/brouillons/${reference}`);
  await employee.audit('consent to an ordinary declaration');
  await employee.answerUntil(/^Vérifiez/, [[/› Oui, préparez une déclaration de cadeau/, true]]);
  await employee.choose(/J.atteste/);
  await employee.press(/^Envoyer/);
  await employee.expectText(/^Oui, préparez une déclaration de cadeau$/);
});

scenario('what a decision asks is proved by its owner and verified by the supervisor', async (story) => {
  const employee = await story.as('employee');
  await employee.open('/mesures');
  await employee.audit('my measures');
  await employee.click(employee.page.locator('main tbody a, main ul a[href^="/mesures/"]').first());
  await employee.audit('a measure');
  const measure = new URL(employee.page.url()).pathname;
  await employee.press(/^Envoyer la preuve/);
  await employee.expectErrors(/./);
  await employee.fill(/Ce qui montre/, 'Mon collègue traite ces dossiers depuis lundi; j’ai retiré mes accès.');
  await employee.press(/^Envoyer la preuve/);
  await employee.expectText(/^À vérifier$/);

  const supervisor = await story.as('supervisor');
  await supervisor.open(measure);
  await supervisor.audit('a measure to verify');
  await supervisor.choose(/^Oui, la mesure est vérifiée/);
  await supervisor.press(/^Enregistrer ma réponse/);
  await supervisor.expectText(/Vérifiée/);
});

scenario('a comment is written for the readers named, and answered', async (story) => {
  const supervisor = await story.as('supervisor');
  await supervisor.open('/a-traiter');
  await supervisor.click(supervisor.page.locator('tbody th a').first());
  const file = new URL(supervisor.page.url()).pathname;
  await supervisor.follow(/Écrire un commentaire/);
  await supervisor.audit('writing a comment');
  await supervisor.fill(/Votre texte/, 'Qui d’autre était présent à cette rencontre?');
  await supervisor.choose(/^Ces personnes et la personne déclarante/);
  await supervisor.press(/^Envoyer/);
  await supervisor.expectText(/Qui d.autre était présent à cette rencontre/);
  const officer = await story.as('ethics_officer');
  await officer.open(file);
  await officer.expectText(/Qui d.autre était présent à cette rencontre/);
});

scenario('two versions are read side by side', async (story) => {
  const officer = await story.as('ethics_officer');
  await officer.open('/registre?type=gift_declaration');
  for (const href of await officer.page.locator('tbody th a').evaluateAll((links) => links.map((link) => link.getAttribute('href')))) {
    await officer.open(href);
    if ((await officer.page.getByRole('link', { name: /Comparer les versions/ }).count()) > 0) break;
  }
  await officer.follow(/Comparer les versions/);
  await officer.audit('two versions');
  await officer.shot('versions');
  await officer.follow(/Montrer toutes les réponses/);
  await officer.expectText(/Inchangée/);
});

scenario('several files are decided at once, those with a point to check cannot be chosen, and it can be undone', async (story) => {
  const supervisor = await story.as('supervisor');
  await supervisor.open('/a-traiter');
  const checked = supervisor.page.locator('tbody tr', { hasText: 'À vérifier' });
  expect((await checked.count()) > 0, 'a file has a point to check');
  expect((await checked.locator('input[type=checkbox]').count()) === 0, 'and cannot be chosen');
  const boxes = supervisor.page.locator('main input[type=checkbox]');
  for (let index = 0; index < (await boxes.count()); index += 1) await boxes.nth(index).check({ force: true });
  await supervisor.press(/^Décider la sélection/);
  await supervisor.audit('several files at once');
  await supervisor.shot('batch');
  const choices = supervisor.page.locator('main input[type=radio]');
  const names = [...new Set(await choices.evaluateAll((all) => all.map((one) => one.name)))];
  for (const name of names) await supervisor.page.locator(`main input[type=radio][name="${name}"]`).first().check({ force: true });
  await supervisor.press(/^Enregistrer ces décisions/);
  await supervisor.audit('decided at once');
  await supervisor.press(/^Annuler ces décisions/);
  await supervisor.expectText(/annulées/);
});

scenario('interests of last year come back as cards', async (story) => {
  const employee = await story.as('employee');
  await employee.open('/annuelle');
  await employee.audit('the yearly renewal');
  expect((await employee.page.locator('input[type=radio]:checked').count()) === 0, 'nothing is preset');
  await employee.press(/^(Confirmer|Envoyer|Transmettre)/);
  await employee.expectErrors(/./);
  await employee.audit('a renewal with nothing said');
});

scenario('the CIO plans a showcase, invites a firm, and staff register', async (story) => {
  const cio = await story.as('cio');
  await cio.open('/evenements');
  await cio.audit('the calendar');
  await cio.follow(/Planifier.*Vitrine technologique$/);
  await cio.audit('planning a showcase');
  await cio.press(/^Planifier/);
  await cio.expectErrors(/./);
  const title = `Relève après sinistre, ${story.js ? 'matin' : 'soir'}`;
  await cio.fill(/^Titre/, title);
  await cio.fill(/^Thème/, 'Reprise des services en moins d’une heure');
  await cio.fill(/^Date(?! prévue)/, inDays(20));
  await cio.fill(/^Heure de début/, '13:30');
  await cio.fill(/^Durée/, '90');
  await cio.fill(/^Critères/, 'Toute entreprise qui offre une relève au Québec; annoncé sur l’intranet.');
  for (const [question, answer] of [[/Plateforme/, /Teams|ligne|visio/i], [/Ouverte à d.autres/, /^Non/], [/Où en est le besoin/, /^Exploration/], [/appel d.offres est-il prévu/, /^Non/]]) {
    const group = cio.page.getByRole('group', { name: question });
    if ((await group.count()) > 0) await group.getByRole('radio', { name: answer }).first().check({ force: true });
    else if ((await cio.page.getByLabel(question).count()) > 0) await cio.page.getByLabel(question).first().fill('Teams');
  }
  await cio.press(/^Planifier/);
  await cio.expectText(/planifiée|registre d.équité/i);
  await cio.audit('a showcase, or its ledger');
  const reference = new URL(cio.page.url()).pathname.split('/')[2];
  await cio.open(`/evenements/${reference}/registre`);
  await cio.audit('the fairness ledger');
  await cio.shot('ledger');

  const employee = await story.as('employee');
  await employee.open(`/evenements/${reference}`);
  await employee.audit('a showcase');
  await employee.shot('showcase');
  await employee.press(/^M.inscrire/);
  await employee.expectText(/Vous avez une place|Laisser ma place/);
  await employee.press(/^Laisser ma place/);
});

scenario('a company page holds what its reader may read, as a list and as a graph', async (story) => {
  const officer = await story.as('ethics_officer');
  await officer.open('/entreprises');
  await officer.fill(/Nom|Rechercher/, 'nordik');
  await officer.press(/^(Chercher|Rechercher|Trouver)/);
  await officer.click(officer.page.locator('tbody th a').first());
  await officer.audit('a company');
  expect((await officer.page.locator('main svg').count()) > 0, 'there is a graph');
  await officer.shot('company');
});

scenario('the contract rules officer informs the general secretariat', async (story) => {
  const monitor = await story.as('contract_monitor');
  await monitor.open('/declarer/rarc_notice');
  await monitor.press(/^Commencer/);
  await monitor.answerUntil(/^Vérifiez/, [
    [/Objet/, 'Soumissions trop semblables'],
    [/Faits/, 'Trois soumissions ont les mêmes fautes de frappe.'],
    [/Date de connaissance/, inDays(-2)],
    [/Numéro du contrat/, 'C-2026-044'],
    [/Mesures prises/, 'Analyse suspendue.'],
    [/question pour la personne responsable.*› Non/, true],
  ]);
  const reference = await attestAndSend(monitor);
  const secretary = await story.as('secretary_general');
  await secretary.open(`/d/${reference}`);
  await secretary.audit('a notice');
  await secretary.choose(/^Prendre acte/);
  await secretary.press(/^Enregistrer ma décision/);
  await secretary.expectText(/Votre décision est enregistrée/);
});

scenario('a decision taken outside is recorded by the general secretariat', async (story) => {
  const secretary = await story.as('secretary_general');
  await secretary.open('/a-traiter?vue=a-inscrire');
  await secretary.audit('to be recorded');
  await secretary.click(secretary.page.locator('tbody th a').first());
  await secretary.audit('a file decided outside');
  await secretary.shot('outside');
  await secretary.press(/^Inscrire cette décision/);
  await secretary.expectErrors(/./);
  await secretary.page.getByRole('group', { name: /Ce qui est décidé/ }).getByRole('radio').first().check({ force: true });
  await secretary.fill(/Qui a décidé/, 'Secrétariat général du Conseil exécutif');
  await secretary.fill(/Date de la décision/, inDays(0));
  await secretary.fill(/Référence du document/, 'SG-2026-118');
  await secretary.fill(/^Motifs/, 'Selon le document reçu.');
  await secretary.press(/^Inscrire cette décision/);
  await secretary.expectText(/SG-2026-118/);
});

scenario('an absence is announced and ended', async (story) => {
  const supervisor = await story.as('supervisor');
  await supervisor.open('/absences');
  await supervisor.audit('absences');
  // From today on, files would change hands: the page says so first, and nothing is done.
  await supervisor.press(/^Inscrire l.absence$/);
  await supervisor.expectText(/change(nt)? de mains aujourd.hui/);
  await supervisor.audit('an absence to confirm');
  const [from, until] = story.js ? [inDays(40), inDays(44)] : [inDays(50), inDays(54)];
  await supervisor.fill(/Premier jour/, from);
  await supervisor.fill(/Dernier jour/, until);
  await supervisor.press(/^Inscrire l.absence$/);
  await supervisor.expectText(/Prévue/);
  await supervisor.audit('an absence announced');
  await supervisor.press(/Mettre fin/);
  await supervisor.expectText(/Annulée|Terminée/);
});

scenario('rules are read, tried on a file, and changed by two people after a replay', async (story) => {
  const officer = await story.as('ethics_officer');
  await officer.open('/regles');
  await officer.audit('the rules in force');
  await officer.shot('rules');
  await officer.press(/^Proposer un changement/);
  await officer.expectText(/La proposition est ouverte/);
  const value = /Valeur d.un cadeau qui mérite attention/;
  await officer.fill(value, 'beaucoup');
  await officer.press(/^Enregistrer$/);
  await officer.expectErrors(/./);
  await officer.audit('a proposal with an error');
  // Another value each time: a file that was adopted before is nothing new.
  await officer.fill(value, (20 + Math.floor(Math.random() * 2500) / 100).toFixed(2).replace('.', ','));
  await officer.fill(/^Pourquoi ce changement/, 'Aligner le repère sur l’usage.');
  await officer.press(/^Enregistrer$/);
  await officer.expectText(/La proposition est enregistrée/);
  await officer.audit('a proposal');
  await officer.shot('rules-proposal');
  await officer.follow(/^Rejouer sur le passé/);
  await officer.expectText(/Déclarations regardées/);
  await officer.audit('a replay');
  await officer.shot('rules-replay');
  await officer.follow(/^Retour à la proposition/);
  await officer.press(/^Soumettre la proposition/);
  await officer.expectText(/La proposition est soumise/);
  const address = new URL(officer.page.url()).pathname;
  const general = await story.as('secretary_general');
  await general.open(address);
  await general.audit('a proposal to adopt');
  await general.press(/^Adopter/);
  await general.expectText(/La proposition est adoptée/);
  await officer.open('/regles/versions');
  await officer.audit('versions of the rules');
  // A flagged file: no rule looks at a notice, which is what the walk before leaves at the top of the register.
  await officer.open('/registre?signalees=1');
  await officer.click(officer.page.locator('tbody th a').first());
  const reference = (await officer.page.locator('.reference').first().textContent()).trim();
  await officer.open(`/regles/essai?dossier=${reference}`);
  await officer.expectText(/Ce qu.elle a vu/);
  await officer.audit('rules tried on a file');
  await officer.shot('rules-try');
});

scenario('somebody looks a company up before meeting it, and declares the meeting with it', async (story) => {
  const employee = await story.as('employee');
  await employee.open('/');
  await employee.follow(/^Vous allez rencontrer une entreprise/);
  await employee.audit('before a meeting');
  await employee.press(/^Vérifier$/);
  await employee.expectErrors(/./);
  await employee.fill(/Nom de l.entreprise/i, 'Firme inconnue');
  await employee.choose(/^Suivre un contrat/);
  await employee.press(/^Vérifier$/);
  await employee.expectText(/Prudence avec Firme inconnue/);
  await employee.audit('a verdict before a meeting');
  await employee.shot('meeting');
  await employee.press(/^Commencer la déclaration/);
  await employee.expectHeading(/^Comment l.échange/);
});

scenario('the ethics officer sees what is new about a company, and answers', async (story) => {
  const officer = await story.as('ethics_officer');
  await officer.open('/recoupements');
  await officer.audit('cross-checks');
  await officer.shot('crosschecks');
  await officer.click(officer.page.locator('tbody th a').first());
  await officer.expectText(/Du nouveau sur l.entreprise depuis la déclaration/);
  await officer.audit('a file with a cross-check');
  await officer.shot('crosscheck');
  const form = officer.page.locator('form[action*="/recoupements/"]').first();
  await form.locator('textarea').fill('Le contrat est suivi par une autre équipe.');
  await officer.click(form.getByRole('button').first());
  await officer.expectText(/Votre réponse est au dossier/);
});

scenario('a contract committee is checked, and the sheet says never why', async (story) => {
  const monitor = await story.as('contract_monitor');
  await monitor.open('/verifications');
  await monitor.audit('clearances');
  await monitor.follow(/^Nouvelle vérification/);
  await monitor.press(/^Vérifier/);
  await monitor.expectErrors(/./);
  await monitor.fill(/^Objet de la vérification/, 'Comité de sélection, téléphonie');
  await monitor.fill(/^Entreprises/, 'Nordik Infonuagique inc.');
  await monitor.fill(/^Personnes du comité/, '200001\nPersonne Introuvable');
  await monitor.press(/^Vérifier/);
  await monitor.expectErrors(/Personne Introuvable/);
  await monitor.audit('a roster with a line in doubt');
  await monitor.shot('clearance-doubt');
  await monitor.fill(/^Personnes du comité/, '200001\n200002');
  await monitor.press(/^Vérifier/);
  await monitor.expectText(/La feuille est faite/);
  await monitor.expectText(/Elle concorde avec le journal/);
  await monitor.audit('a clearance sheet');
  await monitor.shot('clearance-sheet');
  const address = new URL(monitor.page.url()).pathname;
  const officer = await story.as('ethics_officer');
  await officer.open(address);
  await officer.follow(/^Voir les motifs/);
  await officer.audit('the reasons of a sheet');
  await officer.shot('clearance-reasons');
  const employee = await story.as('employee');
  await employee.open('/mes-declarations');
  await employee.follow(/^Vérifications qui me concernent/);
  await employee.expectText(/Comité de sélection, téléphonie/);
  await employee.audit('checks about oneself');
  await employee.shot('clearance-mine');
});

scenario('what was expected is put beside what was declared, small numbers left out', async (story) => {
  const auditor = await story.as('auditor');
  await auditor.open('/rapports');
  await auditor.follow(/^Attendu et déclaré/);
  await auditor.expectText(/masqué/);
  await auditor.audit('expected and declared');
  await auditor.shot('expected');
  const officer = await story.as('ethics_officer');
  await officer.open('/rapports/attendu');
  await officer.expectText(/aucun nombre n’est masqué/);
  await officer.follow(/^Voir qui relancer/);
  await officer.audit('whom to follow up');
  await officer.shot('follow-up');
});

scenario('each role reads the report of its own part', async (story) => {
  const period = `du=2026-04-01&au=${inDays(0)}`;
  for (const [persona, path, text] of [
    ['supervisor', 'equipe', /Les personnes qui relèvent de vous/],
    ['contract_monitor', 'contrats', /Dossiers liés à un contrat/],
    ['cio', 'vitrines', /Une vitrine à la fois/],
    ['secretary_general', 'vitrines', /moins de cinq/],
  ]) {
    const reader = await story.as(persona);
    await reader.open(`/rapports/${path}?${period}`);
    await reader.expectText(text);
    await reader.expectText(/Télécharger/);
    await reader.audit(`the report of ${persona}`);
    await reader.shot(`report-${path}-${persona}`);
  }
});

scenario('somebody contests a finding of their own file, and whoever handles it sees why', async (story) => {
  const employee = await story.as('employee');
  await employee.open('/declarer');
  await employee.follow(/On m.a offert/);
  await employee.press(/^Commencer/);
  await employee.answerUntil(/^Vérifiez/, [
    [/Type › Repas ou réception/i, true],
    [/Nom de l.entreprise/i, 'Nordique Fictive inc.'],
    [/Numéro d.entreprise/i, '1199887766'],
    [/contrat.*› Je ne sais pas/i, true],
    [/sous contrat.*› Je ne sais pas/i, true],
    [/Date de l.offre|quand/i, '2026-11-20'],
    [/› Je l.ai reçu le jour même/i, true],
    [/gestionnaire.*› Non/i, true],
    [/montant.*› (Prix affiché|Facture)/i, true],
    [/valeur/i, '25,00'],
    [/décri/i, 'Un repas à la fin d’une réunion.'],
    [/› (Je voudrais le garder|Le garder|Partagé|Le partager)/i, true],
  ]);
  const reference = await attestAndSend(employee);
  await employee.open(`/d/${reference}`);
  // Two clicks: the finding, then sending.
  await employee.click(employee.page.getByText('Contester ce constat', { exact: true }).first());
  await employee.audit('a finding to contest');
  await employee.page.locator('.finding__contest[open] textarea').fill('L’appel d’offres dont on parle n’est pas de notre direction.');
  await employee.press(/^Envoyer ma contestation/);
  await employee.expectText(/conteste ce constat/);
  await employee.shot('finding-contested');
  const supervisor = await story.as('supervisor');
  await supervisor.open(`/d/${reference}`);
  await supervisor.expectText(/La personne conteste ce constat/);
  await supervisor.expectText(/n.est pas de notre direction/);
});

scenario('a company is put in a group, and taken out of it', async (story) => {
  const officer = await story.as('ethics_officer');
  await officer.open('/entreprises');
  const companies = await officer.page.locator('main a[href^="/entreprises/"]').evaluateAll((links) =>
    links.map((link) => ({ href: link.getAttribute('href'), name: link.textContent.trim() })).filter(({ href }) => /^\/entreprises\/\d+$/.test(href)),
  );
  expect(companies.length >= 2, 'two companies are listed');
  const [member, head] = companies;
  await officer.open(member.href);
  await officer.follow(/^Rattacher à un groupe/);
  await officer.audit('a company to put in a group');
  await officer.fill(/^Nom ou NEQ de l.entreprise à la tête/, head.name);
  await officer.click(officer.page.locator('main form[method="get"] button'));
  await officer.audit('the group that was found');
  await officer.click(officer.page.locator('main .card form button').first());
  await officer.expectText(/L.entreprise est rattachée au groupe/);
  await officer.audit('a company of a group');
  await officer.shot('company-group');
  await officer.press(/^Retirer du groupe/);
  await officer.expectText(/^Rattacher à un groupe/);
});

scenario('whoever declared answers what is new about the company', async (story) => {
  const employee = await story.as('employee');
  await employee.open('/mes-declarations');
  const files = await employee.page.locator('main a[href^="/d/"]').evaluateAll((links) => links.map((link) => link.getAttribute('href')));
  const form = employee.page.locator('form[action*="/recoupements/"]').first();
  for (const href of files) {
    await employee.open(href);
    if ((await form.count()) > 0) break;
  }
  await employee.expectText(/Du nouveau sur l.entreprise depuis la déclaration/);
  await employee.audit('a cross-check to answer');
  await form.locator('textarea').fill('Je ne participe pas à ce contrat; mes réponses restent justes.');
  await employee.click(form.getByRole('button').first());
  await employee.expectText(/Votre réponse est au dossier/);
  await employee.expectText(/mes réponses restent justes/);
  await employee.shot('crosscheck-answered');
});

scenario('an auditor takes a report away with the signed proof of what it says', async (story) => {
  const auditor = await story.as('auditor');
  await auditor.open(`/rapports?du=2026-04-01&au=${inDays(0)}`);
  await auditor.audit('a report with its proof');
  const read = async (selector) => {
    const [file] = await Promise.all([
      auditor.page.waitForEvent('download', { timeout: 60_000 }),
      auditor.page.locator(selector).first().click(),
    ]);
    return JSON.parse(fs.readFileSync(await file.path(), 'utf8'));
  };
  const report = JSON.stringify(await read('a[href*="audit.json"]'));
  const proof = await read('a[href*="audit.preuve.json"]');
  // The last two: what was just taken away, and what the report says now. Earlier ones come before.
  const told = proof.entries.map((entry) => JSON.parse(entry.leaf).data.sha256).slice(-2);
  expect(told.length === 2 && told.every((hash) => report.includes(hash)), `the report carries ${told}`);
  expect(/^— /m.test(proof.checkpoint), 'the head is signed');
});

scenario('the yearly campaign is followed, closed, and another opened after a trial run', async (story) => {
  const supervisor = await story.as('supervisor');
  await supervisor.open('/campagnes/equipe');
  await supervisor.expectText(/Attendue/);
  await supervisor.audit('who of my team answered');

  const officer = await story.as('ethics_officer');
  await officer.open('/campagnes');
  await officer.audit('campaigns');
  await officer.click(officer.page.locator('tbody tr', { hasText: 'Ouverte' }).getByRole('link'));
  await officer.audit('how a campaign goes');
  await officer.click(officer.page.locator('main td a, main th a').first());
  await officer.expectText(/Réponses attendues/);
  await officer.audit('who of a unit has not answered');
  await officer.shot('campaign');
  await officer.press(/^Exclure cette personne/);
  await officer.expectErrors(/./);
  await officer.audit('nobody was named to leave out of a campaign');
  await officer.fill(/^Numéro de la personne/, '200010');
  await officer.fill(/^Motif/, 'Congé sans solde');
  await officer.press(/^Exclure cette personne/);
  await officer.expectText(/est exclue de la campagne/);
  await officer.expectText(/Congé sans solde/);
  await officer.audit('somebody is left out of a campaign');
  await officer.press(/^Inclure de nouveau/);
  await officer.expectText(/recevra le courriel/);
  await officer.press(/^Fermer la campagne/);
  await officer.expectText(/La campagne est fermée/);

  await officer.open('/campagnes');
  await officer.fill(/^Année/, story.js ? 'Reprise' : 'Deuxième reprise');
  await officer.press(/^Faire un essai à blanc/);
  await officer.expectErrors(/./);
  await officer.fill(/^Dernier jour pour répondre/, inDays(40));
  await officer.fill(/^Personnes à exclure de la campagne/, '999999 congé');
  await officer.press(/^Faire un essai à blanc/);
  await officer.expectErrors(/999999/);
  await officer.fill(/^Personnes à exclure de la campagne/, '200010 congé sans solde');
  await officer.press(/^Faire un essai à blanc/);
  await officer.expectText(/Rien n.est encore envoyé/);
  await officer.press(/^M.envoyer le premier courriel/);
  await officer.expectText(/essai vous est envoyé/);
  await officer.audit('a trial run');
  await officer.shot('campaign-trial');
  await officer.press(/^Ouvrir la campagne/);
  await officer.expectText(/La campagne est ouverte/);
});

scenario('people read who opened their declarations, and an unusual reading is explained', async (story) => {
  const employee = await story.as('employee');
  await employee.open('/mes-declarations');
  await employee.follow(/Qui a consulté mes déclarations/);
  await employee.audit('who read my declarations');
  await employee.shot('readings-mine');

  const officer = await story.as('ethics_officer');
  await officer.open('/lectures');
  await officer.audit('unusual readings');
  await officer.press(/^Inscrire l.explication/);
  await officer.expectErrors(/./);
  await officer.audit('an explanation without words');
  await officer.fill(/^Qu.est-ce qui explique/, 'Cette personne cherchait le dossier d’une collègue partie.');
  await officer.press(/^Inscrire l.explication/);
  await officer.expectText(/cherchait le dossier/);
  await officer.shot('readings-unusual');
});

scenario('a large export waits for a second person, who reads why', async (story) => {
  const officer = await story.as('ethics_officer');
  // What the walk before was given stays open for some hours: another filter is another export.
  await officer.open(`/registre/export.csv?du=2020-01-0${story.js ? 1 : 2}`);
  await officer.expectHeading(/deuxième personne/);
  await officer.audit('an export to ask for');
  await officer.press(/^Demander l.approbation/);
  await officer.expectErrors(/./);
  await officer.audit('an export without a reason');
  await officer.fill(/^Pourquoi/, 'Rapport annuel au comité d’audit.');
  await officer.press(/^Demander l.approbation/);
  await officer.expectText(/Une autre personne doit approuver/);
  await officer.audit('an act that waits');
  const act = new URL(officer.page.url()).pathname;

  const secretary = await story.as('secretary_general');
  await secretary.open('/actes');
  await secretary.audit('acts of two people');
  await secretary.open(act);
  await secretary.expectText('Rapport annuel au comité d’audit.');
  await secretary.audit('an act to approve');
  await secretary.shot('act-to-approve');
  await secretary.press(/^Approuver/);
  await secretary.expectText(/Approuvé, en vigueur/);

  await officer.open(act);
  await officer.audit('an act approved');
  const file = await officer.download(/Ouvrir ce qui est approuvé/);
  expect(file.bytes.subarray(0, 3).equals(Buffer.from([0xef, 0xbb, 0xbf])), `${file.name} has no byte order mark`);
});

scenario('a sealed file is asked for in an emergency, and refused', async (story) => {
  const secretary = await story.as('secretary_general');
  await secretary.open('/actes');
  await secretary.click(secretary.page.getByText('Lire un dossier confidentiel en urgence', { exact: true }).first());
  await secretary.fill(/^Numéro du dossier/, 'CAD-2026-000001');
  await secretary.press(/^Demander l.approbation/);
  await secretary.expectErrors(/./);
  await secretary.audit('an emergency reading with errors');
  await secretary.fill(/^Numéro du dossier/, 'AVI-2026-100001');
  await secretary.fill(/^Pourquoi/, 'La réponse est due demain.');
  await secretary.press(/^Demander l.approbation/);
  await secretary.expectText(/Une autre personne doit approuver/);
  const act = new URL(secretary.page.url()).pathname;

  const officer = await story.as('ethics_officer');
  await officer.open(act);
  await officer.click(officer.page.getByText('Refuser', { exact: true }).first());
  await officer.fill(/^Pourquoi refuser/, 'Je suis en service : écrivez-moi.');
  await officer.press(/^Refuser/);
  await officer.expectText(/Je suis en service/);
});

scenario('somebody signed in for long proves again who they are, and chooses a telephone', async (story) => {
  const officer = await story.as('ethics_officer');
  await officer.open('/confirmer?retour=/registre');
  await officer.audit('proving who one is');
  await officer.fill(/^Mot de passe/, 'une phrase au hasard');
  await officer.press(/^Confirmer$/);
  await officer.expectErrors(/./);
  await officer.audit('a wrong password');
  await officer.shot('confirm');
  await officer.press(/^Confirmer sans mot de passe/);
  await officer.expectHeading(/^Registre/);
  await officer.open('/preferences/code');
  await officer.audit('choosing a telephone');
  await officer.shot('telephone');
  await officer.fill(/^Code à six chiffres/, '000000');
  await officer.press(/^Activer le code/);
  await officer.expectErrors(/./);
});

scenario('what the schedule gives up is listed, destroyed by two people, and certified', async (story) => {
  const officer = await story.as('ethics_officer');
  await officer.open('/conservation');
  await officer.audit('the retention schedule');
  await officer.shot('retention');
  if ((await officer.page.getByRole('row', { name: /À examiner/ }).count()) === 0) {
    // The walk before destroyed what was due.
    await officer.follow(/^Liste du/);
    await officer.expectText(/Détruite/);
    const kept = JSON.parse((await officer.download(/certificat signé/)).bytes.toString());
    expect(kept.entries.length >= 2, 'the certificate has the files and the end');
    return;
  }
  // The calendar prepared the list of the year: before a hold, it is set aside.
  await officer.follow(/^Liste du/);
  await officer.audit('the list of the year');
  await officer.press(/^Mettre la liste de côté/);
  await officer.expectText(/Rien n.a été détruit/);
  await officer.fill(/^Numéro du dossier, de la personne/, 'XYZ-2026-000001');
  await officer.press(/^Placer le gel/);
  await officer.expectErrors(/./);
  await officer.audit('a hold with errors');
  await officer.fill(/^Numéro du dossier, de la personne/, '200001');
  await officer.fill(/^Motif/, 'Demande d’accès en cours.');
  await officer.press(/^Placer le gel/);
  await officer.expectText(/Tous les dossiers de/);
  await officer.audit('a hold in force');
  await officer.press(/^Préparer la liste/);
  await officer.expectText(/À examiner/);
  await officer.audit('a list to review');
  await officer.shot('retention-list');
  const list = new URL(officer.page.url()).pathname;
  await officer.fill(/^Pourquoi/, 'Calendrier de conservation.');
  await officer.press(/^Demander la destruction/);
  await officer.expectText(/Une autre personne doit approuver/);
  const act = new URL(officer.page.url()).pathname;

  const secretary = await story.as('secretary_general');
  await secretary.open(act);
  await secretary.press(/^Approuver/);
  await secretary.expectText(/Approuvé et fait/);

  const auditor = await story.as('auditor');
  await auditor.open(list);
  await auditor.expectText(/Détruite/);
  await auditor.audit('a list destroyed');
  await auditor.shot('retention-destroyed');
  const certificate = JSON.parse((await auditor.download(/certificat signé/)).bytes.toString());
  expect(certificate.entries.length >= 2, 'the certificate has the files and the end');
  // The same person may be held again by the next walk.
  await officer.open('/conservation');
  await officer.press(/^Lever/);
  await officer.expectText(/Aucun gel/);
});

scenario('an incident is recorded, then found to be serious', async (story) => {
  const officer = await story.as('ethics_officer');
  await officer.open('/incidents');
  await officer.audit('incidents');
  await officer.follow(/^Inscrire un incident/);
  await officer.audit('an incident to record');
  await officer.press(/^Inscrire$/);
  await officer.expectErrors(/./);
  await officer.audit('an incident with errors');
  await officer.fill(/^Renseignements visés/, 'Adresses de courriel de douze personnes.');
  await officer.fill(/^Circonstances/, 'Un courriel envoyé à une liste.');
  await officer.fill(/^Date ou période/, 'Le 18 novembre 2026');
  await officer.fill(/^Connu le/, '2026-11-20');
  await officer.fill(/^Nombre de personnes/, '12');
  await officer.fill(/^Ce qui fait croire/, 'Renseignements peu sensibles.');
  await officer.choose(/^Non$/);
  await officer.fill(/^Mesures prises/, 'Rappel du courriel.');
  await officer.press(/^Inscrire$/);
  await officer.expectText(/Inscrit par/);
  await officer.audit('an incident');
  await officer.follow(/^Corriger ou compléter/);
  await officer.choose(/^Oui$/);
  await officer.press(/^Inscrire$/);
  await officer.expectText(/un avis manque encore/);
  await officer.audit('a serious incident');
  await officer.shot('incident');
  await officer.open('/incidents');
  await officer.audit('incidents, one of them serious');
  await officer.shot('incidents');
});

// Off by default: `tests/run` turns it on where the scenarios are told.
if (process.argv.includes('--automatic')) {
  scenario('a rule decides what is of no risk, says what it saw, and gives way to a person', async (story) => {
    const employee = await story.as('employee');
    await employee.open('/declarer');
    await employee.follow(/On m.a offert/);
    await employee.press(/^Commencer/);
    await employee.answerUntil(/^Vérifiez/, [
      [/Type › (Cadeau|Objet)/i, true],
      // Who gave nothing in the scenarios before: a third gift of one donor asks for a person.
      [/Nom de l.entreprise/i, 'Parapluies Fictifs inc.'],
      [/Numéro d.entreprise/i, '1199887755'],
      [/contrat.*› Non/i, true],
      [/Date de l.offre|quand/i, inDays(-1)],
      [/› Je l.ai refusé/i, true],
      [/gestionnaire.*› Non/i, true],
      [/montant.*› (Prix affiché|Facture)/i, true],
      [/valeur/i, '10,00'],
      [/décri/i, 'Un parapluie, refusé sur place.'],
    ]);
    const reference = await attestAndSend(employee);
    await employee.open(`/d/${reference}`);
    await employee.expectText('Une règle a décidé');
    await employee.expectText(/art. 65.2/);
    await employee.audit('a file decided by a rule');
    await employee.shot('automatic');
    const supervisor = await story.as('supervisor');
    await supervisor.open(`/d/${reference}`);
    await supervisor.expectText('Une règle a décidé');
    await employee.fill(/Vos observations/, 'J’ai en fait gardé le parapluie.');
    await employee.press(/^Demander l.examen par une personne/);
    await employee.expectText(/Une personne examinera le dossier/);
    await employee.expectNoText('Une règle a décidé');
    await supervisor.open(`/d/${reference}`);
    await supervisor.expectText(/gardé le parapluie/);
    await supervisor.audit('a file that a person examines after a rule');
  });
}
