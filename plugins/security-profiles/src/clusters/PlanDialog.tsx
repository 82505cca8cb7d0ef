import { useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  DialogTrigger,
  TextAreaField,
  TextField,
} from '@backstage/ui';
import type {
  CiliumPlanRequest,
  ClusterDetail,
} from '@security-profiles/backstage-plugin-security-profiles-common';
import { securityProfilesApiRef } from '../api/securityProfilesApi';
import { ActionError } from '../components/ActionError';
import { useAnnounce } from '../components/Announcer';
import actionStyles from '../components/DialogActions.module.css';
import lists from '../components/Lists.module.css';
import { useAttempt } from '../data/useAttempt';
import { useTexts } from '../texts/useTexts';

const MAX_REASON = 1000;

/** Props of {@link PlanDialog}. */
export interface PlanDialogProps {
  cluster: ClusterDetail;
  onNoted(): void;
}

/** The button by which a cluster's owner says when its Cilium is going to be patched. */
export function PlanDialog(props: PlanDialogProps) {
  const { cluster, onNoted } = props;
  const api = useApi(securityProfilesApiRef);
  const { t } = useTexts();
  const announce = useAnnounce();
  const [isOpen, setOpen] = useState(false);
  const [version, setVersion] = useState(cluster.dataplane?.path[0]?.to ?? '');
  const [date, setDate] = useState('');
  const [reason, setReason] = useState('');
  const attempt = useAttempt({
    async send(body: CiliumPlanRequest) {
      const { data } = await api.request('post', '/clusters/{clusterId}/plan', {
        params: { path: { clusterId: cluster.id } },
        body,
      });
      return data!;
    },
    onDone() {
      setOpen(false);
      announce(t('plan.noted'));
      onNoted();
    },
  });
  const isWhole =
    version.trim() !== '' &&
    /^\d{4}-\d{2}-\d{2}$/.test(date) &&
    reason.trim() !== '';
  const submit = () =>
    attempt.run({ version: version.trim(), date, reason: reason.trim() });
  return (
    <DialogTrigger
      isOpen={isOpen}
      onOpenChange={open => {
        setOpen(open);
        attempt.reset();
      }}
    >
      <Button variant="secondary">{t('plan.open')}</Button>
      <Dialog width="min(32rem, calc(100vw - 2rem))">
        <DialogHeader>{t('plan.title', { name: cluster.name })}</DialogHeader>
        <DialogBody>
          <div className={lists.plain}>
            <p className={lists.text}>{t('plan.explain')}</p>
            <TextField
              label={t('plan.version')}
              value={version}
              onChange={setVersion}
              maxLength={64}
            />
            <TextField
              label={t('plan.date')}
              placeholder="2026-12-02"
              value={date}
              onChange={setDate}
              maxLength={10}
            />
            <TextAreaField
              label={t('plan.reason')}
              rows={2}
              maxLength={MAX_REASON}
              value={reason}
              onChange={setReason}
            />
            {attempt.error ? (
              <ActionError
                error={attempt.error}
                name={cluster.name}
                nothingDone={t('plan.nothingDone')}
                onRetry={submit}
              />
            ) : null}
          </div>
        </DialogBody>
        <DialogFooter className={actionStyles.actions}>
          <Button
            variant="primary"
            isDisabled={!isWhole}
            isPending={attempt.isPending}
            onPress={submit}
          >
            {t('plan.submit', { version: version.trim(), name: cluster.name })}
          </Button>
          <Button variant="secondary" slot="close">
            {t('plan.cancel')}
          </Button>
        </DialogFooter>
      </Dialog>
    </DialogTrigger>
  );
}
