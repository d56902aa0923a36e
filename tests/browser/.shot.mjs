import { launch, newSession, newPage, signIn } from './lib.mjs';
const [base, persona, path, out, view = 'desktop', click = ''] = process.argv.slice(2);
const b = await launch(); const s = await newSession(b, base, { view }); const p = await newPage(s);
await signIn(p, persona); await p.goto(path);
for (const c of click.split('|').filter(Boolean)) { await p.locator(c).first().click(); await p.waitForLoadState('load'); await p.waitForTimeout(300); }
console.log(p.url(), p.errors.join('; ')); await p.screenshot({ path: out, fullPage: true }); await b.close();
