/** Texts of the containers, the findings and the score of the tab, beyond those of its first version. */
export const containerTexts = {
  cell: {
    binding: 'most likely by binding {{binding}}',
    bindingOver: 'The template says {{value}} instead.',
    recording: 'Recording',
    recordingLogs:
      '{{name}} records this container with Logs: while it runs, the container is unconfined in effect.',
    recordingOther: '{{name}} records this container ({{recorder}}).',
    recorded: 'recording',
    revision: 'Revision',
    older: 'older revision',
    'revisionState.present': 'It was started with what the profile says now.',
    'revisionState.older':
      'It still runs under an older revision: the profile changed after it was started.',
    'revisionState.unknown':
      "Whether it was started with what the profile says now can't be told.",
    startedAt: 'Started {{time}}.',
    missingMore: '{{nodes}} and {{count}} more',
    links: 'Read on',
    profile: 'Profile',
    profilePage: 'Open profile {{name}} ({{cluster}})',
    revisions: 'Revisions',
    revisionsOf: 'Revisions of {{name}} ({{cluster}})',
    review: 'Review',
    reviewOf: 'Review of {{name}} ({{cluster}})',
    podsHere_one: '1 pod',
    podsHere_other: '{{count}} pods',
  },
  group: {
    workload: '{{kind}} {{name}}',
  },
  finding: {
    counts: 'counts from {{date}}',
    docs: 'Read about this finding',
    docsOf: 'Read about this finding: {{title}}',
    docsAt: 'More: {{page}}',
    copyLink: 'Copy link',
    copyLinkOf: 'Copy link to: {{title}}',
    gone: 'The finding {{id}} is not part of this answer.',
  },
  scorePart: {
    atMost_one:
      '1 finding could not be judged; the score is at least {{score}}.',
    atMost_other:
      '{{count}} findings could not be judged; the score is at least {{score}}.',
    scheduled_one: '1 that does not count yet',
    scheduled_other: '{{count}} that do not count yet',
  },
} as const;
