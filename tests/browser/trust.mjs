// What makes the register one to be trusted: passkeys, what was known on a day, rules that travel signed.

import { createHmac } from 'node:crypto';

import { scenario } from './story.mjs';

const expect = (condition, sentence) => {
  if (!condition) throw new Error(sentence);
};

scenario('a passkey proves again who one is', async (story) => {
  // A browser ties no key to a number: this machine has a name too.
  const officer = await story.as('ethics_officer', { base: story.base.replace('127.0.0.1', 'localhost') });
  await officer.open('/preferences/cles');
  await officer.audit('passkeys, before the first');
  if (!story.js) {
    await officer.expectText(/Il faut un navigateur récent, et JavaScript/);
    return;
  }
  const device = await officer.page.context().newCDPSession(officer.page);
  await device.send('WebAuthn.enable');
  const { authenticatorId } = await device.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  await officer.press(/^Faire la clé/);
  await officer.expectErrors(/Donnez un nom à la clé/);
  await officer.audit('a passkey without a name');
  await officer.fill(/Nom de la clé/, 'Clé de sécurité bleue');
  await officer.press(/^Faire la clé/);
  await officer.expectText(/La clé d.accès est ajoutée/);
  await officer.expectText('Clé de sécurité bleue');
  await officer.audit('passkeys');
  await officer.shot('passkeys');

  await officer.open('/confirmer?retour=/registre');
  await officer.audit('a passkey is asked');
  await officer.shot('passkey-asked');
  // The owner is not recognised: it is said, and the other ways are still there.
  await device.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false });
  await officer.press(/^Utiliser une clé d.accès/);
  await officer.expectText(/L.appareil n.a pas donné de preuve/);
  await device.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: true });
  await officer.press(/^Utiliser une clé d.accès/);
  await officer.expectHeading(/^Registre/);

  await officer.open('/preferences/cles');
  await officer.expectText(/Utilisée la dernière fois/);
  await officer.press(/^Retirer/);
  await officer.expectText(/La clé d.accès est retirée/);
  await officer.expectNoText('Clé de sécurité bleue');
});

/** The code that a telephone would show now (RFC 6238), from the key on the page. */
function code(key) {
  const bits = [...key].map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const secret = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const hash = createHmac('sha1', secret).update(counter).digest();
  return String((hash.readUInt32BE(hash[19] & 15) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

scenario('a telephone is chosen, and codes on paper for the day when it is lost', async (story) => {
  const executive = await story.as('executive');
  await executive.open('/preferences/secours');
  await executive.audit('codes on paper, before a telephone');
  await executive.expectText(/Choisissez d.abord un téléphone ou une clé/);
  await executive.follow(/^Code à la connexion/);
  const key = (await executive.page.locator('main code').first().textContent()).replace(/\s/g, '');
  await executive.fill(/^Code à six chiffres/, code(key));
  await executive.press(/^Activer le code/);
  await executive.expectHeading(/^Codes de secours/);
  await executive.audit('codes on paper, none yet');
  await executive.press(/^Faire dix codes/);
  await executive.expectText(/ne seront plus jamais affichés/);
  await executive.audit('codes on paper, shown once');
  await executive.shot('recovery-codes');
  expect((await executive.page.locator('main code').count()) === 10, 'ten codes are shown');
  await executive.open('/preferences/secours');
  await executive.expectText(/Il vous reste 10 codes/);
  await executive.audit('codes on paper left');
});

scenario('the register is read as it was known on a day', async (story) => {
  const officer = await story.as('ethics_officer');
  await officer.open('/registre');
  await officer.follow(/tel que connu à une date/);
  await officer.audit('the register as known, before a day is chosen');
  await officer.fill(/^Date/, '2031-01-01');
  await officer.press(/^Afficher/);
  await officer.expectText(/Erreur/);
  await officer.audit('the register as known, on a day to come');
  await officer.fill(/^Date/, '2026-03-31');
  await officer.press(/^Afficher/);
  await officer.expectText(/Au 31 mars 2026, à la fin de la journée/);
  await officer.expectText(/Aujourd.hui/);
  await officer.audit('the register as known');
  await officer.shot('register-as-known');
  const events = Number((await officer.read(/Le journal avait alors ([\d\s\u00A0\u202F]+) événements/)).replace(/\D/g, ''));
  expect(events > 0, 'some events by then');
  await officer.follow(/^(CAD|REL|EVE|INT)-/);
  await officer.expectText(/relu de ses événements seuls/);
  await officer.expectText(/ont l.empreinte que le journal a gardée/);
  await officer.audit('a file as known on a day');
  await officer.shot('file-as-known');

  const auditor = await story.as('auditor');
  await auditor.open('/registre/connu?le=2026-03-31');
  await auditor.expectText(/P-[0-9a-f]{8}/);
  await auditor.audit('the register as known, for an auditor');
  await auditor.follow(/^(CAD|REL|EVE|INT)-/);
  await auditor.expectText(/P-[0-9a-f]{8}/);
  await auditor.audit('a file as known on a day, for an auditor');
});

scenario('rules and forms travel signed from one body to another', async (story) => {
  const officer = await story.as('ethics_officer');
  await officer.open('/regles');
  await officer.follow(/^Échanger/);
  await officer.audit('exchanging rules');
  await officer.shot('pack');
  const pack = await officer.download(/Télécharger le paquet signé/);
  const key = await officer.main.locator('code').first().textContent();
  const bring = async (bytes, by) => {
    await officer.page.getByLabel(/Paquet reçu/).setInputFiles({ name: pack.name, mimeType: 'application/json', buffer: bytes });
    await officer.fill(/Clé publique de l.organisme/, by);
    await officer.press(/^Vérifier et ouvrir/);
  };
  const changed = Buffer.from(pack.bytes.toString('utf8').replace('gift_attention_cents', 'gift_attention_centS'));
  await bring(changed, key);
  await officer.expectErrors(/n.est pas celui qui a été signé/);
  await officer.audit('a pack that was changed');
  await bring(pack.bytes, key);
  await officer.expectText(/signature vérifiée/);
  await officer.expectText(/déjà en vigueur ici/);
  await officer.audit('a pack of what is in force');
});

scenario('a person has a decided file rectified by an annotation, and the file is released without names', async (story) => {
  const employee = await story.as('employee');
  await employee.open('/mes-declarations');
  // One that was decided, now or in the years before, and that nobody asked to rectify.
  const links = await employee.main.locator('a[href^="/d/"]').evaluateAll((found) => found.map((link) => link.getAttribute('href')));
  const filed = [...new Set(links)].filter((href) => /^\/d\/(CAD|REL|EVE|INT)-[\d-]+$/.test(href));
  let gift = null;
  for (const href of filed) {
    await employee.open(href);
    if ((await employee.main.getByRole('link', { name: /Demander une rectification/ }).count()) > 0) {
      gift = href;
      break;
    }
  }
  expect(gift, `none of ${filed.length} files can be rectified`);
  await employee.follow(/Demander une rectification/);
  await employee.audit('asking for a rectification');
  await employee.press(/^Demander la rectification/);
  await employee.expectErrors(/Dites ce qui est inexact/);
  await employee.fill(/Ce qui est inexact/, 'La valeur est celle de deux billets, et non d’un seul.');
  await employee.press(/^Demander la rectification/);
  await employee.expectText(/Votre demande est au dossier/);
  await employee.expectText(/Réponse due au plus tard le/);
  await employee.audit('a file with a request for rectification');

  const officer = await story.as('ethics_officer');
  await officer.open('/');
  await officer.audit('the first page with a rectification to answer');
  await officer.follow(new RegExp(`${gift.slice(3)}, réponse due au plus tard`));
  await officer.audit('answering a rectification');
  await officer.open('/rectifications');
  await officer.audit('the rectifications to answer');
  await officer.shot('rectifications');
  await officer.follow(new RegExp(gift.slice(3)));
  await officer.click(officer.page.getByText('Prolonger le délai', { exact: true }));
  await officer.press(/^Prolonger et avertir/);
  await officer.expectErrors(/motif/i);
  await officer.fill(/Pourquoi il faut plus de temps/, 'La facture est chez le donateur.');
  await officer.press(/^Prolonger et avertir/);
  await officer.expectText(/Le délai est prolongé/);
  await officer.expectText(/La facture est chez le donateur/);
  await officer.open(`${gift}/rectification`);
  await officer.expectNoText('Prolonger le délai');
  await officer.choose(/^Accorder/);
  await officer.fill(/Motif ou précision/, 'Vérifié sur la facture.');
  await officer.press(/^Envoyer la réponse/);
  await officer.expectText(/La réponse est au dossier/);
  await officer.shot('rectification');

  await officer.follow(/Communiquer le dossier/);
  await officer.audit('releasing a file');
  await officer.press(/^Voir ce qui serait remis/);
  await officer.expectErrors(/Dites à qui/);
  await officer.fill(/^À qui/, 'Demande d’accès 2026-041');
  await officer.press(/^Voir ce qui serait remis/);
  await officer.expectText(/Communiqué à Demande d.accès 2026-041/);
  await officer.audit('what would be released');
  await officer.shot('release');
  const document = await officer.download(/^Remettre le document/);
  const html = document.bytes.toString('utf8');
  expect(html.includes('class="mark"') && html.includes('art. 53'), 'what is withheld is marked with its article');
  const declarant = await officer.read(/./).then(() => officer.page.locator('dd p').first().textContent());
  expect(!html.includes(declarant.trim()), `${declarant} is withheld`);
  await officer.open(gift);
  await officer.expectText(/Dossier communiqué à Demande d.accès 2026-041/);
});

scenario('an account is suspended at once, and opened again by two people', async (story) => {
  const employee = await story.as('employee');
  await employee.open('/mes-declarations');
  const administrator = await story.as('system_admin');
  await administrator.open('/personnes/200001');
  await administrator.click(administrator.page.getByText('Suspendre le compte', { exact: true }).first());
  await administrator.press(/^Suspendre maintenant/);
  await administrator.expectErrors(/./);
  await administrator.audit('a suspension without a reason');
  await administrator.fill(/^Pourquoi le suspendre/, 'Un mot de passe a circulé dans un courriel.');
  await administrator.press(/^Suspendre maintenant/);
  await administrator.expectText(/Le compte est suspendu/);
  await administrator.expectText(/Un mot de passe a circulé/);
  await administrator.audit('an account suspended');
  await administrator.shot('account-suspended');
  const reader = await story.as('ethics_officer');
  await reader.open('/personnes/200001');
  await reader.expectText(/Un mot de passe a circulé/);
  await reader.audit('an account suspended, as the ethics officer reads it');

  await employee.open('/mes-declarations');
  await employee.expectHeading(/^Connexion/);

  await administrator.fill(/^Pourquoi le rouvrir/, 'Mot de passe changé, personne jointe au téléphone.');
  await administrator.press(/^Demander la réouverture/);
  await administrator.expectText(/Une autre personne doit approuver/);
  const act = new URL(administrator.page.url()).pathname;
  const officer = await story.as('ethics_officer');
  await officer.open(act);
  await officer.expectText(/Réouverture du compte/);
  await officer.audit('an account to open again');
  await officer.shot('account-to-open-again');
  await officer.press(/^Approuver/);
  const again = await story.as('employee');
  await again.open('/mes-declarations');
  await again.expectHeading(/^Mes déclarations/);
});
