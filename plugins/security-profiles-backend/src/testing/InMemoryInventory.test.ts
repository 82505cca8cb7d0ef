import { describeInventoryContract } from './describeInventoryContract';
import { InMemoryInventory } from './InMemoryInventory';

describeInventoryContract(
  'The in-memory inventory',
  async () => new InMemoryInventory(),
);
