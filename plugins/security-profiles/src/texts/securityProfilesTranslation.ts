import { createTranslationRef } from '@backstage/frontend-plugin-api';

/**
 * Every text of the plugin. The keys are API: translations refer to them.
 *
 * @public
 */
export const securityProfilesTranslationRef = createTranslationRef({
  id: 'plugin.security-profiles',
  messages: {
    page: { title: 'Security profiles', clusters: 'Clusters' },
    tab: {
      summary: 'Security summary',
    },
    card: {
      title: 'Security',
      open: 'Open Security',
    },
    level: {
      exposed: 'Exposed',
      accepted: 'Accepted',
      baseline: 'Baseline',
      profiled: 'Profiled',
      unknown: 'Unknown',
      aria: 'Level {{level}}',
    },
    levelLine: {
      exposed:
        'Something runs with no seccomp filter in force, under a profile that allows by default, or with a critical elevation nobody granted',
      accepted:
        'Would be exposed; each cause is covered by a grant that somebody approved and that ends',
      baseline: 'Everything runs at least under RuntimeDefault',
      profiled:
        'Own profiles, enforcing, allowing nothing beyond RuntimeDefault without a grant',
      unknown: 'Facts are missing: the reason follows',
    },
    target: {
      met: 'On target',
      missed: 'Below target',
      none: 'No target here',
      unknown: 'Target not known',
      wanted: 'Target: {{level}}.',
    },
    headline: {
      'target.met.baseline':
        '{{name}} runs under RuntimeDefault, which is its target.',
      'target.met.profiled_one':
        '{{name}} runs under its own approved profile in its one container.',
      'target.met.profiled_other':
        '{{name}} runs under its own approved profiles in all {{count}} containers.',
      'target.missed': 'Below target ({{target}}): {{clause}} {{gap}}.',
      accepted:
        '{{name}} runs with {{elevations}} that {{people}} accepted until {{date}}.',
      profiled: '{{name}} runs under its own profiles on every node.',
      'profiled.stale_one':
        '{{name}} runs under its own profiles, but 1 profile changed after approval: {{widening}}.',
      'profiled.stale_other':
        '{{name}} runs under its own profiles, but {{count}} profiles changed after approval: {{widening}}.',
      'profiled.unreviewed':
        '{{name}} runs under its own profile that nobody has reviewed ({{origin}}).',
      baseline:
        '{{name}} runs under RuntimeDefault. It has no profile of its own yet.',
      'baseline.mixed':
        '{{own}} of {{count}} containers have their own profile; the others run under RuntimeDefault.',
      'baseline.missing':
        "The profile {{profile}} of {{name}} is missing on {{count}} of {{nodes}} nodes; new pods can't start there.",
      'baseline.elevated':
        '{{name}} runs under RuntimeDefault but asks for {{elevation}} without a grant.',
      'baseline.beyond_one':
        '{{name}} runs under {{profile}}, which allows 1 syscall beyond RuntimeDefault: {{syscalls}}.',
      'baseline.beyond_other':
        '{{name}} runs under {{profile}}, which allows {{count}} syscalls beyond RuntimeDefault: {{syscalls}}.',
      'baseline.own':
        '{{name}} runs under its own profiles, which do not count as profiled yet.',
      'baseline.sandboxed':
        '{{name}} runs in a sandbox ({{runtime}}), which counts as baseline.',
      exposed_one:
        '{{name}} is exposed: container {{container}} runs {{cause}}.',
      exposed_other:
        '{{name}} is exposed: {{count}} of {{total}} containers run without confinement, first {{container}}.',
      'exposed.privileged':
        '{{name}} is exposed: {{container}} is privileged, so no profile applies to it.',
      'will-not-start':
        "New pods of {{name}} can't start: {{container}} names the profile {{value}}, which doesn't exist in {{cluster}}.",
      'will-not-start.disabled':
        "New pods of {{name}} can't start: {{container}} names the profile {{value}}, which is disabled in {{cluster}}.",
      'will-not-start.missing':
        "New pods of {{name}} can't start: {{container}} names the profile {{value}}, which no node of {{cluster}} has.",
      mixed:
        '{{worstLevel}} in {{worstClusters}}, {{bestLevel}} in {{bestClusters}}.',
      unknown:
        "Can't tell: {{resource}} of {{cluster}} could not be read since {{time}}.",
      'unknown.partly':
        "Can't tell: {{resource}} of {{cluster}} could not be read since {{time}}. What is known is at least {{level}}.",
      'unknown.not-applicable':
        'Nothing to judge: seccomp does not apply to any container of {{name}}.',
      'unknown.nothing-counted':
        'No workload of {{name}} was found; clusters read: {{clusters}}.',
      'origin.recorded': 'recorded, not written',
      'origin.written': 'written',
      'suffix.atLeast': 'What is known is at least {{level}}.',
      'suffix.stale': 'As of {{time}}, before {{cluster}} stopped answering.',
      'suffix.waived':
        '1 finding waived until {{date}}; without it: {{level}}.',
      'suffix.class': 'As designed for an {{class}}; granted until {{date}}.',
      'fallback.exposed': '{{name}} is exposed.',
      'fallback.accepted': '{{name}} runs with elevations that were accepted.',
      'fallback.baseline': '{{name}} runs under RuntimeDefault.',
      'fallback.profiled': '{{name}} runs under its own profiles.',
      'fallback.unknown': "Can't tell what {{name}} runs under.",
      'fallback.other': 'The level of {{name}} is {{level}}.',
      'fallback.unmatched': 'No workload is known for {{name}}.',
    },
    cause: {},
    score: {
      value: 'Score {{score}}',
      why: 'why {{score}}?',
      none: 'No score: {{reason}}',
      noneReason: 'nothing could be judged',
      title: 'Why {{score}}?',
      start: '100 to start with',
      notCounted: 'Not counted:',
      notCountedUnknown_one: '{{count}} unknown',
      notCountedUnknown_other: '{{count}} unknown',
      notCountedNotApplicable_one: '{{count}} not applicable',
      notCountedNotApplicable_other: '{{count}} not applicable',
      perfect: 'No finding takes anything away.',
    },
    freshness: {
      facts: 'Facts {{age}} old',
      factsOf: 'Facts of {{time}}',
      stale: 'stale since {{time}} ({{age}})',
      unreachable: 'unreachable since {{time}}',
      forbidden: 'not allowed to read {{resource}}',
      notInstalled: '{{resource}} not installed',
      notCollected: 'not collected: {{reason}}',
      failed: 'reading failed since {{time}}',
      none: 'No facts yet',
      title: 'How old are the facts?',
      noReason: 'no reason given',
      worse_one: '1 source is not fresh',
      worse_other: '{{count}} sources are not fresh',
    },
    age: {
      seconds: '{{count}} s',
      minutes: '{{count}} min',
      hours: '{{count}} h',
      days_one: '{{count}} day',
      days_other: '{{count}} days',
    },
    nextSteps: {
      title: 'Next steps',
      none: 'Nothing to do.',
      noneUnknown: 'Nothing to do as far as is known.',
      open: 'Open {{name}}',
      why: 'Why',
      whyOf: 'Why: {{step}}',
      more_one: '1 more step',
      more_other: '{{count}} more steps',
      all: 'All findings:',
    },
    counts: {
      fail_one: '{{count}} fail',
      fail_other: '{{count}} fail',
      warn_one: '{{count}} warn',
      warn_other: '{{count}} warn',
      unknown_one: '{{count}} unknown',
      unknown_other: '{{count}} unknown',
      waived_one: '{{count}} waived',
      waived_other: '{{count}} waived',
      pass_one: '{{count}} pass',
      pass_other: '{{count}} pass',
      notApplicable_one: '{{count}} not applicable',
      notApplicable_other: '{{count}} not applicable',
    },
    patch: {
      copy: 'Copy patch',
      copied: 'Copied',
      copyFailed: "Couldn't copy. Select the text and copy it by hand.",
      label: 'Patch for: {{step}}',
    },
    containers: {
      title: 'Containers',
      count_one: '1 container',
      count_other: '{{count}} containers',
      countAtLeast_one: 'At least 1 container',
      countAtLeast_other: 'At least {{count}} containers',
      problems_one: '{{count}} with problems',
      problems_other: '{{count}} with problems',
      onlyProblems: 'Only problems',
      hidden_one: '1 container without problems hidden',
      hidden_other: '{{count}} containers without problems hidden',
      show: 'show',
      clusterFilter: 'Cluster',
      allClusters: 'all',
      groupBy: 'Group by',
      byWorkload: 'workload',
      byCluster: 'cluster',
      container: 'Container',
      where: 'Where',
      seccomp: 'seccomp',
      appArmor: 'AppArmor',
      seLinux: 'SELinux',
      asksFor: 'Asks for',
      pods: 'Pods',
      allOf_one: '{{clusters}}',
      allOf_other: 'all {{count}} clusters',
      differs: 'differs: {{clusters}}',
      nothing: 'nothing',
      moreElevations_one: '1 more',
      moreElevations_other: '{{count}} more',
      'type.init': 'init',
      'type.sidecar': 'sidecar',
      'type.ephemeral': 'ephemeral',
      injected: 'injected',
      template: 'from the template, no live pod',
      empty: 'No container matches these filters.',
      clear: 'Clear filters',
      ignored: 'Ignored filter: {{value}}',
      coverage: '{{fresh}} of {{count}} clusters; {{missing}} not answering',
    },
    confinement: {
      state: {
        profile: 'profile',
        'runtime-default': 'RuntimeDefault',
        unconfined: 'Unconfined',
        unset: 'unset',
        dangling: 'will not start: {{value}}',
        foreign: 'foreign: {{value}}',
        ambiguous: 'ambiguous',
        sandboxed: 'sandboxed: {{value}}',
        'not-applicable': 'n/a',
        unknown: 'unknown',
      },
      meaning: {
        profile: 'Own rules, set at {{field}}.',
        'runtime-default': "The container runtime's own list.",
        unconfined: 'Somebody switched this mechanism off here.',
        'unset.seccomp': 'Nobody set it; the node decides, usually no filter.',
        'unset.other':
          "Nobody set it; the runtime's default applies where the node has it on.",
        dangling:
          'Names a profile that does not exist; Kubernetes refuses to start new containers (fails closed).',
        foreign:
          'A file on the node that no profile object describes; content unknown.',
        ambiguous:
          'Two profiles write the same file; which one counts is not decidable.',
        sandboxed:
          'A sandbox runtime (gVisor, Kata) stands between container and kernel; counts as baseline.',
        'not-applicable': 'This mechanism does not apply here.',
        unknown: 'The facts for this are missing.',
      },
      void: 'void: privileged',
      notInForce: 'not in force',
      willNotStart: 'will not start',
      nodes: '{{nodes}} of {{of}} nodes',
      aria: '{{mechanism}}: {{value}}',
      opens: 'opens details',
      title: '{{mechanism}} of {{container}}',
      applies: 'What applies',
      setWhere: 'Set where',
      setNowhere: 'Nowhere',
      why: 'Why',
      level: 'Level of this container',
      inForce: 'In force',
      'inForceValue.yes': 'yes',
      'inForceValue.no': 'no',
      'inForceValue.will-not-start': 'the container will not start',
      'inForceValue.unknown': 'unknown',
      'setBy.container': 'by the container',
      'setBy.pod': 'by the pod',
      'setBy.annotation': 'by an annotation',
      'setBy.none': 'by nobody',
      nodesTitle: 'Nodes',
      missingOn_one:
        'Missing on {{nodes}}, which runs or could run this container.',
      missingOn_other:
        'Missing on {{nodes}}, which run or could run this container.',
      inClusters: 'Where',
    },
    kernel: {
      title: 'What it asks of the kernel',
      none: 'Nothing beyond the ordinary: no privileged container, added capability, host namespace or kernel path.',
      noneAtLeast: 'Nothing beyond the ordinary in what could be read.',
      elevation: 'Elevation',
      container: 'Container',
      where: 'Where',
      field: 'Set at',
      risk: 'Risk',
      grant: 'Grant',
      noGrant: 'none',
    },
    elevation: {
      privileged: 'privileged',
      'host-pid': 'host PID namespace',
      'host-pid-with-ptrace': 'host PID namespace with CAP_SYS_PTRACE',
      'host-network': 'host network',
      'host-ipc': 'host IPC namespace',
      'proc-mount-unmasked': 'unmasked /proc',
      'unsafe-sysctl': 'unsafe sysctl {{value}}',
      hostPath: 'host path {{value}}',
    },
    profiles: {
      title: 'Profiles',
      none: 'No container names a profile of the Security Profiles Operator.',
      name: 'Profile',
      kind: 'Kind',
      cluster: 'Cluster',
      nodes: 'Nodes',
      nodesOf: '{{nodes}} of {{of}} nodes',
      nodesNone: 'no node has reported yet',
      missing_one: 'missing on {{nodes}}',
      missing_other: 'missing on {{nodes}}',
      missingMore: 'missing on {{nodes}} and {{count}} more',
      mode: 'Mode',
      content: 'Revision',
      contentUnknown: 'content unknown',
      approval: 'Approval',
      approvalUnknown: 'not decided here yet',
      'modeValue.enforcing': 'enforcing',
      'modeValue.permissive': 'permissive: only logs',
      'modeValue.complain': 'complain: only logs',
      'modeValue.allows-by-default': 'allows by default',
      'modeValue.logs-by-default': 'logs by default',
      'modeValue.disabled': 'disabled',
      'modeValue.unknown': 'unknown',
    },
    dataplane: {
      title: 'Dataplane below it',
      none: 'No cluster is known for this entity, so nothing can be said about its dataplane.',
      version: 'Cilium {{version}}',
      versionOn: '{{version}} on {{nodes}} of {{of}} nodes',
      versionOnMore: '{{version}} on {{nodes}}',
      without_one: 'no agent on 1 node',
      without_other: 'no agent on {{count}} nodes',
      noCilium: 'No Cilium here: {{reason}}',
      noCiliumReason: 'not judged here.',
      'lineState.maintained': 'line maintained',
      'lineState.last-maintained': 'last maintained line',
      'lineState.ended': 'line ended',
      'lineState.vendor': "the vendor's support rules apply",
      'lineState.unknown': 'line unknown',
      lineEnded: 'line ended {{date}}',
      patches_one: '1 patch behind',
      patches_other: '{{count}} patches behind',
      patchesAtLeast_one: 'at least 1 patch behind',
      patchesAtLeast_other: 'at least {{count}} patches behind',
      newest: 'newest patch',
      newestKnown: 'newest patch that is known',
      noMore: 'no more patches',
      patchesUnknown: "patches behind: can't tell",
      rollOut: 'roll-out',
      releases: 'Release data of {{date}}, {{age}} old',
      releasesOld:
        'Release data of {{date}}, {{age}} old: newer patches may exist.',
      releasesNone:
        "No release data: maintained or not can't be told; versions are.",
    },
    findings: {
      titleCount_one: 'All findings ({{count}})',
      titleCount_other: 'All findings ({{count}})',
      none: 'No check has run yet.',
      filter: 'Status',
      all: 'all',
      evidence: 'Evidence',
      evidenceMore_one: 'Show 1 more',
      evidenceMore_other: 'Show {{count}} more',
      evidenceLeft: '{{shown}} of {{count}} are listed.',
      showPass_one: 'Show 1 pass',
      showPass_other: 'Show {{count}} passes',
      showNotApplicable_one: 'Show 1 that is not applicable',
      showNotApplicable_other: 'Show {{count}} that are not applicable',
      fix: 'What to do',
      'responsible.owner': 'for the owner of this entity',
      'responsible.platform': 'for the platform',
      'responsible.cluster': "for the cluster's owner",
    },
    severity: {
      critical: 'critical',
      high: 'high',
      medium: 'medium',
      low: 'low',
    },
    status: {
      pass: 'pass',
      warn: 'warn',
      fail: 'fail',
      unknown: 'unknown',
      'not-applicable': 'not applicable',
      waived: 'waived until {{date}}',
    },
    sources: {
      title: 'Facts and sources',
      cluster: 'Cluster',
      resource: 'Resource',
      state: 'State',
      facts: 'Facts of',
      reason: 'Reason',
      objects: 'Objects',
      none: 'No source has been read yet.',
      missingRule: 'Add this rule to the ClusterRole of the reader:',
      rules: 'Rules: {{rules}}. Judged {{time}}.',
    },
    sourceState: {
      fresh: 'fresh',
      stale: 'stale',
      forbidden: 'forbidden',
      unreachable: 'unreachable',
      failed: 'failed',
      'not-installed': 'not installed',
      'not-collected': 'not collected',
    },
    notice: {
      title: 'What could not be read',
      forbidden:
        "{{cluster}} doesn't let us read {{resource}}. Judgements that need them are unknown. Apply the ClusterRole from the docs.",
      unreachable:
        "{{cluster}} has not answered since {{time}}. Shown: facts from then. Levels can't improve until it answers.",
      stale:
        "{{resource}} of {{cluster}} are stale since {{time}}. Shown: facts from then. Levels can't improve until it answers.",
      failed:
        'Reading {{resource}} of {{cluster}} fails since {{time}}: {{reason}}',
      spoNotInstalled:
        "The Security Profiles Operator isn't installed in {{cluster}}. RuntimeDefault and Unconfined are judged; own profiles can't exist there.",
      notCollected: '{{cluster}} is listed, not collected: {{reason}}',
    },
    state: {
      loading: 'Loading',
      slow: 'Still loading. The server has not answered for 10 seconds.',
      noAnnotation:
        "This entity isn't connected to workloads. Add {{annotation}} to its catalog file and the same label to its pods.",
      nothingMatched_one:
        'No workload in 1 cluster matches. Looked for pods with {{selector}} in {{namespaces}}, last {{age}} ago.',
      nothingMatched_other:
        'No workload in {{count}} clusters matches. Looked for pods with {{selector}} in {{namespaces}}, last {{age}} ago.',
      lookedFor_one:
        'Looked in 1 cluster for pods with {{selector}} in {{namespaces}}, last {{age}} ago.',
      lookedFor_other:
        'Looked in {{count}} clusters for pods with {{selector}} in {{namespaces}}, last {{age}} ago.',
      label: 'label {{selector}}',
      or: 'or',
      allNamespaces: 'all namespaces',
      namespace: 'namespace {{namespace}}',
      nearMiss:
        'A {{kind}} named {{name}} exists in {{cluster}}/{{namespace}} without this label.',
      forbidden:
        "You can't see the security posture of this entity. It needs the permission security-profiles.posture.read.",
      forbiddenClusters:
        "You can't see the clusters. It needs the permission security-profiles.cluster.read.",
      notFound: 'There is nothing here that you may read.',
      signedOut: 'Sign in again.',
      error: "Couldn't load {{what}}.",
      'what.posture': 'the posture',
      'what.clusters': 'the clusters',
      'what.cluster': 'the cluster',
      'what.nodes': 'the nodes',
      network: 'No answer from the server.',
      retry: 'Try again',
      errorId: 'Error {{id}} (give this to your administrator).',
      refreshFailed:
        "Couldn't refresh {{what}}. Shown: the last answer, {{age}} old.",
    },
    setup: {
      intro:
        'Security profiles shows what each container of your services is really allowed to do.',
      connect: 'Connect a cluster',
      'connected.none':
        'No cluster connected. Clusters of the Kubernetes plugin are used as they are; add one under kubernetes.clusterLocatorMethods.',
      'connected.all_one': '1 cluster connected, answering',
      'connected.all_other': '{{count}} clusters connected, all answering',
      'connected.some_one': '{{answering}} of 1 cluster answers',
      'connected.some_other': '{{answering}} of {{count}} clusters answer',
      match: 'Match services',
      matched: '{{matched}} of {{total}} entities matched.',
      matchedNone:
        '{{matched}} of {{total}} entities matched. They need the annotation backstage.io/kubernetes-id',
      operator: 'Security Profiles Operator',
      'operator.none':
        'Not installed in any cluster. You can start without: RuntimeDefault, Unconfined and privileged are already judged.',
      'operator.in': 'Installed in {{clusters}}',
      done: 'done',
      open: 'open',
      optional: 'optional',
      failed: "The progress couldn't be loaded.",
    },
    clusters: {
      title: 'Clusters',
      titleCount: 'Clusters ({{count}})',
      ended_one: '1 on an ended line',
      ended_other: '{{count}} on an ended line',
      rollOut_one: '1 in roll-out',
      rollOut_other: '{{count}} in roll-out',
      behind_one: '1 behind on patches',
      behind_other: '{{count}} behind on patches',
      unread_one: '1 not answering or not collected',
      unread_other: '{{count}} not answering or not collected',
      good: 'All clusters are on the newest patch that is known.',
      cantTell: "Whether patches are missing can't be told yet.",
      onThisPage: 'Counted on this page.',
      cluster: 'Cluster',
      environment: 'Environment',
      cilium: 'Cilium',
      line: 'Line',
      patches: 'Patches',
      kubernetes: 'Kubernetes',
      operator: 'Operator',
      services: 'Services',
      facts: 'Facts',
      all: 'all',
      lineFilter: 'Show',
      'lineFilter.ended': 'on an ended line',
      'lineFilter.roll-out': 'in roll-out',
      'lineFilter.behind': 'behind on patches',
      'lineFilter.unread': 'not answering or not collected',
      empty: 'No cluster matches these filters.',
      ended: 'ended {{date}}',
      noCilium: 'no Cilium',
      operatorVersionUnknown: 'version unknown',
      unknownVersion: 'unknown',
    },
    cluster: {
      'sentence.newest':
        '{{name}} runs Cilium {{version}} on all its nodes, the newest patch of {{line}} that is known.',
      'sentence.behind_one':
        '{{name}} runs Cilium {{version}}, 1 patch behind on line {{line}}.',
      'sentence.behind_other':
        '{{name}} runs Cilium {{version}}, {{count}} patches behind on line {{line}}.',
      'sentence.behindAtLeast_one':
        '{{name}} runs Cilium {{version}}, at least 1 patch behind on line {{line}}.',
      'sentence.behindAtLeast_other':
        '{{name}} runs Cilium {{version}}, at least {{count}} patches behind on line {{line}}.',
      'sentence.rollOut':
        '{{name}} is in the middle of a roll-out: {{versions}}.',
      'sentence.ended':
        '{{name}} runs Cilium {{version}} on a line that ended {{date}}.',
      'sentence.endedUndated':
        '{{name}} runs Cilium {{version}} on a line that has ended.',
      'sentence.vendor':
        "{{name}} runs a vendor's Cilium {{version}}; the vendor's support rules apply.",
      'sentence.lineUnknown':
        "{{name}} runs Cilium {{version}}; whether that line is maintained can't be told.",
      'sentence.noCilium': '{{name}} runs no Cilium: {{reason}}',
      'sentence.noCiliumReason': 'another CNI is not judged here.',
      'sentence.unreachable':
        '{{name}} has not answered since {{time}}. Shown: facts from then.',
      'sentence.notCollected': '{{name}} is listed, not collected: {{reason}}',
      'sentence.failed': 'Reading {{name}} fails: {{reason}}',
      nodes: 'Nodes',
      nodesCount_one: 'Nodes ({{count}})',
      nodesCount_other: 'Nodes ({{count}})',
      noNodes: 'No node has been read yet.',
      node: 'Node',
      ready: 'Ready',
      kernel: 'Kernel',
      architecture: 'Architecture',
      runtime: 'Runtime',
      kubelet: 'Kubelet',
      operatorDaemon: 'Operator',
      'spo.served': 'serves this node',
      'spo.not-served': "doesn't serve this node",
      'spo.unknown': 'unknown',
      'readyValue.yes': 'yes',
      'readyValue.no': 'no',
      'readyValue.unknown': 'unknown',
      noAgent: 'no agent',
      problems: 'Problems',
      noProblems: 'No problem is known.',
      'problem.ended': 'Line {{line}} has ended: it gets no more patches.',
      'problem.behind': 'Patches are missing: {{patches}}.',
      'problem.rollOut': 'Agents of {{count}} versions run: {{versions}}.',
      environment: 'Environment',
      tls: 'Server certificate',
      tlsNotVerified:
        'not verified: skipTLSVerify is set, so the server may be somebody else',
      owner: 'Owner',
      services: 'Services you can read',
      advisories: 'Advisories',
      'advisories.applies_one': '{{count}} applies',
      'advisories.applies_other': '{{count}} apply',
      'advisories.maybe_one': '{{count}} may apply',
      'advisories.maybe_other': '{{count}} may apply',
      'advisories.unknown_one': "{{count}} can't tell",
      'advisories.unknown_other': "{{count}} can't tell",
      operator: 'Security Profiles Operator',
      profilesCount_one: '1 profile',
      profilesCount_other: '{{count}} profiles',
      nodesWithoutAgent_one: '1 Linux node runs no Cilium agent.',
      nodesWithoutAgent_other: '{{count}} Linux nodes run no Cilium agent.',
    },
    table: {},
    explain: {},
    term: { label: 'What is {{term}}?', words: 'Words used here:' },
    glossary: {
      syscall:
        'A request of a program to the kernel, such as open a file or start a process.',
      seccomp:
        'A kernel filter that decides, per syscall, whether a process may make it.',
      'seccomp profile':
        'The list of rules for that filter, with an action for everything not listed.',
      'default action':
        'What happens to a syscall that no rule names; deny makes an allow list, allow makes a deny list.',
      'syscall argument condition':
        "A rule that holds only if numbers passed to the syscall compare as stated; the filter can't look behind pointers.",
      RuntimeDefault:
        "The container runtime's own seccomp list; it denies rarely needed calls and opens some with added capabilities.",
      Localhost:
        'The pod names a profile that must already be on its node (seccomp: a file; AppArmor: loaded).',
      Unconfined: 'The mechanism is switched off for this container.',
      unset:
        "Nothing is configured; for seccomp that means Unconfined unless the node's kubelet defaults to RuntimeDefault.",
      AppArmor:
        'A Linux security module that limits files, capabilities and network by a named profile.',
      SELinux:
        'A Linux security module; the type is the label of a process, and policy rules say what a type may do to which other types.',
      mode: 'Enforcing: the policy denies. Permissive (SELinux) and complain (AppArmor): it only logs.',
      capability:
        "One slice of root's power, such as CAP_NET_ADMIN, given to a process without making it root.",
      privileged:
        'A container with all capabilities and host devices, and without a seccomp filter.',
      elevation:
        'Any kernel-level privilege that a container asks for beyond the ordinary.',
      'base profile':
        'A profile whose syscall rules are added to another one; only its rules, not its default action.',
      digest:
        'A SHA-256 fingerprint of the content; another content has another digest.',
      revision: 'One content of a profile, named by its digest.',
      'beyond RuntimeDefault':
        'Allowed by this profile, not by RuntimeDefault for a container with the same capabilities.',
      'dangling / foreign':
        "Names a profile that doesn't exist / a file on the node that no profile object describes.",
      'installed on N of M nodes':
        "The operator reports the profile on N of the M nodes it serves; it doesn't prove that the newest revision is there.",
      'profile binding':
        'A rule of the operator that sets a profile on new pods by their image; running pods stay as they are.',
      grant: 'An approval of elevations of one container, with an end date.',
      tier: 'How much can go wrong (T0 to T3); it sets how many people must approve and for how long.',
      'release line':
        'One minor version of Cilium, such as 1.19, with its patches; upstream maintains the newest three.',
    },
  },
});
