import { combineDaemonSets } from './combineDaemonSets';

const agents = (name: string, rest = {}) => ({
  namespace: 'kube-system',
  name,
  image: 'gke.gcr.io/cilium/cilium:v1.12.10-gke.25',
  generation: 1,
  observedGeneration: 1,
  desired: 3,
  updated: 3,
  ready: 3,
  placement: {},
  ...rest,
});

describe('several DaemonSets of agents', () => {
  it('of one image are one roll-out', () => {
    expect(
      combineDaemonSets([
        agents('anetd-s'),
        agents('anetd-l', { desired: 10, updated: 4 }),
      ]),
    ).toMatchObject({ name: 'anetd-l', desired: 13, updated: 7, ready: 6 });
  });

  it('of two images are the larger one: the pods of the other speak for themselves', () => {
    expect(
      combineDaemonSets([
        agents('cilium-v1-18-0', { image: 'cilium:v1.18.0', desired: 2 }),
        agents('cilium-v1-19-0', { image: 'cilium:v1.19.0', desired: 7 }),
      ]),
    ).toMatchObject({ name: 'cilium-v1-19-0', desired: 7, updated: 3 });
  });

  it('of which one says nothing are not counted as if they did', () => {
    expect(
      combineDaemonSets([agents('a'), agents('b', { desired: undefined })])
        ?.desired,
    ).toBeUndefined();
  });

  it('are none where there is none', () => {
    expect(combineDaemonSets([])).toBeUndefined();
  });
});
