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
  const tables = [...document.querySelectorAll('.table')].filter((table) => !table.closest('.explore'));

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
    for (const row of tables.flatMap((table) => [...table.querySelectorAll('tr[data-dimension]')])) {
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
    const periods = new Set(tables.flatMap((table) => [...table.querySelectorAll('thead [data-period]')]).map((cell) => cell.dataset.period));
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

  // Exploring: cards and charts of the figures in the section's tables, for the place and period that are chosen.
  function figuresOf(table) {
    const text = (cell) => cell.textContent.trim();
    const heads = [...table.querySelectorAll('thead th')];
    return {
      name: table.querySelector('caption').firstChild.textContent.trim(),
      unit: table.querySelector('caption span')?.textContent.trim() ?? '',
      place: text(heads[0]),
      periods: heads.slice(1).map(text),
      places: [...table.querySelectorAll('tbody tr:not(.group)')].map((row) => ({
        name: text(row.cells[0]),
        whole: row.classList.contains('total'),
        cells: [...row.cells].slice(1).map((cell) => ({ text: text(cell), value: Number(cell.dataset.value ?? NaN), target: cell.dataset.target && cell.dataset })),
      })),
    };
  }

  function bars(items, chosen) {
    const most = Math.max(...items.map((item) => (Number.isNaN(item.value) ? 0 : item.value)), 0);
    const list = make('ol', { className: 'bars' });
    for (const item of items) {
      const bar = make('span', { className: 'bar' });
      bar.setAttribute('aria-hidden', 'true');
      bar.style.setProperty('--share', most > 0 && item.value > 0 ? item.value / most : 0);
      const row = make('li', {}, make('span', { className: 'name', textContent: item.name }),
        make('span', { className: 'track' }, bar), make('span', { className: 'figure', textContent: item.text }));
      if (item.name === chosen) row.setAttribute('aria-current', 'true');
      list.append(row);
    }
    return list;
  }

  function explore(section) {
    const all = [...section.querySelectorAll('table')].map(figuresOf).filter((one) => one.places.length > 0);
    if (all.length === 0) return;
    const { periods, place } = all[0];
    const whole = all[0].places.find((one) => one.whole)?.name ?? all[0].places[0].name;
    const names = [...new Set([whole, ...all.flatMap((one) => one.places.map((row) => row.name))])];
    const now = { indicator: 0, period: periods.length - 1, place: whole };
    const panel = make('div', { className: 'panel' });
    panel.setAttribute('aria-live', 'polite');
    const select = (label, options, start, change) => {
      const box = make('select', {}, ...options.map((text, value) => make('option', { value, textContent: text })));
      box.value = start;
      box.addEventListener('change', () => { change(Number(box.value)); draw(); });
      return make('label', {}, label, box);
    };
    const cellOf = (one, name, period) => one.places.find((row) => row.name === name)?.cells[period];

    function card(one) {
      const cell = cellOf(one, now.place, now.period);
      const before = now.period > 0 ? cellOf(one, now.place, now.period - 1) : undefined;
      const out = make('li', { className: 'kpi' }, make('p', { className: 'label', textContent: one.name }),
        make('p', { className: 'value' }, cell?.text || '\u2013', ' ', make('span', { className: 'unit', textContent: one.unit })));
      if (before?.text) out.append(make('p', { className: 'change', textContent: `${periods[now.period - 1]}: ${before.text}` }));
      if (cell?.target) {
        const { target, status, verdict } = cell.target;
        out.append(make('p', { className: 'target' }, target, ...verdict ? [make('span', { className: `status status-${status}`, textContent: verdict })] : []));
      }
      return out;
    }

    function draw() {
      const one = all[now.indicator];
      const along = one.places.find((row) => row.name === now.place);
      const chart = (title, items, chosen) => make('div', { className: 'part' },
        make('p', { className: 'what' }, make('strong', { textContent: one.name }), ` ${title}`), bars(items, chosen));
      panel.replaceChildren(
        make('ul', { className: 'kpis' }, ...all.map(card)),
        make('div', { className: 'parts' },
          chart(now.place, periods.map((name, index) => ({ name, ...(along?.cells[index] ?? { text: '', value: NaN }) })), periods[now.period]),
          chart(periods[now.period], one.places.filter((row) => !row.whole)
            .map((row) => ({ name: row.name, ...row.cells[now.period] }))
            .sort((a, b) => (Number.isNaN(b.value) ? -Infinity : b.value) - (Number.isNaN(a.value) ? -Infinity : a.value)), now.place)));
    }

    const choices = make('div', { className: 'tools' },
      select(words.period, periods, now.period, (value) => { now.period = value; }),
      select(place, names, 0, (value) => { now.place = names[value]; }));
    if (all.length > 1) choices.append(select(words.indicator, all.map((one) => one.name), 0, (value) => { now.indicator = value; }));
    choices.setAttribute('role', 'group');
    choices.setAttribute('aria-label', words.filter);
    draw();
    section.prepend(choices, panel);
  }

  const found = filters();
  const tools = make('div', { className: 'tools' }, ...found, schemeButton());
  tools.setAttribute('role', 'group');
  tools.setAttribute('aria-label', words.filter);
  main.prepend(tools);
  tables.forEach(sortable);
  document.querySelectorAll('.explore').forEach(explore);
  tooltips();
})();
