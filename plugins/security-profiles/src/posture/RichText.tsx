import lists from '../components/Lists.module.css';

/** Props of {@link RichText}. */
export interface RichTextProps {
  /** A sentence of the server; words in backticks are code. */
  text: string;
}

/** A sentence of the server with its code words set as code. */
export function RichText(props: RichTextProps) {
  const parts = props.text.split('`');
  if (parts.length < 3 || parts.length % 2 === 0) {
    return <>{props.text}</>;
  }
  return (
    <>
      {parts.map((part, index) =>
        index % 2 === 1 ? (
          <code key={index} className={lists.code} translate="no">
            {part}
          </code>
        ) : (
          part
        ),
      )}
    </>
  );
}
