import { Button, SearchField, Select } from '@backstage/ui';
import lists from '../components/Lists.module.css';
import { useUrlState } from '../data/useUrlState';
import { useTexts } from '../texts/useTexts';
import styles from './Scorecard.module.css';
import {
  CHOICES,
  FILTER_NAMES,
  GROUPINGS,
  isNarrowed,
  type ScorecardQuery,
} from './scorecardQuery';

const ANY = 'any:';

/** Props of {@link ScorecardFilters}. */
export interface ScorecardFiltersProps {
  query: ScorecardQuery;
  /** The place of the scorecard decides its owner or system. */
  isFixed: 'yes' | 'no';
}

/** Filters of a scorecard; all of them live in the address. */
export function ScorecardFilters(props: ScorecardFiltersProps) {
  const { query, isFixed } = props;
  const { filter } = query;
  const { t, maybe } = useTexts();
  const url = useUrlState();
  const choice = (
    name: 'level' | 'target' | 'class',
    labelOf: (value: string) => string,
  ) => (
    <Select
      label={t(`scorecards.${name}`)}
      selectedKey={filter[name]?.length === 1 ? filter[name][0] : ANY}
      onSelectionChange={key =>
        url.set({ [name]: key === ANY ? undefined : String(key) })
      }
      options={[
        { value: ANY, label: t('scorecards.any') },
        ...CHOICES[name].map(value => ({ value, label: labelOf(value) })),
      ]}
    />
  );
  // Filters that only links set; shown so that nobody wonders where the rest is.
  const linked = [
    isFixed === 'no' ? filter.owner : undefined,
    isFixed === 'no' ? filter.system : undefined,
    filter.findingId,
    filter.environment,
    ...(filter.approval ?? []),
    ...(filter.level && filter.level.length > 1 ? filter.level : []),
  ].filter(value => value !== undefined);
  return (
    <div className={styles.filters}>
      <SearchField
        label={t('scorecards.search')}
        value={filter.q ?? ''}
        onChange={value => url.set({ q: value || undefined })}
      />
      {choice('target', value => maybe(`scorecards.target.${value}`) ?? value)}
      {choice('level', value => maybe(`level.${value}`) ?? value)}
      {choice('class', value => maybe(`scorecards.class.${value}`) ?? value)}
      {query.view === 'groups' ? (
        <Select
          label={t('scorecards.by')}
          selectedKey={query.by}
          onSelectionChange={key => url.set({ by: String(key) })}
          options={GROUPINGS.map(value => ({
            value,
            label: t(`scorecards.by.${value}`),
          }))}
        />
      ) : null}
      {linked.length > 0 ? (
        <span className={lists.text} translate="no">
          {t('scorecards.narrowed', { what: linked.join(', ') })}
        </span>
      ) : null}
      {isNarrowed(url) === 'yes' ? (
        <Button
          variant="secondary"
          onPress={() =>
            url.set(
              Object.fromEntries(FILTER_NAMES.map(name => [name, undefined])),
            )
          }
        >
          {t('scorecards.clear')}
        </Button>
      ) : null}
    </div>
  );
}
