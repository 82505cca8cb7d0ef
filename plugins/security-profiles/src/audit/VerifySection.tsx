import { useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import { Alert, Button } from '@backstage/ui';
import { RiDownloadLine, RiShieldCheckLine } from '@remixicon/react';
import type { AuditVerification } from '@security-profiles/backstage-plugin-security-profiles-common';
import { securityProfilesApiRef } from '../api/securityProfilesApi';
import { useAnnounce } from '../components/Announcer';
import lists from '../components/Lists.module.css';
import { PatchBlock } from '../components/PatchBlock';
import { useServerNow } from '../data/useServerNow';
import { useTexts } from '../texts/useTexts';
import { verificationText } from './verificationText';

/** Checks the record without this server, as docs/audit.md has it. */
const OFFLINE =
  'security-profiles verify-audit security-profiles-audit.ndjson --pub key.pem --checkpoint c.json';

type Step = 'idle' | 'running' | 'failed';

/** Says whether the record is whole, and saves it as a file. */
export function VerifySection() {
  const api = useApi(securityProfilesApiRef);
  const texts = useTexts();
  const { t } = texts;
  const announce = useAnnounce();
  const [found, setFound] = useState<AuditVerification>();
  const [verifying, setVerifying] = useState<Step>('idle');
  const [exporting, setExporting] = useState<Step>('idle');
  const now = useServerNow(found?.verifiedAt);
  const verify = async () => {
    setVerifying('running');
    announce(t('audit.verifying'));
    try {
      const { data } = await api.request('get', '/audit/verify', {});
      setFound(data!);
      setVerifying('idle');
      if (data!.result === 'intact') {
        announce(
          verificationText(texts, data!, {
            now: Date.parse(data!.verifiedAt),
          }),
        );
      }
    } catch {
      // An older result must not stand where a newer one is unknown.
      setFound(undefined);
      setVerifying('failed');
    }
  };
  const save = async () => {
    setExporting('running');
    try {
      const { data } = await api.request('get', '/audit/export', {
        parseAs: 'blob',
      });
      const address = URL.createObjectURL(data as unknown as Blob);
      const link = document.createElement('a');
      link.href = address;
      link.download = 'security-profiles-audit.ndjson';
      link.click();
      URL.revokeObjectURL(address);
      setExporting('idle');
    } catch {
      setExporting('failed');
      announce(t('audit.export.failed'));
    }
  };
  const isIntact = found?.result === 'intact';
  return (
    <>
      <div className={lists.row}>
        <Button
          variant="secondary"
          iconStart={<RiShieldCheckLine aria-hidden />}
          isPending={verifying === 'running'}
          onPress={verify}
        >
          {t('audit.verify')}
        </Button>
        <Button
          variant="secondary"
          iconStart={<RiDownloadLine aria-hidden />}
          isDisabled={exporting === 'running'}
          onPress={save}
        >
          {t('audit.export')}
        </Button>
        {exporting === 'failed' ? (
          <span>{t('audit.export.failed')}</span>
        ) : null}
      </div>
      {verifying === 'failed' ? (
        <div role="alert">
          <Alert
            status="danger"
            icon
            title={t('audit.verify.failed')}
            description={t('state.network')}
          />
        </div>
      ) : null}
      {found && isIntact ? (
        <Alert
          status={found.signing === 'unsigned' ? 'warning' : 'success'}
          icon
          title={verificationText(texts, found, { now })}
        />
      ) : null}
      {found && !isIntact ? (
        <>
          <div role="alert">
            <Alert
              status="danger"
              icon
              title={verificationText(texts, found, { now })}
              description={t('audit.verify.offline')}
            />
          </div>
          <PatchBlock
            patch={{ format: 'sh', body: OFFLINE }}
            purpose={t('audit.verify')}
            copyLabel={t('audit.copyCommand')}
          />
        </>
      ) : null}
    </>
  );
}
