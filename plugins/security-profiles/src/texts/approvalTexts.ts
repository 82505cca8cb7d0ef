/** Texts of tiers, of what ended or was put in force early, and of the history of a review. */
export const approvalTexts = {
  reviewPage: {
    tier: 'tier {{tier}}',
    whyTier: 'Why tier {{tier}}',
    noReasons: 'Nothing raises its tier.',
    byPolicy: 'The rules approved this by themselves.',
    'change.title': 'Change at kernel level',
    'change.first':
      'No other content of this profile was approved for {{environment}} before: everything that it allows is new.',
    'change.notCollected':
      '{{digest}} was approved before, but what it allowed is not known here any more. No comparison is possible.',
    through: 'through {{groups}}',
    'history.title': 'History ({{count}})',
    'history.show_one': 'Show 1 event',
    'history.show_other': 'Show {{count}} events',
    'history.by': 'by',
    'history.requested': 'asked for',
    'history.voted': 'voted',
    'history.commented': 'commented',
    'history.withdrawn': 'withdrawn',
    'history.policy-approved': 'approved by the rules',
    'history.carried': 'approval carried over',
    'history.superseded': 'superseded',
    'history.revoked': 'approval revoked',
    'history.broke-glass': 'approved as an emergency',
    'emergency.title': 'In force as an emergency until {{until}}.',
    'emergency.ended': 'The emergency ended {{at}}.',
    'emergency.by': 'Approved by {{name}}: {{reason}}',
    'emergency.due': 'Others must review it by {{date}}.',
    'emergency.incident': 'Open the incident',
    'revoked.title': 'Revoked by {{name}}, {{at}}.',
    'decided.revoked':
      'The approval was revoked. Ask again to have it approved.',
    'decided.approved-emergency':
      '{{digest}} is approved as an emergency for {{environment}} and must be reviewed.',
    'reason.missing': 'Write a reason: it stays in the log.',
  },
  revoke: {
    open: 'Revoke the approval',
    title: 'Revoke the approval',
    explain:
      'Ends the approval now. It covers {{services}}, {{pods}}. Nothing is removed from the clusters.',
    reason: 'Reason',
    submit: 'Revoke {{digest}} for {{environment}}',
    cancel: 'Keep it',
    done: 'The approval is revoked.',
    nothingDone: 'The approval was not revoked.',
  },
  breakGlass: {
    open: 'Break the glass',
    title: 'Approve as an emergency',
    explain: 'Approves for at most 24 h and must be reviewed by {{date}}.',
    changesNothing:
      'Your reason and the incident stay in the log, and you take no part in the review.',
    reason: 'Reason',
    incident: 'Link to the incident',
    incidentMissing:
      'Enter the address of the incident. It starts with https:// or http://.',
    submit: 'Approve for 24 h',
    cancel: 'Leave it to the review',
    done: 'It is approved as an emergency for at most 24 h.',
    nothingDone: 'Nothing was approved.',
  },
} as const;
