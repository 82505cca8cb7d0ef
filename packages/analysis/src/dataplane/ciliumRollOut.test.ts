import { CiliumDaemonSet, ciliumRollOut } from './ciliumRollOut';
import { operatorSkew } from './operatorSkew';
import { whyNoAgent } from './whyNoAgent';

const now = '2026-11-23T10:00:00Z';
const daemonSet: CiliumDaemonSet = {
  namespace: 'kube-system',
  name: 'cilium',
  image: 'quay.io/cilium/cilium:v1.19.8',
  strategy: 'RollingUpdate',
  generation: 2,
  observedGeneration: 2,
  desired: 9,
  updated: 9,
  ready: 9,
};
const state = (rest: Partial<CiliumDaemonSet>, newest?: string) =>
  ciliumRollOut({ ...daemonSet, ...rest }, '1.19.8', newest, now).state;

describe('a roll-out', () => {
  it.each<[string, Partial<CiliumDaemonSet>, string | undefined, string]>([
    ['all updated and ready', {}, '2026-11-01T00:00:00Z', 'done'],
    [
      'an agent came an hour ago',
      { updated: 7 },
      '2026-11-23T09:00:00Z',
      'rolling',
    ],
    [
      'none came for two hours',
      { updated: 7 },
      '2026-11-23T08:00:00Z',
      'stuck',
    ],
    [
      'all updated, one not ready for two hours',
      { ready: 8 },
      '2026-11-23T08:00:00Z',
      'stuck',
    ],
    [
      'nobody deletes the pods',
      { updated: 7, strategy: 'OnDelete' },
      '2026-11-01T00:00:00Z',
      'waits',
    ],
    [
      'the change is not taken up',
      { generation: 3 },
      '2026-11-23T09:30:00Z',
      'rolling',
    ],
    ['a folder without a status', { desired: undefined }, undefined, 'unknown'],
    ['no agent with a time', { updated: 7 }, undefined, 'unknown'],
  ])('where %s', (_, rest, newest, expected) => {
    expect(state(rest, newest)).toBe(expected);
  });

  it('says how far it is', () => {
    expect(
      ciliumRollOut(
        { ...daemonSet, updated: 7 },
        '1.19.8',
        '2026-11-23T09:30:00Z',
        now,
      ),
    ).toMatchObject({
      because: '7 of 9 agents are updated',
      stuckAt: '2026-11-23T11:30:00.000Z',
    });
  });
});

describe('the operator', () => {
  const image = (tag: string) => ({
    image: `quay.io/cilium/operator-generic:${tag}`,
    desired: 2,
    ready: 2,
  });

  it.each([
    ['v1.19.8', ['1.19.8'], 'done', 'same'],
    ['v1.19.8', ['1.19.7', '1.19.8'], 'under-way', 'rolling'],
    ['v1.19.8', ['1.19.7'], 'done', 'differs'],
    ['v1.18.14', ['1.19.8'], 'under-way', 'differs'],
    ['v1.18.14', ['1.19.8'], 'done', 'differs'],
    ['latest', ['1.19.8'], 'done', 'unknown'],
    ['v1.19.8', [], 'done', 'unknown'],
  ] as const)(
    'at %s with agents %j, roll-out %s: %s',
    (tag, agents, roll, is) => {
      expect(operatorSkew(image(tag), agents, roll).state).toBe(is);
    },
  );

  it('that is not there is no skew: GKE runs none', () => {
    expect(operatorSkew(undefined, ['1.19.8'], 'done').state).toBe(
      'not-applicable',
    );
  });
});

describe('a node without an agent', () => {
  const named = { name: 'a' };
  it.each([
    [
      { ...named, labels: { 'eks.amazonaws.com/compute-type': 'fargate' } },
      undefined,
      'a Fargate node, which runs no agents',
    ],
    [
      { ...named, labels: { 'eks.amazonaws.com/compute-type': 'hybrid' } },
      undefined,
      'an EKS hybrid node, left out by affinity',
    ],
    [
      { ...named, labels: { type: 'virtual-kubelet' } },
      undefined,
      'a virtual node, which runs no agents',
    ],
    [
      { ...named, taints: [{ key: 'only-gpu', effect: 'NoSchedule' }] },
      {},
      'kept away by the taint only-gpu',
    ],
    [
      { ...named, labels: { zone: 'a' } },
      { nodeSelector: { zone: 'b' } },
      'left out by the node selector of the DaemonSet',
    ],
    [{ ...named, ready: 'no' as const }, {}, 'the node is not ready'],
    [named, {}, 'no agent was placed there yet, or affinity leaves it out'],
  ])('%j is explained', (node, placement, because) => {
    expect(whyNoAgent(node, placement)).toBe(because);
  });
});
