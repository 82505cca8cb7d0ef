// Draws the plots of docs/scale.md from the results of growth.mjs, and writes its tables.
//
//   node bench/collect/plots.mjs FILE
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkout } from '../../tools/toolchain/checkout.mjs';

const width = 420;
const height = 220;
const margin = { left: 56, right: 16, top: 28, bottom: 36 };

const plots = [
  {
    name: 'pods',
    title: 'Cold sync by pods',
    unit: 's',
    value: entry => entry.seconds.median,
  },
  {
    name: 'statuses',
    title: 'Cold sync by profiles × nodes',
    unit: 's',
    value: entry => entry.seconds.median,
  },
  {
    name: 'clusters',
    title: 'Cold sync by clusters',
    unit: 's',
    value: entry => entry.seconds.median,
  },
  {
    name: 'entities',
    title: 'Posture request, p95, by entities',
    unit: 'ms',
    value: entry => entry.postureMs.p95,
  },
];

function svg({ title, unit, points }) {
  const greatestX = Math.max(...points.map(([x]) => x));
  const greatestY = Math.max(...points.map(([, y]) => y)) * 1.1 || 1;
  const place = ([x, y]) => [
    margin.left + (x / greatestX) * (width - margin.left - margin.right),
    height -
      margin.bottom -
      (y / greatestY) * (height - margin.top - margin.bottom),
  ];
  const at = points.map(place);
  const marks = points.map(([x, y], index) => {
    const [left, top] = at[index];
    return (
      `<circle cx="${left.toFixed(1)}" cy="${top.toFixed(1)}" r="4"/>` +
      `<text x="${left.toFixed(1)}" y="${(top - 8).toFixed(
        1,
      )}" text-anchor="end">${y} ${unit}</text>` +
      `<text x="${left.toFixed(1)}" y="${
        height - margin.bottom + 18
      }" text-anchor="middle">${x.toLocaleString('en-US')}</text>`
    );
  });
  const [x0, y0] = place([0, 0]);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="${title}" font-family="sans-serif" font-size="12">
<rect width="${width}" height="${height}" fill="#fff"/>
<text x="${margin.left}" y="18" font-weight="bold">${title}</text>
<path d="M${x0},${margin.top} V${y0} H${
    width - margin.right
  }" fill="none" stroke="#888"/>
<polyline points="${at
    .map(([left, top]) => `${left.toFixed(1)},${top.toFixed(1)}`)
    .join(' ')}" fill="none" stroke="#1f5493" stroke-width="2"/>
<g fill="#1f5493">${marks.join('')}</g>
</svg>
`;
}

function table(head, rows) {
  return [
    `| ${head.join(' | ')} |`,
    `| ${head.map(() => '---').join(' | ')} |`,
    ...rows.map(row => `| ${row.join(' | ')} |`),
  ].join('\n');
}

const shown = ({ median, least, greatest }) =>
  `${median} (${least} to ${greatest})`;

function figures({ at, database, machine, versions, growth }) {
  const cold = name =>
    table(
      [
        name,
        'seconds',
        'processor seconds',
        'peak RSS above idle, MiB',
        'requests',
      ],
      growth[name].map(entry => [
        entry.size.toLocaleString('en-US'),
        shown(entry.seconds),
        shown(entry.processorSeconds),
        shown(entry.peakRssAboveIdleMiB),
        shown(entry.requests),
      ]),
    );
  const image = name =>
    `![${
      plots.find(plot => plot.name === name).title
    }](images/scale-${name}.svg)`;
  return [
    `Measured ${at.slice(0, 10)} on ${machine.processors} × ${
      machine.processor
    }, ${machine.memoryGiB} GiB, Node ${versions.node.slice(
      1,
    )}, Kubernetes ${versions.kubernetes.slice(
      1,
    )}, ${database}; medians, with the least and the greatest.`,
    '### Pods',
    image('pods'),
    cold('pods'),
    '### Profiles × nodes',
    image('statuses'),
    cold('statuses'),
    '### Clusters',
    image('clusters'),
    cold('clusters'),
    '### Entities',
    image('entities'),
    table(
      ['entities', 'posture p95, ms', 'changed pod to changed answer p95, ms'],
      growth.entities.map(entry => [
        entry.size.toLocaleString('en-US'),
        entry.postureMs.p95,
        entry.changes.visibleAfterMs.p95,
      ]),
    ),
  ].join('\n\n');
}

const result = JSON.parse(await readFile(process.argv[2], 'utf8'));
for (const { name, title, unit, value } of plots) {
  await writeFile(
    join(checkout, 'docs', 'images', `scale-${name}.svg`),
    svg({
      title,
      unit,
      points: result.growth[name].map(entry => [entry.size, value(entry)]),
    }),
  );
}
const page = join(checkout, 'docs', 'scale.md');
const text = await readFile(page, 'utf8');
const marked = /(<!-- figures: [^>]*-->\n)[^]*(<!-- end of figures -->)/;
await writeFile(
  page,
  text.replace(
    marked,
    (_, begin, end) => `${begin}\n${figures(result)}\n\n${end}`,
  ),
);
