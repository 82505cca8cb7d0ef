import {
  Button,
  ButtonLink,
  Cell,
  Link,
  type ColumnConfig,
} from '@backstage/ui';
import type { Review } from '@security-profiles/backstage-plugin-security-profiles-common';
import { ApprovalMark } from '../components/ApprovalMark';
import { Chip } from '../components/Chip';
import lists from '../components/Lists.module.css';
import { ResponsiveTable } from '../components/ResponsiveTable';
import { Section } from '../components/Section';
import { useReviewLinks } from '../data/useReviewLinks';
import { formatDate, formatList } from '../texts/formatTime';
import { shortDigest } from '../texts/shortDigest';
import { useTexts } from '../texts/useTexts';
import type { ApprovalRow } from './approvalRows';

const OPEN_ACTIONS = {
  vote: 'vote',
  withdraw: 'withdraw',
  open: 'open',
} as const;

const WAITING = new Set(['pending', 'changes-requested']);

interface ActionProps {
  row: ApprovalRow;
  onAsk(row: ApprovalRow): void;
}

function Action(props: ActionProps) {
  const { row, onAsk } = props;
  const { t } = useTexts();
  const links = useReviewLinks();
  const { action, approval } = row;
  const params = { profile: row.name, environment: row.environment };
  if (action === 'request-review') {
    return (
      <Button
        variant="secondary"
        aria-label={t('approvals.askOf', params)}
        onPress={() => onAsk(row)}
      >
        {t('approvals.ask')}
      </Button>
    );
  }
  const href = approval.reviewId ? links.review(approval.reviewId) : undefined;
  const why = approval.whyNot ?? t('approvals.noAction');
  if (!action || !href) {
    return <span className={lists.text}>{why}</span>;
  }
  const text = OPEN_ACTIONS[action];
  return (
    <div className={lists.cell}>
      <ButtonLink
        variant="secondary"
        href={href}
        aria-label={t(`approvals.${text}Of`, params)}
      >
        {t(`approvals.${text}`)}
      </ButtonLink>
      {action === 'open' && approval.whyNot ? (
        <span className={lists.small}>{approval.whyNot}</span>
      ) : null}
    </div>
  );
}

interface LastReviewProps {
  approval: ApprovalRow['approval'];
  label: string;
}

/** Who asks again should be able to read why it was refused or ended. */
function LastReview(props: LastReviewProps) {
  const { approval, label } = props;
  const { t } = useTexts();
  const links = useReviewLinks();
  const href =
    approval.reviewId && approval.viewerMay.includes('open')
      ? links.review(approval.reviewId)
      : undefined;
  return href ? (
    <Link href={href} aria-label={label}>
      {t('approvals.last')}
    </Link>
  ) : null;
}

/** Props of {@link ApprovalsSection}. */
export interface ApprovalsSectionProps {
  rows: ApprovalRow[];
  /** The review that this reader has just asked for. */
  asked: Review | undefined;
  onAsk(row: ApprovalRow): void;
  now: number;
}

/** Who has agreed to the profiles, per environment, with the one thing that this reader may do about each. */
export function ApprovalsSection(props: ApprovalsSectionProps) {
  const { rows, asked, onAsk, now } = props;
  const texts = useTexts();
  const { t } = texts;
  const links = useReviewLinks();
  const askedLink = asked && links.review(asked.id);
  const columns: ColumnConfig<ApprovalRow>[] = [
    {
      id: 'profile',
      label: t('approvals.profile'),
      isRowHeader: true,
      defaultWidth: '1.5fr',
      minWidth: 140,
      cell: ({ name, namespace, kind }) => (
        <Cell>
          <div className={lists.cell}>
            <span className={lists.strong} dir="auto" translate="no">
              {name}
            </span>
            <span className={lists.small}>
              {namespace ? `${kind} · ${namespace}` : kind}
            </span>
          </div>
        </Cell>
      ),
    },
    {
      id: 'environment',
      label: t('approvals.environment'),
      minWidth: 130,
      defaultWidth: '1.2fr',
      cell: ({ environment, clusters }) => (
        <Cell>
          <div className={lists.cell}>
            <span>{environment || '–'}</span>
            <span className={lists.small}>{formatList(clusters)}</span>
          </div>
        </Cell>
      ),
    },
    {
      id: 'state',
      label: t('approvals.state'),
      minWidth: 170,
      defaultWidth: '2fr',
      cell: ({ approval, action, name, environment }) => (
        <Cell>
          <div className={lists.cell}>
            <ApprovalMark
              state={approval.state}
              expiresAt={approval.expiresAt}
              now={now}
            />
            {approval.because ? (
              <span className={lists.small}>{approval.because}</span>
            ) : null}
            {WAITING.has(approval.state) && approval.expiresAt ? (
              <time dateTime={approval.expiresAt} className={lists.small}>
                {t('approvals.end', {
                  date: formatDate(texts, approval.expiresAt, now),
                })}
              </time>
            ) : null}
            {action === 'request-review' ? (
              <LastReview
                approval={approval}
                label={t('approvals.lastOf', { profile: name, environment })}
              />
            ) : null}
          </div>
        </Cell>
      ),
    },
    {
      id: 'content',
      label: t('approvals.content'),
      minWidth: 100,
      defaultWidth: '0.8fr',
      cell: ({ digest }) => (
        <Cell>
          {digest ? (
            <code className={lists.code} translate="no">
              {shortDigest(digest)}
            </code>
          ) : (
            <Chip tone="neutral" border="dashed">
              {t('profiles.contentUnknown')}
            </Chip>
          )}
        </Cell>
      ),
    },
    {
      id: 'action',
      label: t('approvals.action'),
      minWidth: 190,
      defaultWidth: '1.6fr',
      cell: row => (
        <Cell>
          <Action row={row} onAsk={onAsk} />
        </Cell>
      ),
    },
  ];
  const isUntouched = rows.every(
    ({ approval }) => approval.state === 'unreviewed',
  );
  return (
    <Section headingLevel={3} anchor="approvals" title={t('approvals.title')}>
      {asked ? (
        <p className={lists.text}>
          {t('approvals.asked', {
            profile: asked.profile.name,
            environment: asked.environment,
          })}{' '}
          {askedLink ? (
            <Link href={askedLink}>{t('approvals.openAsked')}</Link>
          ) : null}
        </p>
      ) : null}
      {rows.length === 0 ? (
        <p className={lists.text}>{t('approvals.none')}</p>
      ) : (
        <>
          {isUntouched && !asked ? (
            <p className={lists.text}>{t('approvals.empty')}</p>
          ) : null}
          <ResponsiveTable columns={columns} rows={rows} />
        </>
      )}
    </Section>
  );
}
