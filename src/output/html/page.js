'use strict';
// Sorts, filters and pages the ranked table, and shows the details of a resume on demand. Text of resumes becomes text nodes, never markup.
(() => {
  const at = (id) => document.getElementById(id);
  const json = (id) => JSON.parse(at(id).textContent);
  const pool = json('pool');
  const labels = pool.skills.map(([label]) => label);
  const asked = new Set(pool.asked);

  // The other side of the tuples that data.rs writes. `place` is the position in the ranking.
  const rows = json('rows').map(([rank, source, score, coverage, years, partial, knockOuts, flags, duplicate, pairs], place) => {
    const name = source.slice(pool.folder.length);
    return { place, rank, source, name, score, coverage, years, partial, knockOuts, flags, duplicate, pairs, folded: name.toLowerCase() };
  });

  const defaults = { sort: 'score', dir: 'desc', skill: '', q: '', page: '1', size: '25', open: '' };
  const state = { ...defaults };

  // ---- Building blocks

  const SVG = 'http://www.w3.org/2000/svg';
  const fill = (element, attributes, children) => {
    for (const [name, value] of Object.entries(attributes)) {
      if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value === true ? '' : String(value));
    }
    element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false && child !== ''));
    return element;
  };
  const h = (name, attributes = {}, ...children) => fill(document.createElement(name), attributes, children);
  const s = (name, attributes = {}, ...children) => fill(document.createElementNS(SVG, name), attributes, children);

  const one = (number) => (number === null || number === undefined ? '–' : (Math.round(number * 10 + 1e-6) / 10).toFixed(1));
  const many = (n, noun) => `${n.toLocaleString('en')} ${noun}${n === 1 ? '' : 's'}`;
  const plain = (code) => String(code).replaceAll(/[_-]/g, ' ');
  const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);
  const meter = (percent) => s('svg', { class: 'meter', 'aria-hidden': 'true' },
    s('rect', { class: 'ground', width: '100%', height: '100%' }),
    s('rect', { class: 'fill', width: `${Math.max(0, Math.min(100, percent || 0))}%`, height: '100%' }));

  const REASONS = {
    negated: 'said not to be there', aspired: 'wished for, not shown', other_sense: 'the words mean something else here',
    not_the_person: 'not this person’s own doing', organization_name: 'part of an organization’s name', address: 'part of an address',
    field_of_study: 'a field of study', work_title: 'part of a publication’s title', weakness: 'named as a weakness',
    references: 'among the references', part_of_another: 'part of another skill’s name', too_little: 'these words alone say too little here',
  };
  const FLAGS = {
    hidden_text: 'The document hides text from people; it was not scored.',
    not_all_read: 'Some of the document could not be read.',
    corrupt_date: 'A date that cannot be; it was ignored.',
    repetition: 'A skill is named far more often than people write it; it earned nothing more.',
    no_dates: 'No dates, so years are unknown.',
  };
  const STATES = { met: '✓ met', not_met: '✗ not met', unknown: '? unknown', not_applicable: '– not applicable' };
  const DEGREES = { none: 'none found', highschool: 'high school', associate: 'associate', bachelor: 'bachelor', master: 'master', doctorate: 'doctorate' };

  // ---- What is shown

  const percentOf = (row, skill) => {
    for (let n = 0; n < row.pairs.length; n += 2) if (row.pairs[n] === skill) return row.pairs[n + 1];
    return null;
  };
  const shows = (row, skills) => {
    for (let n = 0; n < row.pairs.length; n += 2) if (skills.has(row.pairs[n])) return true;
    return false;
  };
  const skillWanted = () => (state.skill === '' ? null : Number(state.skill));

  const selected = () => {
    const skill = skillWanted();
    const q = state.q.trim().toLowerCase();
    const named = new Set();
    if (q) labels.forEach((label, n) => { if (label.toLowerCase().includes(q)) named.add(n); });
    const found = rows.filter((row) => (skill === null || percentOf(row, skill) !== null)
      && (!q || row.folded.includes(q) || shows(row, named)));
    const key = {
      score: (row) => row.score, coverage: (row) => row.coverage, years: (row) => row.years, source: (row) => row.folded,
      skill: (row) => (skill === null ? row.score : percentOf(row, skill)),
    }[state.sort];
    const way = state.dir === 'asc' ? 1 : -1;
    return found.map((row) => [key(row), row]).sort(([a, x], [b, y]) => {
      // Unknown stands last whichever way; ties keep the order of the ranking.
      if (a === null || b === null) return (a === null) - (b === null) || x.place - y.place;
      return (a < b ? -way : a > b ? way : 0) || x.place - y.place;
    }).map(([, row]) => row);
  };

  const strongest = (row) => {
    const names = [];
    for (let n = 0; n < row.pairs.length && names.length < 3; n += 2) if (asked.has(row.pairs[n])) names.push(labels[row.pairs[n]]);
    return names.join(' · ');
  };

  const tableRow = (row) => {
    const skill = skillWanted();
    const cut = row.name.replace(/\/+$/, '').lastIndexOf('/') + 1;
    const open = state.open === String(row.place);
    const name = h('button', { type: 'button', class: 'name', 'data-place': row.place, 'aria-expanded': String(open), 'aria-controls': open ? `detail-${row.place}` : null },
      cut > 0 && h('span', { class: 'folder' }, row.name.slice(0, cut)), row.name.slice(cut));
    const tags = [
      row.knockOuts > 0 && h('span', { class: 'tag warn' }, `${row.knockOuts} required not met`),
      row.partial > 0 && h('span', { class: 'tag' }, 'not all read'),
      row.duplicate > 0 && h('span', { class: 'tag' }, 'duplicate'),
      row.flags > 0 && h('span', { class: 'tag' }, `${row.flags} to check`),
    ].filter(Boolean).flatMap((tag) => [' ', tag]);
    const unit = (text) => (text === '–' ? text : [text, h('span', { class: 'unit' }, ' %')]);
    return h('tr', {},
      h('td', { class: 'num rank' }, row.rank === null ? '–' : String(row.rank)),
      h('th', { scope: 'row' }, name, tags, h('span', { class: 'sub' }, strongest(row))),
      h('td', { class: 'num score' }, h('span', {}, one(row.score)), meter(row.score)),
      skill !== null && h('td', { class: 'num' }, unit(one(percentOf(row, skill)))),
      h('td', { class: 'num wide' }, unit(one(row.coverage))),
      h('td', { class: 'num wide' }, one(row.years)));
  };

  // ---- Details of one resume

  const blocks = new Map();
  const details = (place) => {
    const n = Math.floor(place / pool.details_a_block);
    if (!blocks.has(n)) blocks.set(n, json(`details-${n}`));
    return blocks.get(n)[place % pool.details_a_block];
  };

  // Context comes without the white space that parts it from the quote.
  const closing = /^[.,;:!?)\]’'%…]/u;
  const opening = /[([“‘$#]$/u;
  const quote = ([text, section, kind, before, after]) => h('span', { class: 'quote' },
    before && h('span', { class: 'around' }, opening.test(before) ? before : `${before} `),
    before || after ? h('mark', {}, text) : `“${text}”`,
    after && h('span', { class: 'around' }, closing.test(after) ? after : ` ${after}`),
    section && h('span', { class: 'where' }, `${kind} under ${plain(section)}`));

  const skillItem = ([number, importance, percent, points, weight, occurrences, months, last, quotes]) => {
    const told = [
      many(occurrences, 'mention'),
      months !== null && `${many(months, 'month')} in dated jobs`,
      last !== null && `last ${last}`,
      importance !== null && `${points.toFixed(2)} of ${(weight * 100).toFixed(2)} points`,
      importance === 'essential' && 'essential',
    ].filter(Boolean).join(', ');
    return h('li', {},
      h('div', { class: 'line' }, h('span', {}, labels[number]), meter(percent), h('span', { class: 'num' }, `${percent.toFixed(0)} %`)),
      h('span', { class: 'sub' }, told), quotes.map(quote));
  };

  const stacked = (found) => {
    const parts = found.categories.filter(([, , , points]) => points > 0)
      .map(([category, , weight, points]) => ({ name: pool.categories[category], points, most: weight * 100, fill: `f${category % 10}` }));
    const requirements = found.requirements.filter((r) => r[7] > 0);
    const sum = (n) => requirements.reduce((all, r) => all + r[n], 0);
    if (requirements.length > 0) parts.push({ name: 'Requirements', points: sum(6), most: sum(7) * 100, fill: 'fr' });
    let x = 0;
    const bars = parts.map((part) => {
      const bar = s('rect', { class: part.fill, x: `${x}%`, width: `${part.points}%`, height: '100%' }, s('title', {}, `${part.name}: ${part.points.toFixed(1)}`));
      x += part.points;
      return bar;
    });
    const told = parts.map((part) => `${part.name} ${part.points.toFixed(1)} of ${part.most.toFixed(1)}`).join(', ');
    return [
      s('svg', { class: 'stack', role: 'img', 'aria-label': `Parts of the score: ${told}` }, s('rect', { class: 'ground', width: '100%', height: '100%' }), bars),
      h('ul', { class: 'parts' }, parts.map((part) => h('li', {},
        s('svg', { width: 10, height: 10, 'aria-hidden': 'true' }, s('rect', { class: part.fill, width: 10, height: 10, rx: 2 })),
        h('span', {}, part.name, ' ', h('strong', {}, part.points.toFixed(1)), h('span', { class: 'soft' }, ` of ${part.most.toFixed(1)}`))))),
    ];
  };

  const requirementItem = ([id, need, status, wants, found, percent, points, weight, quotes]) => h('li', {},
    h('div', { class: 'spread' }, h('span', {}, capital(plain(id)), need === 'required' && [' ', h('span', { class: 'tag' }, 'required')]),
      h('span', { class: `state ${status}` }, STATES[status] || plain(status))),
    h('span', { class: 'sub' }, `wanted: ${wants}`),
    h('span', { class: 'sub' }, [
      found !== null && `found: ${found}`,
      weight > 0 ? `${points.toFixed(2)} of ${(weight * 100).toFixed(2)} points` : 'not counted',
    ].filter(Boolean).join('; ')),
    quotes.map((text) => quote([text])));

  const section = (title, ...content) => [h('h4', {}, title), ...content];
  const list = (items) => h('ul', { class: 'plain' }, items);
  // A long list shows its start; the rest can be unfolded.
  const folded = (items, open = 8) => (items.length <= open + 2 ? list(items)
    : [list(items.slice(0, open)), h('details', {}, h('summary', {}, `${items.length - open} more`), list(items.slice(open)))]);

  const card = (row) => {
    const found = details(row.place);
    found.categories.sort((a, b) => b[3] - a[3]);
    const label = row.source || 'this resume';
    const groups = found.categories.map(([category, percent]) => {
      const skills = found.skills.filter(([number, importance]) => importance !== null && pool.skills[number][1] === category);
      return h('div', { class: 'group' },
        h('div', { class: 'line' }, h('span', {}, pool.categories[category]), meter(percent), h('span', { class: 'num' }, `${percent.toFixed(0)} %`)),
        skills.length > 0 ? list(skills.map(skillItem)) : h('span', { class: 'sub' }, 'no skill of it is shown'));
    });
    const others = found.skills.filter(([, importance]) => importance === null);
    const years = found.years;
    const fact = (name, value) => h('div', {}, h('dt', {}, name), h('dd', {}, value));
    return h('div', { class: 'card', role: 'region', 'aria-label': `Details of ${label}` },
      section('Score', stacked(found)),
      h('dl', { class: 'facts' },
        fact('Degree', (DEGREES[found.degree] || plain(found.degree)) + (found.field ? `, ${found.field}` : '')),
        fact('Years of work', one(years[0])), fact('in customer service', one(years[1])), fact('in management', one(years[2])),
        found.as_of && fact('“present” taken as', found.as_of),
        found.duplicate_of !== null && fact('Duplicate of', found.duplicate_of.startsWith(pool.folder) ? found.duplicate_of.slice(pool.folder.length) : found.duplicate_of)),
      h('div', { class: 'two' },
        h('div', {}, section('Skills the job asks for', groups), others.length > 0 && section('Also shown', folded(others.map(skillItem)))),
        h('div', {},
          found.flags.length > 0 && section('To check', list(found.flags.map(([code, n]) => h('li', {}, FLAGS[code] || capital(plain(code)), n > 1 && h('span', { class: 'soft' }, ` (${n} ×)`))))),
          found.requirements.length > 0 && section('Requirements', list(found.requirements.map(requirementItem))),
          found.missing.length > 0 && section('Not shown, and would add up to', folded(found.missing.map(([number, importance, points]) =>
            h('li', { class: 'spread' }, h('span', {}, labels[number], importance === 'essential' && [' ', h('span', { class: 'tag' }, 'essential')]), h('span', { class: 'num' }, `+${points.toFixed(2)}`))))),
          found.suppressed.length > 0 && section('Matched, but does not count', folded(found.suppressed.map(([number, reason, text, times]) =>
            h('li', {}, labels[number], h('span', { class: 'sub' }, REASONS[reason] || plain(reason), times > 1 && ` (${times} ×)`), quote([text])))),
            found.suppressed_more > 0 && h('p', { class: 'soft' }, `and ${found.suppressed_more} more`)),
          found.jobs.length > 0 && section('Dated jobs', list(found.jobs.map(([title, start, end, current, unpaid]) =>
            h('li', { class: 'spread' }, h('span', {}, title || 'no title recognized', unpaid && h('span', { class: 'soft' }, ' (unpaid)')), h('span', { class: 'num soft' }, `${start} – ${current ? 'present' : end}`))))),
          found.certificates.length > 0 && section('Certificates', list(found.certificates.map((name) => h('li', {}, name)))),
          found.roles.length > 0 && section('Score for other roles', list(found.roles.map(([name, score]) =>
            h('li', { class: 'spread' }, h('span', {}, name), h('span', { class: 'num' }, one(score)))))))));
  };

  const detailRow = (row) => h('tr', { class: 'detail', id: `detail-${row.place}` },
    h('td', { colspan: skillWanted() === null ? 5 : 6 }, card(row)));

  // ---- The table as a whole

  const head = at('ranked').tHead.rows[0];
  const extra = h('th', { scope: 'col', class: 'num', 'data-sort': 'skill' });

  const showHead = () => {
    const skill = skillWanted();
    if (skill === null) extra.remove();
    else { extra.textContent = ''; extra.append(h('button', { type: 'button' }, labels[skill])); head.insertBefore(extra, head.cells[3]); }
    for (const cell of head.querySelectorAll('[data-sort]')) {
      if (cell.dataset.sort === state.sort) cell.setAttribute('aria-sort', state.dir === 'asc' ? 'ascending' : 'descending');
      else cell.removeAttribute('aria-sort');
    }
  };

  const show = () => {
    if (state.sort === 'skill' && state.skill === '') Object.assign(state, { sort: 'score', dir: 'desc' });
    const found = selected();
    const size = Number(state.size);
    const pages = Math.max(1, Math.ceil(found.length / size));
    const page = Math.min(Math.max(1, Number(state.page) || 1), pages);
    state.page = String(page);
    const first = (page - 1) * size;
    const list = [];
    for (const row of found.slice(first, first + size)) {
      list.push(tableRow(row));
      if (state.open === String(row.place)) list.push(detailRow(row));
    }
    showHead();
    at('body').replaceChildren(...list);
    for (const id of ['sort', 'skill', 'size']) at(id).value = state[id];
    if (document.activeElement !== at('q')) at('q').value = state.q;
    at('sort').querySelector('[value=skill]').disabled = state.skill === '';
    const all = found.length === rows.length ? many(found.length, 'resume') : `${found.length.toLocaleString('en')} of ${many(rows.length, 'resume')}`;
    at('status').textContent = found.length > size ? `${all}, ${first + 1} to ${Math.min(first + size, found.length)} shown` : all;
    at('pages').hidden = pages === 1;
    at('page').textContent = `Page ${page} of ${pages}`;
    at('previous').disabled = page === 1;
    at('next').disabled = page === pages;
  };

  const toHash = () => {
    const told = new URLSearchParams(Object.entries(state).filter(([name, value]) => value !== defaults[name]));
    const hash = told.toString();
    history.replaceState(null, '', hash ? `#${hash}` : location.pathname + location.search);
  };
  const fromHash = () => {
    const told = new URLSearchParams(location.hash.slice(1));
    if (location.hash && ![...told.keys()].some((name) => name in defaults)) return; // An anchor of a section.
    for (const name of Object.keys(defaults)) state[name] = told.get(name) ?? defaults[name];
    if (!['score', 'coverage', 'years', 'source', 'skill'].includes(state.sort)) state.sort = defaults.sort;
    if (!['25', '50', '100', '500'].includes(state.size)) state.size = defaults.size;
    if (!(Number(state.skill) in labels)) state.skill = '';
  };
  const change = (changes) => { Object.assign(state, { page: '1', open: '' }, changes); show(); toHash(); };
  const firstWay = (sort) => (sort === 'source' ? 'asc' : 'desc');

  // ---- Wiring

  const options = (name, numbers) => h('optgroup', { label: name }, numbers.map((n) => h('option', { value: n }, labels[n])));
  const seen = new Set(rows.flatMap((row) => row.pairs.filter((_, n) => n % 2 === 0)));
  const byLabel = [...seen].sort((a, b) => labels[a].localeCompare(labels[b]));
  at('skill').append(options('asked for', byLabel.filter((n) => asked.has(n))), options('also shown', byLabel.filter((n) => !asked.has(n))));
  for (const cell of head.querySelectorAll('[data-sort]')) cell.replaceChildren(h('button', { type: 'button' }, cell.textContent));

  head.addEventListener('click', (event) => {
    const sort = event.target.closest('button')?.closest('[data-sort]')?.dataset.sort;
    if (!sort) return;
    const dir = sort === state.sort ? (state.dir === 'asc' ? 'desc' : 'asc') : firstWay(sort);
    change({ sort, dir });
    head.querySelector(`[data-sort=${sort}] button`)?.focus();
  });
  at('sort').addEventListener('change', () => change({ sort: at('sort').value, dir: firstWay(at('sort').value) }));
  at('skill').addEventListener('change', () => change(at('skill').value === '' ? { skill: '' } : { skill: at('skill').value, sort: 'skill', dir: 'desc' }));
  at('size').addEventListener('change', () => change({ size: at('size').value }));
  at('q').addEventListener('input', () => change({ q: at('q').value }));
  at('tools').addEventListener('submit', (event) => event.preventDefault());
  at('reset').addEventListener('click', () => { at('q').value = ''; change({ ...defaults }); });
  const turn = (by) => { change({ page: String(Number(state.page) + by) }); at('resumes-h').scrollIntoView(); };
  at('previous').addEventListener('click', () => turn(-1));
  at('next').addEventListener('click', () => turn(1));
  at('body').addEventListener('click', (event) => {
    const place = event.target.closest('button.name')?.dataset.place;
    if (place === undefined) return;
    change({ page: state.page, open: state.open === place ? '' : place });
    at('body').querySelector(`button.name[data-place="${place}"]`)?.focus();
  });
  addEventListener('hashchange', () => { fromHash(); show(); });

  const THEMES = { '': 'Colours: as the system', light: 'Colours: light', dark: 'Colours: dark' };
  at('theme').addEventListener('click', () => {
    const names = Object.keys(THEMES);
    const next = names[(names.indexOf(document.documentElement.dataset.theme || '') + 1) % names.length];
    if (next) document.documentElement.dataset.theme = next; else delete document.documentElement.dataset.theme;
    at('theme').textContent = THEMES[next];
  });

  document.documentElement.classList.add('has-script');
  at('tools').hidden = false;
  at('theme').hidden = false;
  fromHash();
  show();
  if (state.open !== '') at('body').querySelector('[aria-expanded=true]')?.scrollIntoView();
  document.documentElement.dataset.ready = String(Math.round(performance.now())); // Milliseconds since the page was asked for.
})();
