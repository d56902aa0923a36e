// The forms as two people change them: read, edited, looked at, submitted, adopted.

import { scenario } from './story.mjs';

const expect = (condition, sentence) => {
  if (!condition) throw new Error(sentence);
};

scenario('a form is changed by the ethics officer, looked at, and adopted by somebody else', async (story) => {
  const officer = await story.as('ethics_officer');
  await officer.open('/formulaires');
  await officer.audit('the forms');
  await officer.shot('forms');
  await officer.follow(/^Cadeau, hospitalité ou avantage/);
  await officer.audit('a form as text');
  await officer.shot('form');
  await officer.press(/^Proposer un changement/);
  await officer.expectText(/La proposition est ouverte/);
  const address = new URL(officer.page.url()).pathname;

  // A page without its file: a word in both languages, and a question more.
  await officer.open(`${address}/pages/thing`);
  await officer.audit('a page of a form to change');
  await officer.shot('form-edit');
  await officer.page.locator('#title-fr').fill('');
  await officer.press(/^Enregistrer la page/);
  await officer.expectErrors(/./);
  await officer.audit('a page of a form with an error');
  await officer.page.locator('#title-fr').fill('Que vous a-t-on offert, et devant qui?');
  // Another question each time: what was adopted before is nothing new.
  const asked = `Qui était présent (${Math.floor(Math.random() * 1_000_000)})?`;
  await officer.page.locator('#new-label-fr').fill(asked);
  await officer.page.locator('#new-label-en').fill('Who was there?');
  await officer.press(/^Enregistrer la page/);
  await officer.expectText(/La proposition est enregistrée/);
  await officer.expectText(/^Question ajoutée/);
  await officer.audit('a proposal of a form');
  await officer.shot('form-proposal');

  // The file as text: refused with its line, and still there.
  const file = officer.page.locator('#document');
  const written = await file.inputValue();
  await file.fill(written.replace('id = "offered_on"', 'id = "jour_de_l_offre"'));
  await officer.press(/^Enregistrer le texte/);
  await officer.expectText(/Ligne \d+, colonne \d+/);
  await officer.audit('a proposal of a form with problems');
  await officer.shot('form-problems');
  expect((await file.inputValue()).includes('jour_de_l_offre'), 'what was typed is still there');
  await file.fill(written);
  await officer.press(/^Enregistrer le texte/);

  // As a person would see it, from the first page to the last.
  await officer.click(officer.page.locator(`a[href="${address}/apercu/debut"]`));
  await officer.expectText(/Aperçu d.un formulaire proposé/);
  await officer.audit('the first page in preview');
  await officer.follow(/^Commencer/);
  await officer.expectText(/Aperçu d.un formulaire proposé/);
  await officer.audit('a page in preview');
  await officer.shot('form-preview');
  await officer.press(/^Continuer/);
  await officer.expectErrors(/./);
  await officer.choose(/^Objet ou cadeau/);
  await officer.fill(/Décrivez-le/, 'Un livre');
  await officer.page.getByLabel(asked).fill('Toute l’équipe');
  await officer.press(/^Continuer/);
  await officer.expectHeading(/^Qui vous l.a offert/);
  await officer.open(`${address}/apercu/verifier`);
  await officer.audit('the check page in preview');
  await officer.shot('form-preview-check');
  await officer.press(/^Envoyer/);
  await officer.expectText(/Rien n.a été enregistré/);

  await officer.fill(/^Pourquoi ce changement/, 'Savoir qui a vu la scène.');
  await officer.press(/^Enregistrer$/);
  await officer.press(/^Soumettre la proposition/);
  await officer.expectText(/La proposition est soumise/);

  const general = await story.as('secretary_general', { view: 'phone' });
  await general.open(address);
  await general.audit('a form to adopt, on a phone');
  await general.shot('form-adopt-phone');
  await general.open(`${address}/apercu/thing`);
  await general.expectText(asked);
  await general.open(address);
  await general.press(/^Adopter/);
  await general.expectText(/La proposition est adoptée/);

  await officer.open('/formulaires/types/gift_declaration');
  await officer.expectText(/Adoptée le/);
  await officer.audit('the history of a form');
  const english = await story.as('ethics_officer', { language: 'en' });
  await english.open('/formulaires/types/gift_declaration');
  await english.audit('a form in English');
});
