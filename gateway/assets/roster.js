// Improves what works without it: confirmations as dialogs, pages that follow what happens, a slug suggested from a name.
'use strict';

const said = document.body.dataset;

// Goes to a page of this site, whatever an answer says.
function goTo(page) {
  const url = new URL(page, window.location.origin);
  window.location.assign(url.origin === window.location.origin ? url : '/app');
}

// --- Confirmations -------------------------------------------------------------------------------------------------

async function openDialog(link) {
  let response;
  try {
    response = await fetch(link.href, { headers: { accept: 'text/html' } });
  } catch {
    window.location.assign(link.href);
    return;
  }
  const page = new DOMParser().parseFromString(await response.text(), 'text/html');
  const confirmation = page.querySelector('[data-confirmation]');
  if (!response.ok || response.redirected || !confirmation) {
    window.location.assign(link.href);
    return;
  }
  showDialog(link, document.adoptNode(confirmation));
}

function showDialog(link, confirmation) {
  const dialog = document.createElement('dialog');
  dialog.tabIndex = -1;
  dialog.setAttribute('role', 'alertdialog');
  dialog.setAttribute('aria-labelledby', 'confirm-title');
  dialog.setAttribute('aria-describedby', 'confirm-what');
  dialog.append(...confirmation.childNodes);

  const form = dialog.querySelector('form');
  const cancel = document.createElement('button');
  cancel.type = 'button';
  cancel.textContent = dialog.querySelector('[data-cancel]').textContent;
  cancel.autofocus = true;
  dialog.querySelector('[data-cancel]').replaceWith(cancel);
  const confirm = form.querySelector('button:not([type=button])');

  let running = false;
  const lock = (locked) => {
    running = locked;
    cancel.disabled = locked;
    confirm.disabled = locked;
    dialog.setAttribute('aria-busy', String(locked));
    if (locked) dialog.focus();
  };
  cancel.addEventListener('click', () => dialog.close());
  dialog.addEventListener('cancel', (event) => {
    if (running) event.preventDefault();
  });
  // A modal dialog keeps the focus from the page behind it, but not from the browser around it.
  dialog.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && running) event.preventDefault();
    if (event.key !== 'Tab') return;
    const stops = [...dialog.querySelectorAll('a[href], button, input, select')].filter((one) => !one.disabled && one.type !== 'hidden');
    const [first, last] = [stops[0], stops.at(-1)];
    const leaving = event.shiftKey ? document.activeElement === first : document.activeElement === last;
    if (stops.length && (leaving || !dialog.contains(document.activeElement))) {
      event.preventDefault();
      (event.shiftKey ? last : first).focus();
    }
  });
  dialog.addEventListener('close', () => {
    dialog.remove();
    // What was clicked may have been replaced meanwhile by one like it.
    (link.isConnected ? link : document.getElementById(link.id))?.focus();
  });
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    if (running) return;
    const body = new URLSearchParams(new FormData(form));
    lock(true);
    const failure = await post(form.action, body);
    if (failure === null) return;
    lock(false);
    const shown = dialog.querySelector('[data-failure]');
    shown.hidden = false;
    shown.textContent = failure;
    (form.querySelector('input') ?? cancel).focus();
  });

  document.body.append(dialog);
  dialog.showModal();
  cancel.focus();
}

// Posts a form and goes where the answer says: null. Or what failed, in the reader's language.
async function post(action, body) {
  try {
    const response = await fetch(action, { method: 'POST', body, headers: { accept: 'application/json' } });
    const answer = await response.json();
    if (response.ok && answer.location) {
      goTo(answer.location);
      return null;
    }
    return answer.detail ?? said.notReached;
  } catch {
    return said.notReached;
  }
}

document.addEventListener('click', (event) => {
  const link = event.target.closest('a[data-dialog]');
  const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
  if (!link || !plain || !window.HTMLDialogElement) return;
  event.preventDefault();
  if (!document.querySelector('dialog')) openDialog(link);
});

// --- Forms ---------------------------------------------------------------------------------------------------------

// A form that asks for one thing is sent once.
document.addEventListener('submit', (event) => {
  const form = event.target.closest('form[data-once]');
  if (!form || event.defaultPrevented || form.closest('dialog')) return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = 'yes';
});

for (const select of document.querySelectorAll('select[data-at-once]')) {
  select.form.querySelector('button').hidden = true;
  select.addEventListener('change', () => select.form.requestSubmit());
}

for (const slug of document.querySelectorAll('[data-slug-of]')) {
  const name = document.getElementById(slug.dataset.slugOf);
  let own = slug.value !== '';
  slug.addEventListener('input', () => { own = slug.value !== ''; });
  name.addEventListener('input', () => {
    if (own) return;
    slug.value = name.value.normalize('NFKD').toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 48).replace(/-+$/, '');
  });
}

// --- What happens meanwhile ----------------------------------------------------------------------------------------

let stream = null;
let asking = null;
let askAgain = false;

// Shows the page's lists as they are now; whoever may no longer see them is sent where they may be.
async function refresh() {
  if (asking) { askAgain = true; return; }
  asking = fetch(window.location.href, { headers: { accept: 'text/html' } });
  try {
    const response = await asking;
    if (response.redirected) { goTo(new URL(response.url).pathname); return; }
    if (response.ok) show(new DOMParser().parseFromString(await response.text(), 'text/html'));
  } catch {
    // The next word, or the next connection, asks again.
  } finally {
    asking = null;
  }
  if (askAgain) { askAgain = false; refresh(); }
}

function show(page) {
  const focused = document.activeElement?.id;
  for (const region of document.querySelectorAll('[data-live]')) {
    const now = page.getElementById(region.id);
    if (!now) continue;
    // What somebody is choosing just now stays chosen.
    for (const field of region.querySelectorAll('select[id], input[id]')) {
      const other = now.querySelector(`#${CSS.escape(field.id)}`);
      if (other && field === document.activeElement) other.value = field.value;
    }
    if (region.innerHTML !== now.innerHTML) region.replaceChildren(...document.adoptNode(now).childNodes);
  }
  said.sequence = page.body.dataset.sequence ?? said.sequence;
  if (focused && document.activeElement?.id !== focused) document.getElementById(focused)?.focus();
}

function listen() {
  stream = new EventSource(`${said.place}/live?after=${said.sequence}`);
  stream.addEventListener('changed', refresh);
  // Asked for once more, the page says why it can't be shown.
  stream.addEventListener('gone', () => { rest(); goTo(said.place); });
  stream.addEventListener('error', () => {
    // The browser tries again by itself, unless it was refused: then the page tells why, or can be listened to later.
    if (stream?.readyState !== EventSource.CLOSED) return;
    refresh();
    setTimeout(() => { if (stream) listen(); }, 3000);
  });
}

function rest() {
  stream?.close();
  stream = null;
}

if (said.place && window.EventSource) {
  listen();
  // A page that nobody looks at holds no connection: browsers have few of them for one site.
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) { rest(); } else if (!stream) { refresh(); listen(); }
  });
  window.addEventListener('pagehide', rest);
}

// A page that comes back out of the browser's memory is asked for again.
window.addEventListener('pageshow', (event) => { if (event.persisted) window.location.reload(); });
