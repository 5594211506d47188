// Filters, sorting, tooltips and light or dark for a dashboard that is whole without them.
(() => {
  'use strict';
  const words = document.body.dataset;
  const main = document.getElementById('main');
  const make = (name, properties, ...children) => {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...children);
    return element;
  };
  const tables = [...document.querySelectorAll('.table')];

  // Which rows and columns the reader wants to see.
  const chosen = { members: new Map(), period: '' };

  function show(table) {
    let shown = 0;
    let filtered = false;
    for (const row of table.querySelectorAll('tbody tr[data-dimension]')) {
      const member = chosen.members.get(row.dataset.dimension) || '';
      filtered = true;
      row.hidden = member !== '' && member !== row.dataset.member;
      if (!row.hidden) shown += 1;
    }
    for (const cell of table.querySelectorAll('[data-period]'))
      cell.hidden = chosen.period !== '' && cell.dataset.period !== chosen.period;
    const scroll = table.querySelector('.scroll');
    const empty = table.querySelector('.empty');
    if (filtered && shown === 0 && !empty) scroll.append(make('p', { className: 'empty', textContent: words.nothing }));
    else if (empty && shown > 0) empty.remove();
  }

  function choice(label, values, change) {
    const select = make('select', {}, make('option', { value: '', textContent: words.all }),
      ...values.map((value) => make('option', { value, textContent: value })));
    select.addEventListener('change', () => {
      change(select.value);
      tables.forEach(show);
    });
    return make('label', {}, label, select);
  }

  function filters() {
    const out = [];
    const dimensions = new Map();
    for (const row of document.querySelectorAll('tr[data-dimension]')) {
      const { dimension, member } = row.dataset;
      if (!dimensions.has(dimension)) {
        const heading = row.closest('table').querySelector('thead th').textContent;
        dimensions.set(dimension, { heading, members: new Set() });
      }
      dimensions.get(dimension).members.add(member);
    }
    for (const [dimension, { heading, members }] of dimensions)
      if (members.size > 1)
        out.push(choice(heading, [...members], (value) => chosen.members.set(dimension, value)));
    const periods = new Set([...document.querySelectorAll('thead [data-period]')].map((cell) => cell.dataset.period));
    if (periods.size > 1) out.push(choice(words.period, [...periods], (value) => { chosen.period = value; }));
    return out;
  }

  // Sorting: groups and totals stay where they are.
  function sortable(table) {
    const body = table.querySelector('tbody');
    const rows = [...body.rows];
    if (rows.length < 3 || rows.some((row) => row.classList.contains('group'))) return;
    const fixed = rows.filter((row) => row.classList.contains('total'));
    const free = rows.filter((row) => !row.classList.contains('total'));
    const order = new Map(free.map((row, index) => [row, index]));
    const collator = new Intl.Collator(document.documentElement.lang, { numeric: true });
    for (const head of table.querySelectorAll('th[data-column]')) {
      const column = Number(head.dataset.column);
      const number = head.classList.contains('number');
      const key = (row) => number ? Number(row.cells[column].dataset.value ?? NaN) : row.cells[column].textContent;
      const button = make('button', { type: 'button', className: 'sort', title: words.sort }, ...head.childNodes);
      head.replaceChildren(button);
      button.addEventListener('click', () => {
        const now = head.getAttribute('aria-sort');
        const next = now === null ? (number ? 'descending' : 'ascending')
          : now === (number ? 'descending' : 'ascending') ? (number ? 'ascending' : 'descending') : '';
        for (const other of table.querySelectorAll('th[aria-sort]')) other.removeAttribute('aria-sort');
        if (next) head.setAttribute('aria-sort', next);
        const sign = next === 'descending' ? -1 : 1;
        free.sort((a, b) => {
          if (!next) return order.get(a) - order.get(b);
          const x = key(a);
          const y = key(b);
          if (number && (Number.isNaN(x) || Number.isNaN(y)))
            return Number(Number.isNaN(x)) - Number(Number.isNaN(y)) || order.get(a) - order.get(b);
          return sign * (number ? x - y : collator.compare(x, y)) || order.get(a) - order.get(b);
        });
        body.append(...free, ...fixed);
      });
    }
  }

  function schemeButton() {
    const root = document.documentElement;
    const dark = () => root.dataset.scheme ? root.dataset.scheme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
    const button = make('button', { type: 'button' });
    const label = () => { button.textContent = dark() ? words.light : words.dark; };
    button.addEventListener('click', () => {
      root.dataset.scheme = dark() ? 'light' : 'dark';
      label();
    });
    label();
    return button;
  }

  // Tooltips of charts: the <title> of a group, at once and beside the pointer.
  function tooltips() {
    const tip = make('div', { className: 'tip', hidden: true });
    tip.setAttribute('role', 'presentation');
    document.body.append(tip);
    document.addEventListener('pointermove', (event) => {
      const group = event.target.closest?.('.picture g');
      const title = group?.querySelector(':scope > title');
      tip.hidden = !title;
      if (!title) return;
      tip.textContent = title.textContent;
      const x = Math.min(event.pageX + 14, scrollX + innerWidth - tip.offsetWidth - 8);
      tip.style.left = `${Math.max(scrollX + 4, x)}px`;
      tip.style.top = `${event.pageY + 16}px`;
    });
  }

  const found = filters();
  const tools = make('div', { className: 'tools' }, ...found, schemeButton());
  tools.setAttribute('role', 'group');
  tools.setAttribute('aria-label', words.filter);
  main.prepend(tools);
  tables.forEach(sortable);
  tooltips();
})();
