// Improves what works without it: confirmations as dialogs, pages that follow what happens, a slug suggested from a name.
'use strict';

const said = document.body.dataset;

// Goes to a page of this site, whatever an answer says.
function goTo(page) {
  const url = new URL(page, window.location.origin);
  window.location.assign(url.origin === window.location.origin ? url : '/app');
}

// --- Confirmations -------------------------------------------------------------------------------------------------

let opening = false;

async function openDialog(link) {
  if (opening) return;
  opening = true;
  try { await fetchDialog(link); } finally { opening = false; }
}

async function fetchDialog(link) {
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
    // What this does to the page is told by the answer, not by the stream.
    rest();
    const failure = await post(form.action, body);
    if (failure === null) return;
    lock(false);
    attend();
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
    if (answer.location) {
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
  if (form.dataset.sent) { event.preventDefault(); return; }
  form.dataset.sent = 'yes';
  rest();
  // Whoever stopped it may try again.
  setTimeout(() => { delete form.dataset.sent; attend(); }, 5000);
});

for (const slug of document.querySelectorAll('[data-slug-of]')) {
  const name = document.getElementById(slug.dataset.slugOf);
  let own = slug.value !== '';
  slug.addEventListener('input', () => { own = slug.value !== ''; });
  name.addEventListener('input', () => {
    if (own) return;
    slug.value = name.value.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 48).replace(/-+$/, '');
  });
}

// --- What happens meanwhile ----------------------------------------------------------------------------------------

let stream = null;
let asking = false;
let askAgain = false;
let later = null;
let patience = 1000;
// A page that adds up a whole history is asked for no more often than this, however much happens.
const calm = 'calm' in said ? 2000 : 0;
let rested = 0;

// Asks for this page anew and shows its lists as they are now; whoever may no longer see them goes where they may.
async function refresh() {
  if (asking) { askAgain = true; return; }
  const wait = rested - performance.now();
  if (wait > 0) { askLater(wait); return; }
  asking = true;
  try {
    const response = await fetch(said.again, { headers: { accept: 'text/html' } });
    if (stream === null) return;
    if (response.redirected) {
      const url = new URL(response.url);
      goTo(url.pathname + url.search);
    } else if (response.ok) {
      show(new DOMParser().parseFromString(await response.text(), 'text/html'));
    } else if (response.status === 403) {
      goTo(said.again);
    }
  } catch {
    // The next word, or the next connection, asks again.
  } finally {
    asking = false;
    rested = calm && performance.now() + calm;
  }
  if (askAgain) { askAgain = false; refresh(); }
}

function askLater(within) {
  clearTimeout(later);
  later = setTimeout(() => { if (stream) refresh(); }, within);
}

// Lists that are behind are asked for again, less and less often.
function catchUp(page) {
  if (!('behind' in page)) { patience = 1000; return; }
  askLater(patience);
  patience = Math.min(patience * 2, 30000);
}

function show(page) {
  const now = page.body.dataset;
  const regions = [...document.querySelectorAll('[data-live]')];
  // Another address, or other rights: this is another page now.
  if (now.slug !== said.slug || regions.some((region) => !page.getElementById(region.id))) {
    goTo(now.slug + said.again.slice(said.place.length));
    return;
  }
  for (const region of regions) replace(region, page.getElementById(region.id));
  said.sequence = now.sequence;
  catchUp(now);
}

function replace(region, now) {
  const active = document.activeElement;
  // A list that is being chosen from would close: it is replaced when the choice is made.
  if (active.tagName === 'SELECT' && region.contains(active)) {
    active.addEventListener('blur', () => askLater(200), { once: true });
    return;
  }
  for (const field of region.querySelectorAll('select[id]')) {
    const chosen = [...field.options].some((option) => option.selected !== option.defaultSelected);
    const other = now.querySelector(`#${CSS.escape(field.id)}`);
    // What somebody has chosen but not yet sent stays chosen.
    if (chosen && other) other.value = field.value;
  }
  if (region.innerHTML === now.innerHTML) return;
  const focused = region.contains(active) ? active.id : '';
  region.replaceChildren(...document.adoptNode(now).childNodes);
  if (focused) document.getElementById(focused)?.focus();
}

function listen() {
  const opened = new EventSource(`${said.place}/live?after=${said.sequence}`);
  stream = opened;
  opened.addEventListener('changed', refresh);
  // Asked for once more, the page says why it can't be shown.
  opened.addEventListener('gone', () => { rest(); goTo(said.again); });
  opened.addEventListener('error', () => {
    // The browser tries again by itself, unless it was refused: then the page tells why, or can be listened to later.
    if (opened.readyState !== EventSource.CLOSED || stream !== opened) return;
    refresh();
    setTimeout(() => { if (stream === opened) listen(); }, 3000);
  });
}

function rest() {
  stream?.close();
  stream = null;
}

// Listens, if this is a page where things happen and somebody looks at it.
function attend() {
  if (said.place && window.EventSource && !document.hidden && !stream) listen();
}

attend();
catchUp(said);
// A page that nobody looks at holds no connection: browsers have few of them for one site.
document.addEventListener('visibilitychange', () => {
  if (document.hidden) { rest(); return; }
  attend();
  if (stream) refresh();
});
window.addEventListener('pagehide', rest);

// A page that comes back out of the browser's memory is asked for again.
window.addEventListener('pageshow', (event) => { if (event.persisted) window.location.reload(); });
