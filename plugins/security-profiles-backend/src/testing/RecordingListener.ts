import type {
  InventoryChange,
  InventoryListener,
} from '../inventory/InventoryListener';

/** Keeps what it is told and does nothing else. */
export class RecordingListener implements InventoryListener {
  readonly changes: InventoryChange[] = [];

  async inventoryChanged(_tx: unknown, change: InventoryChange): Promise<void> {
    this.changes.push(change);
  }
}
