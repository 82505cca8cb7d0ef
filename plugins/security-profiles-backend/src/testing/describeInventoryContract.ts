// A suite for other files to run: the rules take it for a test file of its own.
/* eslint-disable jest/no-export */
import type { InventoryWriter } from '../facts/CollectedFacts';
import {
  collectedCluster,
  collectedNode,
  collectedProfile,
  collectedSource,
  collectedWorkload,
  inventoryChanges,
} from './collectedFacts';

/** What every {@link InventoryWriter} does, run against one of them. */
export function describeInventoryContract(
  title: string,
  createInventory: () => Promise<InventoryWriter>,
): void {
  describe(`${title} keeps the contract of an inventory`, () => {
    const now = '2026-11-23T09:00:00.000Z';
    const [eu, us] = [collectedCluster('eu'), collectedCluster('us')];
    let inventory: InventoryWriter;

    beforeEach(async () => {
      inventory = await createInventory();
      await inventory.replaceClusters([eu, us]);
    });

    it('has nothing stored of a new cluster', async () => {
      expect(await inventory.readStored(eu.id)).toEqual({
        workloads: new Map(),
        profiles: new Set(),
        nodes: new Set(),
        namespaces: new Set(),
        sources: [],
      });
    });

    it('gives back what was stored, of each cluster its own', async () => {
      const workload = collectedWorkload(eu.id, 'cart');
      const profile = collectedProfile(eu.id, 'cart');
      await inventory.apply(
        eu.id,
        inventoryChanges({
          workloads: [workload],
          profiles: [profile],
          nodes: [collectedNode('node-a')],
          namespaces: [{ name: 'shop', labels: {} }],
        }),
        { now },
      );
      expect(await inventory.readStored(eu.id)).toEqual({
        workloads: new Map([[workload.id, workload.contentHash]]),
        profiles: new Set([profile.id]),
        nodes: new Set(['node-a']),
        namespaces: new Set(['shop']),
        sources: [],
      });
      expect((await inventory.readStored(us.id)).workloads.size).toBe(0);
    });

    it('replaces what is handed over again, and leaves the rest', async () => {
      const [cart, other] = [
        collectedWorkload(eu.id, 'cart'),
        collectedWorkload(eu.id, 'other'),
      ];
      await inventory.apply(
        eu.id,
        inventoryChanges({ workloads: [cart, other] }),
        { now },
      );
      const scaled = collectedWorkload(eu.id, 'cart', { pods: 5 });
      await inventory.apply(eu.id, inventoryChanges({ workloads: [scaled] }), {
        now,
      });
      expect((await inventory.readStored(eu.id)).workloads).toEqual(
        new Map([
          [cart.id, scaled.contentHash],
          [other.id, other.contentHash],
        ]),
      );
    });

    it('removes what is gone', async () => {
      const workload = collectedWorkload(eu.id, 'cart');
      const profile = collectedProfile(eu.id, 'cart');
      await inventory.apply(
        eu.id,
        inventoryChanges({
          workloads: [workload],
          profiles: [profile],
          nodes: [collectedNode('node-a')],
          namespaces: [{ name: 'shop', labels: {} }],
        }),
        { now },
      );
      await inventory.apply(
        eu.id,
        inventoryChanges({
          removedWorkloads: [workload.id, 'never-there'],
          removedProfiles: [profile.id, 'never-there'],
          removedNodes: ['node-a', 'never-there'],
          removedNamespaces: ['shop', 'never-there'],
        }),
        { now },
      );
      expect(await inventory.readStored(eu.id)).toEqual({
        workloads: new Map(),
        profiles: new Set(),
        nodes: new Set(),
        namespaces: new Set(),
        sources: [],
      });
    });

    it('keeps the states of sources with their reasons', async () => {
      const pods = collectedSource('pods', {
        state: 'forbidden',
        reason: 'May not list pods',
      });
      const nodes = collectedSource('nodes', {
        state: 'not-collected',
        lastFresh: undefined,
        count: 0,
        reason: undefined,
      });
      await inventory.writeSources(eu.id, [collectedSource('pods'), nodes]);
      await inventory.writeSources(eu.id, [pods]);
      const { sources } = await inventory.readStored(eu.id);
      expect(
        [...sources].sort((a, b) => a.resource.localeCompare(b.resource)),
      ).toEqual([nodes, pods]);
    });

    it('forgets a cluster that is no longer connected, and no other', async () => {
      for (const { id } of [eu, us]) {
        await inventory.apply(
          id,
          inventoryChanges({
            workloads: [collectedWorkload(id, 'cart')],
            profiles: [collectedProfile(id, 'cart')],
            nodes: [collectedNode('node-a')],
          }),
          { now },
        );
        await inventory.writeSources(id, [collectedSource('pods')]);
      }
      await inventory.replaceClusters([us]);
      await inventory.replaceClusters([eu, us]);
      const forgotten = await inventory.readStored(eu.id);
      expect(forgotten.workloads.size).toBe(0);
      expect(forgotten.profiles.size).toBe(0);
      expect(forgotten.nodes.size).toBe(0);
      expect(forgotten.sources).toEqual([]);
      expect((await inventory.readStored(us.id)).workloads.size).toBe(1);
    });
  });
}
