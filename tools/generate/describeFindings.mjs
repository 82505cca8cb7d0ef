const intro = `<!-- Made from packages/analysis/src/posture/findings by \`yarn generate\`. Do not edit. -->

# Findings

Every check that a service is judged by, most severe first. A check gives one finding per service: \`pass\`, \`warn\`,
\`fail\`, \`unknown\` or \`not-applicable\`, with evidence down to the field and, where one can be given, a patch.

**Unknown is no pass.** What can't be told takes no points and is not counted as passed: the answer says what it may take
(\`atMost\`), and \`lowestScore\` is the score if all of it turned out bad.

**Points** are what a finding takes from 100 when it warns or fails in an environment that counts. Weight, severity, start
date and exceptions can be changed per finding in [config](config.md#securityprofilesfindings).

**Who mends it**: \`owner\`, the service's team; \`platform\`, who runs the portal or injects containers; \`cluster\`, who runs
the cluster. Containers that the platform injects are shown and charged to nobody's service.
`;

const severities = ['critical', 'high', 'medium', 'low'];

/** The page about all findings, as Markdown. */
export function describeFindings(catalogue) {
  const sorted = [...catalogue].sort(
    (a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity),
  );
  return [
    intro,
    '| id | severity | points | who mends it | passes when |',
    '| --- | --- | --- | --- | --- |',
    ...sorted.map(
      ({ id, severity, weight, responsible, title }) =>
        `| [${id}](#${id}) | ${severity} | ${
          weight.points
        } | ${responsible} | ${cell(title)} |`,
    ),
    '',
    ...sorted.map(describeFinding),
  ].join('\n');
}

function describeFinding(finding) {
  const { id, title, severity, weight, responsible, from } = finding;
  return [
    `## ${id}`,
    '',
    `_${text(title)}._ Severity ${severity}; takes ${
      weight.points
    } of 100, because ${text(weight.because)}; mended by: ${responsible}.${
      from ? ` Counts from ${from}.` : ''
    }`,
    '',
    `**What it means.** ${text(finding.meaning)}`,
    '',
    `**How it is decided.** ${text(finding.decidedBy)}`,
    '',
    `**What to do.** ${text(finding.fix)}`,
    '',
    `**Sources.** ${finding.sources.map(text).join('; ')}.`,
    '',
  ].join('\n');
}

/** Plain text of the code as Markdown: what it would read as markup stays text. */
function text(plain) {
  return plain.replace(/[*_<>]/g, '\\$&');
}

function cell(plain) {
  return text(plain).replaceAll('|', '\\|');
}
