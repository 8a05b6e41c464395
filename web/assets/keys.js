// Keys for pages that are whole without them: every key presses a link or a
// button that stands on the page.
'use strict';
(() => {
  const root = document.documentElement;
  const main = () => document.getElementById('main');
  const items = () => [...main().querySelectorAll('[data-item]')];
  const box = document.getElementById('q');
  const helper = document.getElementById('helper');
  const say = (words) => { document.getElementById('status').textContent = words; };

  // Single-letter keys can be switched off (WCAG 2.1.4); the choice is kept in
  // this browser, where it keeps anything.
  const store = {
    get() { try { return localStorage.getItem('onrecord.keys'); } catch { return null; } },
    set(v) { try { localStorage.setItem('onrecord.keys', v); } catch { /* then for this page only */ } },
  };
  let on = store.get() !== 'off';
  const showSwitch = () => {
    root.classList.toggle('keys-on', on);
    for (const s of document.querySelectorAll('[data-keyswitch]')) {
      s.checked = on;
      s.closest('[hidden]')?.removeAttribute('hidden');
    }
  };
  document.addEventListener('change', (e) => {
    if (!e.target.matches('[data-keyswitch]')) return;
    on = e.target.checked;
    store.set(on ? 'on' : 'off');
    showSwitch();
  });
  showSwitch();

  // The selected statement. Where its words stand in a text, they are outlined
  // and brought into view; else the statement itself is.
  let chosen = null;
  const choose = (id) => {
    for (const el of main().querySelectorAll('[aria-current="true"]')) el.removeAttribute('aria-current');
    for (const el of main().querySelectorAll('.m.now')) el.classList.remove('now');
    const el = items().find((i) => i.dataset.item === id);
    chosen = el ? id : null;
    if (!el) return;
    el.setAttribute('aria-current', 'true');
    el.focus({ preventScroll: true });
    const words = el.classList.contains('note')
      ? [...main().querySelectorAll('.m[data-of]')].filter((m) => m.dataset.of === id) : [];
    for (const m of words) m.classList.add('now');
    (words[0] || el).scrollIntoView({ block: words.length ? 'center' : 'nearest' });
  };
  const current = () => items().find((i) => i.dataset.item === chosen);
  const step = (by) => {
    const all = items();
    if (!all.length) return;
    const at = all.findIndex((i) => i.dataset.item === chosen);
    const to = at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, at + by));
    choose(all[to].dataset.item);
  };
  const press = (selector) => {
    const el = current()?.querySelector(selector) ?? (items().length === 1 ? items()[0].querySelector(selector) : null);
    el?.click();
    return Boolean(el);
  };
  document.addEventListener('focusin', (e) => {
    const el = e.target.closest?.('[data-item]');
    if (!el || el.dataset.item === chosen) return;
    for (const c of main().querySelectorAll('[aria-current="true"]')) c.removeAttribute('aria-current');
    el.setAttribute('aria-current', 'true');
    chosen = el.dataset.item;
  });

  // A verdict is sent without leaving the page; what comes back takes its place.
  const swap = async (form, button) => {
    const body = new URLSearchParams(new FormData(form));
    if (button?.name) body.set(button.name, button.value);
    const item = form.closest('[data-item]')?.dataset.item;
    const open = [...main().querySelectorAll('details[open][id]')].map((d) => d.id);
    const answer = await fetch(button?.getAttribute('formaction') || form.getAttribute('action'), { method: 'POST', body });
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const fresh = page.getElementById('main');
    if (!fresh) { location.reload(); return; }
    main().replaceWith(fresh);
    for (const id of open) document.getElementById(id)?.setAttribute('open', '');
    const x = scrollX, y = scrollY;
    if (item) choose(item);
    scrollTo(x, y);
    say(answer.ok ? 'Kept.' : 'This did not work.');
  };
  document.addEventListener('submit', (e) => {
    if (!e.target.matches('form[data-swap]')) return;
    e.preventDefault();
    swap(e.target, e.submitter).catch(() => say('The server did not answer; nothing was kept.'));
  });

  // Closed, a dialog keeps the focus on its hidden switch until the browser draws
  // the next frame, and swallows the keys pressed before that. So the focus is
  // taken from it at once, where the browser has nobody to give it back to.
  const shut = () => {
    helper.close();
    if (helper.contains(document.activeElement)) document.activeElement.blur();
  };
  helper.querySelector('form').addEventListener('submit', (e) => { e.preventDefault(); shut(); });

  const places = { s: '/search', a: '/articles', p: '/speakers', t: '/stories', w: '/sources', m: '/map' };
  let going = 0; // when g was pressed
  const keys = {
    '/': () => { box.focus(); box.select(); return true; },
    '?': () => { helper.showModal(); return true; },
    j: () => { step(1); return true; },
    k: () => { step(-1); return true; },
    o: () => press('[data-open]'),
    Enter: () => press('[data-open]'),
    y: () => press('[data-key="y"]'),
    n: () => press('[data-key="n"]'),
    u: () => press('[data-key="u"]'),
    g: () => { going = Date.now(); return true; },
  };
  document.addEventListener('keydown', (e) => {
    if (e.key === 'Escape' && document.activeElement === box) { box.blur(); return; }
    if (e.key === 'Escape' && helper.open) { e.preventDefault(); shut(); return; }
    if (!on || e.ctrlKey || e.metaKey || e.altKey || e.isComposing || helper.open) return;
    if (e.target.closest('input, textarea, select, [contenteditable]')) return;
    if (e.key === 'Enter' && e.target.closest('a, button, summary')) return;
    if (going && Date.now() - going < 1500 && places[e.key]) {
      going = 0;
      e.preventDefault();
      location.assign(places[e.key]);
      return;
    }
    going = 0;
    if (keys[e.key]?.()) e.preventDefault();
  });
  document.querySelector('[data-help]')?.addEventListener('click', (e) => {
    if (e.ctrlKey || e.metaKey || e.shiftKey || location.pathname === '/help') return;
    e.preventDefault();
    helper.showModal();
  });

  // An address that names a statement selects it.
  const named = () => { const id = decodeURIComponent(location.hash.slice(1)).replace(/^n-/, ''); if (id) choose(id); };
  addEventListener('hashchange', named);
  named();
})();
