import { Button, DialogFooter } from '@backstage/ui';
import actionStyles from '../components/DialogActions.module.css';

/** Props of {@link DestructiveActions}. */
export interface DestructiveActionsProps {
  /** Names what is done, never "OK". */
  submit: string;
  cancel: string;
  isPending: boolean;
  onSubmit(): void;
}

/** The end of a dialog whose action takes something away or overrides somebody. */
export function DestructiveActions(props: DestructiveActionsProps) {
  return (
    <DialogFooter className={actionStyles.actions}>
      <Button
        variant="primary"
        destructive
        isPending={props.isPending}
        onPress={props.onSubmit}
      >
        {props.submit}
      </Button>
      <Button variant="secondary" slot="close">
        {props.cancel}
      </Button>
    </DialogFooter>
  );
}
