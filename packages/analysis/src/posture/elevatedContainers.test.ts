import { classOfEntity } from './classOfEntity';
import { elevatedContainers } from './elevatedContainers';
import { exampleFacts, exampleWorkload } from './exampleFacts';
import { judgeEntity } from './judgeEntity';
import { Posture, PostureWorkload } from './posture';
import { defaultRuleset } from './ruleset';

const posture = judgeEntity(
  exampleFacts({ workloads: [exampleWorkload()] }),
  defaultRuleset,
  '2026-11-23T09:00:00Z',
);
const [workload] = posture.workloads;
const [container] = workload.containers;

function withElevation(risk: string): PostureWorkload {
  return {
    ...workload,
    containers: [
      {
        ...container,
        elevations: [{ id: 'x', field: 'spec.x', value: 'true', risk }],
      },
    ],
  };
}

function ofClass(value: string, confidence = 'certain'): PostureWorkload {
  return { ...workload, class: { value, confidence, because: 'said so' } };
}

function risksOf(...workloads: PostureWorkload[]): (string | undefined)[] {
  return elevatedContainers({ workloads } as Posture).map(({ risk }) => risk);
}

describe('Who can see everything', () => {
  it('is no container that asks for nothing', () => {
    expect(elevatedContainers(posture)).toEqual([]);
  });

  it('is every container with an elevation of critical or high risk', () => {
    expect(
      risksOf(
        withElevation('critical'),
        withElevation('high'),
        withElevation('medium'),
        withElevation('low'),
      ),
    ).toEqual(['critical', 'high']);
  });

  it('is every container of an AI agent or eBPF collector, even of a guessed one that asks for nothing', () => {
    expect(
      risksOf(
        ofClass('ai-agent'),
        ofClass('ebpf-collector', 'guess'),
        ofClass('mesh'),
      ),
    ).toEqual([undefined, undefined]);
  });
});

describe('The class of an entity', () => {
  it('is the most demanding one among its workloads', () => {
    expect(
      classOfEntity({
        workloads: [
          ofClass('mesh'),
          ofClass('ai-agent'),
          ofClass('ebpf-collector'),
        ],
      }),
    ).toBe('ai-agent');
  });

  it('is ordinary where the only other class is a guess, and where nothing runs', () => {
    expect(classOfEntity({ workloads: [ofClass('ai-agent', 'guess')] })).toBe(
      'ordinary',
    );
    expect(classOfEntity({ workloads: [] })).toBe('ordinary');
  });
});
