// Enhancement only: every page works without this file. Texts come in data attributes.
(() => {
'use strict';
const doc = document;
const all = (css, root = doc) => [...root.querySelectorAll(css)];
const set = (node, values) => Object.entries(values).forEach(([name, value]) => node.setAttribute(name, value));
const make = (tag, className, text = '') => Object.assign(doc.createElement(tag), { className, textContent: text });
const spoken = (after) => {
  const node = make('div', 'visually-hidden');
  node.role = 'status';
  after.after(node);
  return node;
};
doc.documentElement.classList.add('js');

// Menu of the service on a phone.
for (const menu of all('.nav__toggle')) {
  menu.ariaExpanded = false;
  menu.onclick = () => { menu.ariaExpanded = menu.ariaExpanded !== 'true'; };
}

// What is behind a button of the menu closes when one leaves it.
for (const menu of all('[data-menu]')) {
  doc.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !menu.open) return;
    menu.open = false;
    menu.querySelector('summary').focus();
  });
  doc.addEventListener('click', (event) => { if (!menu.contains(event.target)) menu.open = false; });
}

// Error summary: each link lands in the field itself.
for (const summary of all('[data-error-summary]')) {
  summary.focus();
  summary.onclick = (event) => {
    const target = event.target.hash && doc.getElementById(event.target.hash.slice(1));
    const css = 'input:not([type=hidden]), select, textarea';
    const control = target && (target.matches(css) ? target : target.querySelector(css));
    if (!control) return;
    event.preventDefault();
    (control.closest('.field') || control).scrollIntoView();
    control.focus({ preventScroll: true });
  };
}

// Characters left: shown at each key, spoken after a pause.
for (const area of all('textarea[data-max]')) {
  const counter = doc.getElementById(area.id + '-counter');
  const status = spoken(counter);
  let pause;
  area.oninput = () => {
    const left = area.dataset.max - [...area.value].length;
    counter.textContent = counter.dataset[left < 0 ? 'over' : 'left'].replace('%n', Math.abs(left));
    counter.classList.toggle('is-over', left < 0);
    clearTimeout(pause);
    pause = setTimeout(() => { status.textContent = counter.textContent; }, 1200);
  };
}

// Fields asked for some answers only: data-shown-when="field=a,b;other=c". The server has the last word.
const asked = (group) => group.dataset.shownWhen.split(';').every((part) => {
  const [name, wanted] = part.split('=');
  const same = [...group.closest('form').elements].filter((control) => control.name === name);
  return !same.length || same.some((control) => !control.closest('[hidden]') &&
    (!/radio|checkbox/.test(control.type) || control.checked) && wanted.split(',').includes(control.value));
});
const reveal = () => all('form [data-shown-when]').forEach((group) => { group.hidden = !asked(group); });
doc.addEventListener('change', reveal);
reveal();

// One submission at a time.
doc.addEventListener('submit', (event) => {
  const form = event.target;
  if (form.method !== 'post') return;
  if (form.dataset.sent) return event.preventDefault();
  const button = event.submitter || form;
  form.dataset.sent = 1;
  button.ariaDisabled = true;
  setTimeout(() => {
    delete form.dataset.sent;
    button.ariaDisabled = null;
  }, 8000);
});

// Company: ARIA 1.2 combobox over the text input.
for (const input of all('input[data-combobox]')) {
  const { form, dataset: data } = input;
  const list = make('ul', 'combobox__list');
  let items = [], active = -1, request, pause;
  input.after(list);
  const status = spoken(list);
  list.id = input.id + '-list';
  set(list, { role: 'listbox', 'aria-label': data.label });
  set(input, { role: 'combobox', 'aria-autocomplete': 'list', 'aria-controls': list.id });

  const open = (yes) => {
    list.hidden = !yes;
    input.ariaExpanded = !!yes;
    mark(-1);
  };
  const mark = (index) => {
    active = index;
    [...list.children].forEach((option, at) => { option.ariaSelected = at === index; });
    input.setAttribute('aria-activedescendant', index < 0 ? '' : list.children[index].id);
    list.children[index]?.scrollIntoView({ block: 'nearest' });
  };
  // Candidates found without script would answer under the same name.
  const hold = (id, neq) => {
    all('.candidates', form).forEach((found) => found.dataset.field === data.field && found.remove());
    let holder = form.elements[data.idField];
    if (!holder) {
      input.after(holder = make('input', ''));
      set(holder, { type: 'hidden', name: data.idField });
    }
    if (id || neq || holder.value) form.elements[data.neqField].value = neq;
    holder.value = id;
  };
  const choose = (item) => {
    input.value = status.textContent = item.name;
    hold(item.id, item.neq || '');
    open(false);
  };
  const look = async () => {
    request?.abort();
    request = new AbortController();
    const query = input.value.trim();
    if (query.length < 2) return open(false);
    try {
      const answer = await fetch(data.url + '?q=' + encodeURIComponent(query), { signal: request.signal });
      ({ items } = await answer.json());
    } catch { return; }
    list.replaceChildren(...items.map((item, at) => {
      const option = make('li', 'combobox__option', item.name);
      option.append(make('span', 'combobox__detail', [item.neq, item.status].filter(Boolean).join(' · ')));
      set(option, { role: 'option', id: list.id + at });
      option.onmousedown = (event) => { event.preventDefault(); choose(item); };
      return option;
    }));
    open(items.length && doc.activeElement === input);
    status.textContent = data[['none', 'one'][items.length] || 'many'].replace('%n', items.length);
  };
  input.oninput = () => {
    hold('', '');
    clearTimeout(pause);
    pause = setTimeout(look, 180);
  };
  input.onkeydown = (event) => {
    const { key } = event, count = items.length, shown = !list.hidden;
    if (key === 'Escape' && shown) open(false);
    else if (key === 'Enter' && shown && active >= 0) choose(items[active]);
    else if (key === 'ArrowDown') shown ? mark((active + 1) % count) : look();
    else if (key === 'ArrowUp' && shown) mark((active < 1 ? count : active) - 1);
    else return;
    event.preventDefault();
  };
  input.onblur = () => open(false);
  open(false);
}

// Passkeys: the browser answers the question that the form carries, then the form leaves as any other.
for (const form of all('form[data-passkey]')) {
  const kind = form.dataset.passkey;
  const read = window.PublicKeyCredential?.[kind === 'create' ? 'parseCreationOptionsFromJSON' : 'parseRequestOptionsFromJSON'];
  if (!read) continue;
  form.hidden = false;
  all('[data-without-passkeys]').forEach((node) => { node.hidden = true; });
  const status = make('p', 'field__error');
  const tell = (text) => { status.textContent = text; status.hidden = !text; };
  status.role = 'alert';
  tell('');
  form.querySelector('#passkey').prepend(status);
  form.onsubmit = async (event) => {
    event.preventDefault();
    tell('');
    try {
      const publicKey = read.call(PublicKeyCredential, JSON.parse(form.dataset.options).publicKey);
      const made = await navigator.credentials[kind]({ publicKey });
      form.elements.answer.value = JSON.stringify(made);
      form.submit();
    } catch {
      tell(form.dataset.refused);
    }
  };
}
})();
